"""What every request passes: the size limit, the language, and the doorkeeper who says which post it acts for."""

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _

from lienthong.foundation.access.rules import Forbidden
from lienthong.foundation.accounts import queries as accounts
from lienthong.foundation.accounts.actions.note_presence import note_presence
from lienthong.kit.refusal import Refused
from lienthong.web.clock import today
from lienthong.web.refusal import told
from lienthong.web.request import Passing

if TYPE_CHECKING:
    from lienthong.foundation.accounts.models import Account

logger = logging.getLogger(__name__)
STAFF = "/lam-viec/"
ACCOUNT = "/tai-khoan/"
Next = Callable[[HttpRequest], HttpResponse]


class LimitBody:
    """Refuse a body that is too large, or that does not say how large it is, before a byte of it is read."""

    def __init__(self, get_response: Next):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "chunked" in request.headers.get("Transfer-Encoding", "").lower():
            # Browsers always say the length; without one the body would be taken for empty and silently dropped.
            return _plain(
                _("Dữ liệu gửi lên không ghi độ dài nên không được nhận. Gửi lại với độ dài (Content-Length)."), 411
            )
        length = request.META.get("CONTENT_LENGTH") or "0"
        if not length.isdecimal() or int(length) > settings.MAX_BODY_BYTES:
            limit = settings.MAX_BODY_BYTES // (1024 * 1024)
            said = _("Tệp gửi lên quá lớn: mỗi lần nhiều nhất {limit} MB. Chia nhỏ hoặc nén tệp rồi gửi lại.")
            return _plain(said.format(limit=limit), 413)
        return self.get_response(request)


def _plain(text: str, status: int) -> HttpResponse:
    return HttpResponse(text, status=status, content_type="text/plain; charset=utf-8")


class ChosenLanguage:
    """Vietnamese, unless the person chose otherwise here: what the browser prefers would mix two languages."""

    def __init__(self, get_response: Next):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        language = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


class Doorkeeper:
    """Gives every request its `actor`; keeps the workspace for signed-in staff; turns refusals into pages."""

    def __init__(self, get_response: Callable[[Passing], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: Passing) -> HttpResponse:
        request.actor, request.posts = None, []
        if request.path.startswith(ACCOUNT) and request.user.is_authenticated:
            self._seat(request, request.user)
        if request.path.startswith(STAFF) or request.path == "/":
            if not request.user.is_authenticated:
                return redirect(f"{settings.LOGIN_URL}?next={request.get_full_path()}")
            if request.user.must_change_password:
                return redirect("account_change_password")
            self._seat(request, request.user)
            if request.actor is None:
                return render(request, "accounts/no_post.html", status=403)
        return self.get_response(request)

    def _seat(self, request: Passing, account: "Account") -> None:
        """The posts this person may act through today, and the one that is used now."""
        request.posts = accounts.posts_of(account)
        request.actor = accounts.choose(request.posts, account, request.session.get("post"))
        if request.actor is not None:
            day = today()
            present = [day.isoformat(), request.actor.agency_id]
            if request.session.get("present") != present:
                note_presence(actor=request.actor, day=day)
                request.session["present"] = present

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """A refusal that no form caught: say it, keep nothing half done (the act's transaction is rolled back)."""
        if isinstance(exception, ObjectDoesNotExist):  # what a viewer may not see does not exist for that viewer
            logger.info("not there for this viewer: %s (%s)", request.path, exception)
            return render(request, "404.html", status=404)
        if not isinstance(exception, Refused):
            return None
        text = told(exception)
        status = 403 if isinstance(exception, Forbidden) else 409
        if request.method == "POST" and (back := request.headers.get("Referer")) and status == 409:
            from django.utils.http import url_has_allowed_host_and_scheme

            if url_has_allowed_host_and_scheme(back, {request.get_host()}):
                messages.error(request, text)
                return redirect(back)
        return render(request, "refused.html", {"text": text}, status=status)
