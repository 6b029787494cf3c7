"""End a unit."""

from datetime import date, datetime

from django.db import transaction

from lienthong.foundation.access.rules import require
from lienthong.foundation.access.terms import Actor
from lienthong.foundation.organizations import rules
from lienthong.foundation.organizations.models import Post, Unit
from lienthong.foundation.trail.actions.write import write
from lienthong.kit.dates import vn_date
from lienthong.kit.refusal import N_, Refused


@transaction.atomic
def close_unit(*, unit_id: int, on: date, actor: Actor, now: datetime) -> Unit:
    """The unit exists until before `on`; its posts are moved or ended first, so that no work is left without a place."""
    unit = Unit.objects.select_for_update().get(pk=unit_id)
    require(actor, "organizations.edit", agency_id=unit.agency_id)
    rules.require_alive(unit.name, unit.valid_to)
    rules.require_after(on, unit.valid_from)
    if posts := Post.objects.filter(unit=unit, valid_to__isnull=True).count():
        raise Refused(N_("Đơn vị còn {posts} chức danh. Chuyển hoặc kết thúc các chức danh trước."), posts=posts)
    unit.valid_to = on
    unit.save(update_fields=["valid_to"])
    write(actor, "organizations.close_unit", unit, now, sentence=f"kết thúc đơn vị {unit.name} từ {vn_date(on)}")
    return unit
