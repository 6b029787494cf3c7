"""Figures: the province's page beside plain counting, its growth, what keeping the tallies costs the acts, counting again."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import connection
from django.db.models import Count, F, Value
from django.db.models.functions import TruncMonth

from bench import Result, Size, duration, growth, ground, measures_ground, median, timed
from lienthong.foundation.measures import rules
from lienthong.foundation.measures.actions.settle import settle
from lienthong.foundation.measures.queries.figures import Counts, Figure, count
from lienthong.foundation.measures.queries.scopes import PROVINCE, Scope, scope
from lienthong.foundation.measures.rules import Period
from lienthong.foundation.measures.terms import AgenciesWith, How, Measure, Quantity
from lienthong.kit.dates import VIETNAM, start_of_day

Cell = tuple[int, str, int, str]  # place of the period, code of the quantity, agency, part


@dataclass(frozen=True)
class Page:
    """What the pages of all figures and of the index hold: the year and twelve months of the province, the year of each agency."""

    province: list[Figure]
    agencies: list[Figure]


def _periods() -> list[Period]:
    today = ground.today()
    return [rules.year_of(today), *rules.months_up_to(today)]


def _counted() -> list[Measure]:
    return [one for one in rules.measures() if not one.typed]


def _ours() -> Page:
    """As the views ask: settle, agencies, counts, figures."""
    settle()
    return _page(count(_counted(), _periods(), over := scope(PROVINCE), _today()), over)


def _today() -> Period:
    return Period(ground.today(), ground.today() + rules.DAY)


def _page(counts: Counts, over: Scope) -> Page:
    return Page(
        [counts.figure(one, no) for one in _counted() for no in range(len(counts.periods))],
        [counts.figure(one, 0, [pk]) for one in _counted() for pk in over.agencies],
    )


def _floor(over: Scope) -> dict[Cell, int]:
    """One grouped question over the records for each quantity, by agency and month (or by agency and the day it is valid on)."""
    periods, found = _periods(), defaultdict(int)
    wanted = {one.quantity if isinstance(one, AgenciesWith) else one for m in _counted() for one in m.countables}
    in_parts = {one.code for m in _counted() if m.parts for one in m.countables if isinstance(one, Quantity)}
    for quantity in wanted:
        if not isinstance(quantity, Quantity):
            continue
        if quantity.source.alive:
            cells = _standing(quantity, periods, over)
        elif quantity.how == How.NOW:
            rows = _plain(quantity, over).values("the_agency").annotate(n=Count("pk"))
            latest = next(no for no, one in enumerate(periods) if one.start <= _today().start < one.end)
            cells = [(latest, row["the_agency"], "", row["n"]) for row in rows]
        else:
            cells = _months(quantity, periods, over, quantity.code in in_parts)
        for no, agency, part, n in cells:
            found[no, quantity.code, agency, part] += n
    return found


def _plain(quantity: Quantity, over: Scope) -> Any:
    rows = quantity.source.rows().filter(**{f"{quantity.source.agency}__in": over.ids})
    if quantity.where is not None:
        rows = rows.filter(quantity.where)
    return rows.order_by().annotate(the_agency=F(quantity.source.agency))


def _months(quantity: Quantity, periods: list[Period], over: Scope, in_parts: bool) -> list[tuple[int, int, str, int]]:
    source = quantity.source
    since, until = start_of_day(min(one.start for one in periods)), start_of_day(max(one.end for one in periods))
    rows = _plain(quantity, over).filter(**{f"{source.at}__gte": since, f"{source.at}__lt": until})
    month = TruncMonth(source.at, tzinfo=VIETNAM)
    rows = rows.annotate(the_month=month, the_part=source.part if in_parts else Value(""))
    rows = rows.values_list("the_agency", "the_month", "the_part").annotate(n=quantity.amount or Count("pk"))
    places: dict[date, list[int]] = defaultdict(list)
    for no, period in enumerate(periods):
        for one in period.months():
            places[one.start].append(no)
    return [
        (no, agency, part, n)
        for agency, at, part, n in rows
        for no in places.get(at.date(), ())
    ]


def _standing(quantity: Quantity, periods: list[Period], over: Scope) -> list[tuple[int, int, str, int]]:
    since, until = quantity.source.alive
    sql, params = _plain(quantity, over).values("the_agency", s=F(since), u=F(until)).query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(
            f"""SELECT p.no - 1, r.the_agency, '', count(*) FROM ({sql}) r
            JOIN unnest(%s::date[]) WITH ORDINALITY p(last, no) ON r.s <= p.last AND (r.u IS NULL OR r.u > p.last) GROUP BY 1, 2""",
            [*params, [one.last for one in periods]],
        )
        return cursor.fetchall()


def province_page(size: Size, say) -> list[Result]:
    """The page beside plain counting in the same minute; every figure of the province and of each agency is equal."""
    measures_ground.use(size.large, say)
    over = scope(PROVINCE)
    ours, floor = [], []
    for turn in range(4):
        took = timed(_ours)
        kept: dict[Cell, int] = {}
        again = timed(lambda kept=kept: kept.update(_floor(over)))
        if turn:
            ours.append(took)
            floor.append(again)
    shown = _compare(kept, over)
    note = f"{shown} figures, equal; {measures_ground.documents(size.large):,} documents, {measures_ground.dossiers(size.large):,} dossiers"
    return [duration("province_page", median(ours) * 1000, median(floor) * 1000, 50, "ms", len(ours), note)]


def _compare(kept: dict[Cell, int], over: Scope) -> int:
    periods = _periods()
    latest = next(no for no, one in enumerate(periods) if one.start <= _today().start < one.end)
    plain, page = _page(Counts(kept, periods, over, latest), over), _ours()
    for mine, other in zip([*page.province, *page.agencies], [*plain.province, *plain.agencies], strict=True):
        if (mine.over, mine.under) != (other.over, other.under):
            raise RuntimeError(f"{mine.measure.code} {mine.period.code}: {mine} is not {other}")
    if sum(bool(one.over) for one in page.province) < len(page.province) // 2:
        raise RuntimeError("the installation holds too little to be counted")
    return len(page.province) + len(page.agencies)
