"""The working time of an office, read from its tables once and kept until they change."""

from functools import lru_cache

from django.db import connection

from lienthong.foundation.calendar.models import OpenHours, Schedule, SpecialDay
from lienthong.foundation.calendar.public_holidays import legal_working_time
from lienthong.foundation.calendar.rules import DayKind
from lienthong.foundation.calendar.working_time import DayRule, Interval, OfficeHours, WorkingTime

# The row changes with every change of the three tables (triggers in migrations 0002, 0003) and is seen exactly when that
# change is: one cheap look tells whether what is kept in this process still holds.
_STAMP = "SELECT version FROM calendar_stamp"


def working_time(schedule_id: int | None = None) -> WorkingTime:
    """Working time of a schedule; None is the default one. The law's public holidays stand under the special days."""
    with connection.cursor() as cursor:
        cursor.execute(_STAMP)
        version = cursor.fetchone()[0]
    return _read(schedule_id, version)


def forget() -> None:
    """Keep nothing any more: for whoever puts another database under a running process, as tests and benchmarks do."""
    _read.cache_clear()


@lru_cache(maxsize=128)
def _read(schedule_id: int | None, version: int) -> WorkingTime:
    if schedule_id is None:
        schedule_id = Schedule.objects.filter(is_default=True).values_list("pk", flat=True).first()
    week: list[list[Interval]] = [[] for _ in range(7)]
    for row in OpenHours.objects.filter(schedule=schedule_id):
        week[row.weekday].append((row.opens, row.closes))
    hours = OfficeHours(tuple(tuple(intervals) for intervals in week)) if any(week) else OfficeHours()
    common = SpecialDay.objects.filter(schedule__isnull=True)
    own = SpecialDay.objects.filter(schedule=schedule_id, schedule__isnull=False)
    rules = {row.date: _rule(row) for rows in (common, own) for row in rows}
    return legal_working_time(hours, tuple(rules[day] for day in sorted(rules)))


def _rule(row: SpecialDay) -> DayRule:
    intervals = ((row.opens, row.closes),) if row.opens and row.closes else None
    return DayRule(row.date, DayKind(row.kind), row.reason, intervals)


def special_days(year: int) -> list[SpecialDay]:
    """The days of a year that differ, with the schedule they hold for (none: everybody)."""
    return list(SpecialDay.objects.filter(date__year=year).select_related("schedule"))


def schedules() -> list[Schedule]:
    """All schedules, the default one first."""
    return list(Schedule.objects.order_by("-is_default", "id"))


def schedule_hours() -> list[tuple[Schedule, OfficeHours]]:
    """Every schedule with its weekly hours, the default one first."""
    week_of: dict[int, list[list[Interval]]] = {}
    for row in OpenHours.objects.all():
        week_of.setdefault(row.schedule_id, [[] for _ in range(7)])[row.weekday].append((row.opens, row.closes))
    return [
        (one, OfficeHours(tuple(tuple(day) for day in week_of[one.pk])) if one.pk in week_of else OfficeHours())
        for one in schedules()
    ]
