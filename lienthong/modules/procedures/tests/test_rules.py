"""What follows what, and what is wrong with a table."""

from dataclasses import dataclass
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lienthong.modules.procedures import rules
from lienthong.modules.procedures.terms import StepKind, TermUnit


@dataclass
class Step:
    key: str
    next: tuple[str, ...] = ()
    hours: Decimal | None = Decimal(1)
    kind: str = StepKind.HANDLE
    name: str = "Làm"
    back_to: str = ""
    duty: str = "official"
    unit_id: int | None = None
    post_id: int | None = None


def table(*steps: Step) -> list[Step]:
    steps[0].kind = StepKind.RECEIVE
    return list(steps)


GOOD = table(Step("1", ("2", "3")), Step("2", ("4",), Decimal(5)), Step("3", ("4",), Decimal(2)), Step("4", ()))


def test_a_table_with_branches_is_without_fault():
    assert rules.faults(GOOD) == []


@pytest.mark.parametrize(
    ("steps", "said"),
    [
        ([], "chưa có bước"),
        (table(Step("1", ("1",))), "vòng"),
        (table(Step("1", ("2",)), Step("2", ("1",))), "vòng"),
        (table(Step("1", ("2",)), Step("2"), Step("2")), "nhiều bước"),
        (table(Step("1", ("9",))), "không có trong bảng"),
        (table(Step("1", back_to="7")), "trả về bước 7"),
        (table(Step("1"), Step("2")), "Không bước nào dẫn đến bước 2"),
        ([Step("1")], "bước tiếp nhận"),
        (table(Step("")), "trống"),
        (table(Step("1", name=" ")), "chưa ghi công việc"),
        (table(Step("1", duty="")), "chưa có người thực hiện"),
        (table(Step("1", hours=Decimal(-1))), "số giờ"),
        (table(*(Step(str(n)) for n in range(300))), "dài hơn"),
    ],
)
def test_each_fault_is_said(steps, said):
    assert any(said in fault.why for fault in rules.faults(steps))


def test_a_step_that_several_lead_to_waits_for_all_that_were_started():
    assert rules.to_start(GOOD, "1", []) == ["2", "3"]
    assert rules.to_start(GOOD, "2", ["3"]) == []
    assert rules.to_start(GOOD, "3", []) == ["4"]


def test_the_longest_way_counts():
    assert rules.longest_hours(GOOD) == 7


@st.composite
def tables(draw):
    """Tables whose steps lead only forward, and reach every step."""
    n = draw(st.integers(1, 9))
    steps = [Step(str(place)) for place in range(n)]
    for place in range(1, n):
        feeder = draw(st.integers(0, place - 1))
        steps[feeder].next += (str(place),)
    for _more in range(draw(st.integers(0, 6))):
        a, b = draw(st.integers(0, n - 1)), draw(st.integers(0, n - 1))
        if a < b and str(b) not in steps[a].next:
            steps[a].next += (str(b),)
    return table(*steps)


@given(tables(), st.randoms())
def test_a_table_without_fault_is_walked_to_its_end_and_no_step_runs_twice(steps, chance):
    assert rules.faults(steps) == []
    open_keys, done = ["0"], []
    while open_keys:
        key = chance.choice(open_keys)
        open_keys.remove(key)
        done.append(key)
        started = rules.to_start(steps, key, open_keys)
        assert not set(started) & set(done)
        open_keys += started
    assert sorted(done) == sorted(step.key for step in steps)


@given(tables(), st.data())
def test_a_way_back_to_an_earlier_step_is_always_found(steps, data):
    place = data.draw(st.integers(0, len(steps) - 1))
    ahead = {step.key for step in steps if step is steps[place]}
    goal = data.draw(
        st.sampled_from([s.key for s in steps if s.key in ahead or _leads(steps, s.key, steps[place].key)])
    )
    steps[place].next += (goal,)
    assert any("vòng" in fault.why for fault in rules.faults(steps))


def _leads(steps, start, goal):
    by_key = {step.key: step for step in steps}
    return start == goal or any(_leads(steps, key, goal) for key in by_key[start].next)


def test_only_working_time_can_be_compared_with_hours():
    assert rules.hours_of(Decimal(3), TermUnit.WORKING_DAYS) == 24
    assert rules.hours_of(Decimal(4), TermUnit.WORKING_HOURS) == 4
    assert rules.hours_of(Decimal(15), TermUnit.CALENDAR_DAYS) is None
    assert rules.hours_of(None, TermUnit.NONE) is None
