"""Triggers that chain the entries and refuse every change (chain.sql)."""

from pathlib import Path

from django.db import migrations

SQL = (Path(__file__).resolve().parents[1] / "chain.sql").read_text(encoding="utf-8")
UNDO = """
DROP TRIGGER trail_anchor_append_only ON trail_anchor;
DROP TRIGGER trail_never_empty ON trail_entry; DROP TRIGGER trail_append_only ON trail_entry;
DROP TRIGGER trail_link ON trail_entry; DROP FUNCTION trail_link(); DROP FUNCTION trail_refuse();
DROP FUNCTION trail_canonical(trail_entry);
"""


class Migration(migrations.Migration):
    dependencies = [("trail", "0001_initial")]
    operations = [migrations.RunSQL(SQL, UNDO)]
