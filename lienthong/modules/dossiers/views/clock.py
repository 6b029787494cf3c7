"""The clock and the office's working time, read at the door."""

from datetime import datetime

from lienthong.foundation.access.terms import Seated
from lienthong.foundation.calendar.queries import working_time
from lienthong.foundation.calendar.wording import Deadline, deadline
from lienthong.kit.dates import VIETNAM


def now() -> datetime:
    return datetime.now(VIETNAM)


class Deadlines:
    """Puts deadlines in words for one viewer at one moment; the working time of each schedule is read once."""

    def __init__(self, viewer: Seated, at: datetime):
        self.at, self.own = at, viewer.schedule_id
        self._times = {self.own: working_time(self.own)}

    def __call__(
        self, due_at: datetime | None, done_at: datetime | None = None, schedule_id: int | None = None
    ) -> Deadline:
        """In the working time of that schedule: a dossier's deadline counts in its deciding agency's hours."""
        if schedule_id not in self._times:
            self._times[schedule_id] = working_time(schedule_id)
        return deadline(self.at, due_at, self._times[schedule_id], done_at)
