"""Tasks whose lead, support and time stand in labelled lines: "Đơn vị chủ trì: …", "Thời gian thực hiện: …"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lienthong.modules.plans.reader.agencies import AGENCY
from lienthong.modules.plans.reader.blocks import Block
from lienthong.modules.plans.reader.letters import Letters
from lienthong.modules.plans.reader.shapes import Task
from lienthong.modules.plans.reader.times import deadline
from lienthong.modules.plans.reader.wording import LEADS, coordinating, cut_agency

_WHO = r"(?:các\s+)?(?:cơ quan|đơn vị|bộ phận|sở, ngành|cơ quan, đơn vị|địa phương)"
_LABEL = re.compile(
    rf"(?:^|(?<=[.;,(\n]))[\s\-+*•]*(?:(?P<responsible>{_WHO}\s+(?:được giao\s+|chịu trách nhiệm\s+)?(?:chủ trì|thực hiện|đầu mối|tham mưu|chịu trách nhiệm|triển khai)[^:;.\n]{{0,40}}|chủ trì(?: thực hiện| tham mưu)?|phân công(?: thực hiện| nhiệm vụ)?|trách nhiệm(?: thực hiện)?|tổ chức thực hiện|người thực hiện|cấp thực hiện|lãnh đạo phụ trách)"
    rf"|(?P<coordinating>(?:{_WHO}\s+)?phối hợp(?: thực hiện)?[^:;.\n]{{0,30}})|(?P<deadline>(?:thời gian|thời hạn|tiến độ|thời điểm)(?:\s+(?:thực hiện|hoàn thành|triển khai|trình|tổ chức|ban hành|và địa điểm))*|hoàn thành)"
    r"|(?P<other>sản phẩm(?: đầu ra| dự kiến)?|kết quả(?: dự kiến| đầu ra)?|kinh phí(?: thực hiện)?|nguồn kinh phí|địa điểm|ghi chú|đối tượng|hình thức|thành phần|số lượng))\s*:",
    re.MULTILINE,
)
_CONTENT = re.compile(
    r"(?:nội dung(?: thực hiện| công việc| hoạt động)?|nhiệm vụ|hoạt động|công việc)(?:\s+\d+)?\s*:\s*"
)
_WITHIN = re.compile(r"[\s\-+*•]*(?:(?:các\s+)?(?:cơ quan|đơn vị)|chủ trì|phân công)")
_FEW = 6
_SECTIONS_DEPTH = 2


@dataclass(frozen=True)
class Field:
    """One labelled value: `name` is responsible, coordinating, deadline or other."""

    name: str
    start: int
    end: int
    label: int = -1  # where its label begins


def fields_of(letters: Letters, block: Block) -> list[Field]:
    """The labelled values of a paragraph that begins with a label, or says its task and then who does it; else empty."""
    flat = letters.flat
    window = flat[block.body : min(block.end, block.body + 4000)]
    found = [label for label in _LABEL.finditer(window) if label.lastgroup]
    if not found or (found[0].start() > 0 and not _WITHIN.match(found[0][0])):
        return []
    ends = [label.start() for label in found[1:]] + [len(window)]
    return [
        Field(label.lastgroup or "other", block.body + label.end(), block.body + end, block.body + label.start())
        for label, end in zip(found, ends, strict=True)
    ]


def below_empty(letters: Letters, block: Block) -> list[Field]:
    """ "+ Sở Y tế chủ trì, phối hợp với …" under an empty "Cơ quan thực hiện:": the paragraph is the value."""
    upper = block.above[-1] if block.above else None
    if upper is None or block.end - block.body > 600 or not AGENCY.match(letters.text, block.body):
        return []
    label = _LABEL.match(letters.flat[upper.body : upper.end])
    if label is None or label["responsible"] is None or letters.text[upper.body + label.end() : upper.end].strip():
        return []
    both = coordinating(letters, block.body, block.end)
    if both is None and LEADS.search(letters.text, block.body, block.end):
        return []
    rest = both[1] if both else block.end
    return (
        [Field("responsible", block.body, block.end, block.body)]
        if len(letters.words(rest, block.end).split()) < 3
        else []
    )


def field_tasks(
    letters: Letters, found: list[Block], fields: dict[int, list[Field]]
) -> Iterator[tuple[Task, set[int]]]:
    """A task for every run of labelled paragraphs, with the numbers of the blocks that it used up."""
    order = sorted(fields)
    last_end = -1
    at = 0
    while at < len(order):
        run = [order[at]]
        seen = _names(letters, fields[run[0]])
        while at + 1 < len(order) and order[at + 1] == run[-1] + 1:
            names = _names(letters, fields[order[at + 1]]) - {"other"}
            if names & seen and "responsible" in names:
                break
            at += 1
            run.append(order[at])
            seen |= names
        at += 1
        if not seen & {"responsible", "coordinating"}:
            continue
        task, used = _one(letters, found, run, [field for index in run for field in fields[index]], last_end)
        last_end = run[-1]
        if task:
            yield task, used


def _names(letters: Letters, values: list[Field]) -> set[str]:
    return {field.name for field in values if letters.text[field.start : field.end].strip(" .;,")}


def _one(
    letters: Letters, found: list[Block], run: list[int], values: list[Field], last_end: int
) -> tuple[Task | None, set[int]]:
    said: dict[str, str | None] = {"responsible": None, "coordinating": None, "deadline": None}
    for field in values:
        if field.name in said and said[field.name] is None:
            said[field.name] = _said(letters, field)
    for field in values:
        if (
            field.name == "responsible"
            and said["coordinating"] is None
            and (both := coordinating(letters, field.start, field.end))
        ):
            said["coordinating"] = both[0]
    if not said["responsible"] and not said["coordinating"]:
        return None, set()
    first = found[run[0]]
    said_before = letters.words(first.body, values[0].label).strip(" .;:,-+(")
    about = [] if len(said_before.split()) >= 3 else _about(found, run[0], last_end)
    start = found[about[0]].start if about else found[run[0]].start
    end = found[run[-1]].end
    words = "; ".join(_content(letters, found[index]) for index in about) if about else said_before
    place = letters.span(start, end)
    task = Task(
        place[0],
        place[1],
        letters.given[place[0] : place[1]],
        said["responsible"],
        said["coordinating"],
        said["deadline"],
        words[:1500],
    )
    return task, set(run) | {index for index in about if found[index].depth > _SECTIONS_DEPTH}


def _about(found: list[Block], first: int, last_end: int) -> list[int]:
    """The paragraphs before the labels that say what is to be done: those after the heading, else the heading."""
    about: list[int] = []
    for index in range(first - 1, max(last_end, first - _FEW - 1), -1):
        block = found[index]
        if block.opens and block.depth < 9:
            if not about:
                about.append(index)
            break
        about.append(index)
    return about[::-1]


def _content(letters: Letters, block: Block) -> str:
    label = _CONTENT.match(letters.flat, block.body)
    return letters.words(label.end() if label else block.body, block.end).strip(" .;:,-+")


def _said(letters: Letters, field: Field) -> str | None:
    if field.name == "deadline":
        return deadline(letters.flat, letters.text, field.start, field.end)
    words = letters.words(field.start, field.end).strip(" .;,/")
    if field.name == "responsible":
        lead = re.search(r"\s*,?\s*(?:chủ trì|là cơ quan chủ trì|tiến hành|chịu trách nhiệm)(?![^\W\d_])", words)
        if lead and lead.start() > 3:
            words = words[: lead.start()]
    return cut_agency(words)[:600] or None
