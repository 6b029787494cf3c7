"""Take back a payment that was noted by mistake."""

from datetime import datetime

from django.db import transaction

from lienthong.foundation.access.terms import Seated
from lienthong.foundation.trail.actions.write import write
from lienthong.kit.refusal import N_, Refused
from lienthong.modules.dossiers import queries, rules
from lienthong.modules.dossiers.models import Payment


@transaction.atomic
def void_payment(*, payment_id: int, reason: str, actor: Seated, now: datetime) -> Payment:
    """The entry stays with the reason and counts no more; a second time is refused."""
    row = Payment.objects.get(pk=payment_id)
    dossier = queries.locked_dossier(actor, "dossiers.receive", row.dossier_id)
    row.refresh_from_db()
    if row.voided_at is not None:
        raise Refused(N_("Khoản thu này đã được hủy ghi."))
    if not reason.strip():
        raise Refused(N_("Ghi lý do hủy."))
    row.voided_at, row.void_reason = now, reason.strip()[:500]
    row.save(update_fields=["voided_at", "void_reason"])
    write(
        actor,
        "dossiers.void_payment",
        dossier,
        now,
        sentence=f"hủy ghi thu {rules.money(row.amount)}, {row.what}: {row.void_reason}",
    )
    return row
