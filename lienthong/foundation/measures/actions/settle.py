"""Count again what changed since it was counted."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from datetime import date, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import Count, F, Value
from django.db.models.functions import TruncDate

from lienthong.foundation.measures import rules
from lienthong.foundation.measures.models import Touched
from lienthong.foundation.measures.terms import How, Quantity, Source
from lienthong.kit.dates import VIETNAM

MANY_DAYS = 45  # from so many days on whole months are counted at once, for all agencies

_TAKE = """
WITH gone AS (DELETE FROM measures_touched RETURNING source, agency_id, day)
SELECT source, day, array_agg(DISTINCT agency_id) FROM gone GROUP BY source, day
"""
_FORGET = """
DELETE FROM measures_tally WHERE grain = ANY(%(grains)s) AND day >= %(since)s AND day < %(until)s AND quantity = ANY(%(quantities)s)
  AND (%(agencies)s::bigint[] IS NULL OR agency_id = ANY(%(agencies)s))
"""
_ADD_MONTHS = """
WITH months AS (
  SELECT quantity, agency_id, part, sum(n) AS n FROM measures_tally
  WHERE grain = 'd' AND day >= %(since)s AND day < %(until)s AND quantity = ANY(%(quantities)s)
    AND (%(agencies)s::bigint[] IS NULL OR agency_id = ANY(%(agencies)s))
  GROUP BY 1, 2, 3)
INSERT INTO measures_tally (grain, day, quantity, agency_id, part, n)
SELECT 'm', %(since)s, * FROM months UNION ALL
SELECT 'w', %(since)s, quantity, agency_id, '', sum(n) FROM months GROUP BY 3, 4
"""


def settle() -> int:
    """Count the touched days again, so that the tallies say what the records say at this moment. Returns how many cells
    (source, agency, day) were counted. What other transactions have not committed yet leaves its own `Touched` rows for the next time.
    One question when nothing was touched."""
    if not Touched.objects.exists():
        return 0
    with transaction.atomic(), connection.cursor() as cursor:
        # One at a time: two that count the same day would both add its rows.
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('measures.settle'))")
        cursor.execute(_TAKE)
        touched: dict[str, dict[date, list[int]]] = defaultdict(dict)
        for code, day, agencies in cursor.fetchall():
            touched[code][day] = agencies
        sources = rules.sources()
        for code, days in touched.items():
            if code in sources:
                _count_days(sources[code], days)
        return sum(len(agencies) for days in touched.values() for agencies in days.values())


def rebuild(
    since: date,
    until: date,
    sources: Iterable[Source] | None = None,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> None:
    """Count every tallied quantity anew from `since` up to, without, `until`: after a load past the triggers or a new definition.
    Only those of `sources` where they are named. `progress(done, total)` is told of every month of a source."""
    months = rules.Period(since.replace(day=1), until).months()
    todo = [(source, rules.month_of(month.start)) for source in sources or rules.sources().values() for month in months]
    progress(0, len(todo))
    for done, (source, month) in enumerate(todo, 1):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('measures.settle'))")
            _count_stretch(source, month.start, month.end, None)
            _add_month(source, month.start, None)
        progress(done, len(todo))


def _count_days(source: Source, days: dict[date, list[int]]) -> None:
    months: dict[date, set[int]] = defaultdict(set)
    for day, agencies in days.items():
        months[day.replace(day=1)].update(agencies)
    if len(days) >= MANY_DAYS:
        for first in months:
            _count_stretch(source, first, rules.month_of(first).end, None)
            _add_month(source, first, None)
        return
    for day, agencies in days.items():
        _count_stretch(source, day, day + timedelta(days=1), agencies)
    for first, touched in months.items():
        _add_month(source, first, touched)


def tallied(source: Source) -> list[Quantity]:
    """The quantities of a source that are kept day by day."""
    return [one for one in rules.quantities() if one.source is source and one.how == How.TALLIED]


def by_day(source: Source, since: date, until: date, agencies: Collection[int] | None) -> Any:
    """The query that counts all tallied quantities of a source by agency, day and part; also what tests compare with."""
    first, after = source.edges(since, until)
    rows = source.rows().filter(**{f"{source.at}__gte": first, f"{source.at}__lt": after})
    if agencies is not None:
        rows = rows.filter(**{f"{source.agency}__in": agencies})
    day = F(source.at) if source.on_day else TruncDate(source.at, tzinfo=VIETNAM)
    rows = rows.order_by().annotate(the_day=day, the_agency=F(source.agency), the_part=source.part or Value(""))
    counts = {f"q{place}": one.amount or Count("pk", filter=one.where) for place, one in enumerate(tallied(source))}
    return rows.values("the_day", "the_agency", "the_part").annotate(**counts)


def _count_stretch(source: Source, since: date, until: date, agencies: Collection[int] | None) -> None:
    quantities = tallied(source)
    if not quantities:
        return
    values: dict[str, Any] = {
        "grains": ["d"], "since": since, "until": until, "quantities": [one.code for one in quantities],
        "agencies": None if agencies is None else list(agencies),
    }  # fmt: skip
    sql, params = by_day(source, since, until, agencies).query.sql_with_params()
    lines = ", ".join(f"('{one.code}', c.q{place})" for place, one in enumerate(quantities))
    with connection.cursor() as cursor:
        cursor.execute(_FORGET, values)
        cursor.execute(
            f"""INSERT INTO measures_tally (grain, day, quantity, agency_id, part, n)
            SELECT 'd', c.the_day, v.quantity, c.the_agency, c.the_part, v.n
            FROM ({sql}) c CROSS JOIN LATERAL (VALUES {lines}) v(quantity, n)
            WHERE v.n <> 0 AND c.the_agency IS NOT NULL""",  # noqa: S608 - Django wrote the query, the names are ours
            params,
        )


def _add_month(source: Source, first: date, agencies: Collection[int] | None) -> None:
    values: dict[str, Any] = {
        "grains": ["m", "w"], "since": first, "until": rules.month_of(first).end,
        "quantities": [one.code for one in tallied(source)], "agencies": None if agencies is None else list(agencies),
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_FORGET, values)
        cursor.execute(_ADD_MONTHS, values)
