"""Messages that crossed the border: the list, taking files in by hand, fetching what waits, trying a parked one again."""

from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from lienthong.foundation.access.rules import require
from lienthong.foundation.files.queries import open_content
from lienthong.kit.dates import VIETNAM
from lienthong.modules.exchange import queries
from lienthong.modules.exchange.actions.retry import retry
from lienthong.modules.exchange.actions.take_in import Outcome, take_in
from lienthong.modules.exchange.terms import KIND_LABELS, STATE_LABELS, State
from lienthong.web.act_page import act_page
from lienthong.web.request import Request

PAGE = 50


class TakeInForm(forms.Form):
    """One message file."""

    file = forms.FileField(label=gettext_lazy("Tệp gói tin (.edxml)"))


def book(request: Request) -> HttpResponse:
    """The latest messages in, out, or those that need a person."""
    require(request.actor, queries.READ, agency_id=request.actor.agency_id)
    tab = request.GET.get("loc", "")
    rows = queries.messages(request.actor)
    if tab == "gui-di":
        rows = rows.filter(direction="out")
    elif tab == "can-xem":
        rows = rows.filter(state__in=[State.REFUSED, State.PARKED])
    elif tab == "nhan-ve":
        rows = rows.filter(direction="in")
    text = request.GET.get("trang", "1")
    number = max(1, int(text)) if text.isdecimal() and len(text) < 6 else 1
    found = list(rows[(number - 1) * PAGE : number * PAGE + 1])
    for row in found:
        row.kind_label, row.state_label = KIND_LABELS[row.kind], STATE_LABELS[State(row.state)]
    tabs = [("", _("Tất cả")), ("nhan-ve", _("Nhận về")), ("gui-di", _("Gửi đi")), ("can-xem", _("Cần xem"))]
    context = {
        "rows": found[:PAGE],
        "more": len(found) > PAGE,
        "number": number,
        "next": number + 1,
        "tab": tab,
        "tabs": tabs,
    }
    return render(request, "exchange/book.html", context)


def take(request: Request) -> HttpResponse:
    """Take in a message file that came by hand."""
    require(request.actor, "exchange.take_in", agency_id=request.actor.agency_id)

    def do(data: dict[str, Any]) -> Outcome:
        file = data["file"]
        outcome = take_in(
            source=file,
            file_name=file.name,
            actor=request.actor,
            now=datetime.now(VIETNAM),
            receiver_id=request.actor.agency_id,
        )
        if outcome.refusal is not None:
            raise outcome.refusal
        _say(request, outcome)
        return outcome

    return act_page(
        request, form=TakeInForm(request.POST or None, request.FILES or None), do=do, title=_("Nhập gói tin edXML"),
        submit=_("Nhập"), back=reverse("exchange:book"), done=_page_of,
        about=_("Gói tin văn bản thành văn bản đến chờ vào sổ; gói tin trạng thái cập nhật văn bản đã gửi."),
    )  # fmt: skip


def _page_of(outcome: Outcome) -> str:
    incoming = next((message.incoming_id for message in outcome.messages if message.incoming_id), None)
    return reverse("documents:incoming", args=[incoming]) if incoming else reverse("exchange:book")


def _say(request: Request, outcome: Outcome) -> None:
    level = messages.success if outcome.state == State.DONE else messages.warning
    level(
        request, _(STATE_LABELS[State(outcome.state)]) + "".join(f" {message.reason}" for message in outcome.messages)
    )


def raw(request: Request, pk: int) -> FileResponse:
    """The message as it is, to look at or to carry elsewhere."""
    message = queries.messages(request.actor).filter(pk=pk, stored__isnull=False).first()
    if message is None or message.stored is None:
        raise Http404
    return FileResponse(
        open_content(message.stored),
        as_attachment=True,
        filename=message.file_name,
        content_type="application/octet-stream",
    )


@require_POST
def again(request: Request, pk: int) -> HttpResponse:
    """Try a refused or parked message once more."""
    message = queries.messages(request.actor).filter(pk=pk, state__in=[State.REFUSED, State.PARKED]).first()
    if message is None:
        raise Http404
    outcome = retry(message=message, actor=request.actor, now=datetime.now(VIETNAM))
    if outcome.refusal is not None:
        raise outcome.refusal
    _say(request, outcome)
    return redirect("exchange:book")
