"""Every change of what was paid touches the days that its dossier is counted on (`measures.py`)."""

from django.db import migrations

from lienthong.foundation.measures.touching import day_of, touching

# A dossier counts on the day of its first payment: voiding one may move it to another.
_ALL_OF_IT = f"""SELECT d.decider_id, {day_of('p.paid_at')} FROM dossiers_payment p JOIN dossiers_dossier d ON d.id = p.dossier_id
  WHERE p.dossier_id = r.dossier_id
  UNION SELECT d.decider_id, {day_of('r.paid_at')} FROM dossiers_dossier d WHERE d.id = r.dossier_id"""  # noqa: S608
_ITS_PAYMENTS = f"SELECT r.decider_id, {day_of('p.paid_at')} FROM dossiers_payment p WHERE p.dossier_id = r.id"  # noqa: S608


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0012_payment"), ("measures", "0001_initial")]
    operations = [
        touching("dossiers_payment", {"dossiers.paid": _ALL_OF_IT}, ["dossier_id", "way", "paid_at", "voided_at"]),
        touching(
            "dossiers_dossier", {"dossiers.paid": _ITS_PAYMENTS}, ["decider_id", "field_id"],
            new=False, name="dossiers_dossier_of_payments",
        ),
    ]  # fmt: skip
