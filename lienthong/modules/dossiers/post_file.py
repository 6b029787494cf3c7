"""The public post's file of what became of parcels: CSV or XLSX with the columns “Mã bưu gửi”, “Trạng thái”, “Thời điểm”, in any
order, others beside them. No database, no framework.

A line that cannot be read costs only itself: it comes back with its number and the reason.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from openpyxl import load_workbook

from lienthong.foundation.calendar.due_file import read_moment
from lienthong.kit.dates import VIETNAM
from lienthong.kit.refusal import N_, Refused
from lienthong.kit.text import vn_fold
from lienthong.kit.zip import Limits, SafeZip

MOST_BYTES = 5 << 20
MOST_LINES = 20_000
_XLSX = Limits(entries=300, total_bytes=64 << 20, ratio=300)
COLUMNS = {
    "tracking": ("ma buu gui", "so hieu buu gui", "ma van don", "so hieu", "tracking"),
    "state": ("trang thai", "trang thai buu gui", "ket qua phat", "state"),
    "at": ("thoi diem", "thoi gian", "ngay gio", "ngay phat", "thoi gian phat", "at"),
}
LABELS = {"tracking": N_("Mã bưu gửi"), "state": N_("Trạng thái"), "at": N_("Thời điểm")}
# Words of the post for an end; what failed is looked for first: “phát không thành công” holds “thành công” too.
_FAILED = (
    "khong thanh cong", "khong phat duoc", "khong giao duoc", "chuyen hoan", "hoan tra", "tra lai", "phat hoan", "that bai",
    "tu choi nhan",
)  # fmt: skip
_DELIVERED = ("thanh cong", "da phat", "da giao", "phat xong", "giao xong")


@dataclass(frozen=True, slots=True)
class Read:
    """One line that could be read."""

    line: int
    tracking: str
    state: str
    at: datetime
    delivered: bool
    failed: bool


@dataclass(frozen=True, slots=True)
class Unread:
    """One that could not."""

    line: int
    tracking: str
    why: Refused


def read(content: bytes) -> tuple[list[Read], list[Unread]]:
    """All lines of a file, in its order. Refused as a whole: too large, no table, a column missing."""
    if len(content) > MOST_BYTES:
        raise Refused(N_("Tệp trạng thái bưu gửi lớn hơn 5 MB."))
    rows = _xlsx(content) if content.startswith(b"PK\x03\x04") else _csv(content)
    if len(rows) > MOST_LINES + 1:
        raise Refused(N_("Tệp trạng thái bưu gửi có hơn {most} dòng. Chia thành nhiều tệp."), most=MOST_LINES)
    columns = _headings(rows[0] if rows else ())
    good: list[Read] = []
    bad: list[Unread] = []
    for line, row in enumerate(rows[1:], 2):
        values = {name: row[place] if place < len(row) else "" for name, place in columns.items()}
        if not any(_text(value) for value in values.values()):
            continue
        try:
            good.append(_read(line, values))
        except Refused as why:
            bad.append(Unread(line, _text(values["tracking"]), why))
    return good, bad


def ending(state: str) -> tuple[bool, bool]:
    """(delivered, failed) as the words of the post say; both False on the way."""
    words = vn_fold(state)
    failed = any(one in words for one in _FAILED)
    return not failed and any(one in words for one in _DELIVERED), failed


def _read(line: int, values: dict[str, Any]) -> Read:
    tracking, state = _text(values["tracking"]), _text(values["state"])
    if not tracking:
        raise Refused(N_("Thiếu mã bưu gửi."))
    if not state:
        raise Refused(N_("Thiếu trạng thái."))
    delivered, failed = ending(state)
    return Read(line, tracking, state, _moment(values["at"]), delivered, failed)


def _moment(value: Any) -> datetime:
    """A workbook's own date, or text as people write it; Viet Nam's time where it says none."""
    if isinstance(value, datetime):
        at = value
    elif isinstance(value, date):
        at = datetime.combine(value, time())
    else:
        at = read_moment(_text(value))
    return at if at.tzinfo else at.replace(tzinfo=VIETNAM)


def _headings(row: Sequence[Any]) -> dict[str, int]:
    folded = [vn_fold(_text(value)) for value in row]
    found = {
        name: place
        for name, words in COLUMNS.items()
        for place, word in reversed([*enumerate(folded)])
        if word in words
    }
    if missing := [LABELS[name] for name in COLUMNS if name not in found]:
        raise Refused(N_("Dòng đầu của tệp thiếu cột {columns}."), columns=", ".join(f"“{label}”" for label in missing))
    return found


def _csv(content: bytes) -> list[Sequence[Any]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refused(N_("Tệp CSV phải được lưu bằng bảng mã UTF-8.")) from None
    if "\x00" in text:
        raise Refused(N_("Không đọc được tệp CSV."))
    mark = max(",;\t", key=text[:4000].split("\n", 1)[0].count)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=mark))
    except csv.Error:
        raise Refused(N_("Không đọc được tệp CSV.")) from None


def _xlsx(content: bytes) -> list[Sequence[Any]]:
    packed = SafeZip(io.BytesIO(content), _XLSX)
    for entry in packed.entries:
        for piece in packed.pieces(entry):
            if b"<!DOCTYPE" in piece or b"<!ENTITY" in piece:
                raise Refused(N_("Không đọc được tệp XLSX."))
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        rows: Iterable[Sequence[Any]] = book.worksheets[0].iter_rows(
            max_row=MOST_LINES + 2, max_col=40, values_only=True
        )
        return list(rows)
    except Exception as error:  # the library answers broken files with errors of every kind
        raise Refused(N_("Không đọc được tệp XLSX.")) from error


def _text(value: Any) -> str:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return " ".join(str(value).split()) if value is not None else ""
