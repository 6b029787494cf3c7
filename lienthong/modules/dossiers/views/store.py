"""The store of results: find one, open it, say that it holds no longer."""

from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from lienthong.foundation.access.rules import allows, require
from lienthong.kit.refusal import N_
from lienthong.modules.dossiers import forms, queries
from lienthong.modules.dossiers.actions.keep_result import revoke_result
from lienthong.modules.dossiers.models import KeptResult
from lienthong.modules.dossiers.queries import store
from lienthong.modules.dossiers.views.clock import now
from lienthong.web.act_page import act_page
from lienthong.web.fields import number_in, text_in
from lienthong.web.request import Request

HOLDS, ENDED, REVOKED = N_("Còn giá trị"), N_("Hết giá trị"), N_("Đã thu hồi")


def state_of(row: KeptResult, today: date) -> str:
    """Whether a result holds, in words."""
    if row.revoked_at is not None:
        return REVOKED
    return ENDED if row.valid_to is not None and row.valid_to < today else HOLDS


def results(request: Request) -> HttpResponse:
    """Search the store."""
    viewer, today = request.actor, now().date()
    require(viewer, queries.READ, agency_id=viewer.agency_id, unit_ids=[viewer.unit_id or 0], post_ids=[viewer.post_id])
    words, state = text_in(request.GET, "q"), text_in(request.GET, "gia-tri", 10)
    state = state if state in store.STATES else ""
    page = store.page(viewer, words, state, today, min(max(number_in(request.GET, "trang") or 1, 1), 100_000))
    context = {
        "page": page, "words": words, "state": state,
        "tabs": [("", _("Tất cả")), ("con", _("Còn giá trị")), ("het", _("Hết giá trị")), ("thu-hoi", _("Đã thu hồi"))],
        "rows": [
            {
                "one": row, "state": state_of(row, today), "open": row.dossier_id in page.readable,
                "revoke": row.revoked_at is None and allows(viewer, "dossiers.decide", agency_id=row.agency_id),
            }
            for row in page.rows
        ],
    }  # fmt: skip
    return render(request, "dossiers/results.html", context)


def revoke(request: Request, pk: int) -> HttpResponse:
    """The leader of the agency that issued a result says that it holds no longer."""
    at = now()
    row = store.result_for(request.actor, pk)
    require(request.actor, "dossiers.decide", agency_id=row.agency_id)
    return act_page(
        request, form=forms.RevokeForm(request.POST or None), title=_("Thu hồi kết quả"), submit=_("Thu hồi"), danger=True,
        back=reverse("dossiers:results"), about=" · ".join(filter(None, (row.number, row.name, row.applicant.name))),
        said=_("Đã thu hồi. Kết quả không được dùng lại nữa nhưng vẫn tra cứu được."),
        do=lambda data: revoke_result(result_id=pk, reason=data["reason"], actor=request.actor, now=at),
    )  # fmt: skip
