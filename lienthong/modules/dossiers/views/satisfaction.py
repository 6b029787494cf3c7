"""What applicants say: one tap at the counter, and what it comes to per agency, officer and procedure."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from lienthong.foundation.access.rules import require
from lienthong.foundation.organizations import queries as organizations
from lienthong.kit.refusal import N_, Refused
from lienthong.modules.dossiers import queries
from lienthong.modules.dossiers.actions.rate import CRITERIA, rate_at_desk
from lienthong.modules.dossiers.queries import satisfaction
from lienthong.modules.dossiers.queries.board import agencies_for
from lienthong.modules.dossiers.queries.lists import usual_side
from lienthong.modules.dossiers.queries.satisfaction import Row, Wanted
from lienthong.modules.dossiers.rules import SATISFACTION_FULL, SATISFACTION_POINTS
from lienthong.modules.dossiers.terms import GRADE_LABELS, Grade
from lienthong.modules.dossiers.views.clock import now
from lienthong.web.fields import day_in, number_in, text_in
from lienthong.web.request import Request

_BY = {"co-quan": "agency", "tiep-nhan": "receiver", "xu-ly": "handler", "thu-tuc": "procedure"}


def grade_in(post: QueryDict) -> Grade:
    """The grade that was tapped; refused when it is none of the three."""
    grade = text_in(post, "muc-do", 10)
    if grade not in set(Grade):
        raise Refused(N_("Chọn một trong ba mức hài lòng."))
    return Grade(grade)


def marks_in(post: QueryDict) -> list[int]:
    """The marks of the criteria that were given, in order; fewer than all of them is refused by the act."""
    marks = [text_in(post, f"tieu-chi-{place}", 1) for place in range(len(CRITERIA))]
    return [int(mark) for mark in marks if mark in {"0", "1", "2"}]


def mark_words() -> list[tuple[int, str]]:
    return [(2, _("Tốt")), (1, _("Được")), (0, _("Kém"))]


def rate_page(request: Request, pk: int) -> HttpResponse:
    """Turned to the applicant at the counter: three large buttons; the criteria and a comment only for who wants them."""
    at = now()
    dossier = queries.dossier_for(request.actor, pk)
    require(request.actor, "dossiers.return", agency_id=request.actor.agency_id)
    refusal = None
    if request.method == "POST":
        try:
            rate_at_desk(
                dossier_id=pk, grade=grade_in(request.POST), criteria=marks_in(request.POST),
                comment=text_in(request.POST, "gop-y", 2001), actor=request.actor, now=at,
            )  # fmt: skip
        except Refused as why:
            refusal = why
        else:
            messages.success(request, _("Đã ghi nhận đánh giá. Xin cảm ơn."))
            return redirect("dossiers:one", pk)
    context = {
        "dossier": dossier, "known": queries.rating(pk), "refusal": refusal, "grades": list(GRADE_LABELS.items()),
        "criteria": [(place, name, text_in(request.POST, f"tieu-chi-{place}", 1)) for place, name in enumerate(CRITERIA)],
        "marks": mark_words(), "comment": text_in(request.POST, "gop-y", 2001),
    }  # fmt: skip
    return render(request, "dossiers/rate.html", context, status=422 if refusal else 200)


def _asked(request: Request, today: date) -> tuple[list[int], int | None, str, date, date]:
    """(agencies, the one chosen, counted by, since, until) out of the address; what may not be seen is left out."""
    reach = agencies_for(request.actor)
    chosen = number_in(request.GET, "co-quan")
    by = text_in(request.GET, "theo", 10)
    by = by if by in _BY else "co-quan" if len(reach) > 1 and chosen not in reach else "thu-tuc"
    since = day_in(request.GET, "tu") or today.replace(day=1)
    until = max(day_in(request.GET, "den") or today, since)
    return ([chosen] if chosen in reach else reach), (chosen if chosen in reach else None), by, since, until


def statistics(request: Request) -> HttpResponse:
    """Ratings of a period; every figure opens the ratings that it counted."""
    viewer, today = request.actor, now().date()
    require(viewer, "dossiers.board", agency_id=viewer.agency_id)
    agencies, chosen, by, since, until = _asked(request, today)
    side = usual_side(viewer)
    rows, whole = satisfaction.statistics(agencies, side, _BY[by], since, until)
    kept = {"tu": since.isoformat(), "den": until.isoformat(), **({"co-quan": chosen} if chosen else {})}
    context = {
        "lines": [_line(row, {**kept, "theo": by, "dong": row.key}) for row in rows[:300]], "total": _line(whole, {**kept, "theo": by}),
        "asked": by, "since": since, "until": until, "agency": organizations.agency(chosen) if chosen else None,
        "tabs": [("co-quan", _("Cơ quan")), ("tiep-nhan", _("Cán bộ tiếp nhận")), ("xu-ly", _("Cán bộ xử lý")), ("thu-tuc", _("Thủ tục"))],
        "side": side, "beside": by != "tiep-nhan" and (by != "xu-ly" or side == "decider"), "wide": len(agencies) > 1, "criteria": [(name, mark, mark * 50) for name, mark in zip(CRITERIA, whole.averages, strict=False)],
        "most": SATISFACTION_POINTS, "full": round(SATISFACTION_FULL * 100),
    }  # fmt: skip
    return render(request, "dossiers/satisfaction.html", context)


def _line(row: Row, kept: dict[str, Any]) -> dict[str, Any]:
    list_at = reverse("dossiers:ratings")

    def to(**more: Any) -> str:
        return f"{list_at}?{urlencode({**kept, **more})}"

    return {
        "row": row, "share": round(row.share * 100, 1) if row.share is not None else None, "all": to(),
        "within": f"?{urlencode({**kept, 'theo': 'thu-tuc', 'co-quan': row.key})}",
        "to": [(count, to(**{"muc-do": str(grade)})) for count, grade in
               ((row.very_good, Grade.VERY_GOOD), (row.good, Grade.GOOD), (row.bad, Grade.BAD))],
        "answered": round(row.rated * 100 / row.ended, 1) if row.ended else None,
    }  # fmt: skip


def ratings(request: Request) -> HttpResponse:
    """The ratings behind a figure, with their dossiers."""
    viewer = request.actor
    require(viewer, "dossiers.board", agency_id=viewer.agency_id)
    agencies, _chosen, by, since, until = _asked(request, now().date())
    wanted = Wanted(
        agencies, usual_side(viewer), _BY[by], number_in(request.GET, "dong"), text_in(request.GET, "muc-do", 10), since, until
    )  # fmt: skip
    page = satisfaction.ratings(viewer, wanted, min(max(number_in(request.GET, "trang") or 1, 1), 100_000))
    context = {
        "page": page, "wanted": wanted, "grade": GRADE_LABELS.get(Grade(wanted.grade)) if wanted.grade in set(Grade) else "",
        "rows": [
            {
                "one": row, "grade": GRADE_LABELS[Grade(row.grade)], "open": row.dossier_id in page.readable,
                "marks": [(name, dict(mark_words())[mark]) for name, mark in zip(CRITERIA, row.criteria, strict=False)],
            }
            for row in page.rows
        ],
        "back": f"{reverse('dossiers:satisfaction')}?{urlencode({k: v for k, v in request.GET.items() if k in {'theo', 'tu', 'den', 'co-quan'}})}",
    }  # fmt: skip
    return render(request, "dossiers/ratings.html", context)
