"""Taking a plan in, reading it, deciding what was read, putting it in force."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from lienthong.foundation.access.rules import require
from lienthong.foundation.files.actions.store import store
from lienthong.foundation.measures import rules as measures
from lienthong.foundation.organizations import queries as organizations
from lienthong.foundation.organizations.terms import TIER_LABELS, Tier
from lienthong.modules.plans import forms, times
from lienthong.modules.plans.actions.decide_target import Binding, add_target, bind_target, confirm_target
from lienthong.modules.plans.actions.decide_task import add_task, confirm_task
from lienthong.modules.plans.actions.finish_task import finish_task
from lienthong.modules.plans.actions.follow_up import follow_up
from lienthong.modules.plans.actions.make_plan import PlanHead, make_plan
from lienthong.modules.plans.actions.put_in_force import end_plan, put_in_force
from lienthong.modules.plans.models import Plan, Target, Task
from lienthong.modules.plans.plan_text import text_of_plan
from lienthong.modules.plans.reader import read
from lienthong.modules.plans.rules import Promise, require_draft
from lienthong.modules.plans.terms import Comparator
from lienthong.modules.plans.views.obtain import obtain, obtain_draft, obtain_part, reading_at
from lienthong.web.act_page import act_page
from lienthong.web.clock import now, today
from lienthong.web.request import Request


def new(request: Request) -> HttpResponse:
    """Upload or paste a plan; what its head says fills what was left empty."""
    viewer = request.actor
    require(viewer, "plans.make", agency_id=viewer.agency_id)
    issuers = [(one.pk, one.name) for one in organizations.reached(viewer, "plans.make")] or [
        (viewer.agency_id, viewer.agency_name)
    ]
    form = forms.PlanForm(
        request.POST or None, request.FILES or None, issuers=issuers, initial={"issuer": viewer.agency_id}
    )

    def make(data: dict[str, Any]) -> Plan:
        upload, at = data["file"], now()
        text = text_of_plan(upload, upload.name) if upload else data["text"]
        stored = None
        if upload:
            upload.seek(0)
            stored = store(stream=upload, name=upload.name, now=at)
        return make_plan(
            head=_head(data, text, at.date()),
            text=text,
            actor=viewer,
            now=at,
            stored=stored,
            file_name=upload.name if upload else "",
        )

    return act_page(
        request, form=form, do=make, title=_("Đọc kế hoạch"), submit=_("Đọc"), back=reverse("plans:plans"),
        about=_("Hệ thống tìm chỉ tiêu và nhiệm vụ trong văn bản, kèm câu đã đọc. Người xác nhận, sửa và gắn với số liệu rồi kế hoạch mới có hiệu lực."),
        done=lambda made: reverse("plans:reading", args=[made.pk]),
        said=_("Đã đọc kế hoạch. Xác nhận từng chỉ tiêu, nhiệm vụ."),
    )  # fmt: skip


def _head(data: dict[str, Any], text: str, day: date) -> PlanHead:
    """What was typed; what was not, from the head of the text; and at last the present year."""
    said = read(text[:20_000]).head
    period = times.period_of(said.period) or (date(day.year, 1, 1), date(day.year, 12, 31))
    issued = data["issued_on"] or (date.fromisoformat(said.issued_on) if said.issued_on else None)
    return PlanHead(
        data["code"] or said.number or "", data["title"] or said.title or said.number or _("Kế hoạch chưa đặt tên"), data["issuer"],
        issued, data["start"] or period[0], data["end"] or period[1],
    )  # fmt: skip


def _agencies() -> list[tuple[int, str]]:
    return [(one.pk, one.name) for one in organizations.agencies(today(), here_only=True)]


def _offers() -> dict[str, Any]:
    scopes = [
        ("tinh", _("Toàn tỉnh")),
        *((f"cap-{int(tier)}", _(TIER_LABELS[tier])) for tier in (Tier.DEPARTMENT, Tier.COMMUNE)),
    ]
    scopes += [(f"cq-{pk}", name) for pk, name in _agencies()]
    parts: dict[str, str] = {}
    for source in measures.sources().values():
        parts |= {code: _(label) for code, label in source.part_labels().items()}
    return {
        "measures": [(one.code, _(one.label)) for one in measures.measures()],
        "scopes": scopes,
        "parts": list(parts.items()),
    }


def _trimmed(value: Decimal | None) -> Decimal | None:
    """2 and 12.5, not 2.0000 as the column keeps it."""
    return None if value is None else Decimal(f"{value.normalize():f}")


def _binding(data: dict[str, Any]) -> Binding:
    return Binding(data["measure"], data["scope"], ",".join(data["parts"])[:300], data["why_not"])


def _promise(data: dict[str, Any]) -> Promise:
    low: Decimal | None = data["low"]
    return Promise(Comparator(data["comparator"]), low, data["high"], data["unit"], data["due"])


def target(request: Request, pk: int, target_id: int) -> HttpResponse:
    """Confirm a target with one's own words, number and measure."""
    row = obtain_part(Target, request, pk, target_id)
    require(request.actor, "plans.make", agency_id=row.plan.issuer_id)
    require_draft(row.plan.state)
    initial = {
        "subject": row.subject, "comparator": row.comparator, "low": _trimmed(row.low), "high": _trimmed(row.high), "unit": row.unit, "due": row.due,
        "responsible": row.responsible_id, "measure": row.measure, "scope": row.scope or "tinh", "parts": row.parts.split(","),
        "why_not": row.why_not,
    }  # fmt: skip
    form = forms.TargetForm(request.POST or None, initial=initial, agencies=_agencies(), **_offers())
    return act_page(
        request, form=form, title=_("Xác nhận chỉ tiêu"), submit=_("Xác nhận"), about=row.quote and f"“{row.quote}”",
        back=reading_at(row), said=_("Đã xác nhận chỉ tiêu."),
        do=lambda data: confirm_target(
            target_id=row.pk, subject=data["subject"], promise=_promise(data), bound=_binding(data), actor=request.actor, now=now(),
            responsible_id=data["responsible"],
        ),
    )  # fmt: skip


def new_target(request: Request, pk: int) -> HttpResponse:
    """A target that was not found in the text."""
    plan = obtain_draft(request, pk)
    form = forms.TargetForm(
        request.POST or None, initial={"due": plan.end, "scope": "tinh", "unit": "%"}, agencies=_agencies(), **_offers()
    )
    return act_page(
        request, form=form, title=_("Thêm chỉ tiêu"), submit=_("Thêm"), back=reverse("plans:reading", args=[pk]), said=_("Đã thêm chỉ tiêu."),
        do=lambda data: add_target(
            plan_id=pk, subject=data["subject"], promise=_promise(data), bound=_binding(data), actor=request.actor, now=now(),
            responsible_id=data["responsible"],
        ),
    )  # fmt: skip


def bind(request: Request, pk: int, target_id: int) -> HttpResponse:
    """Hold a target against another measure."""
    row = obtain_part(Target, request, pk, target_id)
    require(request.actor, "plans.make", agency_id=row.plan.issuer_id)
    initial = {
        "measure": row.measure,
        "scope": row.scope or "tinh",
        "parts": row.parts.split(","),
        "why_not": row.why_not,
    }
    return act_page(
        request, form=forms.BindForm(request.POST or None, initial=initial, **_offers()), title=_("Gắn với số liệu"), submit=_("Gắn"),
        about=row.subject, back=reverse("plans:plan", args=[pk]), said=_("Đã gắn chỉ tiêu."),
        do=lambda data: bind_target(target_id=row.pk, bound=_binding(data), actor=request.actor, now=now()),
    )  # fmt: skip


def task(request: Request, pk: int, task_id: int) -> HttpResponse:
    """Confirm a task with one's own words."""
    row = obtain_part(Task, request, pk, task_id)
    require(request.actor, "plans.make", agency_id=row.plan.issuer_id)
    require_draft(row.plan.state)
    initial = {"text": row.text, "responsible": row.responsible_id, "coordinating": row.coordinating, "due": row.due}
    about = f"“{row.quote}”" if row.quote else ""
    if row.responsible_name and not row.responsible_id:
        about += " " + _("Văn bản ghi: {name}.").format(name=row.responsible_name)
    return act_page(
        request, form=forms.TaskForm(request.POST or None, initial=initial, agencies=_agencies()), title=_("Xác nhận nhiệm vụ"),
        submit=_("Xác nhận"), about=about, back=reading_at(row), said=_("Đã xác nhận nhiệm vụ."),
        do=lambda data: confirm_task(
            task_id=row.pk, text=data["text"], responsible_id=data["responsible"], coordinating=data["coordinating"], due=data["due"],
            actor=request.actor, now=now(),
        ),
    )  # fmt: skip


def new_task(request: Request, pk: int) -> HttpResponse:
    """A task that was not found in the text."""
    obtain_draft(request, pk)
    form = forms.TaskForm(request.POST or None, agencies=_agencies())
    return act_page(
        request, form=form, title=_("Thêm nhiệm vụ"), submit=_("Thêm"), back=reverse("plans:reading", args=[pk]), said=_("Đã thêm nhiệm vụ."),
        do=lambda data: add_task(
            plan_id=pk, text=data["text"], responsible_id=data["responsible"], coordinating=data["coordinating"], due=data["due"],
            actor=request.actor, now=now(),
        ),
    )  # fmt: skip


def force(request: Request, pk: int) -> HttpResponse:
    """Put the plan in force."""
    obtain_draft(request, pk)
    return act_page(
        request, form=forms.ForceForm(request.POST or None), title=_("Ban hành kế hoạch"), submit=_("Ban hành"),
        back=reverse("plans:reading", args=[pk]), done=reverse("plans:plan", args=[pk]), said=_("Kế hoạch đã có hiệu lực, nhiệm vụ đã giao."),
        about=_("Chỉ tiêu không sửa được nữa; nhiệm vụ vào Việc của tôi của cơ quan chủ trì."),
        do=lambda data: put_in_force(plan_id=pk, actor=request.actor, now=now(), confirmed=data["confirmed"]),
    )  # fmt: skip


def finish(request: Request, pk: int, task_id: int) -> HttpResponse:
    """Report a task done."""
    row = obtain_part(Task, request, pk, task_id)
    require(request.actor, "plans.report", agency_id=request.actor.agency_id)
    return act_page(
        request, form=forms.FinishForm(request.POST or None), title=_("Báo cáo xong nhiệm vụ"), submit=_("Báo cáo xong"), about=row.text,
        back=f"{reverse('plans:plan', args=[pk])}#nhiem-vu-{row.pk}", said=_("Đã ghi kết quả."),
        do=lambda data: finish_task(task_id=row.pk, result=data["result"], actor=request.actor, now=now()),
    )  # fmt: skip


def give_up(request: Request, pk: int, task_id: int) -> HttpResponse:
    """Give a task up, with the reason."""
    row = obtain_part(Task, request, pk, task_id)
    require(request.actor, "plans.make", agency_id=row.plan.issuer_id)
    form = forms.FinishForm(request.POST or None)
    form.fields["result"].label = _("Lý do")
    return act_page(
        request, form=form, title=_("Thôi làm nhiệm vụ"), submit=_("Thôi làm"), about=row.text, danger=True,
        back=f"{reverse('plans:plan', args=[pk])}#nhiem-vu-{row.pk}", said=_("Đã ghi lý do."),
        do=lambda data: finish_task(task_id=row.pk, result=data["result"], actor=request.actor, now=now(), dropped=True),
    )  # fmt: skip


def end(request: Request, pk: int) -> HttpResponse:
    """End a plan in force."""
    obtain(request, pk, "plans.make")
    return act_page(
        request, form=forms.NothingToFill(request.POST or None), title=_("Kết thúc kế hoạch"), submit=_("Kết thúc"), danger=True,
        about=_("Nhiệm vụ chưa xong sẽ rời Việc của tôi; số liệu và báo cáo vẫn đọc được."), back=reverse("plans:plan", args=[pk]),
        said=_("Kế hoạch đã kết thúc."), do=lambda data: end_plan(plan_id=pk, actor=request.actor, now=now()),
    )  # fmt: skip


def _next_title(plan: Plan) -> str:
    """The title with the year that follows the plan's last: "… năm 2026" becomes "… năm 2027"."""
    return plan.title.replace(f"năm {plan.end.year}", f"năm {plan.end.year + 1}", 1)


def follow(request: Request, pk: int) -> HttpResponse:
    """Begin the next plan from this one."""
    plan = obtain(request, pk, "plans.make")
    return act_page(
        request, form=forms.FollowForm(request.POST or None, initial={"title": _next_title(plan)}), title=_("Lập kế hoạch tiếp theo"),
        submit=_("Lập"), back=reverse("plans:plan", args=[pk]), done=lambda made: reverse("plans:reading", args=[made.pk]),
        about=_("Mục tiêu, chỉ tiêu và nhiệm vụ chưa xong được chép sang kỳ kế tiếp để xác nhận lại."), said=_("Đã lập kế hoạch tiếp theo."),
        do=lambda data: follow_up(plan_id=pk, code=data["code"], title=data["title"], actor=request.actor, now=now()),
    )  # fmt: skip
