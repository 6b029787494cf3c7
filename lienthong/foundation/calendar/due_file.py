"""`./lt calendar due CASES.csv`: deadlines for a table of cases, so that anybody can check the arithmetic.

CASES.csv has the columns `received_at`, `amount`, `unit` (working_days, working_hours, calendar_days) and, if wanted,
`pauses`: a JSON list of [start, end], where an end of null is a pause that still lasts. `due_at` and `why` are added,
every other column is kept; a `due_at` that was already there is kept as `given_due_at`. A case whose deadline is
not known yet (open pause) has an empty `due_at` and says so.

DAYS.csv has `date`, `kind` (off or work), `reason` and, if wanted, `hours` (for a half day). Its days hold over the
law's holidays, date by date; and a holiday on whose own dates it has a day off is taken wholly from it,
with compensation and swaps (see `legal_days`). Without DAYS.csv the law's holidays and the known swaps hold.

Dates: 2026-11-20T10:00, 2026-11-20 10:00:00 (with an offset too), 20/11/2026 10:00. A date alone is its 00:00,
so a term counts from that day's opening. Comma, semicolon or tab; with or without BOM.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import re
import sys
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any, TextIO

from lienthong.foundation.calendar.rules import (
    DayKind,
    DayRule,
    Due,
    OfficeHours,
    WorkingTime,
    due,
    legal_working_time,
)
from lienthong.foundation.calendar.working_time import parse_intervals
from lienthong.kit.dates import VIETNAM
from lienthong.kit.refusal import N_, Refused

ALL_DONE, NOTHING_DONE, SOME_REFUSED = 0, 2, 3
CASE_COLUMNS = ("received_at", "amount", "unit")
DAY_COLUMNS = ("date", "kind")

_ISO = re.compile(r"^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?\s*(Z|[+-]\d{2}:?\d{2})?)?$")
_VIETNAMESE = re.compile(r"^(\d{1,2})/(\d{1,2})/(\d{4})(?:[ T]+(\d{1,2}):(\d{2})(?::(\d{2}))?)?$")

Row = dict[str, str]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `calendar due`, for whoever builds the command line."""
    parser.add_argument("cases", metavar="CASES.csv", help="received_at, amount, unit, pauses")
    parser.add_argument("--days", metavar="DAYS.csv", help="date, kind (off hoặc work), reason")
    parser.add_argument("--hours", help="giờ làm việc, ví dụ 07:30-11:30,13:30-17:00")
    parser.add_argument("--out", metavar="OUT.csv", help="ghi kết quả vào tệp này thay vì màn hình")
    parser.add_argument("--json", action="store_true", dest="as_json", help="kết quả JSON, có từng ngày")


def main(argv: list[str] | None = None) -> int:
    """Run with the given arguments on the terminal; returns the exit code."""
    parser = argparse.ArgumentParser(prog="lt calendar due", description="Tính hạn xử lý cho một bảng trường hợp.")
    add_arguments(parser)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a terminal of the C locale could not print Vietnamese
            stream.reconfigure(encoding="utf-8")
    return execute(parser.parse_args(argv), sys.stdout, sys.stderr)


def execute(args: argparse.Namespace, out: TextIO, err: TextIO) -> int:
    """Run with parsed arguments; `--out` writes only when something could be done."""
    if not args.out:
        return run(args.cases, args.days, args.hours, out, err, args.as_json)
    kept = io.StringIO()
    code = run(args.cases, args.days, args.hours, kept, err, args.as_json)
    if code == NOTHING_DONE and not kept.getvalue():
        return code
    try:
        Path(args.out).write_text(kept.getvalue(), encoding="utf-8", newline="")
    except OSError as failure:
        print(f"{args.out}: không ghi được: {failure.strerror}", file=err)
        return NOTHING_DONE
    return code


def run(
    cases_path: str | Path,
    days_path: str | Path | None,
    hours: str | None,
    out: TextIO,
    err: TextIO,
    as_json: bool = False,
) -> int:
    """Write the cases with `due_at` and `why` to `out`, each refusal as one line to `err`; returns the exit code.

    0: every row done; 3: some rows refused (they stand in the output with the reason as `why`), the rest done;
    2: nothing done: an unreadable file, a missing column, hours that make no sense, or every row refused.
    """
    refusals: list[dict[str, str]] = []

    def refuse(what: str, where: str, why: object) -> None:
        refusals.append({"what": what, "where": where, "why": str(why)})
        print(f"{what}: {where}: {_one_line(why)}", file=err)

    try:
        office_hours = OfficeHours.parse(hours) if hours else OfficeHours()
    except Refused as refusal:
        refuse("--hours", hours or "", refusal)
        return NOTHING_DONE
    try:
        days = _read_days(Path(days_path), refuse) if days_path else ()
        delimiter, columns, rows = _table(Path(cases_path), CASE_COLUMNS)
    except Unreadable as failure:
        refuse(failure.path.name, failure.where, failure)
        return NOTHING_DONE
    working_time = legal_working_time(office_hours, days)

    answers: list[dict[str, Any]] = []
    done = 0
    try:
        for line, row, fault in rows:
            answer: dict[str, Any] = {("given_due_at" if name == "due_at" else name): row[name] for name in columns}
            try:
                if fault:
                    raise fault
                result = _due_of(row, working_time)
                answer |= {"due_at": _iso(result.at), "why": result.sentence}
                if as_json:
                    answer["steps"] = _steps(result)
                done += 1
            except Refused as refusal:
                answer |= {"due_at": "", "why": str(refusal)}
                refuse(Path(cases_path).name, f"dòng {line}", refusal)
            answers.append(answer)
    except Unreadable as failure:
        refuse(failure.path.name, failure.where, failure)
    _write(answers, columns, delimiter, refusals, out, as_json)
    if not refusals:
        return ALL_DONE
    return SOME_REFUSED if done else NOTHING_DONE


def read_moment(text: str) -> datetime:
    """A moment as people and machines write it (see the module); without an offset it is local time."""
    text = text.strip()
    try:
        if _ISO.match(text):
            return datetime.fromisoformat(text.replace(" ", "T", 1).replace(" ", ""))
        match = _VIETNAMESE.match(text)
        if match:
            day, month, year, hour, minute, second = (int(part or 0) for part in match.groups())
            return datetime(year, month, day, hour, minute, second, tzinfo=VIETNAM)
    except ValueError:
        raise Refused(N_("Thời điểm “{chu}” không có thật"), chu=_short(text)) from None
    if not text:
        raise Refused(N_("Thiếu thời điểm"))
    raise Refused(
        N_("Thời điểm “{chu}” không đọc được; viết như 2026-11-20T10:00 hoặc 20/11/2026 10:00"), chu=_short(text)
    )


def read_pauses(text: str) -> list[tuple[datetime, datetime | None]]:
    """`[["2026-11-20T10:00", "2026-11-24T08:00"], ["2026-11-25", null]]` → pairs; an empty text is no pause."""
    if not text.strip():
        return []
    try:
        listed = json.loads(text)
    except (ValueError, RecursionError):
        raise Refused(N_("Cột pauses không phải là JSON: {chu}"), chu=_short(text)) from None
    if listed is None:
        return []
    pauses: list[tuple[datetime, datetime | None]] = []
    for pair in listed if isinstance(listed, list) else [listed]:
        if not (
            isinstance(pair, list) and len(pair) == 2 and isinstance(pair[0], str) and isinstance(pair[1], str | None)
        ):
            raise Refused(N_("Cột pauses phải là danh sách các cặp [bắt đầu, kết thúc]: {chu}"), chu=_short(text))
        pauses.append((read_moment(pair[0]), read_moment(pair[1]) if pair[1] else None))
    return pauses


class Unreadable(Refused):
    """A whole file that cannot be used, and where in it that shows."""

    def __init__(self, path: Path, where: str, msgid: str, **params: object) -> None:
        super().__init__(msgid, **params)
        self.path = path
        self.where = where


def _due_of(row: Row, working_time: WorkingTime) -> Due:
    for name in CASE_COLUMNS:
        if not row[name].strip():
            raise Refused(N_("Cột {cot} để trống"), cot=name)
    amount = row["amount"].strip()
    if not re.fullmatch(r"[+-]?\d{1,12}([.,]\d{1,9})?", amount):
        raise Refused(N_("Thời hạn “{so}” không phải là một số"), so=_short(amount))
    number = amount.replace(",", ".").lstrip("+")
    whole = int(number) if "." not in number else number
    unit = row["unit"].strip().lower()
    return due(read_moment(row["received_at"]), whole, _short(unit), working_time, read_pauses(row.get("pauses", "")))


def _read_days(path: Path, refuse: Any) -> tuple[DayRule, ...]:
    _, _, rows = _table(path, DAY_COLUMNS)
    rules: dict[date, DayRule] = {}
    for line, row, fault in rows:
        try:
            if fault:
                raise fault
            rule = _day_rule(row)
            before = rules.setdefault(rule.date, rule)
            if (before.kind, before.intervals) != (rule.kind, rule.intervals):
                raise Refused(N_("Ngày {ngay:%d/%m/%Y} đã được ghi khác ở một dòng trên"), ngay=rule.date)
        except Refused as refusal:
            refuse(path.name, f"dòng {line}", refusal)
    return tuple(rules.values())


def _day_rule(row: Row) -> DayRule:
    kind = row["kind"].strip().lower()
    if kind not in set(DayKind):
        raise Refused(N_("Cột kind phải là off hoặc work, đang là “{loai}”"), loai=_short(kind))
    hours = row.get("hours", "").strip()
    intervals = parse_intervals(hours) if hours and kind == DayKind.WORK else None
    return DayRule(read_moment(row["date"]).date(), DayKind(kind), row.get("reason", "").strip(), intervals)


def _table(path: Path, needed: tuple[str, ...]) -> tuple[str, list[str], Iterator[tuple[int, Row, Refused | None]]]:
    """Delimiter, columns and rows of a CSV file; a row of the wrong length comes with its refusal."""
    try:
        raw = path.read_bytes()
    except OSError as failure:
        raise Unreadable(path, "tệp", N_("không mở được tệp: {loi}"), loi=failure.strerror) from None
    try:
        text = raw.decode("utf-16" if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except UnicodeDecodeError as failure:
        raise Unreadable(path, f"byte {failure.start}", N_("tệp không phải là văn bản UTF-8")) from None
    head = text.lstrip("\r\n").partition("\n")[0]
    delimiter = max(",;\t", key=lambda mark: sum(name.strip(' "\r').lower() in needed for name in head.split(mark)))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    columns = _header(path, reader, needed)
    return delimiter, columns, _rows(path, reader, columns)


def _header(path: Path, reader: Any, needed: tuple[str, ...]) -> list[str]:
    try:
        header: list[str] = next((row for row in reader if any(cell.strip() for cell in row)), [])
    except csv.Error as failure:
        raise Unreadable(path, "dòng 1", N_("không đọc được CSV: {loi}"), loi=failure) from None
    names = [cell.strip() for cell in header]
    columns = [
        name.lower() if name.lower() in (*CASE_COLUMNS, *DAY_COLUMNS, "pauses", "hours", "reason") else name
        for name in names
    ]
    missing = [name for name in needed if name not in columns]
    if missing:
        raise Unreadable(
            path,
            "dòng tiêu đề",
            N_("thiếu cột {cot}; dòng đầu của tệp phải là tên các cột ({can}, …)"),
            cot=", ".join(missing),
            can=", ".join(needed),
        )
    twice = sorted({name for name in columns if name and columns.count(name) > 1})
    if twice:
        raise Unreadable(path, "dòng tiêu đề", N_("cột {cot} xuất hiện hai lần"), cot=", ".join(twice))
    return columns


def _rows(path: Path, reader: Any, columns: list[str]) -> Iterator[tuple[int, Row, Refused | None]]:
    while True:
        try:
            cells = next(reader, None)
        except csv.Error as failure:
            raise Unreadable(path, f"dòng {reader.line_num}", N_("không đọc được CSV: {loi}"), loi=failure) from None
        if cells is None:
            return
        if not any(cell.strip() for cell in cells):
            continue
        fault = None
        if len(cells) > len(columns) and any(cell.strip() for cell in cells[len(columns) :]):
            fault = Refused(N_("Dòng có {so} ô trong khi tiêu đề có {cot} cột"), so=len(cells), cot=len(columns))
        cells += [""] * (len(columns) - len(cells))
        yield reader.line_num, dict(zip(columns, cells, strict=False)), fault


def _write(
    answers: list[dict[str, Any]],
    columns: list[str],
    delimiter: str,
    refusals: list[dict[str, str]],
    out: TextIO,
    as_json: bool,
) -> None:
    if as_json:
        json.dump({"rows": answers, "refused": refusals}, out, ensure_ascii=False, indent=1)
        out.write("\n")
        return
    names = [("given_due_at" if name == "due_at" else name) for name in columns if name != "why"] + ["due_at", "why"]
    writer = csv.DictWriter(out, names, delimiter=delimiter, lineterminator="\n", extrasaction="ignore")
    writer.writeheader()
    writer.writerows(answers)


def _steps(result: Due) -> list[dict[str, Any]]:
    return [
        {"date": step.day.isoformat(), "counted": step.counted, "hours": step.hours, "reason": step.reason}
        for step in result.steps
    ]


def _iso(at: datetime | None) -> str:
    return "" if at is None else at.isoformat(timespec="seconds")


def _short(text: str) -> str:
    return text if len(text) <= 80 else text[:77] + "…"


def _one_line(text: object) -> str:
    return " ".join(str(text).split())
