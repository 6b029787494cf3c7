"""Pure decisions: what a packet says in the terms of the document module, and the other way round."""

from lienthong.kit.text import vn_fold
from lienthong.modules.documents.rules import Paper
from lienthong.modules.documents.terms import SUBJECT_LENGTH, Urgency
from lienthong.modules.exchange.edxml.message import DocumentPacket
from lienthong.modules.exchange.edxml.terms import DocumentAction

KIND_OF_ACTION = {
    DocumentAction.NEW: "document",
    DocumentAction.RECALL: "recall",
    DocumentAction.UPDATE: "update",
    DocumentAction.REPLACE: "replace",
}


def paper_of(packet: DocumentPacket, *, issuer_id: int | None, types: dict[str, str]) -> Paper:
    """The document of a packet. `types` maps folded type names to codes: the name is trusted before the numbers,
    which writers fill differently; a type not in the list keeps its name."""
    name = packet.type.name or "Công văn"
    subject = packet.subject or packet.content or packet.document_id
    return Paper(
        type_code=types.get(vn_fold(name), "CV"), type_name=name[:100], subject=subject[:SUBJECT_LENGTH],
        issued_on=packet.promulgated_on, number=packet.number[:20], notation=packet.notation[:60], issuer_id=issuer_id,
        issuer_name=packet.sender.name or packet.sender.code, place=packet.place[:100], signer_name=packet.signer.full_name[:100],
        signer_position=packet.signer.position[:150], signer_authority=packet.signer.authority[:40],
        urgency=min(max(packet.other.priority or 0, Urgency.NORMAL), Urgency.EXPRESS), pages=_count(packet.other.pages), reply_by=packet.due_on,
        exchange_id=packet.document_id[:200],
    )  # fmt: skip


def _count(pages: int | None) -> int | None:
    return pages if pages and 0 < pages < 32_000 else None


def true_name(name: str, extension: str, lies: bool) -> str:
    """A name that promises another content gets the true extension behind it: `a.doc` that is XML → `a.doc.xml`."""
    return f"{name}.{extension or 'bin'}" if lies else name
