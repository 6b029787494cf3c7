"""The receiver's clerk agrees to, or refuses, what the sender asks."""

from datetime import datetime

from django.db import transaction

from lienthong.foundation.access.terms import Seated
from lienthong.foundation.organizations import queries as organizations
from lienthong.foundation.outbox.actions.put import put
from lienthong.foundation.trail.actions.write import write
from lienthong.foundation.work.actions.close_item import close_item
from lienthong.kit.dates import VIETNAM
from lienthong.kit.refusal import N_
from lienthong.modules.documents import queries, rules
from lienthong.modules.documents.actions.tell_sender import record
from lienthong.modules.documents.facts import StateTold
from lienthong.modules.documents.models import Assignment, Document, Incoming, Outgoing, SenderRequest
from lienthong.modules.documents.rules import NotReady
from lienthong.modules.documents.terms import REQUEST_LABELS, Channel, Code, IncomingState, RequestKind


@transaction.atomic
def answer_request(*, request_id: int, agreed: bool, answer: str, actor: Seated, now: datetime) -> SenderRequest:
    """Agreeing to a recall or replacement withdraws the copy here: its files and text are no longer readable, its line
    in the book and the record of the recall stay (30/2020/NĐ-CP annex VI, III.8). Agreeing to an update takes the new
    version. Refusing changes nothing and needs a reason. The sender is told 15 or 16."""
    request = SenderRequest.objects.select_for_update(of=("self",)).select_related("replacement").get(pk=request_id)
    row = queries.locked_incoming(actor, "documents.register", request.incoming_id)
    if request.answered_at is not None:
        raise NotReady(N_("Đề nghị này đã được trả lời."))
    answer = answer.strip()[:500] if agreed else rules.require_reason(answer)
    request.answered_at, request.agreed, request.answer = now, agreed, answer
    request.save(update_fields=["answered_at", "agreed", "answer"])
    if agreed and request.kind == RequestKind.UPDATE and request.replacement is not None:
        _take_version(row, request.replacement, now)
    elif agreed:
        _withdraw(row, request, now)
    if request.item_id:
        close_item(item_ids=[request.item_id], outcome="đồng ý" if agreed else "từ chối", now=now)
    code = Code.AGREED if agreed else Code.REFUSED
    if row.delivery_id:
        record(delivery_id=row.delivery_id, code=code, at=now, staff=actor.person_name, remark=answer)
    elif row.channel == Channel.AXIS:
        put(StateTold(incoming_id=row.pk, code=code))
    word = "đồng ý" if agreed else "từ chối"
    kind = REQUEST_LABELS[RequestKind(request.kind)].lower()
    write(
        actor,
        "documents.answer_request",
        row,
        now,
        sentence=f"{word} {kind} theo đề nghị của bên gửi" + (f": {answer}" if answer else ""),
    )
    return request


def _take_version(row: Incoming, version: Document, now: datetime) -> None:
    keepers = _leave(row, now)
    row.document = version
    row.save(update_fields=["document"])
    version.holders = sorted({*version.holders, *keepers})
    version.save(update_fields=["holders"])


def _withdraw(row: Incoming, request: SenderRequest, now: datetime) -> None:
    row.state, row.ended_at = IncomingState.WITHDRAWN, now
    row.end_reason = f"{REQUEST_LABELS[RequestKind(request.kind)]}: {request.reason}"[:500]
    row.save(update_fields=["state", "ended_at", "end_reason"])
    _leave(row, now)
    lines = list(Assignment.objects.filter(incoming=row, done_at__isnull=True))
    for line in lines:
        line.done_at, line.result = now, "bên gửi thu hồi"
    Assignment.objects.bulk_update(lines, ["done_at", "result"])
    items = [line.item_id for line in lines] + [pk for pk in (row.register_item_id, row.distribute_item_id) if pk]
    close_item(item_ids=items, outcome="bên gửi thu hồi", now=now)


def _leave(row: Incoming, now: datetime) -> set[int]:
    """The agency no longer holds this version, so its search does not find it, nor does that of those who have followed
    the agency and hold no copy of their own. Returns the agency with its followers."""
    keepers = organizations.custodians(row.agency_id, now.astimezone(VIETNAM).date())
    document = Document.objects.select_for_update().get(pk=row.document_id)
    copies = Incoming.objects.filter(document=document, agency__in=keepers).exclude(pk=row.pk)
    others = set(copies.exclude(state=IncomingState.WITHDRAWN).values_list("agency_id", flat=True))
    others |= set(Outgoing.objects.filter(document=document, agency__in=keepers).values_list("agency_id", flat=True))
    document.holders = [agency for agency in document.holders if agency not in keepers - others]
    document.save(update_fields=["holders"])
    return keepers
