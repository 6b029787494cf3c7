"""The shape of a year of work: which days see how much of it, and how things change from month to month."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from itertools import accumulate
from random import Random

from lienthong.foundation.calendar.rules import is_open
from lienthong.foundation.calendar.working_time import WorkingTime
from lienthong.kit.dates import VIETNAM
from lienthong.site.sample.bulk import DAY
from lienthong.site.sample.people import BEGINNING

# How busy a month is, in parts of the usual one: letters before the year's end, dossiers after Tết and in summer.
LETTERS = {
    1: 1.0, 2: 0.75, 3: 1.05, 4: 1.0, 5: 0.9, 6: 1.0, 7: 0.9, 8: 0.85, 9: 1.0, 10: 1.1, 11: 1.2, 12: 1.35,
}  # fmt: skip
DOSSIERS = {
    1: 0.85, 2: 0.7, 3: 1.1, 4: 1.05, 5: 1.0, 6: 1.05, 7: 1.1, 8: 1.15, 9: 1.0, 10: 0.95, 11: 1.0, 12: 1.0,
}  # fmt: skip
_LAST_YEAR = 0.45  # of the year before last January less was kept
_WEEKDAYS = (1.25, 1.05, 1.0, 0.95, 0.8, 0.5, 0.5)
_AHEAD = 120  # days that deadlines may reach beyond today


class Timeline:
    """Working minutes from the first day of the year before, or from when these agencies began, counted from 0; `end` is now."""

    def __init__(self, now: datetime, working_time: WorkingTime):
        local = now.astimezone(VIETNAM)
        self.now, today = local, local.date()
        first = max(date(today.year - 1, 1, 1), BEGINNING)
        span = (today - first).days + 1 + _AHEAD
        days = [first + timedelta(days=one) for one in range(span)]
        self.days = [day for day in days if is_open(datetime.combine(day, time(9), VIETNAM), working_time)]
        self.clocks = [time(one // 60, one % 60) for one in (*range(450, 690), *range(780, 1020))]
        self.past = bisect_right(self.days, today)
        self.end = self.index(local)

    def index(self, moment: datetime) -> int:
        """The minute of a moment, or the next one where offices are closed."""
        local = moment.astimezone(VIETNAM)
        place = bisect_left(self.days, local.date())
        if place == len(self.days) or self.days[place] != local.date():
            return place * DAY
        return place * DAY + bisect_left(self.clocks, local.time())

    def moment(self, minute: int) -> datetime:
        """The moment of a minute; an opening, not the closing before it."""
        return datetime.combine(self.days[minute // DAY], self.clocks[minute % DAY], VIETNAM)

    def closing(self, minute: int) -> datetime:
        """The same for a deadline: the closing before, not an opening."""
        return self.moment(minute - 1) + timedelta(minutes=1)

    def progress(self, minute: int) -> float:
        """0 at the beginning, 1 now: for what grows."""
        return min(1.0, minute / max(1, self.end))

    def spread(self, many: int, months: Mapping[int, float], random: Random) -> list[int]:
        """So many minutes, in order, more of them on busy days; the first days after Tết are quiet."""
        weights = [self._weight(place, months) for place in range(self.past)]
        heavy = list(accumulate(weights))
        found: list[int] = []
        while len(found) < many:
            day = bisect_right(heavy, random.random() * heavy[-1])
            minute = min(day, self.past - 1) * DAY + min(DAY - 1, max(0, int(random.triangular(5, DAY, 150))))
            if minute < self.end - 2:
                found.append(minute)
        return sorted(found)

    def _weight(self, place: int, months: Mapping[int, float]) -> float:
        day = self.days[place]
        weight = months[day.month] * _WEEKDAYS[day.weekday()]
        if day.year < self.now.year:
            weight *= _LAST_YEAR
        if any((day - self.days[before]).days > 5 + place - before for before in range(max(0, place - 4), place)):
            weight *= 0.55  # offices were closed for long just before
        return weight


def character(name: str, what: str, low: float, high: float) -> float:
    """A trait of an agency: always the same for the same name."""
    return Random(f"{what} {name}").uniform(low, high)  # noqa: S311 - chance for a story, not for a secret


def grown(progress: float, first: float, last: float) -> float:
    """What began as `first` and is `last` by now."""
    return first + (last - first) * progress
