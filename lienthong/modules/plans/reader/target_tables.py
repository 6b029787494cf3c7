"""Tables of targets that were flattened to one cell a line: number, target, unit, a column for every year."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lienthong.modules.plans.reader.comparators import manner
from lienthong.modules.plans.reader.letters import Letters
from lienthong.modules.plans.reader.lines import ORDINAL, Line, lines_of
from lienthong.modules.plans.reader.numbers import FIGURE, value
from lienthong.modules.plans.reader.shapes import Comparator, Target
from lienthong.modules.plans.reader.times import best, times

_NUMBER = re.compile(r"(?:stt|tt|số tt)$")
_NAME = re.compile(
    r"(?:tên |các |nội dung |nhóm )?(?:chỉ tiêu|mục tiêu|nội dung|tiêu chí|chỉ số)(?: cụ thể| chủ yếu| thực hiện)?$"
)
_UNIT = re.compile(r"(?:đơn vị(?: tính)?|đvt)$")
_PAST = re.compile(r"thực hiện|hiện trạng|thực trạng|kết quả|ước|đã")
_CELL = re.compile(
    rf"(?:(?P<sign>≥|>=|>|≤|<=|<|trên|dưới|tối thiểu|ít nhất|từ|đạt)\s*)?(?P<low>{FIGURE})\s*(?P<p1>%)?(?:\s*-\s*(?P<high>{FIGURE})\s*(?P<p2>%)?)?(?P<after>\s*trở lên)?$"
)
_MOST_HEADER = 16


@dataclass(frozen=True)
class _Column:
    kind: str  # name, unit, value, other
    when: str | None = None


def target_tables(letters: Letters, period: str | None) -> Iterator[tuple[Target, int, int]]:
    """A target for every figure of every row, with the stretch of the whole table."""
    lines = lines_of(letters.low)
    at = 0
    while at < len(lines):
        columns, first = _header(letters, lines, at)
        if not columns:
            at += 1
            continue
        end = first
        row: list[Line] = []
        while end < len(lines):
            words = letters.low[lines[end][0] : lines[end][1]]
            if _is_ordinal(letters, lines, end, row, columns):
                yield from ((target, lines[at][0], lines[end][0]) for target in _row(letters, row, columns, period))
                row = []
            elif len(row) >= len(columns) + 2 or len(words) > 400:
                break
            else:
                row.append(lines[end])
            end += 1
        yield from ((target, lines[at][0], row[-1][1]) for target in _row(letters, row, columns, period) if row)
        at = max(end, at + 1)


def _is_ordinal(letters: Letters, lines: list[Line], at: int, row: list[Line], columns: list[_Column]) -> bool:
    """A short number opens a row where one is due, or behind the name of a group; inside a row it is a figure."""
    words = letters.low[slice(*lines[at])]
    if not ORDINAL.match(words):
        return False
    if not row or len(row) >= len(columns) or not words.rstrip(".").replace(".", "").isdigit():
        return True
    following = letters.low[slice(*lines[at + 1])] if at + 1 < len(lines) else ""
    return len(row) == 1 and len(following) > 8


def _header(letters: Letters, lines: list[Line], at: int) -> tuple[list[_Column], int]:
    if (
        not _NUMBER.match(letters.low, *lines[at])
        or at + 1 >= len(lines)
        or not _NAME.match(letters.low[slice(*lines[at + 1])])
    ):
        return [], at
    columns = [_Column("name")]
    for index in range(at + 2, min(len(lines), at + _MOST_HEADER)):
        words = letters.low[slice(*lines[index])]
        if ORDINAL.match(words) and not re.fullmatch(r"(?:19|20)\d\d", words):
            return (columns, index) if any(column.kind == "value" for column in columns) else ([], at)
        if len(words) > 70:
            return [], at
        columns.append(_column(letters, lines[index], words))
    return [], at


def _column(letters: Letters, line: Line, words: str) -> _Column:
    if _UNIT.match(words):
        return _Column("unit")
    if _PAST.search(words) and "kế hoạch" not in words:
        return _Column("other")
    named = best([time for time in times(letters.flat, *line) if time.rank > 0])
    if named or re.match(r"(?:mục tiêu|chỉ tiêu|kế hoạch|giá trị|tỷ lệ)", words):
        return _Column("value", named)
    return _Column("other")


def _row(letters: Letters, row: list[Line], columns: list[_Column], period: str | None) -> Iterator[Target]:
    if len(row) != len(columns):
        return
    subject = letters.words(*row[0]).strip(" .;:-")
    unit = next((letters.words(*cell) for cell, column in zip(row, columns, strict=True) if column.kind == "unit"), "")
    if len(subject) < 4:
        return
    for cell, column in zip(row, columns, strict=True):
        found = _CELL.match(letters.low, *cell) if column.kind == "value" else None
        if found is None:
            continue
        low, high = value(found["low"]), value(found["high"] or found["low"])
        name = "%" if found["p1"] or found["p2"] or unit == "%" else unit
        if low is None or high is None or high < low or not name:
            continue
        how = manner(letters.flat, cell[0], found.start("low"), found.end("low"), cell[1]).comparator
        place = letters.span(row[0][0], cell[1])
        comparator: Comparator = "exactly"
        if high != low:
            comparator = "range"
        elif how in ("at_least", "at_most"):
            comparator = "at_least" if how == "at_least" else "at_most"
        elif name == "%" and low == 100:
            comparator = "all"
        yield Target(
            place[0], place[1], letters.given[place[0] : place[1]], subject, comparator,
            None if comparator == "at_most" else low, None if comparator == "at_least" else high, name, column.when or period, None,
        )  # fmt: skip
