"""Stop the statutory clock and let it run again: the parts that every stop shares."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from fractions import Fraction

from lienthong.foundation.access.terms import Seated
from lienthong.foundation.calendar.queries import working_time
from lienthong.foundation.calendar.rules import due, due_at, is_open, next_opening, working_time_between
from lienthong.foundation.calendar.working_time import WorkingTime
from lienthong.foundation.work.actions.pause import pause, resume
from lienthong.kit.dates import VIETNAM
from lienthong.kit.refusal import N_
from lienthong.modules.dossiers import queries, rules
from lienthong.modules.dossiers.models import Dossier, Pause, StepRun
from lienthong.modules.dossiers.queries import rules_of_day
from lienthong.modules.dossiers.terms import DossierState, PauseKind
from lienthong.modules.procedures.terms import TermUnit

_HOUR = 3_600_000_000


def stop_clock(
    *, dossier: Dossier, kind: PauseKind, reason: str, answer_by: datetime | None, actor: Seated, now: datetime
) -> Pause:
    """From now on no time passes for the administration; the inner deadlines of open steps stop as well."""
    rules.require_state(dossier.state, {DossierState.IN_PROGRESS}, N_("dừng đồng hồ"))
    for run in queries.open_runs(dossier.pk):
        if run.item is not None and run.item.paused_at is None:
            pause(item_id=run.item.pk, reason=reason[:300], now=now)
    dossier.state = DossierState.STOPPED_CLOCK
    dossier.save(update_fields=["state"])
    return Pause.objects.create(
        dossier=dossier, kind=kind, reason=reason.strip()[:2000], started_at=now, answer_by=answer_by,
        asked_by=actor.person_name, due_before=dossier.due_at,
    )  # fmt: skip


def start_clock(*, dossier: Dossier, now: datetime) -> Pause:
    """The stop ends: the statutory deadline follows the rule of the day of receipt, inner ones keep what was left."""
    rules.require_state(dossier.state, {DossierState.STOPPED_CLOCK}, N_("chạy lại đồng hồ"))
    stop = Pause.objects.select_for_update().get(dossier=dossier, ended_at__isnull=True)
    stop.ended_at = now
    stop.save(update_fields=["ended_at"])
    assert dossier.decider is not None
    time_there = working_time(dossier.decider.schedule_id)
    day = dossier.received_at.astimezone(VIETNAM).date()
    how = rules.clock_after(PauseKind(stop.kind), rules_of_day.after_supplement(day))
    _move_deadline(dossier, stop, how, time_there, now)
    stop.due_after = dossier.due_at
    stop.save(update_fields=["due_after"])
    for run in queries.open_runs(dossier.pk):
        if run.item is not None and run.item.paused_at is not None:
            _resume_run(run, now)
    dossier.state = DossierState.IN_PROGRESS
    dossier.save(update_fields=["state", "due_at", "counts_from"])
    return stop


def _move_deadline(dossier: Dossier, stop: Pause, how: str, time_there: WorkingTime, now: datetime) -> None:
    """Anew: the whole time again. Else, where the date in force is the one that the law gives, it is counted again with this
    stop in it; a date that people gave (a promise kept, a correction, an apology) moves by what was left."""
    if dossier.due_at is None:
        return
    if how == "anew" and dossier.amount is not None:
        until = rules_of_day.same_day_until(dossier.received_at.astimezone(VIETNAM).date())
        dossier.counts_from = rules.clock_start(now, dossier.unit, time_there)
        dossier.due_at = rules.term_end(now, dossier.amount, dossier.unit, time_there, until)
        return
    stops = [(one.started_at, one.ended_at) for one in queries.pauses(dossier.pk) if one.pk != stop.pk]
    if _counted(dossier, stops, time_there) == dossier.due_at:
        dossier.due_at = _counted(dossier, [*stops, (stop.started_at, now)], time_there)
    else:
        dossier.due_at = _shifted(dossier.due_at, dossier.unit, stop.started_at, now, time_there)


def _counted(
    dossier: Dossier, stops: Sequence[tuple[datetime, datetime | None]], time_there: WorkingTime
) -> datetime | None:
    """The date by the law from `counts_from` with these stops; None where the time is not a positive figure."""
    if not dossier.amount or dossier.unit == TermUnit.NONE or dossier.counts_from is None:
        return None
    since = dossier.counts_from
    mine = sorted(one for one in stops if one[0] >= since)
    return due(since, rules.plain(dossier.amount), dossier.unit, time_there, mine).at


def _shifted(due_before: datetime, unit: str, stopped: datetime, now: datetime, time_there: WorkingTime) -> datetime:
    """A date given by people, later by the stop. Calendar days move by dates and a day off gives way to the next working day;
    a date at an opening stays at one."""
    local = due_before.astimezone(VIETNAM)
    days = (now.astimezone(VIETNAM).date() - stopped.astimezone(VIETNAM).date()).days
    if unit == TermUnit.CALENDAR_DAYS and stopped < due_before:
        day = local.date() + timedelta(days=days)
        while not time_there.intervals_on(day):
            day += timedelta(days=1)
        return datetime.combine(day, local.time(), VIETNAM)
    moved = later_by_what_was_left(due_before, stopped, now, time_there)
    at_opening = is_open(due_before, time_there) and not is_open(due_before - timedelta(microseconds=1), time_there)
    return next_opening(moved, time_there) if at_opening else moved


def later_by_what_was_left(due_before: datetime, stopped: datetime, now: datetime, time_there: WorkingTime) -> datetime:
    """The open time that was left when the clock stopped is left now; a deadline that had passed stays."""
    left = working_time_between(stopped, due_before, time_there)
    if left.total_seconds() <= 0:
        return due_before
    microseconds = left.days * 24 * _HOUR + left.seconds * 1_000_000 + left.microseconds
    return due_at(now, Fraction(microseconds, _HOUR), "working_hours", time_there)


def _resume_run(run: StepRun, now: datetime) -> None:
    time_there = working_time(run.agency.schedule_id)

    def moved(due_before: datetime | None, stopped: datetime, ended: datetime) -> datetime | None:
        return later_by_what_was_left(due_before, stopped, ended, time_there) if due_before else None

    assert run.item is not None and run.item.paused_at is not None
    if run.due_at is not None:
        run.due_at = moved(run.due_at, run.item.paused_at, now)
        run.save(update_fields=["due_at"])
    resume(item_id=run.item.pk, now=now, new_due=moved)
