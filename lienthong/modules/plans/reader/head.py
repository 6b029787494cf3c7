"""The top of a plan: number, issuer, day, title, period. Pages of news and of law portals stand around the plan itself."""

import re
from collections.abc import Iterator
from datetime import date
from itertools import takewhile

from lienthong.modules.plans.reader.blocks import Block
from lienthong.modules.plans.reader.letters import Letters, collapsed
from lienthong.modules.plans.reader.shapes import Head
from lienthong.modules.plans.reader.times import best, times

_TOP = 6000
_SHORTEST_TITLE = 20
_SYMBOL = r"\d{1,6}[a-z]?\s*/\s*(?:\d{4}\s*/\s*)?[a-zđ]{2,8}(?:\s*-\s*[a-zđ&]{2,12}){0,3}"
_NUMBER = re.compile(rf"(?:^|\n|\|)[ \t]*số(?: hiệu)?[ \t]*:?[ \t|\n]*({_SYMBOL})")
_KINDS = r"kế hoạch|chương trình(?: hành động)?|đề án|nghị quyết|chỉ thị|quyết định|thông báo|phương án"
# "Kế hoạch 12/KH-UBND năm 2019 về … tỉnh X": the line that a portal puts above the text.
_LINE = re.compile(
    rf"(?:nội dung toàn văn\s+)?(?P<kind>{_KINDS})\s+(?:số\s+)?(?P<number>{_SYMBOL})\s*,?\s*(?:ngày\s+\S+\s+)?(?:(?:năm\s+)?(?P<year>20\d\d)\s*)?(?:,\s*)?(?:(?:về việc|về|v/v)\s+)?(?P<about>[^\n]*)"
)
# News tell it in a sentence: "Ngày 4/10/2011, UBND tỉnh … đã ban hành Quyết định số … phê duyệt kế hoạch … năm 2012".
_LOCAL = (
    r"\d{1,6}[a-z]?\s*/\s*(?:\d{4}\s*/\s*)?(?:[a-zđ]{2,4}\s*-\s*(?:ubnd|hđnd|tu|s[a-zđ]{1,8})|(?:kh|qđ|nq|ct|đa)/tu)"
)
_TOLD_NUMBER = re.compile(
    rf"(?:{_KINDS})\s+(?:số\s+)?({_LOCAL})(?:\s*,?\s*ngày\s+(\d{{1,2}})[/.-](\d{{1,2}})[/.-](\d{{4}}))?"
)
_TOLD_DAY = re.compile(
    r"ngày\s+(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?:\s*,)?\s[^.\n]{0,60}(?:ubnd|ủy ban|tỉnh ủy)[^.\n]{0,60}(?:ban hành|phê duyệt|thông qua)"
)
_TOLD_TITLE = re.compile(
    r"(?:(?:ban hành|phê duyệt)\s+(?:quyết định[^.\n]{0,60}?(?:phê duyệt|ban hành)\s+)?|(?:có|tại|theo)\s+(?=kế hoạch số))"
    r"((?:kế hoạch|đề án|chương trình)\s(?!này|trên|quốc gia|số \d+ của)[^.;\n]{12,260})"
)
_ABOUT = re.compile(r"(?:kế hoạch|đề án)\s+số\s[^\n]{4,120}?\s(về\s)")
_TOLD_ISSUER = re.compile(
    r"(?:ủy ban nhân dân(?:\s*\(ubnd\))?|ubnd\)?|tỉnh ủy|thành ủy)\s+(?:(?:tỉnh|thành phố|huyện|thị xã|quận|xã|phường)\s+)?(?=[^\W\d_])"
)
_ABOUT_ENDS = re.compile(
    r"\s{2,}|\s(?:trong đó|với mục tiêu|nhằm|như sau|cụ thể|được|vừa|đã)(?![^\W\d_])|,\s+(?=(?:trong đó|với|đặt|nhằm|theo đó|tập trung|phấn đấu)(?![^\W\d_]))"
)
_PLACED = re.compile(r"\n[^\n]{2,40},\s*ngày\s+(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})")
_DAY = re.compile(r"ngày\s+(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})")
_SHORT_DAY = re.compile(r"ngày ban hành\s*[:|]?\s*(\d{1,2})[/-](\d{1,2})[/-](\d{4})")
_ISSUER = re.compile(
    r"(?:ủy ban nhân dân|(?:ubnd|hội đồng nhân dân|sở|bộ|tỉnh ủy|thành ủy|huyện ủy|ban|cục|văn phòng)(?![^\W\d_]))"
)
_ISSUED_BY = re.compile(
    r"(?:nơi|cơ quan) ban hành\s*[:|]?\s*((?:ủy ban nhân dân |ubnd )?(?:tỉnh|thành phố)\s[^\n|:]{2,30}?)(?=\s*(?:\n|\||người ký|$))"
)
_PROVINCE = re.compile(r"(?:tỉnh|thành phố)\s+(?=[^\W\d_])")
_KIND = re.compile(rf"(?:{_KINDS})$")
_UNDER = re.compile(r"\((?:Ban hành|Kèm|ban hành|kèm|BAN HÀNH|KÈM)")
_STOPS = re.compile(
    r"(?:căn cứ|thực hiện|xét|theo|triển khai thực hiện|nhằm|để|thời gian qua|trong thời gian|trong những năm|những năm|i\.|1\.)(?![^\W\d_])"
)


def head(letters: Letters, found: list[Block]) -> tuple[Head, str | None, int]:
    """What the first pages say, every part may be missing; the period if the title itself says it; where the body begins."""
    top = letters.flat[:_TOP]
    number = _NUMBER.search(letters.low[:_TOP])
    line = _line(letters, found)
    title, place = _title(letters, found)
    own = place is not None
    if place is None and line:
        begin = line.start("about")
        title, place = letters.words(begin, line.end()).strip(" .") or None, (begin, line.end())
    elif title is None:
        title, place = _long_line(letters, found)
    symbol = number.span(1) if number else line.span("number") if line else None
    issued = _day(letters)
    said = best(list(times(letters.flat, *place))) if place else None
    if symbol is None and not own and not any(map(letters.low[:_TOP].__contains__, ("cộng hòa xã hội", "nơi nhận"))):
        told = _told(letters)
        return told, told.period, 0
    return (
        Head(
            number="".join(letters.text[slice(*symbol)].split()) if symbol else None,
            issuer=_issuer(letters, found, top),
            issued_on=issued,
            period=said or (line["year"] if line else None) or (issued[:4] if issued and place else None),
            title=title,
        ),
        said,
        place[1] if place else 0,
    )


def _told(letters: Letters) -> Head:
    """What news about a plan say of it."""
    number = _TOLD_NUMBER.search(letters.flat[:_TOP])
    day = _TOLD_DAY.search(letters.low[:_TOP])
    named = _TOLD_TITLE.search(letters.low[:_TOP])
    title, period = None, None
    if named:
        start, end = named.span(1)
        about = _ABOUT.match(letters.low, start, end)
        start = about.start(1) if about else start
        if cut := _ABOUT_ENDS.search(letters.low, start, end):
            end = cut.start()
        title, period = letters.words(start, end).strip(" ,"), best(list(times(letters.flat, start, end)))
    written = [number[at] for at in (2, 3, 4)] if number and number[2] else list(day.groups()) if day else None
    issued = _iso(*written) if written else None
    issuer = None
    if number or named:
        issuer = next(_named(letters, _TOLD_ISSUER), None) or next(_named(letters, _PROVINCE, "Ủy ban nhân dân "), None)
    return Head(
        number="".join(letters.text[slice(*number.span(1))].split()) if number else None,
        issuer=issuer,
        issued_on=issued if number or named else None,
        period=period or (issued[:4] if issued and named else None),
        title=title,
    )


def _named(letters: Letters, pattern: re.Pattern[str], before: str = "") -> Iterator[str]:
    """What the pattern found with the name in capitals behind it."""
    for found in pattern.finditer(letters.flat[:_TOP]):
        name = list(takewhile(_is_name, letters.text[found.end() : found.end() + 40].split()))[:4]
        if name:
            title = re.sub(r"\s*\(UBND\)|\)", "", letters.words(*found.span()), flags=re.IGNORECASE)
            yield f"{before}{title} {' '.join(name).strip(',.;:|')}"


def _is_name(word: str) -> bool:
    return word[0].isupper() and word.lower() not in ("tỉnh", "ubnd", "tp")


def _line(letters: Letters, found: list[Block]) -> re.Match[str] | None:
    """The portal's line about the plan among the first paragraphs; a legal basis is none, it follows the plan's own name."""
    for block in found[:40]:
        if _KIND.match(letters.flat[block.start : block.end].strip()):
            return None
        line = _LINE.match(letters.low, block.start, block.end)
        if line and block.end - block.start < 400:
            return line
    return None


def _day(letters: Letters) -> str | None:
    top = letters.low[:_TOP]
    found = _PLACED.search(top) or _SHORT_DAY.search(top) or _DAY.search(letters.flat[:_TOP])
    if not found:
        return None
    return _iso(*found.groups())


def _iso(day: str, month: str, year: str) -> str | None:
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None


def _issuer(letters: Letters, found: list[Block], top: str) -> str | None:
    name = _written_issuer(letters, found)
    if name and re.search(r"(?:TỈNH|THÀNH PHỐ|HUYỆN|XÃ|PHƯỜNG|QUẬN|TP)[. ]|^(?!ỦY BAN|UỶ BAN|UBND)", name):
        return name
    said = _ISSUED_BY.search(letters.low[:_TOP])
    if said:
        place = letters.words(*said.span(1))
        return place if place.lower().startswith(("ủy", "ubnd", "uỷ")) else f"{name or 'Ủy ban nhân dân'} {place}"
    return next(_named(letters, _PROVINCE, f"{name} "), name) if name else None


def _written_issuer(letters: Letters, found: list[Block]) -> str | None:
    for at, block in enumerate(found[:30]):
        words = _first_column(letters, block)
        if not words.isupper() or not _ISSUER.match(letters.flat, block.start) or len(words) > 160:
            continue
        parts = [words]
        for following in found[at + 1 : at + 4]:
            more = _first_column(letters, following)
            if not more.isupper() or len(more) > 40 or more.startswith("CỘNG") or not more[0].isalpha():
                break
            if _KIND.match(more.lower()):
                break
            parts.append(more)
        name = " ".join(parts).split(" CỘNG ")[0]
        return re.sub(r"(?<=DÂN)(?=TỈNH|THÀNH)", " ", name.strip(" |-"))
    return None


def _first_column(letters: Letters, block: Block) -> str:
    """The words before a wide gap, the head of a letter has two columns; of several lines those written large."""
    lines = letters.text[block.start : block.end].split("\n")
    columns = [" ".join(re.split(r"[ \t]{3,}|\|", line.strip())[0].split()) for line in lines]
    large = list(takewhile(str.isupper, columns))
    return " ".join(large if large and len(large) < len(columns) else columns)


def _title(letters: Letters, found: list[Block]) -> tuple[str | None, tuple[int, int] | None]:
    named = [at for at, block in enumerate(found[:60]) if _KIND.match(letters.flat[block.start : block.end].strip())]
    # Written large it is the plan's own; else it may be a field of a portal ("Loại văn bản | Kế hoạch").
    large = [at for at in named if letters.words(found[at].start, found[at].end).isupper()]
    for at in large or [at for at in named if at + 1 < len(found) and _is_named(found[at + 1])]:
        if at == 0 or not letters.flat.startswith("loại văn bản", found[at - 1].start):
            return _lines_after(letters, found, at)
    return None, None


def _is_named(block: Block) -> bool:
    return block.end - block.start > _SHORTEST_TITLE


def _long_line(letters: Letters, found: list[Block]) -> tuple[str | None, tuple[int, int] | None]:
    for block in found[:40]:
        words = letters.words(block.start, block.end)
        if (
            20 < len(words) < 320
            and "kế hoạch" in letters.flat[block.start : block.end]
            and not words.endswith((".", ";"))
            and not _STOPS.match(letters.flat, block.start)
        ):
            return words, (block.start, block.end)
    return None, None


def _lines_after(letters: Letters, found: list[Block], at: int) -> tuple[str | None, tuple[int, int] | None]:
    """The paragraphs behind "KẾ HOẠCH": the first one, and those that go on with it."""
    start, end = -1, -1
    for block in found[at + 1 : at + 6]:
        words = letters.words(block.start, block.end)
        large = words.isupper()
        if block.mark or words.endswith((":", ";")) or (words.endswith(".") and not large) or _UNDER.match(words):
            break
        # "Thực hiện Đề án …" may be the name of the plan itself, not yet its first sentence.
        if _STOPS.match(letters.flat, block.start) and not large and (start >= 0 or words.startswith("Căn cứ")):
            break
        if start >= 0 and large != letters.text[start:end].isupper():
            break
        start, end = (block.start if start < 0 else start), block.end
        if end - start > 600 or words.endswith("."):
            break
    if start < 0:
        return None, None
    return collapsed(letters.text[start:end])[:500].rstrip("."), (start, end)
