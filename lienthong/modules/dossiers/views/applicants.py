"""One applicant as the desk sees it: details, masked numbers, dossiers in sight, results that can be reused."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from lienthong.foundation.access.rules import allows
from lienthong.modules.citizens import queries as citizens
from lienthong.modules.citizens.rules import masked
from lienthong.modules.citizens.terms import KIND_LABELS, SCHEME_LABELS, SEX_LABELS, IdentityScheme, Kind, Sex
from lienthong.modules.dossiers import queries
from lienthong.modules.dossiers.queries import store
from lienthong.modules.dossiers.terms import STATE_LABELS, DossierState
from lienthong.modules.dossiers.views.clock import now
from lienthong.modules.dossiers.views.store import state_of
from lienthong.web.request import Request

_MOST = 50


def one(request: Request, pk: int) -> HttpResponse:
    """For a desk, or for whoever may read a dossier of this applicant; nobody else learns that the row exists."""
    viewer, today = request.actor, now().date()
    row = citizens.applicant(pk)
    found = queries.dossiers(viewer).filter(applicant__in=citizens.ids_of(row.pk)).select_related("version", "decider")
    dossiers = list(found.order_by("-id")[: _MOST + 1])
    if not dossiers and not allows(viewer, citizens.READ, agency_id=viewer.agency_id):
        raise Http404
    if row.pk != pk:
        return redirect("applicant_page", row.pk)
    for dossier in dossiers:
        dossier.label = STATE_LABELS[DossierState(dossier.state)]
    context = {
        "row": row, "kind": KIND_LABELS[Kind(row.kind)], "sex": SEX_LABELS[Sex(row.sex)],
        "numbers": [(SCHEME_LABELS[IdentityScheme(one.scheme)], masked(one.number)) for one in citizens.identities(row.pk)],
        "dossiers": dossiers[:_MOST], "more": len(dossiers) > _MOST,
        "results": [(result, state_of(result, today)) for result in store.of_applicant(viewer, row.pk)],
        "edits": allows(viewer, "citizens.edit", agency_id=viewer.agency_id),
    }  # fmt: skip
    return render(request, "dossiers/applicant_page.html", context)
