"""Pages of figures: all of them, one of them, the records behind it, what it means."""

import re
from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from lienthong.foundation.access.rules import require
from lienthong.foundation.measures import rules
from lienthong.foundation.measures.actions.settle import settle
from lienthong.foundation.measures.queries import definitions, readings
from lienthong.foundation.measures.queries.figures import Counts, Figure, count
from lienthong.foundation.measures.queries.records import records as records_behind
from lienthong.foundation.measures.terms import GROUP_LABELS, AgenciesWith, Group, Measure, Quantity, Unit
from lienthong.foundation.measures.views.asked import (
    Asked,
    asked_in,
    choices,
    known_parts,
    label_of,
    measure_or_404,
    part_label_of,
    quantity_of,
)
from lienthong.foundation.organizations.terms import Tier
from lienthong.web import chart
from lienthong.web.fields import number_in, text_in
from lienthong.web.request import Request

MANY_COMMUNES = 8  # fewer are seen as quickly in the table
_SHORT = re.compile(r"^(Ủy ban nhân dân|UBND)\s+(xã|phường|thị trấn|đặc khu)\s+", re.IGNORECASE)


def figures(request: Request) -> HttpResponse:
    """Every measure in the chosen scope and period, beside the period before and the same of the year before."""
    viewer = request.actor
    require(viewer, "measures.read", agency_id=viewer.agency_id)
    settle()
    asked = asked_in(request.GET)
    measures = rules.measures()
    periods = [asked.period, asked.period.before(), asked.period.year_before(), *asked.months]
    counts = count(measures, periods, asked.scope, asked.open_period)
    ends = min(one.start for one in periods[:3]), max(one.end for one in periods[:3])
    typed = readings.typed(measures, asked.scope, *ends)
    groups = [
        (_(GROUP_LABELS[group]), [_line(one, counts, typed) for one in measures if one.group == group])
        for group in Group
        if any(one.group == group for one in measures)
    ]
    context = {
        **choices(asked, _own(request)), "groups": groups, "before": label_of(periods[1]), "year_before": label_of(periods[2]),
        "indexes": rules.indexes(),
    }  # fmt: skip
    return render(request, "measures/figures.html", context)


def _own(request: Request) -> tuple[int, str] | None:
    actor = request.actor
    return (actor.agency_id, actor.agency_name) if actor.agency_id else None


def _line(measure: Measure, counts: Counts, typed: readings.Typed) -> dict[str, Any]:
    if measure.typed:
        values = [typed.of(measure, counts.periods[no]) for no in range(3)]
        return {"measure": measure, "value": values[0], "before": values[1], "year_before": values[2], "bars": []}
    shown: list[Figure] = [counts.figure(measure, no) for no in range(3)]
    return {
        "measure": measure, "figure": shown[0], "value": shown[0].value, "before": shown[1].value,
        "year_before": shown[2].value, "bars": bars([counts.figure(measure, no) for no in range(3, len(counts.periods))]),
    }  # fmt: skip


def bars(shown: list[Figure]) -> list[dict[str, Any]]:
    """A chart of these figures: where each bar stands and what it says."""
    drawn = chart.bars([one.value for one in shown], share=bool(shown) and shown[0].measure.unit == Unit.PERCENT)
    return [
        {**bar, "figure": one, "value": one.value, "label": label_of(one.period), "period": one.period.code}
        for one, bar in zip(shown, drawn, strict=True)
    ]  # fmt: skip


def figure(request: Request, code: str) -> HttpResponse:
    """One measure: the value, the months, who brings how much, what was closed and what was typed in."""
    viewer = request.actor
    require(viewer, "measures.read", agency_id=viewer.agency_id)
    settle()
    measure, asked = measure_or_404(code), asked_in(request.GET)
    periods = [asked.period, asked.period.before(), asked.period.year_before(), *asked.months]
    counts = count([measure], periods, asked.scope, asked.open_period)
    quantity = quantity_of(measure)
    asked = known_parts(asked, measure, counts.parts_of(quantity, 0))
    shown = [counts.figure(measure, no, None, asked.parts) for no in range(len(periods))]
    ranked = _ranked(measure, counts, asked) if len(asked.scope.agencies) > 1 and not measure.typed else []
    parts = _parts(measure, counts) if not measure.typed else []
    context = {
        **choices(asked, _own(request)), "measure": measure, "figure": shown[0], "before": shown[1], "year_before": shown[2],
        "before_label": label_of(periods[1]), "year_before_label": label_of(periods[2]), "bars": bars(shown[3:]),
        "ranked": ranked, "tiles": _tiles(measure, ranked), "parts": parts, "part_label": part_label_of(measure, asked.parts),
        "opens_over": _opens(measure.over), "opens_under": _opens(measure.under),
        "reading": readings.reading(measure.code, asked.period, asked.scope), "group": _(GROUP_LABELS[measure.group]),
        "typed": readings.typed_figures(measure.code, asked.scope, asked.period) if measure.typed else [],
    }  # fmt: skip
    return render(request, "measures/figure.html", context)


def _opens(what: object) -> bool:
    return isinstance(what, Quantity | AgenciesWith)


def _ranked(measure: Measure, counts: Counts, asked: Asked) -> list[dict[str, Any]]:
    """Agencies by value, the best first; those without a value after them."""
    lines: list[dict[str, Any]] = []
    for pk, agency in asked.scope.agencies.items():
        if isinstance(measure.over, AgenciesWith) and measure.under and not counts.of(measure.under, 0, [pk]):
            continue  # not asked for: of another tier, or not there in the period
        found = counts.figure(measure, 0, [pk], asked.parts)
        if found.over or found.under:
            lines.append({"agency": agency, "figure": found, "before": counts.figure(measure, 1, [pk], asked.parts)})
    sign = -1 if measure.higher else 1
    lines.sort(
        key=lambda line: (line["figure"].value is None, sign * (line["figure"].value or 0), line["agency"].sort_key)
    )
    return placed(lines, lambda line: line["figure"].value)


def placed(lines: list[dict[str, Any]], worth: Callable[[dict[str, Any]], Any]) -> list[dict[str, Any]]:
    """The sorted lines with their `place`: those of equal worth share one, the next counts all before it; None has none."""
    for at, line in enumerate(lines):
        same = at and worth(lines[at - 1]) == worth(line)
        line["place"] = None if worth(line) is None else lines[at - 1]["place"] if same else at + 1
    return lines


def _tiles(measure: Measure, ranked: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Communes as tiles in the order of their names, five shades by share: where many are compared, a picture answers quicker."""
    communes = [line for line in ranked if line["agency"].tier == Tier.COMMUNE and line["figure"].value is not None]
    if measure.unit != Unit.PERCENT or len(communes) < MANY_COMMUNES:
        return []
    return [
        {
            "agency": line["agency"], "name": _SHORT.sub("", line["agency"].name), "value": line["figure"].value,
            "shade": min(4, int(line["figure"].value // 20)),
        }
        for line in sorted(communes, key=lambda line: line["agency"].sort_key)
    ]  # fmt: skip


def _parts(measure: Measure, counts: Counts) -> list[tuple[str, str, Figure]]:
    quantity = quantity_of(measure)
    if quantity is None or quantity.source.part is None or measure.parts:
        return []
    labels = quantity.source.part_labels()
    found = [
        (part, _(labels[part]) if part in labels else part, counts.figure(measure, 0, None, (part,)))
        for part in counts.parts_of(quantity, 0)
        if part
    ]
    return sorted(found, key=lambda line: -(line[2].under or line[2].over or 0))


def records(request: Request, code: str) -> HttpResponse:
    """The records behind a figure, filtered as they were counted; those who may not read them see how many."""
    viewer = request.actor
    require(viewer, "measures.read", agency_id=viewer.agency_id)
    measure, asked = measure_or_404(code), asked_in(request.GET)
    under = text_in(request.GET, "phia", 5) == "mau"
    what = measure.under if under else measure.over
    quantity = what.quantity if isinstance(what, AgenciesWith) else what
    number = number_in(request.GET, "trang") or 1
    found = None
    if isinstance(quantity, Quantity) and quantity.source.line is not None:
        found = records_behind(viewer, quantity, asked.period, asked.scope.ids, asked.parts or measure.parts, number)
    context = {
        "measure": measure, "asked": asked, "page": found, "under": under, "words": measure.denominator if under else measure.numerator,
        "period_label": label_of(asked.period), "quantity": quantity, "part_label": part_label_of(measure, asked.parts),
        "agencies": _agencies_counted(measure, asked) if found and isinstance(what, AgenciesWith) else None,
    }  # fmt: skip
    return render(request, "measures/records.html", context)


def _agencies_counted(measure: Measure, asked: Asked) -> int | None:
    """How many agencies the records belong to, where the figure counts agencies and not records."""
    return count([measure], [asked.period], asked.scope, asked.open_period).figure(measure, 0, None, asked.parts).over


def definition(request: Request, code: str) -> HttpResponse:
    """What a measure counts: numerator and denominator in words and as the query, since when, its versions."""
    viewer = request.actor
    require(viewer, "measures.read", agency_id=viewer.agency_id)
    measure = measure_or_404(code)
    context = {
        "measure": measure, "over_query": definitions.query_of(measure.over), "under_query": definitions.query_of(measure.under),
        "history": definitions.history(measure), "group": _(GROUP_LABELS[measure.group]),
    }  # fmt: skip
    return render(request, "measures/definition.html", context)
