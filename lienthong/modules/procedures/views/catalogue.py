"""The catalogue in the workspace: versions and what changed, who does what."""

from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from lienthong.foundation.access.rules import require
from lienthong.foundation.organizations import queries as organizations
from lienthong.foundation.organizations.terms import Tier as AgencyTier
from lienthong.kit.refusal import N_, Refused
from lienthong.modules.procedures import forms, queries
from lienthong.modules.procedures.actions.edit_version import edit_version
from lienthong.modules.procedures.actions.offer import offer
from lienthong.modules.procedures.actions.withdraw_offer import withdraw_offer
from lienthong.modules.procedures.comparison import changes
from lienthong.modules.procedures.models import Version
from lienthong.modules.procedures.terms import ServiceLevel
from lienthong.modules.procedures.views.public import choices, dress, page_number, wanted
from lienthong.web.act_page import act_page
from lienthong.web.clock import now, today
from lienthong.web.request import Request

EDIT, PROCESS = "procedures.edit", "procedures.process"


def listed(request: Request) -> HttpResponse:
    """All procedures in force; who has only an agency sees its own first (`co-quan` in the address)."""
    viewer = request.actor
    require(viewer, PROCESS, agency_id=viewer.agency_id)
    narrowed = wanted(request)
    page = queries.workspace_page(today(), narrowed, page_number(request))
    dress(page.rows)
    context = {"page": page, "wanted": narrowed, **choices()}
    return render(request, "procedures/list.html", context)


def one(request: Request, pk: int) -> HttpResponse:
    """A procedure with its versions, what each changed, the agencies that do it and its processes."""
    viewer = request.actor
    require(viewer, PROCESS, agency_id=viewer.agency_id)
    procedure = queries.procedure(pk)
    versions = queries.versions_of(pk)
    on = today()
    dress(versions)
    current = next((row for row in versions if row.valid_from <= on), versions[0] if versions else None)
    context = {
        "procedure": procedure,
        "version": current,
        "versions": _with_changes(versions),
        "offerings": queries.offerings(pk),
        "processes": queries.processes_of(pk),
        "today": on,
        "own_agency": viewer.agency_id,
    }
    return render(request, "procedures/one.html", context)


def _with_changes(versions: list[Version]) -> list[tuple[Version, list[Any]]]:
    """Each of the ten newest versions with what it changed of the one before."""
    found: list[tuple[Version, list[Any]]] = []
    entries = [queries.as_entry(row) for row in versions[:11]]
    for place, row in enumerate(versions[:10]):
        found.append((row, changes(entries[place + 1], entries[place]) if place + 1 < len(entries) else []))
    return found


def marks(request: Request, pk: int) -> HttpResponse:
    """Set what no file says of the procedure."""
    require(request.actor, EDIT)
    procedure = queries.procedure(pk)
    last = next(iter(queries.versions_of(pk)), None)
    if last is None:
        raise Refused(N_("Thủ tục này chưa có nội dung trong danh mục."))
    first_day = max(today(), last.valid_from + timedelta(days=1))

    def do(data: dict[str, Any]) -> None:
        level = ServiceLevel(data.pop("service_level"))
        edit_version(version_id=last.pk, service_level=level, actor=request.actor, now=now(), **data)

    return act_page(
        request, form=forms.MarksForm(request.POST or None, version=last, first_day=first_day), do=do,
        title=_("Đánh dấu thủ tục {code}").format(code=procedure.code), about=last.name, submit=_("Lưu"),
        back=reverse("procedures:one", args=[pk]), said=_("Đã lưu phiên bản mới của thủ tục."),
    )  # fmt: skip


def offered(request: Request, pk: int) -> HttpResponse:
    """Give the procedure to agencies."""
    require(request.actor, EDIT)
    procedure, on = queries.procedure(pk), today()
    doing = {row.agency_id for row in queries.offerings(pk) if row.valid_to is None}
    agencies = [one for one in organizations.agencies(on, here_only=True) if one.pk not in doing]
    form = forms.OfferForm(request.POST or None, initial={"valid_from": on})
    form.fields["agency_ids"].choices = [(one.pk, one.name) for one in agencies]  # type: ignore[attr-defined]

    def do(data: dict[str, Any]) -> None:
        ids = set(data["agency_ids"])
        if data["every_commune"]:
            ids |= {one.pk for one in agencies if one.tier == AgencyTier.COMMUNE}
        if not ids:
            raise Refused(N_("Chọn ít nhất một cơ quan."))
        offer(procedure_id=pk, agency_ids=sorted(ids), valid_from=data["valid_from"], actor=request.actor, now=now())

    return act_page(
        request, form=form, do=do, title=_("Giao thủ tục {code} cho cơ quan").format(code=procedure.code),
        submit=_("Giao"), back=reverse("procedures:one", args=[pk]), said=_("Đã giao thủ tục."),
        template="procedures/offer.html",
    )  # fmt: skip


def withdrawn(request: Request, pk: int) -> HttpResponse:
    """An agency no longer does the procedure."""
    require(request.actor, EDIT)
    row = queries.offering(pk)
    about = _("Hồ sơ đã nhận trước ngày này vẫn do {agency} giải quyết xong.").format(agency=row.agency.name)
    return act_page(
        request, form=forms.WithdrawForm(request.POST or None, initial={"valid_to": today() + timedelta(days=1)}),
        title=_("{agency} thôi làm thủ tục {code}").format(agency=row.agency.name, code=row.procedure.code), about=about,
        submit=_("Thôi giao"), danger=True, back=reverse("procedures:one", args=[row.procedure_id]),
        do=lambda data: withdraw_offer(offering_id=pk, actor=request.actor, now=now(), **data),
    )  # fmt: skip
