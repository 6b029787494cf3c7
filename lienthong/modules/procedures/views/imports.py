"""Files taken in through the page: procedures of the national portal, tables of internal processes."""

from pathlib import PurePath
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from lienthong.foundation.access.rules import require
from lienthong.kit.content_type import safe_name
from lienthong.kit.refusal import N_, Refused
from lienthong.modules.procedures import forms, portal_file, process_file
from lienthong.modules.procedures.actions.import_procedures import import_procedures
from lienthong.modules.procedures.actions.import_processes import import_processes
from lienthong.modules.procedures.portal_values import Refusal
from lienthong.modules.procedures.process_file import Table
from lienthong.modules.procedures.views.catalogue import EDIT, PROCESS
from lienthong.web.clock import now
from lienthong.web.refusal import told
from lienthong.web.request import Request

MOST_SHOWN = 300  # lines of each kind in the report


def procedures(request: Request) -> HttpResponse:
    """Take in the portal's file: what is new, what changed and became a version, what could not be read. The same file again
    changes nothing, so a reload is harmless."""
    require(request.actor, EDIT)
    form = forms.FileForm(request.POST or None, request.FILES or None)
    form.fields["file"].label = _("Tệp JSON hoặc JSONL của Cổng Dịch vụ công quốc gia")
    context: dict[str, Any] = {
        "form": form, "title": _("Nhập thủ tục"), "submit": _("Nhập tệp"), "back": reverse("procedures:list"),
        "about": _("Nhận tệp nguyên dạng như cổng trả về, hoặc đã rút gọn. Thủ tục đổi nội dung thành phiên bản mới; nhập lại tệp cũ không đổi gì."),
    }  # fmt: skip
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        report = import_procedures(
            entries=portal_file.read(file), source=safe_name(file.name or ""), actor=request.actor, now=now()
        )
        context |= {
            "report": report, "changed": report.changed[:MOST_SHOWN],
            "sorts": _sorts((_("Từ chối"), report.refused), (_("Bỏ phần này, còn lại đã nhập"), report.partly)),
            "tally": [(report.read, _("đã đọc")), (report.made, _("thủ tục mới")), (len(report.changed), _("đổi nội dung")),
                      (report.filled, _("được bổ sung")), (report.same, _("giữ nguyên")), (len(report.refused), _("bị từ chối"))],
        }  # fmt: skip
    return _shown(request, context)


def processes(request: Request) -> HttpResponse:
    """Take in tables of processes: shared ones by who keeps the catalogue, those of the own agency by everybody else."""
    viewer = request.actor
    require(viewer, PROCESS, agency_id=viewer.agency_id)
    agency_id = None if viewer.may(EDIT) else viewer.agency_id
    form = forms.FileForm(request.POST or None, request.FILES or None)
    form.fields["file"].label = _("Tệp JSONL, CSV hoặc XLSX")
    whose = _("Quy trình dùng chung cho mọi cơ quan.") if agency_id is None else viewer.agency_name
    context: dict[str, Any] = {
        "form": form, "title": _("Nhập quy trình nội bộ"), "submit": _("Nhập tệp"), "back": reverse("procedures:processes"),
        "about": f"{whose} {_('Cột cần có: Bước, Công việc, Người thực hiện, Giờ hoặc Thời gian, Bước tiếp theo.')}",
    }  # fmt: skip
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            tables = _tables(file)
        except Refused as refusal:
            form.add_error("file", told(refusal))
            return _shown(request, context)
        report = import_processes(
            tables=tables, source=safe_name(file.name or ""), actor=viewer, now=now(), agency_id=agency_id
        )
        context |= {
            "report": report, "loose": report.loose,
            "sorts": _sorts(
                (_("Từ chối"), report.refused), (_("Bỏ phần này, còn lại đã nhập"), report.partly),
                (_("Đã sửa hoặc suy ra, cần xem lại"), report.remarks),
            ),
            "tally": [(report.read, _("đã đọc")), (report.made, _("quy trình mới")), (report.changed, _("thành phiên bản mới")),
                      (report.same, _("giữ nguyên")), (len(report.refused), _("bị từ chối"))],
        }  # fmt: skip
    return _shown(request, context)


def _tables(file: UploadedFile) -> list[Table | Refusal]:
    name = PurePath(safe_name(file.name or ""))
    kind = name.suffix.lower()
    if kind in (".json", ".jsonl", ".ndjson"):
        return list(process_file.read_jsonl(file))
    if kind in (".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".xls"):
        return list(process_file.read(file.read(), name.stem))
    raise Refused(N_("Không biết đọc tệp loại này: dùng .xlsx, .csv, .jsonl hoặc .json."))


def _sorts(*sorts: tuple[str, list[Refusal]]) -> list[tuple[str, int, list[dict[str, Any]]]]:
    """(what became of them, how many, the first lines with their reasons) of each sort that has any."""
    return [
        (label, len(those), [
            {"line": one.line, "where": one.where, "why": _(one.msgid).format(**dict(one.params))}
            for one in sorted(those, key=lambda one: one.line)[:MOST_SHOWN]
        ])
        for label, those in sorts if those
    ]  # fmt: skip


def _shown(request: Request, context: dict[str, Any]) -> HttpResponse:
    report = context.get("report")
    nothing = report is not None and len(report.refused) >= report.read
    return render(request, "procedures/import.html", context, status=422 if nothing or context["form"].errors else 200)
