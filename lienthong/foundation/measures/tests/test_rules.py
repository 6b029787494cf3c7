"""Periods, values and points: no database."""

from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lienthong.foundation.measures import rules
from lienthong.foundation.measures.rules import Period, parse_period
from lienthong.foundation.measures.terms import Agencies, Component, Group, Index, IndexGroup, Measure, Unit
from lienthong.kit.refusal import Refused

DAYS = st.dates(date(1990, 1, 1), date(2090, 1, 1))


@pytest.mark.parametrize(
    ("code", "start", "last"),
    [
        ("2026", date(2026, 1, 1), date(2026, 12, 31)),
        ("2026-H2", date(2026, 7, 1), date(2026, 12, 31)),
        ("2026-Q1", date(2026, 1, 1), date(2026, 3, 31)),
        ("2026-02", date(2026, 2, 1), date(2026, 2, 28)),
        ("2026-W01", date(2025, 12, 29), date(2026, 1, 4)),
        ("2026-11-20", date(2026, 11, 20), date(2026, 11, 20)),
        ("2026-01-05..2026-02-03", date(2026, 1, 5), date(2026, 2, 3)),
    ],
)
def test_a_period_is_written_as_it_is_read(code, start, last):
    period = parse_period(code)
    assert (period.start, period.last, period.code) == (start, last, code)


@given(DAYS, DAYS)
def test_every_period_is_read_back_from_its_code(one, other):
    first, last = sorted((one, other))
    period = Period(first, last + rules.DAY)
    assert parse_period(period.code) == period


@pytest.mark.parametrize(
    "text",
    [
        "",
        "năm nay",
        "2026-Q5",
        "2026-13",
        "2026-W60",
        "2026-02-30",
        "26",
        "2026-H3",
        "..",
        "0000",
        "0001-01-01..0001-02-01",
        "9999",
    ],
)
def test_what_is_no_period_is_refused_with_the_forms_that_are(text):
    with pytest.raises(Refused, match="2026-Q3"):
        parse_period(text)


def test_a_period_that_ends_before_it_begins_is_refused():
    with pytest.raises(Refused, match="trước khi bắt đầu"):
        parse_period("2026-03-02..2026-03-01")


@pytest.mark.parametrize(
    ("code", "before", "year_before"),
    [
        ("2026-Q1", "2025-Q4", "2025-Q1"), ("2026-03", "2026-02", "2025-03"), ("2026", "2025", "2025"),
        ("2026-11-20", "2026-11-19", "2025-11-20"), ("2024-02-29", "2024-02-28", "2023-02-28"),
    ],
)  # fmt: skip
def test_a_period_is_compared_with_the_one_before_and_the_year_before(code, before, year_before):
    period = parse_period(code)
    assert (period.before().code, period.year_before().code) == (before, year_before)


@given(DAYS, st.integers(1, 900))
def test_the_pieces_of_a_period_are_its_days_each_once(start, length):
    period = Period(start, start + length * rules.DAY)
    pieces = sorted((since, until, grain) for grain, since, until in period.pieces())
    assert pieces[0][0] == period.start
    assert pieces[-1][1] == period.end
    assert all(one[1] == other[0] for one, other in pairwise(pieces))
    assert all(since.day == 1 and until.day == 1 for since, until, grain in pieces if grain == "m")


@given(DAYS, st.integers(1, 900))
def test_the_months_of_a_period_are_cut_to_it(start, length):
    period = Period(start, start + length * rules.DAY)
    months = period.months()
    assert (months[0].start, months[-1].end) == (period.start, period.end)
    assert all(one.end == other.start for one, other in pairwise(months))


def share(**more):
    return Measure("x", "x", Group.USE, Unit.PERCENT, "", date(2020, 1, 1), Agencies(), Agencies(), **more)


def test_a_share_is_in_percent_and_nothing_of_nothing_is_no_share():
    assert rules.value_of(share(), 1, 4) == Decimal(25)
    assert rules.value_of(share(), 0, 4) == Decimal(0)
    assert rules.value_of(share(), 0, 0) is None
    assert rules.value_of(share(), None, 4) is None


def index(*components):
    return Index("i", "i", "", date(2022, 1, 1), (IndexGroup("g", sum(one.points for one in components), components),))


def test_a_component_brings_its_share_of_its_points():
    (score,) = rules.score(index(Component("a", 6, "m")), {"m": Decimal(50)})
    assert (score.reached, score.counted, score.most) == (3, 6, 6)


def test_a_component_without_a_value_neither_gives_nor_takes():
    (score,) = rules.score(index(Component("a", 6, "m"), Component("b", 12, "n")), {"m": Decimal(100)})
    assert (score.reached, score.counted, score.most) == (6, 6, 18)


def test_more_than_all_brings_no_more_than_all_points():
    (score,) = rules.score(index(Component("a", 6, "m")), {"m": Decimal(140)})
    assert score.reached == 6


def test_one_code_is_declared_once():
    kept = rules.measures(), rules.quantities(), rules.indexes()
    try:
        with pytest.raises(ValueError, match="twice"):
            rules.install([share(), share()], [])
    finally:
        rules.install(*kept)


def test_an_index_whose_points_do_not_add_up_is_refused_at_start():
    kept = rules.measures(), rules.quantities(), rules.indexes()
    wrong = Index("i", "i", "", date(2022, 1, 1), (IndexGroup("g", 18, (Component("a", 6, "m"),)),))
    try:
        with pytest.raises(ValueError, match="add up"):
            rules.install([], [], [wrong])
    finally:
        rules.install(*kept)
