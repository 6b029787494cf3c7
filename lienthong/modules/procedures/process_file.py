"""Tables of internal processes from files: JSONL as collected from decisions, CSV, XLSX. No database, no framework.

A `Table` is one process; a file may hold many. What was put right or guessed on the way stands in its `remarks`, what could
not be read in its `refusals`; a row that cannot be read costs nothing but itself.
"""

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from openpyxl import load_workbook

from lienthong.kit.refusal import N_, Refused
from lienthong.kit.zip import Limits, SafeZip
from lienthong.modules.procedures import process_sheet
from lienthong.modules.procedures import process_words as words
from lienthong.modules.procedures.portal_values import Refusal, clean, clean_line
from lienthong.modules.procedures.process_sheet import MOST_ROWS
from lienthong.modules.procedures.process_table import Draft, Head, Row, Table, is_total, table

__all__ = ["MOST_BYTES", "Refusal", "Row", "Table", "read", "read_csv", "read_jsonl", "read_xlsx"]

MOST_BYTES = 10 << 20
_XLSX = Limits(entries=300, total_bytes=64 << 20, ratio=300)
_OLD_XLS = b"\xd0\xcf\x11\xe0"
_CODE = re.compile(r"\b(\d\.\d{6})\b")
_MOST_LINES = 20 * MOST_ROWS  # of one sheet, titles and several tables included
# What a line of JSON calls it: the collector's names first, then what others use.
_NAMES = {
    "key": ("buoc", "stt", "tt", "so_buoc", "step", "key"),
    "work": ("cong_viec", "noi_dung_cong_viec", "noi_dung", "trinh_tu", "ten_buoc", "work", "task"),
    "performer": ("nguoi_thuc_hien", "don_vi_thuc_hien", "trach_nhiem", "bo_phan", "performer", "who"),
    "time": ("thoi_gian", "thoi_gian_thuc_hien", "thoi_han", "time"),
    "hours": ("gio", "so_gio", "hours"),
    "title": ("quy_trinh", "ten_quy_trinh", "ten_thu_tuc", "thu_tuc", "ten", "name", "process"),
    "own": ("quy_trinh_id", "process_id", "id"),
    "code": ("ma_tthc", "ma_thu_tuc", "procedure_code", "code", "ma"),
    "decision": ("so_ky_hieu", "quyet_dinh", "decision_no"),
    "issuer": ("co_quan", "co_quan_ban_hanh", "issuer"),
    "steps": ("cac_buoc", "buoc_thuc_hien", "steps"),
}


def read(content: bytes, source: str) -> list[Table]:
    """The tables of an XLSX or CSV file, told apart by its content; Refused when it is neither or holds none."""
    if content[:4] == _OLD_XLS:
        raise Refused(N_("Tệp Excel kiểu cũ (.xls). Mở tệp và lưu lại thành .xlsx."))
    return read_xlsx(content, source) if content[:2] == b"PK" else read_csv(content, source)


def read_jsonl(lines: Iterable[bytes]) -> list[Table | Refusal]:
    """The tables of a file whose lines are steps, or processes with their steps within, in the order in which each began; lines
    of no use as refusals. One JSON list of the same is read too."""
    found: list[Table | Refusal] = []
    groups: dict[tuple[str, str], list[tuple[int, dict[str, Any]]]] = {}
    for number, data in _documents(lines, found):
        for step in _steps_in(data):
            if not isinstance(step, dict) or not (clean(_get(step, "work")) or clean(_get(step, "performer"))):
                found.append(Refusal(number, "", N_("không phải một bước (thiếu công việc)")))
                continue
            own = clean_line(_get(step, "own")) or clean_line(_get(step, "code"))
            groups.setdefault((clean_line(step.get("doc")), own), []).append((number, step))
    for (doc, own), steps in groups.items():
        made = _from_json(f"{doc}:{own}", steps)
        found.append(made or Refusal(steps[0][0], "", N_("Bảng chưa có bước nào.")))
    return found


def _documents(lines: Iterable[bytes], refused: list[Table | Refusal]) -> Iterator[tuple[int, Any]]:
    """(line, what its JSON says); a file that is one list over many lines gives its members."""
    every = list(lines)
    if every and every[0].decode("utf-8-sig", "replace").strip() in ("[", "[{"):
        try:
            whole = json.loads(b"\n".join(every).decode("utf-8-sig"))
        except (ValueError, RecursionError):
            whole = None
        if isinstance(whole, list):
            yield from enumerate(whole, start=1)
            return
    for number, raw in enumerate(every, start=1):
        try:
            data = json.loads(raw.decode("utf-8-sig")) if raw.strip() else None
        except (ValueError, RecursionError):
            refused.append(Refusal(number, "", N_("dòng không phải JSON")))
            continue
        if isinstance(data, list):
            yield from ((number, one) for one in data)
        elif data is not None:
            yield number, data


def _steps_in(data: Any) -> list[Any]:
    """A step itself, or the steps within a process, each with what the process says of all."""
    steps = _get(data, "steps") if isinstance(data, dict) else None
    if not isinstance(steps, list):
        return [data]
    shared = {key: value for key, value in data.items() if key not in _NAMES["steps"]}
    return [{**shared, **one} if isinstance(one, dict) else one for one in steps]


def _get(data: dict[str, Any], name: str) -> Any:
    return next((data[key] for key in _NAMES[name] if data.get(key) is not None), None)


def _from_json(source: str, steps: Sequence[tuple[int, dict[str, Any]]]) -> Table | None:
    drafts = []
    for number, data in steps:
        found = data.get("cells")
        cells: list[Any] = found if isinstance(found, list) else []
        said = clean_line(_get(data, "time"))
        if not said and len(cells) > 3:
            said = clean_line(cells[3])  # the collector kept what it could not read
        hours = clean_line(_get(data, "hours"))
        if not said and hours:
            said = f"{hours} giờ"
        drafts.append(
            Draft(number, clean_line(_get(data, "key")), clean(_get(data, "work")), clean(_get(data, "performer")), said,
                  bare=words.HOURS_OF_DAY)
        )  # fmt: skip
    if all(is_total(draft) for draft in drafts):
        return None
    head = steps[0][1]
    title = clean_line(_get(head, "title"))
    code = clean_line(_get(head, "code"))
    if not code and (match := _CODE.search(title)):
        code = match[1]
    decision = clean_line(_get(head, "decision"))
    name = _title(title)
    if not name:
        name = f"Quy trình {(clean_line(_get(head, 'own')) or code)[:40]} theo {decision or 'tệp nhập'}"[:1000]
    issuer = clean_line(_get(head, "issuer"))[:300]
    return table(drafts, Head(steps[0][0], source, name, code[:60], decision[:60], issuer))


def _title(text: str) -> str:
    """The title without what the collector left of the lines around it: totals, chapter heads, numbers, the code."""
    match = re.search(
        r"(?:giải quyết (?:nhóm )?(?:TTHC|thủ tục hành chính)|Quy trình)\s*:\s*(.+)$", text, re.IGNORECASE
    )
    rest = match[1] if match else re.sub(r"^.*\bQuy trình số\s*:?\s*\d+\s*", "", text)
    rest = re.sub(r"^[a-zđ]\)\s.*?\b\d+\.\s+", "", rest)
    rest = re.sub(r"\s*[-–(]*\s*(?:Mã TTHC.*|\d\.\d{6}\S*)$", "", rest, flags=re.IGNORECASE)
    return re.sub(r"^(?:\d+(?:\.\d+)*[.)]\s*)+", "", rest).strip(" .-–:()")[:1000]


def read_csv(content: bytes, source: str) -> list[Table]:
    """The tables of a CSV with Vietnamese headings, parted by commas, semicolons or tabs; Refused when there is none."""
    if len(content) > MOST_BYTES:
        raise Refused(N_("Tệp bảng quy trình lớn hơn 10 MB."))
    try:
        text = content.decode("utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except UnicodeDecodeError:
        raise Refused(N_("Tệp CSV phải được lưu bằng bảng mã UTF-8.")) from None
    text = text.replace("\x00", "")
    if text.count('"') % 2:
        line = next((n for n, one in enumerate(text.split("\n"), start=1) if one.count('"') % 2), 1)
        raise Refused(N_("Tệp CSV có dấu nháy kép mở mà không đóng, quanh dòng {line}."), line=line)
    head = text[:4000]
    mark = max(",;\t", key=head.count)
    try:
        rows = list(csv.reader(io.StringIO(text), delimiter=mark))
    except csv.Error:
        raise Refused(N_("Không đọc được tệp CSV.")) from None
    return process_sheet.tables(rows, source)


def read_xlsx(content: bytes, source: str) -> list[Table]:
    """The tables of every sheet that has the headings; Refused when the file is none or holds none."""
    if len(content) > MOST_BYTES:
        raise Refused(N_("Tệp bảng quy trình lớn hơn 10 MB."))
    _require_sound(content)
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        sheets = [
            (sheet.title, list(sheet.iter_rows(max_row=_MOST_LINES, max_col=40, values_only=True)))
            for sheet in book.worksheets
        ]
    except Exception as error:  # the library answers broken files with errors of every kind
        raise Refused(N_("Không đọc được tệp XLSX.")) from error
    refused = Refused(N_("Không thấy dòng tiêu đề có cột “Bước” và “Công việc”."))
    found: list[Table] = []
    for title, rows in sheets:
        try:
            found += process_sheet.tables(rows, f"{source}:{title}" if found else source)
        except Refused as refusal:
            refused = refusal
    if not found:
        raise refused
    return found


def _require_sound(content: bytes) -> None:
    """A workbook is a ZIP of XML: sizes are counted while unpacking, and a DOCTYPE is refused before anything parses it."""
    packed = SafeZip(io.BytesIO(content), _XLSX)
    for entry in packed.entries:
        for piece in packed.pieces(entry):
            if b"<!DOCTYPE" in piece or b"<!ENTITY" in piece:
                raise Refused(N_("Không đọc được tệp XLSX."))
