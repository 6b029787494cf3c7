"""The books as they are printed and followed: 30/2020/NĐ-CP annex IV, forms I, VI and VIII.

What stands in a book is official Vietnamese, whatever language the viewer's pages are in; only the headings are marked,
for the page that shows them. The columns "Ký nhận" are left for the hand that signs on the printed page (art. 15.2.b,
22.2.b: printed, signed for, bound).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models import Count, F, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from lienthong.foundation.access.rules import require
from lienthong.foundation.access.terms import Seated
from lienthong.kit.dates import VIETNAM, start_of_day, vn_date
from lienthong.kit.refusal import N_, Refused
from lienthong.modules.documents import rules
from lienthong.modules.documents.models import Delivery, Document, Incoming, Outgoing, Reply
from lienthong.modules.documents.terms import (
    INCOMING_LABELS,
    OPEN_INCOMING,
    OUTGOING_LABELS,
    URGENCY_LABELS,
    IncomingState,
    OutgoingState,
    Urgency,
)

if TYPE_CHECKING:
    from lienthong.foundation.organizations.models import Agency

VERB = "documents.print_registers"
RECEIVERS_NAMED = 12  # a letter to every commune is not printed over two pages
MOST = 20_000  # lines of one workbook
MOST_PRINTED = 5_000  # lines of one PDF: about 500 pages, some seconds and a gigabyte of memory

Cell = str | int | date | None


@dataclass(frozen=True, slots=True)
class Column:
    """A heading, what stands below it (text, code, day or number) and its share of the page's width."""

    label: str
    kind: str
    width: int


@dataclass(frozen=True, slots=True)
class Line:
    """One line; `cells` are in the order of the columns, `marked` the document's row and whether it is overdue."""

    pk: int
    cells: tuple[Cell, ...]
    late: bool = False


@dataclass(frozen=True, slots=True)
class Register:
    """A book over a period, both days included. `ranges` are (book of numbers, year, first number, last number);
    `cut` says that there are more lines than were asked for."""

    title: str
    columns: tuple[Column, ...]
    since: date
    until: date
    lines: list[Line]
    ranges: list[tuple[str, int, int, int]] = field(default_factory=list)
    cut: bool = False


OUTGOING_COLUMNS = (
    Column(N_("Số, ký hiệu văn bản"), "code", 34),
    Column(N_("Ngày tháng văn bản"), "day", 20),
    Column(N_("Tên loại và trích yếu nội dung văn bản"), "text", 62),
    Column(N_("Người ký"), "text", 24),
    Column(N_("Nơi nhận văn bản"), "text", 40),
    Column(N_("Đơn vị, người nhận bản lưu"), "text", 24),
    Column(N_("Số lượng bản"), "number", 14),
    Column(N_("Ngày chuyển"), "day", 20),
    Column(N_("Ký nhận"), "text", 16),
    Column(N_("Ghi chú"), "text", 26),
)
INCOMING_COLUMNS = (
    Column(N_("Ngày đến"), "day", 20),
    Column(N_("Số đến"), "number", 14),
    Column(N_("Tác giả"), "text", 32),
    Column(N_("Số, ký hiệu văn bản"), "code", 34),
    Column(N_("Ngày tháng văn bản"), "day", 20),
    Column(N_("Tên loại và trích yếu nội dung văn bản"), "text", 62),
    Column(N_("Đơn vị hoặc người nhận"), "text", 36),
    Column(N_("Ngày chuyển"), "day", 20),
    Column(N_("Ký nhận"), "text", 16),
    Column(N_("Ghi chú"), "text", 26),
)
FOLLOW_UP_COLUMNS = (
    Column(N_("Số đến"), "number", 14),
    Column(N_("Tên loại, số, ký hiệu, ngày, tháng và tên cơ quan, tổ chức ban hành văn bản"), "text", 84),
    Column(N_("Đơn vị hoặc người nhận"), "text", 48),
    Column(N_("Thời hạn giải quyết"), "day", 22),
    Column(N_("Tiến độ giải quyết"), "text", 36),
    Column(N_("Số, ký hiệu văn bản trả lời"), "code", 32),
    Column(N_("Ghi chú"), "text", 44),
)


def outgoing_register(
    viewer: Seated, agency: "Agency", *, since: date, until: date, now: datetime, only: str = "", most: int = MOST
) -> Register:
    """The register of outgoing documents (form I) of an agency: every number given for a document of these
    days, void ones too, in the order of the numbers. Two queries. `only` does not apply."""
    require(viewer, VERB, agency_id=agency.pk, agency_path=agency.path)
    dated = Q(document__issued_on__range=(since, until))
    undated = Q(document__issued_on=None, registered_at__gte=start_of_day(since), registered_at__lt=_end(until))
    rows = (
        Outgoing.objects.filter(dated | undated, agency_id=agency.pk)
        .select_related("document", "series", "replaced_by__document")
        .defer("document__body", "replaced_by__document__body")
        .order_by("year", "series_id", "ordinal")
    )
    found, cut = _taken(rows, most)
    places = _receivers(found)
    lines = [Line(row.pk, _outgoing_cells(row, places.get(row.pk, []))) for row in found]
    ranges = _ranges((row.series.name, row.year, row.ordinal) for row in found)
    return Register("Sổ đăng ký văn bản đi", OUTGOING_COLUMNS, since, until, lines, ranges, cut)


def incoming_register(
    viewer: Seated, agency: "Agency", *, since: date, until: date, now: datetime, only: str = "", most: int = MOST
) -> Register:
    """The register of incoming documents (form VI) of an agency: every arrival number given on these days,
    in the order of the numbers; what was sent back without a number has no line. One query. `only` does not apply."""
    found, cut = _taken(_registered(viewer, agency, since, until), most)
    lines = [Line(row.pk, _incoming_cells(row)) for row in found]
    return Register("Sổ đăng ký văn bản đến", INCOMING_COLUMNS, since, until, lines, _arrivals(found), cut)


def follow_up_register(
    viewer: Seated, agency: "Agency", *, since: date, until: date, now: datetime, only: str = "", most: int = MOST
) -> Register:
    """How the incoming documents registered on these days are being settled (form VIII). `only` is "dang-mo" (still
    open), "qua-han" (open and overdue at `now`) or "" (all). Two queries."""
    rows = _registered(viewer, agency, since, until)
    if only:
        rows = rows.filter(state__in=OPEN_INCOMING)
    if only == "qua-han":
        rows = rows.filter(due_at__lt=now)
    found, cut = _taken(rows, most)
    replies = _replies(found)
    lines = [Line(row.pk, _follow_up_cells(row, replies.get(row.pk, []), now), _is_late(row, now)) for row in found]
    return Register("Sổ theo dõi giải quyết văn bản đến", FOLLOW_UP_COLUMNS, since, until, lines, _arrivals(found), cut)


BOOKS: dict[str, Callable[..., Register]] = {
    "van-ban-di": outgoing_register,
    "van-ban-den": incoming_register,
    "theo-doi": follow_up_register,
}


def _registered(viewer: Seated, agency: "Agency", since: date, until: date) -> QuerySet[Incoming]:
    """The day of registration decides, not that of arrival: so the numbers of a period follow one another, and what
    came on the last day of a year and got a number of the next stands in the next year's book."""
    require(viewer, VERB, agency_id=agency.pk, agency_path=agency.path)
    return (
        Incoming.objects.filter(
            agency_id=agency.pk, arrival_number__isnull=False, registered_at__gte=start_of_day(since),
            registered_at__lt=_end(until),
        )
        .select_related("document", "series")
        .defer("document__body")
        .order_by("year", "series_id", "arrival_number")
    )  # fmt: skip


def _end(until: date) -> datetime:
    return start_of_day(until) + timedelta(days=1)


def _taken(rows: QuerySet, most: int) -> tuple[list, bool]:
    found = list(rows[: most + 1])
    return found[:most], len(found) > most


def require_whole(register: Register) -> None:
    """A printed book is whole or is not printed."""
    if register.cut:
        raise Refused(
            N_("Kỳ này có hơn {most} dòng, quá nhiều cho một tệp. Chọn kỳ ngắn hơn, ví dụ từng quý."),
            most=len(register.lines),
        )


def _ranges(numbers: Iterable[tuple[str, int, int]]) -> list[tuple[str, int, int, int]]:
    found: dict[tuple[str, int], list[int]] = {}
    for series, year, number in numbers:
        found.setdefault((series, year), []).append(number)
    return [(series, year, min(given), max(given)) for (series, year), given in found.items()]


def _arrivals(rows: list[Incoming]) -> list[tuple[str, int, int, int]]:
    return _ranges((row.series.name if row.series else "", row.year or 0, row.arrival_number or 0) for row in rows)


def _receivers(rows: list[Outgoing]) -> dict[int, list[str]]:
    """Outgoing id → names of receivers, at most RECEIVERS_NAMED and then how many more. One query."""
    within = Window(RowNumber(), partition_by=[F("outgoing_id")], order_by=[F("id").asc()])
    size = Window(Count("pk"), partition_by=[F("outgoing_id")])
    found: dict[int, list[str]] = {}
    deliveries = Delivery.objects.filter(outgoing_id__in=[row.pk for row in rows]).annotate(place=within, size=size)
    named = deliveries.filter(place__lte=RECEIVERS_NAMED).order_by("outgoing_id", "place")
    for outgoing_id, name, place, count in named.values_list("outgoing_id", "agency_name", "place", "size"):
        found.setdefault(outgoing_id, []).append(name)
        if place == RECEIVERS_NAMED and count > place:
            found[outgoing_id].append(f"và {count - place} cơ quan khác")
    return found


def _replies(rows: list[Incoming]) -> dict[int, list[str]]:
    """Incoming id → codes of the documents that answer it; a voided number answers nothing. One query."""
    found: dict[int, list[str]] = {}
    links = (
        Reply.objects.filter(incoming_id__in=[row.pk for row in rows])
        .exclude(outgoing__state=OutgoingState.VOID)
        .order_by("outgoing_id")
        .values_list("incoming_id", "outgoing__document__number", "outgoing__document__notation")
    )
    for incoming_id, number, notation in links:
        found.setdefault(incoming_id, []).append(rules.code_text(number, notation))
    return found


def _outgoing_cells(row: Outgoing, receivers: list[str]) -> tuple[Cell, ...]:
    document = row.document
    return (
        document.code, document.issued_on, _kind_and_subject(document), document.signer_name,
        "; ".join(filter(None, [*receivers, row.to_places])), row.archive_holder, row.copies, _day(row.issued_at), "",
        _outgoing_remark(row),
    )  # fmt: skip


def _incoming_cells(row: Incoming) -> tuple[Cell, ...]:
    document = row.document
    return (
        _day(row.arrived_at), row.arrival_number, document.issuer_name, document.code, document.issued_on,
        _kind_and_subject(document), row.assigned_to, _day(row.assigned_at), "", _incoming_remark(row),
    )  # fmt: skip


def _follow_up_cells(row: Incoming, replies: list[str], now: datetime) -> tuple[Cell, ...]:
    document = row.document
    what = [document.type_name]
    what += [f"số {document.code}"] if document.code else []
    what += [f"ngày {vn_date(document.issued_on)}"] if document.issued_on else []
    return (
        row.arrival_number, f"{' '.join(what)} của {document.issuer_name}", row.assigned_to, _day(row.due_at),
        _progress(row, now), "; ".join(replies), _incoming_remark(row),
    )  # fmt: skip


def _progress(row: Incoming, now: datetime) -> str:
    if row.state in {IncomingState.RETURNED, IncomingState.WITHDRAWN}:
        return ""  # the remark says it
    label = INCOMING_LABELS[IncomingState(row.state)]
    if row.state == IncomingState.FINISHED and row.ended_at:
        late = row.due_at is not None and row.ended_at > row.due_at
        return f"{label} ngày {vn_date(row.ended_at)}" + (", trễ hạn" if late else "")
    return f"{label}, quá hạn" if _is_late(row, now) else label


def _is_late(row: Incoming, now: datetime) -> bool:
    return row.state in OPEN_INCOMING and row.due_at is not None and row.due_at < now


def _kind_and_subject(document: Document) -> str:
    return f"{document.type_name}: {document.subject}" if document.type_name else document.subject


def _outgoing_remark(row: Outgoing) -> str:
    ended = ""
    if row.state in {OutgoingState.RECALLED, OutgoingState.REPLACED, OutgoingState.VOID}:
        by = f" bằng {row.replaced_by.document.code}" if row.replaced_by else ""
        ended = _ended(OUTGOING_LABELS[OutgoingState(row.state)] + by, row.ended_at, row.end_reason)
    return _remarks(ended, row.document.urgency, row.note)


def _incoming_remark(row: Incoming) -> str:
    ended = ""
    if row.state in {IncomingState.RETURNED, IncomingState.WITHDRAWN}:
        ended = _ended(INCOMING_LABELS[IncomingState(row.state)], row.ended_at, row.end_reason)
    return _remarks(ended, row.document.urgency, row.note)


def _ended(what: str, at: datetime | None, reason: str) -> str:
    return what + (f" ngày {vn_date(at)}" if at else "") + (f" ({reason})" if reason else "")


def _remarks(ended: str, urgency: int, note: str) -> str:
    urgent = URGENCY_LABELS[Urgency(urgency)] if urgency else ""
    return "; ".join(filter(None, (ended, urgent, note)))


def _day(at: datetime | None) -> date | None:
    return at.astimezone(VIETNAM).date() if at else None
