"""Lists of dossiers."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from lienthong.foundation.access.rules import require
from lienthong.foundation.organizations import queries as organizations
from lienthong.kit.dates import VIETNAM, long_date, vn_date
from lienthong.modules.dossiers import queries
from lienthong.modules.dossiers.queries import lists
from lienthong.modules.dossiers.queries.lists import Filter
from lienthong.modules.dossiers.queries.printed import heading_of
from lienthong.modules.dossiers.terms import DONE, STATE_LABELS, DossierState
from lienthong.modules.dossiers.views.clock import Deadlines, now
from lienthong.modules.dossiers.views.papers import sent
from lienthong.web.fields import day_in, number_in, text_in
from lienthong.web.print import UNCOLLECTED, pdf
from lienthong.web.request import Request

TABS = (
    "",
    "dang-xu-ly",
    "sap-han",
    "qua-han",
    "cho-bo-sung",
    "tam-dung",
    "cho-tra",
    "chua-den-nhan",
    "da-tra",
    "rut-dung",
    "khong-nhan",
)


_KEPT = ("thu-tuc", "linh-vuc", "can-bo", "nguoi-nhan", "buoc", "kenh", "ket-thuc", "co-quan", "ngay", "bang")


def filter_from(request: Request) -> Filter:
    """Filters stand in the address, so that a list can be shared; what cannot be read is left out."""
    get = request.GET
    return Filter(
        tab=text_in(get, "muc", 20), side={"tiep-nhan": "receiver", "giai-quyet": "decider", "y-kien": "consulted"}.get(text_in(get, "ben", 20), ""),
        words=text_in(get, "q"), procedure_id=number_in(get, "thu-tuc"), field_id=number_in(get, "linh-vuc"),
        officer_id=number_in(get, "can-bo"),
        receiver_id=number_in(get, "nguoi-nhan"), agency_id=number_in(get, "co-quan"), step=text_in(get, "buoc"),
        since=day_in(get, "tu"), until=day_in(get, "den"), channel=text_in(get, "kenh", 8),
        punctuality=text_in(get, "ket-thuc", 8), by_end=text_in(get, "ngay", 5) == "xong",
        counted="bang" in get,
    )  # fmt: skip


def book(request: Request) -> HttpResponse:
    """The dossiers that the viewer may see, on the side that the viewer works on."""
    viewer, at = request.actor, now()
    require(viewer, queries.READ, agency_id=viewer.agency_id, unit_ids=[viewer.unit_id or 0], post_ids=[viewer.post_id])
    wanted = filter_from(request)
    if wanted.counted:
        require(viewer, queries.BOARD, agency_id=viewer.agency_id)
    number = min(max(number_in(request.GET, "trang") or 1, 1), 100_000)
    page = lists.page(viewer, wanted, number, at)
    words, directory = Deadlines(viewer, at), organizations.Kept()
    for row in page.rows:
        ended = row.ended_at if row.state in DONE else None
        schedule = directory.agency(row.decider_id).schedule_id if row.decider_id else None
        row.deadline = words(row.due_at, ended, schedule)
        row.label = STATE_LABELS[DossierState(row.state)]
    labels = {
        "": _("Tất cả"), "dang-xu-ly": _("Đang xử lý"), "sap-han": _("Sắp đến hạn"), "qua-han": _("Quá hạn"),
        "cho-bo-sung": _("Chờ bổ sung"), "tam-dung": _("Đang dừng"), "cho-tra": _("Chờ trả"), "chua-den-nhan": _("Chưa đến nhận"), "da-tra": _("Đã trả"), "xong": _("Đã xong"),
        "rut-dung": _("Rút, dừng"), "khong-nhan": _("Không tiếp nhận"),
    }  # fmt: skip
    context = {
        "page": page, "wanted": wanted, "tabs": [(tab, labels[tab]) for tab in TABS],
        "counts": lists.counts(viewer, at, wanted), "side": wanted.side or lists.usual_side(viewer),
        "sides": [("tiep-nhan", "receiver", _("Tiếp nhận tại đây")), ("giai-quyet", "decider", _("Giải quyết tại đây")), ("y-kien", "consulted", _("Được hỏi ý kiến"))],
        "kept": [(name, request.GET[name]) for name in _KEPT if request.GET.get(name)],
        "wide": (viewer.scope(queries.READ) or 0) == 3,
    }  # fmt: skip
    return render(request, "dossiers/list.html", context)


def uncollected(request: Request) -> HttpResponse:
    """The results that nobody has come for, for telephone and post: a list to print."""
    viewer, at = request.actor, now()
    require(viewer, "dossiers.return", agency_id=viewer.agency_id)
    heading = heading_of(organizations.agency(viewer.agency_id))
    data = {
        "above": heading["above"], "office": heading["office"], "title": "Kết quả chưa có người đến nhận",
        "day": f"Kết quả chờ quá {lists.UNCOLLECTED_AFTER.days} ngày; lập {long_date(at.date())}",
        "lines": [
            {
                "code": row.code or "", "name": row.applicant_name, "phone": row.phone, "address": row.result_address or row.address,
                "matter": row.version.name, "ready": vn_date(row.ended_at.astimezone(VIETNAM).date()) if row.ended_at else "",
                "days": (at - row.ended_at).days if row.ended_at else 0,
            }
            for row in lists.uncollected(viewer, at)
        ],
        "writer": viewer.person_name,
    }  # fmt: skip
    return sent(pdf(UNCOLLECTED, data, at=at), f"chua-den-nhan-{at.date():%Y%m%d}.pdf")


def unclear(request: Request) -> HttpResponse:
    """What waits until somebody says which agency is competent."""
    viewer, at = request.actor, now()
    require(viewer, "dossiers.receive", agency_id=viewer.agency_id)
    rows, words = lists.unclear(viewer), Deadlines(viewer, at)
    for row in rows:
        row.deadline = words(row.item.due_at if row.item else None)
    return render(request, "dossiers/unclear.html", {"rows": rows})
