"""Periods and what is worked out of counts; which measures there are. No database here.

A period is a stretch of whole days: a day, a week (ISO), a month, a quarter, a half year, a year, or any other. It is open
until its last day has passed; closing it keeps a Reading of every measure as it was counted then.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from lienthong.foundation.measures.terms import Index, Measure, Quantity, Source, Unit
from lienthong.kit.refusal import N_, Refused

DAY = timedelta(days=1)
EARLIEST, LATEST = 1945, 2199  # years in which there are figures


def _month_after(day: date, count: int = 1) -> date:
    months = day.year * 12 + day.month - 1 + count
    return date(months // 12, months % 12 + 1, 1)


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """Whole days from `start` up to, without, `end`."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end <= self.start:
            raise Refused(
                N_("Kỳ kết thúc ({end}) trước khi bắt đầu ({start}). Đổi lại hai ngày."),
                start=f"{self.start:%d/%m/%Y}", end=f"{self.end - DAY:%d/%m/%Y}",
            )  # fmt: skip

    @property
    def code(self) -> str:
        """2026, 2026-H1, 2026-Q3, 2026-11, 2026-W47, 2026-11-20, or 2026-01-05..2026-02-03 (both days in it)."""
        months = self.month_count
        year, month = self.start.year, self.start.month
        if months == 12 and month == 1:
            return f"{year}"
        if months == 6 and month in (1, 7):
            return f"{year}-H{(month + 5) // 6}"
        if months == 3 and month in (1, 4, 7, 10):
            return f"{year}-Q{(month + 2) // 3}"
        if months == 1:
            return f"{year}-{month:02d}"
        if self.end - self.start == DAY:
            return self.start.isoformat()
        if self.end - self.start == 7 * DAY and self.start.weekday() == 0:
            iso = self.start.isocalendar()
            return f"{iso.year}-W{iso.week:02d}"
        return f"{self.start}..{self.last}"

    @property
    def last(self) -> date:
        """The last day in it."""
        return self.end - DAY

    @property
    def month_count(self) -> int:
        """How many months it consists of; 0 where it does not begin and end with months."""
        if self.start.day != 1 or self.end.day != 1:
            return 0
        return (self.end.year - self.start.year) * 12 + self.end.month - self.start.month

    def before(self) -> Period:
        """The one of the same kind, or of the same length, just before."""
        if months := self.month_count:
            return Period(_month_after(self.start, -months), self.start)
        return Period(self.start - (self.end - self.start), self.start)

    def year_before(self) -> Period:
        """The same days a year earlier; 29 February becomes 28."""
        if self.month_count:
            return Period(_month_after(self.start, -12), _month_after(self.end, -12))
        start = _same_day(self.start)
        return Period(start, start + (self.end - self.start))

    def months(self) -> list[Period]:
        """The months that it touches, each cut to it."""
        found, day = [], self.start
        while day < self.end:
            after = min(_month_after(day), self.end)
            found.append(Period(day, after))
            day = after
        return found

    def pieces(self) -> list[tuple[str, date, date]]:
        """(grain "m" or "d", first day, day after the last): the whole months in it and the days around them."""
        first = self.start if self.start.day == 1 else _month_after(self.start)
        last = self.end.replace(day=1)
        if first >= last:
            return [("d", self.start, self.end)]
        found = [("m", first, last)]
        if self.start < first:
            found.append(("d", self.start, first))
        if last < self.end:
            found.append(("d", last, self.end))
        return found


def _same_day(day: date) -> date:
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return date(day.year - 1, 2, 28)


def month_of(day: date) -> Period:
    """The month that holds the day."""
    return Period(day.replace(day=1), _month_after(day))


def week_of(day: date) -> Period:
    """The week, Monday to Sunday, that holds the day."""
    monday = day - day.weekday() * DAY
    return Period(monday, monday + 7 * DAY)


def year_of(day: date) -> Period:
    """The year that holds the day."""
    return Period(date(day.year, 1, 1), date(day.year + 1, 1, 1))


def months_up_to(day: date, count: int = 12) -> list[Period]:
    """The last `count` months, that of `day` the last."""
    this = month_of(day)
    found = [this]
    while len(found) < count:
        found.insert(0, found[0].before())
    return found


def period_said(period: Period, said: Callable[[str], str] = str) -> str:
    """A period in words; `said` translates them."""
    code, year = period.code, f"{period.start.year}"
    if code == year:
        return said(N_("Năm {year}")).format(year=year)
    if "-H" in code:
        which = said(N_("đầu năm")) if code[-1] == "1" else said(N_("cuối năm"))
        return said(N_("6 tháng {which} {year}")).format(which=which, year=year)
    if "-Q" in code:
        return said(N_("Quý {no}/{year}")).format(no=code[-1], year=year)
    if "-W" in code:
        return said(N_("Tuần {no}/{year}")).format(no=code[-2:], year=code[:4])
    if period.month_count == 1:
        return said(N_("Tháng {no}/{year}")).format(no=period.start.month, year=year)
    if period.end - period.start == DAY:
        return f"{period.start:%d/%m/%Y}"
    return f"{period.start:%d/%m/%Y} – {period.last:%d/%m/%Y}"


_FORMS = re.compile(
    r"(?P<year>\d{4})(?:-(?:H(?P<half>[12])|Q(?P<quarter>[1-4])|W(?P<week>\d{2})|(?P<month>\d{2})(?:-(?P<day>\d{2}))?))?$"
)


def parse_period(text: str) -> Period:
    """What `Period.code` writes; refused with the forms that are understood."""
    text = text.strip()
    try:
        found = _parse(text)
        if not EARLIEST <= found.start.year <= LATEST or found.end.year > LATEST + 1:
            raise ValueError
    except (ValueError, OverflowError) as wrong:
        raise Refused(
            N_(
                "Không hiểu kỳ “{text}”. Viết 2026, 2026-H1, 2026-Q3, 2026-11, 2026-W47, 2026-11-20 hoặc 2026-01-05..2026-02-03."
            ),
            text=text[:60],
        ) from wrong
    return found


def _parse(text: str) -> Period:
    if ".." in text:
        first, last = text.split("..", 1)
        return Period(date.fromisoformat(first), date.fromisoformat(last) + DAY)
    match = _FORMS.match(text)
    if match is None:
        raise ValueError
    year = int(match["year"])
    if match["half"]:
        start = date(year, 6 * int(match["half"]) - 5, 1)
        return Period(start, _month_after(start, 6))
    if match["quarter"]:
        start = date(year, 3 * int(match["quarter"]) - 2, 1)
        return Period(start, _month_after(start, 3))
    if match["week"]:
        start = date.fromisocalendar(year, int(match["week"]), 1)
        return Period(start, start + 7 * DAY)
    if match["day"]:
        start = date.fromisoformat(text)
        return Period(start, start + DAY)
    if match["month"]:
        return month_of(date(year, int(match["month"]), 1))
    return year_of(date(year, 1, 1))


def value_of(measure: Measure, over: int | None, under: int | None) -> Decimal | None:
    """The figure: a share in percent, a quotient, or the count itself; None where nothing was there to be counted."""
    if over is None:
        return None
    if measure.under is None:
        return Decimal(over)
    if not under:
        return None
    return Decimal(over) * (100 if measure.unit == Unit.PERCENT else 1) / Decimal(under)


def typed_value(measure: Measure, values: Sequence[Decimal]) -> Decimal | None:
    """What several agencies typed, as one figure: numbers add up, of shares it is the mean; None of none."""
    if not values:
        return None
    whole = sum(values, Decimal(0))
    return whole if measure.unit == Unit.COUNT else whole / len(values)


@dataclass(frozen=True, slots=True)
class Score:
    """Points reached, and the most that could be reached with what is counted today."""

    reached: Decimal
    counted: int
    most: int


def score(index: Index, shares: Mapping[str, Decimal | None]) -> list[Score]:
    """Points of each group of an index: a component brings its share of its points. One that has no value (nothing happened, or
    nobody counts it yet) neither gives nor takes: it is missing in `counted`."""
    found = []
    for group in index.groups:
        reached, counted = Decimal(0), 0
        for one in group.components:
            share = shares.get(one.measure)
            if share is not None:
                reached += one.points * min(share, Decimal(100)) / 100
                counted += one.points
        found.append(Score(reached, counted, group.points))
    return found


_measures: dict[str, Measure] = {}
_quantities: dict[str, Quantity] = {}
_sources: dict[str, Source] = {}
_indexes: dict[str, Index] = {}


def install(measures: Iterable[Measure], quantities: Iterable[Quantity], indexes: Iterable[Index] = ()) -> None:
    """Called once at start with what the modules declare; refuses two of one name."""
    for kept in (_measures, _quantities, _sources, _indexes):
        kept.clear()
    for measure in measures:
        _keep(_measures, measure)
    for quantity in quantities:
        _keep(_quantities, quantity)
        if _sources.setdefault(quantity.source.code, quantity.source) is not quantity.source:
            raise ValueError(f"two sources are called {quantity.source.code}")
    for index in indexes:
        _keep(_indexes, index)
        for group in index.groups:
            if sum(one.points for one in group.components) != group.points:
                raise ValueError(f"{index.code}: the components of {group.label!r} do not add up to {group.points}")
            for one in group.components:
                if one.measure not in _measures:
                    raise ValueError(f"{index.code}: there is no measure {one.measure}")


def _keep(kept: dict, one: Measure | Quantity | Index) -> None:
    if one.code in kept:
        raise ValueError(f"{one.code} is declared twice")
    kept[one.code] = one


def measures() -> list[Measure]:
    """All that are declared, in the order of the modules."""
    return list(_measures.values())


def measure(code: str) -> Measure:
    """The measure of that code, or KeyError."""
    return _measures[code]


def quantities() -> list[Quantity]:
    """All that are declared."""
    return list(_quantities.values())


def sources() -> dict[str, Source]:
    """Code → source, of all quantities."""
    return dict(_sources)


def indexes() -> list[Index]:
    """The published indexes."""
    return list(_indexes.values())
