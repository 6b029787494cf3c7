"""The leader's page: what is behind and why, who owes what, every plan; and one plan with all that belongs to it."""

from __future__ import annotations

from collections import Counter
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from lienthong.foundation.access.rules import allows, require
from lienthong.foundation.measures.actions.settle import settle
from lienthong.modules.plans import queries
from lienthong.modules.plans.models import Plan
from lienthong.modules.plans.queries.standings import Held, standings, standings_of
from lienthong.modules.plans.rules import number_said, promise_said
from lienthong.modules.plans.terms import (
    STANDING_LABELS,
    STATE_LABELS,
    TASK_LABELS,
    Choice,
    Comparator,
    PlanState,
    Standing,
    TaskState,
)
from lienthong.modules.plans.views import budget, committee, reports
from lienthong.modules.plans.views.obtain import obtain
from lienthong.web import chart
from lienthong.web.clock import today
from lienthong.web.request import Request

RED = (Standing.MISSED, Standing.BEHIND)


def plans(request: Request) -> HttpResponse:
    """What is red and why, who owes what, in one screen; then all plans."""
    viewer, day = request.actor, today()
    require(viewer, "plans.read", agency_id=viewer.agency_id)
    settle()
    rows = list(queries.plans(viewer)[:200])
    in_force = [row for row in rows if row.state == PlanState.IN_FORCE]
    targets = queries.targets_of([row.pk for row in in_force])
    held = standings_of([(row, targets[row.pk]) for row in in_force], day)
    red = [line(one, plan) for plan in rows for one in held.get(plan.pk, []) if one.standing in RED]
    late = queries.late_tasks(viewer, day)
    owing = Counter(task.responsible.name if task.responsible else task.responsible_name or "–" for task in late)
    waiting = queries.undecided([row.pk for row in rows if row.state == PlanState.DRAFT])
    context = {
        "red": red, "late": [(task, (day - task.due).days if task.due else 0) for task in late[:50]], "late_count": len(late),
        "owing": owing.most_common(12), "most": max(owing.values(), default=1),
        "plans": [
            {"plan": row, "state": _(STATE_LABELS[PlanState(row.state)]), "counts": _counted(held.get(row.pk, [])), "waiting": waiting.get(row.pk, 0)}
            for row in rows
        ],
        "may_make": viewer.may("plans.make"), "day": day,
    }  # fmt: skip
    return render(request, "plans/list.html", context)


def _counted(held: list[Held]) -> list[tuple[str, str, int]]:
    counts = Counter(one.standing for one in held)
    return [
        (standing.value, _(STANDING_LABELS[standing]), counts[standing]) for standing in Standing if counts[standing]
    ]


def line(one: Held, plan: Plan) -> dict[str, Any]:
    """A target as pages show it: what was promised in words, the figure and the address that opens it, where it stands and why."""
    target = one.target
    return {
        "held": one, "target": target, "plan": plan, "promised": promise_said(one.promise, _), "standing": _(STANDING_LABELS[one.standing]),
        "kind": one.standing.value, "to": _figure_at(one), "why": _why(one), "unit": "%" if target.unit == "%" else "",
        "bars": chart.bars([figure.value for figure in one.months], share=target.unit == "%"),
    }  # fmt: skip


def _figure_at(one: Held) -> str:
    if one.measure is None or one.period is None:
        return ""
    asked = {"pham-vi": one.target.scope or "tinh", "ky": one.period.code}
    if one.target.parts:
        asked["phan"] = one.target.parts
    return f"/lam-viec/so-lieu/{one.measure.code}/?{urlencode(asked)}"


def _why(one: Held) -> str:
    """What stands behind a colour, in words."""
    if one.standing == Standing.NOT_COUNTED:
        return one.target.why_not
    if one.standing == Standing.NO_VALUE and one.period is None:
        return _("kế hoạch chưa bắt đầu")
    if one.standing == Standing.NO_VALUE:
        return _("chưa phát sinh gì để đếm")
    if one.value is None:
        return _("hết hạn mà chưa có số")
    if one.standing == Standing.BEHIND and one.expected is not None:
        said = (
            _("theo đà ba tháng gần đây, đến hạn vẫn còn {value}")
            if one.promise.comparator == Comparator.AT_MOST
            else _("theo đà ba tháng gần đây, đến hạn chỉ đạt {value}")
        )
        return said.format(value=number_said(round(one.expected, 1)) + ("\u00a0%" if one.target.unit == "%" else ""))
    if one.standing == Standing.BEHIND:
        return _("chưa đủ ba tháng có số để dự báo")
    return ""


def plan(request: Request, pk: int) -> HttpResponse:
    """One plan: targets promised, counted, forecast; tasks; and how it was read."""
    viewer, day = request.actor, today()
    found = obtain(request, pk)
    settle()
    if found.state == PlanState.DRAFT:
        held: list[Held] = []
    else:
        held = standings(found, queries.targets(found.pk), day)
    tasks = queries.tasks(found.pk)
    makes = allows(viewer, "plans.make", agency_id=found.issuer_id)
    reporting = {viewer.agency_id, *viewer.custody} if viewer.may("plans.report") else set()
    context = {
        "plan": found, "state": _(STATE_LABELS[PlanState(found.state)]), "lines": [line(one, found) for one in held],
        "counts": _counted(held), "goals": queries.goals(found.pk), "makes": makes,
        "tasks": [
            {
                "task": task, "label": _(TASK_LABELS[TaskState(task.state)]), "late": task.state == TaskState.OPEN and task.due is not None and task.due < day,
                "mine": found.state == PlanState.IN_FORCE and task.state == TaskState.OPEN and (makes or task.responsible_id in reporting),
            }
            for task in tasks
        ],
        "waiting": queries.undecided([found.pk]).get(found.pk, 0), "day": day,
        "dropped": len(queries.targets(found.pk, [Choice.DROPPED])) + len(queries.tasks(found.pk, [Choice.DROPPED])),
    }  # fmt: skip
    for part in (budget, committee, reports):
        context |= part.section(viewer, found)
    return render(request, "plans/one.html", context)
