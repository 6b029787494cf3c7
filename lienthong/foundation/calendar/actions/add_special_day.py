"""Enter a day that differs from its weekday."""

from datetime import date, datetime, time

from django.db import transaction
from django.db.models import Q

from lienthong.foundation.access.rules import require
from lienthong.foundation.access.terms import Actor
from lienthong.foundation.calendar.models import SpecialDay
from lienthong.foundation.calendar.rules import DayKind, DayRule
from lienthong.foundation.trail.actions.write import write
from lienthong.kit.dates import vn_date
from lienthong.kit.refusal import N_, Refused


@transaction.atomic
def add_special_day(
    *, day: date, kind: str, reason: str, schedule_id: int | None, actor: Actor, now: datetime, opens: time | None = None,
    closes: time | None = None,
) -> SpecialDay:  # fmt: skip
    """A day off, a day worked in exchange, or (WORK with hours) a half day or a day of other hours.

    Without a schedule it holds for the whole province. It holds over the law's calendar; deadlines already set stay,
    those computed from now on follow it. One rule a day and schedule.
    """
    require(actor, "calendar.edit")
    if not reason.strip():
        raise Refused(N_("Cần ghi lý do hoặc căn cứ."))
    if (opens is None) != (closes is None):
        raise Refused(N_("Ghi cả giờ bắt đầu và giờ kết thúc, hoặc để trống cả hai."))
    if opens and kind == DayKind.OFF:
        raise Refused(N_("Ngày nghỉ không có giờ làm việc."))
    DayRule(day, DayKind(kind), reason, ((opens, closes),) if opens and closes else None)  # refuses strange days, hours
    whose = Q(schedule__isnull=True) if schedule_id is None else Q(schedule_id=schedule_id)
    if SpecialDay.objects.filter(whose, date=day).exists():
        raise Refused(N_("Ngày {day} đã có quy định riêng. Bỏ quy định đó trước."), day=vn_date(day))
    made = SpecialDay.objects.create(
        date=day, kind=DayKind(kind), reason=reason.strip()[:300], schedule_id=schedule_id, opens=opens, closes=closes
    )
    hours = f" {opens:%H:%M}-{closes:%H:%M}" if opens and closes else ""
    what = "nghỉ" if kind == DayKind.OFF else f"làm việc{hours}"
    write(actor, "calendar.add_special_day", made, now, sentence=f"quy định {vn_date(day)} {what}: {reason.strip()}")
    return made
