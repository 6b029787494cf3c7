"""Whole months without regard to parts get rows of their own."""

from django.db import migrations

_ADD = """
INSERT INTO measures_tally (grain, day, quantity, agency_id, part, n)
SELECT 'w', day, quantity, agency_id, '', sum(n) FROM measures_tally WHERE grain = 'm' GROUP BY 2, 3, 4;
ANALYZE measures_tally
"""


class Migration(migrations.Migration):
    dependencies = [("measures", "0001_initial")]
    operations = [migrations.RunSQL(_ADD, "DELETE FROM measures_tally WHERE grain = 'w'")]
