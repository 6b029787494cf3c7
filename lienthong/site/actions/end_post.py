"""End a post after its open debts have gone to another."""

from datetime import date, datetime

from django.db import transaction

from lienthong.foundation.access.rules import require
from lienthong.foundation.access.terms import Seated
from lienthong.foundation.organizations import queries as organizations
from lienthong.foundation.organizations.actions.close_post import close_post
from lienthong.foundation.work import queries as work
from lienthong.foundation.work.actions.take_over import take_over
from lienthong.kit.refusal import N_, Refused


@transaction.atomic
def end_post(*, post_id: int, to_post_id: int | None, on: date, actor: Seated, now: datetime) -> int:
    """Nobody sits in the post from `on`; its open debts go to `to_post_id`, a living post of the same agency. Returns
    how many went."""
    post = organizations.posts_by_id([post_id])[post_id]
    require(actor, "organizations.edit", agency_id=post.agency_id)
    moved = 0
    if debts := work.open_of([post_id]):
        if to_post_id is None:
            raise Refused(N_("Chức danh còn {count} việc đang mở. Chọn chức danh nhận việc."), count=len(debts))
        moved = take_over(
            from_post_id=post_id, to_post_id=to_post_id, reason=f"kết thúc chức danh {post.name}", actor=actor, now=now
        )
    close_post(post_id=post_id, on=on, actor=actor, now=now)
    return moved
