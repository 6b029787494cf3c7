"""Count everything once: when an installation gets measures, or new versions of them, beside records that are already there."""

from collections.abc import Callable
from datetime import date, datetime

from django.db.models import Min

from lienthong.foundation.measures import rules
from lienthong.foundation.measures.actions.keep_definitions import keep_definitions
from lienthong.foundation.measures.actions.settle import rebuild
from lienthong.foundation.measures.queries.definitions import new_ones
from lienthong.kit.dates import VIETNAM


def count_all(*, now: datetime, begins: Callable[[], None] = lambda: None) -> bool:
    """Count every day since the first record if a measure is new, then keep its definition: killed in between, the next start
    counts again. `begins` is called before what may take minutes. Whether it was counted; a second run has nothing to do."""
    if not new_ones():
        return False
    first = _first_day()
    if first is not None:
        begins()
        rebuild(first, now.astimezone(VIETNAM).date() + rules.DAY)
    keep_definitions(now=now)
    return first is not None


def _first_day() -> date | None:
    """The day of the oldest record that is counted by day."""
    found = []
    for source in rules.sources().values():
        oldest = source.rows().aggregate(at=Min(source.at))["at"] if source.at else None
        if oldest is not None:
            found.append(oldest if source.on_day else oldest.astimezone(VIETNAM).date())
    return min(found, default=None)
