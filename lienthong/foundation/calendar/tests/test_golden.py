"""The dated cases, against the code and against the minute oracle."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from lienthong.foundation.calendar.rules import due, working_time_between
from lienthong.foundation.calendar.tests import minute_oracle
from lienthong.foundation.calendar.tests.golden import Case, cases

CASES = cases()


def _name(case: Case) -> str:
    return f"line{case.line}"


def test_there_are_enough_cases_and_most_were_worked_out_by_hand() -> None:
    assert len(CASES) >= 220
    assert sum(case.worked == "hand" for case in CASES) >= 150
    assert {case.received.year for case in CASES} >= {2016, 2018, *range(2020, 2030)}
    assert {case.unit for case in CASES} == {"working_days", "working_hours", "calendar_days"}
    assert all(case.why for case in CASES)


@pytest.mark.parametrize("case", CASES, ids=_name)
def test_each_dated_case_is_due_when_the_law_says(case: Case) -> None:
    answer = due(case.received, case.amount, case.unit, case.working_time, case.pauses)
    assert answer.at == case.due_at, f"{case.why}\n{answer.sentence}"
    assert (answer.paused_since is None) == (answer.at is not None)


@pytest.mark.parametrize("case", CASES, ids=_name)
def test_the_minute_oracle_agrees_with_each_dated_case(case: Case) -> None:
    if case.received.second:
        case = case._replace(
            received=case.received.replace(second=0), due_at=case.due_at and case.due_at.replace(second=0)
        )

    def hours(day: date) -> list[tuple[int, int]]:
        return [(a.hour * 60 + a.minute, b.hour * 60 + b.minute) for a, b in case.working_time.intervals_on(day)]

    amount = float(case.amount.replace(",", "."))
    assert minute_oracle.due(case.received, amount, case.unit, hours, case.pauses) == case.due_at


@pytest.mark.parametrize("case", CASES, ids=_name)
def test_the_steps_of_each_dated_case_add_up(case: Case) -> None:
    answer = due(case.received, case.amount, case.unit, case.working_time, case.pauses)
    steps = answer.steps
    assert [step.day for step in steps] == [steps[0].day + timedelta(days=n) for n in range(len(steps))]
    assert all(step.reason for step in steps)
    assert all(step.counted == (step.time > timedelta()) for step in steps)
    total = sum((step.time for step in steps), timedelta())
    if case.unit == "calendar_days" and answer.at:
        assert total == timedelta(days=int(case.amount))
    elif case.unit == "working_hours" and answer.at:
        assert total == timedelta(hours=float(case.amount.replace(",", ".")))
    elif case.unit == "working_days":
        end = answer.at or answer.paused_since
        assert total == working_time_between(case.received, end, case.working_time, case.pauses)
