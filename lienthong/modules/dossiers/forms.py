"""Shapes and messages of the forms about dossiers; nothing is saved here."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lienthong.modules.citizens.terms import KIND_LABELS, SCHEME_LABELS, SEX_LABELS
from lienthong.modules.dossiers.terms import PAID_LABELS, PAUSE_LABELS, WAY_LABELS, Outcome, PauseKind, ResultWay
from lienthong.web.fields import day_field, moment_field, offer, spoken


def _text(label: Any, rows: int = 3, most: int = 2000, **kwargs: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=most, widget=forms.Textarea(attrs={"rows": rows}), **kwargs)


def _ask(form: forms.BaseForm, name: str, choices: Iterable[tuple[Any, Any]]) -> None:
    """Offer choices of which none is taken beforehand: whoever passes over the field is asked, and picks nobody by accident."""
    offer(form, name, [("", _("Chọn…")), *choices])


class ApplicantForm(forms.Form):
    """Who applies."""

    kind = forms.ChoiceField(label=_("Đối tượng"), choices=spoken(KIND_LABELS))
    name = forms.CharField(label=_("Họ tên hoặc tên tổ chức"), max_length=300)
    scheme = forms.ChoiceField(label=_("Loại giấy tờ"), choices=spoken(SCHEME_LABELS))
    number = forms.CharField(label=_("Số"), max_length=40, required=False)
    born_on = day_field(label=_("Ngày sinh"), required=False)
    sex = forms.ChoiceField(label=_("Giới tính"), choices=spoken(SEX_LABELS), required=False)
    address = forms.CharField(label=_("Địa chỉ"), max_length=500, required=False)
    phone = forms.CharField(label=_("Số điện thoại"), max_length=20, required=False)
    email = forms.EmailField(label=_("Thư điện tử"), required=False)


class ReasonForm(forms.Form):
    reason = _text(_("Lý do"), most=1000)


class RevokeForm(forms.Form):
    reason = _text(_("Lý do, căn cứ thu hồi"), most=500)


class HousekeepingForm(ReasonForm):
    housekeeping = forms.BooleanField(
        label=_("Chỉ dọn hồ sơ đã kết thúc ở nơi khác; không tính vào thời gian giải quyết"), required=False
    )


class FinishForm(forms.Form):
    """End a step; `to_post` when the next one is a person's choice."""

    note = _text(_("Ghi chú, kết quả của bước"), required=False)
    to_post = forms.TypedChoiceField(label=_("Giao bước sau cho"), coerce=int, empty_value=None, required=False)

    def __init__(self, *args: Any, people: Iterable[tuple[int, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if people:
            offer(self, "to_post", [("", _("Theo quy trình")), *people])
        else:
            del self.fields["to_post"]


class DecideForm(FinishForm):
    outcome = forms.ChoiceField(
        label=_("Quyết định"),
        choices=[(Outcome.GRANTED.value, _("Đồng ý")), (Outcome.REFUSED.value, _("Từ chối giải quyết"))],
        widget=forms.RadioSelect,
    )
    reason = _text(_("Lý do, căn cứ pháp lý (bắt buộc khi từ chối)"), most=1000, required=False)
    field_order = ["outcome", "reason", "to_post"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["note"]


class SendBackForm(ReasonForm):
    to_key = forms.ChoiceField(label=_("Trả lại bước"))

    def __init__(self, *args: Any, steps: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "to_key", steps)


class AssignForm(forms.Form):
    to_post = forms.TypedChoiceField(label=_("Giao cho"), coerce=int)
    reason = forms.CharField(label=_("Ghi chú"), max_length=300, required=False)

    def __init__(self, *args: Any, people: Iterable[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask(self, "to_post", people)


class RestartForm(AssignForm):
    key = forms.ChoiceField(label=_("Bước làm lại"))
    field_order = ["key", "to_post", "reason"]

    def __init__(self, *args: Any, steps: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask(self, "key", steps)
        self.fields["reason"].required = True
        self.fields["reason"].label = _("Lý do")


class SupplementForm(forms.Form):
    """What the applicant must bring or mend: once, and complete."""

    lines = _text(
        _("Nội dung cần bổ sung, mỗi dòng một nội dung"), rows=5, most=4000,
        help_text=_("Chỉ được yêu cầu một lần: ghi đủ mọi nội dung."),
    )  # fmt: skip
    reason = _text(_("Lý do"), most=1000)
    papers = forms.TypedMultipleChoiceField(
        label=_("Giấy tờ phải nộp lại"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    answer_by = moment_field(label=_("Bổ sung trước"), required=False)
    confirmed = forms.BooleanField(label=_("Vẫn yêu cầu thêm lần nữa; hồ sơ sẽ tính là quá hạn"), required=False)

    def __init__(self, *args: Any, papers: Iterable[tuple[int, str]], again: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "papers", papers)
        if not again:
            del self.fields["confirmed"]


class ManyFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files at once; cleaned to a list."""

    widget = ManyFiles

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        files = data if isinstance(data, list | tuple) else [data] if data else []
        if not files and self.required:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        return [super(FilesField, self).clean(file, initial) for file in files]


class TakeSupplementForm(forms.Form):
    lines = _text(_("Giấy tờ người nộp đã bổ sung, mỗi dòng một giấy tờ"), rows=4, most=4000)
    files = FilesField(  # type: ignore[assignment] # a declared field is no attribute of the form, `files` stays Django's
        label=_("Bản quét"),
        required=False,
        help_text=_("Tệp thứ nhất là bản quét của giấy tờ ở dòng thứ nhất, v.v.; tệp nhiều hơn dòng thì lấy tên tệp."),
    )


class SuspendForm(ReasonForm):
    kind = forms.ChoiceField(
        label=_("Vì sao"), choices=spoken({one: PAUSE_LABELS[one] for one in (PauseKind.FINANCE, PauseKind.SUSPENSION)})
    )
    field_order = ["kind", "reason"]


class NoteForm(forms.Form):
    note = _text(_("Ghi chú"), required=False)


class OpinionForm(forms.Form):
    agencies = forms.TypedMultipleChoiceField(
        label=_("Lấy ý kiến của"), coerce=int, widget=forms.CheckboxSelectMultiple,
        help_text=_("Chọn được nhiều cơ quan; gửi đồng thời đến tất cả."),
    )  # fmt: skip
    question = _text(_("Nội dung xin ý kiến"))
    due_at = moment_field(label=_("Trả lời trước"))

    def __init__(self, *args: Any, agencies: Iterable[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "agencies", agencies)


class AnswerForm(forms.Form):
    answer = _text(_("Ý kiến trả lời"), rows=5, most=4000)
    file = forms.FileField(label=_("Tệp kèm theo"), required=False)


class ApologyForm(ReasonForm):
    new_due = moment_field(label=_("Hẹn trả mới"))
    field_order = ["new_due", "reason"]


class CorrectForm(ReasonForm):
    """What stands wrongly on the receipt."""

    applicant_name = forms.CharField(label=_("Họ tên hoặc tên tổ chức"), max_length=300)
    identity = forms.CharField(label=_("Số định danh"), max_length=40, required=False)
    address = forms.CharField(label=_("Địa chỉ"), max_length=500, required=False)
    phone = forms.CharField(label=_("Số điện thoại"), max_length=20, required=False)
    email = forms.EmailField(label=_("Thư điện tử"), required=False)
    matter = _text(_("Nội dung yêu cầu giải quyết"), rows=2, most=1000)
    copies = forms.IntegerField(label=_("Số bộ"), min_value=1, max_value=99)
    due_at = moment_field(label=_("Hẹn trả"), required=False)
    field_order = ["applicant_name", "identity", "address", "phone", "email", "matter", "copies", "due_at", "reason"]


class AgencyForm(forms.Form):
    agency = forms.TypedChoiceField(label=_("Cơ quan giải quyết"), coerce=int)

    def __init__(self, *args: Any, agencies: Iterable[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask(self, "agency", agencies)


class ResultForm(forms.Form):
    """What came out, with a number of its own."""

    name = forms.CharField(label=_("Tên kết quả"), max_length=1000)
    number = forms.CharField(label=_("Số, ký hiệu"), max_length=80, required=False)
    issued_on = day_field(label=_("Ngày cấp"), required=False)
    valid_to = day_field(
        label=_("Có giá trị đến hết ngày"), required=False, help_text=_("Để trống nếu không thời hạn.")
    )
    file = forms.FileField(label=_("Bản điện tử"), required=False)


class ReleaseForm(forms.Form):
    """The result as an official document of the agency."""

    type_code = forms.ChoiceField(label=_("Tên loại văn bản"))
    subject = _text(_("Trích yếu"), rows=2, most=500)
    signer_name = forms.CharField(label=_("Người ký"), max_length=100, required=False)
    signer_position = forms.CharField(label=_("Chức vụ người ký"), max_length=150, required=False)
    valid_to = day_field(label=_("Có giá trị đến hết ngày"), required=False)
    file = forms.FileField(label=_("Văn bản đã ký (PDF)"))

    def __init__(self, *args: Any, types: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "type_code", types)


class GiveBackForm(forms.Form):
    way = forms.ChoiceField(
        label=_("Trả bằng"), choices=spoken({one: WAY_LABELS[one] for one in (ResultWay.DESK, ResultWay.ELECTRONIC)})
    )
    taken_by = forms.CharField(label=_("Người nhận"), max_length=300)
    paper = forms.CharField(label=_("Giấy tờ của người nhận thay, nếu có"), max_length=300, required=False)


class ParcelForm(forms.Form):
    to_name = forms.CharField(label=_("Người nhận"), max_length=300)
    to_address = forms.CharField(label=_("Địa chỉ nhận"), max_length=500)
    to_phone = forms.CharField(label=_("Số điện thoại"), max_length=20, required=False)
    cost = forms.IntegerField(label=_("Cước phí (đồng)"), min_value=0, max_value=100_000_000, required=False)
    tracking = forms.CharField(label=_("Mã bưu gửi"), max_length=40, required=False)


class InwardParcelForm(ParcelForm):
    """The same trip the other way round."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to_name"].label = _("Người gửi")
        self.fields["to_address"].label = _("Địa chỉ người gửi")


class PaymentForm(forms.Form):
    """A fee that was paid."""

    what = forms.CharField(label=_("Khoản thu"), max_length=300)
    amount = forms.IntegerField(label=_("Số tiền (đồng)"), min_value=1)
    way = forms.ChoiceField(label=_("Cách nộp"), choices=spoken(PAID_LABELS))
    reference = forms.CharField(
        label=_("Số biên lai hoặc mã giao dịch"), max_length=60, required=False,
        help_text=_("Nộp không dùng tiền mặt thì bắt buộc."),
    )  # fmt: skip
    paid_at = moment_field(label=_("Nộp lúc"))


class VoidPaymentForm(forms.Form):
    """Why a payment was noted by mistake."""

    reason = _text(_("Lý do hủy"), most=500)
