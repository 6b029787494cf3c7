"""Replace an issued document by another one of the same agency."""

from datetime import datetime

from django.db import transaction

from lienthong.foundation.access.terms import Seated
from lienthong.foundation.trail.actions.write import write
from lienthong.kit.refusal import N_
from lienthong.modules.documents import queries, rules
from lienthong.modules.documents.actions.ask_receivers import ask_receivers
from lienthong.modules.documents.models import Outgoing
from lienthong.modules.documents.rules import NotReady
from lienthong.modules.documents.terms import OutgoingState, RequestKind


@transaction.atomic
def replace(*, outgoing_id: int, by_outgoing_id: int, reason: str, actor: Seated, now: datetime) -> Outgoing:
    """Errors of content are mended by a new document of the same form (30/2020/NĐ-CP art. 18.3): the old one is marked
    replaced, each receiver's clerk is asked to take it out."""
    old = queries.locked_outgoing(actor, "documents.issue", outgoing_id)
    new = queries.locked_outgoing(actor, "documents.issue", by_outgoing_id)
    rules.require_state(old.state, {OutgoingState.ISSUED}, N_("thay thế"))
    reason = rules.require_reason(reason)
    if new.pk == old.pk or new.agency_id != old.agency_id or new.state != OutgoingState.ISSUED:
        raise NotReady(N_("Văn bản thay thế phải là một văn bản khác của cơ quan, đã phát hành."))
    old.state, old.ended_at, old.end_reason, old.replaced_by = OutgoingState.REPLACED, now, reason, new
    old.save(update_fields=["state", "ended_at", "end_reason", "replaced_by"])
    asked = ask_receivers(
        outgoing=old, kind=RequestKind.REPLACE, reason=reason, replacement=new.document, actor=actor, now=now
    )
    write(
        actor,
        "documents.replace",
        old,
        now,
        sentence=f"thay thế bằng {new.document.code}, hỏi {asked} nơi nhận: {reason}",
    )
    return old
