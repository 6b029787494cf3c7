"""A figure as XLSX, CSV or JSON: the months and the agencies, with numerator and denominator."""

import csv
import io
from typing import Any

from django.http import Http404, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from lienthong.foundation.access.rules import require
from lienthong.foundation.measures.actions.settle import settle
from lienthong.foundation.measures.queries.figures import Figure, count
from lienthong.foundation.measures.terms import Measure
from lienthong.foundation.measures.views.asked import (
    Asked,
    asked_in,
    known_parts,
    label_of,
    measure_or_404,
    not_understood,
)
from lienthong.web import sheet
from lienthong.web.request import Request
from lienthong.web.sheet import xlsx

_WIDTHS = (24, 44, 12, 12, 12)


def download(request: Request, code: str, kind: str) -> HttpResponse:
    """What the page of the figure shows, as a file."""
    viewer = request.actor
    require(viewer, "measures.read", agency_id=viewer.agency_id)
    settle()
    measure, asked = measure_or_404(code), asked_in(request.GET)
    if measure.typed or kind not in {"xlsx", "csv", "json"}:
        raise Http404
    asked = known_parts(asked, measure)
    if asked.wrong:
        return not_understood(asked)
    by_period, by_agency = counted(measure, asked)
    if kind == "json":
        return JsonResponse(as_json(by_period, by_agency, asked), json_dumps_params={"ensure_ascii": False})
    rows = [[_("Kỳ"), pgettext("số liệu", "Cơ quan"), pgettext("số liệu", "Giá trị"), _("Tử số"), _("Mẫu số")]]
    rows += [[label_of(one.period), _(asked.scope.label), *_cells(one)] for one in by_period]
    rows += [[label_of(asked.period), name, *_cells(one)] for name, one in by_agency]
    name = f"{code}-{asked.period.code}-{asked.scope.code}.{kind}".replace("..", "_")
    if kind == "csv":
        text = io.StringIO()
        csv.writer(text).writerows(rows)
        return _file(text.getvalue().encode("utf-8-sig"), "text/csv; charset=utf-8", name)
    return _file(xlsx(code, rows[0], rows[1:], _WIDTHS), sheet.TYPE, name)


def counted(measure: Measure, asked: Asked) -> tuple[list[Figure], list[tuple[str, Figure]]]:
    """The figure of the period and of the twelve months, and of each agency (by name) that has anything."""
    periods = [asked.period, *asked.months]
    counts = count([measure], periods, asked.scope, asked.open_period)
    by_period = [counts.figure(measure, no, None, asked.parts) for no in range(len(periods))]
    agencies = asked.scope.agencies.items()
    by_agency = [(agency.name, counts.figure(measure, 0, [pk], asked.parts)) for pk, agency in agencies]
    return by_period, [(name, found) for name, found in by_agency if found.over or found.under]


def as_json(by_period: list[Figure], by_agency: list[tuple[str, Figure]], asked: Asked) -> dict[str, Any]:
    """The figure for machines: what it is, its value in the period, the months before, the agencies."""
    measure = by_period[0].measure
    return {
        "code": measure.code, "label": _(measure.label), "unit": measure.unit, "version": measure.version,
        "numerator": _(measure.numerator), "denominator": _(measure.denominator) if measure.denominator else "",
        "scope": {"code": asked.scope.code, "label": _(asked.scope.label)}, **_said(by_period[0]),
        "months": [_said(one) for one in by_period[1:]],
        "agencies": [{"agency": name, **_said(one)} for name, one in by_agency],
    }  # fmt: skip


def _said(one: Figure) -> dict[str, Any]:
    value = None if one.value is None else round(float(one.value), 4)
    return {"period": one.period.code, "value": value, "numerator_count": one.over, "denominator_count": one.under}


def _cells(one: Figure) -> list[Any]:
    return [None if one.value is None else round(float(one.value), 2), one.over, one.under]


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
