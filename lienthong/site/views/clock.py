"""The clock, read at the door."""

from datetime import datetime

from lienthong.kit.dates import VIETNAM


def now() -> datetime:
    return datetime.now(VIETNAM)
