"""A published index: points of the scope, of each agency, month by month; every share opens its measure."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render

from lienthong.foundation.access.rules import require
from lienthong.foundation.measures import rules
from lienthong.foundation.measures.actions.settle import settle
from lienthong.foundation.measures.queries import readings
from lienthong.foundation.measures.queries.figures import Counts, count
from lienthong.foundation.measures.rules import Score
from lienthong.foundation.measures.terms import Index, Measure
from lienthong.foundation.measures.views.asked import asked_in, choices, label_of
from lienthong.foundation.measures.views.figures import placed
from lienthong.web.request import Request


def index(request: Request, code: str) -> HttpResponse:
    """The whole index on one page, computed from the counts of one question."""
    viewer = request.actor
    require(viewer, "measures.read", agency_id=viewer.agency_id)
    settle()
    chosen = next((one for one in rules.indexes() if one.code == code), None)
    if chosen is None:
        raise Http404
    asked = asked_in(request.GET)
    periods = [asked.period, *asked.months]
    measures = [rules.measure(one.measure) for group in chosen.groups for one in group.components]
    counts = count(measures, periods, asked.scope, asked.open_period)
    ends = min(one.start for one in periods), max(one.end for one in periods)
    typed = readings.typed(measures, asked.scope, *ends)
    shares = _shares(measures, counts, typed, 0)
    scores = rules.score(chosen, shares)
    context = {
        **choices(asked, (viewer.agency_id, viewer.agency_name)), "index": chosen, "total": whole(scores),
        "groups": [
            (group, score, [_component(one, shares) for one in group.components])
            for group, score in zip(chosen.groups, scores, strict=True)
        ],
        "agencies": _agencies(chosen, measures, counts, typed) if len(asked.scope.agencies) > 1 else [],
        "months": [
            (label_of(period), whole(rules.score(chosen, _shares(measures, counts, typed, no))))
            for no, period in enumerate(periods)
            if no
        ],
    }  # fmt: skip
    return render(request, "measures/index.html", context)


def _shares(
    measures: list[Measure], counts: Counts, typed: readings.Typed, no: int, agencies: list[int] | None = None
) -> dict[str, Any]:
    return {
        one.code: typed.of(one, counts.periods[no], agencies) if one.typed else counts.figure(one, no, agencies).value for one in measures
    }  # fmt: skip


def _component(one: Any, shares: dict[str, Any]) -> dict[str, Any]:
    value = shares.get(one.measure)
    points = None if value is None else one.points * min(value, 100) / 100
    return {
        "label": one.label,
        "measure": one.measure,
        "typed": rules.measure(one.measure).typed,
        "value": value,
        "points": points,
        "most": one.points,
    }


def whole(scores: list[Score]) -> Score:
    """All groups together."""
    return Score(
        sum((one.reached for one in scores), rules.Decimal(0)),
        sum(one.counted for one in scores),
        sum(one.most for one in scores),
    )


def _agencies(chosen: Index, measures: list[Measure], counts: Counts, typed: readings.Typed) -> list[dict[str, Any]]:
    """Agencies that have anything to count, those first that reach the largest part of the points counted at them: what nobody
    counts at an agency neither gives nor takes, in its place as in its points."""
    lines: list[dict[str, Any]] = []
    for pk, agency in counts.scope.agencies.items():
        shares = _shares(measures, counts, typed, 0, [pk])
        if all(share is None for share in shares.values()):
            continue
        scores = rules.score(chosen, shares)
        total = whole(scores)
        part = round(100 * total.reached / total.counted, 1)
        lines.append(
            {"agency": agency, "scores": scores, "reached": total.reached, "counted": total.counted, "part": part}
        )
    lines.sort(key=lambda line: (-line["part"], -line["counted"], line["agency"].sort_key))
    return placed(lines, lambda line: line["part"])
