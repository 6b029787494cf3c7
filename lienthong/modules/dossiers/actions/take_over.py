"""The competent agency gets a dossier that another counter received for it."""

from datetime import datetime

from django.db import transaction

from lienthong.foundation.access.rules import require
from lienthong.foundation.access.terms import Seated
from lienthong.foundation.calendar.queries import working_time
from lienthong.foundation.outbox.actions.put import put
from lienthong.foundation.trail.actions.write import write
from lienthong.foundation.work.actions.close_item import close_item
from lienthong.kit.dates import VIETNAM
from lienthong.kit.refusal import N_
from lienthong.modules.dossiers import queries, rules
from lienthong.modules.dossiers.actions.start_steps import start_steps, steps_of, where_it_waits
from lienthong.modules.dossiers.actions.take_supplement import renew_receipt
from lienthong.modules.dossiers.facts import ApplicantToBeTold
from lienthong.modules.dossiers.models import Dossier
from lienthong.modules.dossiers.queries import rules_of_day
from lienthong.modules.dossiers.terms import DossierState
from lienthong.modules.procedures.terms import StepKind


@transaction.atomic
def take_over(*, dossier_id: int, actor: Seated, now: datetime) -> Dossier:
    """The clock begins (118/2025/NĐ-CP art. 17.3 as amended by 309/2026/NĐ-CP). Where it ends later than was promised at the other counter,
    the applicant gets a new receipt and is told; the first is kept. A promise that lies later is kept as it is."""
    dossier = queries.locked_dossier(actor, "dossiers.handle", dossier_id)
    require(actor, "dossiers.handle", agency_id=dossier.decider_id, post_ids=[_holder(dossier)])
    rules.require_state(dossier.state, {DossierState.ON_THE_WAY}, N_("nhận từ nơi tiếp nhận"))
    assert dossier.decider is not None
    time_there = working_time(dossier.decider.schedule_id)
    dossier.begins_at = dossier.counts_from = rules.clock_start(now, dossier.unit, time_there)
    later = False
    until = rules_of_day.same_day_until(dossier.received_at.astimezone(VIETNAM).date())
    counted = rules.term_end(dossier.begins_at, dossier.amount, dossier.unit, time_there, until)
    if counted is not None:
        later = dossier.promised_at is None or counted > dossier.promised_at
        dossier.due_at = counted if later else dossier.promised_at
    dossier.state = DossierState.IN_PROGRESS
    if dossier.item_id:
        close_item(item_ids=[dossier.item_id], outcome="đã nhận", now=now)
        dossier.item = None
    dossier.save()
    steps = steps_of(dossier)
    begun = steps[0]
    following = [step for step in steps if step.key in begun.next] if begun.kind == StepKind.RECEIVE else [begun]
    start_steps(dossier=dossier, steps=following, actor=actor, now=now)
    dossier.now_at = where_it_waits(dossier)
    dossier.save(update_fields=["now_at"])
    if later:
        renew_receipt(dossier, reason="Cơ quan giải quyết nhận hồ sơ sau giờ dự kiến", actor=actor, now=now)
        put(ApplicantToBeTold(dossier_id=dossier.pk, about="received", once=f"taken-over-{dossier.pk}"))
    write(
        actor, "dossiers.take_over", dossier, now, sentence=f"nhận hồ sơ từ {dossier.received_by.name}, đồng hồ bắt đầu"
    )
    return dossier


def _holder(dossier: Dossier) -> int:
    return dossier.item.holder_id if dossier.item else 0
