"""A receipt was wrong: the right one replaces it, the wrong one is kept."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from lienthong.foundation.access.terms import Seated
from lienthong.foundation.outbox.actions.put import put
from lienthong.foundation.trail.actions.write import write
from lienthong.kit.dates import vn_datetime
from lienthong.kit.refusal import N_, Refused
from lienthong.kit.text import vn_fold
from lienthong.modules.dossiers import queries, rules
from lienthong.modules.dossiers.actions.take_supplement import renew_receipt
from lienthong.modules.dossiers.facts import ApplicantToBeTold
from lienthong.modules.dossiers.models import Slip
from lienthong.modules.dossiers.terms import OPEN, DossierState


@dataclass(frozen=True, slots=True)
class Corrections:
    """What stands right on the new receipt; None: as before."""

    applicant_name: str | None = None
    identity: str | None = None
    address: str | None = None
    phone: str | None = None
    email: str | None = None
    matter: str | None = None
    copies: int | None = None
    due_at: datetime | None = None


@transaction.atomic
def correct_receipt(*, dossier_id: int, right: Corrections, reason: str, actor: Seated, now: datetime) -> Slip:
    """Change what the desk wrote wrongly and print again. A due time moved here is a correction of a slip of the pen, not an
    extension: it must not lie before the reception and is written into the trail with both values."""
    dossier = queries.locked_dossier(actor, "dossiers.receive", dossier_id)
    rules.require_state(dossier.state, OPEN - {DossierState.UNCLEAR}, N_("sửa giấy tiếp nhận"))
    if not reason.strip():
        raise Refused(N_("Cần ghi lý do sửa giấy tiếp nhận."))
    changed: dict[str, tuple[str, str]] = {}
    for name in ("applicant_name", "identity", "address", "phone", "email", "matter", "copies"):
        value = getattr(right, name)
        if value is not None and value != getattr(dossier, name):
            changed[name] = (str(getattr(dossier, name)), str(value))
            setattr(dossier, name, value)
    if right.due_at is not None and right.due_at != dossier.due_at:
        if right.due_at <= dossier.received_at:
            raise Refused(N_("Ngày hẹn trả phải sau lúc nhận."))
        changed["due_at"] = (vn_datetime(dossier.due_at) if dossier.due_at else "", vn_datetime(right.due_at))
        dossier.due_at = right.due_at
    if not changed:
        raise Refused(N_("Chưa sửa mục nào."))
    if not dossier.applicant_name.strip() or not dossier.matter.strip():
        raise Refused(N_("Tên người nộp và nội dung yêu cầu không được trống."))
    dossier.folded = vn_fold(dossier.applicant_name)[:400]
    dossier.save()
    slip = renew_receipt(dossier, reason=reason.strip(), actor=actor, now=now)
    put(ApplicantToBeTold(dossier_id=dossier.pk, about="received", once=f"corrected-{slip.pk}"))
    write(
        actor, "dossiers.correct_receipt", dossier, now, sentence=f"sửa giấy tiếp nhận: {reason.strip()}",
        details={name: list(values) for name, values in changed.items()},
    )  # fmt: skip
    return slip
