"""Write the status messages that a sender outside must hear."""

import io
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from lienthong.foundation.files.actions.store import keep_bytes
from lienthong.foundation.organizations import queries as organizations
from lienthong.modules.documents.facts import StateTold
from lienthong.modules.documents.queries import border
from lienthong.modules.documents.terms import CODE_LABELS, Code
from lienthong.modules.exchange.edxml.message import Agency, DocumentReference, Staff, StatusPacket
from lienthong.modules.exchange.edxml.write import write_status
from lienthong.modules.exchange.models import Message
from lienthong.modules.exchange.terms import State

if TYPE_CHECKING:
    from lienthong.modules.documents.models import Incoming


def of_state(fact: StateTold, *, now: datetime) -> None:
    """Reaction: a document that came by message reached a state its sender hears of."""
    row = border.received(fact.incoming_id)
    answer(incoming=row, code=fact.code, staff="", remark=row.end_reason, now=now)


@transaction.atomic
def answer(*, incoming: "Incoming", code: str, staff: str, remark: str, now: datetime) -> None:
    """Write one status message, once per document and code; it waits to be fetched."""
    once = f"state.{incoming.pk}.{code}"
    if Message.objects.filter(once=once).exists():
        return
    first = Message.objects.filter(direction="in", incoming=incoming).order_by("id").first()
    sender_code = first.sender if first else ""
    codes = organizations.codes_of([incoming.agency_id])
    document = incoming.document
    packet = StatusPacket(
        sender=Agency(code=codes.get(incoming.agency_id, str(incoming.agency_id)), name=incoming.agency.name),
        response_for=DocumentReference(
            agency_code=sender_code, code=document.code, promulgated_on=document.issued_on, document_id=document.exchange_id
        ),
        code=code, description=remark or CODE_LABELS[Code(code)], at=now, staff=Staff(name=staff),
    )  # fmt: skip
    out = io.BytesIO()
    write_status(packet, out)
    kept = keep_bytes(out.getvalue(), mime="application/xml", extension="edxml", now=now)
    Message.objects.get_or_create(
        once=once,
        defaults={
            "direction": "out", "kind": "status", "state": State.WAITING, "sender": packet.sender.code[:35], "receiver": sender_code,
            "document_key": document.exchange_id, "title": f"{code} {document.code}", "file_name": f"trang-thai-{incoming.pk}-{code}.edxml",
            "stored": kept, "sha256": kept.sha256, "incoming": incoming, "at": now,
        },
    )  # fmt: skip
