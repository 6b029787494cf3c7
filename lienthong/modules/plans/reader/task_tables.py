"""Tables of tasks that were flattened to one cell a line, as PDF and web pages give them."""

import re
from collections.abc import Iterator

from lienthong.modules.plans.reader.agencies import AGENCY
from lienthong.modules.plans.reader.grids import grids
from lienthong.modules.plans.reader.letters import Letters
from lienthong.modules.plans.reader.lines import ORDINAL, Line, Stretches
from lienthong.modules.plans.reader.shapes import Task
from lienthong.modules.plans.reader.times import deadline

_KINDS = (
    ("number", re.compile(r"(?:stt|tt|số tt)$")),
    ("coordinating", re.compile(r".{0,48}phối hợp")),
    ("deadline", re.compile(r"(?:thời gian|thời hạn|tiến độ|hoàn thành|thời điểm)")),
    ("other", re.compile(r"(?:sản phẩm|kết quả|ghi chú|kinh phí|căn cứ|dự kiến|hình thức)")),
    ("responsible", re.compile(r".{0,48}(?:chủ trì|thực hiện$|đầu mối|chịu trách nhiệm|trách nhiệm)")),
    ("task", re.compile(r"(?:nội dung|nhiệm vụ|công việc|hoạt động|tên|mục tiêu|chỉ tiêu|danh mục)")),
)
_TIMELY = re.compile(
    r"(?:.{0,24}(?:20\d\d)|thường xuyên|hằng năm|hàng năm|quý |tháng |năm |theo |sau khi|giai đoạn|\d{1,2}/)"
)
_MOST_HEADER, _MOST_CELLS = 14, 40
_STOP = re.compile(r"(?:nơi nhận|tm\. ủy ban|kt\. chủ tịch|phụ lục)")


def table_tasks(letters: Letters) -> Iterator[tuple[Task, int, int]]:
    """A task per row, with the stretch of the whole table."""
    tables = []
    for grid in grids(letters):
        kinds = [_kind_of(words) or "other" for words in grid.columns]
        if "task" not in kinds or not {"responsible", "coordinating"} & set(kinds):
            continue
        tables.append((grid.start, grid.end))
        for cells in grid.rows:
            named = [pair for pair in zip(kinds, cells, strict=True) if pair[1][1] > pair[1][0] and pair[0] != "other"]
            task = _task(letters, [cell for cell in cells if cell[1] > cell[0]], dict(reversed(named)))
            if task:
                yield task, grid.start, grid.end
    lined = Stretches(tables)
    lines = [line for line in letters.lines if not lined.hold(line[0])]
    at = 0
    while at < len(lines):
        kinds, first = _header(letters, lines, at)
        if not kinds:
            at += 1
            continue
        end = _end(letters, lines, first)
        for row in _rows(letters, lines[first:end]):
            task = _task(letters, row, _placed(letters, row, kinds)) if len(row) > 1 else None
            if task:
                yield task, lines[at][0], lines[end - 1][1]
        at = max(end, at + 1)


def _header(letters: Letters, lines: list[Line], at: int) -> tuple[list[str], int]:
    """Kinds of the columns and the first line of the body; no kinds when no table begins here."""
    if _kind(letters, lines[at]) != "number":
        return [], at
    kinds: list[str] = []
    for index in range(at + 1, min(len(lines), at + _MOST_HEADER)):
        words = letters.low[lines[index][0] : lines[index][1]]
        if ORDINAL.match(words):
            fits = "task" in kinds and ("responsible" in kinds or "coordinating" in kinds)
            return (kinds, index) if fits else ([], at)
        if len(words) > 60:
            return [], at
        kinds.append(_kind(letters, lines[index]) or "other")
    return [], at


def _kind(letters: Letters, line: Line) -> str | None:
    return _kind_of(letters.low[line[0] : line[1]])


def _kind_of(words: str) -> str | None:
    if len(words) > 60:
        return None
    return next((name for name, pattern in _KINDS if pattern.match(words)), None)


def _end(letters: Letters, lines: list[Line], first: int) -> int:
    for index in range(first, len(lines)):
        words = letters.low[lines[index][0] : lines[index][1]]
        if (
            _STOP.match(words)
            or _is_next_part(letters, lines, index)
            or (index > first and _kind(letters, lines[index]) == "number")
        ):
            return index
    return len(lines)


def _is_next_part(letters: Letters, lines: list[Line], at: int) -> bool:
    """ "II. TỔ CHỨC THỰC HIỆN" ends a table; the name of a group of rows is followed by the number of a row."""
    words = letters.low[slice(*lines[at])]
    following = letters.low[slice(*lines[at + 1])] if at + 1 < len(lines) else ""
    return re.match(r"(?:[ivxl]{1,5}\s*[./-]|điều \d+\.)\s*\S", words) is not None and not ORDINAL.match(following)


def _rows(letters: Letters, lines: list[Line]) -> Iterator[list[Line]]:
    """The cells of every row, without its ordinal."""
    row: list[Line] = []
    for line in lines:
        words = letters.low[line[0] : line[1]]
        if ORDINAL.match(words) and not re.fullmatch(r"(?:19|20)\d\d", words):
            if row:
                yield row
            row = []
        elif len(row) < _MOST_CELLS:
            row.append(line)
    if row:
        yield row


def _task(letters: Letters, row: list[Line], cells: dict[str, Line]) -> Task | None:
    if "task" not in cells or not ({"responsible", "coordinating"} & cells.keys()):
        return None
    place = letters.span(row[0][0], row[-1][1])

    def words(name: str) -> str | None:
        return letters.words(*cells[name]).strip(" .;,") or None if name in cells else None

    when = deadline(letters.flat, letters.text, *cells["deadline"]) if "deadline" in cells else None
    return Task(
        place[0], place[1], letters.given[place[0] : place[1]], words("responsible"), words("coordinating"), when,
        (words("task") or "")[:1500],
    )  # fmt: skip


def _placed(letters: Letters, row: list[Line], kinds: list[str]) -> dict[str, Line]:
    """Cells by column: in order when their number fits, else by what stands in them."""
    if len(row) == len(kinds) and _fits(letters, row, kinds):
        return {name: cell for name, cell in reversed(list(zip(kinds, row, strict=True))) if name != "other"}
    cells: dict[str, Line] = {}
    index = 1
    while index < len(row) and not AGENCY.match(letters.text, row[index][0]):
        index += 1
    cells["task"] = (row[0][0], row[index - 1][1])
    order = [name for name in kinds if name in ("responsible", "coordinating")]
    for cell in row[index:]:
        if (
            "deadline" not in cells
            and "deadline" in kinds
            and _TIMELY.match(letters.low, cell[0], cell[1])
            and cell[1] - cell[0] < 60
        ):
            cells["deadline"] = cell
        elif order and "deadline" not in cells and AGENCY.match(letters.text, cell[0]):
            cells[order.pop(0)] = cell
    return cells


def _fits(letters: Letters, row: list[Line], kinds: list[str]) -> bool:
    return all(
        AGENCY.match(letters.text, cell[0]) is not None
        for name, cell in zip(kinds, row, strict=True)
        if name == "responsible"
    )
