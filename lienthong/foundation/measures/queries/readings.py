"""Figures that were closed, and figures that people typed in."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db.models import Count

from lienthong.foundation.measures import rules
from lienthong.foundation.measures.models import Publication, Reading, TypedFigure
from lienthong.foundation.measures.queries.scopes import PROVINCE, Scope
from lienthong.foundation.measures.rules import Period
from lienthong.foundation.measures.terms import Measure


@dataclass(frozen=True, slots=True)
class Closed:
    """One closing or correction of a period."""

    period: Period
    at: datetime
    by: str
    figures: int
    reason: str


def reading(measure: str, period: Period, scope: Scope) -> Reading | None:
    """What the measure was when the period was closed, the latest restatement; None while it is open, and for scopes of several
    agencies: figures are closed for the province and for each agency alone."""
    if scope.code != PROVINCE and (scope.agency is None or len(scope.agencies) > 1):
        return None
    rows = Reading.objects.filter(measure=measure, start=period.start, end=period.end, agency=scope.agency)
    return rows.select_related("restates").order_by("-closed_at", "-id").first()


def typed_figures(measure: str, scope: Scope, period: Period) -> list[TypedFigure]:
    """What agencies of the scope typed in for the period, later ones first."""
    rows = TypedFigure.objects.filter(
        measure=measure, agency__in=scope.ids, start__lte=period.start, end__gte=period.end
    )
    return list(rows.select_related("agency", "stored").order_by("replaced_by_id", "agency__sort_key", "-at"))


class Typed:
    """What agencies typed in, by measure, period and agency: read once, asked many times."""

    def __init__(self, rows: Iterable[tuple[str, date, date, int, Decimal]]) -> None:
        """`rows` are (measure, first day, day after the last, agency, value)."""
        self._by: dict[str, dict[Period, dict[int, Decimal]]] = defaultdict(lambda: defaultdict(dict))
        for measure, start, end, agency, value in rows:
            self._by[measure][Period(start, end)][agency] = value

    def of(self, measure: Measure, period: Period, agencies: Collection[int] | None = None) -> Decimal | None:
        """What was typed for exactly that period, of these agencies (all of the scope without)."""
        found = self._by[measure.code].get(period, {})
        return rules.typed_value(measure, [value for pk, value in found.items() if agencies is None or pk in agencies])

    def latest(self, measure: Measure, within: Period) -> Decimal | None:
        """The same of the latest period inside `within` that each agency typed something for."""
        newest: dict[int, Decimal] = {}
        for period, found in sorted(self._by[measure.code].items(), key=lambda line: line[0].end):
            if within.start <= period.start and period.end <= within.end:
                newest |= found
        return rules.typed_value(measure, list(newest.values()))


def typed(measures: Iterable[Measure], scope: Scope, since: date, until: date) -> Typed:
    """What agencies of the scope typed in for periods from `since` up to, without, `until`. One question; none where nothing is
    typed."""
    codes = [one.code for one in measures if one.typed]
    if not codes:
        return Typed([])
    rows = TypedFigure.objects.filter(
        measure__in=codes, agency__in=scope.ids, replaced_by__isnull=True, start__gte=since, end__lte=until
    )
    return Typed(rows.values_list("measure", "start", "end", "agency_id", "value"))


def typed_figure(pk: int) -> TypedFigure:
    """One typed figure with its source, or TypedFigure.DoesNotExist. Figures and their sources are open to all staff."""
    return TypedFigure.objects.select_related("stored").get(pk=pk)


def closed_periods() -> list[Closed]:
    """The periods that were closed, latest first, with how many figures each keeps."""
    rows = Reading.objects.order_by().values("start", "end", "closed_by_name", "closed_at", "reason")
    counted = rows.annotate(n=Count("pk")).order_by("-start", "end", "closed_at")
    return [
        Closed(Period(row["start"], row["end"]), row["closed_at"], row["closed_by_name"], row["n"], row["reason"])
        for row in counted
    ]


def published() -> set[str]:
    """Codes of the measures that everybody may see."""
    return set(Publication.objects.values_list("measure", flat=True))
