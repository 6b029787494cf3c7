"""Hours and days that the law names, each with its day; and whether a new date was given when it was too late to give one."""

from datetime import date

from django.db import migrations, models

HAND_OVER = "61/2018/NĐ-CP, điều 18.2; 118/2025/NĐ-CP, điều 18.2 (309/2026/NĐ-CP, điều 9)"
ENTRIES = (
    # (code, name, from, legal basis)
    ("hand-over", "15:00", date(2018, 6, 21), HAND_OVER),
    ("same-day", "15:00", date(2016, 1, 1), "60/2014/QH13, điều 5; 23/2015/NĐ-CP, điều 7"),
    ("supplement-within", "3", date(2018, 6, 21), "61/2018/NĐ-CP, điều 19.4"),
)


def add(apps, schema_editor):
    Code = apps.get_model("codes", "Code")
    for code, name, since, law in ENTRIES:
        Code.objects.get_or_create(
            list="dossier-rule", code=code, valid_from=since, defaults={"name": name, "legal_basis": law}
        )


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0008_forms_of_the_circular_of_2025"), ("codes", "0001_initial")]
    operations = [
        migrations.AddField("dossier", "extended_late", models.BooleanField(db_default=False, default=False)),
        migrations.RunPython(add, migrations.RunPython.noop),
    ]
