"""Accounts of the staff, for administrators."""

from collections.abc import Callable
from datetime import datetime

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from lienthong.foundation.access.rules import require
from lienthong.foundation.accounts import forms, queries, rules
from lienthong.foundation.accounts.actions.end_sessions import end_sessions
from lienthong.foundation.accounts.actions.lock_account import lock_account
from lienthong.foundation.accounts.actions.open_account import open_account
from lienthong.foundation.accounts.actions.remove_second_step import remove_second_step
from lienthong.foundation.accounts.actions.reset_password import reset_password
from lienthong.foundation.accounts.actions.unlock_account import unlock_account
from lienthong.foundation.accounts.models import Account
from lienthong.kit.dates import VIETNAM
from lienthong.kit.refusal import Refused
from lienthong.kit.text import vn_fold
from lienthong.web.act_page import act_page
from lienthong.web.refusal import told
from lienthong.web.request import Request

PAGE = 50
TABS = ("", "chua-co", "bi-khoa", "chua-doi")


def _now() -> datetime:
    return datetime.now(VIETNAM)


def _may(request: Request) -> None:
    require(request.actor, "accounts.manage", agency_id=request.actor.agency_id, agency_path=request.actor.agency_path)


def staff(request: Request) -> HttpResponse:
    """Who can sign in, who cannot, and what to do about it."""
    _may(request)
    about = request.GET.get("loc", "")
    text = request.GET.get("trang", "1")
    number = min(max(int(text), 1), 10_000) if text.isdecimal() and len(text) < 6 else 1
    words = request.GET.get("q", "")[:100]
    found = queries.staff(
        request.actor,
        _now(),
        words=words,
        about=about if about in TABS else "",
        start=(number - 1) * PAGE,
        limit=PAGE + 1,
    )
    labels = (_("Tất cả"), _("Chưa có tài khoản"), _("Đang bị khóa"), _("Chưa đổi mật khẩu cấp"))
    context = {
        "people": found[:PAGE],
        "more": len(found) > PAGE,
        "number": number,
        "words": words,
        "about": about,
        "tabs": list(zip(TABS, labels, strict=True)),
    }
    return render(request, "accounts/staff.html", context)


def open_one(request: Request, person_id: int) -> HttpResponse:
    """Choose the sign-in name; the one-time password is shown on the next page, once."""
    _may(request)
    person = queries.one_of_staff(request.actor, person_id, _now())
    if person is None:
        raise Http404
    stem = vn_fold(person.name).split()[-1] if vn_fold(person.name) else ""
    suggested = rules.suggest_username(person.name, queries.names_like(stem))
    form = forms.OpenForm(request.POST or None, initial={"username": suggested})
    about = " · ".join(filter(None, (person.name, person.post_name, person.unit_name, person.agency_name)))
    return _with_password(
        request,
        form,
        _("Mở tài khoản"),
        _("Mở tài khoản"),
        about,
        lambda data: open_account(person_id=person_id, username=data["username"], actor=request.actor, now=_now()),
    )


def new_password(request: Request, pk: int) -> HttpResponse:
    """Give a new one-time password."""
    account = _account(request, pk)
    return _with_password(
        request,
        forms.ReasonForm(request.POST or None),
        _("Cấp lại mật khẩu"),
        _("Cấp lại mật khẩu"),
        _about(account),
        lambda data: reset_password(account_id=pk, reason=data["reason"], actor=request.actor, now=_now()),
    )


def lock(request: Request, pk: int) -> HttpResponse:
    """Keep the account from signing in."""
    return _with_reason(
        request,
        pk,
        _("Khóa tài khoản"),
        _("Khóa tài khoản"),
        _("Đã khóa tài khoản; các phiên của tài khoản đã kết thúc."),
        lambda data: lock_account(account_id=pk, reason=data["reason"], actor=request.actor, now=_now()),
        danger=True,
    )


def sign_out(request: Request, pk: int) -> HttpResponse:
    """End every session of the account."""
    return _with_reason(
        request,
        pk,
        _("Kết thúc mọi phiên đăng nhập"),
        _("Kết thúc các phiên"),
        _("Đã kết thúc mọi phiên của tài khoản."),
        lambda data: end_sessions(account_id=pk, reason=data["reason"], actor=request.actor, now=_now()),
    )


def second_step(request: Request, pk: int) -> HttpResponse:
    """Take away a lost second step."""
    return _with_reason(
        request,
        pk,
        _("Tắt xác thực hai lớp"),
        _("Tắt xác thực hai lớp"),
        _("Đã tắt xác thực hai lớp của tài khoản."),
        lambda data: remove_second_step(account_id=pk, reason=data["reason"], actor=request.actor, now=_now()),
        danger=True,
    )


@require_POST
def unlock(request: Request, pk: int) -> HttpResponse:
    """Let the account sign in again."""
    _may(request)
    unlock_account(account_id=pk, actor=request.actor, now=_now())
    messages.success(request, _("Đã mở khóa tài khoản."))
    return redirect("accounts:staff")


def _account(request: Request, pk: int) -> Account:
    _may(request)
    account = queries.account_for(request.actor, pk, _now())
    if account is None:
        raise Http404
    return account


def _about(account: Account) -> str:
    return f"{account.person_name} · {account.username}"


def _with_reason(
    request: Request, pk: int, title: str, submit: str, said: str, do: Callable, *, danger: bool = False
) -> HttpResponse:
    account = _account(request, pk)
    return act_page(
        request,
        form=forms.ReasonForm(request.POST or None),
        do=do,
        title=title,
        submit=submit,
        said=said,
        back=reverse("accounts:staff"),
        about=_about(account),
        danger=danger,
    )


@never_cache
def _with_password(request: Request, form: Form, title: str, submit: str, about: str, do: Callable) -> HttpResponse:
    """Like an act's page, but the answer shows the password at once instead of going elsewhere: it is kept nowhere."""
    context = {"form": form, "title": title, "submit": submit, "about": about, "back": reverse("accounts:staff")}
    if request.method == "POST" and form.is_valid():
        try:
            account, password = do(form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, told(refusal))
        else:
            return render(request, "accounts/password.html", context | {"account": account, "password": password})
    return render(request, "act.html", context, status=422 if form.errors else 200)
