"""`./lt plan read FILE`: what the reader finds in a plan, for people or as JSON.

JSON has the keys `targets` (start, end, quote, subject, comparator, value_low, value_high, unit, when, scope) and
`tasks` (start, end, quote, responsible, coordinating, deadline, task). Offsets count characters of the text: for a
.txt the decoded file without its byte order mark, for .docx and .pdf the text as it was taken out (`--text` prints it).
"""

import argparse
import io
import json
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any, TextIO

from lienthong.kit.refusal import Refused
from lienthong.modules.plans.plan_text import text_of_plan
from lienthong.modules.plans.reader import Reading, Target, Task, read

ALL_DONE, NOTHING_DONE = 0, 2
_COMPARATORS = {
    "exactly": "đạt",
    "at_least": "ít nhất",
    "at_most": "không quá",
    "range": "từ … đến …",
    "all": "toàn bộ",
}


def main(argv: list[str]) -> int:
    """Run with the arguments after `plan`; returns the exit code (0 read, 2 nothing could be read)."""
    parser = argparse.ArgumentParser(prog="lt plan", description="Đọc chỉ tiêu, nhiệm vụ từ văn bản của một kế hoạch.")
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="read")
    reading = verbs.add_parser("read", help="đọc một tệp .txt, .docx, .pdf · read a file")
    reading.add_argument("file", type=Path, metavar="FILE")
    reading.add_argument("--json", action="store_true", dest="as_json", help="in kết quả dạng JSON · print JSON")
    reading.add_argument(
        "--text", action="store_true", help="in văn bản đã lấy ra từ tệp · print the text that offsets count"
    )
    given = parser.parse_args(argv)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a terminal of the C locale could not print Vietnamese
            stream.reconfigure(encoding="utf-8", errors="replace")
    return run(given.file, given.as_json, given.text, sys.stdout, sys.stderr)


def run(path: Path, as_json: bool, as_text: bool, out: TextIO, err: TextIO) -> int:
    """Read one file and write what was found; a file that cannot be read is one line on `err`."""
    try:
        with path.open("rb") as file:
            text = text_of_plan(file, path.name)
    except OSError as failure:
        print(f"{path}: không mở được tệp: {failure.strerror}", file=err)
        return NOTHING_DONE
    except Refused as refusal:
        print(f"{path}: {refusal}", file=err)
        return NOTHING_DONE
    if as_text:
        out.write(text)
        return ALL_DONE
    found = read(text)
    if as_json:
        json.dump(as_data(found), out, ensure_ascii=False, indent=1)
        out.write("\n")
    else:
        out.write(in_words(found))
    return ALL_DONE


def as_data(found: Reading) -> dict[str, list[dict[str, Any]]]:
    """The reading as plain JSON values; numbers are numbers, what is not said is null."""
    return {
        "targets": [
            {
                "start": target.start, "end": target.end, "quote": target.quote, "subject": target.subject,
                "comparator": target.comparator, "value_low": number(target.value_low), "value_high": number(target.value_high),
                "unit": target.unit, "when": target.when, "scope": target.scope,
            }
            for target in found.targets
        ],
        "tasks": [
            {
                "start": task.start, "end": task.end, "quote": task.quote, "responsible": task.responsible,
                "coordinating": task.coordinating, "deadline": task.deadline, "task": task.task,
            }
            for task in found.tasks
        ],
    }  # fmt: skip


def number(value: Decimal | None) -> int | float | None:
    """A whole number as such, any other with its decimals."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def in_words(found: Reading) -> str:
    """The reading as lines for a person."""
    head = found.head
    lines = [
        f"Kế hoạch số {head.number or '(không rõ)'} · {head.issuer or 'không rõ cơ quan ban hành'} · {head.issued_on or 'không rõ ngày'}"
    ]
    lines += [f"{head.title}"] if head.title else []
    lines += ["", f"CHỈ TIÊU ({len(found.targets)})"]
    lines += [_target_line(place, target) for place, target in enumerate(found.targets, 1)]
    lines += ["", f"NHIỆM VỤ ({len(found.tasks)})"]
    lines += [_task_line(place, task) for place, task in enumerate(found.tasks, 1)]
    return "\n".join(lines) + "\n"


def _target_line(place: int, target: Target) -> str:
    low, high = (_written(value) for value in (target.value_low, target.value_high))
    if target.comparator == "range":
        figure = f"từ {low} đến {high}"
    else:
        figure = f"{_COMPARATORS[target.comparator]} {low or high}"
    when = f" · {target.when}" if target.when else ""
    scope = f" · {target.scope}" if target.scope else ""
    return f"{place:>4}. {target.subject}: {figure} {target.unit}{when}{scope} [{target.start}-{target.end}]"


def _written(value: Decimal | None) -> str:
    if value is None:
        return ""
    whole = f"{value:,f}".rstrip("0").rstrip(".") if value != value.to_integral_value() else f"{int(value):,}"
    return whole.translate(str.maketrans(",.", ".,"))


def _task_line(place: int, task: Task) -> str:
    who = task.responsible or "chưa rõ cơ quan chủ trì"
    support = f" · phối hợp: {task.coordinating}" if task.coordinating else ""
    due = f" · thời hạn: {task.deadline}" if task.deadline else ""
    return f"{place:>4}. {who}: {' '.join(task.task.split())[:200]}{support}{due} [{task.start}-{task.end}]"
