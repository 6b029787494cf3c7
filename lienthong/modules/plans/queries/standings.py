"""Promised beside counted: each bound target with its figure, the months before, where that leads to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from lienthong.foundation.measures import rules as measures
from lienthong.foundation.measures.queries import readings
from lienthong.foundation.measures.queries.figures import Counts, Figure, count
from lienthong.foundation.measures.queries.scopes import PROVINCE, scope
from lienthong.foundation.measures.rules import DAY, Period
from lienthong.foundation.measures.terms import AgenciesWith, Measure, Unit
from lienthong.kit.refusal import Refused
from lienthong.modules.plans import rules
from lienthong.modules.plans.rules import Promise
from lienthong.modules.plans.terms import Comparator, Standing

if TYPE_CHECKING:
    from lienthong.modules.plans.models import Plan, Target


@dataclass(frozen=True, slots=True)
class Held:
    """A target held against what was counted from the plan's first day up to today or the target's day, whichever is
    earlier. `expected` is where the months so far lead to on that day."""

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
    """What the row promises."""
    return Promise(Comparator(target.comparator), target.low, target.high, target.unit, target.due or plan_end)


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
    """A target with its measure and the periods it is told from: the whole so far, its months, and from the first day to the end
    of each month; all none while the plan has not begun."""

    def __init__(self, plan: Plan, target: Target, measure: Measure, today: date) -> None:
        self.plan, self.target, self.measure = plan, target, measure
        self.promise = promise_of(target, plan.end)
        self.parts = tuple(filter(None, target.parts.split(",")))
        end, last = min(self.promise.due or plan.end, plan.end, today), min(plan.end, today)
        self.whole = Period(plan.start, end + DAY) if end >= plan.start else None
        self.months = Period(plan.start, last + DAY).months() if last >= plan.start and not measure.typed else []
        self.so_far = [Period(plan.start, month.end) for month in self.months]

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
    expected = _expected(one.measure, [figure(period).value for period in one.so_far], one.promise, one.plan)
    return Held(
        one.target, one.promise, one.measure, one.whole, whole.over, whole.under, value, expected,
        rules.standing(one.promise, value, expected, today), [figure(period) for period in one.months],
    )  # fmt: skip


def _expected(measure: Measure, so_far: list[Decimal | None], promise: Promise, plan: Plan) -> Decimal | None:
    """Where it leads on the day of the promise: the straight line through what was reached from the plan's first day to the end
    of each month. Agencies that did something since the first day only become more: months before the first of them are no
    evidence, and no line leads below what is reached."""
    if promise.due is None:
        return None
    grows = isinstance(measure.over, AgenciesWith)
    if grows:
        so_far = [value or None for value in so_far]
    whole = len(Period(plan.start, max(promise.due, plan.start) + DAY).months())
    line = rules.forecast([(place, value) for place, value in enumerate(so_far, start=1) if value is not None], whole)
    if line is None:
        return None
    if grows:
        line = max(line, *(value for value in so_far if value is not None))
    return max(Decimal(0), min(line, Decimal(100)) if measure.unit == Unit.PERCENT else line)
