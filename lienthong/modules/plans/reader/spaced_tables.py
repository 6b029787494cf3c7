"""Tables of a PDF whose cells are parted by nothing but spaces: a heading with years, rows that end with as many figures."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lienthong.modules.plans.reader.letters import Letters
from lienthong.modules.plans.reader.lines import Line
from lienthong.modules.plans.reader.units import MEASURE, NOUN

_TOP = re.compile(r"^ *(?:stt|tt|số tt) +\S", re.MULTILINE)
_COLUMN = r"(?:(?:ước |kết quả )?(?:thực hiện|kết quả|hiện trạng|kế hoạch|mục tiêu|chỉ tiêu|đến)\s+)?(?:năm\s+)?(?:19|20)\d\d(?![\d/.-])"
_HEADING = re.compile(
    r"\s*(?:stt|tt|số tt)\s+(?P<name>(?:tên |các |nội dung |nhóm )?(?:chỉ tiêu|mục tiêu|nội dung|tiêu chí|chỉ số)(?:[ ,]+[^\W\d_]+){0,4}?)"
    rf"\s+(?:(?P<unit>đơn vị(?: tính)?|đvt)\s+)?(?P<columns>{_COLUMN}(?:\s+{_COLUMN})*)(?:\s+ghi chú)?\s*$"
)
_ONE_COLUMN = re.compile(_COLUMN)
_ORDINAL = re.compile(r"\s*(?:\d{1,2}(?:\.\d{1,2}){0,3}\.?|[ivx]{1,5}\.?|[a-zđ][.)])\s+(?=[^\W\d_])")
_FIGURE = r"(?:(?:≥|>=|>|≤|<=|<|trên|dưới|tối thiểu|ít nhất)\s*)?(?:\d{1,3}(?:\.\d{3})+(?:,\d{1,4})?|\d{1,9}(?:[.,]\d{1,4})?)(?:\s?-\s?\d{1,4}(?:,\d{1,3})?)?\s?%?"
_CELLS = re.compile(rf"(?<=\s)(?:(?:{_FIGURE}|-|x)(?=\s|$)\s*)+$")
_ONE_CELL = re.compile(rf"(?:{_FIGURE}|-|x)(?=\s|$)")
_COUNTERS = re.compile(r"\s*(?:\(?\d{1,2}\)?\s+)+\(?\d{1,2}\)?\s*$")  # "1 2 3 4" under the heading
_LONGEST_ROW = 400


@dataclass(frozen=True)
class Spaced:
    """A table: its place, the words over its columns, and its rows without ordinals: name, unit when there is one, figures."""

    start: int
    end: int
    columns: tuple[str, ...]
    rows: tuple[tuple[Line, ...], ...]


def spaced_tables(letters: Letters) -> Iterator[Spaced]:
    """All of them in order."""
    low = letters.low
    done = -1
    for top in _TOP.finditer(low):
        if top.start() < done:
            continue
        end = first = _line_end(low, top.start())
        heading = _HEADING.match(letters.flat, top.start(), first)
        if heading is None:
            end = _line_end(low, first + 1)
            heading = _HEADING.match(letters.flat, top.start(), end)
        if heading is None or "\t" in low[top.start() : end]:
            continue
        years = [column[0] for column in _ONE_COLUMN.finditer(heading["columns"])]
        rows, stop = _rows(letters, end + 1, bool(heading["unit"]), len(years))
        if rows:
            columns = [heading["name"], *([heading["unit"]] if heading["unit"] else []), *years]
            yield Spaced(top.start(), stop, tuple(columns), tuple(rows))
            done = stop


def _line_end(low: str, at: int) -> int:
    found = low.find("\n", at)
    return found if found >= 0 else len(low)


def _rows(letters: Letters, at: int, has_unit: bool, width: int) -> tuple[list[tuple[Line, ...]], int]:
    """The rows from `at` on and where the last of them ends; a name may go on over lines, before its figures or behind them."""
    low = letters.low
    rows: list[tuple[Line, ...]] = []
    begin, stop = -1, at
    while at < len(low):
        end = _line_end(low, at)
        if _TOP.match(low, at):
            break  # the heading of the next table
        opened = _ORDINAL.match(low, at, end)
        if _COUNTERS.fullmatch(low, at, end) or not low[at:end].strip():
            at = end + 1
            continue
        if opened:
            begin = opened.end()
        elif begin < 0 and not (rows and letters.text[at:end].lstrip()[:1].islower()):
            break
        if begin >= 0:
            row = _row(letters, begin, end, has_unit, width)
            if row:
                rows.append(row)
                begin = -1
            elif end - begin > _LONGEST_ROW:
                break
        stop, at = (end, end + 1) if begin < 0 else (stop, end + 1)
    return rows, stop


def _row(letters: Letters, begin: int, end: int, has_unit: bool, width: int) -> tuple[Line, ...] | None:
    flat = letters.flat
    if end - begin > 2 * _LONGEST_ROW:
        return None
    figures = _CELLS.search(flat, begin, end)
    cells = [cell.span() for cell in _ONE_CELL.finditer(flat, figures.start(), end)] if figures else []
    if len(cells) < width:
        return None
    cells = cells[-width:]
    stop = cells[0][0]
    name = flat[begin:stop].rstrip()
    if not has_unit:
        return ((begin, begin + len(name)), *cells)
    at = _unit_at(name)
    return ((begin, begin + len(name[:at].rstrip())), (begin + at, begin + len(name)), *cells)


def _unit_at(name: str) -> int:
    """Where the unit at the end of a row's name begins: behind a wide gap, else the longest noun that things are counted in."""
    wide = max(name.rfind("  "), name.rfind("%") - 1)
    if wide > 0:
        return wide + 2 if name[wide : wide + 2] == "  " else wide + 1
    starts = [found.end() for found in re.finditer(r"\s+", name)][-3:]
    known = (at for at in starts for kind in (NOUN, MEASURE) if kind.fullmatch(f" {name[at:]}"))
    return next(known, starts[-1] if starts else len(name))
