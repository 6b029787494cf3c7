"""Pages as people get them, through the server: lists beside an empty view, and what a worker weighs afterwards."""

import importlib
from pathlib import Path

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

from bench import Result, Size, below, ground, load, rate
from lienthong.foundation.access.terms import Actor
from lienthong.foundation.accounts.models import Account
from lienthong.modules.documents.models import Assignment

CLIENTS = 16
BOOK = "/lam-viec/van-ban/den/"
NOTHING = "/lam-viec/do-luong/"


def list_page(size: Size, say) -> list[Result]:
    """The incoming list of fifty rows, for an official (who sees only the own work) and for a clerk."""
    ground.use(size.large, say)
    cookies = {duty: signed_in(_busy(duty)) for duty in ("official", "clerk")}
    found = []
    with load.server(size.large, workers=2) as (port, _):
        for duty, cookie in cookies.items():
            _, body = load.ask(port, BOOK, cookie)
            rows = body.count(b"<tr") - 1
            for path in (NOTHING, BOOK):
                load.press(port, path, cookie, clients=CLIENTS, seconds=1)
            nothing = load.press(port, NOTHING, cookie, clients=CLIENTS, seconds=size.seconds)
            page = load.press(port, BOOK, cookie, clients=CLIENTS, seconds=size.seconds)
            note = f"{rows} rows; p95 {page.p95_ms:.0f} ms, of the empty view {nothing.p95_ms:.0f} ms"
            found.append(
                rate(f"list_page_{duty}", page.per_second, nothing.per_second, 0.2, "requests/s", page.requests, note)
            )
    return found


def worker_memory(size: Size, say) -> list[Result]:
    """One worker, asked for lists, the home page, search and the empty view in turn."""
    ground.use(size.small, say)
    cookie = signed_in(_busy("clerk"))
    with load.server(size.small, workers=1) as (port, master):
        answered = 0
        while answered < size.requests:
            for path in (BOOK, "/lam-viec/", "/lam-viec/van-ban/di/", "/lam-viec/tim/?q=chuyen+doi+so"):
                answered += load.press(port, path, cookie, clients=4, seconds=2).requests
        weight = max(_resident_mb(pid) for pid in _below(master))
    return [below("worker_memory", weight, 250, "MB", answered, f"resident after {answered} requests")]


def _busy(duty: str) -> Actor:
    """Of some with this duty, the one who was given most."""
    viewers = ground.actors(duty, 40)
    if duty != "official":
        return viewers[0]
    return max(viewers, key=lambda one: Assignment.objects.filter(post_id=one.post_id).count())


def signed_in(actor: Actor) -> str:
    """The cookie of a session as signing in makes it."""
    account, _ = Account.objects.get_or_create(
        person_id=actor.person_id, defaults={"username": f"bench{actor.person_id}", "person_name": actor.person_name}
    )
    session = importlib.import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(account.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
    session[HASH_SESSION_KEY] = account.get_session_auth_hash()
    session.save()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"


def _below(pid: int) -> list[int]:
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    return [int(child) for child in children]


def _resident_mb(pid: int) -> float:
    lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS"))
