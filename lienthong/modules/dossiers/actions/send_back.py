"""A step is not passed: the dossier goes back to an earlier one; or a step is begun again."""

from datetime import datetime

from django.db import transaction

from lienthong.foundation.access.rules import require
from lienthong.foundation.access.terms import Seated
from lienthong.foundation.trail.actions.write import write
from lienthong.kit.refusal import N_, Refused
from lienthong.modules.dossiers import queries, rules
from lienthong.modules.dossiers.actions.finish_step import close_run
from lienthong.modules.dossiers.actions.start_steps import start_steps, steps_of, where_it_waits
from lienthong.modules.dossiers.models import Dossier, StepRun
from lienthong.modules.dossiers.terms import DossierState, RunState


@transaction.atomic
def send_back(*, run_id: int, to_key: str, reason: str, actor: Seated, now: datetime) -> Dossier:
    """Give the dossier back to an earlier step with the reason; `to_key` "" is the table's own answer. Every open step ends;
    the earlier one begins with a new inner deadline, the statutory one stays."""
    dossier, run = queries.locked_run(actor, run_id)
    rules.require_state(dossier.state, {DossierState.IN_PROGRESS}, N_("trả lại bước trước"))
    if run.state != RunState.OPEN:
        raise Refused(N_("Bước này đã xong."))
    if not reason.strip():
        raise Refused(N_("Cần ghi lý do trả lại."))
    steps = steps_of(dossier)
    own = next((step for step in steps if step.key == run.key), None)
    target = to_key or (own.back_to if own else "")
    before = {one.key for one in queries.runs(dossier.pk)} - {run.key}
    step = next((step for step in steps if step.key == target and target in before), None)
    if step is None:
        raise Refused(N_("Chọn một bước đã làm để trả lại."))
    last = StepRun.objects.filter(dossier=dossier, key=step.key).select_related("post").order_by("-id").first()
    for one in queries.open_runs(dossier.pk):
        state = RunState.SENT_BACK if one.pk == run.pk else RunState.ENDED
        close_run(one, state=state, actor_name=actor.person_name, now=now, note=reason)
    post = last.post if last else None
    alive = post is not None and (post.valid_to is None or post.valid_to > now.date())
    start_steps(
        dossier=dossier, steps=[step], actor=actor, now=now,
        to_post_id=post.pk if post is not None and alive and post.agency_id == dossier.decider_id else None,
    )  # fmt: skip
    dossier.now_at = where_it_waits(dossier)
    dossier.save(update_fields=["now_at"])
    write(actor, "dossiers.send_back", dossier, now, sentence=f"trả lại bước {step.name}: {reason.strip()}")
    return dossier


@transaction.atomic
def restart_step(*, dossier_id: int, key: str, to_post_id: int, reason: str, actor: Seated, now: datetime) -> Dossier:
    """Begin a step again with another person, when it failed with the first or nobody holds it any more."""
    dossier = queries.locked_dossier(actor, "dossiers.assign", dossier_id)
    rules.require_state(dossier.state, {DossierState.IN_PROGRESS}, N_("làm lại bước"))
    require(actor, "dossiers.assign", agency_id=dossier.decider_id)
    if not reason.strip():
        raise Refused(N_("Cần ghi lý do làm lại bước."))
    step = next((step for step in steps_of(dossier) if step.key == key), None)
    if step is None:
        raise Refused(N_("Quy trình của hồ sơ không có bước này."))
    for one in queries.open_runs(dossier.pk):
        if one.key == key:
            close_run(one, state=RunState.ENDED, actor_name=actor.person_name, now=now, note=reason)
    start_steps(dossier=dossier, steps=[step], actor=actor, now=now, to_post_id=to_post_id)
    dossier.now_at = where_it_waits(dossier)
    dossier.save(update_fields=["now_at"])
    write(actor, "dossiers.restart_step", dossier, now, sentence=f"làm lại bước {step.name}: {reason.strip()}")
    return dossier
