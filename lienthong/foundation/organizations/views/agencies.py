"""The directory of agencies, and one agency: what it is called, where it stands, by which codes it is addressed."""

from collections.abc import Callable
from io import StringIO
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from lienthong.foundation.access.rules import require
from lienthong.foundation.access.terms import DUTY_LABELS, Duty
from lienthong.foundation.calendar import queries as calendar
from lienthong.foundation.organizations import agency_file, forms, queries
from lienthong.foundation.organizations.actions.add_agency import add_agency
from lienthong.foundation.organizations.actions.add_code import add_code
from lienthong.foundation.organizations.actions.close_code import close_code
from lienthong.foundation.organizations.actions.edit_agency import edit_agency
from lienthong.foundation.organizations.actions.import_agencies import check, import_agencies
from lienthong.foundation.organizations.actions.move_agency import move_agency
from lienthong.foundation.organizations.actions.rename_agency import rename_agency
from lienthong.foundation.organizations.models import Agency, Post
from lienthong.foundation.organizations.terms import SUCCESSION_LABELS, TIER_LABELS, Scheme, SuccessionKind, Tier
from lienthong.foundation.trail.queries import history
from lienthong.kit.refusal import N_, Refused
from lienthong.web.act_page import act_page
from lienthong.web.clock import now, today
from lienthong.web.fields import number_in, text_in
from lienthong.web.refusal import told
from lienthong.web.request import Request

SCHEME_LABELS = {Scheme.OLD: N_("Kiểu cũ"), Scheme.NEW: N_("Kiểu mới"), Scheme.ALIAS: N_("Tên gọi khác")}
VERB = "organizations.edit"


def obtain(request: Request, pk: int) -> Agency:
    """The agency of an administrator's page; only for those who may edit it."""
    require(request.actor, VERB, agency_id=pk)
    try:
        return queries.agency(pk)
    except Agency.DoesNotExist as error:
        raise Http404 from error


def page_of(pk: int) -> str:
    """The address of one agency's page."""
    return reverse("organizations:agency", args=[pk])


def book(request: Request) -> HttpResponse:
    """All living agencies by tier; `q` filters without diacritics, `cap` shows one tier, `het` those that have ended."""
    require(request.actor, VERB)
    words, tier, ended = text_in(request.GET, "q"), number_in(request.GET, "cap"), "het" in request.GET
    found = list((queries.ended_agencies if ended else queries.agencies)(today(), words).select_related("parent"))
    counts = {one: sum(agency.tier == one for agency in found) for one in Tier}
    shown = [agency for agency in found if tier is None or agency.tier == tier]
    codes = queries.codes_of([agency.pk for agency in shown])
    groups = [
        (TIER_LABELS[one], [(agency, codes.get(agency.pk, "")) for agency in shown if agency.tier == one])
        for one in Tier
    ]
    context = {
        "groups": [(label, rows) for label, rows in groups if rows],
        "tabs": [(one.value, TIER_LABELS[one], counts[one]) for one in Tier if counts[one]],
        "tier": tier, "words": words, "ended": ended, "total": len(found),
    }  # fmt: skip
    return render(request, "organizations/book.html", context)


def one(request: Request, pk: int) -> HttpResponse:
    """An agency with its codes, units, posts, people, and what it was before."""
    agency, on = obtain(request, pk), today()
    posts = queries.posts_of(pk, on)
    ids = [post.pk for post in posts]
    seats, stand_ins = queries.holdings(ids, on), queries.substitutions(ids, on)
    rows = [
        (post, [DUTY_LABELS[Duty(duty)] for duty in post.duties], seats.get(post.pk, []),
         [one for one in stand_ins if one.post_id == post.pk])
        for post in posts
    ]  # fmt: skip
    units = queries.units_of(pk, on)
    groups: list[tuple[Any, list[Any]]] = [(None, [row for row in rows if row[0].unit_id is None])]
    groups += [(unit, [row for row in rows if row[0].unit_id == unit.pk]) for unit in units]
    context = {
        "agency": agency, "tier": TIER_LABELS[Tier(agency.tier)], "on": on, "posts": len(posts),
        "codes": [(row, SCHEME_LABELS[Scheme(row.scheme)]) for row in queries.codes(pk)],
        "groups": [group for group in groups if group[0] or group[1]],
        "children": queries.children(pk, on), "pasts": queries.pasts(pk),
        "successions": [(row, SUCCESSION_LABELS[SuccessionKind(row.kind)]) for row in queries.successions(pk)],
        "schedule": next((one.name for one in calendar.schedules() if one.pk == agency.schedule_id), ""),
        "history": history([agency, *Post.objects.filter(agency_id=pk)], limit=20),
    }  # fmt: skip
    return render(request, "organizations/agency.html", context)


def act_on(request: Request, agency: Agency, *, do: Callable[[dict[str, Any]], Any], **page: Any) -> HttpResponse:
    """The page of one act on an agency; it comes back to the agency."""
    return act_page(request, do=do, back=page_of(agency.pk), **({"about": agency.name} | page))


def add(request: Request) -> HttpResponse:
    require(request.actor, VERB)
    form = forms.AgencyForm(request.POST or None, today=today(), agencies=queries.agencies(today()))
    return act_page(
        request, form=form, title=_("Thêm cơ quan"), submit=_("Thêm cơ quan"), back=reverse("organizations:book"),
        do=lambda data: add_agency(actor=request.actor, now=now(), **data), done=lambda made: page_of(made.pk),
        said=_("Đã thêm cơ quan."),
    )  # fmt: skip


def edit(request: Request, pk: int) -> HttpResponse:
    agency = obtain(request, pk)
    initial = {name: getattr(agency, name) for name in forms.DetailsForm.base_fields}
    return act_on(
        request, agency, title=_("Sửa thông tin cơ quan"), submit=_("Lưu"), said=_("Đã lưu."),
        form=forms.DetailsForm(request.POST or None, initial=initial, schedules=calendar.schedules()),
        do=lambda data: edit_agency(agency_id=pk, actor=request.actor, now=now(), **data),
    )  # fmt: skip


def rename(request: Request, pk: int) -> HttpResponse:
    agency = obtain(request, pk)
    initial = {"name": agency.name, "short_name": agency.short_name}
    return act_on(
        request, agency, title=_("Đổi tên cơ quan"), submit=_("Đổi tên"), said=_("Đã đổi tên."),
        about=_("Tên cũ được giữ cùng thời gian mang tên đó; văn bản của thời gian ấy vẫn ghi tên cũ."),
        form=forms.RenameForm(request.POST or None, initial=initial, today=today()),
        do=lambda data: rename_agency(agency_id=pk, actor=request.actor, now=now(), **data),
    )  # fmt: skip


def move(request: Request, pk: int) -> HttpResponse:
    agency = obtain(request, pk)
    form = forms.MoveForm(
        request.POST or None, initial={"parent_id": agency.parent_id, "tier": agency.tier}, today=today(),
        agencies=queries.agencies(today()), besides=[pk],
    )  # fmt: skip
    return act_on(
        request, agency, title=_("Chuyển cơ quan cấp trên"), submit=_("Chuyển"), said=_("Đã chuyển."), form=form,
        do=lambda data: move_agency(agency_id=pk, actor=request.actor, now=now(), **data),
    )  # fmt: skip


def new_code(request: Request, pk: int) -> HttpResponse:
    agency = obtain(request, pk)
    return act_on(
        request, agency, title=_("Thêm mã định danh"), submit=_("Thêm mã"), said=_("Đã thêm mã định danh."),
        form=forms.CodeForm(request.POST or None, today=today()),
        do=lambda data: add_code(agency_id=pk, actor=request.actor, now=now(), **data),
    )  # fmt: skip


def end_code(request: Request, pk: int, code_id: int) -> HttpResponse:
    agency = obtain(request, pk)
    code = next((row for row in queries.codes(pk) if row.pk == code_id), None)
    if code is None:
        raise Http404
    return act_on(
        request, agency, title=_("Đóng mã định danh {code}").format(code=code.code), submit=_("Đóng mã"), danger=True,
        about=_("Không dùng để gửi nữa; bên ngoài còn gửi đến mã này thì vẫn nhận ra cơ quan."),
        form=forms.EndForm(request.POST or None, today=today()),
        do=lambda data: close_code(code_id=code_id, actor=request.actor, now=now(), **data),
    )  # fmt: skip


def take_in(request: Request) -> HttpResponse:
    """Upload a file of agencies: with refused rows it is shown what is wrong, and a second button loads the rest."""
    require(request.actor, VERB)
    form = forms.ImportForm(request.POST or None, request.FILES or None)
    context: dict[str, Any] = {"form": form, "columns": agency_file.COLUMNS, "back": reverse("organizations:book")}
    if request.method == "POST" and form.is_valid():
        try:
            text, name = _file_text(form.cleaned_data)
            lines = agency_file.read(StringIO(text))
            report = import_agencies(
                lines=lines, only_good="rest" in request.POST, all_or_nothing=False, actor=request.actor, now=now()
            )
        except Refused as refusal:
            form.add_error(None, told(refusal))
        else:
            if report.loaded and not report.faults:
                said = _("Đã nhập {created} cơ quan mới; {unchanged} cơ quan đã có.")
                messages.success(request, said.format(created=report.created, unchanged=report.unchanged))
                return redirect("organizations:book")
            good = len(check(lines).entries) if not report.loaded else 0
            faults = [(one, told(one.why)) for one in report.faults]
            context |= {"report": report, "faults": faults, "good": good, "text": text, "file_name": name}
    return render(request, "organizations/import.html", context, status=422 if form.errors else 200)


def _file_text(data: dict[str, Any]) -> tuple[str, str]:
    if data["file"] is None:
        return data["text"], data["file_name"]
    try:
        return data["file"].read().decode("utf-8-sig"), data["file"].name[:200]
    except UnicodeDecodeError:
        raise Refused(N_("Tệp không phải UTF-8. Trong bảng tính, chọn lưu dạng CSV UTF-8.")) from None
