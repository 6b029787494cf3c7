"""Give an open step to a person: a head distributes within the unit, a leader within the agency."""

from datetime import datetime

from django.db import transaction

from lienthong.foundation.access.terms import Seated
from lienthong.foundation.organizations import queries as organizations
from lienthong.foundation.outbox.actions.put import put
from lienthong.foundation.trail.actions.write import write
from lienthong.foundation.work.actions.pass_on import pass_on
from lienthong.kit.dates import VIETNAM
from lienthong.kit.refusal import N_, Refused
from lienthong.modules.dossiers import queries, rules
from lienthong.modules.dossiers.actions.start_steps import where_it_waits
from lienthong.modules.dossiers.facts import StepsGiven
from lienthong.modules.dossiers.models import StepRun
from lienthong.modules.dossiers.terms import DossierState, RunState


@transaction.atomic
def assign_step(*, run_id: int, to_post_id: int, reason: str, actor: Seated, now: datetime) -> StepRun:
    """The step stays the same, with its deadline; another post of the same agency holds it now."""
    dossier, run = queries.locked_run(actor, run_id)
    rules.require_state(dossier.state, {DossierState.IN_PROGRESS, DossierState.READY}, N_("giao lại"))
    if run.state != RunState.OPEN or run.item is None:
        raise Refused(N_("Bước này đã xong."))
    today = now.astimezone(VIETNAM).date()
    post = organizations.posts_by_id([to_post_id]).get(to_post_id)
    if post is None or post.agency_id != run.agency_id or (post.valid_to is not None and post.valid_to <= today):
        raise Refused(N_("Chọn một người đang làm việc trong cơ quan giữ bước này."))
    if post.pk == run.item.holder_id:
        return run
    pass_on([run.item], {run.item.pk: post.pk}, reason.strip()[:300], now)
    people = organizations.people_in([post.pk], today).get(post.pk, [])
    run.post, run.unit_id, run.holder_name = post, post.unit_id, people[0].name if people else post.name
    run.save(update_fields=["post", "unit", "holder_name"])
    dossier.now_at = where_it_waits(dossier)
    dossier.save(update_fields=["now_at"])
    put(StepsGiven(run_ids=(run.pk,)))
    write(actor, "dossiers.assign", dossier, now, sentence=f"giao bước {run.name} cho {run.holder_name}")
    return run
