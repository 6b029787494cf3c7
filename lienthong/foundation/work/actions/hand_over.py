"""Pass debts to another post."""

from datetime import datetime

from django.db import transaction

from lienthong.foundation.access.rules import require
from lienthong.foundation.access.terms import Seated
from lienthong.foundation.organizations import queries as organizations
from lienthong.foundation.trail.actions.write import write_many
from lienthong.foundation.work import rules
from lienthong.foundation.work.actions.pass_on import pass_on
from lienthong.foundation.work.actions.tell_takers import tell_takers
from lienthong.foundation.work.models import Item
from lienthong.kit.dates import VIETNAM
from lienthong.kit.refusal import N_, Refused


@transaction.atomic
def hand_over(*, item_ids: list[int], to_post_id: int, reason: str, actor: Seated, now: datetime) -> int:
    """Give these open debts to another living post of the same agency, with the reason. Returns how many moved."""
    reason = rules.require_reason(reason)
    items = list(
        Item.objects.select_for_update(of=("self",)).select_related("holder").filter(pk__in=item_ids).order_by("id")
    )
    to = organizations.posts_by_id([to_post_id])[to_post_id]
    if to.valid_to and to.valid_to <= now.astimezone(VIETNAM).date():
        raise Refused(N_("Chức danh nhận việc đã thôi hoạt động. Chọn chức danh khác."))
    for item in items:
        rules.require_open(item.done_at)
        verb = "work.hold" if item.holder_id == actor.post_id else "work.grant"
        require(actor, verb, agency_id=item.holder.agency_id, unit_ids=[item.holder.unit_id], post_ids=[item.holder_id])
        if to.agency_id != item.holder.agency_id:
            raise Refused(N_("Chỉ chuyển giao việc trong cùng một cơ quan."))
    moving = [item for item in items if item.holder_id != to.pk]
    kept = pass_on(moving, dict.fromkeys([item.pk for item in moving], to.pk), reason, now)
    tell_takers(kept, actor, now)
    write_many(
        actor,
        "work.hand_over",
        moving,
        now,
        sentences=[f"chuyển việc “{item.title}” cho {to.name}: {reason}" for item in moving],
    )
    return len(moving)
