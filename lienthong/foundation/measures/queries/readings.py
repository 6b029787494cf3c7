"""Figures that were closed, and figures that people typed in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import Count

from lienthong.foundation.measures.models import Publication, Reading, TypedFigure
from lienthong.foundation.measures.queries.scopes import PROVINCE, Scope
from lienthong.foundation.measures.rules import Period


@dataclass(frozen=True, slots=True)
class Closed:
    """One closing or correction of a period."""

    period: Period
    at: datetime
    by: str
    figures: int
    reason: str


def reading(measure: str, period: Period, scope: Scope) -> Reading | None:
    """What the measure was when the period was closed, the latest restatement first in its chain; None while it is open."""
    if scope.code != PROVINCE and scope.agency is None:
        return None
    rows = Reading.objects.filter(measure=measure, start=period.start, end=period.end, agency=scope.agency)
    return rows.select_related("restates").order_by("-closed_at", "-id").first()


def typed_figures(measure: str, scope: Scope, period: Period) -> list[TypedFigure]:
    """What agencies of the scope typed in for the period, later ones first."""
    rows = TypedFigure.objects.filter(
        measure=measure, agency__in=scope.ids, start__lte=period.start, end__gte=period.end
    )
    return list(rows.select_related("agency", "stored").order_by("replaced_by_id", "agency__sort_key", "-at"))


def typed_values(measures: Sequence[str], periods: Sequence[Period], scope: Scope) -> dict[tuple[str, int], Decimal]:
    """(measure, place of the period) → the mean of what agencies typed in for exactly that period. One question."""
    rows = TypedFigure.objects.filter(measure__in=measures, agency__in=scope.ids, replaced_by__isnull=True)
    places = {(one.start, one.end): no for no, one in enumerate(periods)}
    found: dict[tuple[str, int], list[Decimal]] = {}
    for measure, start, end, value in rows.values_list("measure", "start", "end", "value"):
        if (start, end) in places:
            found.setdefault((measure, places[start, end]), []).append(value)
    return {key: sum(values, Decimal(0)) / len(values) for key, values in found.items()}


def typed_by_agency(measures: Sequence[str], period: Period, scope: Scope) -> dict[tuple[str, int], Decimal]:
    """(measure, agency) → what the agency typed in for exactly that period."""
    rows = TypedFigure.objects.filter(
        measure__in=measures, agency__in=scope.ids, replaced_by__isnull=True, start=period.start, end=period.end
    )
    return {(code, agency): value for code, agency, value in rows.values_list("measure", "agency_id", "value")}


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


def typed_within(measures: Sequence[str], period: Period, scope: Scope) -> dict[str, Decimal]:
    """Measure → the mean of the latest that each agency typed in for a period inside this one."""
    rows = TypedFigure.objects.filter(
        measure__in=measures,
        agency__in=scope.ids,
        replaced_by__isnull=True,
        start__gte=period.start,
        end__lte=period.end,
    )
    latest: dict[tuple[str, int], Decimal] = {}
    for measure, agency, value in rows.order_by("end", "at").values_list("measure", "agency_id", "value"):
        latest[measure, agency] = value
    found: dict[str, list[Decimal]] = {}
    for (measure, _agency), value in latest.items():
        found.setdefault(measure, []).append(value)
    return {measure: sum(values, Decimal(0)) / len(values) for measure, values in found.items()}
