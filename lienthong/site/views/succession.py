"""The administrators' pages that end agencies and posts: what they hold goes on elsewhere."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lienthong.foundation.access.rules import require
from lienthong.foundation.organizations import queries
from lienthong.foundation.organizations.terms import SUCCESSION_LABELS, SuccessionKind
from lienthong.foundation.work import queries as work
from lienthong.site.actions.end_post import end_post
from lienthong.site.actions.succeed import succeed
from lienthong.web.act_page import act_page
from lienthong.web.clock import now, today
from lienthong.web.fields import day_field
from lienthong.web.request import Request

VERB = "organizations.edit"


def _told_apart(agencies: Sequence[Any]) -> list[tuple[int, str]]:
    """(id, name) of agencies; those of one name with their codes, since work moves to the chosen one for good."""
    names = Counter(agency.name for agency in agencies)
    codes = queries.codes_of([agency.pk for agency in agencies if names[agency.name] > 1])
    return [(one.pk, f"{one.name} ({codes[one.pk]})" if codes.get(one.pk) else one.name) for one in agencies]


class SuccessionForm(forms.Form):
    """Who ends and who follows; the page's own agency is always among those that end."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Hình thức"),
        choices=lambda: [
            (kind.value, SUCCESSION_LABELS[kind]) for kind in SuccessionKind if kind != SuccessionKind.RENAME
        ],
    )
    others = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Các cơ quan khác cùng sáp nhập"), coerce=int, required=False,
        widget=forms.CheckboxSelectMultiple, help_text=gettext_lazy("Chỉ khi sáp nhập, hợp nhất nhiều cơ quan."),
    )  # fmt: skip
    heir = forms.TypedChoiceField(label=gettext_lazy("Cơ quan kế thừa"), coerce=int, empty_value=None, required=False)
    more_heirs = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Các cơ quan kế thừa khác"), coerce=int, required=False,
        widget=forms.CheckboxSelectMultiple, help_text=gettext_lazy("Khi chia, tách. Cơ quan kế thừa ở trên nhận việc đang mở; tất cả đều đọc được hồ sơ cũ."),
    )  # fmt: skip
    stays = forms.BooleanField(label=gettext_lazy("Cơ quan cũ vẫn tiếp tục hoạt động (tách một phần)"), required=False)
    on = day_field(label=gettext_lazy("Có hiệu lực từ ngày"))
    legal_basis = forms.CharField(
        label=gettext_lazy("Căn cứ"), max_length=300, help_text=gettext_lazy("Số, ngày, cơ quan ban hành quyết định.")
    )

    def __init__(self, *args: Any, agencies: Iterable[Any], besides: int, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = today
        choices = _told_apart([agency for agency in agencies if agency.pk != besides])
        self.fields["heir"].choices = [("", _("Không có")), *choices]  # type: ignore[attr-defined]
        for name in ("others", "more_heirs"):
            self.fields[name].choices = choices  # type: ignore[attr-defined]
            self.fields[name].widget.attrs["class"] = "form-check-input"


class EndPostForm(forms.Form):
    """From when, and who takes over what is open."""

    on = day_field(label=gettext_lazy("Kết thúc từ ngày"), help_text=gettext_lazy("Ngày đầu tiên không còn hiệu lực."))
    to_post_id = forms.TypedChoiceField(
        label=gettext_lazy("Việc đang mở chuyển cho"), coerce=int, empty_value=None, required=False
    )

    def __init__(self, *args: Any, posts: Sequence[tuple[int, str]], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = today
        self.fields["to_post_id"].choices = [("", _("Không có việc nào đang mở")), *posts]  # type: ignore[attr-defined]


def of_agency(request: Request, pk: int) -> HttpResponse:
    """Merge, split or dissolve: this agency, with others when they merge together."""
    require(request.actor, VERB, agency_id=pk)
    try:
        agency = queries.agency(pk)
    except ObjectDoesNotExist as error:
        raise Http404 from error
    form = SuccessionForm(
        request.POST or None, initial={"kind": SuccessionKind.MERGE.value}, today=today(),
        agencies=queries.agencies(today()), besides=pk,
    )  # fmt: skip

    def do(data: dict[str, Any]) -> None:
        heirs = [data["heir"]] if data["heir"] else []
        passed = succeed(
            kind=SuccessionKind(data["kind"]), predecessor_ids=[pk, *(one for one in data["others"] if one != pk)],
            successor_ids=[*heirs, *(one for one in data["more_heirs"] if one not in heirs)], on=data["on"],
            legal_basis=data["legal_basis"], stays=data["stays"], actor=request.actor, now=now(),
        )  # fmt: skip
        said = _(
            "Đã ghi nhận. Chuyển {debts} việc đang mở, {documents} văn bản và {dossiers} hồ sơ chưa xong, đóng {books} sổ."
        )
        messages.success(
            request,
            said.format(debts=passed.debts, documents=passed.documents, dossiers=passed.dossiers, books=passed.books),
        )

    return act_page(
        request, back=reverse("organizations:agency", args=[pk]), title=_("Sáp nhập, chia tách, giải thể"), submit=_("Ghi nhận"), template="succession.html", form=form, do=do, danger=True,
        about=_(
            "{agency}. Cơ quan kết thúc thì mã định danh, đơn vị, chức danh kết thúc theo; cơ quan kế thừa nhận việc "
            "đang mở (văn thư sang văn thư, còn lại sang lãnh đạo) và đọc được mọi hồ sơ cũ."
        ).format(agency=agency.name),
    )  # fmt: skip


def of_post(request: Request, pk: int, post_id: int) -> HttpResponse:
    """End a post; its open debts go to another."""
    require(request.actor, VERB, agency_id=pk)
    try:
        agency, post = queries.agency(pk), queries.post_of(pk, post_id)
    except ObjectDoesNotExist as error:
        raise Http404 from error
    count = len(work.open_of([post_id]))
    form = EndPostForm(request.POST or None, posts=queries.post_labels(pk, today(), besides=post_id), today=today())
    return act_page(
        request, back=reverse("organizations:agency", args=[pk]), title=_("Kết thúc chức danh {post}").format(post=post.name), submit=_("Kết thúc chức danh"),
        about=_("{agency}. Chức danh đang giữ {count} việc chưa xong.").format(agency=agency.name, count=count), form=form,
        danger=True, said=_("Đã kết thúc chức danh."),
        do=lambda data: end_post(post_id=post_id, actor=request.actor, now=now(), **data),
    )  # fmt: skip
