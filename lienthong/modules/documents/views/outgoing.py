"""Outgoing documents: the book, registering, issuing, following, and what the sender may do afterwards."""

from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lienthong.foundation.access.rules import require
from lienthong.foundation.access.terms import Seated
from lienthong.foundation.numbering import queries as numbering
from lienthong.foundation.organizations import queries as organizations
from lienthong.foundation.organizations.terms import TIER_LABELS, Tier
from lienthong.foundation.trail import queries as trail
from lienthong.kit.dates import VIETNAM
from lienthong.kit.refusal import N_, Refused
from lienthong.modules.documents import forms, queries, rules
from lienthong.modules.documents.actions.issue import issue
from lienthong.modules.documents.actions.keep_list import keep_list
from lienthong.modules.documents.actions.recall import recall
from lienthong.modules.documents.actions.register_outgoing import register_outgoing
from lienthong.modules.documents.actions.remind_receivers import remind_receivers
from lienthong.modules.documents.actions.replace import replace
from lienthong.modules.documents.actions.update import Changes, update
from lienthong.modules.documents.actions.void_number import void_number
from lienthong.modules.documents.models import Incoming, Outgoing
from lienthong.modules.documents.queries import lists
from lienthong.modules.documents.terms import (
    CODE_LABELS,
    OUTGOING_LABELS,
    REQUEST_LABELS,
    Code,
    OutgoingState,
    RequestKind,
)
from lienthong.modules.documents.views.clock import Deadlines, now
from lienthong.modules.documents.views.filters import agencies_in, filter_from, page_number
from lienthong.modules.documents.views.uploads import stored
from lienthong.web.act_page import act_page
from lienthong.web.fields import number_in, text_in
from lienthong.web.refusal import told
from lienthong.web.request import Request

STEPS = (Code.SENT, Code.ARRIVED, Code.ACCEPTED, Code.ASSIGNED, Code.IN_PROGRESS, Code.FINISHED, Code.RETURNED)


def address(row: Outgoing) -> str:
    return reverse("documents:outgoing", args=[row.pk])


def book(request: Request) -> HttpResponse:
    """The list of outgoing documents that the viewer may see."""
    viewer = request.actor
    wanted = filter_from(request)
    page = lists.outgoing_page(viewer, wanted, page_number(request))
    tabs = [
        ("", _("Tất cả")), ("cho-phat-hanh", _("Chờ phát hành")), ("da-phat-hanh", _("Đã phát hành")), ("thu-hoi", _("Đã thu hồi")),
        ("thay-the", _("Đã thay thế")), ("huy-so", _("Đã hủy số")),
    ]  # fmt: skip
    waiting = lists.waiting_to_issue(viewer)
    receivers = lists.receivers_of([row.pk for row in page.rows])
    for row in page.rows:
        row.label = OUTGOING_LABELS[OutgoingState(row.state)]
        row.receivers = receivers.get(row.pk, 0)
    context = {
        **agencies_in(request, wanted),
        "page": page,
        "wanted": wanted,
        "counts": {"cho-phat-hanh": waiting} if waiting else {},
        "year": now().year,
        "tabs": tabs,
    }
    return render(request, "documents/outgoing_book.html", context)


def register(request: Request) -> HttpResponse:
    """Register a signed document; the number is given here."""
    actor, at = request.actor, now()
    require(actor, "documents.register", agency_id=actor.agency_id)
    replied = request.GET.get("tra-loi", "")
    form = forms.RegisterForm(
        request.POST or None, request.FILES or None, today=at.date(), actor=actor, reserved=numbering.reserved(actor, at.year),
        initial={"replies_to": replied},
    )  # fmt: skip

    def do(data: dict[str, Any]) -> Outgoing:
        return register_outgoing(
            paper=form.paper(),
            details=rules.OutgoingDetails(
                unit_id=data["unit_id"], copies=data["copies"], archive_holder=data["archive_holder"], note=data["note"],
                reserved_number=data["reserved_number"], replies_to=_answered(actor, data["replies_to"], at.year),
            ),
            attached=stored(data["files"], at), actor=actor, now=at, form_key=data["form_key"] or None,
        )  # fmt: skip

    return act_page(
        request, form=form, do=do, title=_("Đăng ký văn bản đi"), submit=_("Đăng ký, lấy số"), back=reverse("documents:outgoing_book"),
        done=lambda row: reverse("documents:issue", args=[row.pk]),
        said=lambda row: _("Đã đăng ký, số {code}. Chọn nơi nhận để phát hành.").format(code=row.document.code),
        about=_("Văn bản đã được người có thẩm quyền ký. Số và ký hiệu do hệ thống cấp."),
    )  # fmt: skip


def _answered(actor: Seated, arrival_numbers: tuple[int, ...], year: int) -> tuple[int, ...]:
    rows = queries.incoming(actor).filter(agency_id=actor.agency_id, year=year, arrival_number__in=arrival_numbers)
    found = dict(rows.values_list("arrival_number", "pk"))
    if missing := [number for number in arrival_numbers if number not in found]:
        raise Refused(N_("Không thấy văn bản đến số {number} của năm {year}."), number=missing[0], year=year)
    return tuple(found.values())


def choose_receivers(request: Request, pk: int) -> HttpResponse:
    """Choose who receives, then issue."""
    actor, at = request.actor, now()
    row = queries.outgoing_for(actor, pk, "documents.issue")
    refused = ""
    if request.method == "POST":
        recipients = forms.recipients_from(request.POST)
        refused = _paper_alone(request, recipients) or _issue(request, pk, recipients, at)
        if not refused:
            said = _("Đã phát hành {code} đến {count} nơi nhận.")
            messages.success(request, said.format(code=row.document.code, count=len(recipients)))
            return redirect(address(row))
    groups: dict[int, list[Any]] = {}
    agencies = list(organizations.agencies(at.date()).exclude(pk=row.agency_id))
    codes = organizations.codes_of([agency.pk for agency in agencies])
    for agency in agencies:
        agency.code = codes.get(agency.pk, "")
        groups.setdefault(agency.tier, []).append(agency)
    to, chosen = set(request.POST.getlist("to")), number_in(request.GET, "danh-sach")
    context = {
        "row": row,
        "document": row.document,
        "groups": [(tier, TIER_LABELS[Tier(tier)], members) for tier, members in groups.items()],
        "lists": queries.recipient_lists(actor),
        "to": to,
        "inform": set(request.POST.getlist("inform")),
        "paper": set(request.POST.getlist("paper")),
        "chosen_list": request.GET.get("danh-sach", ""),
        "refused": refused,
        "ended": queries.list_ended(actor, chosen, at.date()) if chosen is not None else [],
    }
    if chosen is not None:
        to |= {str(pk) for pk in queries.list_members(actor, chosen)}
    return render(request, "documents/issue.html", context, status=422 if refused else 200)


def _paper_alone(request: Request, recipients: list[rules.Recipient]) -> str:
    """Why a paper copy that nobody was chosen for stops the issue: left out silently, it would never be sent."""
    chosen = {str(one.agency_id) for one in recipients}
    if set(request.POST.getlist("paper")) <= chosen:
        return ""
    return _("Có cơ quan chỉ được đánh dấu kèm bản giấy. Chọn cơ quan ấy để thực hiện hoặc để biết, hoặc bỏ dấu.")


def _issue(request: Request, pk: int, recipients: list[rules.Recipient], at: datetime) -> str:
    """Why it was refused, or an empty text when it is issued."""
    typed = forms.IssueForm(request.POST)
    if not typed.is_valid():
        return " ".join(f"{typed.fields[name].label}: {' '.join(map(str, why))}" for name, why in typed.errors.items())
    name, to_places = typed.cleaned_data["list_name"], typed.cleaned_data["to_places"]
    try:
        if name:
            keep_list(name=name, agency_ids=[one.agency_id for one in recipients], actor=request.actor, now=at)
        issue(outgoing_id=pk, recipients=recipients, to_places=to_places, actor=request.actor, now=at)
    except Refused as refusal:
        return told(refusal)
    return ""


def one(request: Request, pk: int) -> HttpResponse:
    """One outgoing document and how far each receiver has come."""
    viewer, at = request.actor, now()
    row = queries.outgoing_for(viewer, pk)
    get = request.GET.get
    code = text_in(request.GET, "ma", 2) if "ma" in request.GET else None
    page = lists.deliveries_page(
        row, tab=get("loc", ""), words=text_in(request.GET, "q"), code=code, number=page_number(request)
    )
    codes = organizations.codes_of([delivery.agency_id for delivery in page.rows])
    for delivery in page.rows:
        delivery.label, delivery.agency_code = CODE_LABELS[Code(delivery.code)], codes.get(delivery.agency_id, "")
    found = lists.progress(row)
    total = sum(found.values())
    files = queries.files_of(viewer, row)
    context = {
        "row": row,
        "document": row.document,
        "label": OUTGOING_LABELS[OutgoingState(row.state)],
        "files": files,
        "main": next((file for file in files if file.stored.extension == "pdf"), None),
        "body": queries.body_of(row),
        "total": total,
        "counters": [(step, CODE_LABELS[step], found.get(step, 0)) for step in STEPS],
        "bars": _bars(found, total, 1000),
        "tiers": [
            (TIER_LABELS[Tier(tier)], sum(codes.values()), _bars(codes, sum(codes.values()), 400))
            for tier, codes in lists.progress_by_tier(row)
        ],
        "within": lists.sent_within(row) if total else {},
        "page": page,
        "tab": get("loc", ""),
        "code": code,
        "trouble": sum(found.get(step, 0) for step in (Code.SENT, Code.ARRIVED, Code.RETURNED)),
        "not_registered": found.get(Code.ARRIVED, 0),
        "answers": queries.answered_by(row),
        "requests": (asked := [(one, REQUEST_LABELS[RequestKind(one.kind)]) for one in queries.requests_of(row)]),
        "unanswered": sum(one.answered_at is None for one, _kind in asked),
        "history": trail.history([row]),
        "may": _may(viewer, row, found),
        "deadline": Deadlines(viewer, at)(_end_of(row.document.reply_by)) if row.document.reply_by else None,
        "at": at,
    }
    return render(request, "documents/outgoing.html", context)


def _bars(found: dict[str, int], total: int, width: int) -> list[tuple[str, float, float, int]]:
    """(code, x, width, count) of a stacked bar of that width; drawn as SVG so that no style stands in the page."""
    bars, x = [], 0.0
    for step in STEPS:
        if count := found.get(step, 0):
            length = width * count / total
            bars.append((step or "00", round(x, 1), round(max(length - 2, 1), 1), count))
            x += length
    return bars


def _end_of(day: date) -> datetime:
    return datetime.combine(day, time(17), VIETNAM)


def _may(viewer: Seated, row: Outgoing, found: dict[str, int]) -> set[str]:
    if row.agency_id != viewer.agency_id or not viewer.may("documents.issue"):
        return set()
    if row.state == OutgoingState.REGISTERED:
        return {"issue", "void"}
    if row.state == OutgoingState.ISSUED:
        return {"recall", "replace", "update"} | ({"remind"} if found.get(Code.ARRIVED) else set())
    return set()


@require_POST
def remind(request: Request, pk: int) -> HttpResponse:
    count = remind_receivers(outgoing_id=pk, actor=request.actor, now=now())
    messages.success(request, _("Đã nhắc {count} nơi chưa vào sổ.").format(count=count))
    return redirect("documents:outgoing", pk)


def call_back(request: Request, pk: int) -> HttpResponse:
    row = queries.outgoing_for(request.actor, pk, "documents.issue")
    return _act(
        request, row, forms.ReasonForm(request.POST or None), _("Thu hồi văn bản"), _("Thu hồi"), danger=True,
        do=lambda data: recall(outgoing_id=pk, reason=data["reason"], actor=request.actor, now=now()),
    )  # fmt: skip


def give_up(request: Request, pk: int) -> HttpResponse:
    row = queries.outgoing_for(request.actor, pk, "documents.issue")
    return _act(
        request, row, forms.ReasonForm(request.POST or None), _("Hủy số văn bản"), _("Hủy số"), danger=True,
        do=lambda data: void_number(outgoing_id=pk, reason=data["reason"], actor=request.actor, now=now()),
    )  # fmt: skip


def put_another(request: Request, pk: int) -> HttpResponse:
    row = queries.outgoing_for(request.actor, pk, "documents.issue")

    def do(data: dict[str, Any]) -> Outgoing:
        number, _sep, notation = data["by_code"].partition("/")
        other = (
            queries.outgoing(request.actor, "documents.issue")
            .filter(agency_id=row.agency_id, document__code_folded=rules.code_folded(number, notation))
            .order_by("-year")
            .first()
        )
        if other is None:
            raise Refused(N_("Không thấy văn bản {code} trong sổ văn bản đi."), code=data["by_code"])
        return replace(outgoing_id=pk, by_outgoing_id=other.pk, reason=data["reason"], actor=request.actor, now=now())

    return _act(
        request, row, forms.ReplaceForm(request.POST or None), _("Thay thế văn bản"), _("Thay thế"), do=do, danger=True
    )


def correct(request: Request, pk: int) -> HttpResponse:
    row = queries.outgoing_for(request.actor, pk, "documents.issue")
    document = row.document
    initial = {name: getattr(document, name) for name in ("subject", "signer_name", "signer_position", "reply_by")}
    form = forms.UpdateForm(request.POST or None, request.FILES or None, initial=initial)

    def do(data: dict[str, Any]) -> Outgoing:
        changes = Changes(data["subject"], data["signer_name"], data["signer_position"], data["reply_by"])
        return update(
            outgoing_id=pk,
            changes=changes,
            attached=stored(data["files"], now()),
            reason=data["reason"],
            actor=request.actor,
            now=now(),
        )

    def said(_made: Outgoing) -> str:
        returned = lists.progress(row).get(Code.RETURNED, 0)
        text = _("Đã cập nhật. Nơi nhận đang giữ văn bản được hỏi có nhận bản mới không.")
        if returned:
            text += " " + _(
                "{count} nơi đã trả lại không được hỏi; muốn gửi lại cho các nơi ấy thì đăng ký một văn bản mới."
            ).format(count=returned)
        return text

    return _act(
        request, row, form, _("Cập nhật văn bản đã phát hành"), _("Cập nhật, gửi các nơi nhận"), do=do, said=said
    )


def _act(
    request: Request,
    row: Outgoing,
    form: Form,
    title: str,
    submit: str,
    *,
    do: Callable[[dict[str, Any]], Any],
    **more: Any,
) -> HttpResponse:
    about = f"{row.document.code} · {row.document.subject}"
    more.setdefault("said", _("Đã thực hiện: {act}.").format(act=title))
    return act_page(request, form=form, do=do, title=title, submit=submit, back=address(row), about=about, **more)


def reply_to(request: Request, pk: int) -> HttpResponse:
    """From an incoming document to the form that registers its answer."""
    row: Incoming = queries.incoming_for(request.actor, pk)
    return redirect(f"{reverse('documents:register')}?tra-loi={row.arrival_number}")
