"""Guessing is slow: failures of any step of signing in are counted by axes in the database, by name and address, and by
the address alone, where many people of one office may stand behind it."""

from ipaddress import ip_address

from axes.attempts import get_cool_off_threshold
from axes.handlers.database import AxesDatabaseHandler
from axes.handlers.proxy import AxesProxyHandler
from axes.helpers import get_lockout_response
from axes.models import AccessAttempt
from django.conf import settings
from django.contrib.auth.signals import user_login_failed
from django.db.models import Sum
from django.http import HttpRequest, HttpResponse


def lockout(request: HttpRequest, username: str) -> HttpResponse | None:
    """The page that says how long to wait, or None while the name may still be tried from this address."""
    credentials = {"login": username, "username": username}
    if AxesProxyHandler.is_allowed(request, credentials):
        return None
    return get_lockout_response(request, credentials)


def count_failure(request: HttpRequest, username: str) -> None:
    """A wrong code counts like a wrong password."""
    user_login_failed.send(sender=__name__, credentials={"login": username, "username": username}, request=request)


def client_address(request: HttpRequest) -> str | None:
    """Where a request comes from: behind a proxy (HTTPS set) what the proxy itself wrote last, else the other end."""
    return (_forwarded(request) if settings.HTTPS else None) or request.META.get("REMOTE_ADDR")


class ByNameAndByAddress(AxesDatabaseHandler):
    """Also locked: an address from which very many names were tried."""

    def get_failures(self, request: HttpRequest, credentials: dict | None = None) -> int:
        failures = super().get_failures(request, credentials)
        return max(failures, settings.AXES_FAILURE_LIMIT) if self._address_is_locked(request) else failures

    def _address_is_locked(self, request: HttpRequest) -> bool:
        # A proxy that does not say for whom it asks stands for everybody: locking it would lock everybody out.
        if settings.HTTPS and _forwarded(request) is None:
            return False
        recent = AccessAttempt.objects.filter(
            ip_address=client_address(request), attempt_time__gte=get_cool_off_threshold(request)
        )
        failures = recent.aggregate(count=Sum("failures_since_start"))["count"] or 0
        return failures >= settings.SIGN_IN_FAILURES_PER_ADDRESS


def _forwarded(request: HttpRequest) -> str | None:
    last = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
    try:
        return str(ip_address(last))
    except ValueError:
        return None
