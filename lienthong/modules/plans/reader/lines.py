"""Lines as tables give them: one cell a line, or the cells of a row between "|" or tabs."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator

Line = tuple[int, int]
ORDINAL = re.compile(r"(?:\d{1,3}(?:\.\d{1,3}){0,3}\.?|[ivxl]{1,6}\.?|[a-zđ]\.?)$")
_ALONE = re.compile(r"\n[ ]*\|[ ]*(?=\n)")
_LONGEST_CELL = 600


def lines_of(low: str) -> list[Line]:
    """Places of the lines that are not empty, without the white space around them; cells of a row are lines of their own."""
    found: list[Line] = []
    at = 0
    for line in low.split("\n"):
        for start, end in cells_of(line):
            if end > start:
                found.append((at + start, at + end))
        at += len(line) + 1
    return _with_broken_cells(low, found)


def cells_of(line: str) -> Iterator[Line]:
    """The cells of one line, empty ones too; a line without "|" and with fewer than two tabs is one cell."""
    sign = "|" if "|" in line else "\t" if line.strip().count("\t") > 1 else ""
    edges = [at for at, char in enumerate(line) if char == sign] if sign else []
    for begin, stop in zip([-1, *edges], [*edges, len(line)], strict=True):
        words = line[begin + 1 : stop]
        start = begin + 1 + len(words) - len(words.lstrip())
        yield start, max(start, start + len(words.strip()))


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
