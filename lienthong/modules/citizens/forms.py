"""Shapes and messages of the forms about applicants; nothing is saved here."""

from django import forms
from django.utils.translation import gettext_lazy as _

from lienthong.modules.citizens.terms import KIND_LABELS, SCHEME_LABELS, SEX_LABELS
from lienthong.web.fields import day_field, spoken


class EditForm(forms.Form):
    """What is known of an applicant; a number only when one is to be added."""

    kind = forms.ChoiceField(label=_("Đối tượng"), choices=spoken(KIND_LABELS))
    name = forms.CharField(label=_("Họ tên hoặc tên tổ chức"), max_length=300)
    born_on = day_field(label=_("Ngày sinh"), required=False)
    sex = forms.ChoiceField(label=_("Giới tính"), choices=spoken(SEX_LABELS), required=False)
    address = forms.CharField(label=_("Địa chỉ"), max_length=500, required=False)
    phone = forms.CharField(label=_("Số điện thoại"), max_length=20, required=False)
    email = forms.EmailField(label=_("Thư điện tử"), required=False)
    scheme = forms.ChoiceField(label=_("Thêm giấy tờ: loại"), choices=spoken(SCHEME_LABELS), required=False)
    number = forms.CharField(
        label=_("Thêm giấy tờ: số"), max_length=40, required=False, help_text=_("Để trống nếu không thêm.")
    )
