"""The text as it is matched: composed letters, one kind of dash and space, lower case; and the way back to the offsets.

Plans come composed (NFC) and decomposed (NFD), with "hoà" and "hòa". Everything is matched on one form of the same length
as the composed text; `place` leads back to the characters of the text that was given.
"""

import re
import unicodedata
from functools import cached_property

from lienthong.modules.plans.reader.lines import Line, lines_of, rows_of

_SAME = {
    **dict.fromkeys("\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\u000b", " "),
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2043\uff0d", "-"),
    "％": "%", "﹪": "%", "；": ";", "：": ":", "，": ",", "≧": "≥", "≦": "≤", "÷": "-", "\u000c": "\n", "\r": "\n",
    "\u2028": "\n", "\u2029": "\n", "\u0085": "\n",
}  # fmt: skip
_TABLE = str.maketrans(_SAME)
# "hoà" → "hòa", "uỷ" → "ủy": where the mark stands is a matter of taste, the length is the same.
_OLD = ["oà", "oá", "oả", "oã", "oạ", "oè", "oé", "oẻ", "oẽ", "oẹ", "uỳ", "uý", "uỷ", "uỹ", "uỵ"]
_NEW = ["òa", "óa", "ỏa", "õa", "ọa", "òe", "óe", "ỏe", "õe", "ọe", "ùy", "úy", "ủy", "ũy", "ụy"]
_PAIRS = dict(zip(_OLD, _NEW, strict=True))
_TONE = re.compile(rf"(?<!q)(?:{'|'.join(_OLD)})(?![^\W\d_])")
_CLUSTER = re.compile("[^\u0300-\u036f]?[\u0300-\u036f]{1,8}")


class Letters:
    """One text: `text` in composed letters, `low` for matching (same length), and `span` back to the given text."""

    def __init__(self, given: str) -> None:
        self.given = given
        self.text, self._places = _composed(given)

    @cached_property
    def low(self) -> str:
        """Lower case, one dash, one kind of line end, tone marks in one place; same length as `text`."""
        low = self.text.translate(_TABLE)
        lowered = low.lower()
        if len(lowered) != len(low):
            lowered = "".join(char.lower() if len(char.lower()) == 1 else char for char in low)
        return _TONE.sub(lambda found: _PAIRS[found[0]], lowered)

    @cached_property
    def flat(self) -> str:
        """`low` with line ends and tabs as spaces: sentences run over the lines of a PDF."""
        return self.low.replace("\n", " ").replace("\t", " ")

    @cached_property
    def rows(self) -> list[list[Line]]:
        """The cells of every line, see `rows_of`."""
        return rows_of(self.low)

    @cached_property
    def lines(self) -> list[Line]:
        """Every line and cell that has words, see `lines_of`."""
        return lines_of(self.low, self.rows)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The same stretch in characters of the given text."""
        if self._places is None:
            return start, end
        return self._places[start], self._places[end]

    def words(self, start: int, end: int) -> str:
        """The stretch in composed letters with single spaces."""
        return " ".join(self.text[start:end].split())


def _composed(given: str) -> tuple[str, list[int] | None]:
    if unicodedata.is_normalized("NFC", given):
        return given, None
    pieces: list[str] = []
    places: list[int] = []
    at = 0
    for cluster in _CLUSTER.finditer(given):
        pieces.append(given[at : cluster.start()])
        places.extend(range(at, cluster.start()))
        letter = unicodedata.normalize("NFC", cluster[0])
        pieces.append(letter)
        # Every character of what did not compose leads to the beginning of its cluster.
        places.extend([cluster.start()] * len(letter))
        at = cluster.end()
    pieces.append(given[at:])
    places.extend(range(at, len(given)))
    places.append(len(given))
    return "".join(pieces), places


def collapsed(text: str) -> str:
    """Single spaces, none at the ends."""
    return " ".join(text.split())
