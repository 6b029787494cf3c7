"""The one who leads begins to work on a document."""

from datetime import datetime

from django.db import transaction

from lienthong.foundation.access.terms import Seated
from lienthong.foundation.trail.actions.write import write
from lienthong.foundation.work.terms import Role
from lienthong.kit.refusal import N_
from lienthong.modules.documents import queries, rules
from lienthong.modules.documents.actions.tell_sender import tell_sender
from lienthong.modules.documents.models import Assignment, Incoming
from lienthong.modules.documents.terms import OPEN_INCOMING, Code, IncomingState


@transaction.atomic
def start(*, assignment_id: int, actor: Seated, now: datetime) -> None:
    """Mark the document as being worked on and tell the sender 05; only a leading line starts it, a second call is
    without effect."""
    line = queries.locked_assignment(actor, "documents.handle", assignment_id)
    rules.require_state(line.incoming.state, OPEN_INCOMING, N_("xử lý"))
    if begin(line=line, row=line.incoming, actor=actor, now=now):
        write(actor, "documents.start", line.incoming, now, sentence="bắt đầu xử lý")


def begin(*, line: Assignment, row: Incoming, actor: Seated, now: datetime) -> bool:
    """Move ASSIGNED to IN_PROGRESS for a leading line; False when there was nothing to move."""
    if line.role != Role.LEAD or row.state != IncomingState.ASSIGNED:
        return False
    row.state = IncomingState.IN_PROGRESS
    row.save(update_fields=["state"])
    tell_sender(incoming=row, code=Code.IN_PROGRESS, actor=actor, now=now)
    return True
