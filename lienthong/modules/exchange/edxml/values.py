"""Single values of an edXML message: dates, times, numbers, switches, as different writers put them."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone

from lienthong.kit.refusal import N_, Refused
from lienthong.kit.xml import shorten

VIETNAM = timezone(timedelta(hours=7), "+07")

_CLOCK = (
    r"(?:[T ]\s*(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d{1,9})?)?"
    r"\s*(?P<zone>Z|[+-]\d{2}:?\d{2})?)?"
)
_FORMS = (
    re.compile(r"(?P<year>\d{4})[/.-](?P<month>\d{1,2})[/.-](?P<day>\d{1,2})" + _CLOCK, re.ASCII),
    re.compile(r"(?P<day>\d{1,2})[/.-](?P<month>\d{1,2})[/.-](?P<year>\d{4})" + _CLOCK, re.ASCII),
)
_TRUE = {"1", "true", "yes"}
_FALSE = {"0", "false", "no"}


def moment(text: str, field: str) -> datetime | None:
    """``yyyy/MM/dd HH:mm:ss``, ``dd/MM/yyyy …`` or ISO 8601 as Vietnam time; None when empty.

    A time without zone is Vietnam time (28/2018/QĐ-TTg art. 10). Raises ``Refused`` naming field
    and value when there is no such moment.
    """
    if not text:
        return None
    for form in _FORMS:
        if found := form.fullmatch(text):
            break
    else:
        raise _no_such(text, field)
    part = found.groupdict()
    zone = VIETNAM
    if part["zone"] == "Z":
        zone = UTC
    elif part["zone"]:
        sign = -1 if part["zone"][0] == "-" else 1
        digits = part["zone"][1:].replace(":", "")
        minutes = int(digits[:2]) * 60 + int(digits[2:])
        if minutes >= 24 * 60:
            raise _no_such(text, field)
        zone = timezone(sign * timedelta(minutes=minutes))
    try:
        there = datetime(
            int(part["year"]),
            int(part["month"]),
            int(part["day"]),
            int(part["hour"] or 0),
            int(part["minute"] or 0),
            int(part["second"] or 0),
            tzinfo=zone,
        )
        # Year 1 is how .NET programs write "no date".
        return None if there.year == 1 else there.astimezone(VIETNAM)
    except (ValueError, OverflowError):
        raise _no_such(text, field) from None


def day(text: str, field: str) -> date | None:
    """A date in the forms of ``moment``, with or without a time of day; None when empty."""
    found = moment(text, field)
    return found.date() if found else None


def number(text: str) -> int | None:
    """A whole number of at most nine digits, else None."""
    return int(text) if re.fullmatch(r"-?\d{1,9}", text, re.ASCII) else None


def switch(text: str) -> bool | None:
    """1/0 or true/false, else None."""
    lower = text.lower()
    return True if lower in _TRUE else False if lower in _FALSE else None


def _no_such(text: str, field: str) -> Refused:
    return Refused(
        N_("Trường {truong}: ngày “{gia_tri}” không tồn tại hoặc không đúng dạng năm/tháng/ngày."),
        truong=field,
        gia_tri=shorten(text),
    )
