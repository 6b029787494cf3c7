"""A row that changes with every change of the directory, and is seen exactly when that change is: so that a process may keep what
it has read. Its values come from a sequence, which never gives one twice, also when a change is rolled back."""

from django.db import migrations

TABLES = ("agency", "identifier", "unit", "post", "person", "holding", "substitution")
_STAMP = """
CREATE SEQUENCE organizations_change;
CREATE TABLE organizations_stamp (single boolean PRIMARY KEY DEFAULT true CHECK (single), version bigint NOT NULL);
INSERT INTO organizations_stamp (version) VALUES (nextval('organizations_change'));
CREATE FUNCTION organizations_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN UPDATE organizations_stamp SET version = nextval('organizations_change'); RETURN NULL; END $$;
"""
SQL = _STAMP + "".join(
    f"CREATE TRIGGER organizations_changed AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON organizations_{table} "
    "FOR EACH STATEMENT EXECUTE FUNCTION organizations_changed();\n"
    for table in TABLES
)
UNDO = "".join(f"DROP TRIGGER organizations_changed ON organizations_{table};\n" for table in TABLES) + (
    "DROP FUNCTION organizations_changed(); DROP TABLE organizations_stamp; DROP SEQUENCE organizations_change;"
)


class Migration(migrations.Migration):
    dependencies = [("organizations", "0001_initial")]
    operations = [migrations.RunSQL(SQL, UNDO)]
