"""Tables of internal processes from files: JSONL as collected from decisions, CSV, XLSX. No database, no framework.

A `Table` is one process. What was put right or guessed on the way stands in its `remarks`, what could not be read in its
`refusals`; a row that cannot be read costs nothing but itself.
"""

import csv
import io
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import time, timedelta
from decimal import Decimal
from typing import Any

from openpyxl import load_workbook

from lienthong.foundation.access.terms import Duty
from lienthong.kit.refusal import N_, Refused
from lienthong.kit.text import vn_fold
from lienthong.kit.zip import Limits, SafeZip
from lienthong.modules.procedures import process_words as words
from lienthong.modules.procedures.portal_values import Refusal, clean, clean_line
from lienthong.modules.procedures.terms import StepKind

MOST_ROWS = 500
MOST_BYTES = 10 << 20
_XLSX = Limits(entries=300, total_bytes=64 << 20, ratio=300)
_CODE = re.compile(r"\b(\d\.\d{6})\b")
_KEY = re.compile(r"^(?:bước|buoc|b)?\s*\.?\s*([0-9]+(?:[.][0-9]+)*[a-zđ]?)\s*[.):]?$", re.IGNORECASE)
_COLUMNS = {
    "key": ("buoc", "stt", "tt", "buoc thu", "so tt", "thu tu", "buoc thuc hien"),
    "name": ("ten buoc",),
    "work": ("cong viec", "noi dung cong viec", "noi dung", "noi dung thuc hien", "noi dung cong viec thuc hien"),
    "performer": ("nguoi thuc hien", "don vi thuc hien", "trach nhiem", "trach nhiem thuc hien", "don vi nguoi thuc hien"),
    "time": ("thoi gian", "thoi gian thuc hien", "thoi gian gio", "thoi gian ngay", "thoi gian ngay lam viec",
             "thoi gian gio lam viec", "gio", "so gio", "thoi gian phut"),
    "next": ("buoc tiep theo", "tiep theo", "chuyen den buoc"),
    "back_to": ("tra lai buoc", "quay lai buoc", "khong dat thi ve buoc"),
    "kind": ("loai", "loai buoc"),
}  # fmt: skip
_END = {"", "het", "ket thuc", "khong", "khong co"}


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a process; names are those of the table of steps. `next` None: the following line."""

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
class _Draft:
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


def read_jsonl(lines: Iterable[bytes]) -> list[Table | Refusal]:
    """The tables of a file whose lines are steps, in the order in which each began; lines of no use as refusals."""
    found: list[Table | Refusal] = []
    groups: dict[tuple[str, str], list[tuple[int, dict[str, Any]]]] = {}
    for number, raw in enumerate(lines, start=1):
        try:
            data = json.loads(raw.decode("utf-8-sig")) if raw.strip() else None
        except (ValueError, RecursionError):
            found.append(Refusal(number, "", N_("dòng không phải JSON")))
            continue
        if data is None:
            continue
        if not isinstance(data, dict) or not (clean(data.get("cong_viec")) or clean(data.get("nguoi_thuc_hien"))):
            found.append(Refusal(number, "", N_("không phải một bước (thiếu công việc)")))
            continue
        group = (clean_line(data.get("doc")), clean_line(data.get("quy_trinh_id")))
        groups.setdefault(group, []).append((number, data))
    for (doc, own), steps in groups.items():
        found.append(_from_json(f"{doc}:{own}", steps))
    return found


def _from_json(source: str, steps: Sequence[tuple[int, dict[str, Any]]]) -> Table:
    drafts = []
    for number, data in steps:
        found = data.get("cells")
        cells: list[Any] = found if isinstance(found, list) else []
        said = clean_line(data.get("thoi_gian"))
        if not said and len(cells) > 3:
            said = clean_line(cells[3])  # the collector kept what it could not read
        if not said and data.get("gio") is not None:
            said = f"{data['gio']} giờ"
        key = clean_line(data.get("buoc"))
        drafts.append(
            _Draft(number, key, clean(data.get("cong_viec")), clean(data.get("nguoi_thuc_hien")), said,
                   bare=words.HOURS_OF_DAY)
        )  # fmt: skip
    head = steps[0][1]
    title = clean_line(head.get("quy_trinh"))
    code = clean_line(head.get("ma_tthc"))
    if not code and (match := _CODE.search(title)):
        code = match[1]
    name = _title(title)
    decision = clean_line(head.get("so_ky_hieu"))
    if not name:
        name = f"Quy trình {clean_line(head.get('quy_trinh_id'))[:40]} theo {decision or 'tệp nhập'}"[:1000]
    return _table(drafts, steps[0][0], source, name, code[:60], decision[:60], clean_line(head.get("co_quan"))[:300])


def _title(text: str) -> str:
    """The title without what the collector left of the lines around it: totals, chapter heads, numbers, the code."""
    match = re.search(
        r"(?:giải quyết (?:nhóm )?(?:TTHC|thủ tục hành chính)|Quy trình)\s*:\s*(.+)$", text, re.IGNORECASE
    )
    rest = match[1] if match else re.sub(r"^.*\bQuy trình số\s*:?\s*\d+\s*", "", text)
    rest = re.sub(r"^[a-zđ]\)\s.*?\b\d+\.\s+", "", rest)
    rest = re.sub(r"\s*[-–(]*\s*(?:Mã TTHC.*|\d\.\d{6}\S*)$", "", rest, flags=re.IGNORECASE)
    return re.sub(r"^(?:\d+(?:\.\d+)*[.)]\s*)+", "", rest).strip(" .-–:()")[:1000]


def read_csv(content: bytes, source: str) -> Table:
    """One table from CSV with Vietnamese headings, separated by commas, semicolons or tabs; Refused when it is none."""
    if len(content) > MOST_BYTES:
        raise Refused(N_("Tệp bảng quy trình lớn hơn 10 MB."))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refused(N_("Tệp CSV phải được lưu bằng bảng mã UTF-8.")) from None
    head = text[:4000]
    mark = max(",;\t", key=head.count)
    try:
        rows = list(csv.reader(io.StringIO(text.replace("\x00", "")), delimiter=mark))
    except csv.Error:
        raise Refused(N_("Không đọc được tệp CSV.")) from None
    return _from_sheet(rows, source)


def read_xlsx(content: bytes, source: str) -> Table:
    """One table from the first sheet that has the headings; Refused when the file is none or holds none."""
    if len(content) > MOST_BYTES:
        raise Refused(N_("Tệp bảng quy trình lớn hơn 10 MB."))
    _require_sound(content)
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        sheets = [
            list(sheet.iter_rows(max_row=MOST_ROWS + 50, max_col=40, values_only=True)) for sheet in book.worksheets
        ]
    except Exception as error:  # the library answers broken files with errors of every kind
        raise Refused(N_("Không đọc được tệp XLSX.")) from error
    refused = Refused(N_("Không thấy dòng tiêu đề có cột “Bước” và “Công việc”."))
    for rows in sheets:
        try:
            return _from_sheet(rows, source)
        except Refused as refusal:
            refused = refusal
    raise refused


def _require_sound(content: bytes) -> None:
    """A workbook is a ZIP of XML: sizes are counted while unpacking, and a DOCTYPE is refused before anything parses it."""
    packed = SafeZip(io.BytesIO(content), _XLSX)
    for entry in packed.entries:
        for piece in packed.pieces(entry):
            if b"<!DOCTYPE" in piece or b"<!ENTITY" in piece:
                raise Refused(N_("Không đọc được tệp XLSX."))


def _from_sheet(rows: Sequence[Sequence[Any]], source: str) -> Table:
    at, columns = _headings(rows)
    drafts: list[_Draft] = []
    bare = _unit_of_heading(clean_line(rows[at][columns["time"]])) if "time" in columns else None
    for number, row in enumerate(rows[at + 1 :], start=at + 2):
        cells = {name: _cell(row, place) for name, place in columns.items()}
        if not cells["work"] and not cells.get("performer") and not cells.get("name"):
            continue
        if len(drafts) == MOST_ROWS:
            raise Refused(N_("Bảng dài hơn {most} bước."), most=MOST_ROWS)
        drafts.append(
            _Draft(
                number, cells["key"], cells["work"] or cells.get("name", ""), cells.get("performer", ""),
                cells.get("time", ""), cells.get("name", ""), bare, cells.get("next"), cells.get("back_to", ""),
                cells.get("kind", ""),
            )
        )  # fmt: skip
    if not drafts:
        raise Refused(N_("Bảng chưa có bước nào."))
    above = " ".join(clean_line(cell) for row in rows[:at] for cell in row if cell)
    match = _CODE.search(above)
    return _table(drafts, at + 2, source, above[:1000], match[1] if match else "", "", "")


def _headings(rows: Sequence[Sequence[Any]]) -> tuple[int, dict[str, int]]:
    for at, row in enumerate(rows[:30]):
        columns: dict[str, int] = {}
        for place, cell in enumerate(row):
            folded = vn_fold(clean_line(cell))
            for name, headings in _COLUMNS.items():
                if folded in headings:
                    columns.setdefault(name, place)
        if "key" in columns and "work" in columns:
            return at, columns
    raise Refused(N_("Không thấy dòng tiêu đề có cột “Bước” và “Công việc”."))


def _unit_of_heading(heading: str) -> Decimal:
    folded = vn_fold(heading)
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


def _table(
    drafts: Sequence[_Draft], line: int, source: str, name: str, code: str, decision_no: str, issuer_name: str
) -> Table:
    remarks: list[Refusal] = []
    refusals: list[Refusal] = []
    kept: list[tuple[str, _Draft]] = []
    for place, draft in enumerate(drafts, start=1):
        key = _key(draft.key) or str(place)
        if any(key == other for other, _draft in kept):
            refusals.append(_say(draft, N_("bước {key} có hai lần; bỏ dòng sau"), key=key))
            continue
        kept.append((key, _put_right(draft, remarks)))
    keys = [key for key, _draft in kept]
    rows = tuple(_row(place, key, draft, keys, remarks, refusals) for place, (key, draft) in enumerate(kept))
    return Table(line, source, name, code, decision_no, issuer_name, rows, tuple(remarks), tuple(refusals))


def _put_right(draft: _Draft, remarks: list[Refusal]) -> _Draft:
    if words.swapped(draft.work, draft.performer):
        remarks.append(_say(draft, N_("hai cột công việc và người thực hiện bị đổi chỗ; đã đổi lại")))
        return replace(draft, work=draft.performer, performer=draft.work)
    return draft


def _row(
    place: int, key: str, draft: _Draft, keys: Sequence[str], remarks: list[Refusal], refusals: list[Refusal]
) -> Row:
    first, last = place == 0, place == len(keys) - 1
    hours, understood = words.hours(draft.time, draft.bare)
    if not understood:
        refusals.append(_say(draft, N_("thời gian không đổi được ra giờ: {value}"), value=draft.time[:80]))
    elif (
        hours is not None
        and draft.bare == words.HOURS_OF_DAY
        and draft.time.replace(",", "").replace(".", "").isdigit()
    ):
        remarks.append(_say(draft, N_("thời gian {value} không ghi đơn vị; hiểu là ngày"), value=draft.time))
    named = words.kind_named(draft.kind) if draft.kind else None
    if draft.kind and named is None:
        refusals.append(_say(draft, N_("loại bước không rõ: {value}"), value=draft.kind[:60]))
    kind = named or words.kind(draft.work, draft.performer, first=first, last=last)
    following: tuple[str, ...] = (keys[place + 1],) if not last else ()
    if draft.next is not None and draft.next.strip():
        following = _keys(draft.next)
    back = _keys(draft.back_to)
    return Row(
        draft.line, key, (draft.name or words.name_of(draft.work))[:300], draft.work, clean_line(draft.performer)[:1000], hours,
        kind, words.duty(draft.performer, kind), following, back[0] if back else "",
    )  # fmt: skip


def _key(text: str) -> str:
    match = _KEY.match(text.strip())
    return match[1][:10] if match else ""


def _keys(text: str) -> tuple[str, ...]:
    """The keys that a cell of the column "Bước tiếp theo" names; "kết thúc" and "" name none."""
    if vn_fold(text) in _END:
        return ()
    parts = re.split(r"[,;+&\n]|\bvà\b", text)
    return tuple(dict.fromkeys(_key(part) or part.strip()[:10] for part in parts if part.strip()))


def _say(draft: _Draft, msgid: str, **params: str) -> Refusal:
    return Refusal(draft.line, "", msgid, tuple(params.items()))
