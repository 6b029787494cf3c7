"""What the reader hands over: plain values with the place in the text that each was read from.

`start` and `end` count characters of the text that was given, and `text[start:end] == quote` always holds.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Comparator = Literal["exactly", "at_least", "at_most", "range", "all"]


@dataclass(frozen=True)
class Target:
    """One promised figure.

    `value_low` is None for `at_most`, `value_high` is None for `at_least`; both are equal for `exactly`, and 100 for
    `all`. `unit` is "%", a noun that is counted ("dịch vụ"), a measure ("ha") or money ("triệu đồng").
    `when` is "2015", "2016-2020", "tháng 12/2025", "quý II/2019", "hết quý II/2019", "31/12/2013", "hằng năm" or None.
    `scope` names the agencies it holds for, in the plan's own words, or is None.
    """

    start: int
    end: int
    quote: str
    subject: str
    comparator: Comparator
    value_low: Decimal | None
    value_high: Decimal | None
    unit: str
    when: str | None
    scope: str | None


@dataclass(frozen=True)
class Task:
    """Who does what by when. Agencies stand in the plan's own words; what the plan does not say is None."""

    start: int
    end: int
    quote: str
    responsible: str | None
    coordinating: str | None
    deadline: str | None
    task: str


@dataclass(frozen=True)
class Head:
    """What the top of a plan says about itself; `issued_on` is an ISO date, `period` like `Target.when`."""

    number: str | None = None
    issuer: str | None = None
    issued_on: str | None = None
    period: str | None = None
    title: str | None = None


@dataclass(frozen=True)
class Reading:
    """Everything that was read from one text, in the order of the text."""

    head: Head
    targets: tuple[Target, ...]
    tasks: tuple[Task, ...]
