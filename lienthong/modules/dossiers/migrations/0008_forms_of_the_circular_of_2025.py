"""The forms and codes of 03/2025/TT-VPCP hold from the day of the circular, 15 September 2025, not from that of the decree
it explains: a paper of July 2025 is printed in the form of 2018, which the counters then had."""

from datetime import date

from django.db import migrations

LISTS = ("dossier-form", "dossier-form-number", "dossier-code")
DECREE, CIRCULAR = date(2025, 7, 1), date(2025, 9, 15)


def _move(apps, before, after):
    Code = apps.get_model("codes", "Code")
    rows = Code.objects.filter(list__in=LISTS)
    rows.filter(valid_to=before, legal_basis="01/2018/TT-VPCP").update(valid_to=after)
    rows.filter(valid_from=before, legal_basis__startswith="03/2025/TT-VPCP").update(valid_from=after)


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0007_what_is_to_do"), ("codes", "0001_initial")]
    operations = [
        migrations.RunPython(
            lambda apps, editor: _move(apps, DECREE, CIRCULAR), lambda apps, editor: _move(apps, CIRCULAR, DECREE)
        )
    ]
