"""Write the document messages for receivers outside this installation; they wait to be fetched."""

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from django.conf import settings
from django.db import transaction

from lienthong.foundation.files.actions.store import store_message
from lienthong.foundation.files.queries import open_content
from lienthong.foundation.organizations import queries as organizations
from lienthong.modules.documents.facts import Issued, RequestMade
from lienthong.modules.documents.queries import border
from lienthong.modules.documents.terms import RequestKind
from lienthong.modules.exchange.edxml.message import (
    Agency,
    Business,
    DocumentPacket,
    DocumentType,
    Hop,
    OtherInfo,
    Replacement,
    Signer,
)
from lienthong.modules.exchange.edxml.terms import DocumentAction
from lienthong.modules.exchange.edxml.write import write_document
from lienthong.modules.exchange.models import Message
from lienthong.modules.exchange.terms import State

if TYPE_CHECKING:
    from lienthong.foundation.files.models import StoredFile
    from lienthong.modules.documents.models import Delivery, Outgoing

_ACTIONS = {
    RequestKind.RECALL: DocumentAction.RECALL,
    RequestKind.UPDATE: DocumentAction.UPDATE,
    RequestKind.REPLACE: DocumentAction.REPLACE,
}


@dataclass(frozen=True)
class _File:
    """A stored file in the shape the writer sends."""

    name: str
    content_id: str
    description: str
    stored: "StoredFile"

    def open(self) -> BinaryIO:
        return open_content(self.stored)


def of_issue(fact: Issued, *, now: datetime) -> None:
    """Reaction: one message for all receivers that have an identifier and no clerk here."""
    _write(fact.outgoing_id, DocumentAction.NEW, "", f"issue.{fact.outgoing_id}", now)


def of_request(fact: RequestMade, *, now: datetime) -> None:
    """Reaction: the same for a recall, an update or a replacement."""
    once = f"{fact.kind}.{fact.outgoing_id}" + (f".{fact.serial}" if fact.serial else "")
    _write(fact.outgoing_id, _ACTIONS[RequestKind(fact.kind)], fact.reason, once, now)


@transaction.atomic
def _write(outgoing_id: int, action: DocumentAction, reason: str, once: str, now: datetime) -> None:
    outgoing = border.sent(outgoing_id)
    deliveries = border.outside_deliveries(outgoing_id)
    if not deliveries or Message.objects.filter(once=f"{once}.{deliveries[0].pk}").exists():
        return
    codes = organizations.codes_of([outgoing.agency_id, *(delivery.agency_id for delivery in deliveries)])
    about = outgoing.replaced_by if action == DocumentAction.REPLACE else outgoing
    assert about is not None  # a replaced document names the one that takes its place
    packet = _packet(outgoing, about, deliveries, codes, action, reason, now)
    files = [_File(file.name, f"cid:{file.pk}", file.name, file.stored) for file in border.files(about.document_id)]
    folder = Path(settings.FILES_ROOT) / "incoming"
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryFile(dir=folder) as out:
        write_document(packet, files, out)
        out.seek(0)
        kept = store_message(stream=out, now=now)
    Message.objects.bulk_create(
        Message(
            direction="out", kind={0: "document", 1: "recall", 2: "update", 3: "replace"}[action], state=State.WAITING,
            sender=packet.sender.code[:35], receiver=codes.get(delivery.agency_id, "")[:35], document_key=packet.document_id,
            title=f"{outgoing.document.code} {outgoing.document.subject}"[:500], file_name=f"{once.replace('.', '-')}.edxml",
            stored=kept, sha256=kept.sha256, delivery=delivery, at=now, once=f"{once}.{delivery.pk}",
        )
        for delivery in deliveries
    )  # fmt: skip


def _packet(
    outgoing: "Outgoing",
    about: "Outgoing",
    deliveries: "Sequence[Delivery]",
    codes: Mapping[int, str],
    action: DocumentAction,
    reason: str,
    now: datetime,
) -> DocumentPacket:
    """`outgoing` is what the message is about; `about` is the document it carries (the new one in a replacement)."""
    document = about.document
    sender = Agency(
        code=codes.get(outgoing.agency_id, str(outgoing.agency_id)), name=outgoing.agency.name, address=outgoing.agency.address,
        email=outgoing.agency.email, telephone=outgoing.agency.phone,
    )  # fmt: skip
    receivers = tuple(Agency(code=codes[delivery.agency_id], name=delivery.agency_name) for delivery in deliveries)
    replaced = (Replacement(outgoing.document.exchange_id, tuple(to.code for to in receivers)),)
    return DocumentPacket(
        sender=sender, receivers=receivers, document_id=document.exchange_id, number=document.number, notation=document.notation,
        place=document.place, promulgated_on=document.issued_on, type=DocumentType(2, None, document.type_name),
        subject=document.subject, content=document.subject,
        signer=Signer(document.signer_authority, document.signer_position, document.signer_name), due_on=document.reply_by,
        places=tuple(filter(None, [outgoing.to_places])), other=OtherInfo(priority=document.urgency, pages=document.pages, copies=about.copies),
        steering=1, hops=(Hop(sender.code, now),),
        business=Business(
            action=action, document_id=outgoing.document.exchange_id if action else "", reason=reason or action.label,
            paper=any(delivery.paper_too for delivery in deliveries),
            replacements=replaced if action == DocumentAction.REPLACE else (),
        ),
    )  # fmt: skip
