"""One post takes over all open debts of another that ends."""

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
from lienthong.kit.refusal import N_, Refused


@transaction.atomic
def take_over(*, from_post_id: int, to_post_id: int, reason: str, actor: Seated, now: datetime) -> int:
    """Administrators only, within one agency (`hand_over` is for holders). Returns how many moved."""
    posts = organizations.posts_by_id([from_post_id, to_post_id])
    giver, taker = posts[from_post_id], posts[to_post_id]
    require(actor, "organizations.edit", agency_id=giver.agency_id)
    reason = rules.require_reason(reason)
    if giver.agency_id != taker.agency_id or giver.pk == taker.pk:
        raise Refused(N_("Chọn một chức danh khác của cùng cơ quan."))
    if taker.valid_to is not None:
        raise Refused(N_("Chức danh nhận việc đã thôi hoạt động. Chọn chức danh khác."))
    items = list(Item.objects.select_for_update().filter(holder_id=from_post_id, done_at__isnull=True).order_by("id"))
    kept = pass_on(items, dict.fromkeys([item.pk for item in items], to_post_id), reason, now)
    tell_takers(kept, actor, now)
    write_many(
        actor, "work.take_over", items, now,
        sentences=[f"chuyển việc “{item.title}” cho {taker.name}: {reason}" for item in items],
    )  # fmt: skip
    return len(items)
