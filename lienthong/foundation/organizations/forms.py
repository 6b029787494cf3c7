"""Shapes and messages of the administrators' forms about agencies; nothing is saved here."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lienthong.foundation.access.terms import DUTY_LABELS, Duty
from lienthong.foundation.organizations.models import Agency, Unit
from lienthong.foundation.organizations.terms import TIER_LABELS, Tier
from lienthong.web.fields import day_field, spoken

NOBODY = gettext_lazy("Không trực thuộc cơ quan nào")
MOST_IMPORT_BYTES = 1_000_000
Choice = tuple[Any, str]


def _tiers() -> list[Choice]:
    return spoken({tier: TIER_LABELS[tier] for tier in Tier})


def agency_choices(agencies: Iterable[Agency], besides: Sequence[int] = ()) -> list[Choice]:
    """(id, name) of agencies for a list to choose from."""
    return [(agency.pk, agency.name) for agency in agencies if agency.pk not in besides]


def _id_field(label: Any, *, required: bool = True) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(label=label, coerce=int, empty_value=None, required=required)


class _Dated(forms.Form):
    """A form whose change holds from a day; the day is today's until somebody says otherwise."""

    day_name = "on"

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields[self.day_name].initial = today


class AgencyForm(_Dated):
    day_name = "valid_from"
    name = forms.CharField(label=gettext_lazy("Tên cơ quan"), max_length=300)
    short_name = forms.CharField(
        label=gettext_lazy("Chữ viết tắt"), max_length=40, required=False,
        help_text=gettext_lazy("Đứng trong ký hiệu văn bản: UBND, SXD."),
    )  # fmt: skip
    # Nothing stands first: an agency filed under a tier that nobody chose is found by nobody.
    tier = forms.TypedChoiceField(
        label=gettext_lazy("Cấp"), coerce=int, choices=lambda: [("", _("Chọn cấp")), *_tiers()]
    )
    parent_id = _id_field(gettext_lazy("Cơ quan cấp trên"), required=False)
    code = forms.CharField(
        label=gettext_lazy("Mã định danh"), max_length=60, required=False,
        help_text=gettext_lazy("Kiểu mới H99.07 hoặc kiểu cũ 000.00.07.H99."),
    )  # fmt: skip
    place = forms.CharField(label=gettext_lazy("Địa danh ghi trên văn bản"), max_length=200, required=False)
    address = forms.CharField(label=gettext_lazy("Địa chỉ"), max_length=500, required=False)
    valid_from = day_field(label=gettext_lazy("Hoạt động từ ngày"))

    def __init__(self, *args: Any, agencies: Iterable[Agency], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent_id"].choices = [("", NOBODY), *agency_choices(agencies)]  # type: ignore[attr-defined]


class DetailsForm(forms.Form):
    short_name = forms.CharField(
        label=gettext_lazy("Chữ viết tắt"), max_length=40, required=False,
        help_text=gettext_lazy("Dùng cho ký hiệu của văn bản đăng ký từ nay; văn bản đã có giữ nguyên."),
    )  # fmt: skip
    place = forms.CharField(label=gettext_lazy("Địa danh ghi trên văn bản"), max_length=200, required=False)
    address = forms.CharField(label=gettext_lazy("Địa chỉ"), max_length=500, required=False)
    email = forms.EmailField(label=gettext_lazy("Thư điện tử"), required=False)
    phone = forms.CharField(label=gettext_lazy("Điện thoại"), max_length=40, required=False)
    schedule_id = _id_field(gettext_lazy("Giờ làm việc"), required=False)

    def __init__(self, *args: Any, schedules: Iterable[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = [(one.pk, one.name) for one in schedules if not one.is_default]
        self.fields["schedule_id"].choices = [("", _("Giờ chung của tỉnh")), *own]  # type: ignore[attr-defined]


class RenameForm(_Dated):
    name = forms.CharField(label=gettext_lazy("Tên mới"), max_length=300)
    short_name = forms.CharField(label=gettext_lazy("Chữ viết tắt mới"), max_length=40, required=False)
    on = day_field(label=gettext_lazy("Từ ngày"))
    legal_basis = forms.CharField(label=gettext_lazy("Căn cứ"), max_length=300)


class MoveForm(_Dated):
    parent_id = _id_field(gettext_lazy("Cơ quan cấp trên mới"), required=False)
    tier = forms.TypedChoiceField(label=gettext_lazy("Cấp"), coerce=int, choices=_tiers)
    on = day_field(label=gettext_lazy("Từ ngày"))
    legal_basis = forms.CharField(label=gettext_lazy("Căn cứ"), max_length=300)

    def __init__(self, *args: Any, agencies: Iterable[Agency], besides: Sequence[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent_id"].choices = [("", NOBODY), *agency_choices(agencies, besides)]  # type: ignore[attr-defined]


class CodeForm(_Dated):
    day_name = "valid_from"
    code = forms.CharField(
        label=gettext_lazy("Mã định danh"), max_length=60,
        help_text=gettext_lazy("Kiểu mới, kiểu cũ hoặc mã mà hệ thống khác gọi cơ quan này."),
    )  # fmt: skip
    valid_from = day_field(label=gettext_lazy("Dùng từ ngày"))


class EndForm(_Dated):
    on = day_field(label=gettext_lazy("Kết thúc từ ngày"), help_text=gettext_lazy("Ngày đầu tiên không còn hiệu lực."))


class UnitForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Tên đơn vị"), max_length=300)
    short_name = forms.CharField(
        label=gettext_lazy("Chữ viết tắt"), max_length=40, required=False,
        help_text=gettext_lazy("Đứng trong ký hiệu công văn: 05/SXD-QLXD."),
    )  # fmt: skip


class NewUnitForm(UnitForm, _Dated):
    day_name = "valid_from"
    valid_from = day_field(label=gettext_lazy("Từ ngày"))


class PostForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Tên chức danh"), max_length=200)
    unit_id = _id_field(gettext_lazy("Đơn vị"), required=False)
    duties = forms.MultipleChoiceField(
        label=gettext_lazy("Nhiệm vụ"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Quyền của chức danh theo nhiệm vụ, không theo người."),
        choices=lambda: spoken({duty: DUTY_LABELS[duty] for duty in Duty}),
    )  # fmt: skip

    def __init__(self, *args: Any, units: Iterable[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit_id"].choices = [  # type: ignore[attr-defined]
            ("", _("Thuộc thẳng cơ quan")), *((unit.pk, unit.name) for unit in units)
        ]  # fmt: skip


class NewPostForm(PostForm, _Dated):
    day_name = "valid_from"
    valid_from = day_field(label=gettext_lazy("Từ ngày"))


class DutyForm(forms.Form):
    duty = forms.ChoiceField(label=gettext_lazy("Nhiệm vụ"))
    to_post_id = _id_field(gettext_lazy("Chuyển cho chức danh"))


class SeatForm(_Dated):
    """Somebody who is known already, or a name."""

    day_name = "valid_from"
    person_id = _id_field(gettext_lazy("Người đã có trong hệ thống"), required=False)
    name = forms.CharField(label=gettext_lazy("hoặc người mới, họ và tên"), max_length=200, required=False)
    email = forms.EmailField(label=gettext_lazy("Thư điện tử của người mới"), required=False)
    phone = forms.CharField(label=gettext_lazy("Điện thoại của người mới"), max_length=40, required=False)
    valid_from = day_field(label=gettext_lazy("Giữ chức danh từ ngày"))

    def __init__(self, *args: Any, people: Sequence[Choice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person_id"].choices = [("", _("Người mới")), *people]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if bool(data.get("person_id")) == bool(data.get("name", "").strip()):
            raise forms.ValidationError(_("Chọn một người đã có, hoặc ghi họ và tên người mới."))
        return data


class ContactForm(forms.Form):
    email = forms.EmailField(label=gettext_lazy("Thư điện tử"), required=False)
    phone = forms.CharField(label=gettext_lazy("Điện thoại"), max_length=40, required=False)


class SubstituteForm(_Dated):
    day_name = "valid_from"
    person_id = _id_field(gettext_lazy("Người làm thay"))
    valid_from = day_field(label=gettext_lazy("Từ ngày"))
    last_day = day_field(label=gettext_lazy("Đến hết ngày"))
    reason = forms.CharField(label=gettext_lazy("Lý do"), max_length=300)

    def __init__(self, *args: Any, people: Sequence[Choice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person_id"].choices = [("", _("Chọn người")), *people]  # type: ignore[attr-defined]


class ImportForm(forms.Form):
    """A file at first; what was read comes back as text with the second button."""

    file = forms.FileField(
        label=gettext_lazy("Tệp CSV"), required=False, error_messages={"empty": gettext_lazy("Tệp trống.")}
    )
    text = forms.CharField(required=False, strip=False, widget=forms.HiddenInput, max_length=MOST_IMPORT_BYTES)
    file_name = forms.CharField(required=False, widget=forms.HiddenInput, max_length=200)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        file = data.get("file")
        if file is None and not data.get("text"):
            raise forms.ValidationError(_("Chọn một tệp CSV."))
        if file is not None and file.size > MOST_IMPORT_BYTES:
            raise forms.ValidationError(_("Tệp lớn hơn 1 MB: nhập bằng lệnh ./lt import agencies trên máy chủ."))
        return data
