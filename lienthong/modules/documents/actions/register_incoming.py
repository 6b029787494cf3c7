"""Take an arrived document into the incoming book: here it gets its arrival number."""

from datetime import datetime

from django.db import transaction

from lienthong.foundation.access.terms import Duty, Seated
from lienthong.foundation.calendar.queries import working_time
from lienthong.foundation.calendar.rules import due_at
from lienthong.foundation.numbering import queries as numbering
from lienthong.foundation.numbering.actions.take import take
from lienthong.foundation.organizations import queries as organizations
from lienthong.foundation.trail.actions.write import write
from lienthong.foundation.work.actions.close_item import close_item
from lienthong.foundation.work.actions.open_item import open_item
from lienthong.kit.dates import VIETNAM
from lienthong.kit.refusal import N_, Refused
from lienthong.modules.documents import queries, rules
from lienthong.modules.documents.actions.tell_sender import tell_sender
from lienthong.modules.documents.models import Document, Incoming
from lienthong.modules.documents.rules import Duplicate
from lienthong.modules.documents.terms import Code, IncomingState, Urgency


@transaction.atomic
def register_incoming(
    *, incoming_id: int, actor: Seated, now: datetime, note: str = "", confirmed: bool = False
) -> Incoming:
    """Give an arrived document its arrival number (30/2020/NĐ-CP art. 22), tell the sender 03, put it before a leader.

    Raises `Duplicate` when the agency seems to have it already, unless the clerk has `confirmed`.
    """
    row = queries.locked_incoming(actor, "documents.register", incoming_id)
    rules.require_state(row.state, {IncomingState.ARRIVED}, N_("vào sổ"))
    if not confirmed:
        require_new(row.agency_id, row.document, besides=row.pk)
    number(row=row, actor=actor, now=now)
    row.note = note.strip()[:500] or row.note
    row.save()
    if row.register_item_id:
        close_item(item_ids=[row.register_item_id], outcome=f"số đến {row.arrival_number}", now=now)
    tell_sender(incoming=row, code=Code.ACCEPTED, actor=actor, now=now)
    write(actor, "documents.register", row, now, sentence=f"vào sổ văn bản đến, số {row.arrival_number}")
    return row


def require_new(agency_id: int, document: Document, besides: int | None = None) -> None:
    """Raise `Duplicate` when the agency already has such a document."""
    known = queries.duplicates(
        agency_id, code_folded=document.code_folded, issuer_id=document.issuer_id, issuer_name=document.issuer_name,
        exchange_id=document.exchange_id, issued_on=document.issued_on,
    )  # fmt: skip
    if known := [row for row in known if row.pk != besides]:
        raise Duplicate(known)


def number(*, row: Incoming, actor: Seated, now: datetime) -> None:
    """Set number, state and the leader's debt on an incoming row that has its id (`ids_ahead`); the caller saves it."""
    series = numbering.series_for(row.agency_id, "incoming")
    if series is None:
        raise Refused(N_("Cơ quan chưa có sổ văn bản đến. Mở trang Dãy số văn bản để lập sổ."))
    today = now.astimezone(VIETNAM).date()
    row.series, row.year = series, today.year
    row.arrival_number = take(series_id=series.pk, year=today.year)
    row.registered_at, row.registered_by_id = now, actor.post_id
    row.state = IncomingState.REGISTERED
    leader = organizations.posts_with_duty([row.agency_id], Duty.LEADER, today).get(row.agency_id)
    if leader is not None:
        document = row.document
        row.distribute_item = open_item(
            kind="documents.instruct", verb=N_("Phân phối"), title=rules.item_title(document.type_name, document.subject),
            about=" · ".join(filter(None, (document.code, document.issuer_name, f"số đến {row.arrival_number}")))[:300],
            address=f"/lam-viec/van-ban/den/{row.pk}/", urgency=document.urgency, holder_id=leader,
            opened_at=now, due_at=_distribute_by(row, actor, now),
        )  # fmt: skip


def _distribute_by(row: Incoming, actor: Seated, now: datetime) -> datetime:
    """The document goes before the leader the same day, at latest the next working day, at once when urgent
    (30/2020/NĐ-CP art. 23.1)."""
    within = rules.REGISTER_URGENT_WITHIN.get(Urgency(row.document.urgency))
    return now + within if within else due_at(now, 1, "working_days", working_time(actor.schedule_id))
