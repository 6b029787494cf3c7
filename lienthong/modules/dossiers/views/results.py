"""What comes out of a dossier, and giving it to the applicant."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from lienthong.foundation.access.rules import require
from lienthong.foundation.codes.queries import entries
from lienthong.foundation.files.actions.store import store
from lienthong.kit.content_type import safe_name
from lienthong.modules.documents.rules import Attached, OutgoingDetails, Paper
from lienthong.modules.documents.terms import DOCUMENT_TYPES
from lienthong.modules.dossiers import forms, queries
from lienthong.modules.dossiers.actions.give_back import give_back
from lienthong.modules.dossiers.actions.keep_result import ResultDetails, keep_result, release_result
from lienthong.modules.dossiers.actions.parcels import Trip, note_inward_parcel, send_parcel
from lienthong.modules.dossiers.models import KeptResult
from lienthong.modules.dossiers.terms import ResultWay
from lienthong.modules.dossiers.views.acts import _about, address
from lienthong.modules.dossiers.views.clock import now
from lienthong.modules.procedures import queries as procedures
from lienthong.web.act_page import act_page
from lienthong.web.request import Request


def keep(request: Request, pk: int) -> HttpResponse:
    """Write down a result that has a number of its own."""
    at = now()
    dossier = queries.dossier_for(request.actor, pk)
    queries.require_handling(request.actor, dossier)
    first = next(iter(procedures.results(dossier.version_id)), None)
    form = forms.ResultForm(
        request.POST or None,
        request.FILES or None,
        initial={"name": first.name if first else dossier.version.name, "issued_on": at.date()},
    )

    def do(data: dict[str, Any]) -> KeptResult:
        file = data["file"]
        kept = store(stream=file, name=file.name or "", now=at) if file else None
        return keep_result(
            dossier_id=pk, actor=request.actor, now=at,
            result=ResultDetails(
                name=data["name"], code=first.code if first else "", number=data["number"], issued_on=data["issued_on"],
                valid_to=data["valid_to"], stored_id=kept.pk if kept else None,
                file_name=safe_name(file.name or "") if file else "",
            ),
        )  # fmt: skip

    return act_page(
        request, form=form, title=_("Ghi kết quả giải quyết"), submit=_("Ghi kết quả"), said=_("Đã ghi kết quả."), back=address(pk), about=_about(dossier),
        do=do,
    )  # fmt: skip


def release(request: Request, pk: int) -> HttpResponse:
    """The result enters the agency's outgoing book and gets its number there."""
    at = now()
    dossier = queries.dossier_for(request.actor, pk)
    require(request.actor, "documents.register", agency_id=request.actor.agency_id)
    queries.require_handling(request.actor, dossier)
    first = next(iter(procedures.results(dossier.version_id)), None)
    types = [(entry.code, entry.name) for entry in entries(DOCUMENT_TYPES, at.date())]
    form = forms.ReleaseForm(
        request.POST or None,
        request.FILES or None,
        types=types,
        initial={"type_code": "QD", "subject": dossier.matter[:500]},
    )

    def do(data: dict[str, Any]) -> KeptResult:
        file = data["file"]
        stored = store(stream=file, name=file.name or "", now=at)
        name = safe_name(file.name or "")
        return release_result(
            dossier_id=pk, details=OutgoingDetails(), attached=[Attached(stored.pk, name)], actor=request.actor, now=at,
            result=ResultDetails(
                name=first.name if first else data["subject"], code=first.code if first else "", valid_to=data["valid_to"],
                stored_id=stored.pk, file_name=name,
            ),
            paper=Paper(
                data["type_code"], "", data["subject"], at.date(), signer_name=data["signer_name"],
                signer_position=data["signer_position"],
            ),
        )  # fmt: skip

    return act_page(
        request,
        form=form,
        title=_("Ban hành kết quả"),
        submit=_("Vào sổ, lấy số"),
        said=_("Đã ban hành kết quả, đã vào sổ văn bản đi."),
        back=address(pk),
        about=_about(dossier),
        do=do,
    )


def give_back_page(request: Request, pk: int) -> HttpResponse:
    """The applicant has come for the result."""
    at = now()
    dossier = queries.dossier_for(request.actor, pk)
    require(request.actor, "dossiers.return", agency_id=request.actor.agency_id)
    way = dossier.result_way if dossier.result_way != ResultWay.POST else ResultWay.DESK
    form = forms.GiveBackForm(
        request.POST or None, initial={"taken_by": dossier.agent_name or dossier.applicant_name, "way": way}
    )
    return act_page(
        request, form=form, title=_("Trả kết quả"), submit=_("Đã trả, ghi sổ"), said=_("Đã trả kết quả, đã ghi sổ."), back=address(pk), about=_about(dossier),
        do=lambda data: give_back(
            dossier_id=pk, way=ResultWay(data["way"]), taken_by=data["taken_by"], paper=data["paper"], actor=request.actor, now=at
        ),
    )  # fmt: skip


def parcel_page(request: Request, pk: int) -> HttpResponse:
    """Hand the result to the post."""
    at = now()
    dossier = queries.dossier_for(request.actor, pk)
    require(request.actor, "dossiers.return", agency_id=request.actor.agency_id)
    form = forms.ParcelForm(
        request.POST or None,
        initial={
            "to_name": dossier.applicant_name, "to_address": dossier.result_address or dossier.address, "to_phone": dossier.phone,
        },
    )  # fmt: skip
    return act_page(
        request, form=form, title=_("Gửi kết quả qua bưu chính"), submit=_("Giao cho bưu chính"), said=_("Đã giao cho bưu chính."), back=address(pk),
        about=_about(dossier),
        do=lambda data: send_parcel(dossier_id=pk, trip=Trip(**data), actor=request.actor, now=at),
    )  # fmt: skip


def inward_parcel_page(request: Request, pk: int) -> HttpResponse:
    """The papers came by post: from whom, under which tracking number, for how much."""
    at = now()
    dossier = queries.dossier_for(request.actor, pk)
    require(request.actor, "dossiers.receive", agency_id=request.actor.agency_id)
    form = forms.InwardParcelForm(
        request.POST or None,
        initial={"to_name": dossier.applicant_name, "to_address": dossier.address, "to_phone": dossier.phone},
    )
    return act_page(
        request, form=form, title=_("Hồ sơ đến qua bưu chính"), submit=_("Ghi bưu gửi"), back=address(pk),
        about=_about(dossier), said=_("Đã ghi bưu gửi đến."),
        do=lambda data: note_inward_parcel(dossier_id=pk, trip=Trip(**data), actor=request.actor, now=at),
    )  # fmt: skip
