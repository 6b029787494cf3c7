"""The applicant has brought what was asked."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from lienthong.foundation.access.terms import Seated
from lienthong.foundation.trail.actions.write import write
from lienthong.kit.refusal import N_, Refused
from lienthong.modules.dossiers import queries
from lienthong.modules.dossiers.actions.make_slip import make_slip, receipt_content
from lienthong.modules.dossiers.actions.receive import keep_papers
from lienthong.modules.dossiers.actions.start_steps import where_it_waits
from lienthong.modules.dossiers.actions.stop_clock import start_clock
from lienthong.modules.dossiers.models import Dossier, DossierPaper, Slip
from lienthong.modules.dossiers.rules import Handed
from lienthong.modules.dossiers.terms import PauseKind, SlipKind


@transaction.atomic
def take_supplement(*, dossier_id: int, papers: Sequence[Handed], actor: Seated, now: datetime) -> Dossier:
    """Add the papers, let the clock run by the rule, and give a new receipt with the new due time; the old one is kept."""
    dossier = queries.locked_dossier(actor, "dossiers.receive", dossier_id)
    stop = queries.open_pause(dossier.pk)
    if stop is None or stop.kind != PauseKind.SUPPLEMENT:
        raise Refused(N_("Hồ sơ này không chờ bổ sung."))
    if not papers:
        raise Refused(N_("Chưa có giấy tờ bổ sung nào."))
    keep_papers(dossier, papers, now, round_no=dossier.supplements)
    DossierPaper.objects.filter(dossier=dossier, asked=True).update(asked=False)
    start_clock(dossier=dossier, now=now)
    dossier.now_at = where_it_waits(dossier)
    dossier.save(update_fields=["now_at"])
    renew_receipt(dossier, reason="Nhận đủ hồ sơ bổ sung", actor=actor, now=now)
    write(
        actor,
        "dossiers.take_supplement",
        dossier,
        now,
        sentence=f"nhận {len(papers)} giấy tờ bổ sung, đồng hồ chạy lại",
    )
    return dossier


def renew_receipt(dossier: Dossier, *, reason: str, actor: Seated, now: datetime) -> Slip:
    """A receipt as things stand now; the one before stays and leads to it."""
    old = queries.receipt(dossier.pk)
    new = make_slip(
        dossier=dossier, kind=SlipKind.RECEIPT, content=receipt_content(dossier, queries.papers(dossier.pk)), actor=actor,
        now=now, reason=reason,
    )  # fmt: skip
    if old is not None:
        old.replaced_by = new
        old.save(update_fields=["replaced_by"])
    return new
