"""Tables of targets that were flattened to one cell a line: number, target, unit, a column for every year."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lienthong.modules.plans.reader.comparators import manner
from lienthong.modules.plans.reader.grids import grids
from lienthong.modules.plans.reader.letters import Letters
from lienthong.modules.plans.reader.lines import ORDINAL, Line, Stretches
from lienthong.modules.plans.reader.numbers import FIGURE, value
from lienthong.modules.plans.reader.shapes import Comparator, Target
from lienthong.modules.plans.reader.spaced_tables import spaced_tables
from lienthong.modules.plans.reader.times import best, times

_NUMBER = re.compile(r"(?:stt|tt|số tt)$")
_NAME = re.compile(
    r"(?:tên |các |nội dung |nhóm |danh mục )?(?:chỉ tiêu|mục tiêu|nội dung|tiêu chí|chỉ số)(?:[ ,/][^\d:;.%]{0,40})?$"
)
_UNIT = re.compile(r"(?:đơn vị(?: tính)?|đvt)$")
_PAST = re.compile(r"^thực hiện|thực hiện (?:năm )?(?:19|20)|hiện trạng|thực trạng|kết quả|\bước|\bđã")
_GOAL = re.compile(r"mục tiêu|chỉ tiêu|kế hoạch|lộ trình|tỷ lệ|yêu cầu|phấn đấu|mức đạt")
_DUE = re.compile(r"thời (?:gian|hạn)|hoàn thành|tiến độ")
_RATE = re.compile(r"(?:tỷ lệ|tỉ lệ|tỷ trọng|tỉ trọng)\s")
_YEAR = re.compile(r"(?:đến )?(?:năm )?(?:19|20)\d\d$")
_UNIT_SAID = re.compile(r"\(\s*(?:đvt\s*:\s*|đơn vị(?: tính)?\s*:\s*)?(%|[^\W\d_]+(?: [^\W\d_]+){0,2})\)\s*$")
_PRICED = re.compile(r"đơn giá|thành tiền|dự toán|kinh phí|chi phí")  # a table of costs
_CELL = re.compile(
    rf"(?:(?P<sign>≥|>=|>|≤|<=|<|trên|dưới|tối thiểu|ít nhất|từ|đạt)\s*)?(?P<low>{FIGURE})(?:/\d{{1,4}})?\s*(?P<p1>%)?(?:\s*(?:-|đến)\s*(?P<high>{FIGURE})\s*(?P<p2>%)?)?(?P<after>\s*trở lên)?$"
)
_BROKEN = re.compile(r"(?:kế hoạch|thực hiện|mục tiêu|chỉ tiêu|hiện trạng|kết quả|ước|năm)$")
_MOST_HEADER = 16


@dataclass(frozen=True)
class _Column:
    kind: str  # name, unit, value, when, other
    when: str | None = None
    unit: str = ""


def target_tables(letters: Letters, period: str | None) -> Iterator[tuple[Target, int, int]]:
    """A target for every figure of every row, with the stretch of the whole table."""
    tables = []
    for grid in grids(letters):
        columns = [_column(words) for words in grid.columns]
        if not (_NAME.match(grid.columns[0]) and _has_values(columns)) or any(map(_PRICED.search, grid.columns)):
            continue
        columns[0] = _Column("name")
        tables.append((grid.start, grid.end))
        for cells in grid.rows:
            yield from ((target, grid.start, grid.end) for target in _row(letters, list(cells), columns, period))
    for spaced in spaced_tables(letters):
        columns = [_Column("name"), *map(_column, spaced.columns[1:])]
        tables.append((spaced.start, spaced.end))
        for cells in spaced.rows:
            yield from ((target, spaced.start, spaced.end) for target in _row(letters, list(cells), columns, period))
    lined = Stretches(tables)
    lines = [line for line in letters.lines if not lined.hold(line[0])]
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
        row = row[: len(columns)]  # what follows the last row is prose
        yield from ((target, lines[at][0], row[-1][1]) for target in _row(letters, row, columns, period) if row)
        at = max(end, at + 1)


def _has_values(columns: list[_Column]) -> bool:
    return any(column.kind == "value" for column in columns)


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
    said: list[str] = []
    for index in range(at + 2, min(len(lines), at + _MOST_HEADER)):
        words = letters.low[slice(*lines[index])]
        if ORDINAL.match(words) and not re.fullmatch(r"(?:19|20)\d\d", words):
            columns = [_Column("name"), *map(_column, _in_order(_unbroken(said)))]
            return (columns, index) if _has_values(columns) and not any(map(_PRICED.search, said)) else ([], at)
        if len(words) > 70:
            return [], at
        said.append(words)
    return [], at


def _unbroken(said: list[str]) -> list[str]:
    """ "Kế hoạch", "2022": one heading that was broken over lines, unless further years follow."""
    joined: list[str] = []
    for at, words in enumerate(said):
        alone = re.fullmatch(r"(?:19|20)\d\d", words) and not re.match(
            r"(?:19|20)\d\d$", "".join(said[at + 1 : at + 2])
        )
        if alone and joined and _BROKEN.search(joined[-1]):
            joined[-1] += f" {words}"
        else:
            joined.append(words)
    return joined


def _in_order(said: list[str]) -> list[str]:
    """Headings of columns without the one that stands over several: its years follow it, or follow all others."""
    over = next((at for at, words in enumerate(said) if _GOAL.match(words) and not re.search(r"\d", words)), None)
    years = [at for at, words in enumerate(said) if over is not None and at > over and _YEAR.match(words)]
    if over is None or len(years) < 2 or years != list(range(years[0], years[0] + len(years))):
        return said
    named = [f"{said[over]} {said[at]}" for at in years]
    return [*said[:over], *named, *said[over + 1 : years[0]], *said[years[-1] + 1 :]]


def _column(words: str) -> _Column:
    if _UNIT.match(words):
        return _Column("unit")
    if _DUE.match(words):
        return _Column("when")
    if _PAST.search(words) and not _GOAL.search(words):
        return _Column("other")
    named = best([time for time in times(words, 0, len(words)) if time.rank > 0])
    if named or _GOAL.match(words):
        unit = _UNIT_SAID.search(words)
        return _Column("value", named, unit[1] if unit else "")
    return _Column("other")


def _row(letters: Letters, row: list[Line], columns: list[_Column], period: str | None) -> Iterator[Target]:
    if len(row) != len(columns):
        return
    subject = letters.words(*row[0]).strip(" .;:-")
    said = _UNIT_SAID.search(subject)
    cells = [(cell, column) for cell, column in zip(row, columns, strict=True) if cell[1] > cell[0]]
    unit = next((letters.words(*cell) for cell, column in cells if column.kind == "unit"), said[1] if said else "")
    due = next((best(list(times(letters.flat, *cell))) for cell, column in cells if column.kind == "when"), None)
    if len(subject) < 4:
        return
    for cell, column in cells:
        found = _CELL.match(letters.low, *cell) if column.kind == "value" else None
        if found is None:
            continue
        low, high = value(found["low"]), value(found["high"] or found["low"])
        name = unit or column.unit or ("%" if _RATE.match(subject.lower()) else "")
        name = "%" if found["p1"] or found["p2"] else name
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
            None if comparator == "at_most" else low, None if comparator == "at_least" else high, name, column.when or due or period, None,
        )  # fmt: skip
