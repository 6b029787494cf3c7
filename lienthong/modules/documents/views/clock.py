"""The clock and the office's working time, read at the door."""

from datetime import datetime

from lienthong.foundation.access.terms import Seated
from lienthong.foundation.calendar.queries import working_time
from lienthong.foundation.calendar.wording import Deadline, deadline
from lienthong.kit.dates import VIETNAM


def now() -> datetime:
    return datetime.now(VIETNAM)


class Deadlines:
    """Puts deadlines in words for one viewer at one moment; the working time is read once."""

    def __init__(self, viewer: Seated, at: datetime):
        self.at = at
        self.working_time = working_time(viewer.schedule_id)

    def __call__(self, due_at: datetime | None, done_at: datetime | None = None) -> Deadline:
        return deadline(self.at, due_at, self.working_time, done_at)
