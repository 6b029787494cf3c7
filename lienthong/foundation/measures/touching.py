"""Triggers that write `Touched` rows: for the migrations of modules that declare a source.

The database writes them, and not the acts: an act that forgot would leave a figure wrong for ever, and corrections by SQL would
pass unseen (decisions/0007). New rows are noticed once a statement, so that a letter to 256 agencies costs one row a day and
agency; a change is noticed row by row, and only when a column that is counted by has changed.
"""

from collections.abc import Mapping, Sequence

from django.db import migrations


def day_of(column: str) -> str:
    """The Vietnamese date of a moment, in SQL."""
    return f"({column} AT TIME ZONE 'Asia/Ho_Chi_Minh')::date"


def touching(
    table: str, cells: Mapping[str, str], columns: Sequence[str], *, new: bool = True, name: str = ""
) -> migrations.RunSQL:
    """Make changes of `table` touch days of sources.

    `cells` maps a source to a SELECT of (agency id, date) for one row `r` of the table; rows with a null in it touch nothing.
    `columns` are those by which records are counted: a change of others is not noticed. Without `new` only changes are noticed, for
    tables whose rows matter through another one that is written with them. `name` tells a second set of triggers of one table from
    the first.
    """
    name = f"touch_{name or table}"
    selects = " UNION ALL ".join(
        f"SELECT '{source}', c.agency, c.day FROM {{rows}} r CROSS JOIN LATERAL ({cell}) c(agency, day)"  # noqa: S608
        for source, cell in cells.items()
    )
    put = f"""INSERT INTO measures_touched (source, agency_id, day)
  SELECT DISTINCT s.* FROM ({selects}) s(source, agency, day) WHERE s.agency IS NOT NULL AND s.day IS NOT NULL"""  # noqa: S608
    changed = " OR ".join(f"OLD.{column} IS DISTINCT FROM NEW.{column}" for column in columns)
    kinds = [
        ("changed", "(SELECT (OLD).* UNION ALL SELECT (NEW).*)", f"UPDATE ON {table} FOR EACH ROW WHEN ({changed})")
    ]
    if new:
        kinds += [
            ("new", "fresh", f"INSERT ON {table} REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT"),
            ("gone", "(SELECT (OLD).*)", f"DELETE ON {table} FOR EACH ROW"),
        ]
    there, back = [], []
    for kind, rows, when in kinds:
        there.append(f"""
CREATE FUNCTION {name}_{kind}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  {put.format(rows=rows)};
  RETURN NULL;
END $$;
CREATE TRIGGER {name}_{kind} AFTER {when} EXECUTE FUNCTION {name}_{kind}();""")
        back.append(f"DROP TRIGGER {name}_{kind} ON {table}; DROP FUNCTION {name}_{kind}();")
    return migrations.RunSQL("".join(there), "\n".join(back))
