"""Pass a document on to others of the same agency, to know of it or to support."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from lienthong.foundation.access.terms import Seated
from lienthong.foundation.trail.actions.write import write
from lienthong.foundation.work.terms import Role
from lienthong.kit.refusal import N_, Refused
from lienthong.modules.documents import queries, rules
from lienthong.modules.documents.actions.give import give
from lienthong.modules.documents.models import Assignment, Instruction
from lienthong.modules.documents.rules import Given
from lienthong.modules.documents.terms import OPEN_INCOMING


@transaction.atomic
def forward(*, assignment_id: int, text: str, given: Sequence[Given], actor: Seated, now: datetime) -> list[Assignment]:
    """Whoever works on a document brings in others: support with a deadline not after one's own, or for information.
    Nobody gains the lead this way; that is handing over (work) or a new instruction."""
    line = queries.locked_assignment(actor, "documents.handle", assignment_id)
    row = line.incoming
    rules.require_state(row.state, OPEN_INCOMING, N_("chuyển tiếp"))
    if not given:
        raise Refused(N_("Chọn ít nhất một người nhận."))
    if any(one.role == Role.LEAD for one in given):
        raise Refused(N_("Chuyển tiếp chỉ để phối hợp hoặc để biết. Muốn giao hẳn việc, dùng Chuyển giao."))
    lines = [Given(one.role, one.post_id, one.unit_id, one.due_at or line.due_at) for one in given]
    instruction = Instruction.objects.create(
        incoming=row, text=text.strip()[:2000], by_post_id=actor.post_id, by_name=actor.person_name, at=now
    )
    made = give(row=row, instruction=instruction, given=lines, now=now, parent=line)
    write(
        actor, "documents.forward", row, now, sentence="chuyển tiếp cho " + ", ".join(one.holder_name for one in made)
    )
    return made
