"""Give up a registered document that was never sent; its number stays taken, with the reason."""

from datetime import datetime

from django.db import transaction

from lienthong.foundation.access.terms import Seated
from lienthong.foundation.trail.actions.write import write
from lienthong.kit.refusal import N_
from lienthong.modules.documents import queries, rules
from lienthong.modules.documents.models import Outgoing
from lienthong.modules.documents.terms import OutgoingState


@transaction.atomic
def void_number(*, outgoing_id: int, reason: str, actor: Seated, now: datetime) -> Outgoing:
    """A number once given is never given again: the line stays in the book as void."""
    outgoing = queries.locked_outgoing(actor, "documents.issue", outgoing_id)
    rules.require_state(outgoing.state, {OutgoingState.REGISTERED}, N_("hủy số"))
    reason = rules.require_reason(reason)
    outgoing.state, outgoing.ended_at, outgoing.end_reason = OutgoingState.VOID, now, reason
    outgoing.save(update_fields=["state", "ended_at", "end_reason"])
    write(actor, "documents.void", outgoing, now, sentence=f"hủy số {outgoing.document.code}: {reason}")
    return outgoing
