"""What the frame of every page needs: the posts, the menu with its counters, the bell. Two cheap queries at most."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from lienthong.foundation.access.terms import Seated
from lienthong.foundation.notify import queries as notify
from lienthong.foundation.work import queries as work
from lienthong.kit.declare import MenuEntry
from lienthong.modules.documents import queries as documents
from lienthong.modules.documents.terms import IncomingState
from lienthong.site import wiring

HOME = "/lam-viec/"
LIMIT = 999
# What `MenuEntry.count` may name → the rows it counts.
COUNTERS: dict[str, Callable[[Seated], QuerySet]] = {
    "arrived": lambda actor: documents.incoming(actor, "documents.register").filter(state=IncomingState.ARRIVED),
}
# `g` and then this letter goes there.
_GO = {"/lam-viec/van-ban/den/": "v", "/lam-viec/van-ban/di/": "d"}


@dataclass
class Line:
    """One line of the menu; `count` is what stands beside it, "" when there is nothing."""

    label: str
    address: str
    icon: str
    count: str = ""
    here: bool = False
    go: str = ""


@dataclass
class Group:
    """Lines of the menu under one heading."""

    label: str
    lines: list[Line] = field(default_factory=list)


class Shell:
    """Worked out only when a template looks: a page without the frame, or a fragment, costs nothing."""

    def __init__(self, request: HttpRequest):
        self._request = request
        self.actor: Seated | None = getattr(request, "actor", None)
        self.posts: list[Seated] = getattr(request, "posts", [])

    @property
    def words(self) -> str:
        """What the search box shows: what was searched for on the search page, else nothing."""
        return self._request.GET.get("q", "") if self._request.path == HOME + "tim/" else ""

    @property
    def other_languages(self) -> list[tuple[str, str]]:
        """(code, own name) of the languages one may switch to: those for which a catalogue is there."""
        return [pair for pair in _languages() if pair[0] != get_language()]

    @cached_property
    def _counts(self) -> dict[str, int]:
        actor = self.actor
        assert actor is not None
        wanted = {"": work.running(actor), "bell": notify.unread(actor)}
        for entry in _entries(actor):
            if entry.count:
                wanted[entry.count] = COUNTERS[entry.count](actor)
        return dict(zip(wanted, _count(list(wanted.values())), strict=True))

    @property
    def unread(self) -> int:
        return self._counts["bell"]

    @property
    def unread_text(self) -> str:
        return "99+" if self.unread > 99 else str(self.unread)

    @cached_property
    def menu(self) -> list[Group]:
        """Home, then what the post may use, by group in the order in which the modules name them."""
        if self.actor is None:
            return []
        groups = {"": Group("", [Line(_("Việc của tôi"), HOME, "inbox", _text(self._counts[""]), go="h")])}
        for entry in _entries(self.actor):
            group = groups.setdefault(entry.group, Group(_(entry.group)))
            count = _text(self._counts[entry.count]) if entry.count else ""
            group.lines.append(Line(_(entry.label), entry.address, entry.icon, count, go=_GO.get(entry.address, "")))
        self._mark([line for group in groups.values() for line in group.lines])
        return list(groups.values())

    def _mark(self, lines: list[Line]) -> None:
        """The line with the longest address that the page's address starts with is where we are; a line that names a tab only
        when that tab is shown."""
        path, whole = self._request.path, self._request.get_full_path()
        over = [
            line for line in lines if path == line.address or (line.address != HOME and whole.startswith(line.address))
        ]
        if over:
            max(over, key=lambda line: len(line.address)).here = True


@cache
def _languages() -> list[tuple[str, str]]:
    own, *others = settings.LANGUAGES
    files = [Path(folder) / "{}/LC_MESSAGES/django.mo" for folder in settings.LOCALE_PATHS]
    return [own, *(pair for pair in others if any(Path(str(file).format(pair[0])).exists() for file in files))]


def _entries(actor: Seated) -> list[MenuEntry]:
    """The offices first, what the foundation offers to administrators last."""
    foundation, *offices = wiring.MODULES
    return [entry for module in (*offices, foundation) for entry in module.menu if actor.may(entry.verb)]


def _count(many: list[QuerySet]) -> list[int]:
    """How many rows each has, counted up to LIMIT + 1, all in one statement."""
    parts: list[str] = []
    params: list[Any] = []
    for rows in many:
        sql, values = rows.order_by().values("pk")[: LIMIT + 1].query.sql_with_params()
        parts.append(f"(SELECT count(*) FROM ({sql}) x)")  # noqa: S608 - Django wrote it, values stand apart
        params.extend(values)
    with connection.cursor() as cursor:
        cursor.execute("SELECT " + ", ".join(parts), params)
        return list(cursor.fetchone())


def _text(count: int) -> str:
    return f"{LIMIT}+" if count > LIMIT else str(count or "")


def shell(request: HttpRequest) -> dict[str, object]:
    """The context processor: gives every template the lazy `shell`, one for the whole request."""
    found = getattr(request, "_shell", None)
    if found is None or found.actor is not getattr(request, "actor", None):
        found = request._shell = Shell(request)  # type: ignore[attr-defined]
    return {"shell": found}
