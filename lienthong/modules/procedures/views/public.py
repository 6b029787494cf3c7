"""The catalogue that everybody may read, without signing in."""

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from lienthong.foundation.organizations import queries as organizations
from lienthong.foundation.organizations.terms import TIER_LABELS as AGENCY_TIERS
from lienthong.foundation.organizations.terms import Tier as AgencyTier
from lienthong.modules.procedures import queries
from lienthong.modules.procedures.models import Case, Component, Method, Procedure, Version
from lienthong.modules.procedures.terms import CHANNEL_LABELS, LEVEL_LABELS, TIER_LABELS, Channel, ServiceLevel, Tier
from lienthong.modules.procedures.views.shown import CHANNELS, fee_lines, money, term
from lienthong.web.clock import today
from lienthong.web.fields import number_in, text_in


def wanted(request: HttpRequest) -> queries.Filter:
    """The filters that stand in the address; what cannot be read filters nothing."""
    tier, level = text_in(request.GET, "cap"), text_in(request.GET, "muc-do")
    return queries.Filter(
        words=text_in(request.GET, "q"),
        field=text_in(request.GET, "linh-vuc", 40),
        tier=tier if tier in set(Tier) else "",
        level=level if level in set(ServiceLevel) else "",
        agency_id=number_in(request.GET, "co-quan"),
    )


def choices() -> dict[str, Any]:
    """What the filters offer."""
    on = today()
    return {
        "fields": queries.fields(on),
        "tiers": [(one.value, TIER_LABELS[one]) for one in Tier],
        "levels": [(one.value, LEVEL_LABELS[one]) for one in ServiceLevel],
        "agencies": queries.agencies_that_decide(on),
    }


def dress(rows: list[Version]) -> None:
    """Give the rows of a list their labels."""
    for row in rows:
        row.tier_labels = [TIER_LABELS[Tier(one)] for one in row.tiers]  # type: ignore[attr-defined]
        row.level_label = LEVEL_LABELS[ServiceLevel(row.service_level)]  # type: ignore[attr-defined]


def page_number(request: HttpRequest) -> int:
    return max(number_in(request.GET, "trang", 100_000) or 1, 1)


@require_safe
def catalogue(request: HttpRequest) -> HttpResponse:
    """Search and filters over the procedures in force today."""
    narrowed = wanted(request)
    page = queries.public_page(today(), narrowed, page_number(request))
    dress(page.rows)
    context = {"page": page, "wanted": narrowed, "owner": organizations.owner_name(today()), **choices()}
    return render(request, "procedures/public_list.html", context)


@require_safe
def one(request: HttpRequest, code: str) -> HttpResponse:
    """A procedure as it is today; `phien-ban` in the address shows an earlier or coming version."""
    on = today()
    try:
        procedure = queries.procedure_by_code(code)
    except Procedure.DoesNotExist:
        raise Http404 from None
    versions = queries.versions_of(procedure.pk)
    number = number_in(request.GET, "phien-ban", 10_000)
    if number is not None:
        shown = next((one for one in versions if one.no == number), None)
    else:
        shown = queries.version_on(procedure.pk, on) or next(iter(versions), None)
    if shown is None:
        raise Http404
    dress([shown])
    context = {
        "version": shown,
        "versions": versions,
        "in_force": shown.valid_from <= on and (shown.valid_to is None or shown.valid_to > on),
        "owner": organizations.owner_name(today()),
        **_content(shown),
        **_where(shown, procedure),
    }
    return render(request, "procedures/public.html", context)


def _content(shown: Version) -> dict[str, Any]:
    ways, fees, cases = queries.methods(shown.pk), queries.fees(shown.pk), queries.cases(shown.pk)
    papers: dict[int, list[Component]] = {}
    for paper in queries.components(case.pk for case in cases):
        papers.setdefault(paper.case_id, []).append(paper)
    for case in cases:
        case.term = term(case.amount, case.unit) if case.amount is not None else ""  # type: ignore[attr-defined]
        own = papers.get(case.pk, [])
        case.groups = [(head, list(some)) for head, some in groupby(own, key=lambda paper: paper.heading)]  # type: ignore[attr-defined]
    told: dict[tuple[str, str], list[str]] = {}
    for way in ways:
        if way.amount is not None or way.note:
            said = term(way.amount, way.unit) if way.amount is not None else ""
            labels = told.setdefault((said, way.note), [])
            labels.append(CHANNEL_LABELS[Channel(way.channel)])
    laws = queries.legal_bases(shown.pk)
    amounts = [fee.amount for fee in fees if fee.amount is not None]
    return {
        "told_ways": [(labels, said, note) for (said, note), labels in told.items()],
        "cases": cases,
        "fee_lines": fee_lines(fees),
        "fee_channels": [CHANNEL_LABELS[one] for one in CHANNELS],
        "fee_range": tuple(money(one) for one in sorted({min(amounts), max(amounts)})) if amounts else (),
        "free": bool(amounts) and not any(amounts) and not any(fee.note for fee in fees),
        "terms": _terms(cases) or _terms(ways),
        "channels": [CHANNEL_LABELS[one] for one in CHANNELS if any(way.channel == one for way in ways)],
        "stages": queries.stages(shown.pk),
        "laws": laws[:5],
        "more_laws": laws[5:],
        "results": queries.results(shown.pk),
    }


def _terms(rows: Iterable[Case | Method]) -> list[str]:
    """The different times of cases or ways in their order; what only words say is left out."""
    return list(dict.fromkeys(term(row.amount, row.unit) for row in rows if row.amount is not None))


def _where(shown: Version, procedure: Procedure) -> dict[str, Any]:
    deciders = queries.deciders(procedure.pk, today())
    tiers = [
        (AGENCY_TIERS[AgencyTier(tier)], list(some)) for tier, some in groupby(deciders, key=lambda agency: agency.tier)
    ]
    return {"deciders": deciders, "decider_tiers": tiers}
