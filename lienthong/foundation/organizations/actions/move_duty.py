"""Hand a duty from one post of an agency to another, without a moment in between."""

from datetime import datetime

from django.db import transaction

from lienthong.foundation.access.rules import require
from lienthong.foundation.access.terms import DUTY_LABELS, Actor, Duty
from lienthong.foundation.organizations import rules
from lienthong.foundation.organizations.models import Post
from lienthong.foundation.trail.actions.write import write
from lienthong.kit.refusal import N_, Refused


@transaction.atomic
def move_duty(*, from_post_id: int, to_post_id: int, duty: str, actor: Actor, now: datetime) -> Post:
    """`duty` leaves one post and comes to the other; open debts stay where they are (work.hand_over moves those)."""
    posts = {
        post.pk: post
        for post in Post.objects.select_for_update().filter(pk__in=[from_post_id, to_post_id]).order_by("pk")
    }
    giver, taker, moved = posts[from_post_id], posts[to_post_id], Duty(duty)
    require(actor, "organizations.edit", agency_id=giver.agency_id)
    if giver.pk == taker.pk or giver.agency_id != taker.agency_id:
        raise Refused(N_("Chọn một chức danh khác của cùng cơ quan."))
    for post in (giver, taker):
        rules.require_alive(post.name, post.valid_to)
    if moved not in giver.duties:
        raise Refused(N_("{post} không có nhiệm vụ này."), post=giver.name)
    giver.duties = [one for one in giver.duties if one != moved]
    taker.duties = [*taker.duties, *([] if moved in taker.duties else [moved.value])]
    Post.objects.bulk_update([giver, taker], ["duties"])
    write(
        actor, "organizations.move_duty", taker, now,
        sentence=f"chuyển nhiệm vụ {DUTY_LABELS[moved]} từ {giver.name} sang {taker.name}",
    )  # fmt: skip
    return taker
