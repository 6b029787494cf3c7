"""The law's holidays, year by year, against the decisions of past years and against a second source."""

from __future__ import annotations

from datetime import date, timedelta

import holidays
import pytest

from lienthong.foundation.calendar.public_holidays import SWAPS, TET, holidays_by_name, legal_days
from lienthong.foundation.calendar.rules import DayKind, DayRule, holidays_of
from lienthong.kit.refusal import Refused

# First and last working day off at Tết, as announced (2027: the pattern's forecast).
ANNOUNCED_TET = {
    2016: ("02-08", "02-12"),
    2018: ("02-14", "02-20"),
    2019: ("02-04", "02-08"),
    2020: ("01-23", "01-29"),
    2021: ("02-10", "02-16"),
    2022: ("01-31", "02-04"),
    2023: ("01-20", "01-26"),
    2024: ("02-08", "02-14"),
    2025: ("01-27", "01-31"),
    2026: ("02-16", "02-20"),
    2027: ("02-04", "02-10"),
}


def _off(year: int) -> set[date]:
    return {rule.date for rule in holidays_of(year) if rule.kind == DayKind.OFF and rule.date.weekday() < 5}


@pytest.mark.parametrize("year", ANNOUNCED_TET)
def test_tet_is_off_from_the_announced_first_to_the_announced_last_day(year: int) -> None:
    first, last = (date.fromisoformat(f"{year}-{day}") for day in ANNOUNCED_TET[year])
    tet = next(holiday for holiday in holidays_by_name(year) if holiday.name == TET)
    off = {rule.date for rule in tet.rules if rule.date.weekday() < 5}
    span = {first + timedelta(days=n) for n in range((last - first).days + 1)}
    assert off == {day for day in span if day.weekday() < 5}


@pytest.mark.parametrize("year", range(2015, 2036))
def test_working_days_off_agree_with_the_second_source(year: int) -> None:
    theirs = {day for day in holidays.country_holidays("VN", years=year) if day.weekday() < 5}
    # 24 November and its compensation are not law yet; the swap of 2 January 2026 is missing there.
    theirs -= {day for day in theirs if day.month == 11}
    ours = _off(year) - {date(2026, 1, 2)}
    assert ours == theirs


@pytest.mark.parametrize("year", range(2015, 2036))
def test_the_law_gives_eleven_days_each_with_its_compensation(year: int) -> None:
    eleven = 11 if year >= 2021 else 10
    swapped = {off for _, _, off, _, _ in SWAPS}
    assert len(_off(year) - swapped) == eleven


def test_a_swapped_saturday_is_a_working_day_with_its_reason() -> None:
    worked = {rule.date: rule.reason for rule in holidays_of(2026) if rule.kind == DayKind.WORK}
    assert set(worked) == {date(2026, 1, 10), date(2026, 8, 22)}
    assert worked[date(2026, 8, 22)] == "làm bù thứ Bảy cho ngày 31/08/2026"
    assert date(2014, 12, 27) in {rule.date for rule in holidays_of(2014) if rule.kind == DayKind.WORK}


def test_every_swap_gives_a_working_day_for_a_weekly_day_of_rest() -> None:
    for _, _, off, work, _ in SWAPS:
        assert off.weekday() < 5 <= work.weekday()


def test_the_culture_day_is_not_off_until_somebody_enters_it() -> None:
    assert date(2026, 11, 24) not in _off(2026)


def test_a_holiday_that_a_calendar_of_ones_own_lists_is_taken_wholly_from_it() -> None:
    own = [DayRule(date(2026, 9, 2), DayKind.OFF, "Quốc khánh"), DayRule(date(2026, 9, 3), DayKind.OFF, "Quốc khánh")]
    rules = {rule.date: rule for rule in legal_days([2026], own)}
    assert date(2026, 9, 3) in rules
    assert not {date(2026, 8, 31), date(2026, 9, 1), date(2026, 8, 22)} & set(rules)
    assert rules[date(2026, 4, 30)].kind == DayKind.OFF


def test_a_single_day_of_ones_own_leaves_every_holiday_in_place() -> None:
    own = [DayRule(date(2026, 11, 24), DayKind.OFF, "riêng"), DayRule(date(2026, 9, 1), DayKind.WORK, "trực")]
    rules = legal_days([2026], own)
    assert rules == [*legal_days([2026]), *own]


def test_a_year_outside_the_calendar_is_refused() -> None:
    with pytest.raises(Refused, match="Năm 2100"):
        holidays_of(2100)
