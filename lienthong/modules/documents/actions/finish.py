"""Finish the work on a document."""

from datetime import datetime

from django.db import transaction

from lienthong.foundation.access.terms import Seated
from lienthong.foundation.trail.actions.write import write
from lienthong.foundation.work.actions.close_item import close_item
from lienthong.foundation.work.terms import Role
from lienthong.kit.refusal import N_
from lienthong.modules.documents import queries, rules
from lienthong.modules.documents.actions.tell_sender import tell_sender
from lienthong.modules.documents.models import Assignment, Incoming
from lienthong.modules.documents.rules import NotReady
from lienthong.modules.documents.terms import OPEN_INCOMING, Code, IncomingState


@transaction.atomic
def finish(*, assignment_id: int, result: str, actor: Seated, now: datetime) -> Incoming:
    """End one's line with its result. When the lead's line ends, the document is finished: the open lines beside it end
    with it and the sender is told 06."""
    line = queries.locked_assignment(actor, "documents.handle", assignment_id)
    row = line.incoming
    rules.require_state(row.state, OPEN_INCOMING, N_("kết thúc"))
    if line.done_at is not None:
        raise NotReady(N_("Việc này đã kết thúc."))
    _end([line], result.strip()[:1000] or "đã xử lý", now)
    if line.role == Role.LEAD:
        above = line.parent
        while above is not None:
            _end([above], "đã xử lý", now)
            above = above.parent
        rest = list(Assignment.objects.filter(incoming=row, done_at__isnull=True).exclude(role=Role.INFORM))
        _end(rest, "nơi chủ trì đã kết thúc", now)
        row.state, row.ended_at, row.end_reason = IncomingState.FINISHED, now, result.strip()[:500]
        row.save(update_fields=["state", "ended_at", "end_reason"])
        tell_sender(incoming=row, code=Code.FINISHED, actor=actor, now=now, remark=result.strip())
    write(
        actor,
        "documents.finish",
        row,
        now,
        sentence="hoàn thành" + (f": {result.strip()}" if result.strip() else "")[:500],
    )
    return row


def _end(lines: list[Assignment], result: str, now: datetime) -> None:
    if not lines:
        return
    for line in lines:
        line.done_at, line.result = now, result
    Assignment.objects.bulk_update(lines, ["done_at", "result"])
    close_item(item_ids=[line.item_id for line in lines], outcome=result[:300], now=now)
