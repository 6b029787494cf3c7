"""The page of the trail: who did what when, for those who hold `trail.read`."""

import csv
from collections.abc import Iterator
from typing import Any

from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from lienthong.foundation.access.rules import labels, require
from lienthong.foundation.access.terms import Actor, Scope
from lienthong.foundation.trail import queries
from lienthong.foundation.trail.queries import Wanted
from lienthong.kit.dates import VIETNAM
from lienthong.web.clock import today
from lienthong.web.fields import day_in, number_in, text_in
from lienthong.web.request import Request

PAGE = 50
MOST_EXPORTED = 100_000


def entries(request: Request) -> HttpResponse | StreamingHttpResponse:
    """One page of the trail; `truoc` in the address continues it, `kiem-tra` checks the chains, `dang=csv` exports."""
    viewer = request.actor
    require(viewer, "trail.read", agency_id=viewer.agency_id)
    wanted = _wanted(request)
    if request.GET.get("dang") == "csv":
        return _export(viewer, wanted)
    rows = list(queries.entries(viewer, wanted, before=number_in(request.GET, "truoc"))[: PAGE + 1])
    everything = viewer.scope("trail.read") == Scope.PROVINCE
    names = labels()
    checked = None
    if "kiem-tra" in request.GET:
        total, broken = queries.verify(None if everything else viewer.agency_id)
        checked = {"total": total, "broken": [(one, queries.WHY[one.why]) for one in broken]}
    context = {
        "rows": rows[:PAGE],
        "next": getattr(rows[PAGE - 1], queries.place_of(viewer)) if len(rows) > PAGE else None,
        "wanted": wanted,
        "narrowed": wanted != Wanted(),
        "verbs": [(verb, _(names[verb]) if verb in names else verb) for verb in queries.recent_verbs(viewer)],
        "everything": everything,
        "checked": checked,
        "last_anchor": queries.last_anchor(),
    }
    return render(request, "trail/entries.html", context)


def _wanted(request: Request) -> Wanted:
    get = request.GET
    return Wanted(
        who=text_in(get, "nguoi"), verb=text_in(get, "viec", 64), words=text_in(get, "q"), since=day_in(get, "tu"),
        until=day_in(get, "den"), subject_kind=text_in(get, "loai", 64), subject_id=number_in(get, "so"),
    )  # fmt: skip


class _Echo:
    """A file that hands each line straight on."""

    def write(self, line: str) -> str:
        return line


def _export(viewer: Actor, wanted: Wanted) -> StreamingHttpResponse:
    response = StreamingHttpResponse(_lines(viewer, wanted), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="nhat-ky-{today():%Y-%m-%d}.csv"'
    return response


def _lines(viewer: Actor, wanted: Wanted) -> Iterator[str]:
    writer = csv.writer(_Echo())
    yield "\ufeff"  # without it spreadsheets take Vietnamese for another alphabet
    yield writer.writerow(
        [
            "chuoi",
            "so",
            "luc",
            "nguoi",
            "chuc_danh",
            "lam_thay",
            "viec",
            "noi_dung",
            "loai_ban_ghi",
            "ban_ghi",
            "ma_bam",
        ]
    )
    found = queries.entries(viewer, wanted)[:MOST_EXPORTED]
    for one in found.iterator(chunk_size=1000):
        cells: list[Any] = [
            one.chain, one.no, one.at.astimezone(VIETNAM).isoformat(timespec="seconds"), one.person_name, one.post_name,
            one.standing_in, one.verb, one.sentence, one.subject_kind, one.subject_id or "", bytes(one.hash).hex(),
        ]  # fmt: skip
        yield writer.writerow([_harmless(cell) for cell in cells])


def _harmless(cell: Any) -> Any:
    """A text that a spreadsheet would run as a formula gets an apostrophe in front."""
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell
