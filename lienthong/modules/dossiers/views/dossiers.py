"""One dossier: what it is, how its deadline comes about, where it waits, and what this viewer may do now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from lienthong.foundation.access.rules import allows
from lienthong.foundation.access.terms import Seated
from lienthong.foundation.calendar.queries import working_time
from lienthong.foundation.calendar.rules import Due, working_time_between
from lienthong.foundation.trail import queries as trail
from lienthong.modules.citizens.rules import masked
from lienthong.modules.dossiers import queries
from lienthong.modules.dossiers.actions.start_steps import steps_of
from lienthong.modules.dossiers.models import Dossier, Pause, Payment, Slip, StepRun
from lienthong.modules.dossiers.queries.account import account
from lienthong.modules.dossiers.terms import (
    DONE,
    GRADE_LABELS,
    OPEN,
    OUTCOME_LABELS,
    PAID_LABELS,
    PAPER_LABELS,
    PAUSE_LABELS,
    PUNCTUALITY_LABELS,
    ROLE_LABELS,
    SLIP_LABELS,
    STATE_LABELS,
    WAY_LABELS,
    DocumentRole,
    DossierState,
    Grade,
    Outcome,
    PaidBy,
    PaperForm,
    PauseKind,
    Punctuality,
    ResultWay,
    SlipKind,
)
from lienthong.modules.dossiers.views.clock import Deadlines, now
from lienthong.modules.dossiers.views.timeline import timeline
from lienthong.modules.procedures.terms import Channel, StepKind
from lienthong.web.request import Request


def one(request: Request, pk: int) -> HttpResponse:
    """The page of a dossier."""
    viewer, at = request.actor, now()
    dossier = queries.dossier_for(viewer, pk)
    run = queries.my_run(viewer, pk)
    runs, pauses = queries.runs(pk), queries.pauses(pk)
    words = Deadlines(viewer, at)
    schedule = dossier.decider.schedule_id if dossier.decider else None
    for row in runs:
        row.deadline = words(row.due_at, row.done_at, row.agency.schedule_id)
        row.punctuality_label = PUNCTUALITY_LABELS[Punctuality(row.punctuality)] if row.punctuality else ""
    papers = queries.papers(pk)
    for paper in papers:
        paper.form_label = PAPER_LABELS[PaperForm(paper.form)]
    slips = queries.slips(pk)
    for slip in slips:
        slip.label = SLIP_LABELS[SlipKind(slip.kind)]
    counted, rating = account(dossier, pauses), queries.rating(pk)
    stop = next((pause for pause in pauses if pause.ended_at is None), None)
    context: dict[str, Any] = {
        "dossier": dossier, "label": STATE_LABELS[DossierState(dossier.state)],
        "deadline": words(dossier.due_at, dossier.ended_at if dossier.state in DONE else None, schedule),
        "masked": masked(dossier.identity), "run": run, "runs": runs, "pauses": pauses, "papers": papers, "slips": slips,
        "receipt": next((slip for slip in reversed(slips) if slip.kind == SlipKind.RECEIPT), None),
        "to_print": _to_print(viewer, dossier, slips), "just_made": bool(slips) and at - slips[-1].at < _JUST,
        "assignable": [row for row in runs if row.state == "open" and _assignable(viewer, dossier, row)],
        "steps": _table(dossier, runs), "open_runs": [row for row in runs if row.state == "open"],
        "consultations": queries.consultations(pk), "my_consultation": queries.my_consultation(viewer, pk),
        "documents": [(row, ROLE_LABELS[DocumentRole(row.role)]) for row in queries.documents(pk)], "results": queries.results(pk), "parcels": queries.parcels(pk),
        "payments": _payments(pk),
        "history": trail.history([dossier]), "account": counted, "days": day_lines(counted), "stop": stop,
        "stop_label": PAUSE_LABELS[PauseKind(stop.kind)] if stop else "", "left": _left(dossier, stop, at),
        "outcome": OUTCOME_LABELS[Outcome(dossier.outcome)], "way": WAY_LABELS[ResultWay(dossier.result_way)],
        "punctuality": PUNCTUALITY_LABELS[Punctuality(dossier.punctuality)] if dossier.punctuality else "",
        "rating": rating, "grade": GRADE_LABELS[Grade(rating.grade)] if rating else "",
        "may": _may(viewer, dossier, run, stop, rating is not None),
        "timeline": timeline(dossier=dossier, runs=runs, pauses=pauses, now=at), "asked": sum(paper.asked for paper in papers),
    }  # fmt: skip
    return render(request, "dossiers/one.html", context)


def _may(viewer: Seated, dossier: Dossier, run: StepRun | None, stop: Pause | None, rated: bool) -> set[str]:
    """The acts that this viewer may do on this dossier now; what is absent here is absent on the page."""
    may: set[str] = set()
    state = DossierState(dossier.state)
    ours = viewer.agency_id in queries.agencies_of(dossier)
    if state == DossierState.IN_PROGRESS and run is not None:
        may |= {"decide"} if run.kind == StepKind.DECIDE else {"finish"}
        may |= {"supplement", "suspend", "opinion", "back", "result", "link"}
        if viewer.may("documents.register"):
            may.add("release")
    if state in {*OPEN, *DONE} and allows(viewer, "dossiers.handle", agency_id=dossier.decider_id):
        may.add("link")
    if state == DossierState.IN_PROGRESS and allows(viewer, "dossiers.assign", agency_id=dossier.decider_id):
        may.add("restart")
    if ours and viewer.may("dossiers.decide") and viewer.agency_id == dossier.decider_id and state in OPEN:
        may.add("stop")
        if state == DossierState.IN_PROGRESS and dossier.extended_at is None and dossier.due_at is not None:
            may.add("apologise")
    if ours and viewer.may("dossiers.receive"):
        may |= _desk(state, stop)
        if dossier.channel == Channel.POST and state != DossierState.NOT_RECEIVED:
            may.add("inward_parcel")
    may_handle = allows(viewer, "dossiers.handle", agency_id=dossier.decider_id) or run is not None
    if stop is not None and stop.kind != PauseKind.SUPPLEMENT and may_handle:
        may.add("resume")
    if ours and viewer.may("dossiers.return") and state in {DossierState.READY, DossierState.ON_DELIVERY}:
        may |= {"give_back", "parcel"} if state == DossierState.READY else {"give_back"}
    if ours and viewer.may("dossiers.return") and state in {*DONE, DossierState.STOPPED} and not rated:
        may.add("rate")
    if ours and viewer.may("dossiers.receive") and state in {*OPEN, *DONE}:
        may.add("pay")
    if state == DossierState.ON_THE_WAY and dossier.item and dossier.item.holder_id == viewer.post_id:
        may.add("take_over")
    return may


def _payments(dossier_id: int) -> list[Payment]:
    found = queries.payments(dossier_id)
    for row in found:
        row.label = PAID_LABELS[PaidBy(row.way)]
    return found


_JUST = timedelta(minutes=30)  # so long after a slip was made, printing it is the next thing to do


def _to_print(viewer: Seated, dossier: Dossier, slips: Sequence[Slip]) -> Slip | None:
    """What the counter hands to the applicant: the receipt in force, or the slip that says why nothing was received."""
    if not viewer.may("dossiers.receive") or viewer.agency_id != dossier.received_by_id:
        return None
    wanted = (
        {SlipKind.SUPPLEMENT, SlipKind.REFUSAL} if dossier.state == DossierState.NOT_RECEIVED else {SlipKind.RECEIPT}
    )
    if dossier.state not in {*OPEN, DossierState.NOT_RECEIVED}:
        return None
    return next((slip for slip in reversed(slips) if slip.kind in wanted), None)


def _assignable(viewer: Seated, dossier: Dossier, run: StepRun) -> bool:
    running = dossier.state in {DossierState.IN_PROGRESS, DossierState.READY}
    return running and viewer.may("dossiers.assign") and queries.holds(viewer, run)


def _desk(state: DossierState, stop: Pause | None) -> set[str]:
    may = {"again"} if state == DossierState.NOT_RECEIVED else set()
    if state in OPEN:
        may.add("withdraw")
    if state in OPEN - {DossierState.UNCLEAR}:
        may.add("correct")
    if state == DossierState.UNCLEAR:
        may.add("name_agency")
    if stop is not None and stop.kind == PauseKind.SUPPLEMENT:
        may.add("take_supplement")
    return may


@dataclass(frozen=True, slots=True)
class Line:
    """A step of the table beside what became of it; `hours` None where no time is counted."""

    key: str
    name: str
    hours: Any
    run: StepRun | None


def _table(dossier: Dossier, runs: Sequence[StepRun]) -> list[Line]:
    last = {run.key: run for run in runs}
    return [Line(step.key, _(step.name), step.hours, last.get(step.key)) for step in steps_of(dossier)]


def day_lines(counted: Due | None) -> list[dict[str, Any]]:
    """The account day by day; days off that follow each other stand in one line."""
    found: list[dict[str, Any]] = []
    for step in counted.steps if counted else []:
        last = found[-1] if found else None
        if last and not step.counted and not last["counted"] and last["reason"] == step.reason:
            last["until"] = step.day
            continue
        found.append(
            {"day": step.day, "until": step.day, "counted": step.counted, "hours": step.hours, "reason": step.reason,
             "part": min(100, round(step.hours / 8 * 100))}
        )  # fmt: skip
    return found


def _left(dossier: Dossier, stop: Pause | None, at: datetime) -> dict[str, Any] | None:
    """How much working time is left of a stopped clock: hours and whole days of eight."""
    if stop is None or dossier.due_at is None or dossier.decider is None:
        return None
    left = working_time_between(stop.started_at, dossier.due_at, working_time(dossier.decider.schedule_id))
    hours = round(left.total_seconds() / 3600, 1)
    return {"hours": hours, "days": int(hours // 8), "rest": round(hours % 8, 1)}
