"""A plan's text beside what was read in it, and the decision about each proposal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from lienthong.foundation.access.rules import allows
from lienthong.foundation.measures import rules as measures
from lienthong.kit.refusal import Refused
from lienthong.modules.plans import queries
from lienthong.modules.plans.actions.confirm_all import confirm_all
from lienthong.modules.plans.actions.decide_target import Binding, confirm_target, drop_target
from lienthong.modules.plans.actions.decide_task import confirm_task, drop_task
from lienthong.modules.plans.models import Plan, Target, Task
from lienthong.modules.plans.queries.standings import promise_of
from lienthong.modules.plans.rules import promise_said, require_confirmable
from lienthong.modules.plans.terms import Choice
from lienthong.modules.plans.views.obtain import anchor_of, obtain, obtain_part, reading_at
from lienthong.web.clock import now
from lienthong.web.fields import number_in
from lienthong.web.refusal import told
from lienthong.web.request import Request

SHOWN = 300_000  # characters of the text beside the proposals; of a longer one the places around them
ON_A_PAGE = 100  # proposals; beyond it a browser grows slow and a person loses the place
AROUND = 2_000  # characters of the text before the first and after the last proposal of a page


@dataclass(frozen=True, slots=True)
class Page:
    """One page of proposals: its `rows`, its `number` of `count` pages, the place of the `first` and `last` among `total`."""

    rows: list[Target | Task]
    number: int
    total: int

    @property
    def first(self) -> int:
        return (self.number - 1) * ON_A_PAGE + 1 if self.rows else 0

    @property
    def last(self) -> int:
        return (self.number - 1) * ON_A_PAGE + len(self.rows)

    @property
    def more(self) -> bool:
        return self.last < self.total


def page_of(rows: list[Target | Task], number: int | None, at: str) -> Page:
    """The page of that number or, without one, that of the proposal `at` (its anchor); the nearest there is."""
    place = next((no for no, one in enumerate(rows) if anchor_of(one) == at), 0)
    wanted = place // ON_A_PAGE + 1 if number is None else number
    wanted = min(max(wanted, 1), max(1, -(-len(rows) // ON_A_PAGE)))
    return Page(rows[(wanted - 1) * ON_A_PAGE : wanted * ON_A_PAGE], wanted, len(rows))


def reading(request: Request, pk: int) -> HttpResponse:
    """The text with what was found in it, and the proposals beside it."""
    plan = obtain(request, pk)
    every = [Choice.PROPOSED, Choice.CONFIRMED, Choice.DROPPED]
    targets, tasks = queries.targets(plan.pk, every), queries.tasks(plan.pk, every)
    page = page_of([*targets, *tasks], number_in(request.GET, "trang"), request.GET.get("muc", ""))
    targets_here = [one for one in page.rows if isinstance(one, Target)]
    tasks_here = [one for one in page.rows if isinstance(one, Task)]
    names = {one.code: _(one.label) for one in measures.measures()}
    context = {
        "plan": plan, "page": page, "segments": segments(plan.text, targets_here, tasks_here, whole=page.total <= ON_A_PAGE),
        "targets": [
            {
                "target": one, "promised": promise_said(promise_of(one, plan.end), _), "measure": names.get(one.measure, ""),
                "fault": _fault(one, plan) if one.choice == Choice.PROPOSED else "",
            }
            for one in targets_here
        ],
        "tasks": tasks_here, "many_targets": len(targets), "many_tasks": len(tasks),
        "waiting": queries.undecided([plan.pk]).get(plan.pk, 0),
        "may_decide": plan.state == "draft" and allows(request.actor, queries.MAKE, agency_id=plan.issuer_id),
    }  # fmt: skip
    return render(request, "plans/reading.html", context)


def _fault(target: Target, plan: Plan) -> str:
    """Why a proposal cannot be confirmed as it was read; empty when nothing stands against it."""
    try:
        require_confirmable(target.promise, target.subject, plan.start)
    except Refused as refused:
        return told(refused)
    return ""


def segments(text: str, targets: list[Target], tasks: list[Task], whole: bool = True) -> list[dict[str, Any]]:
    """The text cut into plain and marked pieces; a marked one names its proposal. Overlapping marks keep the first. Of a text
    longer than `SHOWN` only the places around the marks are kept; without `whole` only the stretch of these proposals."""
    marks = [(one.start, one.finish, anchor_of(one), "target") for one in targets if one.start is not None]
    marks += [(one.start, one.finish, anchor_of(one), "task") for one in tasks if one.start is not None]
    found: list[dict[str, Any]] = []
    at, end = 0, len(text)
    if not whole and marks:
        at, end = (
            max(0, min(mark[0] or 0 for mark in marks) - AROUND),
            min(end, max(mark[1] or 0 for mark in marks) + AROUND),
        )
        found += [{"text": "[…] "}] if at else []
    cut = end - at > SHOWN
    for start, finish, anchor, kind in sorted(marks, key=lambda mark: (mark[0] or 0, mark[3])):
        assert start is not None
        assert finish is not None
        if start < at:
            continue
        before = text[at:start]
        found.append({"text": f"{before[:300]} […] {before[-300:]}" if cut and len(before) > 700 else before})
        found.append({"text": text[start:finish], "anchor": anchor, "kind": kind})
        at = finish
    rest = text[at:end]
    found.append({"text": f"{rest[:300]} […]" if cut and len(rest) > 700 else rest})
    found += [{"text": " […]"}] if end < len(text) else []
    return [piece for piece in found if piece["text"]]


@require_POST
def decide(request: Request, pk: int) -> HttpResponse:
    """One click beside a proposal: confirm it as it was read, or drop it; or confirm all that was read well enough."""
    choice, _space, number = request.POST.get("viec", "").partition(" ")
    if choice == "nhan-het":
        return _all(request, pk)
    kind = Target if choice.endswith("chi-tieu") else Task
    act = _ACTS.get(choice)
    if act is None or not number.isdigit():
        raise Http404
    row = obtain_part(kind, request, pk, int(number))
    try:
        act(row, request)
    except Refused as refused:
        messages.error(request, told(refused))
    return redirect(reading_at(row))


def _all(request: Request, pk: int) -> HttpResponse:
    plan = obtain(request, pk)
    try:
        count, left = confirm_all(plan_id=plan.pk, actor=request.actor, now=now())
    except Refused as refused:
        messages.error(request, told(refused))
    else:
        said = ngettext("Đã xác nhận {n} mục.", "Đã xác nhận {n} mục.", count).format(n=count)
        if left:
            said += " " + _("Còn {n} mục cần sửa hoặc gắn với số liệu.").format(n=left)
        messages.success(request, said)
    return redirect(reverse("plans:reading", args=[pk]))


def _confirm_target(row: Target, request: Request) -> None:
    confirm_target(
        target_id=row.pk, subject=row.subject, promise=row.promise,
        bound=Binding(row.measure, row.scope or "tinh", row.parts, row.why_not), actor=request.actor, now=now(),
        responsible_id=row.responsible_id,
    )  # fmt: skip


def _confirm_task(row: Task, request: Request) -> None:
    confirm_task(
        task_id=row.pk, text=row.text, responsible_id=row.responsible_id, coordinating=row.coordinating, due=row.due,
        actor=request.actor, now=now(),
    )  # fmt: skip


_ACTS: dict[str, Any] = {
    "nhan-chi-tieu": _confirm_target,
    "nhan-nhiem-vu": _confirm_task,
    "bo-chi-tieu": lambda row, request: drop_target(target_id=row.pk, actor=request.actor, now=now()),
    "bo-nhiem-vu": lambda row, request: drop_task(task_id=row.pk, actor=request.actor, now=now()),
}
