"""The leaders' board."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from lienthong.foundation.access.rules import require
from lienthong.foundation.organizations import queries as organizations
from lienthong.modules.dossiers.queries import board as boards
from lienthong.modules.dossiers.queries.board import Row
from lienthong.modules.dossiers.queries.lists import usual_side
from lienthong.modules.dossiers.views.clock import now
from lienthong.web.fields import day_in, number_in, text_in
from lienthong.web.request import Request

_BY = {"co-quan": "agency", "linh-vuc": "field", "thu-tuc": "procedure", "can-bo": "officer"}


def board(request: Request) -> HttpResponse:
    """Received, in time, late, about to be late, stopped, waiting: by agency, field, procedure or officer; every figure opens its
    list."""
    viewer, at = request.actor, now()
    require(viewer, "dossiers.board", agency_id=viewer.agency_id)
    reach = boards.agencies_for(viewer)
    chosen = number_in(request.GET, "co-quan")
    agencies = [chosen] if chosen in reach else reach
    wide = len(reach) > 1
    kept = {"co-quan": chosen} if chosen in reach else {}
    asked = text_in(request.GET, "theo", 10)
    asked = asked if asked in _BY else "co-quan" if wide and not chosen else "thu-tuc"
    counter = usual_side(viewer) == "receiver"  # a desk sees what its counter took in, whoever decides it
    asked = "thu-tuc" if counter and asked not in {"linh-vuc", "thu-tuc"} else asked
    since = day_in(request.GET, "tu") or at.date().replace(day=1)
    until = max(day_in(request.GET, "den") or at.date(), since)
    roots = boards.roots(viewer) if not kept else ()
    rows = boards.board(agencies, _BY[asked], since, until, at, roots, counter)
    whole = boards.total(rows if asked != "can-bo" else boards.board(agencies, "agency", since, until, at))
    times = boards.processing_times([row.key for row in rows]) if asked == "thu-tuc" else {}
    context: dict[str, Any] = {
        "rows": [_line(row, asked, since, until, times.get(row.key), kept, counter) for row in rows[:300]],
        "total": _line(whole, "", since, until, None, kept, counter), "asked": asked, "since": since, "until": until,
        "tabs": _tabs(counter), "counter": counter,
        "waiting": boards.waiting(agencies, at, counter), "agency": organizations.agency(chosen) if chosen in reach else None,
        "most": max((wait.count for wait in boards.waiting(agencies, at, counter)), default=1), "wide": wide,
        "week": at.date() - timedelta(days=6),
    }  # fmt: skip
    return render(request, "dossiers/board.html", context)


def _tabs(counter: bool) -> list[tuple[str, str]]:
    both = [("linh-vuc", _("Lĩnh vực")), ("thu-tuc", _("Thủ tục"))]
    return both if counter else [("co-quan", _("Cơ quan")), *both, ("can-bo", _("Cán bộ"))]


def _line(row: Row, by: str, since: Any, until: Any, time: Any, kept: dict[str, Any], counter: bool) -> dict[str, Any]:
    """A row with the address behind each of its figures: the list filtered as it was counted."""
    base = {"bang": 1, "ben": "tiep-nhan" if counter else "giai-quyet", **kept, **({by: row.key} if by else {})}
    period = {"tu": since.isoformat(), "den": until.isoformat()}
    list_at = reverse("dossiers:list")

    def to(**more: Any) -> str:
        return f"{list_at}?{urlencode({**base, **more})}"

    def ended(**more: Any) -> str:
        return to(muc="xong", ngay="xong", **period, **more)

    received = to(muc="da-nhan", **period)
    if by == "can-bo":  # the officer of a reception is who took it in
        received = f"{list_at}?{urlencode({'bang': 1, 'ben': 'giai-quyet', 'muc': 'da-nhan', **kept, **period, 'nguoi-nhan': row.key})}"
    return {
        "row": row, "time": time, "share": round(row.on_time_share * 100, 1) if row.on_time_share is not None else None,
        "to": {
            "received": received, "done": ended(), "early": ended(**{"ket-thuc": "early"}),
            "on_time": ended(**{"ket-thuc": "on_time"}), "late": ended(**{"ket-thuc": "late"}), "open": to(muc="dang-xu-ly"),
            "open_board": f"?{urlencode({'theo': 'thu-tuc', 'co-quan': row.key, **period})}", "overdue": to(muc="qua-han"), "soon": to(muc="sap-han"), "paused": to(muc="tam-dung"), "ready": to(muc="cho-tra"),
        },
    }  # fmt: skip
