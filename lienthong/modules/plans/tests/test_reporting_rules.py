"""What a promise is called, when a task is late, what a report must hold: without a database."""

from datetime import date
from decimal import Decimal

import pytest

from lienthong.kit.refusal import Refused
from lienthong.modules.plans import rules
from lienthong.modules.plans.rules import Promise
from lienthong.modules.plans.terms import Comparator, Standing

DUE = date(2026, 9, 30)


@pytest.mark.parametrize(
    ("comparator", "low", "high", "unit", "says"),
    [
        (Comparator.AT_LEAST, "60.0000", None, "%", "ít nhất 60 %"),
        (Comparator.RANGE, "40", "50.5", "%", "từ 40 đến 50,5 %"),
        (Comparator.ALL, None, None, "", "tất cả"),
        (Comparator.ALL, "12", None, "sở", "tất cả (12 sở)"),
        (Comparator.AT_MOST, "5", None, "ngày", "không quá 5 ngày"),
        (Comparator.EXACTLY, "1250000", None, "hồ sơ", "đạt 1.250.000 hồ sơ"),
    ],
)
def test_a_promise_is_said_as_vietnamese_write_it(comparator, low, high, unit, says):
    promise = Promise(comparator, Decimal(low) if low else None, Decimal(high) if high else None, unit, None)
    assert rules.promise_said(promise) == says


def test_the_words_of_a_promise_are_translated_and_its_numbers_are_not():
    promise = Promise(Comparator.AT_LEAST, Decimal("1250.5"), None, "%", None)
    assert rules.promise_said(promise, {"ít nhất": "at least"}.__getitem__) == "at least 1.250,5 %"


@pytest.mark.parametrize(
    ("due", "ended", "day", "late"),
    [
        (None, None, date(2026, 12, 1), False),
        (DUE, None, DUE, False),
        (DUE, None, date(2026, 10, 1), True),
        (DUE, date(2026, 10, 5), date(2026, 10, 4), True),
        (DUE, date(2026, 10, 5), date(2026, 10, 5), False),
    ],
)
def test_a_task_is_late_from_the_day_after_its_last_until_it_is_done(due, ended, day, late):
    assert rules.is_late(due, ended, day) is late


@pytest.mark.parametrize("standing", [Standing.BEHIND, Standing.MISSED])
def test_what_is_behind_or_missed_needs_its_causes(standing):
    with pytest.raises(Refused, match="nguyên nhân"):
        rules.require_complete("Đã làm.", " ", [Standing.MET, standing])
    rules.require_complete("Đã làm.", "Thiếu người.", [Standing.MET, standing])


def test_nothing_else_needs_causes():
    others = [standing for standing in Standing if standing not in (Standing.BEHIND, Standing.MISSED)]
    assert Standing.MET in others
    rules.require_complete("Đã làm.", " ", others)
    with pytest.raises(Refused):
        rules.require_complete(" ", " ", others)
