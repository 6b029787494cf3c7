"""Scans and results, sent as they are stored."""

from typing import TYPE_CHECKING
from urllib.parse import quote

from django.http import FileResponse, Http404

from lienthong.foundation.files.queries import open_content
from lienthong.modules.dossiers import queries
from lienthong.modules.dossiers.models import Consultation, KeptResult
from lienthong.modules.dossiers.queries import store
from lienthong.web.request import Request

if TYPE_CHECKING:
    from lienthong.foundation.files.models import StoredFile

_SHOWN = {"application/pdf", "image/png", "image/jpeg"}  # what a browser may show; all else is only downloaded


def paper(request: Request, pk: int) -> FileResponse:
    """The scan of a component, for whoever may read the dossier."""
    row = queries.paper_for(request.actor, pk)
    return _send(row.stored, row.file_name)


def result(request: Request, pk: int) -> FileResponse:
    """The electronic result, for whoever may read it in the store or the dossier it came out of."""
    row = KeptResult.objects.select_related("stored").get(pk=pk)
    kept = store.results(request.actor).filter(pk=pk)
    if not kept.exists() and not queries.readable(request.actor, row.dossier_id or 0):
        raise Http404
    return _send(row.stored, row.file_name)


def opinion(request: Request, pk: int) -> FileResponse:
    """The file that came with an opinion."""
    row = Consultation.objects.select_related("stored").get(pk=pk)
    if not queries.readable(request.actor, row.dossier_id):
        raise Http404
    return _send(row.stored, row.file_name)


def _send(stored: "StoredFile | None", name: str) -> FileResponse:
    if stored is None:
        raise Http404
    shown = stored.mime in _SHOWN
    response = FileResponse(open_content(stored), content_type=stored.mime if shown else "application/octet-stream")
    response["Content-Disposition"] = f"{'inline' if shown else 'attachment'}; filename*=UTF-8''{quote(name)}"
    response["Content-Length"] = stored.size
    response["Cache-Control"] = "private, no-store"
    return response
