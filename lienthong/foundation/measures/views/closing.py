"""Closing periods, correcting beside what was closed, figures typed in, publication."""

from datetime import date
from decimal import Decimal
from urllib.parse import quote

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST

from lienthong.foundation.access.rules import require
from lienthong.foundation.files.actions.store import store
from lienthong.foundation.files.queries import open_content
from lienthong.foundation.measures import forms, rules
from lienthong.foundation.measures.actions.close_period import close_period, restate
from lienthong.foundation.measures.actions.publish import publish
from lienthong.foundation.measures.actions.type_figure import type_figure
from lienthong.foundation.measures.models import TypedFigure
from lienthong.foundation.measures.queries import readings
from lienthong.foundation.measures.terms import Unit
from lienthong.foundation.measures.views.asked import asked_in, label_of, measure_or_404
from lienthong.foundation.organizations.queries import reached
from lienthong.web.act_page import act_page
from lienthong.web.clock import now, today
from lienthong.web.request import Request


def _periods_over(day: date) -> list[tuple[str, str]]:
    """Months, quarters and years that are over, latest first."""
    found = [one for one in reversed(rules.months_up_to(day, 13)) if one.end <= day]
    for year in (day.year, day.year - 1):
        found += [one for no in (4, 3, 2, 1) if (one := rules.parse_period(f"{year}-Q{no}")).end <= day]
        found += [one for one in (rules.parse_period(f"{year}"),) if one.end <= day]
    return [(one.code, label_of(one)) for one in found]


def closing(request: Request) -> HttpResponse:
    """What was closed, and the button that closes the next."""
    viewer = request.actor
    require(viewer, "measures.close", agency_id=viewer.agency_id)
    closed = readings.closed_periods()
    codes = {one.period.code for one in closed}
    offered = [(code, label) for code, label in _periods_over(today()) if code not in codes]
    form = forms.CloseForm(request.POST or None, periods=offered)
    return act_page(
        request, form=form, title=_("Khóa sổ số liệu"), submit=_("Khóa sổ kỳ này"), back=reverse("measures:closing"),
        about=_("Giữ mọi số của kỳ như đang đếm lúc này, cho toàn tỉnh và từng cơ quan, kèm mã băm của danh sách bản ghi. Số đã khóa không đổi; thay đổi về sau được đính chính bên cạnh."),
        said=lambda made: _("Đã khóa sổ {n} số.").format(n=made),
        do=lambda data: close_period(period=rules.parse_period(data["period"]), actor=viewer, now=now()),
        template="measures/closing.html", closed=[(one, label_of(one.period)) for one in closed],
    )  # fmt: skip


def correct(request: Request, period: str) -> HttpResponse:
    """Correct a closed period beside its figures."""
    viewer = request.actor
    require(viewer, "measures.close", agency_id=viewer.agency_id)
    try:
        chosen = rules.parse_period(period)
    except rules.Refused:
        raise Http404 from None
    return act_page(
        request, form=forms.RestateForm(request.POST or None), title=_("Đính chính {period}").format(period=label_of(chosen)),
        submit=_("Đính chính"), back=reverse("measures:closing"),
        about=_("Đếm lại mọi số của kỳ; số nào khác số đã khóa thì ghi thêm bên cạnh, số cũ vẫn đọc được."),
        said=lambda made: _("Đã đính chính {n} số.").format(n=made),
        do=lambda data: restate(period=chosen, reason=data["reason"], actor=viewer, now=now()),
    )  # fmt: skip


def type_one(request: Request, code: str) -> HttpResponse:
    """Type a figure that only people know."""
    viewer, measure = request.actor, measure_or_404(code)
    require(viewer, "measures.type", agency_id=viewer.agency_id)
    if not measure.typed:
        raise Http404
    asked = asked_in(request.GET)
    agencies = [(one.pk, one.name) for one in reached(viewer, "measures.type")] or [
        (viewer.agency_id, viewer.agency_name)
    ]
    periods = [(one.code, label_of(one)) for one in reversed(rules.months_up_to(asked.day, 13))]
    periods += [(one.code, label_of(one)) for one in (rules.year_of(asked.day), rules.year_of(asked.day).before())]
    if asked.period.code not in dict(periods):
        periods.insert(0, (asked.period.code, label_of(asked.period)))
    form = forms.TypeForm(
        request.POST or None, request.FILES or None, agencies=agencies, periods=periods,
        initial={"period": asked.period.code, "agency": viewer.agency_id},
    )  # fmt: skip

    def keep(data: dict) -> TypedFigure:
        upload, at = data["source"], now()
        stored = store(stream=upload, name=upload.name, now=at) if upload else None
        return type_figure(
            measure=measure.code, agency_id=data["agency"], period=rules.parse_period(data["period"]),
            value=Decimal(data["value"]), stored=stored, file_name=upload.name if upload else "", note=data["note"],
            actor=viewer, now=at,
        )  # fmt: skip

    unit = " (%)" if measure.unit == Unit.PERCENT else ""
    form.fields["value"].label = f"{pgettext('số liệu', 'Giá trị')}{unit}"
    return act_page(
        request, form=form, title=_("Nhập số: {label}").format(label=_(measure.label)), submit=_("Ghi số"), do=keep,
        about=_(measure.note), said=_("Đã ghi số kèm nguồn."),
        back=f"{reverse('measures:figure', args=[measure.code])}?{asked.query}",
    )  # fmt: skip


def source(request: Request, pk: int) -> FileResponse:
    """The paper that a typed figure comes from."""
    viewer = request.actor
    require(viewer, "measures.read", agency_id=viewer.agency_id)
    try:
        row = readings.typed_figure(pk)
    except TypedFigure.DoesNotExist:
        raise Http404 from None
    response = FileResponse(open_content(row.stored), content_type="application/octet-stream")
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(row.file_name)}"
    response["Cache-Control"] = "private, no-store"
    return response


def publication(request: Request) -> HttpResponse:
    """Which measures everybody may see."""
    viewer = request.actor
    require(viewer, "measures.publish", agency_id=viewer.agency_id)
    shown = readings.published()
    return render(
        request,
        "measures/publication.html",
        {"lines": [(one, one.code in shown) for one in rules.measures() if not one.typed]},
    )


@require_POST
def publish_one(request: Request, code: str) -> HttpResponse:
    """Show or hide one measure."""
    measure = measure_or_404(code)
    shown = request.POST.get("cong-bo") == "1"
    publish(measure=measure.code, shown=shown, actor=request.actor, now=now())
    messages.success(request, _("Đã công bố.") if shown else _("Đã thôi công bố."))
    return redirect("measures:publication")
