"""Pass debts of the post in use to another post of the same agency."""

from datetime import datetime
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from lienthong.foundation.access.terms import Seated
from lienthong.foundation.organizations import queries as organizations
from lienthong.foundation.work import queries as work
from lienthong.foundation.work.actions.hand_over import hand_over
from lienthong.site.views.clock import now
from lienthong.web.act_page import act_page
from lienthong.web.fields import offer
from lienthong.web.request import Request


class HandOverForm(forms.Form):
    """To whom and why."""

    to = forms.TypedChoiceField(label=gettext_lazy("Chuyển cho"), coerce=int)
    reason = forms.CharField(
        label=gettext_lazy("Lý do"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Ghi vào lịch sử của từng việc, người nhận sẽ thấy."),
    )

    def __init__(self, *args: Any, posts: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "to", [("", _("Chọn người nhận")), *posts])


def choose(request: Request) -> HttpResponse:
    """The chosen debts stand in the address as `viec`; those that are not the viewer's own are left out."""
    viewer, at = request.actor, now()
    items = work.mine_among(viewer, [int(text) for text in request.GET.getlist("viec") if text.isdecimal()][:500])
    if not items:
        return redirect(reverse("home") + "?chon=1")

    def do(data: dict[str, Any]) -> None:
        hand_over(
            item_ids=[item.pk for item in items], to_post_id=data["to"], reason=data["reason"], actor=viewer, now=now()
        )

    count = len(items)
    said = ngettext("Đã chuyển giao {count} việc.", "Đã chuyển giao {count} việc.", count).format(count=count)
    return act_page(
        request,
        form=HandOverForm(request.POST or None, posts=_receivers(viewer, at)),
        do=do,
        title=_("Chuyển giao việc"),
        submit=ngettext("Chuyển giao {count} việc", "Chuyển giao {count} việc", count).format(count=count),
        back=reverse("home"),
        said=said,
        about=_("Hạn và lịch sử của việc giữ nguyên. Chỉ chuyển được trong cùng một cơ quan."),
        template="home/hand_over.html",
        items=items,
    )


def _receivers(viewer: Seated, at: datetime) -> list[tuple[int, str]]:
    """The agency's other posts in which somebody sits."""
    today = at.date()
    posts = [post for post in organizations.posts_of(viewer.agency_id, today) if post.pk != viewer.post_id]
    people = organizations.people_in([post.pk for post in posts], today)
    made = []
    for post in posts:
        names = ", ".join(dict.fromkeys(person.name for person in people.get(post.pk, [])))
        if names:
            made.append((post.pk, f"{names} ({post.name}{', ' + post.unit.name if post.unit else ''})"))
    return made
