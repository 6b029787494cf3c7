"""At least, at most, exactly, all: the words around a number that say how it is meant."""

import re
from dataclasses import dataclass

_LEAST = r"ít nhất(?: là)?|tối thiểu(?: là| đạt)?|không dưới|không thấp hơn|không ít hơn|không nhỏ hơn|không kém|thấp nhất(?: là)?|cao hơn|lớn hơn|nhiều hơn|vượt(?: mức| trên)?|trên mức|trên|hơn"
_MOST = r"không (?:để |được )?(?:xảy ra )?quá|không (?:để )?vượt quá|không vượt|không cao hơn|không lớn hơn|không nhiều hơn|tối đa(?: là| không quá)?|nhiều nhất(?: là)?|cao nhất(?: là)?|chậm nhất|dưới mức|dưới|thấp hơn|nhỏ hơn|ít hơn|chưa đến"
_ABOUT = r"khoảng|xấp xỉ|gần|cỡ|chừng|khoản|đủ|thêm|(?<!thôn )(?<!đổi )mới|từ|được|bình quân|trung bình"
_LINK = (
    r"đạt được|đạt mức|đạt tỷ lệ|đạt|chiếm tỷ lệ|chiếm|là|còn|ở mức|mức|bằng|gấp|xuống còn|xuống|lên đến|lên tới|lên|tới|đến|"
    r"tăng thêm|tăng lên|tăng|cắt giảm|giảm xuống|giảm|hoàn thành|duy trì|ước|tỷ lệ"
)
_EDGE, _END = r"(?<![^\W\d_])", r"(?![^\W\d_])"
_ONE = (
    rf"(?:{_EDGE}(?P<least>{_LEAST}){_END}|(?P<least_sign>≥|>=|>)|{_EDGE}(?P<most>{_MOST}){_END}|(?P<most_sign>≤|<=|<)"
    rf"|{_EDGE}(?P<link>{_LINK}){_END}|(?P<link_sign>[:=])|{_EDGE}(?:{_ABOUT}){_END})"
)
_BEFORE = re.compile(rf"(?:{_ONE}\s*)+$")
_PIECE = re.compile(_ONE)
_AFTER = re.compile(r"\s*(?:,\s*)?(?:(?P<least>trở lên|trở đi|trở nên)|(?P<most>trở xuống|trở lại))")
# "ít nhất vào năm 2025 đạt 40%": said earlier, with only a time between.
_EARLIER = re.compile(
    r"(?<![^\W\d_])(?:(?P<least>ít nhất|tối thiểu)|(?P<most>tối đa|không quá))\s+(?:(?:vào|trong|đến|là|phải|cũng)\s+)*(?:năm\s+\d{4}\s*,?\s*)?(?:có\s+)?$"
)
WINDOW = 60


@dataclass(frozen=True)
class Manner:
    """How a number is meant and where the words that say so begin and end around it."""

    start: int
    end: int
    comparator: str  # exactly, at_least, at_most
    linked: bool  # "đạt", "là", "còn", ":" …: the subject stands before
    said: str  # the linking words


def manner(flat: str, floor: int, number_start: int, number_end: int, ceiling: int) -> Manner:
    """Look at the words before and behind a number that ends, with its unit, at `number_end`."""
    begin = max(floor, number_start - WINDOW)
    before = flat[begin:number_start]
    found = _BEFORE.search(before)
    start, comparator, linked, said = number_start, "exactly", False, ""
    if found:
        start = begin + found.start()
        said = found[0].strip()
        for piece in _PIECE.finditer(found[0]):
            if piece["least"] or piece["least_sign"]:
                comparator = "at_least"
            elif piece["most"] or piece["most_sign"]:
                comparator = "at_most"
            elif piece["link"] or piece["link_sign"]:
                linked = True
    if comparator == "exactly":
        earlier = _EARLIER.search(flat[max(floor, start - WINDOW) : start])
        if earlier:
            comparator = "at_least" if earlier["least"] else "at_most"
            start -= len(earlier[0])
    end = number_end
    after = _AFTER.match(flat, number_end, ceiling)
    if after:
        comparator = "at_least" if after["least"] else "at_most"
        end = after.end()
    return Manner(start, end, comparator, linked, said)
