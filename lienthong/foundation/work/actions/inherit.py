"""The debts of agencies that end go to the posts of their successor."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from lienthong.foundation.access.rules import require
from lienthong.foundation.access.terms import Duty, Seated
from lienthong.foundation.organizations import queries as organizations
from lienthong.foundation.trail.actions.write import write_many
from lienthong.foundation.work.actions.pass_on import pass_on
from lienthong.foundation.work.actions.tell_takers import tell_takers
from lienthong.foundation.work.models import Item
from lienthong.kit.dates import VIETNAM
from lienthong.kit.refusal import N_, Refused


@transaction.atomic
def inherit(
    *, from_agency_ids: Sequence[int], to_agency_id: int | None, reason: str, actor: Seated, now: datetime
) -> int:
    """A clerk's open debts go to the successor's clerk, everything else to its leader, who hands it on; where one of
    the two is missing the other takes all. Deadlines and pauses stay. Refused when nobody could take them. Returns how
    many moved."""
    require(actor, "organizations.edit")
    items = list(
        Item.objects.select_for_update(of=("self",))
        .select_related("holder")
        .filter(holder__agency__in=from_agency_ids, done_at__isnull=True)
        .order_by("id")
    )
    if not items:
        return 0
    if to_agency_id is None:
        raise Refused(N_("Còn {count} việc đang mở. Chọn cơ quan tiếp nhận."), count=len(items))
    today = now.astimezone(VIETNAM).date()
    clerk = organizations.posts_with_duty([to_agency_id], Duty.CLERK, today).get(to_agency_id)
    leader = organizations.posts_with_duty([to_agency_id], Duty.LEADER, today).get(to_agency_id)
    clerk, leader = clerk or leader, leader or clerk
    if clerk is None or leader is None:
        raise Refused(N_("Cơ quan kế thừa chưa có chức danh lãnh đạo hoặc văn thư để nhận việc. Thêm chức danh trước."))
    to = {item.pk: clerk if Duty.CLERK in item.holder.duties else leader for item in items}
    kept = pass_on(items, to, reason[:300], now)
    tell_takers(kept, actor, now)
    write_many(
        actor, "work.inherit", items, now,
        sentences=[f"chuyển việc “{item.title}” cho cơ quan kế thừa: {reason}" for item in items],
    )  # fmt: skip
    return len(items)
