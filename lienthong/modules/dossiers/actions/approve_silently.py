"""Where the procedure's law has it, an answer that does not come by the date is a yes."""

from datetime import datetime

from django.db import transaction

from lienthong.foundation.access.rules import system_actor
from lienthong.foundation.outbox.actions.put import put
from lienthong.foundation.trail.actions.write import write
from lienthong.kit.dates import VIETNAM
from lienthong.modules.dossiers import queries
from lienthong.modules.dossiers.actions.count import count
from lienthong.modules.dossiers.actions.finish_step import close_run, end_handling
from lienthong.modules.dossiers.actions.start_steps import start_steps, steps_of
from lienthong.modules.dossiers.facts import ApplicantToBeTold
from lienthong.modules.dossiers.models import Dossier, KeptResult
from lienthong.modules.dossiers.terms import DossierState, Outcome, RunState
from lienthong.modules.procedures.terms import StepKind


def approve_silently(*, now: datetime, limit: int = 500) -> int:
    """Every dossier of such a procedure whose date has passed while it was handled becomes approved. Each in its own
    transaction; a second run finds none. Returns how many."""
    past = Dossier.objects.filter(
        state=DossierState.IN_PROGRESS, due_at__lt=now, version__silent_approval=True, outcome=Outcome.NONE
    )
    return sum(_approve(pk, now) for pk in past.order_by("due_at").values_list("pk", flat=True)[:limit])


@transaction.atomic
def _approve(dossier_id: int, now: datetime) -> int:
    dossier = (
        Dossier.objects.select_for_update(of=("self",))
        .select_related("version", "decider", "receiver")
        .get(pk=dossier_id)
    )
    if dossier.state != DossierState.IN_PROGRESS or dossier.outcome or dossier.due_at is None or dossier.due_at >= now:
        return 0
    system = system_actor()
    for run in queries.open_runs(dossier.pk):
        close_run(
            run,
            state=RunState.ENDED,
            actor_name=system.person_name,
            now=now,
            note="chấp thuận do quá hạn không trả lời",
        )
    dossier.outcome = Outcome.SILENT
    KeptResult.objects.create(
        dossier=dossier, applicant_id=dossier.applicant_id, name=f"Chấp thuận do quá hạn không trả lời: {dossier.matter}"[:1000],
        agency_id=dossier.decider_id, issued_on=now.astimezone(VIETNAM).date(), created_at=now,
    )  # fmt: skip
    end_handling(dossier, state=DossierState.READY, now=now)
    steps = [step for step in steps_of(dossier) if step.kind == StepKind.RETURN][:1]
    start_steps(dossier=dossier, steps=steps, actor=system, now=now)
    dossier.now_at = "Chờ trả kết quả"
    dossier.save()
    count(dossier, ("done", f"done_{dossier.punctuality}", f"outcome_{dossier.outcome}"), now)
    put(ApplicantToBeTold(dossier_id=dossier.pk, about="result", once=f"result-{dossier.pk}"))
    write(system, "dossiers.approve_silently", dossier, now, sentence="quá hạn không trả lời: được coi là chấp thuận")
    return 1
