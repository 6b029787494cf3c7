"""A year laid out month by month: what every date is, for a page to draw. Pure."""

from calendar import Calendar
from dataclasses import dataclass
from datetime import date

from lienthong.foundation.calendar.terms import DayKind
from lienthong.foundation.calendar.working_time import WorkingTime
from lienthong.kit.refusal import N_


@dataclass(frozen=True, slots=True)
class Cell:
    """One date. `sort` is work, rest (the weekly one), off, swapped or half; `why` says it in words where it differs."""

    day: date
    sort: str
    why: str = ""


SIGNS = {"off": "N", "swapped": "B", "half": "½"}
WORDS = {
    "off": N_("ngày nghỉ"),
    "swapped": N_("làm bù"),
    "half": N_("giờ riêng"),
    "rest": N_("nghỉ hằng tuần"),
}


def months(year: int, working_time: WorkingTime) -> list[list[list[Cell | None]]]:
    """Twelve months of weeks of seven cells, Monday first; None outside the month."""
    weeks = Calendar(firstweekday=0)
    return [
        [
            [cell(day, working_time) if day.month == month else None for day in week]
            for week in weeks.monthdatescalendar(year, month)
        ]
        for month in range(1, 13)
    ]


def cell(day: date, working_time: WorkingTime) -> Cell:
    """What one date is in this working time."""
    rule = working_time.rules.get(day)
    opens = working_time.intervals_on(day)
    if rule is None:
        return Cell(day, "work" if opens else "rest")
    if not opens:
        return Cell(day, "off", working_time.reason_on(day))
    if rule.kind == DayKind.WORK and rule.intervals is not None:
        return Cell(day, "half", working_time.reason_on(day))
    return Cell(day, "swapped", working_time.reason_on(day))
