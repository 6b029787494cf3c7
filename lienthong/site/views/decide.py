"""Decide on a request for more time."""

from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lienthong.foundation.calendar.queries import working_time
from lienthong.foundation.calendar.wording import deadline
from lienthong.foundation.organizations import queries as organizations
from lienthong.foundation.work import queries as work
from lienthong.foundation.work.actions.extend import decide
from lienthong.site.views.clock import now
from lienthong.web.act_page import act_page
from lienthong.web.request import Request


class DecideForm(forms.Form):
    """Yes or no; a refusal needs a word of why."""

    granted = forms.ChoiceField(
        label=gettext_lazy("Quyết định"),
        choices=[("1", gettext_lazy("Đồng ý gia hạn")), ("0", gettext_lazy("Không đồng ý, giữ hạn cũ"))],
        widget=forms.RadioSelect,
    )
    answer = forms.CharField(
        label=gettext_lazy("Ý kiến"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Bắt buộc khi không đồng ý."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("granted") == "0" and not data.get("answer", "").strip():
            self.add_error("answer", _("Ghi lý do không đồng ý để người xin gia hạn biết cách làm tiếp."))
        return data


def extension(request: Request, pk: int) -> HttpResponse:
    """What was asked, by whom and why; the post that was asked answers here. Others who may see it see the answer."""
    viewer, at = request.actor, now()
    asked = work.extension_for(viewer, pk)
    if asked is None:
        raise Http404
    hours = working_time(viewer.schedule_id)
    askers = organizations.people_in([asked.asked_by_id], at.date()).get(asked.asked_by_id, [])
    names = ", ".join(person.name for person in askers)
    context: dict[str, Any] = {
        "asked": asked,
        "asker": names,
        "deadline": deadline(at, asked.item.due_at, hours),
        "wanted": deadline(at, asked.wanted_due_at, hours),
    }
    if asked.decided_at is not None or asked.decider_id != viewer.post_id:
        return render(request, "home/extension.html", context)

    def do(data: dict[str, Any]) -> None:
        decide(extension_id=pk, granted=data["granted"] == "1", answer=data["answer"], actor=viewer, now=now())

    return act_page(
        request,
        form=DecideForm(request.POST or None),
        do=do,
        title=_("Quyết định gia hạn"),
        submit=_("Ghi quyết định"),
        back=reverse("home"),
        said=_("Đã ghi quyết định về đề nghị gia hạn."),
        done=lambda made: redirect("home").url,
        template="home/decide.html",
        **context,
    )
