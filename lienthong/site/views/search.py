"""One box for everything: documents that the viewer may see, and the directory of agencies and people."""

from dataclasses import dataclass, field
from datetime import datetime

from django.http import HttpResponse
from django.shortcuts import render

from lienthong.foundation.access.terms import Seated
from lienthong.foundation.calendar.queries import working_time
from lienthong.foundation.calendar.wording import deadline
from lienthong.foundation.codes.queries import names
from lienthong.foundation.organizations import queries as organizations
from lienthong.kit.text import vn_fold
from lienthong.modules.documents.queries import lists
from lienthong.modules.documents.terms import INCOMING_LABELS, OUTGOING_LABELS, IncomingState, OutgoingState
from lienthong.modules.dossiers.queries import lists as dossier_lists
from lienthong.modules.dossiers.terms import STATE_LABELS, DossierState
from lienthong.site.views.clock import now
from lienthong.web.fields import day_in, text_in
from lienthong.web.request import Request

FEW = 8
TABS = ("den", "di", "ho-so", "danh-ba")


@dataclass
class Found:
    """What a search brought; `asked` says whether anything was asked at all."""

    asked: bool = False
    incoming: lists.Page = field(default_factory=lists.Page)
    outgoing: lists.Page = field(default_factory=lists.Page)
    dossiers: dossier_lists.Page = field(default_factory=dossier_lists.Page)
    agencies: list = field(default_factory=list)
    people: list = field(default_factory=list)

    @property
    def any(self) -> bool:
        return bool(self.incoming.rows or self.outgoing.rows or self.dossiers.rows or self.agencies or self.people)


def search(request: Request) -> HttpResponse:
    """`q` with the filters of the books; `loc` chooses one sort of result and then pages through it."""
    viewer, at = request.actor, now()
    wanted = _wanted(request)
    tab = request.GET.get("loc", "")
    tab = tab if tab in TABS else ""
    text = request.GET.get("trang", "1")
    number = min(max(int(text), 1), 10_000) if tab and text.isdecimal() and len(text) < 6 else 1
    found = Found(asked=wanted != lists.Filter())
    if found.asked and viewer.may("documents.read"):
        if tab in ("", "den"):
            found.incoming = lists.incoming_page(viewer, wanted, number, at)
        if tab in ("", "di"):
            found.outgoing = lists.outgoing_page(viewer, wanted, number)
    if vn_fold(wanted.words) and viewer.may("dossiers.read") and tab in ("", "ho-so"):
        asked = dossier_lists.Filter(words=wanted.words, side="any", since=wanted.since, until=wanted.until)
        found.dossiers = dossier_lists.page(viewer, asked, number, at)
    if vn_fold(wanted.words) and tab in ("", "danh-ba"):
        limit = 50 if tab else FEW
        found.agencies = list(organizations.agencies(at.date(), wanted.words)[:limit])
        found.people = organizations.people_named(wanted.words, at.date(), limit=limit)
        codes = organizations.codes_of([agency.pk for agency in found.agencies])
        for agency in found.agencies:
            agency.code = codes.get(agency.pk, "")
    _dress(found, viewer, at)
    context = {"found": found, "wanted": wanted, "tab": tab, "few": FEW, "types": names("document-type", at.date())}
    return render(request, "home/search.html", context)


def _dress(found: Found, viewer: Seated, at: datetime) -> None:
    hours = working_time(viewer.schedule_id)
    for row in found.incoming.rows:
        row.label = INCOMING_LABELS[IncomingState(row.state)]
        row.deadline = deadline(at, row.due_at, hours, row.ended_at if row.state == IncomingState.FINISHED else None)
    for dossier in found.dossiers.rows:
        dossier.label = STATE_LABELS[DossierState(dossier.state)]
    for row in found.outgoing.rows:
        row.label = OUTGOING_LABELS[OutgoingState(row.state)]


def _wanted(request: Request) -> lists.Filter:
    get = request.GET
    return lists.Filter(
        words=text_in(get, "q"),
        issuer=text_in(get, "tac-gia"),
        signer=text_in(get, "nguoi-ky", 100),
        type_code=text_in(get, "ten-loai", 20),
        since=day_in(get, "tu"),
        until=day_in(get, "den"),
    )
