"""Reactions that put a message before people; each may run twice."""

from datetime import datetime

from lienthong.foundation.access.terms import Duty
from lienthong.foundation.notify.actions.tell import tell
from lienthong.foundation.organizations import queries as organizations
from lienthong.kit.dates import VIETNAM
from lienthong.modules.documents.facts import Issued, RequestMade, SentBack
from lienthong.modules.documents.models import Incoming, SenderRequest
from lienthong.modules.documents.terms import REQUEST_LABELS, URGENCY_LABELS, RequestKind, Urgency


def of_issue(fact: Issued, *, now: datetime) -> None:
    """Each receiver's clerk hears of an arrived document (30/2020/NĐ-CP annex VI, III.1.i)."""
    rows = (
        Incoming.objects.filter(delivery__outgoing_id=fact.outgoing_id, register_item__isnull=False)
        .select_related("document", "register_item")
        .order_by("id")
    )
    held = [(row, row.register_item.holder_id) for row in rows if row.register_item is not None]
    people = organizations.people_in([holder for _, holder in held], now.astimezone(VIETNAM).date())
    for row, holder in held:
        urgent = f"[{URGENCY_LABELS[Urgency(row.document.urgency)].upper()}] " if row.document.urgency else ""
        tell(
            people=[person.pk for person in people.get(holder, [])],
            title=f"{urgent}Văn bản đến chờ vào sổ: {row.document.code} {row.document.subject}",
            address=f"/lam-viec/van-ban/den/{row.pk}/", once=f"documents.arrived.{row.pk}", now=now,
        )  # fmt: skip


def of_return(fact: SentBack, *, now: datetime) -> None:
    """The clerk of the sending agency hears that a receiver does not keep the document, and why."""
    row = Incoming.objects.select_related("document", "agency", "delivery__outgoing").get(pk=fact.incoming_id)
    assert row.delivery is not None  # the fact is put for receivers inside only
    sent, today = row.delivery.outgoing, now.astimezone(VIETNAM).date()
    clerks = organizations.posts_with_duty([sent.agency_id], Duty.CLERK, today)
    people = organizations.people_in(list(clerks.values()), today)
    tell(
        people=[person.pk for held in people.values() for person in held],
        title=f"{row.agency.name} trả lại {row.document.code}: {row.end_reason}",
        address=f"/lam-viec/van-ban/di/{sent.pk}/", once=f"documents.returned.{row.pk}", now=now,
    )  # fmt: skip


def of_requests(fact: RequestMade, *, now: datetime) -> None:
    """Each receiver's clerk hears that the sender asks for something."""
    asked = SenderRequest.objects.filter(pk__in=fact.request_ids, item__isnull=False).select_related(
        "incoming__document", "item"
    )
    held = [(request, request.item.holder_id) for request in asked if request.item is not None]
    people = organizations.people_in([holder for _, holder in held], now.astimezone(VIETNAM).date())
    for request, holder in held:
        document = request.incoming.document
        tell(
            people=[person.pk for person in people.get(holder, [])],
            title=f"Bên gửi đề nghị {REQUEST_LABELS[RequestKind(request.kind)].lower()} {document.code}: {request.reason}",
            address=f"/lam-viec/van-ban/den/{request.incoming_id}/", once=f"documents.request.{request.pk}", now=now,
        )  # fmt: skip
