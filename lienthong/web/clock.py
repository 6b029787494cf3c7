"""The clock, for doors: acts and questions are told the moment, they never look themselves."""

from datetime import date, datetime

from lienthong.kit.dates import VIETNAM


def now() -> datetime:
    """This moment in Viet Nam's time: read at the door, passed on as a value."""
    return datetime.now(VIETNAM)


def today() -> date:
    """This day in Viet Nam."""
    return now().date()
