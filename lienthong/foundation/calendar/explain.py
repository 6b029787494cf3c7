"""A computed deadline and its account, day by day: in Vietnamese, or told by a translator of the marked sentences."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from lienthong.foundation.calendar.terms import Unit
from lienthong.foundation.calendar.working_time import BASE, DAY, WorkingTime, as_datetime, moment
from lienthong.kit.dates import vn_date, vn_datetime
from lienthong.kit.refusal import N_

PAUSED = N_("đang dừng chờ bổ sung")
WORKED = N_("ngày làm việc")
Tell = Callable[[str], str]  # a marked sentence → that sentence in the reader's language
DayPart = tuple[int, int]

UNIT_NAMES = {
    Unit.WORKING_DAYS: N_("ngày làm việc"),
    Unit.WORKING_HOURS: N_("giờ làm việc"),
    Unit.CALENDAR_DAYS: N_("ngày"),
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
        return self.steps_told(str)

    @property
    def sentence(self) -> str:
        """The account in one Vietnamese line."""
        return self.told(str)

    def steps_told(self, tell: Tell) -> list[Step]:
        """The steps with their reasons in another language."""
        if self.unit == Unit.CALENDAR_DAYS:
            return list(_calendar_steps(self, tell))
        return list(_working_steps(self, tell))

    def told(self, tell: Tell) -> str:
        """The sentence in another language."""
        return _sentence(self, tell)


def _working_steps(due: Due, tell: Tell) -> Iterator[Step]:
    start = moment(due.start)
    end = moment(due.at or due.paused_since or due.start)
    begins = None if due.begins is None else moment(due.begins)
    timeline = due.working_time.timeline
    for place in range(start // DAY, end // DAY + 1):
        day = date.fromordinal(BASE + place)
        spans = [(place * DAY + opens, place * DAY + closes) for opens, closes in timeline.hours[place]]
        reason = tell(due.working_time.reason_on(day))
        if not spans:
            yield Step(day, False, timedelta(), reason)
            continue
        paused = [part for part in _parts(spans, due.pauses) if part[0] < end or due.at is None]
        wanted = [] if begins is None else _cut(spans, begins, end)
        counted = sum(closes - opens for opens, closes in wanted) - sum(
            closes - opens for opens, closes in _parts(wanted, due.pauses)
        )
        notes = [reason or tell(WORKED)]
        if place == start // DAY:
            notes.append(_start_note(due, start, begins, tell))
        if paused and counted:
            said = tell(N_("dừng từ {begins} đến {ends}"))
            notes += [said.format(begins=_clock(opens), ends=_clock(closes)) for opens, closes in paused]
        elif paused:
            notes = ([reason] if reason else []) + [tell(PAUSED)]
        if place == end // DAY and due.at is not None:
            notes.append(tell(N_("đến hạn lúc {time}")).format(time=_clock(end)))
        yield Step(day, counted > 0, timedelta(microseconds=counted), ", ".join(notes))


def _start_note(due: Due, start: int, begins: int | None, tell: Tell) -> str:
    if begins == start:
        return tell(N_("tính từ {time}")).format(time=_clock(start))
    if begins is not None and begins // DAY == start // DAY:
        return tell(N_("tiếp nhận {received} ngoài giờ làm việc, tính từ {time}")).format(
            received=_clock(start), time=_clock(begins)
        )
    if due.working_time.timeline.is_open(start):
        return tell(PAUSED)
    return tell(N_("tiếp nhận {received} ngoài giờ làm việc, tính từ đầu giờ làm việc kế tiếp")).format(
        received=_clock(start)
    )


def _calendar_steps(due: Due, tell: Tell) -> Iterator[Step]:
    first = moment(due.start) // DAY
    last = moment(due.at or due.paused_since or due.start) // DAY
    left = int(due.amount)
    opened = False
    for place in range(first, last + 1):
        day = date.fromordinal(BASE + place)
        reason = tell(due.working_time.reason_on(day))
        if is_paused_midnight(place, due.pauses):
            yield Step(day, False, timedelta(), tell(PAUSED))
        elif not opened:
            opened = True
            yield Step(day, False, timedelta(), tell(N_("ngày bắt đầu, không tính vào thời hạn")))
        elif left:
            left -= 1
            note = tell(N_("ngày cuối của thời hạn")) if not left else tell(N_("tính"))
            yield Step(day, True, timedelta(days=1), f"{note} ({reason})" if reason else note)
        elif place == last and due.at is not None:
            yield Step(day, False, timedelta(), tell(N_("ngày làm việc kế tiếp, kết thúc thời hạn")))
        else:
            said = tell(N_("{reason}, hạn lùi sang ngày làm việc kế tiếp"))
            yield Step(day, False, timedelta(), said.format(reason=reason))


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


def _sentence(due: Due, tell: Tell) -> str:
    amount = f"{due.amount:f}" if isinstance(due.amount, Decimal) else str(due.amount)
    parts = [f"{amount.replace('.', ',')} {tell(UNIT_NAMES[due.unit])}"]
    steps = due.steps
    if due.unit == Unit.CALENDAR_DAYS:
        parts.append(tell(N_("không tính ngày bắt đầu {day}")).format(day=vn_date(due.start)))
        parts += _grouped([step for step in steps if step.reason == PAUSED], tell)
        counted = [step for step in steps if step.counted]
        if due.at is not None and counted[-1].day != due.at.date():
            reason = due.working_time.reason_on(counted[-1].day)
            said = tell(N_("ngày cuối {day} là ngày nghỉ ({reason}) nên lùi sang ngày làm việc kế tiếp"))
            parts.append(said.format(day=vn_date(counted[-1].day), reason=tell(reason)))
    else:
        if due.begins is not None:
            outside = due.begins != due.start and not due.working_time.timeline.is_open(moment(due.start))
            said = tell(N_("tính từ {time}"))
            if outside:
                said = tell(N_("tính từ {time} (tiếp nhận {received} ngoài giờ làm việc)"))
            parts.append(said.format(time=vn_datetime(due.begins), received=vn_datetime(due.start)))
        parts += _grouped([step for step in steps if not due.working_time.intervals_on(step.day)], tell)
        worked = [
            step for step in steps if step.day in due.working_time.rules and due.working_time.intervals_on(step.day)
        ]
        said = tell(N_("có làm việc {day} ({reason})"))
        parts += [
            said.format(day=vn_date(step.day), reason=tell(due.working_time.reason_on(step.day))) for step in worked
        ]
        stopped = tell(N_("dừng từ {begins} đến {ends}"))
        parts += [
            stopped.format(begins=vn_datetime(as_datetime(begins)), ends=vn_datetime(as_datetime(ends)))
            for begins, ends in due.pauses
            if ends is not None and (due.at is None or as_datetime(begins) < due.at) and as_datetime(ends) > due.start
        ]
    if due.at is None:
        said = tell(N_("chưa xác định được hạn vì đang dừng từ {since}, chưa có ngày tiếp tục"))
        parts.append(said.format(since=vn_datetime(due.paused_since)))
    elif due.unit == Unit.CALENDAR_DAYS:
        parts.append(tell(N_("đến hết ngày {day}")).format(day=vn_date(due.at)))
    else:
        parts.append(tell(N_("đến hạn {time}")).format(time=vn_datetime(due.at)))
    return "; ".join(parts)


def _grouped(steps: list[Step], tell: Tell) -> list[str]:
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
        f"{vn_date(run[0].day)}" + (f"–{vn_date(run[-1].day)}" if len(run) > 1 else "") + f" ({tell(run[0].reason)})"
        for run in runs
    ]
    if len(weekends) > 6:
        named.append(tell(N_("{count} ngày Thứ Bảy, Chủ nhật")).format(count=len(weekends)))
    return [tell(N_("không tính {days}")).format(days=", ".join(named))] if named else []
