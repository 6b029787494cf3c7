"""Shapes of the forms about money, the committee and reports; nothing is saved here."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from lienthong.web.fields import day_field, offer

_GROUPED = re.compile(r"-?(\d+|\d{1,3}([. \u00a0]\d{3})+)")


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
        return f"{value:,}".replace(",", ".") if isinstance(value, int) else value


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
