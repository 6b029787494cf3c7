"""Who acts for whom: everybody for the own post, administrators for any post of an agency."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lienthong.foundation.organizations import forms, queries
from lienthong.foundation.organizations.actions.end_substitution import end_substitution
from lienthong.foundation.organizations.actions.substitute import substitute
from lienthong.foundation.organizations.views.agencies import obtain, page_of
from lienthong.foundation.organizations.views.posts import obtain_post
from lienthong.web.act_page import act_page
from lienthong.web.clock import now, today
from lienthong.web.request import Request


def mine(request: Request) -> HttpResponse:
    """Who acts for the post in use, and for whom the person acts."""
    viewer, on = request.actor, today()
    context = {
        "for_me": queries.substitutions([viewer.post_id], on),
        "by_me": queries.substitutions_by(viewer.person_id, on),
        "on": on,
        "standing_in": viewer.standing_in,
    }
    return render(request, "organizations/substitutions.html", context)


def name_one(request: Request) -> HttpResponse:
    """Name somebody for the post in use."""
    viewer = request.actor
    return _page(request, viewer.agency_id, viewer.post_id, viewer.post_name, reverse("substitutions"))


def for_post(request: Request, pk: int, post_id: int) -> HttpResponse:
    """An administrator names somebody for a post, when its holder cannot."""
    obtain(request, pk)
    return _page(request, pk, post_id, obtain_post(pk, post_id).name, page_of(pk))


def _page(request: Request, agency_id: int, post_id: int, post_name: str, back: str) -> HttpResponse:
    holders = {one.pk for one in queries.people_in([post_id], today()).get(post_id, [])}
    people = {
        one.person_id: f"{one.name} ({one.post_name}{', ' + one.unit_name if one.unit_name else ''})"
        for one in queries.people_of(agency_id, today()) if one.person_id not in holders
    }  # fmt: skip
    return act_page(
        request, form=forms.SubstituteForm(request.POST or None, people=list(people.items()), today=today()), back=back,
        title=_("Cử người làm thay"), submit=_("Cử người làm thay"), said=_("Đã cử người làm thay."),
        about=_(
            "Trong thời gian này người làm thay thấy và làm được mọi việc của chức danh {post}; "
            "mỗi việc ghi rõ ai làm thay ai."
        ).format(post=post_name),
        do=lambda data: substitute(
            post_id=post_id, person_id=data["person_id"], valid_from=data["valid_from"],
            valid_to=data["last_day"] + timedelta(days=1), reason=data["reason"], actor=request.actor, now=now(),
        ),
    )  # fmt: skip


@require_POST
def end(request: Request, pk: int) -> HttpResponse:
    """Take a substitution back, or let it end today."""
    end_substitution(substitution_id=pk, actor=request.actor, now=now())
    messages.success(request, _("Đã kết thúc việc làm thay."))
    return redirect("substitutions")
