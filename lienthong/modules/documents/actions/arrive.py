"""Let a document that another system sent arrive at an agency here; a clerk registers it later."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from lienthong.foundation.access.terms import Actor, Duty
from lienthong.foundation.organizations import queries as organizations
from lienthong.foundation.trail.actions.write import write
from lienthong.foundation.work.actions.open_item import open_item
from lienthong.kit.dates import VIETNAM
from lienthong.modules.documents import rules
from lienthong.modules.documents.actions.issue import register_by, register_item
from lienthong.modules.documents.actions.put_on_record import put_on_record
from lienthong.modules.documents.models import Incoming
from lienthong.modules.documents.rules import Attached, Paper
from lienthong.modules.documents.terms import Channel, Purpose


@transaction.atomic
def arrive(
    *, agency_id: int, paper: Paper, attached: Sequence[Attached], actor: Actor, now: datetime,
    purpose: Purpose = Purpose.ACT, note: str = "",
) -> Incoming:  # fmt: skip
    """Put the document on record, state "arrived", and before the agency's clerk if it has one. Incomplete papers are
    let in as they came (the clerk decides, 30/2020/NĐ-CP art. 21.2); secret ones are not."""
    rules.require_not_secret(paper.secrecy)
    document = put_on_record(paper=paper, holders=[agency_id], attached=attached, now=now)
    clerk = organizations.posts_with_duty([agency_id], Duty.CLERK, now.astimezone(VIETNAM).date()).get(agency_id)
    row = Incoming(
        document=document, agency_id=agency_id, channel=Channel.AXIS, purpose=purpose, arrived_at=now, note=note[:500]
    )
    row.save(force_insert=True)
    if clerk is not None:
        row.register_item = open_item(**register_item(document, clerk, now, register_by(document, now), row.pk))
        row.save(update_fields=["register_item"])
    write(actor, "documents.arrive", row, now, sentence=f"đến qua gói tin liên thông, từ {document.issuer_name}")
    return row
