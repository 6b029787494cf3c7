"""Finding process tables in the cells of a sheet: headings as provinces write them, merged cells, several tables in one sheet."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import time, timedelta
from decimal import Decimal
from typing import Any

from lienthong.kit.refusal import N_, Refused
from lienthong.kit.text import vn_fold
from lienthong.modules.procedures import process_words as words
from lienthong.modules.procedures.portal_values import Refusal, clean, clean_line
from lienthong.modules.procedures.process_table import Draft, Head, Table, is_total, key_of, say, table

MOST_ROWS = 500
_CODE = re.compile(r"\b(\d\.\d{6})\b")
_EXACT = {
    "key": ("buoc", "stt", "tt", "buoc thu", "so tt", "thu tu", "so thu tu", "step", "no"),
    "name": ("ten buoc", "ten cong viec"),
    "next": ("buoc tiep theo", "tiep theo", "chuyen den buoc"),
    "back_to": ("tra lai buoc", "quay lai buoc", "khong dat thi ve buoc"),
    "kind": ("loai", "loai buoc"),
}
# Beginnings of headings, the surer ones first; "các bước thực hiện" is the work where nothing else is, else the key.
_WORK = (
    "noi dung cong viec", "noi dung thuc hien", "cong viec", "noi dung", "trinh tu", "mo ta", "hoat dong", "quy trinh",
    "task", "ten buoc",
)  # fmt: skip
_STEPS = ("cac buoc", "buoc thuc hien", "buoc cong viec")
_WHO = (
    "nguoi thuc hien", "don vi", "trach nhiem", "ca nhan", "bo phan", "chuc danh", "co quan", "phong ban", "vi tri", "who",
    "chu tri", "can bo", "cong chuc", "doi tuong thuc hien",
)  # fmt: skip
_TIME = ("thoi gian", "thoi han", "so gio", "gio", "so ngay", "hours")
_BARE = re.compile(r"^(?=.*[1-9])\d+(?:[.,]\d+)?$")  # not 0, which is none in every unit
_SECTION = re.compile(r"^(?:[ivx]+|[a-zđ])[.)]?$", re.IGNORECASE)


@dataclass(slots=True)
class _Columns:
    """Where what stands; several columns may say who does it, and of several times the first counts."""

    one: dict[str, int] = field(default_factory=dict)
    who: list[int] = field(default_factory=list)
    times: list[int] = field(default_factory=list)


def tables(rows: Sequence[Sequence[Any]], source: str) -> list[Table]:
    """The tables of a sheet from the top down; Refused where no line has the headings, or no table a step."""
    found = [(at, columns) for at, row in enumerate(rows) if (columns := _columns(row)) is not None]
    heads = [(at, columns) for at, columns in found if at - 1 not in {one for one, _columns in found}]
    if not heads:
        raise Refused(N_("Không thấy dòng tiêu đề có cột “Bước” và “Công việc”."))
    starts = [_title_start(rows, at, heads[place - 1][0] if place else -1) for place, (at, _) in enumerate(heads)]
    made: list[Table] = []
    for place, (at, columns) in enumerate(heads):
        end = starts[place + 1] if place + 1 < len(heads) else len(rows)
        above = " ".join(clean_line(cell) for row in rows[starts[place] : at] for cell in row if cell)
        match = _CODE.search(above)
        own = source if not made else f"{source}:{at + 1}"
        head = Head(at + 2, own, above[:1000], match[1] if match else "")
        one = _table(rows, at, end, columns, head)
        if one is not None:
            made.append(one)
    if not made:
        raise Refused(N_("Bảng chưa có bước nào."))
    return made


def _columns(row: Sequence[Any]) -> _Columns | None:
    """The columns of a line of headings; None where it is none: it must name the work, and the step or who does it."""
    found = _Columns()
    folded = [vn_fold(clean_line(cell))[:60] for cell in row]
    for place, heading in enumerate(folded):
        for name, headings in _EXACT.items():
            if heading in headings:
                found.one.setdefault(name, place)
    taken = set(found.one.values())
    work = next(
        (p for start in _WORK for p, one in enumerate(folded) if one.startswith(start) and p not in taken), None
    )
    steps = next((p for p, one in enumerate(folded) if one.startswith(_STEPS) and p not in taken), None)
    if work is None and steps is not None:
        work = steps
    elif steps is not None:
        found.one.setdefault("key", steps)
    if work is None and "name" in found.one:
        work = found.one.pop("name")
    if work is None or (len(folded[work]) > 45):
        return None
    found.one["work"] = work
    taken = set(found.one.values())
    found.times = [p for p, one in enumerate(folded) if one.startswith(_TIME) and p not in taken]
    taken |= set(found.times)
    found.who = [p for p, one in enumerate(folded) if one.startswith(_WHO) and p not in taken]
    return found if "key" in found.one or (found.who and found.times) else None


def _title_start(rows: Sequence[Sequence[Any]], at: int, after: int) -> int:
    """Where the lines above a table begin that are its title: those with one cell or none, back to the table before."""
    start = at
    while start - 1 > after and len({clean_line(cell) for cell in rows[start - 1] if clean_line(cell)}) <= 1:
        if after >= 0 and vn_fold(" ".join(clean_line(cell) for cell in rows[start - 1])).startswith("tong"):
            break
        start -= 1
    return start if after >= 0 else 0


def _table(rows: Sequence[Sequence[Any]], at: int, end: int, columns: _Columns, head: Head) -> Table | None:
    remarks: list[Refusal] = []
    top = Draft(at + 1, "", "", "", "")
    if "key" not in columns.one:
        remarks.append(say(top, N_("bảng không có cột Bước; đánh số theo thứ tự dòng")))
    if len(columns.times) > 1:
        name = clean_line(rows[at][columns.times[0]])[:60]
        remarks.append(say(top, N_("có nhiều cột thời gian; lấy cột {name}"), name=name))
    heading = clean_line(rows[at][columns.times[0]]) if columns.times else ""
    bare = _unit_of_heading(heading) if heading else None
    under = _under_time(rows[at + 1], columns) if columns.times and at + 1 < end else []
    if len(under) > 1:
        remarks.append(say(top, N_("có nhiều cột thời gian; lấy cột {name}"), name=under[0][:60]))
    drafts: list[Draft] = []
    for number, row in enumerate(rows[at + 1 : end], start=at + 2):
        one = _draft(number, row, columns, bare)
        if one is None or (number == at + 2 and _is_under_heading(one, rows[at], columns)):
            continue
        if _is_section(one, bool(columns.who)):
            remarks.append(say(one, N_("dòng tiêu đề mục, không phải bước: {value}"), value=(one.work or one.key)[:60]))
            continue
        if len(drafts) == MOST_ROWS:
            raise Refused(N_("Bảng dài hơn {most} bước."), most=MOST_ROWS)
        _add(drafts, one, columns, remarks)
    if all(is_total(one) for one in drafts):
        return None
    if not set(vn_fold(heading).split()) & {"gio", "ngay", "phut"} and any(_BARE.match(one.time) for one in drafts):
        remarks.append(say(top, N_("cột thời gian không ghi đơn vị; số không có đơn vị hiểu là giờ")))
    return table(drafts, head, remarks)


def _draft(number: int, row: Sequence[Any], columns: _Columns, bare: Decimal | None) -> Draft | None:
    cells = {name: _cell(row, place) for name, place in columns.one.items()}
    who = list(dict.fromkeys(filter(None, (_cell(row, place) for place in columns.who))))
    time_said = _cell(row, columns.times[0]) if columns.times else ""
    work = cells["work"] or cells.get("name", "")
    key = cells.get("key", "")
    if not work and not who and not (key and (time_said or not key_of(key))):
        return None
    return Draft(
        number, key, work, ", ".join(who), time_said, cells.get("name", ""), bare, cells.get("next"),
        cells.get("back_to", ""), cells.get("kind", ""),
    )  # fmt: skip


def _is_under_heading(one: Draft, headings: Sequence[Any], columns: _Columns) -> bool:
    """The second line of a heading of two: it says the headings again, or only what a time is."""
    same = vn_fold(one.work) == vn_fold(clean_line(headings[columns.one["work"]]))
    return same or (not one.key and not one.work) or (one.key.isdigit() and one.work.strip("() ").isdigit())


def _under_time(row: Sequence[Any], columns: _Columns) -> list[str]:
    """What the line under the headings says below the time and to the right of it: "theo quy định", "đã cắt giảm"."""
    if _cell(row, columns.one.get("key", 0)) or _cell(row, columns.one["work"]):
        return []
    others = {*columns.one.values(), *columns.who}
    found = []
    for place in range(columns.times[0], len(row)):
        if place in others or not (said := _cell(row, place)) or any(letter.isdigit() for letter in said):
            break
        found.append(said)
    return found


def _is_section(one: Draft, says_who: bool) -> bool:
    """A line between steps that names a part of the table: "I. Tại Trung tâm", "Giai đoạn 2"."""
    if one.performer or one.time or not says_who or is_total(one):
        return False
    if not one.work:
        return not key_of(one.key)
    is_loud = one.work.upper() == one.work and not key_of(one.key)
    return bool(_SECTION.match(one.key.strip())) or is_loud or vn_fold(one.work).startswith(("giai doan", "phan "))


def _add(drafts: list[Draft], one: Draft, columns: _Columns, remarks: list[Refusal]) -> None:
    """A line without a number below another belongs to that step: more of its work, or somebody else's part in it, which then
    is a step of its own. So are the cells that a merged one covers."""
    if one.key or "key" not in columns.one or not drafts or is_total(one):
        drafts.append(one)
        return
    before = drafts[-1]
    if not one.performer and not one.time:
        before.work = f"{before.work}\n{one.work}".strip()
        return
    if not one.work and not one.time:
        before.performer = ", ".join(filter(None, (before.performer, one.performer)))
        return
    base = key_of(before.key).partition(".")[0][:6]
    parts = [draft for draft in drafts if key_of(draft.key).startswith(f"{base}.")]
    if base:
        one.key = f"{base}.{len(parts) + 1}"
        if not parts:
            # The step itself becomes the first of its parts, so that it is no sum of the others.
            before.key, one.key = f"{base}.1", f"{base}.2"
        remarks.append(say(one, N_("dòng không ghi số bước; đặt là {key}"), key=one.key))
    one.work = one.work or before.work
    drafts.append(one)


def _unit_of_heading(heading: str) -> Decimal | None:
    """What one is in a column of times: hours where the heading says nothing; None where it says both, as in "08 giờ/ngày"."""
    folded = vn_fold(heading).split()
    if "ngay" in folded and "gio" in folded:
        return None
    if "ngay" in folded:
        return words.HOURS_OF_DAY
    return Decimal(1) / 60 if "phut" in folded else Decimal(1)


def _cell(row: Sequence[Any], place: int) -> str:
    value = row[place] if place < len(row) else None
    if isinstance(value, time):
        return f"{value.hour * 60 + value.minute} phút"
    if isinstance(value, timedelta):
        return f"{value.total_seconds() / 60:g} phút"
    if isinstance(value, float):
        return f"{value:g}"
    return clean(value)
