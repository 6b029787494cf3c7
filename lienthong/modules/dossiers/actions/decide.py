"""The leader decides: grant or refuse."""

from datetime import datetime

from django.db import transaction

from lienthong.foundation.access.rules import require
from lienthong.foundation.access.terms import Seated
from lienthong.foundation.trail.actions.write import write
from lienthong.kit.refusal import N_, Refused
from lienthong.modules.dossiers import queries
from lienthong.modules.dossiers.actions.finish_step import pass_step
from lienthong.modules.dossiers.models import Dossier
from lienthong.modules.dossiers.terms import Outcome
from lienthong.modules.procedures.terms import StepKind


@transaction.atomic
def decide(
    *, run_id: int, outcome: Outcome, reason: str, actor: Seated, now: datetime, to_post_id: int | None = None
) -> Dossier:
    """End the deciding step. A refusal needs its legal reason, which the applicant is told."""
    dossier, run = queries.locked_run(actor, run_id)
    require(actor, "dossiers.decide", agency_id=run.agency_id)
    if run.kind != StepKind.DECIDE:
        raise Refused(N_("Bước “{step}” không phải bước quyết định."), step=run.name)
    if outcome not in {Outcome.GRANTED, Outcome.REFUSED}:
        raise Refused(N_("Chọn đồng ý hoặc từ chối."))
    if outcome == Outcome.REFUSED and not reason.strip():
        raise Refused(N_("Từ chối thì phải nêu lý do và căn cứ pháp lý."))
    dossier.outcome = outcome
    dossier.end_reason = reason.strip()[:1000] if outcome == Outcome.REFUSED else dossier.end_reason
    pass_step(dossier=dossier, run=run, actor=actor, now=now, note=reason, to_post_id=to_post_id)
    said = "đồng ý" if outcome == Outcome.GRANTED else f"từ chối giải quyết: {reason.strip()}"
    write(actor, "dossiers.decide", dossier, now, sentence=said)
    return dossier
