"""When a promise is due, from the plan's own words."""

from __future__ import annotations

import re
from datetime import date, timedelta

_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_MONTH = re.compile(r"(?<!\d)(\d{1,2})[/.-](\d{4})(?!\d)")
_QUARTER = re.compile(r"quý\s*(I{1,3}|IV|[1-4])\s*[/.-]?\s*(?:năm\s*)?(\d{4})", re.IGNORECASE)
_YEARS = re.compile(r"(\d{4})")
_ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4}


def last_day(said: str | None, usual: date | None) -> date | None:
    """The last day that the words allow: of a day itself, of a month, a quarter or a year the last, of two years the later one's.
    `usual` (the plan's own end) where they say nothing or "hằng năm"."""
    text = said or ""
    try:
        if match := _DAY.search(text):
            return date(int(match[3]), int(match[2]), int(match[1]))
        if match := _QUARTER.search(text):
            quarter = _ROMAN.get(match[1].upper()) or int(match[1])
            return _end_of_month(int(match[2]), 3 * quarter)
        if match := _MONTH.search(text):
            return _end_of_month(int(match[2]), int(match[1]))
        if years := _YEARS.findall(text):
            return date(max(int(year) for year in years), 12, 31)
    except ValueError:
        return usual  # a date that does not exist: a person will say which was meant
    return usual


def period_of(said: str | None) -> tuple[date, date] | None:
    """First and last day of "2027", "2021-2025"; None where no year is named."""
    years = sorted(int(year) for year in _YEARS.findall(said or ""))
    if not years or not 1945 <= years[0] <= years[-1] <= 2199:
        return None
    return date(years[0], 1, 1), date(years[-1], 12, 31)


def _end_of_month(year: int, month: int) -> date:
    if month == 12:
        return date(year, 12, 31)
    return date(year, month + 1, 1) - timedelta(days=1)
