"""Tables as XLSX workbooks. What people typed stays text, also when it looks like a formula."""

import io
from collections.abc import Iterable, Sequence
from datetime import date

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet
from openpyxl.writer.excel import save_workbook

TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_CELL_LENGTH = 32_767  # what a cell of the format holds
_REFUSED_IN_TITLES = str.maketrans(dict.fromkeys("[]:*?/\\", " "))
_TOP = Alignment(vertical="top", wrap_text=True)
_HEAD = Alignment(vertical="center", horizontal="center", wrap_text=True)
_BOLD = Font(bold=True)


def xlsx(
    title: str,
    headings: Sequence[str],
    rows: Iterable[Sequence[str | int | float | date | None]],
    widths: Sequence[float],
) -> bytes:
    """One sheet: the headings in a frozen first row, then the rows. Dates are dates, numbers numbers, texts texts;
    `widths` are in characters."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title.translate(_REFUSED_IN_TITLES)[:31])
    sheet.freeze_panes = "A2"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9  # A4
    sheet.page_setup.fitToHeight, sheet.sheet_properties.pageSetUpPr.fitToPage = 0, True
    for place, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    sheet.append([_cell(sheet, heading, _HEAD, _BOLD) for heading in headings])
    for row in rows:
        sheet.append([_cell(sheet, value, _TOP) for value in row])
    out = io.BytesIO()
    save_workbook(book, out)
    return out.getvalue()


def _cell(
    sheet: WriteOnlyWorksheet, value: str | int | float | date | None, alignment: Alignment, font: Font | None = None
) -> Cell:
    if isinstance(value, str):
        value = ILLEGAL_CHARACTERS_RE.sub("", value)[:_CELL_LENGTH]
    cell: Cell = WriteOnlyCell(sheet, value)  # type: ignore[arg-type]  # the stubs know no plain dates
    if isinstance(value, str):
        cell.data_type = "s"  # the library takes a text that begins with "=" for a formula
    elif isinstance(value, date):
        cell.number_format = "dd/mm/yyyy"
    cell.alignment = alignment
    if font is not None:
        cell.font = font
    return cell
