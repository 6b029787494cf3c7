"""Every change of what is counted of dossiers touches its day (`measures.py`)."""

from django.db import migrations

from lienthong.foundation.measures.touching import day_of, touching

_OF_DOSSIER = "FROM dossiers_dossier d WHERE d.id = r.dossier_id"
_RECEIVED = f"SELECT d.decider_id, {day_of('d.received_at')} {_OF_DOSSIER}"
_DONE = f"SELECT d.decider_id, {day_of('d.ended_at')} {_OF_DOSSIER}"


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0009_hours_and_days_of_the_law"), ("measures", "0001_initial")]
    operations = [
        touching(
            "dossiers_dossier",
            {
                "dossiers.received": f"SELECT r.decider_id, {day_of('r.received_at')}",
                "dossiers.done": f"SELECT r.decider_id, {day_of('r.ended_at')}",
            },
            [
                "decider_id", "field_id", "state", "received_at", "channel", "ended_at", "punctuality", "housekeeping", "result_way",
            ],
        ),
        touching("dossiers_dossierpaper", {"dossiers.received": _RECEIVED}, ["dossier_id", "stored_id", "form"]),
        touching("dossiers_keptresult", {"dossiers.done": _DONE}, ["dossier_id", "stored_id"]),
        touching(
            "dossiers_rating", {"dossiers.rated": f"SELECT r.agency_id, {day_of('r.at')}"}, ["dossier_id", "agency_id", "grade", "at"]
        ),
    ]  # fmt: skip
