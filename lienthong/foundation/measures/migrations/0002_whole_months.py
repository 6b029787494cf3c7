"""Whole months without regard to parts get rows of their own, and an index that holds nothing else."""

from django.db import migrations, models

_ADD = """
INSERT INTO measures_tally (grain, day, quantity, agency_id, part, n)
SELECT 'w', day, quantity, agency_id, '', sum(n) FROM measures_tally WHERE grain = 'm' GROUP BY 2, 3, 4
"""


class Migration(migrations.Migration):
    dependencies = [("measures", "0001_initial")]
    operations = [
        migrations.RunSQL(_ADD, "DELETE FROM measures_tally WHERE grain = 'w'"),
        migrations.AddIndex(
            model_name="tally",
            index=models.Index(
                condition=models.Q(("grain", "w")),
                fields=["day", "quantity", "agency_id"],
                include=("n",),
                name="tallies_of_whole_months",
            ),
        ),
        migrations.RunSQL("ANALYZE measures_tally", migrations.RunSQL.noop),
    ]
