"""How a dossier's deadline came about: the account that its page shows."""

from collections.abc import Sequence

from lienthong.foundation.calendar.queries import working_time
from lienthong.foundation.calendar.rules import Due, due
from lienthong.modules.dossiers import rules
from lienthong.modules.dossiers.models import Dossier, Pause
from lienthong.modules.procedures.terms import TermUnit


def account(dossier: Dossier, pauses: Sequence[Pause]) -> Due | None:
    """The counting by the law from `counts_from` with the stops since then; None where no time in figures is given or the clock
    has not begun. After an extension the date in force is the apology's, and this is how the first one came about."""
    if not dossier.amount or dossier.unit == TermUnit.NONE or dossier.decider is None or dossier.counts_from is None:
        return None
    whole = rules.plain(dossier.amount)
    since = dossier.counts_from
    stops = [(stop.started_at, stop.ended_at) for stop in pauses if stop.started_at >= since]
    return due(since, whole, dossier.unit, working_time(dossier.decider.schedule_id), stops)
