"""Lines as tables give them: one cell a line."""

import re
from bisect import bisect_right
from collections.abc import Iterable

Line = tuple[int, int]
ORDINAL = re.compile(r"(?:\d{1,3}(?:\.\d{1,3}){0,3}\.?|[ivxl]{1,6}\.?|[a-zđ]\.?)$")


def lines_of(low: str) -> list[Line]:
    """Places of the lines that are not empty, without the white space around them."""
    found, at = [], 0
    for line in low.split("\n"):
        stripped = line.strip()
        if stripped:
            start = at + line.index(stripped[0])
            found.append((start, start + len(stripped)))
        at += len(line) + 1
    return found


class Stretches:
    """Parts of a text that do not overlap (the tables): is a place in one of them?"""

    def __init__(self, places: Iterable[Line]) -> None:
        self._places = sorted(set(places))
        self._starts = [start for start, _ in self._places]

    def hold(self, at: int) -> bool:
        """Whether the place lies in one of them."""
        before = bisect_right(self._starts, at) - 1
        return before >= 0 and at < self._places[before][1]
