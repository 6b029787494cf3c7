"""Published indicators, for everybody: a page and the same as JSON. Only counts, of the province and of agencies."""

from dataclasses import replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from lienthong.foundation.measures import rules
from lienthong.foundation.measures.actions.settle import settle
from lienthong.foundation.measures.queries import readings
from lienthong.foundation.measures.queries.figures import count
from lienthong.foundation.measures.terms import GROUP_LABELS, Measure
from lienthong.foundation.measures.views.asked import asked_in, choices, label_of, not_understood
from lienthong.foundation.measures.views.download import as_json, counted
from lienthong.foundation.measures.views.figures import bars


def _shown() -> list[Measure]:
    published = readings.published()
    return [one for one in rules.measures() if one.code in published and not one.typed]


def indicators(request: HttpRequest) -> HttpResponse:
    """What the province publishes of itself."""
    settle()
    asked, measures = asked_in(request.GET), _shown()
    periods = [asked.period, asked.period.before(), *asked.months]
    counts = count(measures, periods, asked.scope, asked.open_period)
    lines = [
        {
            "measure": one, "figure": counts.figure(one, 0), "before": counts.figure(one, 1), "group": _(GROUP_LABELS[one.group]),
            "bars": bars([counts.figure(one, no) for no in range(2, len(periods))]),
        }
        for one in measures
    ]  # fmt: skip
    context = {**choices(asked, None), "lines": lines, "before": label_of(periods[1])}
    return render(request, "measures/public.html", context)


def indicators_json(request: HttpRequest) -> JsonResponse:
    """All published indicators of the scope and period."""
    settle()
    asked, measures = asked_in(request.GET), _shown()
    if asked.wrong:
        return _open(not_understood(asked))
    counts = count(measures, [asked.period], asked.scope, asked.open_period)
    return _json({"indicators": [as_json([counts.figure(one, 0)], [], asked) for one in measures]})


def indicator_json(request: HttpRequest, code: str) -> JsonResponse:
    """One published indicator with its months and agencies; 404 for one that is not published."""
    measure = next((one for one in _shown() if one.code == code), None)
    if measure is None:
        raise Http404
    settle()
    asked = asked_in(request.GET)
    if asked.wrong:
        return _open(not_understood(asked))
    return _json(as_json(*counted(measure, replace(asked, part="")), asked))


def _json(content: dict[str, Any]) -> JsonResponse:
    return _open(JsonResponse(content, json_dumps_params={"ensure_ascii": False}))


def _open(response: JsonResponse) -> JsonResponse:
    response["Access-Control-Allow-Origin"] = "*"  # published figures may be shown on any site
    return response
