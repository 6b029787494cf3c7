"""Give the result to the applicant: at the counter with a signature of receipt, or electronically."""

from datetime import datetime

from django.db import transaction

from lienthong.foundation.access.terms import Actor, Seated
from lienthong.foundation.trail.actions.write import write
from lienthong.foundation.work.actions.close_item import close_item
from lienthong.kit.refusal import N_, Refused
from lienthong.modules.dossiers import queries, rules
from lienthong.modules.dossiers.actions.count import count
from lienthong.modules.dossiers.actions.finish_step import close_run
from lienthong.modules.dossiers.actions.make_slip import make_slip, moment
from lienthong.modules.dossiers.actions.start_steps import start_steps, steps_of
from lienthong.modules.dossiers.models import Dossier
from lienthong.modules.dossiers.terms import DossierState, ResultWay, RunState, SlipKind
from lienthong.modules.procedures.rules import to_start
from lienthong.modules.procedures.terms import StepKind


@transaction.atomic
def give_back(
    *, dossier_id: int, way: ResultWay, taken_by: str, paper: str = "", actor: Seated, now: datetime
) -> Dossier:
    """Note who took the result, on which paper if not the applicant in person; the receipt is withdrawn
    (61/2018/NĐ-CP art. 20). A result collected after its date is not late: handling ended earlier."""
    dossier = queries.locked_dossier(actor, "dossiers.return", dossier_id)
    rules.require_state(dossier.state, {DossierState.READY, DossierState.ON_DELIVERY}, N_("trả kết quả"))
    if way == ResultWay.POST:
        raise Refused(N_("Trả qua bưu chính thì lập phiếu gửi bưu chính."))
    if not taken_by.strip():
        raise Refused(N_("Cần ghi tên người nhận kết quả."))
    if way == ResultWay.DESK:
        make_slip(
            dossier=dossier, kind=SlipKind.RETURN, actor=actor, now=now,
            content={
                "taken_by": taken_by.strip()[:300], "paper": paper.strip()[:300], "at": moment(now),
                "results": [f"{row.name}" + (f", số {row.number}" if row.number else "") for row in queries.results(dossier.pk)],
            },
        )  # fmt: skip
    close_returned(dossier, way=way, actor=actor, now=now)
    write(actor, "dossiers.give_back", dossier, now, sentence=f"trả kết quả cho {taken_by.strip()[:200]}")
    return dossier


def close_returned(dossier: Dossier, *, way: ResultWay, actor: Actor, now: datetime) -> None:
    """The applicant has the result: the counter's debt ends, filing away begins where the table has it."""
    steps = steps_of(dossier)
    for run in queries.open_runs(dossier.pk):
        if run.kind == StepKind.RETURN:
            close_run(run, state=RunState.DONE, actor_name=actor.person_name, now=now)
            keys = to_start(steps, run.key, [])
            start_steps(dossier=dossier, steps=[step for step in steps if step.key in keys], actor=actor, now=now)
    if dossier.item_id:
        close_item(item_ids=[dossier.item_id], outcome="đã trả", now=now)
        dossier.item = None
    dossier.state, dossier.returned_at, dossier.result_way, dossier.now_at = DossierState.RETURNED, now, way, ""
    dossier.save()
    count(dossier, ("returned", f"returned_{way}"), now)
