"""Enter or change a set of weekly office hours."""

from datetime import datetime

from django.db import transaction

from lienthong.foundation.access.rules import require
from lienthong.foundation.access.terms import Actor
from lienthong.foundation.calendar.models import OpenHours, Schedule
from lienthong.foundation.calendar.rules import OfficeHours
from lienthong.foundation.trail.actions.write import write
from lienthong.kit.refusal import N_, Refused


@transaction.atomic
def set_schedule(
    *, schedule_id: int | None, name: str, hours: str, is_default: bool, actor: Actor, now: datetime
) -> Schedule:
    """`hours` as `OfficeHours.parse` reads them: "07:30-11:30,13:00-17:00; T7 07:30-11:30". None makes a new schedule.

    One schedule is the default, that of every agency without one of its own; it cannot stop being that by itself.
    """
    require(actor, "calendar.edit")
    if not name.strip():
        raise Refused(N_("Cần ghi tên lịch."))
    week = OfficeHours.parse(hours)
    schedule = Schedule.objects.select_for_update().get(pk=schedule_id) if schedule_id else Schedule()
    if schedule.is_default and not is_default:
        raise Refused(N_("Phải luôn có một lịch chung. Đặt lịch khác làm lịch chung thì lịch này thôi."))
    if is_default:
        Schedule.objects.filter(is_default=True).exclude(pk=schedule.pk).update(is_default=False)
    schedule.name, schedule.is_default = name.strip()[:200], is_default
    schedule.save()
    OpenHours.objects.filter(schedule=schedule).delete()
    OpenHours.objects.bulk_create(
        [
            OpenHours(schedule=schedule, weekday=weekday, opens=opens, closes=closes)
            for weekday, intervals in enumerate(week.week)
            for opens, closes in intervals
        ]
    )
    said = f"đặt giờ làm việc {schedule.name}: {week.as_text()}" + (" (lịch chung)" if is_default else "")
    write(actor, "calendar.set_schedule", schedule, now, sentence=said)
    return schedule
