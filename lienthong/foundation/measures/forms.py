"""Shapes of the forms about figures; nothing is saved here."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy, pgettext_lazy

from lienthong.web.fields import offer


class TypeForm(forms.Form):
    """A figure of an agency for a period, with its source."""

    agency = forms.TypedChoiceField(label=pgettext_lazy("số liệu", "Cơ quan"), coerce=int)
    period = forms.ChoiceField(label=gettext_lazy("Kỳ"))
    value = forms.DecimalField(
        label=pgettext_lazy("số liệu", "Giá trị"), max_digits=20, decimal_places=4, localize=True
    )
    source = forms.FileField(
        label=gettext_lazy("Nguồn"),
        help_text=gettext_lazy("Văn bản, biên bản, bảng số chứng minh số này."),
        required=False,
    )
    note = forms.CharField(
        label=gettext_lazy("Ghi chú"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(
        self, *args: Any, agencies: list[tuple[int, str]], periods: list[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "agency", agencies)
        offer(self, "period", periods)


class CloseForm(forms.Form):
    """Which period to close."""

    period = forms.ChoiceField(label=gettext_lazy("Kỳ"))

    def __init__(self, *args: Any, periods: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "period", periods)


class RestateForm(forms.Form):
    """Why closed figures are corrected."""

    reason = forms.CharField(
        label=gettext_lazy("Lý do đính chính"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )
