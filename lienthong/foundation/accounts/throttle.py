"""Guessing is slow: failures of any step of signing in are counted by axes in the database, by name and address."""

from axes.handlers.proxy import AxesProxyHandler
from axes.helpers import get_lockout_response
from django.contrib.auth.signals import user_login_failed
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
