"""What a plan may be and how far it is. No database here.

    draft ──put in force (everything proposed is decided)──▶ in force ──end──▶ ended

A target is proposed by the reader or by a person, then confirmed (and bound to a measure, or marked as not countable with the
reason) or dropped. A task is open until it is reported done or dropped.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from lienthong.kit.refusal import N_, Refused
from lienthong.kit.text import dotted
from lienthong.modules.plans.terms import COMPARATOR_LABELS, Choice, Comparator, PlanState, Standing

LONGEST = 4_000_000  # characters of a plan's text: a thousand pages


@dataclass(frozen=True, slots=True)
class Promise:
    """What a target promises: `low` alone, or `low` to `high` of a range; None where all of something is promised."""

    comparator: Comparator
    low: Decimal | None
    high: Decimal | None
    unit: str
    due: date | None

    @property
    def asked(self) -> Decimal | None:
        """The value from which (at most: up to which) the promise is kept: of a range its lower end."""
        if self.comparator == Comparator.ALL and self.low is None:
            return Decimal(100)
        return self.low


def _plain(value: Decimal) -> str:
    """140 and 12,5, not 140.0000 as the column keeps it."""
    return f"{value.normalize():f}".replace(".", ",")


def require_sound(promise: Promise, subject: str) -> None:
    """Refuse a target that cannot be held against anything: no subject, no number, a range upside down, more than all."""
    if not subject.strip():
        raise Refused(N_("Ghi chỉ tiêu nói về cái gì."))
    if promise.low is None and promise.comparator != Comparator.ALL:
        raise Refused(N_("Chỉ tiêu không có con số. Ghi giá trị, hoặc chọn “tất cả”, hoặc chuyển thành nhiệm vụ."))
    if promise.comparator == Comparator.RANGE and promise.high is None:
        raise Refused(N_("Chỉ tiêu “từ … đến …” cần cả hai giá trị."))
    if promise.low is not None and promise.high is not None and promise.high < promise.low:
        raise Refused(
            N_("Khoảng từ {low} đến {high} ngược: đổi lại hai giá trị."),
            low=_plain(promise.low),
            high=_plain(promise.high),
        )
    for value in (promise.low, promise.high):
        if value is not None and value < 0:
            raise Refused(N_("Giá trị không thể âm."))
        if value is not None and promise.unit == "%" and value > 100:
            raise Refused(
                N_(
                    "{value} % là nhiều hơn tất cả. Nếu là mức tăng so với năm trước thì ghi đơn vị là “% so với năm trước”."
                ),
                value=_plain(value),
            )


def require_period(start: date, end: date) -> None:
    """Refuse a plan that ends before it begins; `end` is its last day."""
    if end < start:
        raise Refused(
            N_("Kế hoạch kết thúc ({end}) trước khi bắt đầu ({start}). Đổi lại hai ngày."),
            start=f"{start:%d/%m/%Y}", end=f"{end:%d/%m/%Y}",
        )  # fmt: skip


def require_due(due: date | None, start: date) -> None:
    """Refuse a promise that was due before its plan begins."""
    if due is not None and due < start:
        raise Refused(
            N_("Hạn {due} trước ngày kế hoạch bắt đầu ({start})."), due=f"{due:%d/%m/%Y}", start=f"{start:%d/%m/%Y}"
        )


def require_confirmable(promise: Promise, subject: str, start: date) -> None:
    """Refuse a target that cannot stand in a plan that begins on `start`."""
    require_sound(promise, subject)
    require_due(promise.due, start)


def require_draft(state: str) -> None:
    """Only a draft is read, confirmed and corrected; a plan in force is changed by its successor."""
    if state != PlanState.DRAFT:
        raise Refused(N_("Kế hoạch đã có hiệu lực. Sửa bằng kế hoạch điều chỉnh, không sửa chỉ tiêu đã ban hành."))


def require_decided(choices: Iterable[str]) -> None:
    """A plan comes into force when nothing in it is still only proposed."""
    waiting = sum(choice == Choice.PROPOSED for choice in choices)
    if waiting:
        raise Refused(N_("Còn {n} chỉ tiêu, nhiệm vụ chưa xác nhận hoặc bỏ."), n=waiting)


def number_said(value: Decimal) -> str:
    """A number as Vietnamese write it: 1.250,5 · 60."""
    whole, _point, rest = f"{value:,f}".partition(".")
    rest = rest.rstrip("0")
    return whole.replace(",", ".") + (f",{rest}" if rest else "")


def promise_said(promise: Promise, said: Callable[[str], str] = str) -> str:
    """What was promised, in words: ít nhất 60 % · từ 40 đến 50 % · tất cả · không quá 5 ngày. `said` translates the words."""
    unit = f" {promise.unit}" if promise.unit else ""
    if promise.low is None:
        return said(COMPARATOR_LABELS[promise.comparator])
    low = number_said(promise.low)
    if promise.comparator == Comparator.RANGE and promise.high is not None:
        return said(N_("từ {low} đến {high}{unit}")).format(low=low, high=number_said(promise.high), unit=unit)
    if promise.comparator == Comparator.ALL:
        return f"{said(COMPARATOR_LABELS[promise.comparator])} ({low}{unit})"
    return f"{said(COMPARATOR_LABELS[promise.comparator])} {low}{unit}"


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two targets of one plan that cannot both be meant: same subject, unit and day, other values."""

    first: int
    second: int


def contradictions(targets: Iterable[tuple[int, str, Promise]]) -> list[Contradiction]:
    """Pairs of (id, folded subject, promise) that contradict each other."""
    seen: dict[tuple[str, str, date | None], tuple[int, Promise]] = {}
    found = []
    for pk, subject, promise in targets:
        key = (subject, promise.unit, promise.due)
        if key in seen and (seen[key][1].low, seen[key][1].high) != (promise.low, promise.high):
            found.append(Contradiction(seen[key][0], pk))
        seen.setdefault(key, (pk, promise))
    return found


def is_kept(promise: Promise, value: Decimal) -> bool:
    """Whether a counted value keeps the promise."""
    asked = promise.asked
    assert asked is not None
    return value <= asked if promise.comparator == Comparator.AT_MOST else value >= asked


FULL_MONTHS = 3  # fewer say nothing about those to come


def onward(reached: Decimal, lately: Decimal, days: int, left: int) -> Decimal:
    """What is reached `left` days from now when they bring as much a day as the last `days`, which brought `lately`. A rule of
    three, no promise: months to come may differ."""
    return reached + lately * left / days


def standing(promise: Promise, value: Decimal | None, expected: Decimal | None, today: date) -> Standing:
    """Where a bound target stands: kept, on the way there by the forecast, behind, or missed when its day has passed."""
    if value is None:
        return Standing.MISSED if promise.due and promise.due < today else Standing.NO_VALUE
    if is_kept(promise, value):
        return Standing.MET
    if promise.due and promise.due < today:
        return Standing.MISSED
    if expected is not None and is_kept(promise, expected):
        return Standing.ON_THE_WAY
    return Standing.BEHIND


MOST_MONEY = 10**15  # đồng: a million billion, more than any budget, and a slip of the finger before it reaches a table


def require_money(name: str, planned: int, allotted: int, spent: int) -> None:
    """Refuse a line of the budget without a name, below nothing, or beyond what money there is. More spent than allotted is
    no refusal: it happens, and whoever reads must see it."""
    if not name.strip():
        raise Refused(N_("Ghi khoản kinh phí dùng vào việc gì."))
    for amount in (planned, allotted, spent):
        if amount < 0:
            raise Refused(N_("Số tiền không thể âm."))
        if amount > MOST_MONEY:
            raise Refused(
                N_("Số tiền {amount} đồng lớn hơn mọi ngân sách. Kiểm tra lại số chữ số."),
                amount=dotted(amount),
            )


def require_seat(role: str, since: date, until: date | None = None) -> None:
    """Refuse a member of the committee without a role, or one who leaves before coming."""
    if not role.strip():
        raise Refused(N_("Ghi vai trò trong Ban Chỉ đạo: Trưởng ban, Phó Trưởng ban, Ủy viên…"))
    if until is not None and until < since:
        raise Refused(
            N_("Ngày thôi ({until}) trước ngày tham gia ({since})."),
            until=f"{until:%d/%m/%Y}",
            since=f"{since:%d/%m/%Y}",
        )


def require_held(held_on: date, today: date) -> None:
    """Refuse the minutes of a meeting that was not held yet."""
    if held_on > today:
        raise Refused(N_("Ngày họp {day} chưa đến."), day=f"{held_on:%d/%m/%Y}")


def require_reportable(state: str, plan: tuple[date, date], start: date, end: date, today: date) -> None:
    """Refuse a report on a plan that is not in force yet, and a period upside down, outside the plan or not begun. `plan` and
    the period name their last days."""
    if state == PlanState.DRAFT:
        raise Refused(N_("Kế hoạch chưa có hiệu lực nên chưa có gì để báo cáo."))
    if end < start:
        raise Refused(
            N_("Kỳ báo cáo kết thúc ({end}) trước khi bắt đầu ({start}). Đổi lại hai ngày."),
            start=f"{start:%d/%m/%Y}", end=f"{end:%d/%m/%Y}",
        )  # fmt: skip
    if end < plan[0] or start > plan[1]:
        raise Refused(
            N_("Kỳ báo cáo nằm ngoài thời gian của kế hoạch ({start} – {end})."),
            start=f"{plan[0]:%d/%m/%Y}", end=f"{plan[1]:%d/%m/%Y}",
        )  # fmt: skip
    if start > today:
        raise Refused(N_("Kỳ báo cáo chưa bắt đầu."))


def require_unsent(sent: bool) -> None:
    """What was sent stands as it was sent."""
    if sent:
        raise Refused(N_("Báo cáo đã gửi, không sửa được. Lập báo cáo kỳ sau nếu số liệu đã khác."))


LAGGING = frozenset({Standing.BEHIND, Standing.MISSED})


def require_complete(words: str, causes: str, standings: Iterable[str]) -> None:
    """A report is sent with the agency's words, and with the causes of whatever is behind."""
    if not words.strip():
        raise Refused(N_("Ghi kết quả đã làm trong kỳ trước khi gửi."))
    behind = sum(one in LAGGING for one in standings)
    if behind and not causes.strip():
        raise Refused(
            N_("Còn {n} chỉ tiêu chậm hoặc không đạt: ghi nguyên nhân và cách khắc phục trước khi gửi."), n=behind
        )


def is_late(due: date | None, ended_on: date | None, day: date) -> bool:
    """Whether a task was owed and not done by the end of that day."""
    return due is not None and due < day and (ended_on is None or ended_on > day)
