"""Books of numbers, reserved numbers, and saved lists of receivers."""

from django import forms as django_forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lienthong.foundation.access.rules import require
from lienthong.foundation.numbering import queries as numbering
from lienthong.foundation.numbering.actions.close_series import close_series
from lienthong.foundation.numbering.actions.open_series import open_series
from lienthong.foundation.numbering.actions.reserve import reserve
from lienthong.modules.documents import forms, queries
from lienthong.modules.documents.actions.keep_list import drop_list
from lienthong.modules.documents.views.clock import now
from lienthong.web.act_page import act_page
from lienthong.web.fields import offer
from lienthong.web.request import Request


def series(request: Request) -> HttpResponse:
    """The agency's books, the last number of each this year, and the numbers set aside."""
    viewer, year = request.actor, now().year
    require(viewer, "numbering.edit", agency_id=viewer.agency_id)
    last = numbering.counters(viewer, year)
    rows = [(one, last.get(one.pk, 0)) for one in numbering.series_of(viewer)]
    context = {"rows": rows, "reserved": numbering.reserved(viewer, year), "year": year}
    return render(request, "documents/series.html", context)


def new_series(request: Request) -> HttpResponse:
    actor = request.actor
    require(actor, "numbering.edit", agency_id=actor.agency_id)
    return act_page(
        request, form=forms.SeriesForm(request.POST or None, today=now().date()), title=_("Mở sổ"), submit=_("Mở sổ"),
        back=reverse("documents:series"),
        do=lambda data: open_series(agency_id=actor.agency_id, actor=actor, now=now(), **data),
    )  # fmt: skip


def close(request: Request, pk: int) -> HttpResponse:
    """Ask once, saying what stays; then the book gives no more numbers."""
    actor = request.actor
    require(actor, "numbering.edit", agency_id=actor.agency_id)
    book, year = numbering.one_series(actor, pk), now().year
    about = _("Sổ đã cấp đến số {last} năm {year}. Số đã cấp và số đang giữ không đổi; sổ không cấp thêm số nào nữa.")
    form = django_forms.Form(request.POST if request.method == "POST" else None)
    return act_page(
        request, form=form, title=_("Đóng sổ {name}").format(name=book.name),
        about=about.format(last=numbering.last_number(book.pk, year), year=year), submit=_("Đóng sổ"), danger=True,
        back=reverse("documents:series"), said=_("Đã đóng sổ."),
        do=lambda _data: close_series(series_id=book.pk, actor=actor, now=now()),
    )  # fmt: skip


def set_aside(request: Request) -> HttpResponse:
    actor = request.actor
    require(actor, "numbering.reserve", agency_id=actor.agency_id)
    form = forms.ReserveForm(request.POST or None)
    books = [one for one in numbering.series_of(actor) if one.book == "outgoing" and one.valid_to is None]
    offer(form, "series_id", [(one.pk, one.name) for one in books])
    return act_page(
        request, form=form, title=_("Giữ số văn bản đi"), submit=_("Giữ số"), back=reverse("documents:series"),
        do=lambda data: reserve(actor=actor, now=now(), **data),
    )  # fmt: skip


def recipient_lists(request: Request) -> HttpResponse:
    require(request.actor, "documents.issue", agency_id=request.actor.agency_id)
    return render(request, "documents/recipient_lists.html", {"lists": queries.recipient_lists(request.actor)})


@require_POST
def remove_list(request: Request, pk: int) -> HttpResponse:
    drop_list(list_id=pk, actor=request.actor, now=now())
    messages.success(request, _("Đã bỏ danh sách."))
    return redirect("documents:recipient_lists")
