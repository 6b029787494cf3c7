"""Every change of what is counted of documents touches its day (`measures.py`)."""

from django.db import migrations

from lienthong.foundation.measures.touching import day_of, touching

_SENT = f"SELECT o.agency_id, {day_of('r.sent_at')} FROM documents_outgoing o WHERE o.id = r.outgoing_id"  # noqa: S608
_OF_DOCUMENT = f"SELECT o.agency_id, {day_of('o.issued_at')} FROM documents_outgoing o WHERE o.document_id = r.id"  # noqa: S608


class Migration(migrations.Migration):
    dependencies = [("documents", "0005_incoming_of_document"), ("measures", "0001_initial")]
    operations = [
        touching("documents_delivery", {"documents.deliveries": _SENT}, ["sent_at", "channel", "paper_too", "accepted_at"]),
        touching(
            "documents_outgoing",
            {"documents.outgoing": f"SELECT r.agency_id, {day_of('r.issued_at')}"},
            ["agency_id", "issued_at"],
        ),
        touching("documents_document", {"documents.outgoing": _OF_DOCUMENT}, ["issued_on"], new=False),
        touching(
            "documents_incoming",
            {
                "documents.incoming": f"SELECT r.agency_id, {day_of('r.arrived_at')}",
                "documents.finished": f"SELECT r.agency_id, {day_of('r.ended_at')}",
            },
            ["agency_id", "state", "arrived_at", "registered_at", "due_at", "ended_at"],
        ),
    ]
