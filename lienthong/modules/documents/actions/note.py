"""Write down progress or an opinion on a document one works on."""

from datetime import datetime

from django.db import transaction

from lienthong.foundation.access.terms import Seated
from lienthong.foundation.trail.actions.write import write
from lienthong.foundation.work.actions.close_item import close_item
from lienthong.foundation.work.terms import Role
from lienthong.kit.refusal import N_, Refused
from lienthong.modules.documents import queries, rules
from lienthong.modules.documents.actions.start import begin
from lienthong.modules.documents.models import Note
from lienthong.modules.documents.rules import Attached
from lienthong.modules.documents.terms import OPEN_INCOMING


@transaction.atomic
def note(
    *,
    assignment_id: int,
    text: str,
    attached: Attached | None,
    actor: Seated,
    now: datetime,
    opinion_given: bool = False,
) -> Note:
    """Add a handling note, with a file if there is one. The first note of the lead starts the work; a supporter who has
    `opinion_given` is done with it."""
    line = queries.locked_assignment(actor, "documents.handle", assignment_id)
    row = line.incoming
    rules.require_state(row.state, OPEN_INCOMING, N_("ghi tiến độ"))
    if not text.strip():
        raise Refused(N_("Cần ghi nội dung."))
    made = Note.objects.create(
        incoming=row, text=text.strip()[:2000], stored_id=attached.stored_id if attached else None,
        file_name=attached.name if attached else "", by_post_id=actor.post_id, by_name=actor.person_name, at=now,
    )  # fmt: skip
    begin(line=line, row=row, actor=actor, now=now)
    if opinion_given and line.role == Role.SUPPORT and line.done_at is None:
        line.done_at, line.result = now, text.strip()[:1000]
        line.save(update_fields=["done_at", "result"])
        close_item(item_ids=[line.item_id], outcome="đã có ý kiến", now=now)
    write(
        actor,
        "documents.note",
        row,
        now,
        sentence=("cho ý kiến phối hợp: " if opinion_given else "ghi tiến độ: ") + text.strip()[:500],
    )
    return made
