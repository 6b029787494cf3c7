"""The book of dossiers: the page, the PDF, the workbook."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.shortcuts import render

from lienthong.foundation.organizations import queries as organizations
from lienthong.kit.dates import vn_date
from lienthong.kit.refusal import N_, Refused
from lienthong.modules.dossiers.queries import book as books
from lienthong.modules.dossiers.queries.printed import heading_of
from lienthong.modules.dossiers.views.clock import now
from lienthong.modules.dossiers.views.papers import sent
from lienthong.web import sheet
from lienthong.web.fields import day_in, number_in
from lienthong.web.print import ONE_STOP_BOOK, pdf
from lienthong.web.request import Request

if TYPE_CHECKING:
    from lienthong.foundation.organizations.models import Agency

SHOWN = 500  # lines on the page; the printed book has them all


def page(request: Request) -> HttpResponse:
    """What the book of an agency holds for a period, by default of this year: one field, or each after the other."""
    agency, agencies = _agency(request)
    since, until = _period(request, now())
    field_id = number_in(request.GET, "linh-vuc")
    context = {
        "book": books.book(request.actor, agency, since=since, until=until, field_id=field_id, most=SHOWN),
        "fields": books.fields(request.actor, agency, since=since, until=until),
        "field_id": field_id,
        "agency": agency,
        "agencies": agencies,
        "shown": SHOWN,
    }
    return render(request, "dossiers/book.html", context)


def as_pdf(request: Request) -> HttpResponse:
    """The book as it is printed and bound."""
    at = now()
    agency, _others = _agency(request)
    found = _whole(request, agency, at, books.MOST_PRINTED)
    return sent(pdf(ONE_STOP_BOOK, _pages(found, agency), at=at), _name(found, "pdf"))


def as_xlsx(request: Request) -> HttpResponse:
    """The book as a workbook: one sheet, the field in a column of its own after those of the form."""
    agency, _others = _agency(request)
    found = _whole(request, agency, now(), books.MOST)
    columns = max((section.columns for section in found.sections), key=len, default=books.COLUMNS)
    rows = (
        [*line.cells, *[""] * (len(columns) - len(line.cells)), section.field_name]
        for section in found.sections
        for line in section.lines
    )
    headings = [*(column.label for column in columns), "Lĩnh vực"]
    content = sheet.xlsx(found.title, headings, rows, [*(column.width * 0.6 for column in columns), 30])
    return sent(content, _name(found, "xlsx"), sheet.TYPE)


def _whole(request: Request, agency: "Agency", at: datetime, most: int) -> books.Book:
    since, until = _period(request, at)
    field_id = number_in(request.GET, "linh-vuc")
    found = books.book(request.actor, agency, since=since, until=until, field_id=field_id, most=most)
    books.require_whole(found)
    return found


def _name(found: books.Book, ending: str) -> str:
    return f"so-theo-doi-ho-so-{found.since:%Y%m%d}-{found.until:%Y%m%d}.{ending}"


def _agency(request: Request) -> tuple["Agency", list["Agency"]]:
    """The agency that the address names (`co-quan`), else the viewer's own; and those that may be chosen. One out of reach
    raises Agency.DoesNotExist."""
    agencies = books.keepers(request.actor, now().date())
    agency = organizations.agency(number_in(request.GET, "co-quan") or request.actor.agency_id)
    if agency.pk != request.actor.agency_id and agency not in agencies:
        raise type(agency).DoesNotExist
    return agency, agencies


def _period(request: Request, at: datetime) -> tuple[date, date]:
    """The days in the address; the year of the one that is given, else this year, completes them."""
    since, until = (_day(request, name) for name in ("tu", "den"))
    year = (since or until or at).year
    since, until = since or date(year, 1, 1), until or date(year, 12, 31)
    if since > until:
        raise Refused(N_("Kỳ in sổ có ngày đầu sau ngày cuối. Xem lại hai ngày."))
    return since, until


def _day(request: Request, name: str) -> date | None:
    day = day_in(request.GET, name)
    return day if day and 1945 <= day.year <= 2999 else None


def _pages(found: books.Book, agency: "Agency") -> dict[str, Any]:
    heading = heading_of(agency)
    names = {section.field_name for section in found.sections}
    forms = {section.form.label for section in found.sections}
    return {
        "form": forms.pop() if len(forms) == 1 else "",
        "above": heading["above"],
        "office": heading["office"],
        "title": found.title,
        "field": names.pop() if len(names) == 1 else "",
        "year": str(found.since.year)
        if found.since.year == found.until.year
        else f"{found.since.year} – {found.until.year}",
        "many_years": found.since.year != found.until.year,
        "since": vn_date(found.since),
        "until": vn_date(found.until),
        "count": found.count,
        "given": list(books.GIVEN),
        "sections": [
            {
                "field": section.field_name,
                "year": section.year,
                "columns": [{"label": one.label, "kind": one.kind, "width": one.width} for one in section.columns],
                "lines": [[str(cell) for cell in line.cells] for line in section.lines],
            }
            for section in found.sections
        ],
    }
