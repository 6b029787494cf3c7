"""A unit's head hands a document on to people of the unit."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from lienthong.foundation.access.terms import Seated
from lienthong.foundation.organizations import queries as organizations
from lienthong.foundation.trail.actions.write import write
from lienthong.foundation.work.actions.close_item import close_item
from lienthong.foundation.work.terms import Role
from lienthong.kit.dates import VIETNAM
from lienthong.kit.refusal import N_, Refused
from lienthong.modules.documents import queries, rules
from lienthong.modules.documents.actions.give import give
from lienthong.modules.documents.models import Assignment, Instruction
from lienthong.modules.documents.rules import Given
from lienthong.modules.documents.terms import OPEN_INCOMING


@transaction.atomic
def assign(*, assignment_id: int, text: str, given: Sequence[Given], actor: Seated, now: datetime) -> list[Assignment]:
    """Pass one's own line on within the unit. Whoever now leads owes it; the head's own debt is closed, the line stays
    above as the one that handed it on. A deadline may not be later than the head's own."""
    line = queries.locked_assignment(actor, "documents.assign", assignment_id)
    row = line.incoming
    rules.require_state(row.state, OPEN_INCOMING, N_("giao việc"))
    if line.done_at is not None:
        raise Refused(N_("Việc này đã kết thúc, không giao tiếp được."))
    if sum(1 for one in given if one.role == Role.LEAD) != 1:
        raise Refused(N_("Chọn đúng một người chủ trì trong đơn vị."))
    posts = organizations.posts_by_id([one.post_id for one in given if one.post_id])
    today = now.astimezone(VIETNAM).date()
    for one in given:
        post = posts.get(one.post_id) if one.post_id else None
        if post is None or post.unit_id != line.post.unit_id or (post.valid_to and post.valid_to <= today):
            raise Refused(N_("Chỉ giao được cho người trong đơn vị."))
        if one.due_at and line.due_at and one.due_at > line.due_at:
            raise Refused(N_("Hạn giao trong đơn vị không được sau hạn của đơn vị."))
    lines = [Given(one.role, one.post_id, None, one.due_at or line.due_at) for one in given]
    instruction = Instruction.objects.create(
        incoming=row,
        text=text.strip()[:2000],
        by_post_id=actor.post_id,
        by_name=f"{actor.post_name} {actor.person_name}",
        at=now,
    )
    made = give(row=row, instruction=instruction, given=lines, now=now, parent=line)
    close_item(item_ids=[line.item_id], outcome="đã giao trong đơn vị", now=now)
    write(actor, "documents.assign", row, now, sentence="giao " + ", ".join(one.holder_name for one in made))
    return made
