"""Count everything once: when an installation gets measures, or new versions of them, beside records that are already there."""

from datetime import date, datetime

from django.db.models import Min

from lienthong.foundation.measures import rules
from lienthong.foundation.measures.actions.keep_definitions import keep_definitions
from lienthong.foundation.measures.actions.settle import rebuild
from lienthong.kit.dates import VIETNAM


def count_all(*, now: datetime) -> bool:
    """Keep the definitions that are new and, if there were any, count every day since the first record. Whether it was counted; a second
    run has nothing to do."""
    if not keep_definitions(now=now):
        return False
    first = _first_day()
    if first is None:
        return False
    rebuild(first, now.astimezone(VIETNAM).date() + rules.DAY)
    return True


def _first_day() -> date | None:
    """The day of the oldest record that is counted by day."""
    found = []
    for source in rules.sources().values():
        oldest = source.rows().aggregate(at=Min(source.at))["at"] if source.at else None
        if oldest is not None:
            found.append(oldest if source.on_day else oldest.astimezone(VIETNAM).date())
    return min(found, default=None)
