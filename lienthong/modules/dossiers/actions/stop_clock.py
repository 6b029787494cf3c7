"""Stop the statutory clock and let it run again: the parts that every stop shares."""

from datetime import datetime
from fractions import Fraction

from lienthong.foundation.access.terms import Seated
from lienthong.foundation.calendar.queries import working_time
from lienthong.foundation.calendar.rules import due, due_at, next_opening, working_time_between
from lienthong.foundation.calendar.working_time import WorkingTime
from lienthong.foundation.codes import queries as codes
from lienthong.foundation.work.actions.pause import pause, resume
from lienthong.kit.dates import VIETNAM
from lienthong.kit.refusal import N_
from lienthong.modules.dossiers import queries, rules
from lienthong.modules.dossiers.models import Dossier, Pause, StepRun
from lienthong.modules.dossiers.terms import DossierState, PauseKind
from lienthong.modules.procedures.terms import TermUnit

RULES = "dossier-rule"  # the list of rules with their days; the entry `supplement` is `anew` or `resume`
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
    how = rules.clock_after(PauseKind(stop.kind), supplement_rule(dossier.received_at))
    _move_deadline(dossier, stop, how, time_there, now)
    stop.due_after = dossier.due_at
    stop.save(update_fields=["due_after"])
    for run in queries.open_runs(dossier.pk):
        if run.item is not None and run.item.paused_at is not None:
            _resume_run(run, now)
    dossier.state = DossierState.IN_PROGRESS
    dossier.save(update_fields=["state", "due_at", "counts_from"])
    return stop


def supplement_rule(received_at: datetime) -> str:
    """`anew` or `resume`, as it held on the day of receipt."""
    day = received_at.astimezone(VIETNAM).date()
    found = [entry.name for entry in codes.entries(RULES, day) if entry.code == "supplement"]
    return found[-1] if found else "anew"


def _move_deadline(dossier: Dossier, stop: Pause, how: str, time_there: WorkingTime, now: datetime) -> None:
    if dossier.due_at is None:
        return
    counted = bool(dossier.amount) and dossier.unit != TermUnit.NONE
    if how == "anew" and dossier.amount is not None:
        dossier.counts_from = now
        dossier.due_at = rules.term_end(next_opening(now, time_there), dossier.amount, dossier.unit, time_there)
    elif dossier.extended_at is None and counted and dossier.amount is not None and dossier.counts_from is not None:
        stops = [
            (one.started_at, one.ended_at)
            for one in queries.pauses(dossier.pk)
            if one.started_at >= dossier.counts_from
        ]
        dossier.due_at = due(dossier.counts_from, rules.plain(dossier.amount), dossier.unit, time_there, stops).at
    else:
        dossier.due_at = later_by_what_was_left(dossier.due_at, stop.started_at, now, time_there)


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
