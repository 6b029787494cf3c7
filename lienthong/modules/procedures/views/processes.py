"""Internal processes: the list, one with its drawing, the file for other tools."""

from decimal import Decimal

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from lienthong.foundation.access.rules import allows, require
from lienthong.modules.procedures import forms, queries, rules
from lienthong.modules.procedures.actions.edit_process import attach_process
from lienthong.modules.procedures.bpmn import bpmn
from lienthong.modules.procedures.diagram import svg
from lienthong.modules.procedures.terms import STEP_LABELS, StepKind
from lienthong.modules.procedures.views.catalogue import PROCESS
from lienthong.modules.procedures.views.public import page_number
from lienthong.modules.procedures.views.shown import compared, drawn, figure, who, words
from lienthong.web.act_page import act_page
from lienthong.web.clock import now, today
from lienthong.web.fields import text_in
from lienthong.web.request import Request


def listed(request: Request) -> HttpResponse:
    """The processes in use; `chua-gan` in the address shows those tied to no procedure."""
    viewer = request.actor
    require(viewer, PROCESS, agency_id=viewer.agency_id)
    loose = "chua-gan" in request.GET
    said = text_in(request.GET, "q")
    page = queries.processes_page(viewer, today(), said, page_number(request), loose=loose)
    return render(request, "procedures/processes.html", {"page": page, "words": said, "loose": loose})


def one(request: Request, pk: int) -> HttpResponse:
    """The table of a process, its hours beside the statutory time, its drawing and its versions."""
    viewer = request.actor
    require(viewer, PROCESS, agency_id=viewer.agency_id)
    process, on = queries.process(pk), today()
    steps = queries.steps(pk)
    for step in steps:
        step.who, step.figure = who(step), figure(step.hours)  # type: ignore[attr-defined]
        step.kind_label = STEP_LABELS[StepKind(step.kind)]  # type: ignore[attr-defined]
    version = queries.version_on(process.procedure_id, max(on, process.valid_from)) if process.procedure_id else None
    hours = rules.longest_hours(steps)
    summary = _("{n} bước, {hours} giờ làm việc theo đường dài nhất.").format(n=len(steps), hours=figure(hours) or "0")
    history = queries.processes_of(process.procedure_id) if process.procedure_id else []
    context = {
        "process": process,
        "version": version,
        "steps": steps,
        "hours": figure(hours) or "0",
        "sum": figure(sum((step.hours for step in steps if step.hours is not None), start=Decimal(0))) or "0",
        "compared": compared(version.pk if version else None, hours),
        "faults": rules.faults(steps),
        "drawing": mark_safe(svg(steps=drawn(steps), title=process.name, summary=summary, words=words())),  # noqa: S308 - lxml wrote it
        "history": [row for row in history if row.agency_id == process.agency_id],
        "may_edit": allows(viewer, PROCESS, agency_id=process.agency_id),
        "may_own": process.agency_id is None and process.procedure_id is not None,
        "ended": process.valid_to is not None and process.valid_to <= on,
    }
    return render(request, "procedures/process.html", context)


def download(request: Request, pk: int) -> HttpResponse:
    """The process as BPMN 2.0."""
    require(request.actor, PROCESS, agency_id=request.actor.agency_id)
    process = queries.process(pk)
    content = bpmn(steps=drawn(queries.steps(pk)), name=process.name, words=words())
    name = f"quy-trinh-{process.procedure.code if process.procedure else process.pk}-{process.no}.bpmn"
    response = HttpResponse(content, content_type="application/xml; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def attach(request: Request, pk: int) -> HttpResponse:
    """Tie a loose process to its procedure."""
    process = queries.process(pk)
    require(request.actor, PROCESS, agency_id=process.agency_id)
    return act_page(
        request, form=forms.AttachForm(request.POST or None), title=_("Gắn quy trình với thủ tục"), about=process.name,
        submit=_("Gắn"), back=reverse("procedures:process", args=[pk]), said=_("Đã gắn quy trình với thủ tục."),
        do=lambda data: attach_process(process_id=pk, actor=request.actor, now=now(), **data),
    )  # fmt: skip
