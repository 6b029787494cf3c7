"""Shapes of the forms about plans; nothing is saved here."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from lienthong.kit.text import dotted
from lienthong.modules.plans.terms import COMPARATOR_LABELS, Comparator
from lienthong.web.fields import day_field, offer

Choices = list[tuple[Any, str]]
_GROUPED = re.compile(r"-?(\d+|\d{1,3}([. \u00a0]\d{3})+)")


class PlanForm(forms.Form):
    """A plan to read: its file or its text; what the head of the text says need not be typed."""

    file = forms.FileField(
        label=gettext_lazy("Tệp kế hoạch"), required=False,
        help_text=gettext_lazy("TXT, DOCX hoặc PDF có chữ; bản chụp không đọc được."),
    )  # fmt: skip
    text = forms.CharField(
        label=gettext_lazy("Hoặc dán văn bản"), required=False, widget=forms.Textarea(attrs={"rows": 8})
    )
    issuer = forms.TypedChoiceField(label=gettext_lazy("Cơ quan ban hành"), coerce=int)
    code = forms.CharField(label=gettext_lazy("Số ký hiệu"), max_length=60, required=False)
    title = forms.CharField(label=gettext_lazy("Tên kế hoạch"), max_length=500, required=False)
    issued_on = day_field(label=gettext_lazy("Ngày ban hành"), required=False)
    start = day_field(label=gettext_lazy("Thực hiện từ ngày"), required=False)
    end = day_field(
        label=gettext_lazy("đến hết ngày"), required=False,
        help_text=gettext_lazy("Để trống thì lấy từ văn bản: năm 2027, giai đoạn 2026-2030."),
    )  # fmt: skip

    def __init__(self, *args: Any, issuers: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "issuer", issuers)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("file") and not data.get("text", "").strip() and not data.get("title"):
            raise forms.ValidationError(_("Gửi tệp, dán văn bản, hoặc ghi tên để lập kế hoạch trống."))
        return data


class BindForm(forms.Form):
    """What a target is held against."""

    measure = forms.ChoiceField(label=gettext_lazy("Đếm bằng số liệu"), required=False)
    scope = forms.ChoiceField(label=gettext_lazy("Phạm vi đếm"))
    parts = forms.MultipleChoiceField(
        label=gettext_lazy("Chỉ đếm phần"), required=False, widget=forms.SelectMultiple(attrs={"size": 5}),
        help_text=gettext_lazy("Để trống là mọi phần. Giữ Ctrl để chọn nhiều."),
    )  # fmt: skip
    why_not = forms.CharField(
        label=gettext_lazy("Nếu không đếm được, vì sao"), max_length=500, required=False,
        help_text=gettext_lazy("Ví dụ: chưa có ghi nhận về hạ tầng mạng trong hệ thống."),
    )  # fmt: skip

    def __init__(self, *args: Any, measures: Choices, scopes: Choices, parts: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "measure", [("", _("không đếm được bằng số liệu nào")), *measures])
        offer(self, "scope", scopes)
        offer(self, "parts", parts)


class TargetForm(BindForm):
    """A target as a person confirms it."""

    field_order = ("subject", "comparator", "low", "high", "unit", "due", "responsible")
    subject = forms.CharField(
        label=gettext_lazy("Chỉ tiêu về"), max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )
    comparator = forms.ChoiceField(label=gettext_lazy("Mức"))
    low = forms.DecimalField(
        label=pgettext_lazy("số liệu", "Giá trị"), required=False, max_digits=18, decimal_places=4, localize=True
    )
    high = forms.DecimalField(
        label=gettext_lazy("đến"), required=False, max_digits=18, decimal_places=4, localize=True,
        help_text=gettext_lazy("Chỉ ghi khi là khoảng từ … đến …"),
    )  # fmt: skip
    unit = forms.CharField(label=gettext_lazy("Đơn vị"), max_length=60, required=False)
    due = day_field(label=gettext_lazy("Đến hết ngày"), required=False)
    responsible = forms.TypedChoiceField(
        label=gettext_lazy("Cơ quan chịu trách nhiệm"), coerce=int, empty_value=None, required=False
    )

    def __init__(self, *args: Any, agencies: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "comparator", [(one.value, _(COMPARATOR_LABELS[one])) for one in Comparator])
        offer(self, "responsible", [("", _("cơ quan ban hành")), *agencies])


class TaskForm(forms.Form):
    """A task as a person confirms it."""

    text = forms.CharField(
        label=gettext_lazy("Việc phải làm"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )
    responsible = forms.TypedChoiceField(
        label=gettext_lazy("Chủ trì"), coerce=int, empty_value=None, required=False,
        help_text=gettext_lazy("Cơ quan được chọn có nhiệm vụ này trong Việc của tôi khi kế hoạch ban hành."),
    )  # fmt: skip
    coordinating = forms.CharField(label=gettext_lazy("Phối hợp"), max_length=500, required=False)
    due = day_field(label=gettext_lazy("Hạn"), required=False)

    def __init__(self, *args: Any, agencies: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "responsible", [("", _("không có trong danh bạ")), *agencies])


class ForceForm(forms.Form):
    """Put in force; contradictions may be meant."""

    confirmed = forms.BooleanField(label=gettext_lazy("Các chỉ tiêu trái nhau là cố ý"), required=False)


class NothingToFill(forms.Form):
    """An act that asks for nothing but to be meant."""


class FinishForm(forms.Form):
    """What came of a task."""

    result = forms.CharField(label=gettext_lazy("Kết quả"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))


class FollowForm(forms.Form):
    """The head of the next plan."""

    code = forms.CharField(label=gettext_lazy("Số ký hiệu"), max_length=60, required=False)
    title = forms.CharField(label=gettext_lazy("Tên kế hoạch"), max_length=500)


class MoneyField(forms.IntegerField):
    """Whole đồng, typed with or without dots: 1.250.000.000. A comma or a lone dot is refused rather than guessed at."""

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"inputmode": "numeric", "autocomplete": "off"}
        wrong = gettext_lazy("Viết số tiền bằng đồng, không có phần lẻ, ví dụ 1.250.000.000.")
        super().__init__(widget=forms.TextInput(attrs=attrs), error_messages={"invalid": wrong}, **kwargs)

    def to_python(self, value: Any) -> int | None:
        text = str(value if value is not None else "").replace("₫", "").replace("đồng", "").strip()
        if not text:
            return None
        if not _GROUPED.fullmatch(text) or len(text) > 40:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return int(re.sub(r"[. \u00a0]", "", text))

    def prepare_value(self, value: Any) -> Any:
        return dotted(value) if isinstance(value, int) else value


class BudgetForm(forms.Form):
    """A line of the budget; an amount that is left out is none."""

    name = forms.CharField(
        label=gettext_lazy("Khoản kinh phí"), max_length=500, help_text=gettext_lazy("Dùng vào việc gì.")
    )
    source = forms.CharField(
        label=gettext_lazy("Nguồn"), max_length=200, required=False,
        help_text=gettext_lazy("Ngân sách tỉnh, ngân sách trung ương, vốn lồng ghép…"),
    )  # fmt: skip
    planned = MoneyField(label=gettext_lazy("Dự toán (đồng)"), required=False)
    allotted = MoneyField(label=gettext_lazy("Đã cấp (đồng)"), required=False)
    spent = MoneyField(label=gettext_lazy("Đã chi (đồng)"), required=False)


class SeatForm(forms.Form):
    """Who sits in the committee, as what, since when."""

    post = forms.TypedChoiceField(label=gettext_lazy("Người, chức danh"), coerce=int)
    role = forms.CharField(
        label=gettext_lazy("Vai trò"), max_length=100,
        help_text=gettext_lazy("Trưởng ban, Phó Trưởng ban, Ủy viên thường trực, Ủy viên, Thư ký."),
    )  # fmt: skip
    since = day_field(label=gettext_lazy("Từ ngày"))

    def __init__(self, *args: Any, posts: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "post", posts)


class UnseatForm(forms.Form):
    """From which day on somebody sits no longer."""

    until = day_field(label=gettext_lazy("Thôi từ ngày"))


class MinutesForm(forms.Form):
    """What a meeting concluded, with its paper."""

    held_on = day_field(label=gettext_lazy("Ngày họp"))
    conclusion = forms.CharField(
        label=gettext_lazy("Kết luận"), max_length=20_000, widget=forms.Textarea(attrs={"rows": 8})
    )
    paper = forms.FileField(
        label=gettext_lazy("Biên bản, thông báo kết luận"), required=False,
        help_text=gettext_lazy("Tệp PDF, DOCX hoặc ảnh của bản đã ký."),
    )  # fmt: skip


class ReportForm(forms.Form):
    """Which agency reports, on which period: one of those offered, or from a day to a day."""

    agency = forms.TypedChoiceField(label=gettext_lazy("Cơ quan báo cáo"), coerce=int)
    period = forms.ChoiceField(label=gettext_lazy("Kỳ"))
    start = day_field(
        label=gettext_lazy("Kỳ khác: từ ngày"),
        required=False,
        help_text=gettext_lazy("Để trống nếu dùng kỳ chọn ở trên."),
    )
    end = day_field(label=gettext_lazy("đến hết ngày"), required=False)

    def __init__(
        self, *args: Any, agencies: list[tuple[int, str]], periods: list[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "agency", agencies)
        offer(self, "period", periods)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for name, other in (("start", "end"), ("end", "start")):
            if data.get(name) and not data.get(other) and other not in self.errors:
                self.add_error(other, gettext_lazy("Kỳ khác cần cả hai ngày."))
        return data


class WordsForm(forms.Form):
    """The agency's part of a report."""

    words = forms.CharField(
        label=gettext_lazy("Kết quả đã làm trong kỳ"), max_length=50_000, required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
    )  # fmt: skip
    causes = forms.CharField(
        label=gettext_lazy("Nguyên nhân của chỉ tiêu chậm, không đạt và cách khắc phục"), max_length=50_000, required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
    )  # fmt: skip
