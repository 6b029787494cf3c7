"""Files of documents, sent as they are stored."""

from typing import TYPE_CHECKING
from urllib.parse import quote

from django.http import FileResponse, Http404

from lienthong.foundation.files.queries import open_content
from lienthong.modules.documents import queries
from lienthong.modules.documents.models import DocumentFile, Note
from lienthong.web.request import Request

# What a browser may show inside the page; all else is only downloaded.

if TYPE_CHECKING:
    from lienthong.foundation.files.models import StoredFile

_SHOWN = {"application/pdf", "image/png", "image/jpeg"}


def document_file(request: Request, pk: int) -> FileResponse:
    """A file of a document that the viewer may read, on whichever side."""
    try:
        file = queries.file_for(request.actor, pk)
    except DocumentFile.DoesNotExist:
        raise Http404 from None
    return _send(file.stored, file.name, download="tai" in request.GET)


def note_file(request: Request, pk: int) -> FileResponse:
    """The file of a handling note, for whoever may read the document it hangs on."""
    note = Note.objects.select_related("stored").filter(pk=pk, stored__isnull=False).first()
    if note is None or note.stored is None or not queries.incoming(request.actor).filter(pk=note.incoming_id).exists():
        raise Http404
    return _send(note.stored, note.file_name, download=True)


def _send(stored: "StoredFile", name: str, *, download: bool) -> FileResponse:
    shown = stored.mime in _SHOWN and not download
    response = FileResponse(open_content(stored), content_type=stored.mime if shown else "application/octet-stream")
    place = "inline" if shown else "attachment"
    response["Content-Disposition"] = f"{place}; filename*=UTF-8''{quote(name)}"
    response["Content-Length"] = stored.size
    response["Cache-Control"] = "private, no-store"
    return response
