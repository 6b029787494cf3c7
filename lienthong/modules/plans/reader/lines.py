"""Lines as tables give them: one cell a line."""

import re

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
