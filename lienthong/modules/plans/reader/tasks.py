"""Who does what by when: fields under a task, sentences that begin with an agency, bullets under an agency, tables."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lienthong.modules.plans.reader.agencies import AGENCY
from lienthong.modules.plans.reader.blocks import Block, Section
from lienthong.modules.plans.reader.fields import below_empty, field_tasks, fields_of
from lienthong.modules.plans.reader.letters import Letters
from lienthong.modules.plans.reader.lines import Stretches
from lienthong.modules.plans.reader.sentences import sentences
from lienthong.modules.plans.reader.shapes import Task
from lienthong.modules.plans.reader.task_tables import table_tasks
from lienthong.modules.plans.reader.times import times
from lienthong.modules.plans.reader.wording import ACT, LEADS, coordinating, cut_agency

_AGENCY_LIMIT = 420
_SHORTEST = 12
_TASK_LIMIT = 1500
_WITHOUT = (Section.LEGAL, Section.PAST)
_ORDER = re.compile(
    r"(?:Giao|GIAO|Đề nghị|Yêu cầu|Khuyến khích|Phân công|Trân trọng đề nghị|giao|đề nghị|yêu cầu)\s+(?:cho\s+)?"
)
_ASKED = re.compile(r"\s*(?:Đề nghị|Yêu cầu|Khuyến khích|Giao)(?![^\W\d_])")
_LABEL = re.compile(r"(?:(?:Trách nhiệm(?: của)?|Nhiệm vụ(?: của)?|Đối với)\s+)")
_FRAME = re.compile(
    r"(?:căn cứ|trên cơ sở|trong quá trình|trong phạm vi|theo chức năng|định kỳ|hằng|hàng)[^.;:]{0,220}?,\s*(?=(?:các |sở |ubnd |ủy ban |cơ quan |đơn vị |phòng ))"
)
_WITHIN = re.compile(r"(?<!thực hiện )(?<!triển khai )(?<!đạt )trong năm 20\d\d$")
_DUE = re.compile(r"(?:vào|trước|xong|hoàn thành|chậm nhất|trong|đến hết|hết|thời hạn)(?![^\W\d_])")
# Told, not charged: "UBND tỉnh cho biết, …", "UBND tỉnh ban hành Kế hoạch số 12/KH-UBND …".
_TOLD = re.compile(
    r"(?<![^\W\d_])(?:(?:vừa|đã|đang)(?=\s+(?!được))|(?:cho biết|(?:cũng )?(?:đề|đặt) ra|đặt mục tiêu)(?![^\W\d_]))"
)
_ISSUED = re.compile(
    r"(?:ban hành|phê duyệt)\s+(?:kế hoạch|quyết định|chương trình|chỉ thị|công văn|nghị quyết|đề án)\s+(?:hành động\s+)?(?:số\s*:?\s*)?\d"
)
_TIME_FIELD = re.compile(r"thời (?:gian|hạn)(?: (?:thực hiện|hoàn thành))?\s*:\s*(?:trong\s+)?$")
# "Trong quá trình thực hiện, nếu có vướng mắc, các cơ quan phản ánh về …": how to ask, not what to do.
_SNAG = re.compile(r"(?:nếu|khi)\s+(?:có\s+|gặp\s+|phát sinh\s+)+(?:các\s+|những\s+)?(?:khó khăn|vướng mắc|vấn đề)")
_CLOSING = re.compile(r"(?:trên đây là|nơi nhận|kế hoạch này thay thế|quyết định này|điều \d+\. quyết định)")


@dataclass(frozen=True)
class _Charge:
    """Who is charged, with what: places in `Letters.text`."""

    responsible: str
    coordinating: str | None
    rest: int


def tasks(letters: Letters, found: list[Block]) -> list[Task]:
    """All tasks in the order of the text."""
    done: list[Task] = []
    tabled = list(table_tasks(letters))
    done += [task for task, _, _ in tabled]
    tables = Stretches((start, end) for _, start, end in tabled)
    fields = {
        at: fields_of(letters, block) or below_empty(letters, block)
        for at, block in enumerate(found)
        if not tables.hold(block.start)
    }
    used: set[int] = set()
    for task, blocks_used in field_tasks(letters, found, {at: of for at, of in fields.items() if of}):
        done.append(task)
        used |= blocks_used
    for at, block in enumerate(found):
        if at in used or block.section in _WITHOUT or tables.hold(block.start):
            continue
        done += _of_block(letters, block)
    return sorted(done, key=lambda task: (task.start, task.end))


def _of_block(letters: Letters, block: Block) -> Iterator[Task]:
    flat = letters.flat
    if block.end - block.body < _SHORTEST or _CLOSING.match(flat, block.body):
        return
    above = _agency_above(letters, block)
    if block.opens and (flat[block.body : block.end].rstrip().endswith(":") or _names_only(letters, block)):
        return
    begun: tuple[int, _Charge | None] = (block.start, above)
    spoken = False
    for start, end in sentences(flat, letters.text, block.body, block.end):
        if above and block.depth >= 9 and start == block.body and _ASKED.match(letters.text, start):
            break
        charge = _charge(letters, start, min(end, start + 4000))
        if charge is None and spoken and _is_about_snags(flat, start, end):
            yield from _task(letters, begun[0], start, begun[1])
            spoken, above = False, None
        if charge is None:
            continue
        if spoken:
            yield from _task(letters, begun[0], start, begun[1])
        begun, spoken = (block.start if start == block.body else start, charge), True
    if spoken:
        yield from _task(letters, begun[0], block.end, begun[1])
    elif above and not (
        block.opens
        and block.depth < 9
        and not (ACT.match(letters.text, block.body) or _ASKED.match(letters.text, block.body))
        and not _is_sentence(letters, block)
    ):
        both = coordinating(letters, block.body, block.end)
        charge = _Charge(above.responsible, both[0] if both else above.coordinating, both[1] if both else block.body)
        yield from _task(letters, block.start, block.end, charge)


def _task(letters: Letters, start: int, end: int, charge: _Charge | None) -> Iterator[Task]:
    if charge is None:
        return
    while end > start and letters.text[end - 1].isspace():
        end -= 1
    words = letters.words(max(start, charge.rest), end).strip(" ,;:-–./")
    if len(words.split()) < 3:
        return
    place = letters.span(start, end)
    yield Task(
        place[0], place[1], letters.given[place[0] : place[1]], charge.responsible, charge.coordinating,
        due(letters.flat, start, end), words[:_TASK_LIMIT],
    )  # fmt: skip


def _is_about_snags(flat: str, start: int, end: int) -> bool:
    frame = _FRAME.match(flat, start, end)
    return frame is not None and _SNAG.search(flat, frame.start(), frame.end()) is not None


def _charge(letters: Letters, start: int, end: int) -> _Charge | None:
    """The agency that a sentence begins with, and where its duty begins."""
    text, flat = letters.text, letters.flat
    frame = _FRAME.match(flat, start, end)
    begin = frame.end() if frame else start
    if _is_about_snags(flat, start, end):
        return None
    order = _ORDER.match(text, begin)
    if order:
        begin = order.end()
    if not AGENCY.match(text, begin):
        return None
    verb = LEADS.search(text, begin, min(end, begin + _AGENCY_LIMIT))
    if verb is None or (":" in text[begin : verb.start()] and not text[begin : verb.start()].rstrip().endswith(":")):
        return None
    name = cut_agency(letters.words(begin, verb.start()))
    if _TOLD.search(flat[begin : verb.start()]) or _ISSUED.match(flat, verb.start()):
        return None
    if not name or len(name.split()) > 60:
        return None
    both = coordinating(letters, verb.start(), end)
    return _Charge(name, both[0] if both else None, both[1] if both else verb.start())


def _agency_above(letters: Letters, block: Block) -> _Charge | None:
    """The nearest heading that is an agency, or charges one and ends with a colon."""
    for upper in reversed(block.above):
        if not upper.opens:
            continue
        words = letters.text[upper.body : upper.end].strip()
        if _names_only(letters, upper):
            begin = upper.body
            lead = _LABEL.match(letters.text, begin) or _ORDER.match(letters.text, begin)
            begin = lead.end() if lead else begin
            return _Charge(cut_agency(letters.words(begin, upper.end)), None, upper.end)
        if words.endswith(":") and len(words) < 900:
            charge = _charge(letters, upper.body, upper.end)
            if charge:
                return charge
        if upper.depth <= 2:
            return None
    return None


def _is_sentence(letters: Letters, block: Block) -> bool:
    """A line that ends as one and is long enough to say what is to be done; headings end without a mark."""
    words = letters.text[block.body : block.end].rstrip()
    return words[-1:] in ".;" and len(words.split()) >= 6


def _names_only(letters: Letters, block: Block) -> bool:
    """A heading like "2. Sở Nội vụ (cơ quan thường trực):" or "Trách nhiệm của các sở, ban, ngành"."""
    text = letters.text
    if not block.opens or block.depth >= 9 or block.end - block.body > 320:
        return False
    begin = block.body
    while begin < block.end and text[begin].isspace():
        begin += 1
    lead = _LABEL.match(text, begin) or _ORDER.match(text, begin)
    begin = lead.end() if lead else begin
    if not AGENCY.match(text, begin):
        return False
    words = re.sub(r"\([^)]*\)", "", text[begin : block.end])
    colon = words.find(":")
    if 0 <= colon < len(words.rstrip()) - 1 and len(words) - colon > 60:
        return False
    return LEADS.search(words) is None


def due(flat: str, start: int, end: int) -> str | None:
    """A term that the sentence itself names."""
    chosen = None
    for time in times(flat, start, min(end, start + 6000)):
        said = flat[max(start, time.start - 30) : time.end]
        if time.value.startswith("hằng"):
            if chosen is None and re.search(
                r"báo cáo|định kỳ|ngày \d{1,2} (?:hằng|hàng)",
                flat[max(start, time.start - 60) : min(end, time.end + 60)],
            ):
                chosen = time.value
            continue
        if (
            (time.rank == 3 and re.search(r"trước|chậm nhất|xong|hoàn thành|hết", said))
            or (time.rank >= 2 and re.match(r"tháng|quý|hết|\d\d/", time.value) and _DUE.search(said))
            or _WITHIN.search(said)
            or (time.rank >= 1 and _TIME_FIELD.search(flat[max(start, time.start - 40) : time.start]))
        ):
            return time.value
    return chosen
