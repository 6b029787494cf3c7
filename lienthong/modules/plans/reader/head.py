"""The top of a plan: number, issuer, day, title, period."""

import re
from datetime import date

from lienthong.modules.plans.reader.blocks import Block
from lienthong.modules.plans.reader.letters import Letters, collapsed
from lienthong.modules.plans.reader.shapes import Head
from lienthong.modules.plans.reader.times import best, times

_TOP = 6000
_NUMBER = re.compile(
    r"(?:^|\n)[ \t]*(?:số(?: hiệu)?[ \t]*:?[ \t]*)(\d{1,6}[a-z]?\s*/\s*(?:\d{4}\s*/\s*)?[a-zđ]{2,8}(?:\s*-\s*[a-zđ&]{2,12}){0,3})"
)
_PLAN_NUMBER = re.compile(r"kế hoạch (?:số )?(\d{1,6}\s*/\s*kh-[a-zđ]{2,8})")
_DAY = re.compile(r",?\s*ngày\s+(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})")
_SHORT_DAY = re.compile(r"ngày ban hành\s*:?\s*(\d{1,2})[/-](\d{1,2})[/-](\d{4})")
_ISSUER = re.compile(r"(?:ủy ban nhân dân|hội đồng nhân dân|sở|bộ|tỉnh ủy|thành ủy|huyện ủy|ban|cục|văn phòng)\b")
_KIND = re.compile(
    r"(?:kế hoạch|chương trình|chương trình hành động|đề án|nghị quyết|chỉ thị|quyết định|thông báo|phương án)$"
)
_STOPS = re.compile(r"(?:căn cứ|thực hiện|xét|theo|triển khai thực hiện|nhằm|để|i\.|1\.)(?![^\W\d_])")


def head(letters: Letters, found: list[Block]) -> Head:
    """What the first pages say; every part may be missing."""
    top = letters.flat[:_TOP]
    number = _NUMBER.search(letters.low[:_TOP]) or _PLAN_NUMBER.search(top)
    title, place = _title(letters, found)
    period = best(list(times(letters.flat, *place))) if place else None
    return Head(
        number="".join(letters.text[number.start(1) : number.end(1)].split()) if number else None,
        issuer=_issuer(letters, found),
        issued_on=_day(top),
        period=period,
        title=title,
    )


def _day(top: str) -> str | None:
    found = _DAY.search(top) or _SHORT_DAY.search(top)
    if not found:
        return None
    try:
        return date(int(found[3]), int(found[2]), int(found[1])).isoformat()
    except ValueError:
        return None


def _issuer(letters: Letters, found: list[Block]) -> str | None:
    for at, block in enumerate(found[:12]):
        words = letters.words(block.start, block.end)
        if not words.isupper() or not _ISSUER.match(letters.flat, block.start) or len(words) > 160:
            continue
        parts = [words]
        for following in found[at + 1 : at + 4]:
            more = letters.words(following.start, following.end)
            if not more.isupper() or len(more) > 40 or more.startswith("CỘNG HÒA") or not more[0].isalpha():
                break
            parts.append(more)
        return " ".join(parts).split(" CỘNG ")[0]
    return None


def _title(letters: Letters, found: list[Block]) -> tuple[str | None, tuple[int, int] | None]:
    for at, block in enumerate(found[:40]):
        words = letters.flat[block.start : block.end].strip()
        if _KIND.match(words) and len(words) < 40:
            return _lines_after(letters, found, at)
    for block in found[:40]:
        words = letters.words(block.start, block.end)
        if 20 < len(words) < 320 and "kế hoạch" in letters.flat[block.start : block.end] and not words.endswith("."):
            return words, (block.start, block.end)
    return None, None


def _lines_after(letters: Letters, found: list[Block], at: int) -> tuple[str | None, tuple[int, int] | None]:
    start, end = -1, -1
    for block in found[at + 1 : at + 6]:
        if block.mark or (
            _STOPS.match(letters.flat, block.start) and not letters.text[block.start : block.end].isupper()
        ):
            break
        if start >= 0 and not letters.text[block.start : block.end].isupper() and letters.text[start:end].isupper():
            break
        start, end = (block.start if start < 0 else start), block.end
        if end - start > 600:
            break
    if start < 0:
        return None, None
    return collapsed(letters.text[start:end])[:500], (start, end)
