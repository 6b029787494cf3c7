"""A computed deadline and its account, day by day, in Vietnamese."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from lienthong.foundation.calendar.terms import Unit
from lienthong.foundation.calendar.working_time import BASE, DAY, WorkingTime, as_datetime, moment
from lienthong.kit.dates import vn_date, vn_datetime

PAUSED = "đang dừng chờ bổ sung"
WORKED = "ngày làm việc"
DayPart = tuple[int, int]

UNIT_NAMES = {
    Unit.WORKING_DAYS: "ngày làm việc",
    Unit.WORKING_HOURS: "giờ làm việc",
    Unit.CALENDAR_DAYS: "ngày",
}


class Step(NamedTuple):
    """What one date adds to a term: `time` is open time of that date, or one day (24 h) of a term in calendar days."""

    day: date
    counted: bool
    time: timedelta
    reason: str

    @property
    def hours(self) -> float:
        return self.time / timedelta(hours=1)


class Due(NamedTuple):
    """The end of a term. `at` is None while a pause has no end: the deadline is then not known (`paused_since`).

    `begins` is the first moment that counted, None when the whole term is still behind an open pause.
    `pauses` are the merged ones. The steps are worked out only when asked for.
    """

    at: datetime | None
    start: datetime
    begins: datetime | None
    amount: int | float | Decimal | Fraction
    unit: Unit
    working_time: WorkingTime
    pauses: tuple[tuple[int, int | None], ...] = ()
    paused_since: datetime | None = None

    @property
    def steps(self) -> list[Step]:
        """Every date from receipt to the deadline (or to the open pause), whether it counted, how much, and why."""
        if self.unit == Unit.CALENDAR_DAYS:
            return list(_calendar_steps(self))
        return list(_working_steps(self))

    @property
    def sentence(self) -> str:
        """The account in one Vietnamese line."""
        return _sentence(self)


def _working_steps(due: Due) -> Iterator[Step]:
    start = moment(due.start)
    end = moment(due.at or due.paused_since or due.start)
    begins = None if due.begins is None else moment(due.begins)
    timeline = due.working_time.timeline
    for place in range(start // DAY, end // DAY + 1):
        day = date.fromordinal(BASE + place)
        spans = [(place * DAY + opens, place * DAY + closes) for opens, closes in timeline.hours[place]]
        reason = due.working_time.reason_on(day)
        if not spans:
            yield Step(day, False, timedelta(), reason)
            continue
        paused = [part for part in _parts(spans, due.pauses) if part[0] < end or due.at is None]
        wanted = [] if begins is None else _cut(spans, begins, end)
        counted = sum(closes - opens for opens, closes in wanted) - sum(
            closes - opens for opens, closes in _parts(wanted, due.pauses)
        )
        notes = [reason or WORKED]
        if place == start // DAY:
            notes.append(_start_note(due, start, begins))
        if paused and counted:
            notes += [f"dừng từ {_clock(opens)} đến {_clock(closes)}" for opens, closes in paused]
        elif paused:
            notes = ([reason] if reason else []) + [PAUSED]
        if place == end // DAY and due.at is not None:
            notes.append(f"đến hạn lúc {_clock(end)}")
        yield Step(day, counted > 0, timedelta(microseconds=counted), ", ".join(notes))


def _start_note(due: Due, start: int, begins: int | None) -> str:
    if begins == start:
        return f"tính từ {_clock(start)}"
    if begins is not None and begins // DAY == start // DAY:
        return f"tiếp nhận {_clock(start)} ngoài giờ làm việc, tính từ {_clock(begins)}"
    if due.working_time.timeline.is_open(start):
        return PAUSED
    return f"tiếp nhận {_clock(start)} ngoài giờ làm việc, tính từ đầu giờ làm việc kế tiếp"


def _calendar_steps(due: Due) -> Iterator[Step]:
    first = moment(due.start) // DAY
    last = moment(due.at or due.paused_since or due.start) // DAY
    left = int(due.amount)
    opened = False
    for place in range(first, last + 1):
        day = date.fromordinal(BASE + place)
        reason = due.working_time.reason_on(day)
        if is_paused_midnight(place, due.pauses):
            yield Step(day, False, timedelta(), PAUSED)
        elif not opened:
            opened = True
            yield Step(day, False, timedelta(), "ngày bắt đầu, không tính vào thời hạn")
        elif left:
            left -= 1
            note = "ngày cuối của thời hạn" if not left else "tính"
            yield Step(day, True, timedelta(days=1), f"{note} ({reason})" if reason else note)
        elif place == last and due.at is not None:
            yield Step(day, False, timedelta(), "ngày làm việc kế tiếp, kết thúc thời hạn")
        else:
            yield Step(day, False, timedelta(), f"{reason}, hạn lùi sang ngày làm việc kế tiếp")


def is_paused_midnight(place: int, pauses: tuple[tuple[int, int | None], ...]) -> bool:
    """Whether the end (24:00) of day `place` falls within a pause: such a day is not counted in calendar days."""
    midnight = (place + 1) * DAY
    return any(begins < midnight and (ends is None or midnight <= ends) for begins, ends in pauses)


def _parts(spans: list[DayPart], pauses: tuple[tuple[int, int | None], ...]) -> list[DayPart]:
    """The parts of the spans that lie in a pause."""
    if not spans:
        return []
    close = spans[-1][1]
    return [part for begins, ends in pauses for part in _cut(spans, begins, close if ends is None else ends)]


def _cut(spans: list[DayPart], begins: int, ends: int) -> list[DayPart]:
    cut = [(max(opens, begins), min(closes, ends)) for opens, closes in spans]
    return [(opens, closes) for opens, closes in cut if opens < closes]


def _clock(at: int) -> str:
    minutes, rest = divmod(at % DAY, 60_000_000)
    text = f"{minutes // 60:02d}:{minutes % 60:02d}"
    return f"{text}:{rest // 1_000_000:02d}" if rest else text


def _sentence(due: Due) -> str:
    amount = f"{due.amount:f}" if isinstance(due.amount, Decimal) else str(due.amount)
    parts = [f"{amount.replace('.', ',')} {UNIT_NAMES[due.unit]}"]
    steps = due.steps
    if due.unit == Unit.CALENDAR_DAYS:
        parts.append(f"không tính ngày bắt đầu {vn_date(due.start)}")
        parts += _grouped([step for step in steps if step.reason == PAUSED])
        counted = [step for step in steps if step.counted]
        if due.at is not None and counted[-1].day != due.at.date():
            reason = due.working_time.reason_on(counted[-1].day)
            parts.append(
                f"ngày cuối {vn_date(counted[-1].day)} là ngày nghỉ ({reason}) nên lùi sang ngày làm việc kế tiếp"
            )
    else:
        if due.begins is not None:
            outside = due.begins != due.start and not due.working_time.timeline.is_open(moment(due.start))
            note = f" (tiếp nhận {vn_datetime(due.start)} ngoài giờ làm việc)" if outside else ""
            parts.append(f"tính từ {vn_datetime(due.begins)}{note}")
        parts += _grouped([step for step in steps if not due.working_time.intervals_on(step.day)])
        worked = [
            step for step in steps if step.day in due.working_time.rules and due.working_time.intervals_on(step.day)
        ]
        parts += [f"có làm việc {vn_date(step.day)} ({due.working_time.reason_on(step.day)})" for step in worked]
        parts += [
            f"dừng từ {vn_datetime(as_datetime(begins))} đến {vn_datetime(as_datetime(ends))}"
            for begins, ends in due.pauses
            if ends is not None and (due.at is None or as_datetime(begins) < due.at) and as_datetime(ends) > due.start
        ]
    if due.at is None:
        since = vn_datetime(due.paused_since)
        parts.append(f"chưa xác định được hạn vì đang dừng từ {since}, chưa có ngày tiếp tục")
    else:
        text = f"đến hết ngày {vn_date(due.at)}" if due.unit == Unit.CALENDAR_DAYS else f"đến hạn {vn_datetime(due.at)}"
        parts.append(text)
    return "; ".join(parts)


def _grouped(steps: list[Step]) -> list[str]:
    """Skipped days in a row with one reason become one item; weekends of a long term become one count."""
    weekends = [step for step in steps if step.reason in ("Thứ Bảy", "Chủ nhật")]
    if len(weekends) > 6:
        steps = [step for step in steps if step not in weekends]
    runs: list[list[Step]] = []
    for step in steps:
        if runs and runs[-1][-1].reason == step.reason and (step.day - runs[-1][-1].day).days == 1:
            runs[-1].append(step)
        else:
            runs.append([step])
    named = [
        f"{vn_date(run[0].day)}" + (f"–{vn_date(run[-1].day)}" if len(run) > 1 else "") + f" ({run[0].reason})"
        for run in runs
    ]
    if len(weekends) > 6:
        named.append(f"{len(weekends)} ngày Thứ Bảy, Chủ nhật")
    return ["không tính " + ", ".join(named)] if named else []
