"""A step is done: the next ones begin, or the dossier is ready to be given back."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from lienthong.foundation.access.terms import Seated
from lienthong.foundation.calendar.queries import working_time
from lienthong.foundation.calendar.rules import working_time_between
from lienthong.foundation.outbox.actions.put import put
from lienthong.foundation.trail.actions.write import write
from lienthong.foundation.work.actions.close_item import close_item
from lienthong.foundation.work.actions.open_item import open_item
from lienthong.kit.refusal import N_, Refused
from lienthong.modules.dossiers import queries, rules
from lienthong.modules.dossiers.actions.count import count
from lienthong.modules.dossiers.actions.start_steps import start_steps, steps_of, where_it_waits
from lienthong.modules.dossiers.facts import ApplicantToBeTold
from lienthong.modules.dossiers.models import Consultation, Dossier, KeptResult, StepRun
from lienthong.modules.dossiers.rules import PlainStep
from lienthong.modules.dossiers.terms import HANDLING, DossierState, Outcome, RunState
from lienthong.modules.procedures.rules import to_start
from lienthong.modules.procedures.terms import StepKind


@transaction.atomic
def finish_step(*, run_id: int, actor: Seated, now: datetime, note: str = "", to_post_id: int | None = None) -> Dossier:
    """Pass a step and put what follows before its people; `to_post_id` names the person for the next step.

    Of two people who finish one step at the same moment the second is told that it is done. Refused: a stopped clock, an
    opinion that is still awaited, a step that only a decision ends.
    """
    dossier, run = queries.locked_run(actor, run_id)
    if run.kind == StepKind.DECIDE:
        raise Refused(N_("Bước này kết thúc bằng quyết định: đồng ý hoặc từ chối."))
    pass_step(dossier=dossier, run=run, actor=actor, now=now, note=note, to_post_id=to_post_id)
    write(
        actor,
        "dossiers.finish_step",
        dossier,
        now,
        sentence=f"xong bước {run.name}" + (f": {note.strip()}" if note.strip() else ""),
    )
    return dossier


def require_passable(dossier: Dossier, run: StepRun) -> None:
    """Refuse to end a step that is not open, of a dossier that is not being handled, or that waits for an opinion."""
    if run.state != RunState.OPEN:
        raise Refused(
            N_("Bước này đã xong lúc {at:%H:%M %d/%m/%Y}, do {who}."), at=run.done_at, who=run.done_by or "Hệ thống"
        )
    rules.require_state(dossier.state, {DossierState.IN_PROGRESS, DossierState.READY}, N_("chuyển bước"))
    waiting = Consultation.objects.filter(run=run, answered_at__isnull=True, silent_at__isnull=True)
    if names := list(waiting.values_list("agency__name", flat=True)):
        raise Refused(N_("Còn chờ ý kiến của {names}."), names=", ".join(names))


def pass_step(
    *, dossier: Dossier, run: StepRun, actor: Seated, now: datetime, note: str = "", to_post_id: int | None = None
) -> None:
    """Close the run and begin what follows; the caller has locked both and writes the trail."""
    require_passable(dossier, run)
    steps = steps_of(dossier)
    still_open = [one.key for one in queries.open_runs(dossier.pk)]
    keys = to_start(steps, run.key, still_open)
    following = [step for step in steps if step.key in keys]
    close_run(run, state=RunState.DONE, actor_name=actor.person_name, now=now, note=note)
    if dossier.state == DossierState.IN_PROGRESS and _is_the_end(following, still_open, run.key):
        make_ready(dossier=dossier, following=following, actor=actor, now=now)
    else:
        start_steps(dossier=dossier, steps=following, actor=actor, now=now, to_post_id=to_post_id)
    dossier.now_at = where_it_waits(dossier) or dossier.now_at
    dossier.save()


def close_run(run: StepRun, *, state: RunState, actor_name: str, now: datetime, note: str = "") -> None:
    """End one run: its debt, by whom, early or late against the inner deadline."""
    run.state, run.done_at, run.done_by, run.note = state, now, actor_name, note.strip()[:2000]
    run.punctuality = rules.punctuality(now, run.due_at) if run.due_at else ""
    run.save(update_fields=["state", "done_at", "done_by", "note", "punctuality"])
    if run.item_id:
        close_item(item_ids=[run.item_id], outcome=run.name, now=now)


def _is_the_end(following: Sequence[PlainStep], still_open: Sequence[str], done: str) -> bool:
    """Whether handling is over: nothing is open any more, and nothing but giving back and filing away follows."""
    if [key for key in still_open if key != done]:
        return False
    return all(step.kind in {StepKind.RETURN, StepKind.ARCHIVE} for step in following)


def make_ready(*, dossier: Dossier, following: Sequence[PlainStep], actor: Seated, now: datetime) -> None:
    """Handling ends: the statutory clock stops for good, and the counter owes the applicant the result.

    Refused when the request is granted and there is no result yet: the applicant would come for nothing.
    """
    if not dossier.outcome:
        dossier.outcome = Outcome.GRANTED
    if dossier.outcome == Outcome.GRANTED and not KeptResult.objects.filter(dossier=dossier).exists():
        raise Refused(N_("Chưa có kết quả. Ghi kết quả giải quyết trước khi chuyển trả cho người nộp."))
    end_handling(dossier, state=DossierState.READY, now=now)
    start_steps(dossier=dossier, steps=following, actor=actor, now=now)
    if not following:
        dossier.item = open_item(
            kind="dossiers.return", verb=N_("Trả kết quả"), title=dossier.matter[:600], holder_id=dossier.receiver_id,
            about=" · ".join(filter(None, (dossier.code, dossier.applicant_name)))[:300], opened_at=now,
            address=f"/lam-viec/ho-so/{dossier.pk}/",
        )  # fmt: skip
        dossier.now_at = "Chờ trả kết quả"
    count(dossier, ("done", f"done_{dossier.punctuality}", f"outcome_{dossier.outcome}"), now, _officer(dossier))
    put(ApplicantToBeTold(dossier_id=dossier.pk, about="result", once=f"result-{dossier.pk}"))


def end_handling(dossier: Dossier, *, state: DossierState, now: datetime) -> None:
    """Fix when handling ended, how it stands to the statutory deadline, and the working time it took without stops. A stop
    that is still open ends now, and so do debts that have lost their object: an apology, an opinion nobody gave."""
    unanswered = Consultation.objects.filter(dossier=dossier, answered_at__isnull=True, item__isnull=False)
    owed = [*unanswered.values_list("item_id", flat=True), *([dossier.item_id] if dossier.item_id else [])]
    close_item(item_ids=owed, outcome="hồ sơ đã kết thúc giải quyết", now=now)
    dossier.item = None
    stops = queries.pauses(dossier.pk)
    for stop in stops:
        if stop.ended_at is None:
            stop.ended_at = now
            stop.save(update_fields=["ended_at"])
    dossier.state, dossier.ended_at = state, now
    dossier.punctuality = rules.statutory_punctuality(
        now, dossier.due_at, dossier.supplements, extended_late=dossier.extended_late
    )
    if dossier.begins_at is not None and dossier.decider is not None:
        spent = working_time_between(
            dossier.begins_at, max(now, dossier.begins_at), working_time(dossier.decider.schedule_id),
            [(stop.started_at, stop.ended_at) for stop in stops],
        )  # fmt: skip
        dossier.spent_minutes = rules.minutes(spent)


def _officer(dossier: Dossier) -> int | None:
    """Whose dossier it was, for the board: the last official who handled it."""
    rows = StepRun.objects.filter(dossier=dossier, kind__in=HANDLING)
    return rows.order_by("-id").values_list("post_id", flat=True).first()
