"""A document packet: a new incoming document, or a sender's request about one that is here."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from lienthong.foundation.access.terms import Actor
from lienthong.foundation.codes.queries import entries
from lienthong.foundation.files.actions.store import keep
from lienthong.foundation.organizations import queries as organizations
from lienthong.kit.dates import VIETNAM
from lienthong.kit.refusal import N_, Refused
from lienthong.kit.text import vn_fold
from lienthong.modules.documents.actions.arrive import arrive
from lienthong.modules.documents.actions.ask_receivers import ask
from lienthong.modules.documents.actions.put_on_record import put_on_record
from lienthong.modules.documents.queries import border
from lienthong.modules.documents.rules import Attached, Paper
from lienthong.modules.documents.terms import DOCUMENT_TYPES, Part, RequestKind
from lienthong.modules.exchange import rules
from lienthong.modules.exchange.actions.answer_sender import answer
from lienthong.modules.exchange.edxml.message import DocumentPacket
from lienthong.modules.exchange.edxml.terms import DocumentAction
from lienthong.modules.exchange.models import Message
from lienthong.modules.exchange.terms import State

if TYPE_CHECKING:
    from lienthong.foundation.files.models import StoredFile
    from lienthong.foundation.organizations.models import Agency
    from lienthong.modules.documents.models import Document, Incoming


def take_document(
    *, packet: DocumentPacket, kept: "StoredFile", file_name: str, actor: Actor, now: datetime, receiver_id: int | None
) -> list[Message]:
    """One message row per receiver here. Raises `Refused` when nobody here can receive."""
    today = now.astimezone(VIETNAM).date()
    receivers = receivers_here(packet, receiver_id, today)
    issuer = organizations.by_code(packet.sender.code, today)
    types = {vn_fold(entry.name): entry.code for entry in entries(DOCUMENT_TYPES, today)}
    paper = rules.paper_of(packet, issuer_id=issuer.pk if issuer else None, types=types)
    attached = _attached(packet, now)
    kind = rules.KIND_OF_ACTION[packet.business.action]
    made = []
    for agency, addressed in receivers:
        message = Message(
            direction="in", kind=kind, sender=packet.sender.code[:35], receiver=str(agency.pk), file_name=file_name[:200],
            document_key=packet.document_id[:200], title=paper.subject, stored=kept, sha256=kept.sha256, at=now,
            warnings=[str(remark) for remark in packet.warnings], state=State.DONE,
        )  # fmt: skip
        if not addressed:
            message.warnings.append("Gói tin không ghi cơ quan này ở nơi nhận.")
        _act(message, packet, paper, attached, agency, actor, now)
        message.save()
        made.append(message)
    return made


def receivers_here(packet: DocumentPacket, receiver_id: int | None, today: date) -> "list[tuple[Agency, bool]]":
    """The agencies here that the packet names (True), else the one it is taken in for (False)."""
    named = [organizations.by_code(to.code, today) for to in packet.receivers]
    here = {agency.pk: agency for agency in named if agency is not None and agency.is_here}
    if here:
        return [(agency, True) for agency in here.values()]
    if receiver_id is not None:
        return [(organizations.agency(receiver_id), False)]
    root = organizations.first_here()
    known = next((agency for agency in named if agency is not None), None)
    fallback = root if root is not None and root.is_here else known or root
    if fallback is None:
        raise Refused(
            N_("Chưa có cơ quan nào trong hệ thống để nhận gói tin. Nhập danh sách cơ quan trước (lt import agencies).")
        )
    return [(fallback, fallback in named)]


def _act(
    message: Message,
    packet: DocumentPacket,
    paper: Paper,
    attached: list[Attached],
    agency: "Agency",
    actor: Actor,
    now: datetime,
) -> None:
    """Decide by the packet's business type what becomes of it at one agency; never changes a registered document."""
    action = packet.business.action
    if action == DocumentAction.NEW and (known := _known(packet.sender.code, packet.document_id, agency)) is not None:
        message.state, message.incoming = State.REPEATED, known
        return
    if Message.objects.filter(
        direction="in", state=State.DONE, sha256=message.sha256, receiver=message.receiver
    ).exists():
        message.state = State.REPEATED
        return
    target = None
    if action in {DocumentAction.RECALL, DocumentAction.UPDATE}:
        target = _known(packet.sender.code, packet.target_document_id, agency) or _known(
            packet.sender.code, packet.document_id, agency
        )
    reason = packet.business.reason or packet.business.action.label
    if target is None:
        row = arrive(agency_id=agency.pk, paper=paper, attached=attached, actor=actor, now=now)
        message.incoming = row
        answer(incoming=row, code="01", staff="", remark="", now=now)
    else:
        message.incoming = row = target
    if action == DocumentAction.RECALL:
        _ask(row, RequestKind.RECALL, reason, None, paper, now)
    elif action == DocumentAction.UPDATE and target is not None:
        version = put_on_record(paper=paper, holders=[], attached=attached, now=now)
        _ask(row, RequestKind.UPDATE, reason, version, paper, now)
    elif action == DocumentAction.REPLACE:
        for replaced in packet.business.replacements:
            old = _known(packet.sender.code, replaced.document_id, agency)
            if old is not None:
                _ask(old, RequestKind.REPLACE, reason, row.document, paper, now)


def _ask(
    row: "Incoming", kind: RequestKind, reason: str, replacement: "Document | None", paper: Paper, now: datetime
) -> None:
    ask(
        rows=[row],
        document=row.document,
        kind=kind,
        reason=reason[:500],
        replacement=replacement,
        asker=paper.issuer_name,
        now=now,
    )


def _known(sender: str, document_key: str, agency: "Agency") -> "Incoming | None":
    """What this agency already took in under that identifier from that very sender: identifiers are unique only with
    their sender, and nobody recalls another's document."""
    if not document_key:
        return None
    taken = Message.objects.filter(
        direction="in",
        sender=sender[:35],
        document_key=document_key[:200],
        receiver=str(agency.pk),
        state=State.DONE,
        incoming__isnull=False,
    )
    held = border.still_held(list(taken.values_list("incoming_id", flat=True)))
    return held[0] if held else None


def _attached(packet: DocumentPacket, now: datetime) -> list[Attached]:
    """Put the attachments away; a lying name is shown with the true type behind it, a program refuses the message."""
    rows = []
    for place, file in enumerate(packet.attachments):
        name = rules.true_name(file.name, file.type.extension, file.lies)
        if file.path is None:
            continue
        stored = keep(path=file.path, sha256=file.sha256, size=file.size, name=name, now=now)
        rows.append(Attached(stored.pk, name, Part.MAIN if place == 0 else Part.ATTACHMENT))
    return rows
