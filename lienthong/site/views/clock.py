"""The clock, read at the door."""

from datetime import datetime

from lienthong.kit.dates import VIETNAM


def now() -> datetime:
    """This moment, in Vietnam's time."""
    return datetime.now(VIETNAM)
