"""Deadlines in working days, working hours and calendar days: pure arithmetic, exact to the microsecond.

How a term is counted
---------------------

**Office hours are half-open.** 11:30 of 07:30-11:30 is already closed. What comes outside office hours counts from
the next opening (received 11:45 → 13:00; Friday 17:00 → Monday 07:30).

**Working days are true to the hour.** Received 10:00 with 3 working days ends at 10:00 on the third following working
day; what begins at an opening ends at the opening of the n-th following working day. A half day counts as one working
day, as the law counts days and not hours. Where the last day is not open at the clock time of the beginning (a half
day, other hours), the term ends at the *next opening*: later that day, else on the next working day. So nobody loses
time that the rule gives, and the end always lies in an open moment. Part of a working day (0.5) is that part of the
office hours of the day on which it begins, counted in open time after the whole days.

**Working hours** count open time only and end at the earliest moment at which it has passed: 4 hours from 13:00 end
at 17:00, not at the next opening.

**Calendar days** follow Bộ luật Dân sự 2015: the day of the beginning is not counted (art. 147.2), the term ends
at 24:00 of its last day (art. 148.6), and a last day that is a day off gives way to the end of the next working
day (art. 148.5). 24:00 is written 23:59:59 of that day, so that the date read is the date meant. The day of
the beginning is the date of receipt, whatever the hour.

**Pauses** [start, end) stop everything. For working days and hours the open time left at the start of the pause is
what is left at its end, to the microsecond (so on days of equal length the clock time is kept; across half days the
hours are kept). A receipt within a pause begins at the pause's end. A pause that starts at or after the deadline has
no effect. For calendar days a day whose end (24:00) lies in the pause is not counted, which moves the
last day by as many days as there are dates between the pause's start and end. A pause without an end that starts
before the deadline makes the deadline unknown.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import NamedTuple

from lienthong.foundation.calendar.explain import Due, Step, is_paused_midnight
from lienthong.foundation.calendar.public_holidays import holidays_of, legal_days, legal_working_time
from lienthong.foundation.calendar.terms import DayKind, Standing, Unit
from lienthong.foundation.calendar.working_time import (
    DAY,
    DAYS,
    LAST_DAY,
    DayRule,
    OfficeHours,
    Timeline,
    WorkingTime,
    as_datetime,
    local,
    merged_pauses,
    moment,
)
from lienthong.kit.refusal import N_, Refused

__all__ = [
    "DayKind",
    "DayRule",
    "Due",
    "OfficeHours",
    "Remaining",
    "Standing",
    "Step",
    "Unit",
    "WorkingTime",
    "due",
    "holidays_of",
    "is_open",
    "legal_days",
    "legal_working_time",
    "next_opening",
    "remaining",
    "working_days_until",
    "working_time_between",
]

Amount = int | float | Decimal | Fraction | str
Pauses = Iterable[tuple[datetime, datetime | None]]
_HOUR = 3_600_000_000
_MOST = 100_000


class Remaining(NamedTuple):
    """How far `due_at` is from now: whole working days true to the hour, then open time.

    LATE counts from the deadline to now, the other two from now to the deadline. TODAY means the same date.
    """

    standing: Standing
    days: int
    time: timedelta


def due(start: datetime, amount: Amount, unit: Unit | str, working_time: WorkingTime, pauses: Pauses = ()) -> Due:
    """When a term of `amount` `unit`s that began at `start` ends; see the module for the meaning.

    `amount` is positive; calendar days are whole. Refuses an unknown unit, an amount that is not a positive number,
    a pause that ends before it starts, a date outside 2000-2099.
    """
    if type(unit) is not Unit:
        unit = _unit(unit)
    at = local(start)
    received = moment(at)
    timeline = working_time.timeline
    if type(amount) is int and 0 < amount <= _MOST and not pauses and unit is not Unit.CALENDAR_DAYS:
        begins = timeline.opening(received)
        if unit is Unit.WORKING_DAYS:
            ends = timeline.shift(begins, amount)
        else:
            ends = timeline.reach(timeline.consumed(begins) + amount * _HOUR)
        opening = at if begins == received else at + timedelta(microseconds=begins - received)
        return Due(at + timedelta(microseconds=ends - received), at, opening, amount, unit, working_time)
    exact = _amount(amount, unit)
    kept = amount if isinstance(amount, (int, Decimal, Fraction)) else Decimal(str(amount).replace(",", "."))
    stops = merged_pauses(pauses)
    if unit is Unit.CALENDAR_DAYS:
        first: int | None = received
        end, since = _calendar_end(timeline, received, int(exact), stops)
    else:
        first, end, since = _working_end(timeline, received, exact, unit, stops)
    return Due(
        None if end is None else as_datetime(end),
        at,
        None if first is None else as_datetime(first),
        kept,
        unit,
        working_time,
        stops,
        None if since is None else as_datetime(since),
    )


def due_at(start: datetime, amount: Amount, unit: Unit | str, working_time: WorkingTime) -> datetime:
    """The moment of `due` of a term that nothing stops: without an open pause there always is one."""
    at = due(start, amount, unit, working_time).at
    assert at is not None
    return at


def working_time_between(a: datetime, b: datetime, working_time: WorkingTime, pauses: Pauses = ()) -> timedelta:
    """Open time from `a` to `b` outside the pauses; negative when `b` is before `a`. Additive."""
    first, last = moment(local(a)), moment(local(b))
    if last < first:
        return -working_time_between(b, a, working_time, pauses)
    timeline = working_time.timeline
    total = timeline.consumed(last) - timeline.consumed(first)
    for begins, ends in merged_pauses(pauses):
        lower, upper = max(first, begins), last if ends is None else min(last, ends)
        if lower < upper:
            total -= timeline.consumed(upper) - timeline.consumed(lower)
    return timedelta(microseconds=total)


def is_open(at: datetime, working_time: WorkingTime) -> bool:
    """Whether the office is open at that moment."""
    return working_time.timeline.is_open(moment(local(at)))


def next_opening(at: datetime, working_time: WorkingTime) -> datetime:
    """The moment itself when the office is open, else the next opening."""
    return as_datetime(working_time.timeline.opening(moment(local(at))))


def working_days_until(now: datetime, due_at: datetime, working_time: WorkingTime) -> int:
    """Working days by the wall calendar, after today's date up to the deadline's date; negative when that is past.

    Monday to Wednesday are 2, whatever the hours; the same date is 0. For words true to the hour see `remaining`.
    """
    before = working_time.timeline.before
    return before[moment(local(due_at)) // DAY + 1] - before[moment(local(now)) // DAY + 1]


def remaining(now: datetime, due_at: datetime, working_time: WorkingTime) -> Remaining:
    """Late, due today or later, by how many whole working days (true to the hour) and how much open time besides."""
    here, there = local(now), local(due_at)
    first, last = sorted((moment(here), moment(there)))
    if here > there:
        standing = Standing.LATE
    else:
        standing = Standing.TODAY if here.date() == there.date() else Standing.LATER
    timeline = working_time.timeline
    begins = timeline.opening(first)
    if begins > last:
        return Remaining(standing, 0, timedelta())
    days = timeline.before[last // DAY] - timeline.before[begins // DAY]
    while days and timeline.shift(begins, days) > last:
        days -= 1
    reached = timeline.shift(begins, days)
    return Remaining(standing, days, timedelta(microseconds=timeline.consumed(last) - timeline.consumed(reached)))


def _working_end(
    timeline: Timeline, received: int, amount: Fraction, unit: Unit, stops: tuple[tuple[int, int | None], ...]
) -> tuple[int | None, int | None, int | None]:
    """First counted moment, end, start of the open pause (each None where there is none)."""
    begins = timeline.opening(received)
    for stop, resume in stops:
        if stop <= begins and (resume is None or begins < resume):
            if resume is None:
                return None, None, max(stop, received)
            begins = timeline.opening(resume)
    days, part = (0, amount) if unit is Unit.WORKING_HOURS else divmod(amount, 1)
    end = timeline.shift(begins, int(days)) if days else begins
    if part:
        day_length = timeline.open[end // DAY + 1] - timeline.open[end // DAY]
        length = round(part * (_HOUR if unit is Unit.WORKING_HOURS else day_length))
        end = timeline.reach(timeline.consumed(end) + max(length, 1))
    for stop, resume in stops:
        if resume is not None and resume <= begins:
            continue
        if stop >= end:
            break
        if resume is None:
            return begins, None, stop
        left = timeline.consumed(end) - timeline.consumed(stop)
        end = timeline.reach(timeline.consumed(resume) + left) if left else resume
        if not part:
            end = timeline.opening(end)
    return begins, end, None


def _calendar_end(
    timeline: Timeline, received: int, count: int, stops: tuple[tuple[int, int | None], ...]
) -> tuple[int | None, int | None]:
    """The last second of the last day, or the start of the open pause that keeps it from being known."""
    never = next((stop for stop, resume in stops if resume is None), None)
    place = received // DAY
    left = count + 1  # the day of the beginning passes first, uncounted
    if not stops:
        place, left = place + count, 1
    while True:
        if place >= DAYS:
            raise Refused(N_("Thời hạn vượt quá năm cuối của lịch làm việc ({nam})"), nam=LAST_DAY.year)
        if never is not None and place >= never // DAY:
            return None, max(never, received)
        if not is_paused_midnight(place, stops):
            left -= 1
            if left <= 0 and timeline.hours[place]:
                return (place + 1) * DAY - 1_000_000, None
        place += 1


def _unit(unit: str) -> Unit:
    try:
        return Unit(unit)
    except ValueError:
        raise Refused(
            N_("Đơn vị tính “{don_vi}” không có; dùng một trong: {cac_don_vi}"),
            don_vi=unit,
            cac_don_vi=", ".join(Unit),
        ) from None


def _amount(amount: Amount, unit: Unit) -> Fraction:
    exact = _exact(amount)
    if exact <= 0:
        raise Refused(N_("Thời hạn phải lớn hơn 0, đang là {so}"), so=amount)
    if exact > _MOST:
        raise Refused(N_("Thời hạn {so} quá dài"), so=amount)
    if unit is Unit.CALENDAR_DAYS and exact.denominator != 1:
        raise Refused(N_("Thời hạn tính theo ngày phải là số nguyên, đang là {so}"), so=amount)
    return exact


def _exact(amount: Amount) -> Fraction:
    if isinstance(amount, (int, Fraction)) and not isinstance(amount, bool):
        return Fraction(amount)
    try:
        number = Decimal(str(amount).strip().replace(",", "."))
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite():
        raise Refused(N_("Thời hạn “{so}” không phải là một số"), so=amount)
    # An exponent like 1e-999999999 is a number to Decimal and would be a gigabyte to Fraction.
    if number and not -12 <= number.adjusted() <= 12:
        raise Refused(N_("Thời hạn {so} quá dài hoặc quá ngắn"), so=amount)
    return Fraction(number)
