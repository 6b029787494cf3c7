"""Enter a document that came on paper, by e-mail or as a file: recorded and numbered in one go."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from lienthong.foundation.access.rules import require
from lienthong.foundation.access.terms import Seated
from lienthong.foundation.insert import insert
from lienthong.foundation.trail.actions.write import write
from lienthong.kit.dates import VIETNAM
from lienthong.kit.refusal import N_, Refused
from lienthong.modules.documents import queries, rules
from lienthong.modules.documents.actions.ids_ahead import ids_ahead
from lienthong.modules.documents.actions.put_on_record import put_on_record
from lienthong.modules.documents.actions.register_incoming import number
from lienthong.modules.documents.models import Incoming
from lienthong.modules.documents.rules import Attached, Duplicate, Paper
from lienthong.modules.documents.terms import Channel, IncomingState


@transaction.atomic
def enter_incoming(
    *, paper: Paper, channel: Channel, attached: Sequence[Attached], arrived_at: datetime, actor: Seated, now: datetime,
    note: str = "", form_key: str | None = None, confirmed: bool = False,
) -> Incoming:  # fmt: skip
    """Put a document that did not come by itself on record and into the incoming book (30/2020/NĐ-CP art. 21, 22).

    Raises `Duplicate` unless `confirmed`. The same `form_key` a second time returns the first entry.
    """
    require(actor, "documents.register", agency_id=actor.agency_id)
    if form_key and (known := Incoming.objects.filter(form_key=form_key, agency_id=actor.agency_id).first()):
        return known
    rules.require_complete(paper, now.astimezone(VIETNAM).date())
    if arrived_at > now:
        raise Refused(N_("Thời điểm đến ở tương lai. Xem lại ngày, giờ đến."))
    if not paper.issuer_name.strip():
        raise Refused(N_("Cần ghi cơ quan ban hành (tác giả)."))
    code_folded = rules.code_folded(paper.number, paper.notation)
    if not confirmed:
        known_rows = queries.duplicates(
            actor.agency_id, code_folded=code_folded, issuer_id=paper.issuer_id, issuer_name=paper.issuer_name,
            exchange_id=paper.exchange_id, issued_on=paper.issued_on,
        )  # fmt: skip
        if known_rows:
            raise Duplicate(known_rows)
    document = put_on_record(paper=paper, holders=[actor.agency_id], attached=attached, now=now)
    row = Incoming(
        document=document, agency_id=actor.agency_id, channel=channel, state=IncomingState.ARRIVED, arrived_at=arrived_at,
        note=note.strip()[:500], form_key=form_key, paper_received_at=arrived_at if channel == Channel.PAPER else None,
    )  # fmt: skip
    (row.pk,) = ids_ahead(1)
    number(row=row, actor=actor, now=now)
    insert(row)
    write(actor, "documents.register", row, now, sentence=f"vào sổ văn bản đến, số {row.arrival_number}")
    return row
