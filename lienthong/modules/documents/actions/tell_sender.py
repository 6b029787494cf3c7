"""Let the sender see how far a document has come at its receiver."""

from datetime import datetime

from lienthong.foundation.access.terms import Seated
from lienthong.foundation.insert import insert
from lienthong.foundation.outbox.actions.put import put
from lienthong.modules.documents import rules
from lienthong.modules.documents.facts import StateTold
from lienthong.modules.documents.models import Delivery, DeliveryState, Incoming
from lienthong.modules.documents.terms import Channel, Code


def tell_sender(*, incoming: Incoming, code: Code, actor: Seated, now: datetime, remark: str = "") -> None:
    """Record the code on the sender's delivery (inside), or queue a status message (from the axis). A code that does
    not move the delivery on changes nothing."""
    if incoming.delivery_id is not None:
        record(delivery_id=incoming.delivery_id, code=code, at=now, staff=actor.person_name, remark=remark)
    elif incoming.channel == Channel.AXIS:
        put(StateTold(incoming_id=incoming.pk, code=code))


def record(*, delivery_id: int, code: Code, at: datetime, staff: str, remark: str) -> bool:
    """Move a delivery to a code; False when it is not further than before. Requests' answers (13, 15, 16) are kept in
    the list of states without moving it."""
    delivery = Delivery.objects.select_for_update().get(pk=delivery_id)
    moves = rules.advances(delivery.code, code)
    if not moves and code in {
        Code.ARRIVED,
        Code.RETURNED,
        Code.ACCEPTED,
        Code.ASSIGNED,
        Code.IN_PROGRESS,
        Code.FINISHED,
    }:
        return False
    insert(DeliveryState(delivery=delivery, code=code, at=at, staff=staff[:200], remark=remark[:1000]))
    if moves:
        delivery.code, delivery.code_at, delivery.staff, delivery.remark = code, at, staff[:200], remark[:1000]
        if code == Code.ACCEPTED:
            delivery.accepted_at = at
        delivery.save(update_fields=["code", "code_at", "staff", "remark", "accepted_at"])
    return moves
