"""Shapes and messages of the calendar's forms; nothing is saved here."""

import re
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lienthong.foundation.calendar.due_file import read_moment
from lienthong.foundation.calendar.explain import UNIT_NAMES
from lienthong.foundation.calendar.rules import DayKind
from lienthong.foundation.calendar.terms import Unit
from lienthong.kit.refusal import Refused
from lienthong.web.fields import day_field, moment_field
from lienthong.web.refusal import told

HALF = "half"
KINDS = [
    (DayKind.OFF.value, gettext_lazy("Nghỉ cả ngày")),
    (DayKind.WORK.value, gettext_lazy("Làm việc cả ngày (làm bù)")),
    (HALF, gettext_lazy("Làm nửa ngày hoặc theo giờ riêng")),
]


def _schedule_field(first: Any) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(label=first, coerce=int, empty_value=None, required=False)


class _ForSchedule(forms.Form):
    schedule_id = _schedule_field(gettext_lazy("Áp dụng cho"))

    def __init__(self, *args: Any, schedules: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["schedule_id"].choices = [  # type: ignore[attr-defined]
            ("", _("Toàn tỉnh")), *((one.pk, _("Nơi theo lịch {name}").format(name=one.name)) for one in schedules)
        ]  # fmt: skip


class DayForm(_ForSchedule):
    day = day_field(label=gettext_lazy("Ngày"))
    kind = forms.ChoiceField(
        label=gettext_lazy("Là"), choices=KINDS, widget=forms.RadioSelect, initial=DayKind.OFF.value
    )
    opens = forms.TimeField(
        label=gettext_lazy("Từ giờ"), required=False, widget=forms.TimeInput(attrs={"type": "time"})
    )
    closes = forms.TimeField(
        label=gettext_lazy("Đến giờ"), required=False, widget=forms.TimeInput(attrs={"type": "time"})
    )
    reason = forms.CharField(label=gettext_lazy("Lý do, căn cứ"), max_length=300)
    field_order = ["day", "kind", "opens", "closes", "reason", "schedule_id"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("kind") == HALF:
            if not (data.get("opens") and data.get("closes")):
                raise forms.ValidationError(_("Ghi giờ bắt đầu và giờ kết thúc của ngày đó."))
            data["kind"] = DayKind.WORK.value
        else:
            data["opens"] = data["closes"] = None
        return data


class SwapForm(_ForSchedule):
    day_off = day_field(label=gettext_lazy("Nghỉ ngày"))
    worked = day_field(label=gettext_lazy("Làm bù ngày"))
    reason = forms.CharField(label=gettext_lazy("Dịp, căn cứ"), max_length=200)
    field_order = ["day_off", "worked", "reason", "schedule_id"]


class ScheduleForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Tên lịch"), max_length=200)
    hours = forms.CharField(
        label=gettext_lazy("Giờ làm việc"), max_length=500, initial="07:30-11:30,13:00-17:00",
        help_text=gettext_lazy(
            "Thứ Hai đến thứ Sáu; ngày khác ghi thêm sau dấu chấm phẩy, ví dụ: "
            "07:30-11:30,13:00-17:00; T7 07:30-11:30."
        ),
    )  # fmt: skip
    is_default = forms.BooleanField(
        label=gettext_lazy("Lịch chung, cho mọi cơ quan không có lịch riêng"), required=False
    )


class DueForm(forms.Form):
    """A term to be counted; `pauses` holds one stretch a line, the last may have no end."""

    received_at = moment_field(label=gettext_lazy("Tiếp nhận lúc"))
    amount = forms.DecimalField(label=gettext_lazy("Thời hạn"), min_value=0, max_digits=8, decimal_places=2)
    unit = forms.ChoiceField(
        label=gettext_lazy("Đơn vị"), choices=lambda: [(unit.value, _(UNIT_NAMES[unit])) for unit in Unit]
    )
    schedule_id = _schedule_field(gettext_lazy("Giờ làm việc"))
    pauses = forms.CharField(
        label=gettext_lazy("Các lần dừng"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy(
            "Mỗi dòng một lần: 20/11/2026 10:00 đến 24/11/2026 08:00. Bỏ trống giờ sau nếu còn đang dừng."
        ),
    )  # fmt: skip

    def __init__(self, *args: Any, schedules: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = [(one.pk, one.name) for one in schedules if not one.is_default]
        self.fields["schedule_id"].choices = [("", _("Giờ chung của tỉnh")), *own]  # type: ignore[attr-defined]

    def clean_pauses(self) -> list[tuple[datetime, datetime | None]]:
        pairs = []
        for line in filter(None, (line.strip() for line in self.cleaned_data["pauses"].splitlines())):
            start, *rest = re.split(r"\s+(?:đến|-|–)\s*", line, maxsplit=1)
            end = rest[0] if rest else ""
            try:
                pairs.append((read_moment(re.sub(r"\s*(?:đến|-|–)$", "", start)), read_moment(end) if end else None))
            except Refused as refusal:
                raise forms.ValidationError(told(refusal)) from None
        return pairs
