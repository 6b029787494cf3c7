"""From the lines of a process table, wherever they come from, to one process: keys, ways, hours, kinds.

What was put right or guessed stands in the table's `remarks`, what could not be read in its `refusals`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from lienthong.foundation.access.terms import Duty
from lienthong.kit.refusal import N_
from lienthong.kit.text import vn_fold
from lienthong.modules.procedures import process_words as words
from lienthong.modules.procedures.portal_values import Refusal, clean_line
from lienthong.modules.procedures.terms import StepKind

# "Bước 2", "B2.1", "1a", "3.", "Bước 1 (tiếp nhận)"
_KEY = re.compile(r"^(?:bước|buoc|b)?\s*\.?\s*([0-9]+(?:[.][0-9]+)*[a-zđ]?)\s*[.):]?\s*(?:[(–:-].*)?$", re.IGNORECASE)
_NEXT = re.compile(r"\b(?:bước|buoc|b)?\s*\.?\s*([0-9]+(?:[.][0-9]+)*[a-zđ]?)\b", re.IGNORECASE)
_END = {"", "het", "ket thuc", "khong", "khong co"}
_TOTAL = re.compile(r"^(?:tong|cong)(?: cong| so| thoi| the| thoi gian|$)")
_SIDE_BY_SIDE = re.compile(r"\b(?:song song|dong thoi voi)\b")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a process; names are those of the table of steps."""

    line: int
    key: str
    name: str
    work: str
    performer: str
    hours: Decimal | None
    kind: StepKind
    duty: Duty
    next: tuple[str, ...]
    back_to: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A process: `source` names the same table again when the file is read again, `code` the procedure or ""."""

    line: int
    source: str
    name: str
    code: str
    decision_no: str
    issuer_name: str
    rows: tuple[Row, ...]
    remarks: tuple[Refusal, ...] = ()
    refusals: tuple[Refusal, ...] = ()


@dataclass(slots=True)
class Draft:
    """A line as it was written. `bare` is what one means where the time has no unit; `next` None: the following line."""

    line: int
    key: str
    work: str
    performer: str
    time: str
    name: str = ""
    bare: Decimal | None = None
    next: str | None = None
    back_to: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above a table: where it begins, what it is called and whose it is."""

    line: int
    source: str
    name: str
    code: str = ""
    decision_no: str = ""
    issuer_name: str = ""


def table(drafts: Sequence[Draft], head: Head, remarks: Sequence[Refusal] = ()) -> Table:
    """The process that these lines are: lines with the sum are no steps, a key that comes again gets another one, a line that
    only gathers its sub-steps is not counted beside them, steps "song song" begin together."""
    said: list[Refusal] = list(remarks)
    refusals: list[Refusal] = []
    steps, totals = _without_totals(drafts)
    kept = _without_gathered(_keyed([_put_right(draft, said) for draft in steps], said, refusals), said)
    keys = [key for key, _draft in kept]
    rows = [_row(place, key, draft, keys, said, refusals) for place, (key, draft) in enumerate(kept)]
    rows = _side_by_side(rows, kept, said)
    _compare_totals(rows, totals, said)
    return Table(
        head.line, head.source, head.name, head.code, head.decision_no, head.issuer_name, tuple(rows), tuple(said),
        tuple(refusals),
    )  # fmt: skip


def is_total(draft: Draft) -> bool:
    """Whether a line gives the sum of the table and no step: "Tổng cộng", "Tổng thời gian giải quyết: 05 ngày"."""
    return any(_TOTAL.match(vn_fold(text)[:40]) for text in (draft.key, draft.work) if text)


def say(draft: Draft, msgid: str, **params: str) -> Refusal:
    """A remark or refusal about a line."""
    return Refusal(draft.line, "", msgid, tuple(params.items()))


def key_of(text: str) -> str:
    """The key that a cell of the column "Bước" names, "" where it names none."""
    match = _KEY.match(" ".join(text.split()))
    return match[1][:10] if match else ""


def _without_totals(drafts: Sequence[Draft]) -> tuple[list[Draft], list[Draft]]:
    totals = [draft for draft in drafts if is_total(draft)]
    return [draft for draft in drafts if draft not in totals], totals


def _keyed(drafts: Sequence[Draft], remarks: list[Refusal], refusals: list[Refusal]) -> list[tuple[str, Draft]]:
    """Each line with a key of its own. The same line again is dropped; another line under a key that is taken (numbers begin
    anew in every part of the table) is given the next free number."""
    kept: list[tuple[str, Draft]] = []
    for place, draft in enumerate(drafts, start=1):
        key = key_of(draft.key) or str(place)
        known = dict(kept)
        if key in known:
            if (known[key].work, known[key].performer) == (draft.work, draft.performer):
                refusals.append(say(draft, N_("bước {key} có hai lần; bỏ dòng sau"), key=key))
                continue
            free = next(str(number) for number in range(place, 10_000) if str(number) not in known)
            if draft.key.strip():
                remarks.append(
                    say(draft, N_("số bước {key} đã dùng ở dòng trên; đổi thành {other}"), key=key, other=free)
                )
            key = free
        kept.append((key, draft))
    return kept


def _without_gathered(kept: list[tuple[str, Draft]], remarks: list[Refusal]) -> list[tuple[str, Draft]]:
    """Without the lines whose hours are those of the sub-steps after them (2 before 2.1, 2.2)."""
    found = []
    for key, draft in kept:
        children = [one for other, one in kept if other.startswith(f"{key}.")]
        if not children:
            found.append((key, draft))
            continue
        own = words.hours(draft.time, draft.bare)[0]
        parts = sum((words.hours(one.time, one.bare)[0] or Decimal(0) for one in children), start=Decimal(0))
        if own is None or own == parts:
            remarks.append(say(draft, N_("bước {key} gộp các bước con của nó; không tính hai lần"), key=key))
            continue
        remarks.append(
            say(
                draft, N_("bước {key} ghi {own} giờ, các bước con cộng lại {parts} giờ; xem lại"),
                key=key, own=_figure(own), parts=_figure(parts),
            )
        )  # fmt: skip
        found.append((key, draft))
    return found


def _side_by_side(rows: list[Row], kept: Sequence[tuple[str, Draft]], remarks: list[Refusal]) -> list[Row]:
    """Lines one after another that say "song song" begin together and are waited for together, where no column says what
    follows what."""
    said = [
        draft.next is None and bool(_SIDE_BY_SIDE.search(vn_fold(f"{draft.work} {draft.key} {draft.name}")))
        for _key, draft in kept
    ]
    found = list(rows)
    place = 1
    while place < len(rows):
        last = place
        while last < len(rows) and said[last]:
            last += 1
        if last - place > 1:
            group = tuple(row.key for row in rows[place:last])
            after = (rows[last].key,) if last < len(rows) else ()
            found[place - 1] = replace(found[place - 1], next=group)
            for at in range(place, last):
                found[at] = replace(found[at], next=after)
            remarks.append(
                say(kept[place][1], N_("các bước {keys} ghi song song; hiểu là cùng bắt đầu"), keys=", ".join(group))
            )
        place = max(last, place + 1)
    return found


def _compare_totals(rows: Sequence[Row], totals: Sequence[Draft], remarks: list[Refusal]) -> None:
    together = sum((row.hours for row in rows if row.hours is not None), start=Decimal(0))
    for draft in totals:
        said = draft.time or draft.work.partition(":")[2] or draft.key.partition(":")[2]
        hours, _understood = words.hours(said, draft.bare)
        if hours is not None and hours != together:
            remarks.append(
                say(
                    draft, N_("dòng tổng ghi {total} giờ, các bước cộng lại {sum} giờ"), total=_figure(hours),
                    sum=_figure(together),
                )
            )  # fmt: skip


def _figure(number: Decimal) -> str:
    return f"{number.normalize():f}".replace(".", ",")


def _put_right(draft: Draft, remarks: list[Refusal]) -> Draft:
    if words.swapped(draft.work, draft.performer):
        remarks.append(say(draft, N_("hai cột công việc và người thực hiện bị đổi chỗ; đã đổi lại")))
        return replace(draft, work=draft.performer, performer=draft.work)
    return draft


def _row(
    place: int, key: str, draft: Draft, keys: Sequence[str], remarks: list[Refusal], refusals: list[Refusal]
) -> Row:
    first, last = place == 0, place == len(keys) - 1
    hours, understood = words.hours(draft.time, draft.bare)
    if not understood:
        refusals.append(say(draft, N_("thời gian không đổi được ra giờ: {value}"), value=draft.time[:80]))
    elif (
        hours is not None
        and draft.bare == words.HOURS_OF_DAY
        and draft.time.replace(",", "").replace(".", "").isdigit()
    ):
        remarks.append(say(draft, N_("thời gian {value} không ghi đơn vị; hiểu là ngày"), value=draft.time))
    named = words.kind_named(draft.kind) if draft.kind else None
    if draft.kind and named is None:
        refusals.append(say(draft, N_("loại bước không rõ: {value}"), value=draft.kind[:60]))
    kind = named or words.kind(draft.work, draft.performer, first=first, last=last)
    following: tuple[str, ...] = (keys[place + 1],) if not last else ()
    if draft.next is not None and draft.next.strip():
        following = _named(draft, keys, following, refusals)
    back = _keys(draft.back_to, keys)
    return Row(
        draft.line, key, (draft.name or words.name_of(draft.work))[:300], draft.work, clean_line(draft.performer)[:1000], hours,
        kind, words.duty(draft.performer, kind), following, back[0] if back else "",
    )  # fmt: skip


def _named(draft: Draft, keys: Sequence[str], usual: tuple[str, ...], refusals: list[Refusal]) -> tuple[str, ...]:
    """The steps that the column "Bước tiếp theo" names; a cell that says more than keys, or names a step that is not there, is
    said, and the following line stands."""
    said = draft.next or ""
    if vn_fold(said) in _END:
        return ()
    found = _keys(said, keys)
    if not found or any(key not in keys for key in found):
        refusals.append(say(draft, N_("bước tiếp theo không rõ: {value}; lấy bước ở dòng sau"), value=said[:60]))
        return usual
    return found


def _keys(text: str, known: Sequence[str]) -> tuple[str, ...]:
    """The keys in a cell; where it says more than keys, the numbers in it that are steps' keys, up to a condition."""
    if vn_fold(text) in _END:
        return ()
    parts = [part.strip() for part in re.split(r"[,;+&\n]|\bvà\b", text) if part.strip()]
    found = [key_of(part) for part in parts]
    if all(found):
        return tuple(dict.fromkeys(found))
    if re.search(r"\b(?:khong dat|quay lai|neu|tra lai)\b", vn_fold(text)):
        return ()
    return tuple(dict.fromkeys(match for match in _NEXT.findall(text) if match in known))
