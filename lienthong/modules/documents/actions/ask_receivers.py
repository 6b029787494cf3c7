"""Turn a sender's recall, update or replacement into a task for each receiver's clerk."""

from datetime import datetime

from lienthong.foundation.access.terms import Duty, Seated
from lienthong.foundation.organizations import queries as organizations
from lienthong.foundation.outbox.actions.put import put
from lienthong.foundation.work.actions.open_item import open_items
from lienthong.kit.dates import VIETNAM
from lienthong.kit.refusal import N_
from lienthong.modules.documents.facts import RequestMade
from lienthong.modules.documents.models import DeliveryState, Document, Incoming, Outgoing, SenderRequest
from lienthong.modules.documents.terms import REQUEST_LABELS, Code, IncomingState, RequestKind


def ask_receivers(
    *, outgoing: Outgoing, kind: RequestKind, reason: str, replacement: Document | None, actor: Seated, now: datetime
) -> int:
    """One request per receiver inside that still holds the document; those outside are told by message (RequestMade).
    Returns how many receivers inside were asked."""
    rows = list(
        Incoming.objects.filter(delivery__outgoing=outgoing)
        .exclude(state__in=[IncomingState.RETURNED, IncomingState.WITHDRAWN])
        .exclude(pk__in=SenderRequest.objects.filter(kind=kind, answered_at__isnull=True).values("incoming_id"))
        .select_related("agency")
    )
    made = ask(
        rows=rows,
        document=outgoing.document,
        kind=kind,
        reason=reason,
        replacement=replacement,
        asker=outgoing.agency.name,
        now=now,
    )
    DeliveryState.objects.bulk_create(
        [
            DeliveryState(
                delivery_id=row.delivery_id, code=Code.ASKED_BACK, at=now, staff=actor.person_name, remark=reason
            )
            for row in rows
            if row.delivery_id is not None  # all were found by their delivery
        ]
    )
    put(
        RequestMade(
            outgoing_id=outgoing.pk,
            kind=kind,
            reason=reason,
            request_ids=[request.pk for request in made],
            serial=int(now.timestamp() * 1_000_000),
        )
    )
    return len(made)


def ask(
    *,
    rows: list[Incoming],
    document: Document,
    kind: RequestKind,
    reason: str,
    replacement: Document | None,
    asker: str,
    now: datetime,
) -> list[SenderRequest]:
    """The requests and the clerks' debts for these incoming rows; used for senders inside and outside alike. What an
    agency held that has ended since, its successor's clerk answers for."""
    today = now.astimezone(VIETNAM).date()
    keeper = organizations.heirs([row.agency_id for row in rows], today)
    found = organizations.posts_with_duty(list(set(keeper.values())), Duty.CLERK, today)
    clerks = {agency: found[heir] for agency, heir in keeper.items() if heir in found}
    held = [row for row in rows if row.agency_id in clerks]
    items = open_items(
        dict(
            kind="documents.request", verb=N_("Trả lời đề nghị"), title=f"{REQUEST_LABELS[kind].lower()}: {document.subject}"[:600],
            about=f"{document.code} · {asker} · {reason}"[:300], address=f"/lam-viec/van-ban/den/{row.pk}/",
            urgency=document.urgency, holder_id=clerks[row.agency_id], opened_at=now,
        )
        for row in held
    )  # fmt: skip
    return SenderRequest.objects.bulk_create(
        [
            SenderRequest(
                incoming=row, delivery_id=row.delivery_id, kind=kind, reason=reason, replacement=replacement,
                state_before=row.state, asked_at=now, item=item,
            )
            for row, item in zip(held, items, strict=True)
        ]
    )  # fmt: skip
