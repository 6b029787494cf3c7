"""A dossier ends without a result: the applicant withdraws it, or handling is stopped."""

from datetime import datetime

from django.db import transaction

from lienthong.foundation.access.terms import Seated
from lienthong.foundation.outbox.actions.put import put
from lienthong.foundation.trail.actions.write import write
from lienthong.foundation.work.actions.close_item import close_item
from lienthong.kit.refusal import N_, Refused
from lienthong.modules.dossiers import queries, rules
from lienthong.modules.dossiers.actions.count import count
from lienthong.modules.dossiers.actions.finish_step import close_run, end_handling
from lienthong.modules.dossiers.actions.make_slip import make_slip
from lienthong.modules.dossiers.facts import ApplicantToBeTold
from lienthong.modules.dossiers.models import Consultation, Dossier
from lienthong.modules.dossiers.terms import OPEN, DossierState, RunState, SlipKind


@transaction.atomic
def withdraw(*, dossier_id: int, reason: str, actor: Seated, now: datetime) -> Dossier:
    """The applicant takes the request back; originals are returned."""
    dossier = queries.locked_dossier(actor, "dossiers.receive", dossier_id)
    _end(dossier, DossierState.WITHDRAWN, reason, N_("rút hồ sơ"), actor, now)
    write(actor, "dossiers.withdraw", dossier, now, sentence=f"người nộp rút hồ sơ: {reason.strip()}")
    return dossier


@transaction.atomic
def stop(*, dossier_id: int, reason: str, actor: Seated, now: datetime, housekeeping: bool = False) -> Dossier:
    """Handling is stopped with cause, by the leader (form 05 of 03/2025/TT-VPCP). `housekeeping` marks closures of what
    had long ended elsewhere, so that they stay out of processing times."""
    dossier = queries.locked_dossier(actor, "dossiers.decide", dossier_id)
    dossier.housekeeping = housekeeping
    _end(dossier, DossierState.STOPPED, reason, N_("dừng giải quyết"), actor, now)
    make_slip(
        dossier=dossier, kind=SlipKind.STOP, content={"reason": reason.strip()}, actor=actor, now=now, reason=reason,
        agency_id=dossier.decider_id,
    )  # fmt: skip
    put(ApplicantToBeTold(dossier_id=dossier.pk, about="stopped", once=f"stopped-{dossier.pk}"))
    write(actor, "dossiers.stop", dossier, now, sentence=f"dừng giải quyết: {reason.strip()}")
    return dossier


def _end(dossier: Dossier, state: DossierState, reason: str, doing: str, actor: Seated, now: datetime) -> None:
    rules.require_state(dossier.state, OPEN, doing)
    if not reason.strip():
        raise Refused(N_("Cần ghi lý do."))
    for run in queries.open_runs(dossier.pk):
        close_run(run, state=RunState.ENDED, actor_name=actor.person_name, now=now, note=reason)
    waiting = Consultation.objects.filter(dossier=dossier, answered_at__isnull=True, silent_at__isnull=True)
    items = [item for item in waiting.values_list("item_id", flat=True) if item]
    close_item(item_ids=[*items, *([dossier.item_id] if dossier.item_id else [])], outcome=reason, now=now)
    end_handling(dossier, state=state, now=now)
    dossier.punctuality = ""
    dossier.end_reason, dossier.now_at = reason.strip()[:1000], ""
    dossier.save()
    count(dossier, (str(state),), now)
