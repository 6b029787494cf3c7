"""Lines as tables give them: one cell a line, or the cells of a row between "|" or tabs."""

import re
from bisect import bisect_right
from collections.abc import Iterable
from itertools import pairwise

Line = tuple[int, int]
ORDINAL = re.compile(r"(?:\d{1,3}(?:\.\d{1,3}){0,3}\.?|[ivxl]{1,6}\.?|[a-zđ]\.?)$")
_ALONE = re.compile(r"\n[ ]*\|[ ]*(?=\n)")
_RULE = re.compile(r"[\s|:+=-]+$")
_LONGEST_CELL = 600


def rows_of(low: str) -> list[list[Line]]:
    """The cells of every line that is not empty, empty cells too; a line of prose has one."""
    rows: list[list[Line]] = []
    at = 0
    for line in low.split("\n"):
        if line.strip():
            rows.append([(at + start, at + end) for start, end in _cells(line)])
        at += len(line) + 1
    return [row for row in rows if row]


def lines_of(low: str, rows: list[list[Line]]) -> list[Line]:
    """Places of the lines without the white space around them; cells of a row are lines of their own, empty ones are left out."""
    return _with_broken_cells(low, [cell for row in rows for cell in row if cell[1] > cell[0]])


def _cells(line: str) -> list[Line]:
    """A line without "|" and with fewer than two tabs is one cell; one of nothing but strokes is none."""
    sign = "|" if "|" in line else "\t" if line.lstrip().count("\t") > 1 else ""
    if not sign:
        start = len(line) - len(line.lstrip())
        return [(start, len(line.rstrip()))]
    if sign == "|" and _RULE.match(line):
        return []
    edges = [-1, *(at for at, char in enumerate(line) if char == sign), len(line)]
    if sign == "|":  # those that frame the row; an empty cell at its end keeps its space
        edges = edges[1:] if line.startswith("|") else edges
        edges = edges[:-1] if len(edges) > 2 and line.endswith("|") else edges
    cells = []
    for begin, stop in pairwise(edges):
        words = line[begin + 1 : stop]
        start = begin + 1 + len(words) - len(words.lstrip())
        cells.append((start, max(start, start + len(words.strip()))))
    return cells


def _with_broken_cells(low: str, lines: list[Line]) -> list[Line]:
    """Where a "|" alone on its line ends every cell, a cell may be broken over lines: they are one."""
    edges = [sign.start() for sign in _ALONE.finditer(low)]
    if len(edges) < 2:
        return lines
    joined: list[Line] = []
    for start, end in lines:
        at = bisect_right(edges, start)
        within = 0 < at < len(edges) and edges[at] - edges[at - 1] < _LONGEST_CELL
        if within and joined and joined[-1][0] > edges[at - 1]:
            joined[-1] = joined[-1][0], end
        else:
            joined.append((start, end))
    return joined


class Stretches:
    """Parts of a text that do not overlap (the tables): is a place in one of them?"""

    def __init__(self, places: Iterable[Line]) -> None:
        self._places = sorted(set(places))
        self._starts = [start for start, _ in self._places]

    def hold(self, at: int) -> bool:
        """Whether the place lies in one of them."""
        before = bisect_right(self._starts, at) - 1
        return before >= 0 and at < self._places[before][1]
