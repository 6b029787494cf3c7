"""The rules of terms a second time, by walking minute after minute: slow, short, and sharing no code with the calendar.

It knows days only as a function from a date to a list of (opening, closing) minutes of that day, and checks the
answers of `rules.due` for whole minutes.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

Hours = Callable[[date], list[tuple[int, int]]]
Pauses = list[tuple[datetime, datetime | None]]
MINUTE = timedelta(minutes=1)


def weekly(hours: dict[int, list[tuple[int, int]]], special: dict[date, list[tuple[int, int]]]) -> Hours:
    return lambda day: special[day] if day in special else hours.get(day.weekday(), [])


def due(start: datetime, amount: float, unit: str, hours: Hours, pauses: Pauses) -> datetime | None:
    if unit == "calendar_days":
        return _calendar(start, int(amount), hours, pauses)
    begins = start
    while not _open(begins, hours) or _paused(begins, pauses):
        if any(end is None and begin <= begins for begin, end in pauses):
            return None
        begins += MINUTE
    if unit == "working_hours":
        return _spend(begins, round(amount * 60), hours, pauses)
    natural = _same_clock(begins, int(amount), hours)
    if amount != int(amount):
        length = sum(closing - opening for opening, closing in hours(natural.date()))
        natural = _spend(natural, round((amount - int(amount)) * length), hours, [])
        assert natural is not None
        return _spend(begins, _minutes(begins, natural, hours), hours, pauses)
    ends = _spend(begins, _minutes(begins, natural, hours), hours, pauses)
    if ends is None:
        return None
    # The end lies in an open minute; a pause that began before it holds it back.
    while not _open(ends, hours) or any(begin < ends and (end is None or ends < end) for begin, end in pauses):
        if any(end is None and begin < ends for begin, end in pauses):
            return None
        ends += MINUTE
    return ends


def _open(at: datetime, hours: Hours) -> bool:
    minute = at.hour * 60 + at.minute
    return any(opening <= minute < closing for opening, closing in hours(at.date()))


def _paused(at: datetime, pauses: Pauses) -> bool:
    return any(begin <= at and (end is None or at < end) for begin, end in pauses)


def _same_clock(begins: datetime, days: int, hours: Hours) -> datetime:
    at = begins
    while days:
        at += timedelta(days=1)
        if hours(at.date()):
            days -= 1
    while not _open(at, hours):
        at += MINUTE
    return at


def _minutes(a: datetime, b: datetime, hours: Hours) -> int:
    count = 0
    while a < b:
        count += _open(a, hours)
        a += MINUTE
    return count


def _spend(at: datetime, minutes: int, hours: Hours, pauses: Pauses) -> datetime | None:
    while minutes:
        if any(end is None and begin <= at for begin, end in pauses):
            return None
        if _open(at, hours) and not _paused(at, pauses):
            minutes -= 1
        at += MINUTE
    return at


def _calendar(start: datetime, days: int, hours: Hours, pauses: Pauses) -> datetime | None:
    day = start.date()
    begun = False
    while True:
        midnight = datetime.combine(day + timedelta(days=1), datetime.min.time(), start.tzinfo)
        if any(end is None and begin < midnight for begin, end in pauses):
            return None
        if not any(begin < midnight and end is not None and midnight <= end for begin, end in pauses):
            days -= begun
            begun = True
            if days <= 0 and hours(day):
                return midnight - timedelta(seconds=1)
        day += timedelta(days=1)
