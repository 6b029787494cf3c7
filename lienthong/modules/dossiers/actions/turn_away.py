"""The counter does not receive: it refuses, or asks for the rest, with the printed reason."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from lienthong.foundation.access.rules import require
from lienthong.foundation.access.terms import Seated
from lienthong.foundation.trail.actions.write import write
from lienthong.kit.refusal import N_, Refused
from lienthong.modules.dossiers import rules
from lienthong.modules.dossiers.actions.count import count
from lienthong.modules.dossiers.actions.make_slip import contact_of, make_slip
from lienthong.modules.dossiers.actions.receive import enter, keep_papers, made_of, missing_of, require_in_force
from lienthong.modules.dossiers.models import Dossier
from lienthong.modules.dossiers.rules import Intake
from lienthong.modules.dossiers.terms import DossierState, SlipKind
from lienthong.modules.procedures import queries as procedures


@transaction.atomic
def turn_away(
    *, intake: Intake, kind: SlipKind, lines: Sequence[str], reason: str, actor: Seated, now: datetime,
    form_key: str | None = None,
) -> Dossier:  # fmt: skip
    """Give form 02 (bring the rest) or form 03 (refused), with the legal reason; no code is given, nothing is handled.

    For form 02 without lines, the required components that are missing are listed; where the procedure marks none as required,
    every one that was not handed in. The same `form_key` a second time returns the first dossier and makes no second slip.
    """
    require(actor, "dossiers.receive", agency_id=actor.agency_id)
    if kind not in {SlipKind.SUPPLEMENT, SlipKind.REFUSAL}:
        raise ValueError(kind)
    if known := made_of(form_key, actor):
        return known
    rules.require_intake(intake)
    if not reason.strip():
        raise Refused(N_("Cần ghi lý do: lý do được in trong phiếu."))
    catalogue = procedures.Kept()
    version = require_in_force(intake, now, catalogue)
    lines = [line.strip()[:500] for line in lines if line.strip()]
    if kind == SlipKind.SUPPLEMENT and not lines:
        lines = missing_of(version, intake, catalogue, all_if_unmarked=True)
        if not lines:
            raise Refused(N_("Ghi từng nội dung cần bổ sung, mỗi dòng một nội dung."))
    dossier = enter(intake=intake, version=version, catalogue=catalogue, actor=actor, now=now, form_key=form_key)
    dossier.state, dossier.end_reason = DossierState.NOT_RECEIVED, reason.strip()[:1000]
    dossier.save()
    keep_papers(dossier, intake.papers, now)
    make_slip(
        dossier=dossier, kind=kind, actor=actor, now=now, reason=reason,
        content={"lines": lines, "reason": reason.strip(), **contact_of(actor, now)},
    )  # fmt: skip
    count(dossier, ("turned_away",), now, actor.post_id)
    what = "yêu cầu bổ sung trước khi tiếp nhận" if kind == SlipKind.SUPPLEMENT else "từ chối tiếp nhận"
    write(actor, "dossiers.turn_away", dossier, now, sentence=f"{what}: {reason.strip()[:300]}")
    return dossier
