"""The table of a process, edited in the page. Every button is a plain submit: rows move without JavaScript too."""

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from lienthong.foundation.access.rules import allows, require
from lienthong.foundation.access.terms import Seated
from lienthong.kit.refusal import N_, Refused
from lienthong.modules.procedures import forms, process_file, queries, rules
from lienthong.modules.procedures.actions.edit_process import Faulty, edit_process
from lienthong.modules.procedures.actions.import_processes import step_of
from lienthong.modules.procedures.models import Process, Version
from lienthong.modules.procedures.process_file import MOST_BYTES
from lienthong.modules.procedures.views.catalogue import PROCESS
from lienthong.modules.procedures.views.shown import compared, figure
from lienthong.web.clock import now, today
from lienthong.web.fields import number_in
from lienthong.web.request import Request


def edit(request: Request, pk: int) -> HttpResponse:
    """A new version of a process; who may not change the common one makes one of the own agency from it."""
    process = queries.process(pk)
    agency_id = process.agency_id
    if agency_id is None and not allows(request.actor, PROCESS, agency_id=None):
        agency_id = request.actor.agency_id
    return _editor(request, process.procedure_id, agency_id, process)


def new(request: Request, pk: int) -> HttpResponse:
    """The first process of a procedure: of the agency in the address (`co-quan`), else the common one or the own."""
    actor: Seated = request.actor
    procedure = queries.procedure(pk)
    agency_id = number_in(request.GET, "co-quan")
    if agency_id is None and not allows(actor, PROCESS, agency_id=None):
        agency_id = actor.agency_id
    # What holds there already is where one begins.
    return _editor(request, procedure.pk, agency_id, queries.process_for(procedure.pk, agency_id, today()))


def _editor(request: Request, procedure_id: int | None, agency_id: int | None, process: Process | None) -> HttpResponse:
    require(request.actor, PROCESS, agency_id=agency_id)
    on = today()
    version = queries.version_on(procedure_id, on) if procedure_id else None
    own = process is not None and process.agency_id == agency_id
    first_day = (
        max(on, process.valid_from + timedelta(days=1))
        if process is not None and own and process.valid_from <= on
        else on
    )
    context: dict[str, Any] = {"faults": [], "remarks": []}
    if request.method == "POST":
        table = forms.StepTable.typed(request.POST, agency_id, on)
        head = forms.HeadForm(request.POST)
        deed = request.POST.get("do", "save")
        if deed == "upload":
            table = _uploaded(request, table, agency_id, on, context)
        elif deed != "save":
            table.move(deed)
        elif head.is_valid():
            saved = _save(request, table, head, procedure_id, agency_id, process, context)
            if saved is not None:
                messages.success(request, _("Đã lưu quy trình, phiên bản {no}.").format(no=saved.no))
                return redirect("procedures:process", saved.pk)
        refused = deed == "save"
    else:
        steps = queries.steps(process.pk) if process is not None else []
        table = forms.StepTable.saved(steps, agency_id, on)
        name = version.name if version is not None else ""
        head = forms.HeadForm(
            initial=forms.head_of(process if own else None, process.name if process else name, first_day)
        )
        refused = False
    context |= _shown(table, head, version, process, procedure_id, agency_id)
    return render(request, "procedures/editor.html", context, status=422 if refused else 200)


def _save(
    request: Request, table: forms.StepTable, head: forms.HeadForm, procedure_id: int | None, agency_id: int | None,
    process: Process | None, context: dict[str, Any],
) -> Process | None:  # fmt: skip
    steps = table.steps()
    if steps is None:
        context["faults"] = [_("Có ô chưa đọc được; xem dòng được đánh dấu.")]
        return None
    loose = process.pk if process is not None and procedure_id is None else None
    try:
        return edit_process(
            steps=steps, procedure_id=procedure_id, agency_id=agency_id, actor=request.actor, now=now(), process_id=loose,
            **head.cleaned_data,
        )  # fmt: skip
    except Faulty as refusal:
        for fault in refusal.faults:
            said = _(fault.msgid).format(**dict(fault.params))
            context["faults"].append(said)
            if fault.place is not None and fault.place < len(table.lines):
                table.lines[fault.place].faults.append(said)
    except Refused as refusal:
        context["faults"] = [_(refusal.msgid).format(**refusal.params)]
    return None


def _uploaded(
    request: HttpRequest, table: forms.StepTable, agency_id: int | None, on: date, context: dict[str, Any]
) -> forms.StepTable:
    """The rows of a file in place of those typed; nothing is saved yet."""
    file = request.FILES.get("file")
    if file is None:
        context["faults"] = [_("Chọn một tệp XLSX hoặc CSV.")]
        return table
    try:
        if (file.size or 0) > MOST_BYTES:
            raise Refused(N_("Tệp bảng quy trình lớn hơn 10 MB."))
        found, *others = process_file.read(file.read(), "upload")
        if len(found.rows) > rules.MOST_STEPS:
            raise Refused(N_("Bảng dài hơn {most} bước."), most=rules.MOST_STEPS)
    except Refused as refusal:
        context["faults"] = [_(refusal.msgid).format(**refusal.params)]
        return table
    context["remarks"] = [
        _("Dòng {line}: {why}").format(line=one.line, why=_(one.msgid).format(**dict(one.params)))
        for one in (*found.refusals, *found.remarks)
    ]
    if others:
        names = "; ".join(one.name[:80] or _("dòng {line}").format(line=one.line) for one in others[:5])
        said = _("Tệp có {n} bảng; đã lấy bảng đầu. Các bảng khác: {names}").format(n=len(others) + 1, names=names)
        context["remarks"].insert(0, said)
    messages.info(request, _("Đã đọc {n} bước từ tệp; xem lại rồi bấm Lưu.").format(n=len(found.rows)))
    return forms.StepTable.saved([step_of(row) for row in found.rows], agency_id, on)


def _shown(
    table: forms.StepTable, head: forms.HeadForm, version: Version | None, process: Process | None, procedure_id: int | None,
    agency_id: int | None,
) -> dict[str, Any]:  # fmt: skip
    rows = [
        (number, line, [(name, line.cells[name]) for name in line.cells]) for number, line in enumerate(table.lines)
    ]
    typed = [line.faults[:] for line in table.lines]
    steps = table.steps() or []
    for line, faults in zip(table.lines, typed, strict=True):
        line.faults = faults or line.faults
    hours = rules.longest_hours(steps)
    back = (
        reverse("procedures:process", args=[process.pk]) if process else reverse("procedures:one", args=[procedure_id])
    )
    return {
        "rows": rows,
        "head": head,
        "version": version,
        "process": process,
        "agency": table.agencies.filter(pk=agency_id).first() if agency_id else None,
        "who": table.who(),
        "kinds": table.kinds,
        "agencies": table.agencies,
        "hours": figure(hours) or "0",
        "compared": compared(version.pk if version else None, hours),
        "back": back,
    }
