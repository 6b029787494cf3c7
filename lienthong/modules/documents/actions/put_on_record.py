"""Make the row of a document and of its files: the first half of registering, whichever way it came."""

from collections.abc import Iterable
from datetime import datetime

from lienthong.foundation.insert import insert
from lienthong.foundation.outbox.actions.put import put
from lienthong.modules.documents import rules
from lienthong.modules.documents.facts import FilesAttached
from lienthong.modules.documents.models import Document, DocumentFile
from lienthong.modules.documents.rules import Attached, Paper


def put_on_record(*, paper: Paper, holders: list[int], attached: Iterable[Attached], now: datetime) -> Document:
    """Insert the document with its files; the caller has checked both. Its text is read later, by the worker."""
    document = Document(
        issuer_id=paper.issuer_id, issuer_name=paper.issuer_name.strip()[:300], number=paper.number, notation=paper.notation,
        code_folded=rules.code_folded(paper.number, paper.notation), exchange_id=paper.exchange_id,
        type_code=paper.type_code, type_name=paper.type_name, issued_on=paper.issued_on, place=paper.place,
        subject=paper.subject.strip(), signer_name=paper.signer_name, signer_position=paper.signer_position,
        signer_authority=paper.signer_authority, urgency=paper.urgency, pages=paper.pages, reply_by=paper.reply_by,
        holders=holders, created_at=now,
    )  # fmt: skip
    insert(document)
    attach(document=document, attached=attached)
    return document


def attach(*, document: Document, attached: Iterable[Attached]) -> None:
    """Add files to a document."""
    rows = [
        DocumentFile(document=document, stored_id=file.stored_id, name=file.name[:200], part=file.part, place=place)
        for place, file in enumerate(attached)
    ]
    if rows:
        DocumentFile.objects.bulk_create(rows)
        put(FilesAttached(document_id=document.pk))
