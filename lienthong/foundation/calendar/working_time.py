"""When an office is open: weekly hours, days that differ, and the arithmetic of open time between two moments.

Everything here is local time of Viet Nam (UTC+7, no summer time); a moment without a zone is taken as local.
Inside, a moment is a whole number of microseconds since the first day of the calendar, so that sums are exact.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property, lru_cache
from itertools import accumulate, pairwise

from lienthong.foundation.calendar.terms import DayKind
from lienthong.kit.dates import VIETNAM, vn_date, weekday_name
from lienthong.kit.refusal import N_, Refused

FIRST_DAY = date(2000, 1, 1)
LAST_DAY = date(2099, 12, 31)
BASE = FIRST_DAY.toordinal()
DAYS = LAST_DAY.toordinal() - BASE + 1
DAY = 86_400_000_000  # microseconds

Interval = tuple[time, time]
Span = tuple[int, int]

MORNING: Interval = (time(7, 30), time(11, 30))
AFTERNOON: Interval = (time(13), time(17))

_INTERVAL = re.compile(r"^(\d{1,2})[:hH](\d{2})\s*[-–]\s*(\d{1,2})[:hH](\d{2})$")
_WEEKDAYS = {"T2": 0, "T3": 1, "T4": 2, "T5": 3, "T6": 4, "T7": 5, "CN": 6}


def parse_intervals(text: str) -> tuple[Interval, ...]:
    """`07:30-11:30,13:00-17:00` → two intervals, in order; an empty text is none. Refuses what it cannot read."""
    found = []
    for part in filter(None, (piece.strip() for piece in text.split(","))):
        match = _INTERVAL.match(part)
        if not match:
            raise Refused(N_("Giờ làm việc “{phan}” không đọc được; viết như 07:30-11:30,13:00-17:00"), phan=part)
        from_hour, from_minute, to_hour, to_minute = map(int, match.groups())
        try:
            found.append((time(from_hour, from_minute), time(to_hour, to_minute)))
        except ValueError:
            raise Refused(N_("Giờ làm việc “{phan}” có giờ không tồn tại"), phan=part) from None
    found.sort()
    _require_in_order(found)
    return tuple(found)


def _written(intervals: Sequence[Interval]) -> str:
    return ",".join(f"{opens:%H:%M}-{closes:%H:%M}" for opens, closes in intervals)


def _require_in_order(intervals: Sequence[Interval]) -> None:
    for opens, closes in intervals:
        if closes <= opens:
            raise Refused(
                N_("Giờ làm việc {mo:%H:%M}-{dong:%H:%M}: giờ kết thúc phải sau giờ bắt đầu"), mo=opens, dong=closes
            )
    for (_, closes), (opens, _) in pairwise(intervals):
        if opens < closes:
            raise Refused(N_("Các khoảng giờ làm việc chồng lên nhau lúc {gio:%H:%M}"), gio=opens)


@dataclass(frozen=True)
class OfficeHours:
    """Open intervals of each weekday, Monday first; the default is Monday to Friday, 07:30-11:30 and 13:00-17:00.

    A desk that works on Saturday morning has hours on Saturday, and Saturday is then a working day of that desk,
    a half one. A desk that only takes papers in on Saturday has none: what it takes in counts from Monday's opening.
    """

    week: tuple[tuple[Interval, ...], ...] = ((MORNING, AFTERNOON),) * 5 + ((), ())

    def __post_init__(self) -> None:
        week = tuple(tuple(sorted(intervals)) for intervals in self.week)
        if len(week) != 7:
            raise Refused(N_("Giờ làm việc phải có đủ bảy ngày trong tuần, đang có {so}"), so=len(week))
        for intervals in week:
            _require_in_order(intervals)
        if not any(week):
            raise Refused(N_("Giờ làm việc của tuần đang trống"))
        object.__setattr__(self, "week", week)

    @classmethod
    def parse(cls, text: str) -> OfficeHours:
        """`07:30-11:30,13:30-17:00` for Monday to Friday; `…; T7 07:30-11:30` adds or changes a weekday (T2…T7, CN)."""
        week: list[tuple[Interval, ...]] = [()] * 7
        for part in filter(None, (piece.strip() for piece in text.split(";"))):
            name, _, rest = part.replace("=", " ").partition(" ")
            if name.upper() in _WEEKDAYS:
                week[_WEEKDAYS[name.upper()]] = parse_intervals(rest)
            else:
                week[:5] = [parse_intervals(part)] * 5
        return cls(tuple(week))

    def as_text(self) -> str:
        """The hours as `parse` reads them."""
        parts = [_written(self.week[0])]
        parts += [
            f"{name} {_written(self.week[place])}".strip()
            for name, place in _WEEKDAYS.items()
            if self.week[place] != (self.week[0] if place < 5 else ())
        ]
        return "; ".join(part for part in parts if part)

    def full_day(self) -> tuple[Interval, ...]:
        """The hours of a swapped working Saturday or Sunday: Monday's, else those of the first day with hours."""
        return next(intervals for intervals in self.week if intervals)


@dataclass(frozen=True)
class DayRule:
    """One date that differs from its weekday.

    OFF closes it. WORK opens it: with `intervals` for exactly those hours (a half day, a day of other hours), without
    for the weekday's own hours; a Saturday or Sunday without `intervals` is a swapped working day with Monday's hours.
    """

    date: date
    kind: DayKind
    reason: str = ""
    intervals: tuple[Interval, ...] | None = None

    def __post_init__(self) -> None:
        if self.intervals is not None:
            intervals = tuple(sorted(self.intervals))
            _require_in_order(intervals)
            object.__setattr__(self, "intervals", intervals)
        if not FIRST_DAY <= self.date <= LAST_DAY:
            raise _outside(self.date)


@dataclass(frozen=True)
class WorkingTime:
    """Office hours with the days that differ; two rules for one date: the later one in `days` holds.

    Frozen and hashable. The compiled form (a hundred years, some 20 ms) is made on first use and shared by equal ones.
    """

    hours: OfficeHours = OfficeHours()
    days: tuple[DayRule, ...] = ()

    def __post_init__(self) -> None:
        last = {rule.date: rule for rule in self.days}
        object.__setattr__(self, "days", tuple(last[day] for day in sorted(last)))

    def __hash__(self) -> int:
        return self._hash

    @cached_property
    def _hash(self) -> int:
        return hash((self.hours, self.days))

    @cached_property
    def rules(self) -> dict[date, DayRule]:
        return {rule.date: rule for rule in self.days}

    @cached_property
    def timeline(self) -> Timeline:
        return _timeline(self)

    def intervals_on(self, day: date) -> tuple[Interval, ...]:
        """The open intervals of a date; empty on a day off."""
        rule = self.rules.get(day)
        own = self.hours.week[day.weekday()]
        if rule is None:
            return own
        if rule.kind == DayKind.OFF:
            return ()
        if rule.intervals is not None:
            return rule.intervals
        return self.hours.full_day() if day.weekday() >= 5 or not own else own

    def reason_on(self, day: date) -> str:
        """Why a date is off or worked: the rule's reason, else the weekday's name for a weekly day of rest, else ""."""
        rule = self.rules.get(day)
        if rule is not None and rule.reason:
            return rule.reason
        name = weekday_name(day)
        if rule is not None and rule.kind == DayKind.OFF:
            return f"{name}, ngày nghỉ"
        if self.intervals_on(day):
            return f"{name}, làm bù" if rule is not None and rule.intervals is None and day.weekday() >= 5 else ""
        return name if day.weekday() >= 5 else f"{name}, không làm việc"


class Timeline:
    """A working time laid out day by day, with running sums. Moments are microseconds since FIRST_DAY 00:00."""

    __slots__ = ("before", "days", "hours", "open")

    def __init__(self, hours: list[tuple[Span, ...]]) -> None:
        self.hours = hours
        self.days = [place for place, spans in enumerate(hours) if spans]  # the working days
        self.before = list(accumulate((1 if spans else 0 for spans in hours), initial=0))  # working days before day i
        self.open = list(accumulate((_length(spans) for spans in hours), initial=0))  # open time before day i

    def opening(self, at: int) -> int:
        """The first open moment not before `at`. The moment of closing is already closed."""
        place, clock = divmod(at, DAY)
        for opens, closes in self.hours[place]:
            if clock < closes:
                return at if clock >= opens else place * DAY + opens
        following = self.before[place + 1]
        if following >= len(self.days):
            raise _beyond()
        place = self.days[following]
        return place * DAY + self.hours[place][0][0]

    def is_open(self, at: int) -> bool:
        place, clock = divmod(at, DAY)
        return any(opens <= clock < closes for opens, closes in self.hours[place])

    def consumed(self, at: int) -> int:
        """Open time from the first day up to `at`."""
        place, clock = divmod(at, DAY)
        total = self.open[place]
        for opens, closes in self.hours[place]:
            if clock <= opens:
                break
            total += (clock if clock < closes else closes) - opens
        return total

    def reach(self, total: int) -> int:
        """The earliest moment at which `total` open time has passed: an exact day's end is that day's closing."""
        place = bisect_left(self.open, total) - 1
        if place >= len(self.hours):
            raise _beyond()
        left = total - self.open[place]
        for opens, closes in self.hours[place]:
            if left <= closes - opens:
                return place * DAY + opens + left
            left -= closes - opens
        raise AssertionError("unreachable: the day holds the moment")

    def shift(self, at: int, count: int) -> int:
        """The same clock time on the `count`-th working day after the day of the open moment `at`.

        Where that day is not open at that clock time, the next opening.
        """
        place, clock = divmod(at, DAY)
        target = self.before[place] + count
        if target >= len(self.days):
            raise _beyond()
        place = self.days[target]
        for opens, closes in self.hours[place]:
            if clock < closes:
                return place * DAY + (clock if clock >= opens else opens)
        return self.opening(place * DAY + clock)


def local(at: datetime) -> datetime:
    """The same moment in Viet Nam's time; without a zone it already is."""
    if at.tzinfo is VIETNAM:
        return at
    if at.tzinfo is None:
        return at.replace(tzinfo=VIETNAM)
    try:
        return at.astimezone(VIETNAM)
    except OverflowError:
        raise _outside(at.date()) from None


def moment(at: datetime) -> int:
    """Microseconds since FIRST_DAY of a moment in Viet Nam's time; refuses one outside the calendar."""
    place = at.toordinal() - BASE
    if not 0 <= place < DAYS:
        raise _outside(at.date())
    return place * DAY + ((at.hour * 60 + at.minute) * 60 + at.second) * 1_000_000 + at.microsecond


def as_datetime(at: int) -> datetime:
    """The moment, in Viet Nam's time, of microseconds since FIRST_DAY."""
    return datetime(2000, 1, 1, tzinfo=VIETNAM) + timedelta(microseconds=at)


def merged_pauses(pauses: Iterable[tuple[datetime, datetime | None]]) -> tuple[tuple[int, int | None], ...]:
    """Pauses as sorted, disjoint moments; the last may be open (None). Refuses one that ends before it starts."""
    spans: list[tuple[int, int | None]] = []
    for start, end in pauses:
        begins, ends = moment(local(start)), None if end is None else moment(local(end))
        if ends is not None and ends < begins:
            raise Refused(
                N_("Lần dừng từ {tu:%H:%M %d/%m/%Y} kết thúc trước khi bắt đầu ({den:%H:%M %d/%m/%Y})"),
                tu=local(start),
                den=local(end) if end else None,
            )
        if ends is None or ends > begins:
            spans.append((begins, ends))
    spans.sort(key=lambda span: span[0])
    merged: list[tuple[int, int | None]] = []
    for begins, ends in spans:
        if merged:
            first, last = merged[-1]
            if last is None:
                break
            if begins <= last:
                merged[-1] = (first, None if ends is None else max(last, ends))
                continue
        merged.append((begins, ends))
    return tuple(merged)


@lru_cache(maxsize=128)
def _timeline(working_time: WorkingTime) -> Timeline:
    week = [_spans(intervals) for intervals in working_time.hours.week]
    first = FIRST_DAY.weekday()
    hours = (week[first:] + week[:first]) * (DAYS // 7 + 1)
    del hours[DAYS:]
    for day in working_time.rules:
        hours[day.toordinal() - BASE] = _spans(working_time.intervals_on(day))
    return Timeline(hours)


def _spans(intervals: Iterable[Interval]) -> tuple[Span, ...]:
    return tuple((_clock(opens), _clock(closes)) for opens, closes in intervals)


def _clock(at: time) -> int:
    return ((at.hour * 60 + at.minute) * 60 + at.second) * 1_000_000 + at.microsecond


@lru_cache(maxsize=256)
def _length(spans: tuple[Span, ...]) -> int:
    return sum(closes - opens for opens, closes in spans)


def _outside(day: date) -> Refused:
    return Refused(
        N_("Ngày {ngay} nằm ngoài lịch làm việc (năm {tu} đến năm {den})"),
        ngay=vn_date(day),
        tu=FIRST_DAY.year,
        den=LAST_DAY.year,
    )


def _beyond() -> Refused:
    return Refused(N_("Thời hạn vượt quá năm cuối của lịch làm việc ({nam})"), nam=LAST_DAY.year)
