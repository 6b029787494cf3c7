"""Note whether outgoing documents are digitally signed: a reaction, and the clock's for those registered before anybody looked."""

from datetime import datetime

from lienthong.foundation.files.actions.read_signatures import read_signatures
from lienthong.foundation.files.rules import is_signed
from lienthong.modules.documents.facts import FilesAttached
from lienthong.modules.documents.models import DocumentFile, Outgoing
from lienthong.modules.documents.terms import Part


def of_document(fact: FilesAttached, *, now: datetime) -> None:
    """Read the signatures of all files once; the document is signed when one of its main files is (30/2020/NĐ-CP art. 13.7)."""
    files = DocumentFile.objects.filter(document_id=fact.document_id, removed_at__isnull=True)
    found = [(part, read_signatures(stored_id=pk)) for pk, part in files.values_list("stored_id", "part")]
    signed = any(part == Part.MAIN and is_signed(signatures) for part, signatures in found)
    Outgoing.objects.filter(document_id=fact.document_id).update(signed=signed)


def of_earlier(*, now: datetime, limit: int = 200) -> int:
    """The same for documents that nobody has looked into yet, the newest first. Returns how many there were; called again
    until there are none."""
    rows = Outgoing.objects.filter(signed__isnull=True).order_by("-id")
    found = list(rows.values_list("document_id", flat=True)[:limit])
    for document in found:
        of_document(FilesAttached(document_id=document), now=now)
    return len(found)
