"""The words of the calendar."""

from __future__ import annotations

from enum import StrEnum


class Reason(str):
    """Why the law makes a date off or worked: a Vietnamese text that knows the marked sentence and the values it was
    made of, so that a page can say it in another language. What an administrator wrote is a plain text."""

    msgid: str
    params: dict[str, str]

    def __new__(cls, msgid: str, **params: str) -> Reason:
        text = super().__new__(cls, msgid.format(**params))
        text.msgid, text.params = msgid, params
        return text


class Unit(StrEnum):
    """In what a term is counted."""

    WORKING_DAYS = "working_days"
    WORKING_HOURS = "working_hours"
    CALENDAR_DAYS = "calendar_days"


class DayKind(StrEnum):
    """How a single date differs from its weekday. A half day is WORK with hours of its own."""

    OFF = "off"
    WORK = "work"


class Standing(StrEnum):
    """Where a deadline stands, seen from now."""

    LATE = "late"
    TODAY = "today"
    LATER = "later"
