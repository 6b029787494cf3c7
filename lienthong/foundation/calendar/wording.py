"""A deadline in words: "còn 2 ngày làm việc", "Trước 17:00", "Quá hạn 3 ngày làm việc". Takes and gives plain values."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from lienthong.foundation.calendar.rules import remaining
from lienthong.foundation.calendar.terms import Standing
from lienthong.foundation.calendar.working_time import WorkingTime
from lienthong.kit.dates import VIETNAM, vn_date, weekday_name
from lienthong.kit.refusal import N_

FULL_DAY = 8  # office hours; a whole day left is said as a day


@dataclass(frozen=True, slots=True)
class Deadline:
    """`kind` is late, today, soon, none or done; `msgid` with `params` is the sentence, `on` the day under it."""

    kind: str
    msgid: str
    params: dict
    on: str = ""


NONE = Deadline("none", N_("Không có hạn"), {})


def deadline(
    now: datetime, due_at: datetime | None, working_time: WorkingTime, done_at: datetime | None = None
) -> Deadline:
    """How a deadline reads at `now`; of a finished debt, whether it was done early or late."""
    if done_at is not None:
        if due_at is None:
            return Deadline("done", N_("Hoàn thành"), {}, vn_date(done_at))
        if done_at <= due_at:
            return Deadline("done", N_("Hoàn thành đúng hạn"), {}, vn_date(done_at))
        return Deadline("done", N_("Hoàn thành, trễ hạn"), {}, vn_date(done_at))
    if due_at is None:
        return NONE
    local = due_at.astimezone(VIETNAM)
    on = f"{weekday_name(local)}, {vn_date(local)}"
    left = remaining(now, due_at, working_time)
    hours = max(1, round(left.time.total_seconds() / 3600)) if left.time else 0
    if left.standing == Standing.LATE:
        if left.days:
            return Deadline("late", N_("Quá hạn {days} ngày làm việc"), {"days": left.days}, on)
        return Deadline("late", N_("Quá hạn {hours} giờ làm việc"), {"hours": max(hours, 1)}, on)
    if left.standing == Standing.TODAY:
        return Deadline("today", N_("Trước {time}"), {"time": f"{local:%H:%M}"}, on)
    # Before the office opens, today or the next working day is still whole: it is left too, not only the days after it.
    whole = left.days + (left.time >= timedelta(hours=FULL_DAY))
    if whole or hours >= FULL_DAY:
        return Deadline("soon", N_("còn {days} ngày làm việc"), {"days": whole or 1}, on)
    return Deadline("soon", N_("còn {hours} giờ làm việc"), {"hours": max(hours, 1)}, on)
