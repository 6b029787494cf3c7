"""A leader writes on an incoming document who leads, who supports, who is informed, and by when (bút phê)."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from lienthong.foundation.access.terms import Seated
from lienthong.foundation.trail.actions.write import write
from lienthong.foundation.work.actions.close_item import close_item
from lienthong.foundation.work.terms import Role
from lienthong.kit.dates import vn_datetime
from lienthong.kit.refusal import N_, Refused
from lienthong.modules.documents import queries, rules
from lienthong.modules.documents.actions.give import give
from lienthong.modules.documents.actions.tell_sender import tell_sender
from lienthong.modules.documents.models import Assignment, Incoming, Instruction
from lienthong.modules.documents.rules import Given
from lienthong.modules.documents.terms import OPEN_INCOMING, Code, IncomingState


@transaction.atomic
def instruct(
    *, incoming_id: int, text: str, given: Sequence[Given], due_at: datetime | None, actor: Seated, now: datetime
) -> Incoming:
    """Distribute a registered document with the leader's words (30/2020/NĐ-CP art. 23). `due_at` is for all lines that
    have none of their own; a later instruction adds lines and may not name a second lead."""
    row = queries.locked_incoming(actor, "documents.instruct", incoming_id)
    rules.require_state(row.state, OPEN_INCOMING, N_("phân phối"))
    led = Assignment.objects.filter(incoming=row, role=Role.LEAD, parent__isnull=True).exists()
    rules.require_instruction(text, list(given), led)
    if due_at is not None and due_at <= now:
        raise Refused(N_("Hạn giải quyết đã qua. Chọn thời điểm sau hiện tại."))
    lines = [Given(line.role, line.post_id, line.unit_id, line.due_at or due_at) for line in given]
    instruction = Instruction.objects.create(
        incoming=row,
        text=text.strip()[:2000],
        by_post_id=actor.post_id,
        by_name=f"{actor.post_name} {actor.person_name}",
        at=now,
    )
    made = give(row=row, instruction=instruction, given=lines, now=now)
    lead = next((line for line in made if line.role == Role.LEAD), None)
    first = row.state == IncomingState.REGISTERED
    row.assigned_to = "; ".join(
        filter(None, [row.assigned_to, *(line.holder_name for line in made if line.role != Role.INFORM)])
    )[:1000]
    row.assigned_to = row.assigned_to or "; ".join(line.holder_name for line in made)[:1000]
    row.assigned_at = row.assigned_at or now
    if lead is not None:
        row.due_at = lead.due_at
    if first:
        row.state = IncomingState.ASSIGNED
    if first and lead is None:  # all are only informed: nothing is left to do on it
        row.state, row.ended_at, row.end_reason = IncomingState.FINISHED, now, "chuyển để biết"
    row.save(update_fields=["assigned_to", "assigned_at", "due_at", "state", "ended_at", "end_reason"])
    if row.distribute_item_id:
        close_item(item_ids=[row.distribute_item_id], outcome="đã phân phối", now=now)
    tell_sender(incoming=row, code=Code.ASSIGNED, actor=actor, now=now)
    if row.state == IncomingState.FINISHED:
        tell_sender(incoming=row, code=Code.FINISHED, actor=actor, now=now, remark="chuyển để biết")
    due = f"; hạn {vn_datetime(row.due_at)}" if row.due_at else ""
    write(
        actor, "documents.instruct", row, now, sentence=f"bút phê, giao {len(made)} nơi: {row.assigned_to}{due}"[:1000]
    )
    return row
