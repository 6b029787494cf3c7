"""Figures: the province's page beside plain counting, its growth, what keeping the tallies costs the acts, counting again."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from itertools import count as count_up
from time import time
from typing import Any

from django.db import connection
from django.db.models import Count, F, Value
from django.db.models.functions import TruncMonth

from bench import (
    Result,
    Size,
    dossier_ground,
    dossiers,
    duration,
    ground,
    growth,
    issue,
    measures_ground,
    median,
    quickest_quarter,
    register_incoming,
    reported,
    timed,
)
from lienthong.foundation.measures import rules
from lienthong.foundation.measures.actions.settle import rebuild, settle, tallied
from lienthong.foundation.measures.queries.figures import Counts, Figure, count, rows_of
from lienthong.foundation.measures.queries.scopes import PROVINCE, Scope, scope
from lienthong.foundation.measures.rules import Period
from lienthong.foundation.measures.terms import Agencies, AgenciesWith, How, Measure, Quantity
from lienthong.foundation.organizations.models import Agency
from lienthong.foundation.organizations.terms import Tier
from lienthong.kit.dates import VIETNAM, start_of_day

ACTS = 1000
Cell = tuple[int, str, int, str]  # place of the period, code of the quantity, agency, part


@dataclass(frozen=True)
class Page:
    """Figures that the pages show; `counts` can be asked for more."""

    counts: Counts
    province: list[Figure]
    agencies: list[Figure]


def _periods() -> list[Period]:
    today = ground.today()
    return [rules.year_of(today), *rules.months_up_to(today)]


def _today() -> Period:
    return Period(ground.today(), ground.today() + rules.DAY)


def _counted() -> list[Measure]:
    return [one for one in rules.measures() if not one.typed]


def _of_index() -> list[Measure]:
    components = (one for index in rules.indexes() for group in index.groups for one in group.components)
    return [rules.measure(one.measure) for one in components if not rules.measure(one.measure).typed]


def _ours() -> Page:
    """What the views ask: changes counted, the agencies, every measure of the province in the year and its months, those of the index
    for each agency."""
    settle()
    over = scope(PROVINCE)
    counts = count(_counted(), _periods(), over, _today())
    return Page(
        counts,
        [counts.figure(one, no) for one in _counted() for no in range(len(counts.periods))],
        [counts.figure(one, 0, [pk]) for one in _of_index() for pk in over.agencies],
    )


def _floor(over: Scope) -> dict[Cell, int]:
    """One grouped question over the records for each quantity, by agency and month (or by agency and the day it is valid on)."""
    periods, found = _periods(), defaultdict(int)
    wanted = {one.quantity if isinstance(one, AgenciesWith) else one for m in _counted() for one in m.countables}
    in_parts = {one.code for m in _counted() if m.parts for one in m.countables if isinstance(one, Quantity)}
    for quantity in wanted:
        if not isinstance(quantity, Quantity):
            continue
        if quantity.distinct:
            cells = _distinct(quantity, periods, over)
        elif quantity.source.alive:
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


def _distinct(quantity: Quantity, periods: list[Period], over: Scope) -> list[tuple[int, int, str, int]]:
    """Different ones cannot be added up: one question a period."""
    return [
        (no, row["the_agency"], "", row["n"])
        for no, period in enumerate(periods)
        for row in rows_of(quantity, period, over.ids).order_by().annotate(the_agency=F(quantity.source.agency))
        .values("the_agency").annotate(n=Count(quantity.distinct, distinct=True))
    ]  # fmt: skip


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
    return [(no, agency, part, n) for agency, at, part, n in rows for no in places.get(at.date(), ())]


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


def _by_source(over: Scope) -> None:
    """The quickest that plain counting can be: one question for each source, all its quantities at once, by agency and month."""
    periods = _periods()
    edges = start_of_day(min(one.start for one in periods)), start_of_day(max(one.end for one in periods))
    for source in rules.sources().values():
        of_source = tallied(source)
        if not of_source:
            continue
        rows = source.rows().filter(**{f"{source.at}__gte": edges[0], f"{source.at}__lt": edges[1]})
        rows = rows.filter(**{f"{source.agency}__in": over.ids}).order_by()
        month = TruncMonth(source.at, tzinfo=VIETNAM)
        rows = rows.annotate(the_agency=F(source.agency), the_month=month)
        counts = {f"q{place}": one.amount or Count("pk", filter=one.where) for place, one in enumerate(of_source)}
        list(rows.values_list("the_agency", "the_month").annotate(**counts))


def province_page(size: Size, say) -> list[Result]:
    """The page beside plain counting in the same minute; every figure of the province and of each agency is equal."""
    measures_ground.use(size.large, say)
    over = scope(PROVINCE)
    ours, floor, at_once = [], [], []
    for turn in range(4):
        took = [timed(_ours) for _ in range(3)]
        kept: dict[Cell, int] = {}
        again = timed(lambda kept=kept: kept.update(_floor(over)))
        quickest = timed(lambda: _by_source(over))
        if turn:
            ours += took
            floor.append(again)
            at_once.append(quickest)
    shown = _compare(kept, over)
    note = f"{shown} figures, equal; {measures_ground.documents(size.large):,} documents, {measures_ground.dossiers(size.large):,} dossiers"
    mine, many, few = (median(times) * 1000 for times in (ours, floor, at_once))
    return [
        duration("province_page", mine, many, 50, "ms", len(ours), note),
        duration(
            "province_page_by_source", mine, few, 50, "ms", len(ours), "floor: one question a source, nothing compared"
        ),
    ]


def _compare(kept: dict[Cell, int], over: Scope) -> int:
    """Every measure in every period, for the province and for each agency in the year: how many figures were equal."""
    sums: dict[tuple[int, str, int | None, str | None], int] = defaultdict(int)
    some: dict[tuple[int, str, int | None], set[int]] = defaultdict(set)
    for (no, quantity, agency, part), n in kept.items():
        for whose in (None, agency):
            sums[no, quantity, whose, part] += n
            sums[no, quantity, whose, None] += n
            if n > 0:
                some[no, quantity, whose].add(agency)

    def plain(what: Any, no: int, agency: int | None, parts: tuple[str, ...]) -> int | None:
        if isinstance(what, AgenciesWith):
            return len(some[no, what.quantity.code, agency])
        return sum(sums[no, what.code, agency, part] for part in parts or (None,))

    counts, shown = _ours().counts, 0
    latest = next(no for no, one in enumerate(counts.periods) if one.start <= _today().start < one.end)
    asked = [(no, None) for no in range(len(counts.periods))] + [(0, pk) for pk in over.agencies]
    for measure in _counted():
        for no, agency in asked:
            figure = counts.figure(measure, no, None if agency is None else [agency])
            for what, n in ((measure.over, figure.over), (measure.under, figure.under)):
                if what is None or isinstance(what, Agencies):
                    continue
                if isinstance(what, Quantity) and what.how == How.NOW and no != latest:
                    continue
                if n != plain(what, no, agency, measure.parts):
                    raise RuntimeError(f"{measure.code} {figure.period.code} {agency}: {n} is not what counting gives")
            shown += 1
    tallied = [one.code for one in rules.quantities() if one.how == How.TALLIED]
    if sum(bool(sums[0, code, None, None]) for code in tallied) < len(tallied) * 3 // 4:
        raise RuntimeError("the installation holds too little to be counted")
    return shown


def measures_growth(size: Size, say) -> list[Result]:
    """The page at ten times the records, in turn; each time a document was registered just before."""
    scales = (size.large // 10, size.large)
    found: dict[int, list[float]] = {scale: [] for scale in scales}
    numbers = count_up(int(time() * 1000))
    for scale in scales:
        measures_ground.use(scale, say)
        _vacuum()
    for _ in range(size.rounds):
        for scale in scales:
            measures_ground.use(scale, say)
            (clerk,) = ground.actors("clerk", 1)
            _ours()
            for _turn in range(3):
                register_incoming._enter(next(numbers), clerk, ground.now())
                found[scale].append(timed(_ours))
    small, large = (quickest_quarter(found[scale]) * 1000 for scale in scales)
    note = f"{size.large:,} against {size.large // 10:,}"
    return [growth("measures_growth", large, small, 1.3, "ms", 3 * size.rounds, note)]


def _vacuum() -> None:
    """What the database does by itself a while after a load."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE measures_tally")


def measures_cost(size: Size, say) -> list[Result]:
    """Acts with the triggers that notice changes and without them, in turn in one run."""
    measures_ground.use(size.small, say)
    (clerk,), desk, now = ground.actors("clerk", 1), dossier_ground.seat("desk"), ground.now()
    others = Agency.objects.filter(is_here=True, tier=Tier.COMMUNE).exclude(pk=clerk.agency_id).order_by("pk")
    receivers, first = list(others.values_list("pk", flat=True)[: issue.RECEIVERS]), int(time() * 1000)
    numbers = count_up(first)

    def issued() -> float:
        row = issue._registered(clerk)
        return timed(lambda: issue._issue(row, receivers, clerk))

    acts = {
        "register_incoming": (40, lambda: timed(lambda: register_incoming._enter(next(numbers), clerk, now))),
        "issue_256": (8, issued),
        "dossier_receive": (20, lambda: timed(lambda: dossiers._received(desk, next(numbers)))),
    }
    found = []
    for name, (times, act) in acts.items():
        took: dict[str, list[float]] = {"ENABLE": [], "DISABLE": []}
        for turn in range(2 * size.rounds):
            for how in sorted(took, reverse=bool(turn % 2)):
                _switch(how)
                act()  # the tables' plans are made anew after a switch
                took[how] += [act() for _ in range(times)]
        noticed, plain = (quickest_quarter(took[how]) * 1000 for how in ("ENABLE", "DISABLE"))
        _switch("ENABLE")
        runs, note = len(took["ENABLE"]), f"{(noticed / plain - 1) * 100:+.1f} %"
        found.append(growth(f"measures_cost {name}", noticed, plain, 1.1, "ms", runs, note))
    return found


def _switch(how: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            r"SELECT tgrelid::regclass::text, tgname FROM pg_trigger WHERE NOT tgisinternal AND tgname LIKE 'touch\_%'"
        )
        for table, name in cursor.fetchall():
            cursor.execute(f"ALTER TABLE {table} {how} TRIGGER {name}")


def measures_settle(size: Size, say) -> list[Result]:
    """Counting again after a thousand acts of a day, and a whole year anew, in the large installation."""
    measures_ground.use(size.large, say)
    clerks, desks, numbers = ground.actors("clerk"), ground.actors("desk"), count_up(int(time() * 1000))
    settle()
    for turn in range(ACTS // 2):
        register_incoming._enter(next(numbers), clerks[turn % len(clerks)], ground.now())
        dossiers._received(desks[turn % len(desks)], next(numbers))
    cells: list[int] = []
    took = timed(lambda: cells.append(settle()))
    (page,) = [timed(_ours)]
    year = rules.year_of(ground.today())
    anew = timed(lambda: rebuild(year.start, year.end))
    _vacuum()
    return [
        reported(
            "measures_settle",
            took * 1000,
            "ms",
            1,
            f"{ACTS:,} acts, {cells[0]} days of agencies; the page after it {page * 1000:.0f} ms",
        ),
        reported("measures_rebuild", anew, "s", 1, f"a year of {size.large:,}"),
    ]
