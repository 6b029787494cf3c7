"""Shapes and messages of the forms about documents; nothing is saved here."""

import uuid
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from lienthong.foundation.access.terms import Seated
from lienthong.foundation.codes.queries import entries
from lienthong.foundation.organizations import queries as organizations
from lienthong.kit.dates import VIETNAM
from lienthong.modules.documents import rules
from lienthong.modules.documents.terms import CHANNEL_LABELS, DOCUMENT_TYPES, SUBJECT_LENGTH, URGENCY_LABELS, Channel
from lienthong.web.fields import offer, spoken

if TYPE_CHECKING:
    from lienthong.foundation.numbering.models import Reservation

DATE_FORMATS = ["%Y-%m-%d", "%d/%m/%Y"]
SECRECY = [("không mật", _("Không mật")), ("Mật", _("Mật")), ("Tối mật", _("Tối mật")), ("Tuyệt mật", _("Tuyệt mật"))]


class DateInput(forms.DateInput):
    """The browser's own date field; 20/11/2026 typed where there is none is understood too."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


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


def _day(**kwargs: Any) -> forms.DateField:
    return forms.DateField(widget=DateInput(), input_formats=DATE_FORMATS, **kwargs)


def _types(today: date) -> list[tuple[str, str]]:
    return [(entry.code, entry.name) for entry in entries(DOCUMENT_TYPES, today)]


class OnceForm(forms.Form):
    """Carries a key made when the page was shown, so that a second click does nothing twice."""

    form_key = forms.CharField(widget=forms.HiddenInput, max_length=40, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["form_key"].initial = uuid.uuid4().hex


class PaperFields(OnceForm):
    """The fields that stand on the document itself."""

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.types = _types(today)
        offer(self, "type_code", self.types)

    type_code = forms.ChoiceField(label=_("Tên loại"), initial="CV")
    subject = forms.CharField(
        label=_("Trích yếu"),
        max_length=SUBJECT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2, "maxlength": SUBJECT_LENGTH}),
    )
    issued_on = _day(label=_("Ngày văn bản"), required=False)
    signer_name = forms.CharField(label=_("Người ký"), max_length=100, required=False)
    signer_position = forms.CharField(label=_("Chức vụ người ký"), max_length=150, required=False)
    urgency = forms.TypedChoiceField(label=_("Mức độ khẩn"), choices=spoken(URGENCY_LABELS), coerce=int, initial=0)
    secrecy = forms.ChoiceField(
        label=_("Độ mật"), choices=SECRECY, help_text=_("Văn bản mật không được đưa vào hệ thống này.")
    )
    pages = forms.IntegerField(label=_("Số trang"), min_value=1, max_value=32000, required=False)
    reply_by = _day(label=_("Hạn trả lời ghi trên văn bản"), required=False)

    def paper(self, **more: Any) -> rules.Paper:
        data = self.cleaned_data
        names = (
            "type_code",
            "subject",
            "issued_on",
            "signer_name",
            "signer_position",
            "urgency",
            "secrecy",
            "pages",
            "reply_by",
        )
        kind = dict(self.types)[data["type_code"]]
        return rules.Paper(type_name=str(kind), **{name: data[name] for name in names}, **more)


class EnterForm(PaperFields):
    """An incoming document entered by hand."""

    channel = forms.ChoiceField(
        label=_("Nhận bằng"),
        choices=spoken({one: CHANNEL_LABELS[one] for one in (Channel.PAPER, Channel.EMAIL)}),
    )
    issuer_name = forms.CharField(label=_("Cơ quan ban hành (tác giả)"), max_length=300)
    number = forms.CharField(label=_("Số"), max_length=20, required=False)
    notation = forms.CharField(label=_("Ký hiệu"), max_length=60, required=False)
    arrived_at = forms.DateTimeField(
        label=_("Đến lúc"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%d/%m/%Y %H:%M"],
    )
    files = FilesField(  # type: ignore[assignment] # a declared field is no attribute of the form, `files` stays Django's
        label=_("Tệp (bản quét, tệp thư)"), required=False
    )
    note = forms.CharField(label=_("Ghi chú"), max_length=500, required=False)
    confirmed = forms.BooleanField(required=False, widget=forms.HiddenInput)
    field_order = [
        "channel", "arrived_at", "issuer_name", "number", "notation", "issued_on", "type_code", "subject", "signer_name",
        "signer_position", "urgency", "secrecy", "pages", "reply_by", "files", "note",
    ]  # fmt: skip


class RegisterForm(PaperFields):
    """A signed document of one's own agency."""

    files = FilesField(  # type: ignore[assignment] # a declared field is no attribute of the form, `files` stays Django's
        label=_("Văn bản đã ký (PDF) và phụ lục"), help_text=_("Tệp đầu tiên là văn bản, các tệp sau là phụ lục.")
    )
    unit_id = forms.TypedChoiceField(label=_("Đơn vị soạn thảo"), coerce=int, empty_value=None, required=False)
    copies = forms.IntegerField(label=_("Số lượng bản"), min_value=1, max_value=100000, initial=1)
    archive_holder = forms.CharField(label=_("Đơn vị, người nhận bản lưu"), max_length=200, required=False)
    reserved_number = forms.TypedChoiceField(label=_("Dùng số đã giữ"), coerce=int, empty_value=None, required=False)
    replies_to = forms.CharField(
        label=_("Trả lời văn bản đến số"), required=False, help_text=_("Ghi số đến, cách nhau bằng dấu phẩy.")
    )
    note = forms.CharField(label=_("Ghi chú"), max_length=500, required=False)
    field_order = [
        "type_code", "subject", "files", "issued_on", "signer_name", "signer_position", "unit_id", "urgency", "secrecy",
        "replies_to", "reply_by", "pages", "copies", "archive_holder", "reserved_number", "note",
    ]  # fmt: skip

    def __init__(self, *args: Any, actor: Seated, reserved: list["Reservation"], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = organizations.units_of(actor.agency_id, kwargs["today"])
        offer(self, "unit_id", [("", "—"), *((unit.pk, unit.name) for unit in units)])
        numbers = [(one.number, f"{one.number} ({one.series.name}: {one.reason})") for one in reserved]
        offer(self, "reserved_number", [("", _("Không, lấy số tiếp theo")), *numbers])
        self.fields["issued_on"].initial = kwargs["today"]

    def clean_replies_to(self) -> tuple[int, ...]:
        parts = [part.strip() for part in self.cleaned_data["replies_to"].split(",") if part.strip()]
        if not all(part.isdecimal() for part in parts):
            raise forms.ValidationError(_("Chỉ ghi các số đến, ví dụ: 4812, 4820."))
        return tuple(int(part) for part in parts)


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Lý do"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class AnswerForm(forms.Form):
    agreed = forms.ChoiceField(
        label=_("Trả lời"), choices=[("1", _("Đồng ý")), ("0", _("Từ chối"))], widget=forms.RadioSelect
    )
    answer = forms.CharField(
        label=_("Ý kiến"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Bắt buộc khi từ chối."),
    )  # fmt: skip


class NoteForm(forms.Form):
    text = forms.CharField(label=_("Nội dung"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))
    file = forms.FileField(label=_("Tệp kèm"), required=False)
    opinion_given = forms.BooleanField(label=_("Đây là ý kiến phối hợp, tôi đã xong phần mình"), required=False)


class FinishForm(forms.Form):
    result = forms.CharField(
        label=_("Kết quả"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class ReplaceForm(ReasonForm):
    by_code = forms.CharField(
        label=_("Số, ký hiệu văn bản thay thế"), max_length=90, help_text=_("Đã phát hành, ví dụ 38/KH-UBND.")
    )
    field_order = ["by_code", "reason"]


class UpdateForm(ReasonForm):
    subject = forms.CharField(label=_("Trích yếu"), max_length=SUBJECT_LENGTH, widget=forms.Textarea(attrs={"rows": 2}))
    signer_name = forms.CharField(label=_("Người ký"), max_length=100, required=False)
    signer_position = forms.CharField(label=_("Chức vụ người ký"), max_length=150, required=False)
    reply_by = _day(label=_("Hạn trả lời"), required=False)
    files = FilesField(  # type: ignore[assignment] # a declared field is no attribute of the form, `files` stays Django's
        label=_("Tệp thay thế"), required=False, help_text=_("Để trống nếu tệp không đổi.")
    )
    field_order = ["subject", "signer_name", "signer_position", "reply_by", "files", "reason"]


class ExtensionForm(ReasonForm):
    day = _day(label=_("Xin hạn mới đến hết ngày"))
    field_order = ["day", "reason"]


class DueForm(forms.Form):
    """The words and the deadline of an instruction; who does what comes as rows (`given_from`)."""

    text = forms.CharField(
        label=_("Ý kiến chỉ đạo"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}), required=False
    )
    due_day = _day(label=_("Hạn giải quyết"), required=False)
    due_time = forms.TimeField(
        label=_("Giờ"), required=False, initial=time(17), widget=forms.TimeInput(attrs={"type": "time"})
    )

    def due_at(self) -> datetime | None:
        day = self.cleaned_data.get("due_day")
        if day is None:
            return None
        return datetime.combine(day, self.cleaned_data.get("due_time") or time(17), VIETNAM)


class IssueForm(forms.Form):
    """What is typed beside the chosen receivers."""

    list_name = forms.CharField(label=_("Lưu thành danh sách"), max_length=200, required=False)
    to_places = forms.CharField(label=_("Nơi nhận ghi trên văn bản"), max_length=1000, required=False)


class ReserveForm(forms.Form):
    series_id = forms.TypedChoiceField(label=_("Sổ"), coerce=int)
    count = forms.IntegerField(label=_("Giữ bao nhiêu số"), min_value=1, max_value=50, initial=1)
    reason = forms.CharField(label=_("Lý do"), max_length=300)


class SeriesForm(forms.Form):
    name = forms.CharField(label=_("Tên sổ"), max_length=200)
    book = forms.ChoiceField(label=_("Sổ"), choices=[("outgoing", _("Văn bản đi")), ("incoming", _("Văn bản đến"))])
    covers = forms.MultipleChoiceField(
        label=_("Đánh số cho các loại"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Không chọn loại nào: đánh số cho mọi loại chưa có sổ riêng."),
    )  # fmt: skip
    pattern = forms.CharField(
        label=_("Mẫu ký hiệu"), max_length=100, required=False,
        help_text=_("Để trống: theo Nghị định 30, ví dụ KH-UBND, công văn BNV-VP. Các phần: {type}, {agency}, {unit}."),
    )  # fmt: skip

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "covers", _types(today))


def given_from(data: QueryDict, prefix: str = "role-") -> list[rules.Given]:
    """Rows `role-post-12=lead`, `role-unit-3=support`, each with an own deadline `due-post-12=2026-11-25`."""
    lines = []
    for name, role in data.items():
        if not name.startswith(prefix) or role not in {"lead", "support", "inform"}:
            continue
        kind, _sep, number = name.removeprefix(prefix).partition("-")
        if kind not in {"post", "unit"} or not number.isdecimal():
            continue
        day = data.get(f"due-{kind}-{number}", "")
        try:
            due_at = datetime.combine(date.fromisoformat(day), time(17), VIETNAM) if day else None
        except ValueError:
            due_at = None
        lines.append(rules.Given(role, due_at=due_at, **{f"{kind}_id": int(number)}))
    return lines


def recipients_from(data: QueryDict) -> list[rules.Recipient]:
    """Chosen receivers: `to` and `inform` hold agency ids, `paper` those that also get paper."""
    paper = {int(pk) for pk in data.getlist("paper") if pk.isdecimal()}
    chosen = {int(pk): rules.Purpose.INFORM for pk in data.getlist("inform") if pk.isdecimal()}
    chosen |= {int(pk): rules.Purpose.ACT for pk in data.getlist("to") if pk.isdecimal()}
    return [rules.Recipient(pk, purpose, pk in paper) for pk, purpose in sorted(chosen.items())]
