"""Note that the paper copy of an electronic document has come too."""

from datetime import datetime

from django.db import transaction

from lienthong.foundation.access.terms import Seated
from lienthong.foundation.trail.actions.write import write
from lienthong.kit.refusal import N_
from lienthong.modules.documents import queries
from lienthong.modules.documents.models import Incoming
from lienthong.modules.documents.rules import NotReady


@transaction.atomic
def receive_paper(*, incoming_id: int, actor: Seated, now: datetime) -> Incoming:
    """The document keeps its one arrival number: paper and electronic copies are one in the book (30/2020/NĐ-CP
    art. 22.2)."""
    row = queries.locked_incoming(actor, "documents.register", incoming_id)
    if row.paper_received_at is not None:
        raise NotReady(N_("Bản giấy đã được ghi nhận."))
    row.paper_received_at = now
    row.save(update_fields=["paper_received_at"])
    write(actor, "documents.receive_paper", row, now, sentence="nhận bản giấy")
    return row
