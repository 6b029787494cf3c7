"""What anybody may see: how far a dossier is, by its code; what the applicant thinks of it; how long things really take."""

from datetime import datetime
from functools import lru_cache
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from lienthong.foundation.organizations import queries as organizations
from lienthong.kit.refusal import Refused
from lienthong.modules.dossiers.actions.rate import CRITERIA, rate_by_code
from lienthong.modules.dossiers.queries import lists
from lienthong.modules.dossiers.queries.board import PublicRow, public_queue, published_times
from lienthong.modules.dossiers.terms import GRADE_LABELS, STATE_LABELS, DossierState
from lienthong.modules.dossiers.views.clock import now
from lienthong.modules.dossiers.views.satisfaction import grade_in, mark_words, marks_in
from lienthong.web.fields import text_in


def look_up(request: HttpRequest) -> HttpResponse:
    """The degree of completion of a dossier, without signing in and with nothing personal (01/2018/TT-VPCP art. 16)."""
    code = _code(request.GET)
    found = lists.public_state(code) if code else None
    context = _framed({"code": code, "found": found, "asked": bool(code), "grades": list(GRADE_LABELS.items())})
    if found:
        context |= _said(found)
    if not code:
        context |= _queue(now())
    if "da-danh-gia" in request.GET:
        context["thanks"] = True
    return render(request, "dossiers/look_up.html", context)


def _code(query: QueryDict) -> str:
    """The code as it stands on the paper, however it was typed on a telephone: small letters and blanks do not matter."""
    return "".join(text_in(query, "ma", 60).split()).upper()


def _framed(context: dict[str, Any]) -> dict[str, Any]:
    """With what the frame of a public page says: whose site it is."""
    return {**context, "owner": _owner_of(now().replace(second=0, microsecond=0))}


@lru_cache(maxsize=1)
def _owner_of(minute: datetime) -> str:
    return organizations.owner_name(minute.date())


# One reading serves everybody who looks within the same minute; each process keeps its own.
@lru_cache(maxsize=1)
def _queue_of(minute: datetime) -> list[PublicRow]:
    return public_queue(minute.date().replace(day=1), minute.date(), minute)


def _queue(at: datetime) -> dict[str, Any]:
    minute = at.replace(second=0, microsecond=0)
    return {"queue": _queue_of(minute), "counted_at": minute}


def _said(found: dict[str, Any], typed: QueryDict | None = None) -> dict[str, Any]:
    """The degree of completion in words, and the form to rate with what was `typed` into it before it was refused."""
    typed = typed or QueryDict()
    state = DossierState(found["state"])
    reached = {DossierState.READY: 2, DossierState.ON_DELIVERY: 2, DossierState.RETURNED: 3}.get(state, 1)
    steps = [_("Đã tiếp nhận"), _("Đang xử lý"), _("Có kết quả"), _("Đã trả")]
    return {
        "label": STATE_LABELS[state], "reached": reached, "steps": list(enumerate(steps)),
        "may_rate": state in {DossierState.READY, DossierState.ON_DELIVERY, DossierState.RETURNED} and not found["rated"],
        "criteria": [(place, name, text_in(typed, f"tieu-chi-{place}", 1)) for place, name in enumerate(CRITERIA)],
        "marks": mark_words(), "comment": text_in(typed, "gop-y", 2001),
    }  # fmt: skip


def rate(request: HttpRequest) -> HttpResponse:
    """Once per dossier, by the code on the paper."""
    code = _code(request.POST)
    if request.method != "POST":
        return redirect("dossiers_public:look_up")
    try:
        rate_by_code(
            code=code, grade=grade_in(request.POST), criteria=marks_in(request.POST),
            comment=text_in(request.POST, "gop-y", 2001), now=now(),
        )  # fmt: skip
    except Refused as refusal:
        found = lists.public_state(code)
        context = _framed(
            {"code": code, "found": found, "asked": True, "grades": list(GRADE_LABELS.items()), "refusal": refusal}
        )
        if found:
            context |= _said(found, request.POST)
        return render(request, "dossiers/look_up.html", context, status=422)
    return redirect(f"{reverse('dossiers_public:look_up')}?ma={code}&da-danh-gia")


def times(request: HttpRequest) -> HttpResponse:
    """Median and ninth decile of real processing times, with how they are worked out."""
    return render(request, "dossiers/times.html", _framed({"rows": published_times()}))
