"""What the tallies hold, added up over periods: for the whole scope, by agency, by part.

Each question names the days it reads one by one (months by their first), so that the database goes straight to them whatever else
the table holds.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import connection

from lienthong.foundation.measures.rules import DAY, Period

_WHERE = "t.quantity = ANY(%(quantities)s) AND t.agency_id = ANY(%(agencies)s)"
_CELLS = "unnest(%(nos)s::int[], %(grains)s::varchar[], %(days)s::date[]) p(no, grain, day)"
# Months of all parts together are unique by quantity and agency, so their agencies can be counted as they are.
_WHOLE_MONTHS = f"""
SELECT 'm', NULL::int, t.day, t.quantity, NULL::varchar, sum(t.n)::bigint, count(*) FILTER (WHERE t.n > 0) FROM measures_tally t
WHERE t.grain = 'w' AND t.day = ANY(%(months)s) AND {_WHERE} GROUP BY t.day, t.quantity"""  # noqa: S608
_PARTS_OF_MONTHS = """
UNION ALL SELECT 'p', NULL, t.day, t.quantity, t.part, sum(t.n)::bigint, 0 FROM measures_tally t
WHERE t.grain = 'm' AND t.day = ANY(%(months)s) AND t.quantity = ANY(%(in_parts)s) AND t.agency_id = ANY(%(agencies)s)
GROUP BY t.day, t.quantity, t.part"""
_SINGLE_DAYS = f"""
UNION ALL SELECT 'd', p.no, NULL, t.quantity, t.part, sum(t.n)::bigint, 0
FROM unnest(%(day_nos)s::int[], %(single_days)s::date[]) p(no, day) JOIN measures_tally t ON t.grain = 'd' AND t.day = p.day
WHERE {_WHERE} GROUP BY p.no, t.quantity, t.part"""  # noqa: S608
_AGENCIES = f"""
UNION ALL SELECT 'a', a.no, NULL, a.quantity, NULL, 0, count(*) FROM (
  SELECT p.no, t.quantity, t.agency_id FROM {_CELLS} JOIN measures_tally t ON t.grain = p.grain AND t.day = p.day
  WHERE t.quantity = ANY(%(having)s) AND t.agency_id = ANY(%(agencies)s) GROUP BY 1, 2, 3 HAVING sum(t.n) > 0) a
GROUP BY a.no, a.quantity"""  # noqa: S608
_BY_AGENCY = f"""
SELECT quantity, agency_id, sum(n)::bigint FROM (
  SELECT t.quantity, t.agency_id, t.n FROM measures_tally t WHERE t.grain = 'w' AND t.day = ANY(%(months)s) AND {_WHERE}
  UNION ALL
  SELECT t.quantity, t.agency_id, t.n FROM measures_tally t WHERE t.grain = 'd' AND t.day = ANY(%(single_days)s) AND {_WHERE}) t
GROUP BY 1, 2"""  # noqa: S608
_BY_PART = f"""
SELECT p.no, t.agency_id, t.part, sum(t.n)::bigint FROM {_CELLS} JOIN measures_tally t ON t.grain = p.grain AND t.day = p.day
WHERE {_WHERE} GROUP BY 1, 2, 3"""  # noqa: S608


@dataclass
class Whole:
    """Sums over all agencies: (place of the period, quantity) → how many, and how many agencies have any; by part for those that were
    asked for."""

    counts: dict[tuple[int, str], int] = field(default_factory=lambda: defaultdict(int))
    agencies: dict[tuple[int, str], int] = field(default_factory=lambda: defaultdict(int))
    parts: dict[tuple[int, str, str], int] = field(default_factory=lambda: defaultdict(int))


def whole(
    quantities: Sequence[str],
    having: Collection[str],
    in_parts: Collection[str],
    periods: Sequence[Period],
    agencies: Sequence[int],
) -> Whole:
    """One question. Agencies are counted for the quantities `having`, parts for those `in_parts`."""
    months, single = zip(*(_days(one) for one in periods), strict=True)
    places: dict[date, list[int]] = defaultdict(list)
    for no, firsts in enumerate(months):
        for day in firsts:
            places[day].append(no)
    values = {"quantities": list(quantities), "agencies": list(agencies), "months": list(places)}
    sql = _WHOLE_MONTHS
    if in_parts:
        sql, values = sql + _PARTS_OF_MONTHS, values | {"in_parts": list(in_parts)}
    if any(single):
        flat = [(no, day) for no, days in enumerate(single) for day in days]
        sql += _SINGLE_DAYS
        values |= {"day_nos": [no for no, _day in flat], "single_days": [day for _no, day in flat]}
    long = [no for no in range(len(periods)) if len(months[no]) != 1 or single[no]]
    if having and long:
        sql += _AGENCIES
        values |= {"having": list(having), **_cells(long, periods, "w")}
    found = Whole()
    for kind, no, day, quantity, part, n, some in _rows(sql, values):
        for at in places[day] if no is None else [no]:
            if kind in "md":
                found.counts[at, quantity] += n
            if kind in "pd" and quantity in in_parts:
                found.parts[at, quantity, part] += n
            if kind == "a" or (kind == "m" and at not in long):
                found.agencies[at, quantity] = some
    return found


def by_agency(quantities: Sequence[str], period: Period, agencies: Sequence[int]) -> list[tuple[str, int, int]]:
    """(quantity, agency, how many) in one period."""
    months, single = _days(period)
    values = {"quantities": list(quantities), "agencies": list(agencies), "months": months, "single_days": single}
    return _rows(_BY_AGENCY, values)


def by_part(quantity: str, periods: Sequence[Period], agencies: Sequence[int]) -> list[tuple[int, int, str, int]]:
    """(place of the period, agency, part, how many) of one quantity."""
    values = {"quantities": [quantity], "agencies": list(agencies), **_cells(range(len(periods)), periods, "m")}
    return _rows(_BY_PART, values)


def _days(period: Period) -> tuple[list[date], list[date]]:
    """First days of the whole months in it, and the days beside them."""
    months: list[date] = []
    single: list[date] = []
    for grain, since, until in period.pieces():
        if grain == "m":
            months += [one.start for one in Period(since, until).months()]
        else:
            single += [since + no * DAY for no in range((until - since).days)]
    return months, single


def _cells(nos: Collection[int], periods: Sequence[Period], months: str) -> dict[str, list[Any]]:
    found = []
    for no in nos:
        firsts, single = _days(periods[no])
        found += [(no, months, day) for day in firsts] + [(no, "d", day) for day in single]
    return dict(zip(("nos", "grains", "days"), (list(column) for column in zip(*found, strict=True)), strict=True))


def _rows(sql: str, values: dict[str, Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()
