"""What the law has changed and will change again: the form of codes and the rule after a supplement, each with its day."""

from datetime import date

from django.db import migrations

ENTRIES = (
    # (list, code, name, short, from, to, legal basis)
    ("dossier-code", "form", "{unit}-{day}-{number}", "old", date(2018, 11, 23), date(2025, 7, 1), "01/2018/TT-VPCP"),
    ("dossier-code", "form", "{unit}-{day}-{number}", "new", date(2025, 7, 1), None, "03/2025/TT-VPCP, điều 13"),
    ("dossier-rule", "supplement", "anew", "", date(2018, 6, 21), None, "61/2018/NĐ-CP, điều 19.4"),
)  # fmt: skip


def add(apps, schema_editor):
    Code = apps.get_model("codes", "Code")
    for listed, code, name, short, since, until, law in ENTRIES:
        Code.objects.get_or_create(
            list=listed, code=code, valid_from=since,
            defaults={"name": name, "short": short, "valid_to": until, "legal_basis": law},
        )  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0001_initial"), ("codes", "0001_initial")]
    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
