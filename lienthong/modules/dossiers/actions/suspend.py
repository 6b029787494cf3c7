"""Stop the clock for another cause than papers: a financial duty of the applicant, a suspension by law; and let it run."""

from datetime import datetime

from django.db import transaction

from lienthong.foundation.access.terms import Seated
from lienthong.foundation.trail.actions.write import write
from lienthong.kit.refusal import N_, Refused
from lienthong.modules.dossiers import queries
from lienthong.modules.dossiers.actions.start_steps import where_it_waits
from lienthong.modules.dossiers.actions.stop_clock import start_clock, stop_clock
from lienthong.modules.dossiers.models import Dossier
from lienthong.modules.dossiers.terms import PAUSE_LABELS, PauseKind


@transaction.atomic
def suspend(*, run_id: int, kind: PauseKind, reason: str, actor: Seated, now: datetime) -> Dossier:
    """The clock stands while the applicant fulfils a financial duty, or for a cause that the reason names."""
    if kind == PauseKind.SUPPLEMENT:
        raise Refused(N_("Yêu cầu bổ sung giấy tờ có phiếu riêng."))
    if not reason.strip():
        raise Refused(N_("Cần ghi lý do và căn cứ tạm dừng."))
    dossier, _run = queries.locked_run(actor, run_id)
    stop_clock(dossier=dossier, kind=kind, reason=reason, answer_by=None, actor=actor, now=now)
    dossier.now_at = str(PAUSE_LABELS[kind])
    dossier.save(update_fields=["now_at"])
    write(actor, "dossiers.suspend", dossier, now, sentence=f"tạm dừng đồng hồ: {reason.strip()}")
    return dossier


@transaction.atomic
def resume(*, dossier_id: int, note: str, actor: Seated, now: datetime) -> Dossier:
    """The cause is gone; what was left of the time is left now."""
    dossier = queries.locked_dossier(actor, "dossiers.handle", dossier_id)
    stop = queries.open_pause(dossier.pk)
    if stop is None:
        raise Refused(N_("Hồ sơ này không tạm dừng."))
    if stop.kind == PauseKind.SUPPLEMENT:
        raise Refused(N_("Hồ sơ chờ bổ sung: ghi nhận giấy tờ bổ sung để đồng hồ chạy lại."))
    start_clock(dossier=dossier, now=now)
    dossier.now_at = where_it_waits(dossier)
    dossier.save(update_fields=["now_at"])
    write(
        actor,
        "dossiers.resume",
        dossier,
        now,
        sentence="đồng hồ chạy lại" + (f": {note.strip()}" if note.strip() else ""),
    )
    return dossier
