"""Send a document back to its sender, saying why."""

from datetime import datetime

from django.db import transaction

from lienthong.foundation.access.terms import Seated
from lienthong.foundation.outbox.actions.put import put
from lienthong.foundation.trail.actions.write import write
from lienthong.foundation.work.actions.close_item import close_item
from lienthong.kit.refusal import N_
from lienthong.modules.documents import queries, rules
from lienthong.modules.documents.actions.tell_sender import tell_sender
from lienthong.modules.documents.facts import SentBack
from lienthong.modules.documents.models import Incoming
from lienthong.modules.documents.rules import NotReady
from lienthong.modules.documents.terms import Channel, Code, IncomingState


@transaction.atomic
def return_to_sender(*, incoming_id: int, reason: str, actor: Seated, now: datetime) -> Incoming:
    """Refuse a document that is wrongly addressed, incomplete or not authentic (30/2020/NĐ-CP art. 21.2.b).

    Possible until a leader has distributed it; an arrival number already given stays with the returned document.
    """
    row = queries.locked_incoming(actor, "documents.return", incoming_id)
    rules.require_state(row.state, {IncomingState.ARRIVED, IncomingState.REGISTERED}, N_("trả lại"))
    reason = rules.require_reason(reason)
    if row.channel not in {Channel.HERE, Channel.AXIS}:
        raise NotReady(
            N_("Văn bản nhận bằng giấy hoặc thư điện tử không trả lại được qua hệ thống. Gửi trả bằng đường đã nhận.")
        )
    row.state, row.ended_at, row.end_reason = IncomingState.RETURNED, now, reason
    row.save(update_fields=["state", "ended_at", "end_reason"])
    open_items = [pk for pk in (row.register_item_id, row.distribute_item_id) if pk]
    close_item(item_ids=open_items, outcome="trả lại", now=now)
    tell_sender(incoming=row, code=Code.RETURNED, actor=actor, now=now, remark=reason)
    if row.delivery_id is not None:
        put(SentBack(incoming_id=row.pk))
    write(actor, "documents.return", row, now, sentence=f"trả lại bên gửi: {reason}")
    return row
