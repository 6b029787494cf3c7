"""When: years, periods, quarters, months and days, as a plan writes them, in one spelling."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_YEAR = r"(?:19|20)\d\d"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_MONTH = r"(?:0?[1-9]|1[0-2])"
_TIME = re.compile(
    rf"(?P<day>\b{_DAY})(?:\s*[/.-]\s*(?P<month>{_MONTH})\s*[/.-]\s*(?P<year>{_YEAR})|\s+tháng\s+(?P<month2>{_MONTH})\s*(?:năm|,|/|-)\s*(?P<year2>{_YEAR}))\b"
    rf"|(?P<period>(?<![\d/.-])(?P<from>{_YEAR})\s*(?:-|đến|tới)\s*(?:năm\s+)?(?P<to>{_YEAR}))(?![\d/])"
    rf"|(?P<quarter>quý\s+(?P<q>iv|iii|ii|i|[1-4])\s*(?:/|-|,|năm|\s)\s*(?:năm\s+)?(?P<year3>{_YEAR}))"
    rf"|(?P<half>6 tháng (?P<which>đầu|cuối) năm\s+(?P<year4>{_YEAR}))"
    rf"|(?P<monthly>tháng\s+(?P<month5>{_MONTH})\s*(?:/|-|năm|\s)\s*(?:năm\s+)?(?P<year5>{_YEAR})|(?<![\d/])(?P<month6>{_MONTH})/(?P<year6>{_YEAR}))(?![\d/])"
    rf"|(?P<single>(?<![\d/.,:-])(?P<year7>{_YEAR})(?![\d/.,]*\d|\s*/|/|\s*%))"
    r"|(?P<yearly>(?:hằng|hàng|mỗi) (?P<step>năm|quý|tháng|tuần))"
)
_ROMAN = {"1": "I", "2": "II", "3": "III", "4": "IV"}
# A number and date of a law is no time of a promise.
_REFERENCE = re.compile(
    r"(?:/[a-zđ0-9]{1,10}(?:-[a-zđ0-9&]{1,12})*|-[a-zđ]{1,8}/[a-zđ]{1,8}|luật|pháp lệnh|số \d\S{0,24})\s*,?\s*(?:\(?\s*(?:ngày|năm|ban hành)\s*)*$"
)
_NAMED = re.compile(
    r"(?:luật|bộ luật|nghị định|thông tư|so với(?: cùng kỳ)?(?: năm)?|so sánh(?: năm)?|từ năm|nghị quyết \S{0,24} năm)\s*$"
)
_LEAD = re.compile(
    r"(?:(?:đến|tới|vào|trong|trước|sau|từ|kể từ|chậm nhất(?: là)?|hết|cuối|đầu|ngày|năm|thời điểm|giai đoạn|các năm|thời kỳ|nhiệm kỳ|trong vòng|ngay trong|hai|ba)\s+)*$"
)


@dataclass(frozen=True)
class Time:
    """A moment or period: `value` in one spelling, `rank` higher when it is said as a term ("đến năm …")."""

    start: int
    end: int
    value: str
    rank: int


def times(flat: str, start: int, end: int) -> Iterator[Time]:
    """Times between `start` and `end` that a promise may be bound to, dates of laws left out."""
    for found in _TIME.finditer(flat, start, end):
        before = flat[max(start, found.start() - 80) : found.start()]
        lead = _LEAD.search(before)
        said = lead[0] if lead else ""
        rest = before[: len(before) - len(said)]
        if found["yearly"]:
            yield Time(found.start(), found.end(), f"hằng {found['step']}", 0)
            continue
        if _REFERENCE.search(before) or (_REFERENCE.search(rest) and not re.search(r"đến|trước|hết", said)):
            continue
        is_date = bool(found["day"])
        if is_date and not re.search(r"trước|đến|hết|chậm nhất|trong|từ|thời hạn|xong", said):
            continue
        if _NAMED.search(before):
            continue
        rank = 3 if re.search(r"đến|tới|trước|hết|chậm nhất", said) else 2 if said.strip() else 1
        if re.search(r"tầm nhìn|định hướng", rest[-24:]):
            rank = 0
        if re.search(r"\bsau\b", said) and not is_date:
            continue
        yield Time(found.start() - len(said), found.end(), _spelling(found, said), rank)


def _spelling(found: re.Match[str], said: str) -> str:
    if found["day"]:
        month, year = found["month"] or found["month2"], found["year"] or found["year2"]
        return f"{int(found['day']):02}/{int(month):02}/{year}"
    if found["period"]:
        return f"{found['from']}-{found['to']}"
    if found["quarter"]:
        quarter = f"quý {_ROMAN.get(found['q'], found['q'].upper())}/{found['year3']}"
        return f"hết {quarter}" if "hết" in said or "cuối" in said else quarter
    if found["half"]:
        return f"6 tháng {found['which']} năm {found['year4']}"
    if found["monthly"]:
        return f"tháng {int(found['month5'] or found['month6'])}/{found['year5'] or found['year6']}"
    return found["year7"]


def best(found: list[Time]) -> str | None:
    """The time that is said most like a term; of equals the first."""
    candidates = [time for time in found if time.rank > 0]
    return max(candidates, key=lambda time: time.rank).value if candidates else None


_TERM = re.compile(
    r"thường xuyên[^.;\n]*|hằng (?:năm|quý|tháng)|hàng (?:năm|quý|tháng)|theo (?:kế hoạch|tiến độ|quy định|yêu cầu)[^.;\n]*"
)


def deadline(flat: str, text: str, start: int, end: int) -> str | None:
    """What is written behind "Thời gian thực hiện:": one time in one spelling, else the words themselves."""
    words = " ".join(text[start:end].split()).strip(" .;,/")
    if not words:
        return None
    found = [time for time in times(flat, start, end) if time.rank > 0]
    if (
        len(found) == 1
        and not words.lower().startswith("từ ")
        and found[0].end - found[0].start >= len(words) - 12
        and not _TERM.search(flat, start, end)
    ):
        return found[0].value
    whole = _TIME.fullmatch(flat[start:end].strip(" .;,/"))
    if whole and not whole["yearly"]:
        return _spelling(whole, "")
    return words[:300]
