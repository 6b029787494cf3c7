"""Paragraphs, bullets and headings, and what stands under what.

A block is one paragraph, however many lines a PDF broke it into. Every block knows the headings and the
introducing sentences ("Đến năm 2020 phấn đấu:") that it stands under, and so the kind of section it belongs to.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum

from lienthong.modules.plans.reader.letters import Letters

_MARK = re.compile(
    r"[ \t\"“]*(?:"
    r"(?P<part>(?:phần|chương)\s+(?:thứ\s+\w+|[ivx]+|\d{1,2})\b[.:]?)"
    r"|(?P<article>điều\s+\d{1,3}\s*[.:])"
    r"|(?P<roman>[ivxl]{1,6})\s*[.)/-]\s*(?=[^\W\d])"
    r"|(?P<multi>\d{1,2}(?:\.\d{1,2}){1,4})(?:\s*[.)-]\s*|\s+)(?=[^\d\s-])"
    r"|(?P<num>\d{1,2})\s*(?:[.)]\s+|[.)](?=\D)|/\s+(?=\D)|-\s+(?=[^\W\d]))"
    r"|\((?P<paren>\d{1,2}|[a-zđ])\)"
    r"|(?P<letter>[a-zđ]\d?)\s*(?:\)|\.\s)"
    r"|(?P<dash>[-–—−])\s*(?=\S)"
    r"|(?P<plus>\+)\s*"
    r"|(?P<dot>[•·▪●○◦✓➢►■□♦\*\uf000-\uf0ff])\s*"
    r")"
)
_DEPTHS = {"part": 0, "article": 1, "roman": 1, "num": 2, "letter": 6, "paren": 7, "dash": 9, "plus": 10, "dot": 11}
_COLON_DEPTH = 8  # an introducing paragraph: above bullets, below numbered headings
_PLAIN_DEPTH = 20
_TOPIC_DEPTH = 3  # a heading whose number the file did not keep
_TOPIC = re.compile(
    r"(?:(?:các )?(?:mục tiêu|chỉ tiêu)|giai đoạn|đến (?:hết )?năm|trong năm|năm 20\d\d|thực trạng|hiện trạng|kết quả đạt|tình hình|kinh phí|tổ chức thực hiện|nhiệm vụ|giải pháp|tầm nhìn)(?![^\W\d_])"
)
_ENDS = re.compile(r"[.:;!?…]['\"”)\]]*\s*$")
_FIGURES = re.compile(r"[\d.,%/\s≥≤<>()-]+")
_BEGINS = re.compile(
    r"(?:căn cứ|thực hiện (?:kế hoạch|nghị quyết|quyết định|chỉ thị)|xét |phụ lục|kế hoạch|quyết định|nghị quyết|chương trình|đề án|chỉ thị|thông báo|nơi nhận)\b"
)
_AWAITS = re.compile(
    r"(?<![^\W\d_])(?<!/)(?:đạt|là|ít nhất|tối thiểu|trên|dưới|khoảng|đến|từ|năm|chiếm|còn|và|hơn|gần)$"
)
_WRAP_SAMPLE = 4000
_EARLY = 24


class Section(Enum):
    """What kind of section a block stands in, as far as it matters for promises."""

    OPEN = "open"
    OBJECTIVE = "objective"  # mục tiêu, chỉ tiêu: figures here are promises
    PAST = "past"  # thực trạng, kết quả đạt được: figures here are history
    REWARD = "reward"  # khen thưởng: figures here are conditions
    LEGAL = "legal"  # căn cứ, nơi nhận: nothing here is a promise


_OBJECTIVE = re.compile(
    r"\bmục tiêu(?! quốc gia)|\bchỉ tiêu|kết quả (?:cần đạt|dự kiến|mong đợi|phải đạt)|phấn đấu|dự kiến kết quả|yêu cầu cần đạt|sản phẩm đầu ra"
)
_PAST = re.compile(
    r"thực trạng|hiện trạng|kết quả (?:đạt được|thực hiện|ứng dụng|bước đầu|đã|triển khai|nổi bật|công tác|năm|giai đoạn|chủ yếu|xác định)"
    r"|(?:đánh giá|tình hình|tóm tắt|về) (?:\S+ ){0,4}?(?:kết quả|tình hình|thực hiện)|tình hình (?:kinh tế|thực hiện|chung|triển khai|phát triển|ứng dụng|hoạt động|cung cấp|giải quyết|đầu tư)|thời gian qua|(?:những )?năm qua|tồn tại|hạn chế"
    r"|nguyên nhân|sự cần thiết|bối cảnh|đặc điểm (?:tình hình|chung)|ưu điểm|khó khăn, (?:vướng mắc|thách thức)|bài học kinh nghiệm"
)
_REWARD = re.compile(
    r"khen thưởng|tiêu chuẩn (?:xét|bình xét)|bình xét|số lượng (?:đề nghị )?khen|chấm điểm|thang điểm"
)
_LEGAL = re.compile(
    r"\[\d{1,3}\]|(?:-\s*)?(?:căn cứ(?: vào| theo| các)? (?:luật|bộ luật|hiến pháp|nghị|quyết định|thông|chỉ thị|kết luận|kế hoạch|công văn|văn bản|pháp lệnh|đề án|chương trình|chiến lược|hướng dẫn|điều|quy định|biên bản|tờ trình)|căn cứ căn cứ|xét (?:đề nghị|tờ trình|báo cáo)|theo đề nghị|nơi nhận|cơ sở pháp lý|lưu: ?vt|\(?(?:ban hành )?kèm theo)\b"
)


@dataclass
class Block:
    """A paragraph: its place in `Letters.text`, where its words begin after the mark, and what it stands under."""

    start: int
    end: int
    body: int
    mark: str
    depth: float
    above: tuple["Block", ...] = ()
    section: Section = Section.OPEN
    opens: bool = field(default=False)  # a heading or an introduction: something stands under it


def blocks(letters: Letters) -> list[Block]:
    """All blocks in order, each with its headings and section."""
    found = [_block(letters, start, end) for start, end in _paragraphs(letters)]
    stack: list[Block] = []
    for block in found:
        while stack and stack[-1].depth >= block.depth:
            stack.pop()
        words = letters.flat[block.body : block.end].strip()
        block.above = tuple(stack[-7:])
        block.section = _section(block, words, letters.text[block.body : block.end])
        block.opens = _opens(block, words, letters.text[block.body : block.end])
        if block.depth == _PLAIN_DEPTH and block.opens:
            written_large = letters.text[block.start : block.end].isupper()
            block.depth = _COLON_DEPTH if words.endswith(":") else 0.5 if written_large else _TOPIC_DEPTH
            while stack and stack[-1].depth >= block.depth:
                stack.pop()
            block.above = tuple(stack[-7:])
        if block.depth < _PLAIN_DEPTH:
            stack.append(block)
    return found


def _section(block: Block, words: str, written: str) -> Section:
    if _LEGAL.match(words):
        return Section.LEGAL
    inherited = block.above[-1].section if block.above else Section.OPEN
    if inherited is Section.LEGAL:
        inherited = Section.OPEN
    if len(words) > 220:
        return inherited
    is_title = (
        block.depth < 9
        or (block.depth == _PLAIN_DEPTH and _TOPIC.match(words) is not None and len(words) < 120)
        or written.isupper()
        or words.endswith(":")
    )
    if not is_title:
        return inherited
    for section, pattern in (
        (Section.REWARD, _REWARD), (Section.OBJECTIVE, _OBJECTIVE), (Section.PAST, _PAST),
    ):  # fmt: skip
        found = pattern.search(words[:160])
        if found and section is Section.PAST and words.endswith(".") and found.start() > _EARLY:
            continue  # a sentence that charges somebody to report on results, no heading
        if found and not re.search(r"\d\s*%", words):
            return section
    if block.depth <= 2 and re.match(r"(?:nhiệm vụ|giải pháp|tổ chức thực hiện|nội dung|kinh phí|phương hướng)", words):
        return Section.OPEN
    return inherited


def _opens(block: Block, words: str, written: str) -> bool:
    if words.endswith(":") and len(words) < 1200:
        return True
    if block.depth < 9:
        return len(words) < 260
    if block.depth == _PLAIN_DEPTH and len(words) < 120 and _TOPIC.match(words) and words[-1:] not in ".;,%":
        return True
    letters_only = [char for char in written if char.isalpha()]
    return block.depth == _PLAIN_DEPTH and len(letters_only) > 4 and len(words) < 260 and written.isupper()


def _block(letters: Letters, start: int, end: int) -> Block:
    low = letters.low
    found = _MARK.match(low, start, end)
    if found is None or not found.lastgroup:
        return Block(start, end, start, "", _PLAIN_DEPTH)
    kind = found.lastgroup
    if kind == "roman" and letters.text[found.start("roman")].islower():
        kind = "letter"  # the "i)" between "h)" and "k)", and small numbers of a list inside a list
    depth: float = _DEPTHS.get(kind, 3)
    if kind == "multi":
        depth = 2 + found["multi"].count(".")
    body = found.end()
    while body < end - 1 and low[body].isspace():
        body += 1
    return Block(start, end, body, kind, depth)


def _paragraphs(letters: Letters) -> Iterator[tuple[int, int]]:
    """Stretches of lines that belong together, without the white space around them."""
    low = letters.low
    wrap = _wrap(low)
    start = end = -1
    for line_start, line_end in letters.lines:
        if start >= 0 and _continues(letters, start, end, line_start, line_end, wrap):
            end = line_end
            continue
        if start >= 0:
            yield start, end
        start, end = line_start, line_end
    if start >= 0:
        yield start, end


def _wrap(low: str) -> int:
    """The width at which a PDF broke its lines, 0 when paragraphs stand on one line each."""
    lengths = sorted(
        len(line) for line in low[: 200 * _WRAP_SAMPLE].split("\n")[:_WRAP_SAMPLE] if len(line.strip()) > 20
    )
    if len(lengths) < 5:
        return 0
    most = lengths[len(lengths) * 9 // 10]
    near = sum(1 for length in lengths if most - 20 <= length <= most + 12)
    return most if most < 130 and near >= len(lengths) * 0.35 else 0


def _continues(letters: Letters, start: int, end: int, line_start: int, line_end: int, wrap: int) -> bool:
    """Whether a line goes on with the paragraph before it."""
    if end - start > 20_000:
        return False
    low = letters.low
    before = low[max(low.rfind("\n", max(start, end - 4000), end) + 1, start) : end]
    gap = low.count("\n", end, line_start)
    if gap > 2 or gap == 0 or "|" in low[end:line_start]:  # another cell
        return False
    mark = _MARK.match(low, line_start, line_end)
    first = letters.text[line_start]
    if mark and mark.lastgroup:
        # "giai đoạn 2016\n- 2020" goes on; any other mark begins anew.
        years = mark.lastgroup == "dash" and re.match(r"-\s*(?:19|20)\d\d\b", low[line_start:line_end])
        return bool(years and before[-1:].isdigit())
    if _ENDS.search(before):
        return False
    if len(before) < 4 or _FIGURES.fullmatch(before):
        return False
    if first.islower() or first in ",;.)%":
        # A table flattened to lines may have small letters too, but short cells.
        return len(before) > 30 or before.endswith((",", " và")) or gap == 1
    if gap > 1 or _BEGINS.match(low, line_start, line_end):
        return False
    if before.rfind("(") > before.rfind(")") and re.match(r"[^()]{1,40}\)", low[line_start:line_end]):
        return True
    large = letters.text[start : start + 400].isupper()
    if large != letters.text[line_start:line_end].isupper() and not low[line_start:line_end].strip("%.,;) ").isdigit():
        return False
    if first.isdigit() and len(before) > 15 and _AWAITS.search(before):
        return True
    if not large and before.endswith((",", " và", " với", " của", " các", " số", " tại", " cho", " về", "-")):
        return True
    return bool(wrap) and len(before) >= wrap - 18 and not large
