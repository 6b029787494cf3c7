"""What the tallies hold, added up over periods: for the whole scope, by agency, by part."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from django.db import connection

from lienthong.foundation.measures.rules import Period

# Whole months without regard to parts have rows of their own ("w"), so that a year of a province is some ten thousand rows.
_JOIN = """
FROM unnest(%(nos)s::int[], %(grains)s::varchar[], %(starts)s::date[], %(ends)s::date[]) p(no, grain, since, until)
JOIN measures_tally t ON t.grain = p.grain AND t.day >= p.since AND t.day < p.until
WHERE t.quantity = ANY(%(quantities)s) AND t.agency_id = ANY(%(agencies)s)
"""
_WHOLE = f"""
SELECT no, quantity, part, sum(n)::bigint, count(*) FILTER (WHERE n > 0) FROM (
  SELECT p.no, t.quantity, t.agency_id, {{part}} AS part, sum(t.n) AS n {_JOIN} GROUP BY 1, 2, 3, 4) a
GROUP BY 1, 2, 3
"""  # noqa: S608 - nothing but our own words
_BY_AGENCY = f"SELECT t.quantity, t.agency_id, sum(t.n)::bigint {_JOIN} GROUP BY 1, 2"  # noqa: S608
_BY_PART = f"SELECT p.no, t.agency_id, t.part, sum(t.n)::bigint {_JOIN} GROUP BY 1, 2, 3"  # noqa: S608


def whole(
    quantities: Sequence[str], in_parts: Collection[str], periods: Sequence[Period], agencies: Sequence[int]
) -> list[tuple[int, str, str | None, int, int]]:
    """(place of the period, quantity, part, how many, how many agencies have any) for all agencies together; part None for all
    parts, and those `in_parts` part by part as well. One question."""
    values = _values(quantities, enumerate(periods), agencies, "w")
    sql = _WHOLE.format(part="NULL::varchar")
    if in_parts:
        values |= {f"{name}2": value for name, value in _values(list(in_parts), enumerate(periods), agencies, "m").items()}
        again = _WHOLE.format(part="t.part")
        for name in ("nos", "grains", "starts", "ends", "quantities", "agencies"):
            again = again.replace(f"%({name})s", f"%({name}2)s")
        sql = f"{sql} UNION ALL {again}"
    return _rows(sql, values)


def by_agency(
    quantities: Sequence[str], no: int, period: Period, agencies: Sequence[int]
) -> list[tuple[str, int, int]]:
    """(quantity, agency, how many) in one period."""
    return _rows(_BY_AGENCY, _values(quantities, [(no, period)], agencies, "w"))


def by_part(quantity: str, periods: Sequence[Period], agencies: Sequence[int]) -> list[tuple[int, int, str, int]]:
    """(place of the period, agency, part, how many) of one quantity."""
    return _rows(_BY_PART, _values([quantity], enumerate(periods), agencies, "m"))


def _values(
    quantities: Sequence[str], periods: Iterable[tuple[int, Period]], agencies: Sequence[int], months: str
) -> dict[str, Any]:
    pieces = [(no, months if grain == "m" else grain, *days) for no, period in periods for grain, *days in period.pieces()]
    nos, grains, starts, ends = (list(column) for column in zip(*pieces, strict=True))
    return {
        "nos": nos, "grains": grains, "starts": starts, "ends": ends, "quantities": list(quantities), "agencies": list(agencies),
    }  # fmt: skip


def _rows(sql: str, values: dict[str, Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()
