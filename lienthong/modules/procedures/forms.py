"""Shapes of the forms about procedures and processes; nothing is saved here."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lienthong.foundation.access.terms import DUTY_LABELS, Duty
from lienthong.foundation.organizations import queries as organizations
from lienthong.modules.procedures.models import Process, ProcessStep, Version
from lienthong.modules.procedures.rules import MOST_STEPS
from lienthong.modules.procedures.terms import LEVEL_LABELS, STEP_LABELS, ServiceLevel, StepKind
from lienthong.web.fields import day_field

_DUTIES = (Duty.DESK, Duty.OFFICIAL, Duty.UNIT_HEAD, Duty.LEADER, Duty.CLERK)
_CELLS = ("key", "kind", "name", "who", "hours", "next", "back_to", "performer", "agency", "work")


class FileForm(forms.Form):
    """A file to take in; the page says which."""

    file = forms.FileField(label="")


class MarksForm(forms.Form):
    """What no file says of a procedure."""

    service_level = forms.ChoiceField(label=_("Mức độ dịch vụ công"))
    old_level = forms.TypedChoiceField(
        label=_("Mức độ theo Nghị định 43/2011/NĐ-CP"), required=False, coerce=int, empty_value=None,
        choices=[("", "—"), *((str(n), str(n)) for n in range(1, 5))],
    )  # fmt: skip
    silent_approval = forms.BooleanField(
        label=_("Quá hạn mà cơ quan không trả lời thì coi như đồng ý"), required=False,
        help_text=_("Chỉ chọn khi luật của thủ tục này có quy định."),
    )  # fmt: skip
    non_territorial = forms.BooleanField(label=_("Tiếp nhận không phụ thuộc địa giới"), required=False)
    reason = forms.CharField(
        label=_("Lý do, căn cứ"), max_length=300,
        help_text=_("Dịch vụ một phần phải công khai lý do chưa toàn trình (224/2026/NĐ-CP, Điều 14)."),
    )  # fmt: skip
    valid_from = day_field(label=_("Có hiệu lực từ ngày"))

    def __init__(self, data: Any = None, *, version: Version, first_day: date) -> None:
        names = ("service_level", "old_level", "silent_approval", "non_territorial")
        given = {name: getattr(version, name) for name in names}
        super().__init__(data, initial={**given, "valid_from": first_day})
        level = self.fields["service_level"]
        assert isinstance(level, forms.ChoiceField)
        level.choices = [(one.value, gettext(LEVEL_LABELS[one])) for one in ServiceLevel]


class OfferForm(forms.Form):
    """Which agencies decide a procedure from a day on."""

    agency_ids = forms.TypedMultipleChoiceField(
        label=_("Cơ quan"), coerce=int, widget=forms.CheckboxSelectMultiple, required=False
    )
    every_commune = forms.BooleanField(label=_("Mọi xã, phường, đặc khu"), required=False)
    valid_from = day_field(label=_("Từ ngày"))


class WithdrawForm(forms.Form):
    """The first day on which an agency no longer decides a procedure."""

    valid_to = day_field(label=_("Thôi từ ngày"))


class AttachForm(forms.Form):
    """The procedure that a loose process belongs to."""

    procedure_code = forms.CharField(label=_("Mã thủ tục"), max_length=60, help_text=_("Ví dụ: 1.001193"))


@dataclass
class Line:
    """A row of the editor as it was typed; `faults` are said beside it."""

    cells: dict[str, str]
    faults: list[str] = field(default_factory=list)


class HeadForm(forms.Form):
    """What stands above the table of a process."""

    name = forms.CharField(label=_("Tên quy trình"), max_length=1000)
    decision_no = forms.CharField(label=_("Số quyết định ban hành"), max_length=60, required=False)
    valid_from = day_field(label=_("Áp dụng từ ngày"))


class StepTable:
    """The rows of the editor: read from what was typed or from a saved table, moved about, turned into steps."""

    def __init__(self, lines: list[Line], agency_id: int | None, on: date) -> None:
        self.lines = lines[: MOST_STEPS + 1]
        self.agency_id, self.on = agency_id, on
        self.agencies = organizations.agencies(on, here_only=True)

    @classmethod
    def typed(cls, data: QueryDict, agency_id: int | None, on: date) -> "StepTable":
        """Rows `r0-…`, `r1-…` until one is missing altogether."""
        lines = []
        for number in range(MOST_STEPS + 1):
            if f"r{number}-key" not in data:
                break
            lines.append(Line({name: data.get(f"r{number}-{name}", "").replace("\x00", "") for name in _CELLS}))
        return cls(lines, agency_id, on)

    @classmethod
    def saved(cls, steps: Sequence[ProcessStep], agency_id: int | None, on: date) -> "StepTable":
        return cls([Line(_cells(step)) for step in steps], agency_id, on)

    def move(self, deed: str) -> None:
        """`add`, `up-3`, `down-3`, `drop-3`, `after-3`: change the order as a button says."""
        name, _dash, number = deed.partition("-")
        place = int(number) if number.isdecimal() and len(number) < 4 else -1
        if name == "add":
            self.lines.append(Line(self._blank()))
        if not 0 <= place < len(self.lines):
            return
        if name == "drop":
            del self.lines[place]
        elif name == "after":
            self.lines.insert(place + 1, Line(self._blank()))
        elif name in ("up", "down"):
            other = place + (1 if name == "down" else -1)
            if 0 <= other < len(self.lines):
                self.lines[place], self.lines[other] = self.lines[other], self.lines[place]

    def _blank(self) -> dict[str, str]:
        taken = {line.cells["key"] for line in self.lines}
        number = next(n for n in range(len(self.lines) + 1, 1000) if str(n) not in taken)
        return dict.fromkeys(_CELLS, "") | {"key": str(number), "kind": StepKind.HANDLE, "who": f"duty:{Duty.OFFICIAL}"}

    def steps(self) -> list[ProcessStep] | None:
        """Unsaved steps; None when a cell cannot be read (the rows then say which)."""
        names: dict[str, list[int]] = {}
        for pk, name in self.agencies.values_list("pk", "name"):
            names.setdefault(" ".join(name.lower().split()), []).append(pk)
        found = [self._step(line, names) for line in self.lines]
        return None if any(line.faults for line in self.lines) else found

    def _step(self, line: Line, names: dict[str, list[int]]) -> ProcessStep:
        cells = {name: value.strip() for name, value in line.cells.items()}
        step = ProcessStep(
            key=cells["key"], name=cells["name"][:300], work=cells["work"], performer=cells["performer"][:1000],
            next=[part for part in cells["next"].replace(";", ",").replace(" ", ",").split(",") if part],
            back_to=cells["back_to"], hours=self._hours(cells["hours"], line), kind=cells["kind"],
        )  # fmt: skip
        if any(len(key) > 10 for key in (*step.next, step.back_to)):
            line.faults.append(gettext("Ký hiệu bước dài hơn 10 ký tự."))
        if cells["kind"] not in set(StepKind):
            line.faults.append(gettext("Chọn loại bước."))
        self._who(step, cells["who"], line)
        if cells["agency"]:
            ids = names.get(" ".join(cells["agency"].lower().split()), [])
            if len(ids) == 1:
                step.agency_id = ids[0]
            else:
                line.faults.append(gettext("Không có cơ quan nào tên “{name}”.").format(name=cells["agency"][:200]))
        return step

    def _hours(self, text: str, line: Line) -> Decimal | None:
        if not text:
            return None
        try:
            hours = Decimal(text.replace(",", "."))
        except InvalidOperation:
            hours = Decimal("NaN")
        if not hours.is_finite() or not 0 <= hours < 10_000:
            line.faults.append(gettext("Số giờ “{text}” không đọc được.").format(text=text[:20]))
            return None
        return hours.quantize(Decimal("0.01"))

    def _who(self, step: ProcessStep, value: str, line: Line) -> None:
        kind, _colon, which = value.partition(":")
        offered = {key for _group, options in self.who() for key, _label in options}
        if value and value not in offered:
            line.faults.append(gettext("Người thực hiện không còn trong danh sách; chọn lại."))
        elif kind == "duty":
            step.duty = which
        elif kind in ("unit", "post"):
            setattr(step, f"{kind}_id", int(which))

    def who(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """What the column "Người thực hiện" offers, in groups: duties, and the agency's own units and posts."""
        if not hasattr(self, "_who_offered"):
            groups = [(gettext("Theo nhiệm vụ"), [(f"duty:{one}", gettext(DUTY_LABELS[one])) for one in _DUTIES])]
            if self.agency_id is not None:
                units = organizations.units_of(self.agency_id, self.on)
                posts = organizations.posts_of(self.agency_id, self.on)
                groups.append((gettext("Đơn vị"), [(f"unit:{one.pk}", one.name) for one in units]))
                groups.append(
                    (gettext("Chức danh"), [
                        (f"post:{one.pk}", f"{one.name}, {one.unit.name}" if one.unit else one.name) for one in posts
                    ])
                )  # fmt: skip
            self._who_offered = groups
        return self._who_offered

    @property
    def kinds(self) -> list[tuple[str, str]]:
        return [(one.value, gettext(STEP_LABELS[one])) for one in StepKind]


def _cells(step: ProcessStep) -> dict[str, str]:
    who = f"post:{step.post_id}" if step.post_id else f"unit:{step.unit_id}" if step.unit_id else ""
    hours = "" if step.hours is None else f"{step.hours.normalize():f}".replace(".", ",")
    return {
        "key": step.key, "kind": step.kind, "name": step.name, "who": who or (f"duty:{step.duty}" if step.duty else ""),
        "hours": hours, "next": ", ".join(step.next), "back_to": step.back_to, "performer": step.performer,
        "agency": step.agency.name if step.agency else "", "work": step.work,
    }  # fmt: skip


def head_of(process: Process | None, name: str, first_day: date) -> dict[str, Any]:
    """What the head of the editor shows at first."""
    if process is None:
        return {"name": name, "valid_from": first_day}
    return {"name": process.name, "decision_no": process.decision_no, "valid_from": max(first_day, process.valid_from)}
