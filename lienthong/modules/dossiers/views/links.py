"""Official documents of a dossier: bind one of the agency's own to it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from lienthong.foundation.access.rules import require
from lienthong.kit.refusal import N_, Refused
from lienthong.modules.documents.queries import lists as documents
from lienthong.modules.dossiers import queries
from lienthong.modules.dossiers.actions.keep_result import link_document
from lienthong.modules.dossiers.terms import ROLE_LABELS, DocumentRole
from lienthong.modules.dossiers.views.clock import now
from lienthong.web.fields import number_in, text_in
from lienthong.web.request import Request

_ROLES = (DocumentRole.SUBMISSION, DocumentRole.OPINION, DocumentRole.DECISION)
_MOST = 20


def link(request: Request, pk: int) -> HttpResponse:
    """Find an outgoing document by its number as written or by words, say what it is to the dossier."""
    viewer = request.actor
    dossier = queries.dossier_for(viewer, pk)
    holders = [run.item.holder_id for run in queries.open_runs(pk) if run.item]
    require(viewer, "dossiers.handle", agency_id=dossier.decider_id, post_ids=holders)
    source = request.POST if request.method == "POST" else request.GET
    words, chosen = text_in(source, "q"), number_in(request.POST, "van-ban")
    role = text_in(request.POST, "vai-tro", 12)
    refusal = None
    if request.method == "POST":
        try:
            if chosen is None:
                raise Refused(N_("Chọn một văn bản."))
            if role not in _ROLES:
                raise Refused(N_("Chọn vai trò của văn bản trong hồ sơ."))
            link_document(dossier_id=pk, outgoing_id=chosen, role=DocumentRole(role), actor=viewer, now=now())
        except Refused as why:
            refusal = why
        else:
            messages.success(request, _("Đã gắn văn bản vào hồ sơ."))
            return redirect("dossiers:one", pk)
    linked = {one.document_id for one in queries.documents(pk)}
    page = documents.outgoing_page(viewer, documents.Filter(words=words, agency_id=viewer.agency_id), 1)
    context = {
        "dossier": dossier, "words": words, "chosen": chosen, "role": role, "refusal": refusal,
        "roles": [(one.value, ROLE_LABELS[one]) for one in _ROLES],
        "found": [row for row in page.rows if row.document_id not in linked][:_MOST],
    }  # fmt: skip
    return render(request, "dossiers/link.html", context, status=422 if refusal else 200)
