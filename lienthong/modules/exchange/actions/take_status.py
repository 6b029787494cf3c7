"""A status packet: the next state of a document that somebody here sent, or the sender's wish to have one back."""

from datetime import datetime
from typing import TYPE_CHECKING

from lienthong.foundation.access.terms import Actor
from lienthong.foundation.organizations import queries as organizations
from lienthong.kit.dates import VIETNAM
from lienthong.modules.documents.actions.ask_receivers import ask
from lienthong.modules.documents.actions.tell_sender import record
from lienthong.modules.documents.queries import border
from lienthong.modules.documents.terms import Code, RequestKind
from lienthong.modules.exchange.edxml.message import StatusPacket
from lienthong.modules.exchange.models import Message
from lienthong.modules.exchange.terms import State

if TYPE_CHECKING:
    from lienthong.foundation.files.models import StoredFile


def take_status(*, packet: StatusPacket, kept: "StoredFile", file_name: str, actor: Actor, now: datetime) -> Message:
    """Move the delivery that the status is about; older and repeated codes change nothing. A status that fits nothing
    here is parked, not lost."""
    answered = packet.response_for
    message = Message(
        direction="in", kind="status", sender=packet.sender.code[:35], receiver=answered.agency_code[:35],
        document_key=answered.document_id[:200], title=f"{packet.code} {answered.code} {packet.description}"[:500],
        file_name=file_name[:200], stored=kept, sha256=kept.sha256, at=now, state=State.DONE,
        warnings=[str(remark) for remark in packet.warnings],
    )  # fmt: skip
    if Message.objects.filter(direction="in", state=State.DONE, sha256=kept.sha256, receiver=message.receiver).exists():
        message.state = State.REPEATED
    elif packet.code == Code.ASKED_BACK:
        _asked_back(message, packet, now)
    else:
        _progress(message, packet, now)
    message.save()
    return message


def _progress(message: Message, packet: StatusPacket, now: datetime) -> None:
    sender = organizations.by_code(packet.sender.code, now.astimezone(VIETNAM).date())
    key = packet.response_for.document_id
    delivery = border.delivery_to(sender.pk, key) if sender is not None and key else None
    if delivery is None:
        message.state = State.PARKED
        message.reason = (
            "Không thấy văn bản nào đã gửi cho bên này có mã định danh trong gói tin."
            if sender is not None
            else f"Mã định danh bên gửi trạng thái {packet.sender.code} không có trong danh bạ."
        )
        return
    message.delivery = delivery
    if packet.meaning is None:
        message.warnings.append(f"Mã trạng thái {packet.code} không rõ nghĩa, chỉ lưu lại.")
        return
    record(
        delivery_id=delivery.pk,
        code=Code(packet.code),
        at=packet.at or now,
        staff=packet.staff.name,
        remark=packet.description,
    )


def _asked_back(message: Message, packet: StatusPacket, now: datetime) -> None:
    taken = Message.objects.filter(
        direction="in",
        kind__in=["document", "recall", "update", "replace"],
        state=State.DONE,
        sender=packet.sender.code[:35],
        document_key=packet.response_for.document_id[:200],
        incoming__isnull=False,
    )
    rows = border.still_held(list(taken.values_list("incoming_id", flat=True)))[:1]
    if not rows:
        message.state, message.reason = (
            State.PARKED,
            "Không thấy văn bản đến nào của bên gửi này có mã định danh trong gói tin.",
        )
        return
    message.incoming = rows[0]
    document = rows[0].document
    ask(
        rows=rows, document=document, kind=RequestKind.RECALL, reason=packet.description[:500] or "Bên gửi yêu cầu lấy lại",
        replacement=None, asker=document.issuer_name, now=now,
    )  # fmt: skip
