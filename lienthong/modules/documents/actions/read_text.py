"""Reaction: make a document findable by the text of its files."""

from datetime import datetime

from lienthong.foundation.files.actions.read_text import read_text
from lienthong.modules.documents.facts import FilesAttached
from lienthong.modules.documents.models import Document, DocumentFile


def of_document(fact: FilesAttached, *, now: datetime) -> None:
    """Read the files once and put their text beside the document; the database makes it searchable."""
    files = DocumentFile.objects.filter(document_id=fact.document_id, removed_at__isnull=True)
    texts = [read_text(stored_id=pk) for pk in files.values_list("stored_id", flat=True)]
    Document.objects.filter(pk=fact.document_id).update(body="\n".join(filter(None, texts))[:400_000])
