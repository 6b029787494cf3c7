"""The clock, for doors: acts and questions are told the moment, they never look themselves."""

from datetime import date, datetime

from lienthong.kit.dates import VIETNAM


def now() -> datetime:
    return datetime.now(VIETNAM)


def today() -> date:
    return now().date()
