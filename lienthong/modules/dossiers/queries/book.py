"""The book of dossiers (sổ theo dõi hồ sơ): form 07 of 03/2025/TT-VPCP with eleven columns, form 06 of 01/2018/TT-VPCP with a
column for remarks more; one for each field, kept by the receiving agency.

What stands in the book is official Vietnamese; only the headings are marked, for the page that shows them.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db.models import Count, Exists, OuterRef, QuerySet

from lienthong.foundation.access.rules import require
from lienthong.foundation.access.terms import Scope, Seated
from lienthong.foundation.organizations import queries as organizations
from lienthong.kit.dates import VIETNAM, start_of_day, vn_date, vn_datetime
from lienthong.kit.refusal import N_, Refused
from lienthong.modules.documents.queries.registers import MOST, MOST_PRINTED, Column, Line
from lienthong.modules.dossiers.models import Dossier, Parcel, Slip
from lienthong.modules.dossiers.queries.printed import BOOK, OLD, Form, form_on
from lienthong.modules.dossiers.terms import STATE_LABELS, WAY_LABELS, DossierState, ResultWay, SlipKind

if TYPE_CHECKING:
    from lienthong.foundation.organizations.models import Agency

__all__ = ["COLUMNS", "MOST", "MOST_PRINTED", "VERB", "Book", "Section", "book", "fields", "keepers", "require_whole"]

VERB = "dossiers.print_book"
COLUMNS = (
    Column(N_("STT"), "number", 9),
    Column(N_("Mã hồ sơ"), "code", 37),
    Column(N_("Tên thủ tục hành chính"), "text", 40),
    Column(N_("Tên tổ chức, cá nhân"), "text", 34),
    Column(N_("Địa chỉ, số điện thoại"), "text", 40),
    Column(N_("Cơ quan chủ trì giải quyết"), "text", 30),
    Column(N_("Nhận hồ sơ"), "moment", 20),
    Column(N_("Hẹn trả kết quả"), "moment", 20),
    Column(N_("Trả kết quả"), "moment", 21),
    Column(N_("Phương thức nhận kết quả"), "text", 20),
    Column(N_("Ký nhận"), "text", 28),
)
REMARKS = Column(N_("Ghi chú"), "text", 26)
GIVEN = (6, 9)  # the columns that stand under “Ngày, tháng, năm”


@dataclass(frozen=True, slots=True)
class Section:
    """The lines of one field in one year, in the form of their days."""

    form: Form
    field_name: str
    year: int
    columns: tuple[Column, ...]
    lines: list[Line] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Book:
    """A book over a period, both days included; `cut` says that there are more lines than were asked for."""

    title: str
    since: date
    until: date
    sections: list[Section]
    cut: bool = False

    @property
    def count(self) -> int:
        return sum(len(section.lines) for section in self.sections)


def book(
    viewer: Seated, agency: "Agency", *, since: date, until: date, field_id: int | None = None, most: int = MOST
) -> Book:
    """The dossiers that the agency received on these days, field by field in the order of reception. One that also passes another
    agency stands here once, and in no other book. The numbers run through the year, so a quarter printed alone bears
    the same as in the whole. Four queries, and one for each form."""
    rows = (
        _received(viewer, agency, since, until, field_id)
        .select_related("version", "decider", "field")
        .only(
            "version", "decider", "field", "code", "applicant_name", "address", "phone", "received_at", "due_at", "returned_at", "result_way", "state",
            "ended_at", "end_reason", "copies", "version__name", "decider__name", "field__name",
        )
        .order_by("field__name", "field_id", "received_at", "id")
    )  # fmt: skip
    found = list(rows[: most + 1])
    taken = found[:most]
    numbers = _numbers_before(viewer, agency, since, field_id)
    signed, delivered = _signatures(taken), _deliveries(taken)
    sections: list[Section] = []
    forms: list[Form] = []
    for row in taken:
        day = row.received_at.astimezone(VIETNAM).date()
        form = next((one for one in forms if one.holds(day)), None)
        if form is None:
            form = form_on(BOOK, day)
            forms.append(form)
        last = sections[-1] if sections else None
        if last is None or (last.field_name, last.year, last.form) != (row.field.name, day.year, form):
            last = Section(form, row.field.name, day.year, (*COLUMNS, REMARKS) if form.set == OLD else COLUMNS)
            sections.append(last)
        key = (row.field_id, day.year)
        numbers[key] = numbers.get(key, 0) + 1
        cells = _cells(row, numbers[key], signed.get(row.pk, ""), delivered.get(row.pk, ""))
        last.lines.append(Line(row.pk, cells if form.set == OLD else cells[:-1]))
    return Book("Sổ theo dõi hồ sơ", since, until, sections, len(found) > most)


def fields(viewer: Seated, agency: "Agency", *, since: date, until: date) -> list[tuple[int, str, int]]:
    """(id, name, how many) of the fields that have dossiers in the period."""
    rows = _received(viewer, agency, since, until, None).values("field_id", "field__name").annotate(many=Count("pk"))
    return [(row["field_id"], row["field__name"], row["many"]) for row in rows.order_by("field__name")]


def keepers(viewer: Seated, on: date) -> list["Agency"]:
    """The agencies whose books the viewer may choose from, none where there is no choice. A centre that received dossiers
    is among them also when it has no clerk of its own and so no documents."""
    scope, listed = viewer.scope(VERB), organizations.reached(viewer, VERB)
    if scope not in {Scope.PROVINCE, Scope.BRANCH}:
        return listed
    received = Dossier.objects.filter(received_by=OuterRef("pk"), code__isnull=False)
    more = organizations.agencies(on).filter(Exists(received), is_here=False)
    if scope == Scope.BRANCH:
        more = more.filter(path__startswith=viewer.agency_path)
    return sorted([*listed, *more], key=lambda one: (one.tier, one.sort_key))


def require_whole(found: Book) -> None:
    """A printed book is whole or is not printed."""
    if found.cut:
        raise Refused(
            N_("Kỳ này có hơn {most} hồ sơ, quá nhiều cho một tệp. Chọn một lĩnh vực hoặc kỳ ngắn hơn."),
            most=found.count,
        )


def _received(viewer: Seated, agency: "Agency", since: date, until: date, field_id: int | None) -> QuerySet[Dossier]:
    """What the agency received; in the viewer's own book also what the agencies received whose papers it keeps."""
    require(viewer, VERB, agency_id=agency.pk, agency_path=agency.path)
    ids = [agency.pk, *viewer.custody] if agency.pk == viewer.agency_id else [agency.pk]
    rows = Dossier.objects.filter(
        received_by__in=ids, code__isnull=False, received_at__gte=start_of_day(since),
        received_at__lt=start_of_day(until) + timedelta(days=1),
    )  # fmt: skip
    return rows.filter(field_id=field_id) if field_id else rows


def _numbers_before(viewer: Seated, agency: "Agency", since: date, field_id: int | None) -> dict[tuple[int, int], int]:
    """(field, year) → how many stand in the book between 1 January and the day before."""
    first = since.replace(month=1, day=1)
    if since == first:
        return {}
    rows = _received(viewer, agency, first, since - timedelta(days=1), field_id).values("field_id")
    return {(row["field_id"], since.year): row["many"] for row in rows.annotate(many=Count("pk"))}


def _signatures(rows: Iterable[Dossier]) -> dict[int, str]:
    """Dossier id → who signed for the result at the counter, on which paper."""
    slips = Slip.objects.filter(dossier_id__in=[row.pk for row in rows], kind=SlipKind.RETURN).order_by("id")
    return {
        slip.dossier_id: ", ".join(filter(None, (slip.content["taken_by"], slip.content.get("paper", ""))))
        for slip in slips
    }


def _deliveries(rows: Iterable[Dossier]) -> dict[int, str]:
    """Dossier id → tracking number of the parcel that the post delivered."""
    parcels = Parcel.objects.filter(
        dossier_id__in=[row.pk for row in rows], inward=False, delivered_at__isnull=False
    ).order_by("id")
    return {one.dossier_id: f"Bưu chính đã giao, mã {one.tracking}".removesuffix(", mã ") for one in parcels}


def _cells(row: Dossier, number: int, signed: str, delivered: str) -> tuple[str | int, ...]:
    """All twelve, the remark last."""
    reached = "\n".join(filter(None, (row.address, row.phone)))
    received = signed or delivered
    if not received and row.state == DossierState.RETURNED and row.result_way == ResultWay.ELECTRONIC:
        received = "Nhận bản điện tử"
    ended = row.state in {DossierState.WITHDRAWN, DossierState.STOPPED}
    given = vn_datetime(row.returned_at)
    if ended:
        given = f"{STATE_LABELS[DossierState(row.state)]} {vn_date(row.ended_at)}"
    return (
        number, row.code or "", row.version.name, row.applicant_name, reached, row.decider.name if row.decider else "",
        vn_datetime(row.received_at), vn_datetime(row.due_at), given, WAY_LABELS[ResultWay(row.result_way)], received,
        row.end_reason if ended else "",
    )  # fmt: skip
