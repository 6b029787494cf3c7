"""Somebody opened a document: kept once a day, and the line of who was to be informed is done by it."""

from datetime import datetime

from django.db import transaction

from lienthong.foundation.access.terms import Seated
from lienthong.foundation.work.actions.close_item import close_item
from lienthong.foundation.work.terms import Role
from lienthong.kit.dates import VIETNAM
from lienthong.modules.documents.models import Assignment, Viewing


@transaction.atomic
def see(*, document_id: int, line: Assignment | None, actor: Seated, now: datetime) -> None:
    """Record the viewing (30/2020/NĐ-CP annex VI, III.6.l); nothing happens on a second look the same day."""
    Viewing.objects.bulk_create(
        [
            Viewing(
                document_id=document_id, person_id=actor.person_id, post_name=f"{actor.post_name}, {actor.agency_name}"[:300],
                day=now.astimezone(VIETNAM).date(), at=now,
            )
        ],
        ignore_conflicts=True,
    )  # fmt: skip
    if line is None or line.seen_at is not None:
        return
    line.seen_at = now
    if line.role == Role.INFORM:
        line.done_at = now
        close_item(item_ids=[line.item_id], outcome="đã xem", now=now)
    line.save(update_fields=["seen_at", "done_at"])
