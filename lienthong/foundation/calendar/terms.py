"""The words of the calendar."""

from __future__ import annotations

from enum import StrEnum


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
