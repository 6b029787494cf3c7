"""Reading golden_due.csv: one case per line, worked out by hand or by the minute oracle, never by the code it checks.

`days` holds rules over the law's calendar, separated by `;`: `2026-12-05 work`, `2026-12-31 work 07:30-11:30`.
`hours` is empty for 07:30-11:30, 13:00-17:00. An empty `due_at` means: not known while the pause lasts.
"""

from __future__ import annotations

import csv
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple

from lienthong.foundation.calendar.due_file import read_moment, read_pauses
from lienthong.foundation.calendar.rules import DayKind, DayRule, OfficeHours, WorkingTime, legal_working_time
from lienthong.foundation.calendar.working_time import parse_intervals
from lienthong.kit.dates import VIETNAM

GOLDEN = Path(__file__).with_name("golden_due.csv")


class Case(NamedTuple):
    line: int
    received: datetime
    amount: str
    unit: str
    pauses: list[tuple[datetime, datetime | None]]
    working_time: WorkingTime
    due_at: datetime | None
    worked: str
    why: str


def cases() -> list[Case]:
    with GOLDEN.open(encoding="utf-8", newline="") as file:
        return [_case(line, row) for line, row in enumerate(csv.DictReader(file), start=2)]


def day_rule(text: str) -> DayRule:
    day, kind, *hours = text.split()
    return DayRule(date.fromisoformat(day), DayKind(kind), "", parse_intervals(hours[0]) if hours else None)


def _case(line: int, row: dict[str, str]) -> Case:
    days = tuple(day_rule(text) for text in row["days"].split(";") if text.strip())
    return Case(
        line,
        aware(read_moment(row["received_at"])),
        row["amount"],
        row["unit"],
        [(aware(begin), end and aware(end)) for begin, end in read_pauses(row["pauses"])],
        legal_working_time(OfficeHours.parse(row["hours"]) if row["hours"] else OfficeHours(), days),
        datetime.fromisoformat(row["due_at"]) if row["due_at"] else None,
        row["worked"],
        row["why"],
    )


def aware(at: datetime) -> datetime:
    return at.replace(tzinfo=VIETNAM) if at.tzinfo is None else at.astimezone(VIETNAM)
