"""The post: what waits for it, the list with bar codes that it signs, and its file of what became of parcels."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from lienthong.foundation.access.rules import require
from lienthong.foundation.organizations import queries as organizations
from lienthong.kit.dates import long_date
from lienthong.kit.refusal import N_, Refused
from lienthong.kit.scan_codes import code_128_svg
from lienthong.kit.text import dotted
from lienthong.modules.dossiers import post_file
from lienthong.modules.dossiers.actions.parcels import Status, take_statuses
from lienthong.modules.dossiers.queries import post
from lienthong.modules.dossiers.queries.printed import heading_of
from lienthong.modules.dossiers.views.clock import now
from lienthong.modules.dossiers.views.papers import sent
from lienthong.web.fields import day_in
from lienthong.web.print import POST_LIST, pdf
from lienthong.web.refusal import told
from lienthong.web.request import Request


class StatusFileForm(forms.Form):
    """The file that the post sends."""

    file = forms.FileField(label=_("Tệp trạng thái của bưu chính (CSV hoặc XLSX)"))


def page(request: Request) -> HttpResponse:
    """What waits and what is on the way; a status file that was sent is read, and each line that could not be used is
    shown with its reason."""
    form, outcome = StatusFileForm(request.POST or None, request.FILES or None), None
    require(request.actor, post.VERB, agency_id=request.actor.agency_id)
    if request.method == "POST" and form.is_valid():
        try:
            outcome = _take(request, form.cleaned_data["file"])
        except Refused as why:
            form.add_error("file", told(why))
    context = {
        "form": form,
        "outcome": outcome,
        "waiting": post.to_hand_over(request.actor),
        "on_the_way": post.on_the_way(request.actor),
        "today": now().date(),
    }
    return render(request, "dossiers/post.html", context, status=422 if form.errors else 200)


def _take(request: Request, file: Any) -> dict[str, Any]:
    """How many lines were used, and (line, tracking number, reason) of the others in the order of the file."""
    if file.size > post_file.MOST_BYTES:
        raise Refused(N_("Tệp trạng thái bưu gửi lớn hơn 5 MB."))
    good, bad = post_file.read(file.read())
    lines: dict[int, int] = {}
    statuses = []
    for one in good:
        status = Status(one.tracking, one.state, one.at, one.delivered, one.failed)
        lines[id(status)] = one.line
        statuses.append(status)
    used, refused = take_statuses(statuses=statuses, actor=request.actor, now=now())
    told_of = [(one.line, one.tracking, told(one.why)) for one in bad]
    told_of += [(lines[id(status)], status.tracking, why) for status, why in refused]
    return {"used": used, "refused": sorted(told_of)}


def as_pdf(request: Request) -> HttpResponse:
    """The list for the post with a bar code for each dossier and tracking number: what waits, or with `ngay` what was handed
    over on that day."""
    at, day = now(), day_in(request.GET, "ngay")
    agency = organizations.agency(request.actor.agency_id)
    if day is None:
        lines = [
            _line(row.code or "", row.applicant_name, row.phone, row.result_address)
            for row in post.to_hand_over(request.actor)
        ]
    else:
        lines = [
            _line(one.dossier.code or "", one.to_name, one.to_phone, one.to_address, one.tracking, one.cost)
            for one in post.handed_on(request.actor, day)
        ]
    heading = heading_of(agency)
    data = {
        "above": heading["above"],
        "office": heading["office"],
        "title": "Danh sách kết quả gửi qua dịch vụ bưu chính công ích",
        "day": long_date(day or at.date()).capitalize(),
        "lines": lines,
        "giver": request.actor.person_name,
    }
    return sent(pdf(POST_LIST, data, at=at), f"buu-chinh-{day or at.date():%Y%m%d}.pdf")


def _line(
    code: str, name: str, phone: str, address: str, tracking: str = "", cost: int | None = None
) -> dict[str, str]:
    return {
        "code": code,
        "code_mark": code_128_svg(code),
        "name": name,
        "phone": phone,
        "address": address,
        "tracking": tracking,
        "tracking_mark": code_128_svg(tracking),
        "cost": dotted(cost) if cost is not None else "",
    }
