"""Let a registered document go: every receiver of this installation has it in the same transaction."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction

from lienthong.foundation.access.terms import Duty, Seated
from lienthong.foundation.calendar.queries import working_time
from lienthong.foundation.calendar.rules import due_at
from lienthong.foundation.organizations import queries as organizations
from lienthong.foundation.outbox.actions.put import put
from lienthong.foundation.trail.actions.write import write
from lienthong.foundation.work.actions.open_item import open_items
from lienthong.kit.dates import VIETNAM
from lienthong.kit.refusal import N_
from lienthong.modules.documents import queries, rules
from lienthong.modules.documents.actions.ids_ahead import ids_ahead
from lienthong.modules.documents.facts import Issued
from lienthong.modules.documents.models import Delivery, DeliveryState, Document, Incoming, Outgoing
from lienthong.modules.documents.rules import NotReady, Recipient
from lienthong.modules.documents.terms import Channel, Code, OutgoingState, Urgency

if TYPE_CHECKING:
    from lienthong.foundation.organizations.models import Agency


@transaction.atomic
def issue(
    *, outgoing_id: int, recipients: Sequence[Recipient], to_places: str, actor: Seated, now: datetime
) -> Outgoing:
    """Send a registered document to its receivers, all or nothing (30/2020/NĐ-CP art. 18; QĐ 28/2018/QĐ-TTg).

    Inside: an incoming document waits at once with the receiver's clerk, state 01. With an identifier only: a message
    waits for the axis. Else: on paper. The number of statements does not depend on the number of receivers.
    """
    outgoing = queries.locked_outgoing(actor, "documents.issue", outgoing_id)
    rules.require_issuable(outgoing.state, list(recipients), to_places)
    deliver(outgoing=outgoing, recipients=recipients, now=now)
    outgoing.state, outgoing.issued_at, outgoing.to_places = OutgoingState.ISSUED, now, to_places.strip()[:1000]
    outgoing.save(update_fields=["state", "issued_at", "to_places"])
    put(Issued(outgoing_id=outgoing.pk))
    write(
        actor, "documents.issue", outgoing, now,
        sentence=f"phát hành {outgoing.document.code} đến {len(recipients)} nơi nhận",
    )  # fmt: skip
    return outgoing


def deliver(*, outgoing: Outgoing, recipients: Sequence[Recipient], now: datetime) -> None:
    """Make the deliveries, and for receivers inside their incoming documents with the clerk's debt."""
    today = now.astimezone(VIETNAM).date()
    agencies = organizations.agencies_by_id([recipient.agency_id for recipient in recipients])
    _require_alive(agencies, recipients, today)
    clerks = organizations.posts_with_duty(list(agencies), Duty.CLERK, today)
    codes = organizations.codes_of(list(agencies))
    document = outgoing.document
    deliveries = [
        Delivery(
            outgoing=outgoing, agency_id=to.agency_id, agency_name=agencies[to.agency_id].name, purpose=to.purpose,
            channel=(channel := rules.channel_for(has_clerk=to.agency_id in clerks, has_code=to.agency_id in codes)),
            paper_too=to.paper_too and channel != Channel.PAPER, sent_at=now,
            code=Code.ARRIVED if channel == Channel.HERE else Code.SENT, code_at=now if channel == Channel.HERE else None,
        )
        for to in recipients
    ]  # fmt: skip
    Delivery.objects.bulk_create(deliveries)
    inside = [delivery for delivery in deliveries if delivery.channel == Channel.HERE]
    DeliveryState.objects.bulk_create(
        [DeliveryState(delivery=delivery, code=Code.ARRIVED, at=now) for delivery in inside]
    )
    due_at = register_by(document, now)
    ids = ids_ahead(len(inside))
    items = open_items(
        register_item(document, clerks[delivery.agency_id], now, due_at, row)
        for delivery, row in zip(inside, ids, strict=True)
    )
    Incoming.objects.bulk_create(
        [
            Incoming(
                pk=row, document=document, agency_id=delivery.agency_id, delivery=delivery, channel=Channel.HERE,
                purpose=delivery.purpose, arrived_at=now, register_item=item,
            )
            for delivery, item, row in zip(inside, items, ids, strict=True)
        ]
    )  # fmt: skip
    document.holders = sorted({*document.holders, *(delivery.agency_id for delivery in inside)})
    Document.objects.filter(pk=document.pk).update(holders=document.holders)


def register_by(document: Document, now: datetime) -> datetime:
    """By when the receiver's clerk registers: at once when urgent, else within the next working day."""
    within = rules.REGISTER_URGENT_WITHIN.get(Urgency(document.urgency))
    return now + within if within else due_at(now, 1, "working_days", working_time())


def register_item(
    document: Document, clerk_id: int, now: datetime, due_at: datetime, incoming_id: int
) -> dict[str, Any]:
    """The clerk's debt for a document that has arrived; it leads to that incoming row."""
    return dict(
        kind="documents.register", verb=N_("Vào sổ"), title=rules.item_title(document.type_name, document.subject),
        about=" · ".join(filter(None, (document.code, document.issuer_name)))[:300], urgency=document.urgency,
        holder_id=clerk_id, opened_at=now, due_at=due_at, address=f"/lam-viec/van-ban/den/{incoming_id}/",
    )  # fmt: skip


def _require_alive(agencies: dict[int, "Agency"], recipients: Sequence[Recipient], today: date) -> None:
    for to in recipients:
        agency = agencies.get(to.agency_id)
        if agency is None:
            raise NotReady(N_("Một nơi nhận không còn trong danh bạ. Chọn lại nơi nhận."))
        if agency.valid_to is not None and agency.valid_to <= today:
            raise NotReady(
                N_("{agency} đã thôi hoạt động từ {day}. Gửi cho cơ quan kế thừa."),
                agency=agency.name, day=f"{agency.valid_to:%d/%m/%Y}",
            )  # fmt: skip
