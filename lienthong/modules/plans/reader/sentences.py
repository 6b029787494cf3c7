"""Sentences of a paragraph, and clauses of a sentence."""

import re
from collections.abc import Iterator

_STOP = re.compile(r"[.!?…](?=['\"”)\]]*\s+[\"“'(\[]?(?:[^\W\d_]|\d))")
_SHORT = re.compile(
    r"(?:\b(?:tp|tx|tt|ths|ts|pgs|gs|bs|ks|cn|đ/c|st|no|vs|tr|h|q|p|x|đ|mr|mrs|vd|v\.v|vv|kp|bch|ubnd))$|(?:^|\s)[^\W\d]$"
)
_OPEN = '([“"'


def sentences(flat: str, text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Places of the sentences between `start` and `end`; a stop after an abbreviation or inside 1.200 is none."""
    begin = start
    for stop in _STOP.finditer(flat, start, end):
        after = stop.end()
        while after < end and not text[after].isalnum():
            after += 1
        if after >= end or (text[after].islower() and flat[stop.start()] == "."):
            continue
        if stop[0] == "." and _SHORT.search(flat[max(start, stop.start() - 8) : stop.start()]):
            continue
        yield begin, stop.end()
        begin = after if text[after - 1] not in _OPEN else after - 1
    if begin < end:
        yield begin, end


def clauses(flat: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The parts of a sentence between semicolons outside brackets."""
    depth = 0
    begin = start
    for at in range(start, end):
        char = flat[at]
        if char in "([":
            depth += 1
        elif char in ")]":
            depth = max(0, depth - 1)
        elif char == ";" and (depth == 0 or at - begin > 2000):
            yield begin, at
            begin, depth = at + 1, 0
    if begin < end:
        yield begin, end
