"""Doors of the desk: put an applicant's details right, join two rows that are one person."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from lienthong.foundation.access.rules import require
from lienthong.kit.dates import VIETNAM
from lienthong.kit.refusal import Refused
from lienthong.modules.citizens import forms, queries
from lienthong.modules.citizens.actions.edit_applicant import edit_applicant
from lienthong.modules.citizens.actions.merge import merge
from lienthong.modules.citizens.models import Applicant
from lienthong.modules.citizens.rules import Details, masked
from lienthong.modules.citizens.terms import KIND_LABELS, SCHEME_LABELS, SEX_LABELS, IdentityScheme, Kind, Sex
from lienthong.web.act_page import act_page
from lienthong.web.fields import number_in, text_in
from lienthong.web.request import Request


def address(applicant_id: int) -> str:
    return reverse("applicant_page", args=[applicant_id])


def _back(request: Request, applicant_id: int) -> str:
    """Where the desk came from (`ve`, an address of the workspace), so that what it had chosen there is not lost; else the
    applicant's page."""
    asked = text_in(request.GET, "ve", 500)
    safe = asked.startswith("/lam-viec/") and url_has_allowed_host_and_scheme(asked, {request.get_host()})
    return asked if safe else address(applicant_id)


def edit(request: Request, pk: int) -> HttpResponse:
    """Details as they are right."""
    at = datetime.now(VIETNAM)
    require(request.actor, "citizens.edit", agency_id=request.actor.agency_id)
    row = queries.applicant(pk)
    known = ("kind", "name", "born_on", "sex", "address", "phone", "email")
    form = forms.EditForm(
        request.POST or None,
        initial={**{name: getattr(row, name) for name in known}, "scheme": IdentityScheme.PERSONAL},
    )

    def do(data: dict[str, Any]) -> Applicant:
        details = Details(
            **{
                **data, "kind": Kind(data["kind"]), "sex": Sex(data["sex"]),
                "scheme": IdentityScheme(data["scheme"] or IdentityScheme.PERSONAL),
            }
        )  # fmt: skip
        return edit_applicant(applicant_id=row.pk, details=details, actor=request.actor, now=at)

    return act_page(
        request, form=form, do=do, title=_("Sửa người nộp hồ sơ"), submit=_("Ghi"), back=_back(request, row.pk), about=row.name,
        said=_("Đã sửa. Hồ sơ đã tiếp nhận giữ thông tin của ngày tiếp nhận."),
    )  # fmt: skip


def merge_page(request: Request, pk: int) -> HttpResponse:
    """Find the other row, see both side by side, say why they are one.

    Always by POST: no identity number stands in an address or a log.
    """
    viewer = request.actor
    require(viewer, "citizens.edit", agency_id=viewer.agency_id)
    row = queries.applicant(pk)
    context: dict[str, Any] = {"row": row, "back": address(row.pk), "reason": text_in(request.POST, "reason", 300)}
    other_id = number_in(request.POST, "other")
    if other_id:
        other = queries.applicant(other_id)
        stays_id = number_in(request.POST, "stays") or row.pk
        if "merge" in request.POST and stays_id in {row.pk, other.pk}:
            goes = other if stays_id == row.pk else row
            try:
                stays = merge(
                    applicant_id=goes.pk,
                    into_id=stays_id,
                    reason=context["reason"],
                    actor=viewer,
                    now=datetime.now(VIETNAM),
                )
            except Refused as refusal:
                context["refusal"] = refusal
            else:
                messages.success(request, _("Đã gộp: mọi số giấy tờ và hồ sơ sau này thuộc về một dòng."))
                return redirect(address(stays.pk))
        context |= {"pair": [_side(row), _side(other)], "other": other, "stays": stays_id}
    elif "tim" in request.POST:
        words = text_in(request.POST, "tim")
        context |= {
            "words": words,
            "searched": True,
            "found": [one for one in queries.find(viewer, words) if one.pk != row.pk],
        }
    return render(request, "citizens/merge.html", context, status=422 if "refusal" in context else 200)


def _side(row: Applicant) -> dict[str, Any]:
    return {"row": row, **in_words(row)}


def in_words(row: Applicant) -> dict[str, Any]:
    """Kind, sex and masked numbers of an applicant, for a page."""
    return {
        "kind": KIND_LABELS[Kind(row.kind)], "sex": SEX_LABELS[Sex(row.sex)],
        "numbers": [
            (SCHEME_LABELS[IdentityScheme(one.scheme)], masked(one.number)) for one in queries.identities(row.pk)
        ],
    }  # fmt: skip
