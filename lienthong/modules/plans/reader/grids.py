"""Tables whose rows are lines with cells between "|" or tabs; a cell may be empty, a heading may stand over several columns."""

import re
from dataclasses import dataclass

from lienthong.modules.plans.reader.letters import Letters
from lienthong.modules.plans.reader.lines import Line

_FEWEST = 3
_NUMBER = re.compile(r"(?:stt|tt|số tt|số thứ tự)$")
_SHORT = 90
_MOST_HEADER = 3


@dataclass(frozen=True)
class Grid:
    """A table: its place, the words over every column (those of merged headings joined) and its rows without their ordinals."""

    start: int
    end: int
    columns: tuple[str, ...]
    rows: tuple[tuple[Line, ...], ...]


def grids(letters: Letters) -> list[Grid]:
    """All tables with a heading and at least one row, in order."""
    found: list[Grid] = []
    run: list[list[Line]] = []
    for row in [*letters.rows, []]:
        if len(row) >= _FEWEST and (not run or abs(len(row) - len(run[-1])) <= 1):
            run.append(row)
            continue
        found += _split(letters, run)
        run = [row] if len(row) >= _FEWEST else []
    return found


def _split(letters: Letters, run: list[list[Line]]) -> list[Grid]:
    """One table for every heading among the rows: two tables may follow each other."""
    heads = [_is_top(letters, row) for row in run]
    tops = [at for at, head in enumerate(heads) if head and not (at and heads[at - 1])]
    found = []
    for at, stop in zip(tops, [*tops[1:], len(run)][: len(tops)], strict=True):
        grid = _grid(letters, run[at:stop])
        if grid:
            found.append(grid)
    return found


def _is_top(letters: Letters, row: list[Line]) -> bool:
    words = [letters.low[start:end] for start, end in row]
    if _NUMBER.match(words[0]):
        return True
    return bool(re.match(r"(?:tên |các )?(?:chỉ tiêu|mục tiêu|nội dung|nhiệm vụ|tiêu chí)", words[0])) and all(
        len(word) < _SHORT and not re.search(r"\d\s*%|^\d+$(?<!20\d\d)", word) for word in words
    )


def _grid(letters: Letters, rows: list[list[Line]]) -> Grid | None:
    width = max(len(row) for row in rows)
    rows = [row + [(row[-1][1], row[-1][1])] * (width - len(row)) for row in rows]
    numbered = bool(_NUMBER.match(letters.low[slice(*rows[0][0])]))
    depth = 1
    while depth < min(len(rows), _MOST_HEADER) and _is_heading(letters, rows[depth], numbered):
        depth += 1
    columns = _columns([[letters.low[start:end] for start, end in row] for row in rows[:depth]])
    body = rows[depth:]
    if body and all(re.fullmatch(r"\(?(?:\d{1,2}|[a-z])\)?", letters.low[slice(*cell)]) for cell in body[0]):
        body = body[1:]  # "(1) (2) (3)" under the heading
    if not body:
        return None
    first = 1 if numbered else 0
    return Grid(rows[0][0][0], rows[-1][-1][1], tuple(columns[first:]), tuple(tuple(row[first:]) for row in body))


def _is_heading(letters: Letters, row: list[Line], numbered: bool) -> bool:
    """A second line of the heading: its first cell is empty or says "TT" again, no cell is a figure but years."""
    words = [letters.low[start:end] for start, end in row]
    if numbered and words[0] and not _NUMBER.match(words[0]):
        return False
    if not numbered and words[0] and not re.match(r"(?:tên |các )?(?:chỉ tiêu|mục tiêu|nội dung|nhiệm vụ)", words[0]):
        return False
    said = [word for word in words[1:] if word]
    return bool(said) and all(
        len(word) < _SHORT and (re.search(r"(?:19|20)\d\d", word) or not re.search(r"\d", word)) for word in said
    )


def _columns(heading: list[list[str]]) -> list[str]:
    """Words over every column: a heading over several stands before an empty cell that has words below."""
    for at, row in enumerate(heading[:-1]):
        for column in range(1, len(row)):
            if not row[column] and heading[at + 1][column] and heading[at + 1][column] != heading[at + 1][column - 1]:
                row[column] = row[column - 1]
    return [" ".join(dict.fromkeys(word for word in words if word)) for words in zip(*heading, strict=True)]
