"""Promised beside counted: each bound target with its figure, the months before, where that leads to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from lienthong.foundation.measures import rules as measures
from lienthong.foundation.measures.queries import readings
from lienthong.foundation.measures.queries.figures import Figure, count
from lienthong.foundation.measures.queries.scopes import PROVINCE, scope
from lienthong.foundation.measures.rules import Period
from lienthong.foundation.measures.terms import AgenciesWith, Measure, Unit
from lienthong.kit.refusal import Refused
from lienthong.modules.plans import rules
from lienthong.modules.plans.rules import Promise
from lienthong.modules.plans.terms import Comparator, Standing

if TYPE_CHECKING:
    from lienthong.modules.plans.models import Plan, Target

DAY = timedelta(days=1)


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
    """Every target in its order. One question for each scope, however many targets and records there are."""
    bound: dict[str, list[Target]] = defaultdict(list)
    known = {one.code for one in measures.measures()}
    for target in targets:
        if target.measure in known:
            bound[target.scope or PROVINCE].append(target)
    found: dict[int, Held] = {}
    for code, those in bound.items():
        found |= _of_scope(plan, code, those, today)
    return [found.get(one.pk) or Held(one, promise_of(one, plan.end)) for one in targets]


def _of_scope(plan: Plan, code: str, targets: list[Target], today: date) -> dict[int, Held]:
    try:
        over = scope(code)
    except Refused:
        return {}  # the scope is no longer there: shown as not countable
    ends = {one.pk: min(one.due or plan.end, plan.end, today) for one in targets}
    wholes = {pk: Period(plan.start, end + DAY) if end >= plan.start else None for pk, end in ends.items()}
    last = min(plan.end, today)
    months = Period(plan.start, last + DAY).months() if last >= plan.start else []
    sums = [Period(plan.start, month.end) for month in months]  # from the first day to the end of each month
    periods = list(dict.fromkeys([*(whole for whole in wholes.values() if whole), *months, *sums]))
    if not periods:
        return {one.pk: _nothing_yet(plan, one, today) for one in targets}
    chosen = {one.measure: measures.measure(one.measure) for one in targets}
    counts = count(chosen.values(), periods, over, Period(today, today + DAY))
    typed = readings.typed_within(
        [one.code for one in chosen.values() if one.typed], Period(plan.start, last + DAY), over
    )
    found = {}
    for target in targets:
        measure, whole = chosen[target.measure], wholes[target.pk]
        promise = promise_of(target, plan.end)
        if whole is None:
            found[target.pk] = _nothing_yet(plan, target, today)
            continue
        parts = tuple(filter(None, target.parts.split(",")))
        figure = counts.figure(measure, periods.index(whole), None, parts)
        by_month = (
            [counts.figure(measure, periods.index(one), None, parts) for one in months] if not measure.typed else []
        )
        value = typed.get(measure.code) if measure.typed else figure.value
        so_far = (
            [counts.figure(measure, periods.index(one), None, parts).value for one in sums] if not measure.typed else []
        )
        expected = _expected(measure, so_far, promise, plan)
        found[target.pk] = Held(
            target, promise, measure, whole, figure.over, figure.under, value, expected,
            rules.standing(promise, value, expected, today), by_month,
        )  # fmt: skip
    return found


def _nothing_yet(plan: Plan, target: Target, today: date) -> Held:
    promise = promise_of(target, plan.end)
    measure = measures.measure(target.measure)
    return Held(target, promise, measure, standing=rules.standing(promise, None, None, today))


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
