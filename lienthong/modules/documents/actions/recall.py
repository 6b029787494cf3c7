"""Ask the receivers to give an issued document back."""

from datetime import datetime

from django.db import transaction

from lienthong.foundation.access.terms import Seated
from lienthong.foundation.trail.actions.write import write
from lienthong.kit.refusal import N_
from lienthong.modules.documents import queries, rules
from lienthong.modules.documents.actions.ask_receivers import ask_receivers
from lienthong.modules.documents.models import Outgoing
from lienthong.modules.documents.terms import OutgoingState, RequestKind


@transaction.atomic
def recall(*, outgoing_id: int, reason: str, actor: Seated, now: datetime) -> Outgoing:
    """Recall (30/2020/NĐ-CP art. 18.4; annex VI III.8): the issuer's copy is frozen with its record at once; each
    receiver's clerk gets a task, and only that clerk's consent withdraws the receiver's copy."""
    outgoing = queries.locked_outgoing(actor, "documents.issue", outgoing_id)
    rules.require_state(outgoing.state, {OutgoingState.ISSUED}, N_("thu hồi"))
    reason = rules.require_reason(reason)
    outgoing.state, outgoing.ended_at, outgoing.end_reason = OutgoingState.RECALLED, now, reason
    outgoing.save(update_fields=["state", "ended_at", "end_reason"])
    asked = ask_receivers(
        outgoing=outgoing, kind=RequestKind.RECALL, reason=reason, replacement=None, actor=actor, now=now
    )
    write(actor, "documents.recall", outgoing, now, sentence=f"thu hồi, hỏi {asked} nơi nhận: {reason}")
    return outgoing
