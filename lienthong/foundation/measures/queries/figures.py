"""Figures: counts read from the tallies (or asked of the records where days cannot be added up), and the value made of them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import Count, F, Q, Value

from lienthong.foundation.measures import rules
from lienthong.foundation.measures.queries import tallies
from lienthong.foundation.measures.queries.scopes import Scope, there
from lienthong.foundation.measures.rules import Period
from lienthong.foundation.measures.terms import Agencies, AgenciesWith, Countable, How, Measure, Quantity, Source

Row = tuple[int, int, str, int]  # place of the period, agency, part, how many


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
    """What was counted for some countables, periods and agencies, asked many times. All agencies together are read at once for
    every period, a single period by agency or a quantity by part only when somebody asks for that."""

    def __init__(
        self, wanted: Collection[Countable], in_parts: Collection[str], asked: dict[str, list[Row]], periods: Sequence[Period],
        scope: Scope, latest: int,
    ) -> None:  # fmt: skip
        """`asked` holds the rows of quantities that are not tallied."""
        self.periods, self.scope, self._latest, self._asked = periods, scope, latest, asked
        having = {one.quantity.code for one in wanted if isinstance(one, AgenciesWith)} - asked.keys()
        tallied = {one.code for one in wanted if isinstance(one, Quantity)} | having
        self._tallied = sorted(tallied - asked.keys())
        self._in_parts = tallied & set(in_parts)
        self._having = having
        self._whole = tallies.Whole()
        if self._tallied:
            self._whole = tallies.whole(self._tallied, having, self._in_parts, periods, scope.ids)
        self._rows = cache(self._read_rows)
        self._of_agencies = cache(self._read_agencies)
        self._by_agency = cache(self._add_by_agency)

    def of(
        self, what: Countable, no: int, agencies: Collection[int] | None = None, parts: Collection[str] = ()
    ) -> int | None:
        """How many in the period at that place; None for what stands now when the period has passed."""
        ids = self.scope.agencies.keys() if agencies is None else agencies
        if isinstance(what, Agencies):
            chosen = (self.scope.agencies[pk] for pk in ids)
            return sum(there(one, self.periods[no]) and (not what.tiers or one.tier in what.tiers) for one in chosen)
        quantity = what.quantity if isinstance(what, AgenciesWith) else what
        code, some = quantity.code, isinstance(what, AgenciesWith)
        if quantity.how == How.NOW and no != self._latest:
            return None
        if agencies is None and code not in self._asked:
            if some and not parts and code in self._having:
                return self._whole.agencies.get((no, code), 0)
            if not some and not parts:
                return self._whole.counts.get((no, code), 0)
            if not some and code in self._in_parts:
                return sum(self._whole.parts.get((no, code, part), 0) for part in set(parts))
        found = self._by_agency(code, no, frozenset(parts))
        counts = [found[pk] for pk in ids if pk in found]
        return sum(n > 0 for n in counts) if some else sum(counts)

    def parts_of(self, what: Countable | None, no: int) -> dict[str, int]:
        """Part → how many."""
        found: dict[str, int] = defaultdict(int)
        if isinstance(what, Quantity):
            for _agency, part, n in self._rows(what.code).get(no, ()):
                found[part] += n
        return found

    def by_agency(self, what: Countable, no: int, parts: Collection[str] = ()) -> dict[int, int]:
        """Agency → how many, for those that have any."""
        return dict(self._by_agency(what.code, no, frozenset(parts))) if isinstance(what, Quantity) else {}

    def figure(
        self, measure: Measure, no: int, agencies: Collection[int] | None = None, parts: Collection[str] = ()
    ) -> Figure:
        """The measure in that period, for these agencies of the scope (all of them without)."""
        chosen = parts or measure.parts
        over = self.of(measure.over, no, agencies, chosen) if measure.over else None
        under = self.of(measure.under, no, agencies, chosen) if measure.under else None
        return Figure(measure, self.periods[no], over, under)

    def _add_by_agency(self, code: str, no: int, parts: frozenset[str]) -> dict[int, int]:
        if code not in self._asked and not parts:
            return self._of_agencies(no).get(code, {})
        found: dict[int, int] = defaultdict(int)
        for agency, part, n in self._rows(code).get(no, ()):
            if not parts or part in parts:
                found[agency] += n
        return found

    def _read_agencies(self, no: int) -> dict[str, dict[int, int]]:
        found: dict[str, dict[int, int]] = defaultdict(dict)
        for quantity, agency, n in tallies.by_agency(self._tallied, self.periods[no], self.scope.ids):
            found[quantity][agency] = n
        return found

    def _read_rows(self, code: str) -> dict[int, list[tuple[int, str, int]]]:
        found: dict[int, list[tuple[int, str, int]]] = defaultdict(list)
        rows = self._asked.get(code)
        if rows is None:
            rows = tallies.by_part(code, self.periods, self.scope.ids)
        for no, agency, part, n in rows:
            found[no].append((agency, part, n))
        return found


def count(measures: Iterable[Measure], periods: Sequence[Period], scope: Scope, now_in: Period | None = None) -> Counts:
    """Count what the measures need, for every period and agency of the scope. One question for all that is tallied, one for what
    stands of a source, one for each quantity that is neither. `now_in` is the period that is still open: only there is known
    what stands now."""
    measures = list(measures)
    wanted = {one for measure in measures for one in measure.countables}
    quantities = {
        one.quantity if isinstance(one, AgenciesWith) else one for one in wanted if not isinstance(one, Agencies)
    }
    in_parts = {one.code for m in measures if m.parts for one in m.countables if isinstance(one, Quantity)}
    latest = next((no for no, period in enumerate(periods) if now_in and period.start <= now_in.start < period.end), -1)
    asked: dict[str, list[Row]] = {}
    standing: dict[Source, list[Quantity]] = defaultdict(list)
    for quantity in quantities:
        if quantity.how == How.STANDING and not quantity.distinct:
            standing[quantity.source].append(quantity)
        elif quantity.how in (How.DISTINCT, How.STANDING):
            asked[quantity.code] = _distinct(quantity, periods, scope)
        elif quantity.how == How.NOW:
            asked[quantity.code] = _ask(quantity, latest, periods[latest], scope) if latest >= 0 else []
    for source, of_source in standing.items():
        asked |= _standing(source, of_source, periods, scope)
    return Counts(wanted, in_parts, asked, periods, scope, latest)


def rows_of(quantity: Quantity, period: Period, agencies: Collection[int], parts: Collection[str] = ()) -> Any:
    """The very records that a quantity counts in a period for these agencies: what a figure opens to."""
    source = quantity.source
    rows = source.rows().filter(**{f"{source.agency}__in": list(agencies)})
    if quantity.where is not None:
        rows = rows.filter(quantity.where)
    if source.alive:
        begins, ends = source.alive
        holds = Q(**{f"{ends}__isnull": True}) | Q(**{f"{ends}__gt": period.last})
        rows = rows.filter(holds, **{f"{begins}__lte": period.last})
    elif source.at:
        since, until = source.edges(period.start, period.end)
        rows = rows.filter(**{f"{source.at}__gte": since, f"{source.at}__lt": until})
    if parts and source.part is not None:
        rows = rows.annotate(the_part=source.part).filter(the_part__in=list(parts))
    return rows


def _ask(quantity: Quantity, no: int, period: Period, scope: Scope) -> list[Row]:
    """Counted from the records themselves."""
    counted = Count(quantity.distinct, distinct=True) if quantity.distinct else quantity.amount or Count("pk")
    rows = rows_of(quantity, period, scope.ids).order_by()
    rows = rows.annotate(the_agency=F(quantity.source.agency), a_part=quantity.source.part or Value(""))
    rows = rows.values("the_agency", "a_part").annotate(n=counted)
    return [(no, row["the_agency"], row["a_part"], row["n"]) for row in rows if row["n"]]


def _standing(
    source: Source, quantities: Sequence[Quantity], periods: Sequence[Period], scope: Scope
) -> dict[str, list[Row]]:
    """What stands on the last day of each period, of all quantities of a source: the records are read once, not once a period."""
    assert source.alive
    rows = source.rows().filter(**{f"{source.agency}__in": scope.ids}).order_by()
    names = dict(
        agency=F(source.agency), part=source.part or Value(""), since=F(source.alive[0]), until=F(source.alive[1])
    )
    names = {f"the_{name}": value for name, value in names.items()}
    counts = {f"q{place}": one.amount or Count("pk", filter=one.where) for place, one in enumerate(quantities)}
    sql, params = rows.annotate(**names).values(*names).annotate(**counts).query.sql_with_params()
    sums = ", ".join(f"sum(c.{name})::bigint" for name in counts)
    with connection.cursor() as cursor:
        cursor.execute(
            f"""SELECT p.no::int - 1, c.the_agency, c.the_part, {sums} FROM ({sql}) c
            JOIN unnest(%s::date[]) WITH ORDINALITY p(last, no)
              ON c.the_since <= p.last AND (c.the_until IS NULL OR c.the_until > p.last) GROUP BY 1, 2, 3""",  # noqa: S608
            [*params, [one.last for one in periods]],
        )
        found = cursor.fetchall()
    return {
        one.code: [(no, agency, part, n[place]) for no, agency, part, *n in found if n[place]]
        for place, one in enumerate(quantities)
    }


def _distinct(quantity: Quantity, periods: Sequence[Period], scope: Scope) -> list[Row]:
    """How many different ones there were in each period (or stood on its last day), by agency and part. One question."""
    source = quantity.source
    since, until = source.alive or (source.at, source.at)
    rows = source.rows().filter(**{f"{source.agency}__in": scope.ids}).order_by()
    if quantity.where is not None:
        rows = rows.filter(quantity.where)
    columns = {
        "the_agency": F(source.agency), "the_part": source.part or Value(""), "the_since": F(since), "the_until": F(until),
        "the_one": F(quantity.distinct),
    }  # fmt: skip
    if source.alive:
        kind, holds = "date", "c.the_since <= p.first AND (c.the_until IS NULL OR c.the_until > p.after)"
        edges = [(one.last, one.last) for one in periods]
    else:
        kind, holds = "date" if source.on_day else "timestamptz", "c.the_since >= p.first AND c.the_until < p.after"
        edges = [source.edges(one.start, one.end) for one in periods]
        rows = rows.filter(
            **{f"{source.at}__gte": min(one[0] for one in edges), f"{source.at}__lt": max(one[1] for one in edges)}
        )
    sql, params = rows.annotate(**columns).values(*columns).query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(
            f"""SELECT p.no::int - 1, c.the_agency, c.the_part, count(DISTINCT c.the_one) FROM ({sql}) c
            JOIN unnest(%s::{kind}[], %s::{kind}[]) WITH ORDINALITY p(first, after, no) ON {holds} GROUP BY 1, 2, 3""",  # noqa: S608
            [*params, [one[0] for one in edges], [one[1] for one in edges]],
        )
        return [row for row in cursor.fetchall() if row[3]]
