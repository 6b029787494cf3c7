"""Count everything once: when an installation gets measures, or new versions of them, beside records that are already there."""

from collections.abc import Callable, Iterable
from datetime import date, datetime

from django.db.models import Min

from lienthong.foundation.measures import rules
from lienthong.foundation.measures.actions.keep_definitions import keep_definitions
from lienthong.foundation.measures.actions.settle import rebuild
from lienthong.foundation.measures.queries.definitions import new_ones
from lienthong.foundation.measures.terms import Agencies, AgenciesWith, Measure, Source
from lienthong.kit.dates import VIETNAM


def count_all(*, now: datetime, progress: Callable[[int, int], None] = lambda _done, _total: None) -> bool:
    """Count every day since the first record for measures that are new, then keep their definitions: killed in between, the next
    start counts again. It may take minutes, of which `progress(done, total)` is told. Whether it was counted; a second run has nothing
    to do."""
    new = new_ones()
    if not new:
        return False
    sources = _sources_of(new)
    first = _first_day(sources)
    if first is not None:
        rebuild(first, now.astimezone(VIETNAM).date() + rules.DAY, sources, progress)
    keep_definitions(now=now)
    return first is not None


def _sources_of(measures: Iterable[Measure]) -> list[Source]:
    """Where the records of these measures come from, in the order in which all sources stand."""
    counted = [what for measure in measures for what in measure.countables if not isinstance(what, Agencies)]
    named = {(what.quantity if isinstance(what, AgenciesWith) else what).source.code for what in counted}
    return [source for code, source in rules.sources().items() if code in named]


def _first_day(sources: Iterable[Source]) -> date | None:
    """The day of the oldest record of these sources that is counted by day."""
    found = []
    for source in sources:
        oldest = source.rows().aggregate(at=Min(source.at))["at"] if source.at else None
        if oldest is not None:
            found.append(oldest if source.on_day else oldest.astimezone(VIETNAM).date())
    return min(found, default=None)
