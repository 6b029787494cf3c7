"""The registers: the follow-up page, the books as PDF and XLSX, the handling slip."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from lienthong.foundation.organizations import queries as organizations
from lienthong.foundation.work.terms import ROLE_LABELS, Role
from lienthong.kit.dates import VIETNAM, long_date, vn_date, vn_datetime
from lienthong.kit.refusal import N_, Refused
from lienthong.modules.documents import queries
from lienthong.modules.documents.models import Assignment, Incoming
from lienthong.modules.documents.queries import registers
from lienthong.modules.documents.terms import INCOMING_LABELS, IncomingState
from lienthong.modules.documents.views.clock import now
from lienthong.web import sheet
from lienthong.web.fields import day_in, number_in
from lienthong.web.print import REGISTER, SLIP, pdf
from lienthong.web.request import Request

if TYPE_CHECKING:
    from lienthong.foundation.organizations.models import Agency

SHOWN = 500  # lines on the page; the printed book has them all
_ONLY = {"dang-mo", "qua-han"}


def follow_up(request: Request) -> HttpResponse:
    """How the incoming documents of a period are being settled: all, the open ones, the overdue ones."""
    at = now()
    since, until = _period(request, at)
    agency, agencies = chosen_agency(request, registers.VERB)
    register = registers.follow_up_register(
        request.actor, agency, since=since, until=until, only=_only(request), now=at, most=SHOWN
    )
    context = {
        "register": register,
        "agency": agency,
        "agencies": agencies,
        "books": [("van-ban-den", _("Văn bản đến")), ("van-ban-di", _("Văn bản đi"))],
        "only": _only(request),
        "tabs": [("", _("Tất cả")), ("dang-mo", _("Đang giải quyết")), ("qua-han", _("Quá hạn"))],
        "shown": SHOWN,
    }
    return render(request, "documents/follow_up.html", context)


def print_book(request: Request, book: str) -> HttpResponse:
    """A book of a period, by default of this year, as PDF (`dang=pdf`, the default) or as XLSX (`dang=xlsx`)."""
    form = request.GET.get("dang", "pdf")
    if book not in registers.BOOKS or form not in {"pdf", "xlsx"}:
        raise Http404
    at = now()
    since, until = _period(request, at)
    agency, _others = chosen_agency(request, registers.VERB)
    most = registers.MOST if form == "xlsx" else registers.MOST_PRINTED
    register = registers.BOOKS[book](
        request.actor, agency, since=since, until=until, only=_only(request), now=at, most=most
    )
    registers.require_whole(register)
    name = f"{book}-{since:%Y%m%d}-{until:%Y%m%d}.{form}"
    if form == "xlsx":
        return _sent(_as_sheet(register), sheet.TYPE, name)
    return _sent(pdf(REGISTER, _as_pages(register, agency), at=at), "application/pdf", name)


def handling_slip(request: Request, pk: int) -> HttpResponse:
    """The slip of one incoming document, for whoever may read it (30/2020/NĐ-CP annex IV, form VII)."""
    at = now()
    row = queries.incoming_for(request.actor, pk)
    return _sent(pdf(SLIP, _as_slip(row, at.date()), at=at), "application/pdf", f"phieu-giai-quyet-{row.pk}.pdf")


def chosen_agency(request: Request, verb: str) -> tuple["Agency", list["Agency"]]:
    """The agency that the address names (`co-quan`), else the viewer's own; and those it may be chosen from, none where
    there is no choice. One that the verb does not reach raises Agency.DoesNotExist."""
    wanted = number_in(request.GET, "co-quan")
    agencies = organizations.reached(request.actor, verb)
    agency = organizations.agency(wanted or request.actor.agency_id)
    if agency.pk != request.actor.agency_id and agency not in agencies:
        raise type(agency).DoesNotExist
    return agency, agencies


def _only(request: Request) -> str:
    only = request.GET.get("loc", "")
    return only if only in _ONLY else ""


def _period(request: Request, at: datetime) -> tuple[date, date]:
    """The days in the address. The year of the one that is given, else this year, completes them."""
    since, until = _day(request, "tu"), _day(request, "den")
    year = (since or until or at).year
    since, until = since or date(year, 1, 1), until or date(year, 12, 31)
    if since > until:
        raise Refused(N_("Kỳ in sổ có ngày đầu sau ngày cuối. Xem lại hai ngày."))
    return since, until


def _day(request: Request, name: str) -> date | None:
    day = day_in(request.GET, name)
    return day if day and 1945 <= day.year <= 2999 else None


def _sent(content: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    place = "inline" if kind == "application/pdf" else "attachment"
    response["Content-Disposition"] = f'{place}; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response


def _as_sheet(register: registers.Register) -> bytes:
    return sheet.xlsx(
        register.title, [column.label for column in register.columns], (line.cells for line in register.lines),
        [column.width * 0.6 for column in register.columns],
    )  # fmt: skip


def _as_pages(register: registers.Register, agency: "Agency") -> dict:
    since, until = register.since, register.until
    return {
        **_names(agency),
        "title": register.title,
        "year": str(since.year) if since.year == until.year else f"{since.year} – {until.year}",
        "since": vn_date(since),
        "until": vn_date(until),
        "ranges": _ranges(register),
        "columns": [{"label": one.label, "kind": one.kind, "width": one.width} for one in register.columns],
        "lines": [[_text(cell) for cell in line.cells] for line in register.lines],
    }


def _ranges(register: registers.Register) -> list[str]:
    """Từ số … đến số …; with several books of numbers, or years, each says which it is."""
    texts = []
    for series, year, first, last in register.ranges:
        which = f"{series}, năm {year}: từ" if len(register.ranges) > 1 else "Từ"
        texts.append(f"{which} số {first} đến số {last}")
    return texts or ["Từ số …… đến số ……"]


def _text(cell: registers.Cell) -> str:
    return vn_date(cell) if isinstance(cell, date) else "" if cell is None else str(cell)


def _names(agency: "Agency") -> dict[str, str]:
    """The agency and the one above it; a people's committee stands alone (30/2020/NĐ-CP annex I, II.2)."""
    above = "" if agency.parent is None or agency.name.startswith("Ủy ban nhân dân") else agency.parent.name
    return {"agency": agency.name, "above": above, "place": agency.place}


def _as_slip(row: Incoming, today: date) -> dict:
    document = row.document
    about = [document.type_name]
    about += [f"số {document.code}"] if document.code else []
    about += [long_date(document.issued_on)] if document.issued_on else []
    number = f"Số đến: {row.arrival_number}" if row.arrival_number else "Chưa vào sổ"
    ended = row.state in {IncomingState.RETURNED, IncomingState.WITHDRAWN}
    state = f" · {INCOMING_LABELS[IncomingState(row.state)]} ngày {vn_date(row.ended_at)}" if ended else ""
    return {
        **_names(row.agency),
        "day": long_date(today),
        "about": f"{' '.join(about)} của {document.issuer_name}: {document.subject}",
        "arrival": f"{number} · Ngày đến: {vn_date(row.arrived_at)}{state}",
        "sections": _sections(row),
    }


def _sections(row: Incoming) -> list[dict]:
    """The leader's words stand first; those of whoever gave further within a unit, second; the handlers', third."""
    lines: dict[int, list[Assignment]] = {}
    for line in queries.assignments(row):
        lines.setdefault(line.instruction_id, []).append(line)
    leaders: list[dict] = []
    heads: list[dict] = []
    for one in queries.instructions(row):
        given = lines.get(one.pk, [])
        entry = _entry(one.text, [_given(line) for line in given], one.by_name, one.at)
        (heads if any(line.parent_id for line in given) else leaders).append(entry)
    handlers = [_entry(note.text, [], note.by_name, note.at) for note in reversed(queries.notes(row))]
    if row.state == IncomingState.FINISHED and row.end_reason:
        handlers.append(_entry(f"Kết quả: {row.end_reason}", [], "", row.ended_at))
    return [
        {"title": "Ý kiến của lãnh đạo cơ quan, tổ chức", "entries": leaders},
        {"title": "Ý kiến của lãnh đạo đơn vị", "entries": heads},
        {"title": "Ý kiến đề xuất của người giải quyết", "entries": handlers},
    ]


def _entry(text: str, lines: list[str], by: str, at: datetime | None) -> dict:
    day = long_date(at.astimezone(VIETNAM).date()) if at else ""
    return {"text": text, "lines": lines, "by": ", ".join(filter(None, (by, day)))}


def _given(line: Assignment) -> str:
    due = f"; thời hạn: {vn_datetime(line.due_at)}" if line.due_at else ""
    return f"{ROLE_LABELS[Role(line.role)]}: {line.holder_name}{due}"
