"""Units, posts and who sits in them: the pages of single acts, each coming back to the agency."""

from typing import Any

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from lienthong.foundation.access.terms import DUTY_LABELS, Duty
from lienthong.foundation.organizations import forms, queries
from lienthong.foundation.organizations.actions.add_person import add_person, seat, unseat
from lienthong.foundation.organizations.actions.add_post import add_post
from lienthong.foundation.organizations.actions.add_unit import add_unit
from lienthong.foundation.organizations.actions.close_unit import close_unit
from lienthong.foundation.organizations.actions.edit_contact import edit_contact
from lienthong.foundation.organizations.actions.edit_post import edit_post
from lienthong.foundation.organizations.actions.edit_unit import edit_unit
from lienthong.foundation.organizations.actions.move_duty import move_duty
from lienthong.foundation.organizations.models import Person, Post, Unit
from lienthong.foundation.organizations.views.agencies import act_on, obtain
from lienthong.web.clock import now, today
from lienthong.web.fields import text_in
from lienthong.web.request import Request


def _unit(pk: int, unit_id: int) -> Unit:
    try:
        return queries.unit_of(pk, unit_id)
    except Unit.DoesNotExist as error:
        raise Http404 from error


def obtain_post(pk: int, post_id: int) -> Post:
    """A post of that very agency, or there is no such page."""
    try:
        return queries.post_of(pk, post_id)
    except Post.DoesNotExist as error:
        raise Http404 from error


def new_unit(request: Request, pk: int) -> HttpResponse:
    agency = obtain(request, pk)
    return act_on(
        request, agency, title=_("Thêm đơn vị"), submit=_("Thêm đơn vị"), said=_("Đã thêm đơn vị."),
        form=forms.NewUnitForm(request.POST or None, today=today()),
        do=lambda data: add_unit(agency_id=pk, actor=request.actor, now=now(), **data),
    )  # fmt: skip


def change_unit(request: Request, pk: int, unit_id: int) -> HttpResponse:
    agency, unit = obtain(request, pk), _unit(pk, unit_id)
    return act_on(
        request, agency, title=_("Sửa đơn vị"), submit=_("Lưu"), said=_("Đã lưu."),
        form=forms.UnitForm(request.POST or None, initial={"name": unit.name, "short_name": unit.short_name}),
        do=lambda data: edit_unit(unit_id=unit_id, actor=request.actor, now=now(), **data),
    )  # fmt: skip


def end_unit(request: Request, pk: int, unit_id: int) -> HttpResponse:
    agency, unit = obtain(request, pk), _unit(pk, unit_id)
    return act_on(
        request, agency, title=_("Kết thúc {unit}").format(unit=unit.name), submit=_("Kết thúc đơn vị"), danger=True,
        form=forms.EndForm(request.POST or None, today=today()),
        do=lambda data: close_unit(unit_id=unit_id, actor=request.actor, now=now(), **data),
    )  # fmt: skip


def new_post(request: Request, pk: int) -> HttpResponse:
    agency = obtain(request, pk)
    return act_on(
        request, agency, title=_("Thêm chức danh"), submit=_("Thêm chức danh"), said=_("Đã thêm chức danh."),
        about=_("{agency}. Cơ quan có chức danh văn thư đầu tiên thì bắt đầu nhận văn bản trong hệ thống.").format(
            agency=agency.name
        ),
        form=forms.NewPostForm(request.POST or None, units=queries.units_of(pk, today()), today=today()),
        do=lambda data: add_post(agency_id=pk, actor=request.actor, now=now(), **data),
    )  # fmt: skip


def change_post(request: Request, pk: int, post_id: int) -> HttpResponse:
    agency, post = obtain(request, pk), obtain_post(pk, post_id)
    initial = {"name": post.name, "unit_id": post.unit_id, "duties": post.duties}
    return act_on(
        request, agency, title=_("Sửa chức danh, nhiệm vụ"), submit=_("Lưu"), said=_("Đã lưu."),
        form=forms.PostForm(request.POST or None, initial=initial, units=queries.units_of(pk, today())),
        do=lambda data: edit_post(post_id=post_id, actor=request.actor, now=now(), **data),
    )  # fmt: skip


def hand_duty(request: Request, pk: int, post_id: int) -> HttpResponse:
    agency, post = obtain(request, pk), obtain_post(pk, post_id)
    form = forms.DutyForm(request.POST or None)
    form.fields["duty"].choices = [(duty, DUTY_LABELS[Duty(duty)]) for duty in post.duties]  # type: ignore[attr-defined]
    form.fields["to_post_id"].choices = queries.post_labels(pk, today(), besides=post_id)  # type: ignore[attr-defined]
    return act_on(
        request, agency, title=_("Chuyển nhiệm vụ của {post}").format(post=post.name), submit=_("Chuyển nhiệm vụ"),
        said=_("Đã chuyển nhiệm vụ."), form=form,
        do=lambda data: move_duty(from_post_id=post_id, actor=request.actor, now=now(), **data),
    )  # fmt: skip


def new_seat(request: Request, pk: int, post_id: int) -> HttpResponse:
    """Seat somebody who is known (`q` narrows the list), or a new person."""
    agency, post = obtain(request, pk), obtain_post(pk, post_id)
    words = text_in(request.GET, "q")
    people = [(one.pk, f"{one.name} ({one.email})" if one.email else one.name) for one in queries.people(words)]

    def do(data: dict[str, Any]) -> None:
        who = {"valid_from": data["valid_from"], "actor": request.actor, "now": now()}
        if data["person_id"]:
            seat(person_id=data["person_id"], post_id=post_id, **who)
        else:
            add_person(name=data["name"], email=data["email"], phone=data["phone"], post_id=post_id, **who)

    return act_on(
        request, agency, title=_("Giao chức danh {post}").format(post=post.name), submit=_("Giao chức danh"), do=do,
        form=forms.SeatForm(request.POST or None, people=people, today=today()), said=_("Đã giao chức danh."),
        template="organizations/seat.html", words=words,
    )  # fmt: skip


def end_seat(request: Request, pk: int, post_id: int, person_id: int) -> HttpResponse:
    agency, post, person = obtain(request, pk), obtain_post(pk, post_id), _person(person_id)
    return act_on(
        request, agency, title=_("{person} thôi giữ chức danh {post}").format(person=person.name, post=post.name),
        submit=_("Thôi giao chức danh"), danger=True, about=_("Việc đang mở ở lại với chức danh, người kế tiếp làm tiếp."),
        form=forms.EndForm(request.POST or None, today=today()),
        do=lambda data: unseat(
            post_id=post_id, person_id=person_id, last_day_after=data["on"], actor=request.actor, now=now()
        ),
    )  # fmt: skip


def change_contact(request: Request, pk: int, person_id: int) -> HttpResponse:
    agency, person = obtain(request, pk), _person(person_id)
    return act_on(
        request, agency, title=_("Liên hệ của {person}").format(person=person.name), submit=_("Lưu"), said=_("Đã lưu."),
        about=_("Thông báo qua thư điện tử gửi đến địa chỉ này."),
        form=forms.ContactForm(request.POST or None, initial={"email": person.email, "phone": person.phone}),
        do=lambda data: edit_contact(person_id=person_id, actor=request.actor, now=now(), **data),
    )  # fmt: skip


def _person(person_id: int) -> Person:
    try:
        return queries.person(person_id)
    except Person.DoesNotExist as error:
        raise Http404 from error
