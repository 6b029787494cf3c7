"""Note that a fee or charge of a dossier was paid."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from lienthong.foundation.access.terms import Seated
from lienthong.foundation.trail.actions.write import write
from lienthong.kit.refusal import N_
from lienthong.modules.dossiers import queries, rules
from lienthong.modules.dossiers.models import Payment
from lienthong.modules.dossiers.terms import DONE, OPEN, PaidBy


@dataclass(frozen=True, slots=True)
class Paid:
    """What was paid, how much (đồng), how, under which number of a bill or transaction, when."""

    what: str
    amount: int
    way: PaidBy
    reference: str
    paid_at: datetime


@transaction.atomic
def note_payment(*, dossier_id: int, paid: Paid, actor: Seated, now: datetime) -> Payment:
    """Keep the payment beside the dossier. Refused for a dossier that was never received or ended without a result, and for a
    transaction that is already noted, here or elsewhere: money comes once."""
    dossier = queries.locked_dossier(actor, "dossiers.receive", dossier_id)
    rules.require_state(dossier.state, {*OPEN, *DONE}, N_("ghi thu phí"))
    reference = paid.reference.strip()[:60]
    rules.require_payment(
        paid.amount, paid.way, reference, paid.paid_at, now, known=queries.payment_of(paid.way, reference)
    )
    made = Payment.objects.create(
        dossier=dossier, what=paid.what.strip()[:300], amount=paid.amount, way=paid.way, reference=reference,
        paid_at=paid.paid_at, noted_at=now, noted_by=actor.person_name,
    )  # fmt: skip
    write(actor, "dossiers.note_payment", dossier, now, sentence=f"ghi thu {rules.money(paid.amount)}, {made.what}")
    return made
