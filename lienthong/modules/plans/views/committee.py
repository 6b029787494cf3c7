"""Pages of the steering committee of a plan."""

from typing import Any
from urllib.parse import quote

from django.http import FileResponse, Http404, HttpResponse
from django.utils.translation import gettext as _

from lienthong.foundation.access.rules import allows
from lienthong.foundation.access.terms import Seated
from lienthong.foundation.files.actions.store import store
from lienthong.foundation.files.queries import open_content
from lienthong.foundation.organizations import queries as organizations
from lienthong.modules.plans.actions.keep_minutes import keep_minutes
from lienthong.modules.plans.actions.seat_member import seat_member
from lienthong.modules.plans.actions.unseat_member import unseat_member
from lienthong.modules.plans.forms import MinutesForm, SeatForm, UnseatForm
from lienthong.modules.plans.models import Member, Minutes, Plan
from lienthong.modules.plans.queries import committee
from lienthong.modules.plans.views.obtain import obtain, page_of
from lienthong.web.act_page import act_page
from lienthong.web.clock import now, today
from lienthong.web.fields import number_in
from lienthong.web.request import Request

PLACE = "ban-chi-dao"


def section(viewer: Seated, plan: Plan) -> dict[str, Any]:
    """What plans/committee_section.html shows: who sits, what they concluded."""
    may = allows(viewer, "plans.make", agency_id=plan.issuer_id)
    return {"committee": {"members": committee.members(plan.pk), "minutes": committee.minutes(plan.pk), "may": may}}


def seat(request: Request, pk: int) -> HttpResponse:
    """Seat somebody: first the agency (`co-quan`), then a post of it."""
    plan, on = obtain(request, pk, "plans.make"), today()
    agencies = [(one.pk, one.name) for one in organizations.agencies(on, here_only=True)]
    chosen = number_in(request.GET, "co-quan") or plan.issuer_id
    chosen = chosen if chosen in dict(agencies) else plan.issuer_id
    form = SeatForm(request.POST or None, posts=organizations.post_labels(chosen, on), initial={"since": on})
    return act_page(
        request, form=form, title=_("Cử thành viên Ban Chỉ đạo"), submit=_("Cử vào Ban Chỉ đạo"), back=page_of(pk, PLACE),
        said=lambda made: _("Đã cử {name}.").format(name=made.name), template="plans/seat.html", agencies=agencies, chosen=chosen,
        do=lambda data: seat_member(
            plan_id=pk, post_id=data["post"], role=data["role"], since=data["since"], actor=request.actor, now=now()
        ),
    )  # fmt: skip


def unseat(request: Request, pk: int, member_id: int) -> HttpResponse:
    """Let somebody leave."""
    obtain(request, pk, "plans.make")
    try:
        row = committee.member(pk, member_id)
    except Member.DoesNotExist:
        raise Http404 from None
    return act_page(
        request, form=UnseatForm(request.POST or None, initial={"until": today()}), submit=_("Thôi tham gia"),
        title=_("{name} thôi tham gia Ban Chỉ đạo").format(name=row.name), back=page_of(pk, PLACE), said=_("Đã ghi."),
        about=_("{role}, từ {day}. Thời gian đã tham gia vẫn đọc được.").format(role=row.role, day=f"{row.since:%d/%m/%Y}"),
        do=lambda data: unseat_member(
            plan_id=pk, member_id=row.pk, until=data["until"], actor=request.actor, now=now()
        ),
    )  # fmt: skip


def keep(request: Request, pk: int) -> HttpResponse:
    """Keep what a meeting concluded."""
    obtain(request, pk, "plans.make")

    def do(data: dict[str, Any]) -> Minutes:
        upload, at = data["paper"], now()
        stored = store(stream=upload, name=upload.name, now=at) if upload else None
        return keep_minutes(
            plan_id=pk, held_on=data["held_on"], conclusion=data["conclusion"], stored=stored,
            file_name=upload.name if upload else "", actor=request.actor, now=at,
        )  # fmt: skip

    form = MinutesForm(request.POST or None, request.FILES or None, initial={"held_on": today()})
    return act_page(
        request, form=form, do=do, title=_("Lưu kết luận họp Ban Chỉ đạo"), submit=_("Lưu kết luận"), back=page_of(pk, PLACE),
        said=_("Đã lưu kết luận."), about=_("Kết luận đã lưu không sửa được; cuộc họp sau điều chỉnh cuộc họp trước."),
    )  # fmt: skip


def paper(request: Request, pk: int, minutes_id: int) -> FileResponse:
    """The paper of the minutes."""
    obtain(request, pk)
    try:
        row = committee.minutes_with_file(pk, minutes_id)
    except Minutes.DoesNotExist:
        raise Http404 from None
    assert row.stored is not None
    response = FileResponse(open_content(row.stored), content_type="application/octet-stream")
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(row.file_name)}"
    response["Cache-Control"] = "private, no-store"
    return response
