"""Promised beside counted: each bound target with its figure, the months before, where that leads to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from lienthong.foundation.measures import rules as measures
from lienthong.foundation.measures.queries import readings
from lienthong.foundation.measures.queries.figures import Counts, Figure, count
from lienthong.foundation.measures.queries.scopes import PROVINCE, scope
from lienthong.foundation.measures.rules import DAY, Period
from lienthong.foundation.measures.terms import AgenciesWith, How, Measure, Quantity, Unit
from lienthong.kit.refusal import Refused
from lienthong.modules.plans import rules
from lienthong.modules.plans.rules import Promise
from lienthong.modules.plans.terms import Standing

if TYPE_CHECKING:
    from lienthong.modules.plans.models import Plan, Target


@dataclass(frozen=True, slots=True)
class Held:
    """A target held against what was counted from the plan's first day up to today or the target's day, whichever is
    earlier. `expected` is where the last months lead to on that day."""

    target: Target
    promise: Promise
    measure: Measure | None = None
    period: Period | None = None
    over: int | None = None
    under: int | None = None
    value: Decimal | None = None
    expected: Decimal | None = None
    standing: Standing = Standing.NOT_COUNTED
    months: list[Figure] = field(default_factory=list)


def promise_of(target: Target, plan_end: date) -> Promise:
    """What the row promises, by the end of the plan where it names no day."""
    return replace(target.promise, due=target.due or plan_end)


def standings(plan: Plan, targets: Sequence[Target], today: date) -> list[Held]:
    """Every target of one plan in its order."""
    return standings_of([(plan, targets)], today)[plan.pk]


def standings_of(plans: Sequence[tuple[Plan, Sequence[Target]]], today: date) -> dict[int, list[Held]]:
    """Plan id → its targets in their order. A few questions for each scope, however many plans, targets and records there are."""
    known = {one.code: one for one in measures.measures()}
    bound: dict[str, list[_Bound]] = defaultdict(list)
    for plan, targets in plans:
        for target in targets:
            if target.measure in known:
                bound[target.scope or PROVINCE].append(_Bound(plan, target, known[target.measure], today))
    found: dict[int, Held] = {}
    for code, those in bound.items():
        found |= _of_scope(code, those, today)
    return {
        plan.pk: [found.get(one.pk) or Held(one, promise_of(one, plan.end)) for one in targets]
        for plan, targets in plans
    }


class _Bound:
    """A target with its measure and the periods it is told from: the whole so far, its months and, of what does not add up over
    months (`adds_up`), from the first day to the end of each; all none while the plan has not begun. `gathers`: it counts who did
    something since the first day."""

    def __init__(self, plan: Plan, target: Target, measure: Measure, today: date) -> None:
        self.plan, self.target, self.measure = plan, target, measure
        self.promise = promise_of(target, plan.end)
        self.parts = tuple(filter(None, target.parts.split(",")))
        end, last = min(self.promise.due or plan.end, plan.end, today), min(plan.end, today)
        self.whole = Period(plan.start, end + DAY) if end >= plan.start else None
        self.months = Period(plan.start, last + DAY).months() if last >= plan.start and not measure.typed else []
        self.adds_up = all(isinstance(what, Quantity) and what.how == How.TALLIED for what in measure.countables)
        self.gathers = any(
            isinstance(what, AgenciesWith) or (isinstance(what, Quantity) and what.how == How.DISTINCT)
            for what in measure.countables
        )
        self.so_far = [] if self.adds_up else [Period(plan.start, month.end) for month in self.months]

    @property
    def periods(self) -> list[Period]:
        return [self.whole, *self.months, *self.so_far] if self.whole else []


def _of_scope(code: str, bound: list[_Bound], today: date) -> dict[int, Held]:
    try:
        over = scope(code)
    except Refused:
        return {}  # the scope is no longer there: shown as not countable
    periods = list(dict.fromkeys(period for one in bound for period in one.periods))
    places = {period: place for place, period in enumerate(periods)}
    chosen = {one.measure.code: one.measure for one in bound if one.whole}
    counts = count(chosen.values(), periods, over, Period(today, today + DAY)) if periods else None
    ends = min(one.plan.start for one in bound), max(one.plan.end for one in bound) + DAY
    typed = readings.typed(chosen.values(), over, *ends)
    return {one.target.pk: _held(one, counts, places, typed, today) for one in bound}


def _held(one: _Bound, counts: Counts | None, places: dict[Period, int], typed: readings.Typed, today: date) -> Held:
    if one.whole is None or counts is None:
        return Held(one.target, one.promise, one.measure, standing=rules.standing(one.promise, None, None, today))

    def figure(period: Period) -> Figure:
        return counts.figure(one.measure, places[period], None, one.parts)

    whole = figure(one.whole)
    # What is typed in for the year at hand counts, though the year is not over.
    by_hand = typed.latest(one.measure, Period(one.plan.start, one.plan.end + DAY)) if one.measure.typed else None
    value = by_hand if one.measure.typed else whole.value
    expected = None if one.measure.typed else _expected(one, whole, figure, today)
    return Held(
        one.target, one.promise, one.measure, one.whole, whole.over, whole.under, value, expected,
        rules.standing(one.promise, value, expected, today), [figure(period) for period in one.months],
    )  # fmt: skip


def _expected(one: _Bound, whole: Figure, figure: Callable[[Period], Figure], today: date) -> Decimal | None:
    """Where it leads on the day of the promise if the days to come are like the last three full months: both sides of a share go
    on by themselves, what cannot be added up goes on as it changed from the end of one month to the next."""
    full = [month for month in one.months if month.start.day == month.end.day == 1 and month.end <= today + DAY]
    left = ((one.promise.due or one.plan.end) - today).days
    if left <= 0 or len(full) < rules.FULL_MONTHS or whole.value is None:
        return None
    value = _added(one, whole, figure, full, left) if one.adds_up else _changed(one, whole.value, figure, full, left)
    if value is None:
        return None
    return max(Decimal(0), min(value, Decimal(100)) if one.measure.unit == Unit.PERCENT else value)


def _added(
    one: _Bound, whole: Figure, figure: Callable[[Period], Figure], full: list[Period], left: int
) -> Decimal | None:
    lately = full[-rules.FULL_MONTHS :]
    days = (lately[-1].end - lately[0].start).days
    months = [figure(month) for month in lately]
    over = rules.onward(Decimal(whole.over or 0), Decimal(sum(one.over or 0 for one in months)), days, left)
    under = rules.onward(Decimal(whole.under or 0), Decimal(sum(one.under or 0 for one in months)), days, left)
    return Figure(one.measure, whole.period, round(over), round(under) if one.measure.under else None).value


def _changed(
    one: _Bound, now: Decimal, figure: Callable[[Period], Figure], full: list[Period], left: int
) -> Decimal | None:
    """Whoever did something since the plan's first day only becomes more: months before the first of them are no evidence."""
    ends = [(month.end, figure(Period(one.plan.start, month.end)).value) for month in full]
    known = [(day, value) for day, value in ends if value is not None and (value or not one.gathers)]
    if len(known) < rules.FULL_MONTHS:
        return None
    (since, before), (until, last) = known[-min(len(known), rules.FULL_MONTHS + 1)], known[-1]
    return rules.onward(
        now, max(last - before, Decimal(0)) if one.gathers else last - before, (until - since).days, left
    )
