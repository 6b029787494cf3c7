"""A row that changes with every change of what a dossier follows, and is seen exactly when that change is: so that a process may
keep what it has read. Its values come from a sequence, which never gives one twice, also when a change is rolled back."""

from django.db import migrations

TABLES = ("version", "case", "component", "method", "process", "processstep", "field")
_STAMP = """
CREATE SEQUENCE procedures_change;
CREATE TABLE procedures_stamp (single boolean PRIMARY KEY DEFAULT true CHECK (single), version bigint NOT NULL);
INSERT INTO procedures_stamp (version) VALUES (nextval('procedures_change'));
CREATE FUNCTION procedures_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN UPDATE procedures_stamp SET version = nextval('procedures_change'); RETURN NULL; END $$;
"""
SQL = _STAMP + "".join(
    f"CREATE TRIGGER procedures_changed AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON procedures_{table} "
    "FOR EACH STATEMENT EXECUTE FUNCTION procedures_changed();\n"  # noqa: S608 - names of tables
    for table in TABLES
)
UNDO = "".join(f"DROP TRIGGER procedures_changed ON procedures_{table};\n" for table in TABLES) + (
    "DROP FUNCTION procedures_changed(); DROP TABLE procedures_stamp; DROP SEQUENCE procedures_change;"
)


class Migration(migrations.Migration):
    dependencies = [("procedures", "0003_marked")]
    operations = [migrations.RunSQL(SQL, UNDO)]
