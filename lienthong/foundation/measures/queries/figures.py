"""Figures: counts read from the tallies (or asked of the records where days cannot be added up), and the value made of them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import connection
from django.db.models import Count, F, Q, Value

from lienthong.foundation.measures import rules
from lienthong.foundation.measures.queries.scopes import Scope, there
from lienthong.foundation.measures.rules import Period
from lienthong.foundation.measures.terms import Agencies, AgenciesWith, Countable, How, Measure, Quantity
from lienthong.kit.dates import start_of_day

_SUM = """
SELECT p.no, t.quantity, t.agency_id, t.part, sum(t.n)
FROM unnest(%(nos)s::int[], %(grains)s::varchar[], %(starts)s::date[], %(ends)s::date[]) p(no, grain, since, until)
JOIN measures_tally t ON t.grain = p.grain AND t.day >= p.since AND t.day < p.until
WHERE t.quantity = ANY(%(quantities)s) AND t.agency_id = ANY(%(agencies)s)
GROUP BY 1, 2, 3, 4
"""
Key = tuple[int, str, int, str]  # place of the period, code of the quantity, agency, part


@dataclass(frozen=True, slots=True)
class Figure:
    """One value with the two counts it was made of; `value` is None where nothing was there to be counted."""

    measure: Measure
    period: Period
    over: int | None
    under: int | None

    @property
    def value(self) -> Decimal | None:
        return rules.value_of(self.measure, self.over, self.under)


class Counts:
    """What was counted for some countables, periods and agencies: read once, asked many times."""

    def __init__(self, found: Mapping[Key, int], periods: Sequence[Period], scope: Scope, latest: int) -> None:
        self._by: dict[tuple[int, str], list[tuple[int, str, int]]] = defaultdict(list)
        for (no, quantity, agency, part), n in found.items():
            self._by[no, quantity].append((agency, part, n))
        self.periods, self.scope, self._latest = periods, scope, latest

    def of(
        self, what: Countable, no: int, agencies: Collection[int] | None = None, parts: Collection[str] = ()
    ) -> int | None:
        """How many in the period at that place; None for what stands now when the period has passed."""
        ids = self.scope.agencies.keys() if agencies is None else agencies
        if isinstance(what, Agencies):
            chosen = (self.scope.agencies[pk] for pk in ids)
            return sum(there(one, self.periods[no]) and (not what.tiers or one.tier in what.tiers) for one in chosen)
        quantity = what.quantity if isinstance(what, AgenciesWith) else what
        if quantity.how == How.NOW and no != self._latest:
            return None
        rows = [row for row in self._by[no, quantity.code] if row[0] in ids and (not parts or row[1] in parts)]
        if isinstance(what, AgenciesWith):
            return len({agency for agency, _part, n in rows if n > 0})
        return sum(n for _agency, _part, n in rows)

    def parts_of(self, what: Countable | None, no: int) -> dict[str, int]:
        """Part → how many."""
        found: dict[str, int] = defaultdict(int)
        if isinstance(what, Quantity):
            for _agency, part, n in self._by[no, what.code]:
                found[part] += n
        return found

    def by_agency(self, what: Countable, no: int, parts: Collection[str] = ()) -> dict[int, int]:
        """Agency → how many, for those that have any."""
        found: dict[int, int] = defaultdict(int)
        if isinstance(what, Quantity):
            for agency, part, n in self._by[no, what.code]:
                if not parts or part in parts:
                    found[agency] += n
        return found

    def figure(
        self, measure: Measure, no: int, agencies: Collection[int] | None = None, parts: Collection[str] = ()
    ) -> Figure:
        """The measure in that period, for these agencies of the scope (all of them without)."""
        chosen = parts or measure.parts
        over = self.of(measure.over, no, agencies, chosen) if measure.over else None
        under = self.of(measure.under, no, agencies, chosen) if measure.under else None
        return Figure(measure, self.periods[no], over, under)


def count(measures: Iterable[Measure], periods: Sequence[Period], scope: Scope, now_in: Period | None = None) -> Counts:
    """Count what the measures need, for every period and agency of the scope. One question for all that is tallied, one
    for each quantity that is not. `now_in` is the period that is still open: only there is known what stands now."""
    wanted = {one.quantity if isinstance(one, AgenciesWith) else one for m in measures for one in m.countables}
    quantities = [one for one in wanted if isinstance(one, Quantity)]
    latest = next((no for no, period in enumerate(periods) if now_in and period.start <= now_in.start < period.end), -1)
    found: dict[Key, int] = {}
    if tallied := [one.code for one in quantities if one.how == How.TALLIED]:
        pieces = [(no, *piece) for no, period in enumerate(periods) for piece in period.pieces()]
        nos, grains, starts, ends = (list(column) for column in zip(*pieces, strict=True))
        values = {
            "nos": nos, "grains": grains, "starts": starts, "ends": ends, "quantities": tallied, "agencies": scope.ids,
        }  # fmt: skip
        with connection.cursor() as cursor:
            cursor.execute(_SUM, values)
            for no, quantity, agency, part, n in cursor.fetchall():
                key = (no, quantity, agency, part)
                found[key] = found.get(key, 0) + int(n)
    for quantity in quantities:
        if quantity.how in (How.DISTINCT, How.STANDING):
            for no, period in enumerate(periods):
                found |= {(no, quantity.code, agency, part): n for agency, part, n in _asked(quantity, period, scope)}
        elif quantity.how == How.NOW and latest >= 0:
            now = _asked(quantity, periods[latest], scope)
            found |= {(latest, quantity.code, agency, part): n for agency, part, n in now}
    return Counts(found, periods, scope, latest)


def rows_of(quantity: Quantity, period: Period, agencies: Collection[int], parts: Collection[str] = ()) -> Any:
    """The very records that a quantity counts in a period for these agencies: what a figure opens to."""
    source = quantity.source
    rows = source.rows().filter(**{f"{source.agency}__in": list(agencies)})
    if quantity.where is not None:
        rows = rows.filter(quantity.where)
    if source.alive:
        since, until = source.alive
        holds = Q(**{f"{until}__isnull": True}) | Q(**{f"{until}__gt": period.last})
        rows = rows.filter(holds, **{f"{since}__lte": period.last})
    elif source.at:
        edges: tuple[Any, Any] = (period.start, period.end)
        if not source.on_day:
            edges = (start_of_day(period.start), start_of_day(period.end))
        rows = rows.filter(**{f"{source.at}__gte": edges[0], f"{source.at}__lt": edges[1]})
    if parts and source.part is not None:
        rows = rows.annotate(the_part=source.part).filter(the_part__in=list(parts))
    return rows


def _asked(quantity: Quantity, period: Period, scope: Scope) -> list[tuple[int, str, int]]:
    """(agency, part, how many) asked of the records themselves."""
    counted = Count(quantity.distinct, distinct=True) if quantity.distinct else quantity.amount or Count("pk")
    rows = rows_of(quantity, period, scope.ids).order_by()
    rows = rows.annotate(the_agency=F(quantity.source.agency), a_part=quantity.source.part or Value(""))
    rows = rows.values("the_agency", "a_part").annotate(n=counted)
    return [(row["the_agency"], row["a_part"], row["n"]) for row in rows if row["n"]]
