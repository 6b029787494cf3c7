"""Pages of progress reports."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lienthong.foundation.access.rules import allows, require
from lienthong.foundation.access.terms import Seated
from lienthong.foundation.measures import rules as measuring
from lienthong.foundation.measures.actions.settle import settle
from lienthong.foundation.measures.rules import DAY, Period
from lienthong.kit.dates import VIETNAM
from lienthong.kit.refusal import N_, Refused
from lienthong.modules.plans.actions.complete_report import complete_report
from lienthong.modules.plans.actions.make_report import make_report
from lienthong.modules.plans.actions.send_report import send_report
from lienthong.modules.plans.forms import ReportForm, WordsForm
from lienthong.modules.plans.models import Plan, Report
from lienthong.modules.plans.queries import reports
from lienthong.modules.plans.queries.standings import Held, standings
from lienthong.modules.plans.rules import LAGGING, promise_said
from lienthong.modules.plans.terms import STANDING_LABELS, PlanState, Standing
from lienthong.modules.plans.views.obtain import label_of, obtain, page_of
from lienthong.web.act_page import act_page
from lienthong.web.clock import now, today
from lienthong.web.refusal import told
from lienthong.web.request import Request

PLACE = "bao-cao"
MONTHS = 12
SIGNS = {
    Standing.MET: ("done", "check-circle-fill"), Standing.ON_THE_WAY: ("done", "arrow-up-right-circle"),
    Standing.BEHIND: ("today", "exclamation-triangle"), Standing.MISSED: ("late", "exclamation-octagon-fill"),
    Standing.NOT_COUNTED: ("none", "dash"), Standing.NO_VALUE: ("none", "hourglass"),
}  # fmt: skip


def section(viewer: Seated, plan: Plan) -> dict[str, Any]:
    """What plans/reports_section.html shows: the reports, the months of which one can print a report."""
    found = [(one, label_of(one.start, one.end), behind) for one, behind in reports.reports(viewer, plan.pk)]
    if plan.state == PlanState.DRAFT:
        return {"reports": {"rows": found, "months": [], "may": False}}
    may = allows(viewer, reports.REPORT, agency_id=viewer.agency_id) and bool(reports.reporting(viewer, plan))
    return {"reports": {"rows": found, "months": _months(plan, today()), "may": may}}


def _months(plan: Plan, day: date) -> list[tuple[str, str]]:
    """The last months of the plan that have begun, the latest first."""
    last = min(plan.end, day)
    months = [one for one in measuring.months_up_to(last, MONTHS) if one.last >= plan.start and one.start <= last]
    return [(one.code, label_of(one.start, one.last)) for one in reversed(months)]


def make(request: Request, pk: int) -> HttpResponse:
    """Choose agency and period; the system counts the rest."""
    viewer = request.actor
    require(viewer, reports.REPORT, agency_id=viewer.agency_id)
    plan = obtain(request, pk)
    if plan.state == PlanState.DRAFT:
        raise Refused(N_("Kế hoạch chưa có hiệu lực nên chưa có gì để báo cáo."))
    agencies = reports.reporting(viewer, plan)
    if not agencies:
        raise Refused(N_("Kế hoạch này không giao chỉ tiêu, nhiệm vụ nào cho cơ quan này nên không có gì để báo cáo."))
    periods = _periods(plan, today())
    if not periods:
        raise Refused(N_("Kế hoạch chưa bắt đầu nên chưa có kỳ nào để báo cáo."))

    def do(data: dict[str, Any]) -> Report:
        start, end = data["start"], data["end"]
        if not start:
            period = measuring.parse_period(data["period"])
            start, end = period.start, period.last
        return make_report(plan_id=pk, agency_id=data["agency"], start=start, end=end, actor=viewer, now=now())

    return act_page(
        request, form=ReportForm(request.POST or None, agencies=agencies, periods=periods), do=do, title=_("Lập báo cáo tiến độ"),
        submit=_("Lập báo cáo"), back=page_of(pk, PLACE), done=lambda made: reverse("plans:report", args=[pk, made.pk]),
        said=_("Đã đếm số liệu. Viết phần lời rồi gửi."),
        about=_("Hệ thống đếm từng chỉ tiêu và giữ số như lúc lập; cơ quan viết kết quả, nguyên nhân rồi gửi."),
    )  # fmt: skip


def _periods(plan: Plan, day: date) -> list[tuple[str, str]]:
    """Months, quarters, halves and years that the plan touches and that have begun, the latest first."""
    last = min(plan.end, day)
    found: list[Period] = []
    if last >= plan.start:
        found = [one for one in reversed(measuring.months_up_to(last, MONTHS + 1)) if one.last >= plan.start]
        for year in range(last.year, max(plan.start.year, last.year - 2) - 1, -1):
            codes = [f"{year}-Q{no}" for no in (4, 3, 2, 1)] + [f"{year}-H2", f"{year}-H1", f"{year}"]
            whole = [measuring.parse_period(code) for code in codes]
            found += [one for one in whole if one.start <= last and one.last >= plan.start]
    return [(one.code, label_of(one.start, one.last)) for one in found]


def _report(request: Request, pk: int, report_id: int) -> Report:
    obtain(request, pk)
    try:
        return reports.report(request.actor, pk, report_id)
    except Report.DoesNotExist:
        raise Http404 from None


def one(request: Request, pk: int, report_id: int) -> HttpResponse:
    """The figures as they were frozen beside those of today, the words of the agency, what may be done next."""
    row = _report(request, pk, report_id)
    settle()
    lines = reports.lines(row.pk)
    held = {one.target.pk: one for one in standings(row.plan, [line.target for line in lines], today())}
    shown = []
    day = min(row.end, row.made_at.astimezone(VIETNAM).date())
    for line in lines:
        current = held[line.target_id]
        shown.append({
            "line": line, "target": line.target, "promised": promise_said(current.promise, _), "held": current,
            "unit": current.measure.unit if current.measure else "", "measure": current.measure,
            "then": _standing(line.standing), "now": _standing(current.standing), "opened": _opened(current, day),
            "changed": (line.over, line.under) != (current.over, current.under),
        })  # fmt: skip
    may = allows(request.actor, reports.REPORT, agency_id=row.agency_id) and row.sent_at is None
    context = {
        "plan": row.plan, "report": row, "label": label_of(row.start, row.end), "lines": shown, "may": may, "today": today(),
        "behind": sum(line.standing in LAGGING for line in lines), "day": day, "back": page_of(pk, PLACE),
    }  # fmt: skip
    return render(request, "plans/report.html", context)


def _opened(held: Held, day: date) -> str:
    """The period that was counted up to a day: the plan's from its first, as `standings` counts."""
    if held.period is None:
        return ""
    end = min(held.period.last, day)
    return Period(held.period.start, max(end, held.period.start) + DAY).code


def _standing(standing: str) -> dict[str, str]:
    kind, sign = SIGNS[Standing(standing)]
    return {"kind": kind, "sign": sign, "label": STANDING_LABELS[Standing(standing)]}


@require_POST
def count_again(request: Request, pk: int, report_id: int) -> HttpResponse:
    """Count the figures of an unsent report anew; the words stay."""
    row = _report(request, pk, report_id)
    try:
        make_report(plan_id=pk, agency_id=row.agency_id, start=row.start, end=row.end, actor=request.actor, now=now())
        messages.success(request, _("Đã đếm lại số liệu."))
    except Refused as refused:
        messages.error(request, told(refused))
    return redirect("plans:report", pk, row.pk)


def complete(request: Request, pk: int, report_id: int) -> HttpResponse:
    """Write the agency's words."""
    row = _report(request, pk, report_id)
    require(request.actor, reports.REPORT, agency_id=row.agency_id)
    behind = [one.target.subject for one in reports.lines(row.pk) if one.standing in LAGGING]
    form = WordsForm(request.POST or None, initial={"words": row.words, "causes": row.causes})
    return act_page(
        request, form=form, title=_("Viết báo cáo {label}").format(label=label_of(row.start, row.end)), submit=_("Lưu"),
        back=reverse("plans:report", args=[pk, row.pk]), said=_("Đã lưu phần lời. Báo cáo chưa gửi."), behind=behind,
        about=_("Số liệu do hệ thống đếm không sửa ở đây."), template="plans/report_words.html",
        do=lambda data: complete_report(
            report_id=row.pk, words=data["words"], causes=data["causes"], actor=request.actor, now=now()
        ),
    )  # fmt: skip


@require_POST
def send(request: Request, pk: int, report_id: int) -> HttpResponse:
    """Send the report."""
    row = _report(request, pk, report_id)
    address = reverse("plans:report", args=[pk, row.pk])
    try:
        send_report(report_id=row.pk, address=address, actor=request.actor, now=now())
        messages.success(request, _("Đã gửi báo cáo. Từ nay báo cáo giữ nguyên như đã gửi."))
    except Refused as refused:
        messages.error(request, told(refused))
    return redirect(address)
