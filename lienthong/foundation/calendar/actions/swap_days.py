"""Give a working day off and work on a day of rest for it."""

from datetime import date, datetime
from functools import partial

from django.db import transaction

from lienthong.foundation.access.terms import Actor
from lienthong.foundation.calendar.actions.add_special_day import add_special_day
from lienthong.foundation.calendar.rules import DayKind
from lienthong.kit.dates import vn_date
from lienthong.kit.refusal import N_, Refused


@transaction.atomic
def swap_days(
    *, day_off: date, worked: date, reason: str, schedule_id: int | None, actor: Actor, now: datetime
) -> None:
    """Both days or none of them, as decided each year (Bộ luật Lao động 2019 art. 112.3)."""
    if day_off.weekday() >= 5:
        raise Refused(N_("Ngày {day} vốn là ngày nghỉ hằng tuần."), day=vn_date(day_off))
    if worked.weekday() < 5:
        raise Refused(N_("Ngày {day} vốn là ngày làm việc."), day=vn_date(worked))
    add = partial(add_special_day, schedule_id=schedule_id, actor=actor, now=now)
    add(
        day=day_off,
        kind=DayKind.OFF,
        reason=f"{reason.strip()}, làm bù ngày {vn_date(worked)}".lstrip(", "),
    )
    add(
        day=worked,
        kind=DayKind.WORK,
        reason=f"{reason.strip()}, làm bù cho ngày {vn_date(day_off)}".lstrip(", "),
    )
