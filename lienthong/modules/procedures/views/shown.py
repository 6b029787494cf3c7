"""How times, fees and processes are said on the pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from lienthong.foundation.access.terms import DUTY_LABELS, Duty
from lienthong.kit.refusal import N_
from lienthong.kit.text import dotted
from lienthong.modules.procedures import queries, rules
from lienthong.modules.procedures.layout import Drawn, Words
from lienthong.modules.procedures.models import Fee, ProcessStep
from lienthong.modules.procedures.terms import CHANNEL_LABELS, UNIT_LABELS, Channel, TermUnit

CHANNELS = (Channel.ONLINE, Channel.DIRECT, Channel.POST)


def figure(number: Decimal | None) -> str:
    """7,5; 1250; "" for none."""
    return "" if number is None else f"{number.normalize():f}".replace(".", ",")


def term(amount: Decimal | None, unit: str) -> str:
    """5 ngày làm việc; trong ngày; theo quy định riêng."""
    if amount == 0:
        return _("trong ngày")
    words = _(UNIT_LABELS[TermUnit(unit)])
    return words if amount is None else f"{figure(amount)} {words}"


def money(amount: int) -> str:
    """1.250.000 ₫"""
    return f"{dotted(amount)} ₫"


@dataclass
class FeeLine:
    """A fee with what it costs by each channel, in the order of CHANNELS."""

    name: str
    note: str
    amounts: list[str]


def fee_lines(fees: Sequence[Fee]) -> list[FeeLine]:
    """One line for each fee and note; the channels side by side."""
    lines: dict[tuple[str, str], dict[str, str]] = {}
    for fee in fees:
        said = _("Xem ghi chú") if fee.amount is None else money(fee.amount)
        cells = lines.setdefault((fee.name, fee.note), {})
        channel = fee.method.channel
        if said not in cells.get(channel, "").split(" / "):
            cells[channel] = " / ".join(filter(None, (cells.get(channel), said)))
    return [FeeLine(name, note, [cells.get(one, "") for one in CHANNELS]) for (name, note), cells in lines.items()]


@dataclass
class Compared:
    """The hours of a table beside one statutory time. `kind`: ok, bad (differs), none (cannot be compared)."""

    about: str
    term: str
    kind: str
    said: str


def compared(version_id: int | None, hours: Decimal) -> list[Compared]:
    """The table beside every statutory time of the version: by case where cases have their own, else by channel."""
    if version_id is None:
        return []
    times: dict[tuple[Decimal | None, str], list[str]] = {}
    for case in queries.cases(version_id):
        if case.amount is not None:
            times.setdefault((case.amount, case.unit), []).append(" ".join(filter(None, (case.code, case.name[:80]))))
    if not times:
        for way in queries.methods(version_id):
            names = times.setdefault((way.amount, way.unit), [])
            label = _(CHANNEL_LABELS[Channel(way.channel)])
            if label not in names:
                names.append(label)
    return [_compared(", ".join(filter(None, names)), amount, unit, hours) for (amount, unit), names in times.items()]


def _compared(about: str, amount: Decimal | None, unit: str, hours: Decimal) -> Compared:
    said = term(amount, unit)
    if amount is None:
        return Compared(about, said, "none", _("không quy ra giờ làm việc được"))
    lawful = rules.hours_of(amount, unit)
    if lawful is None:  # calendar days hold weekends: the decisions count 8 hours to each all the same, so it is told
        return Compared(about, said, "none", _told(hours, amount * rules.HOURS_OF_DAY, _CALENDAR))
    return Compared(about, said, "ok" if lawful == hours else "bad", _told(hours, lawful, _WORKING))


_WORKING = (
    N_("bằng {hours} giờ của quy trình"),
    N_("quy trình dài hơn {more} giờ"),
    N_("quy trình ngắn hơn {more} giờ"),
)
_CALENDAR = (
    N_("theo ngày lịch; quy 8 giờ một ngày thì bằng {hours} giờ của quy trình"),
    N_("theo ngày lịch; quy 8 giờ một ngày thì quy trình dài hơn {more} giờ"),
    N_("theo ngày lịch; quy 8 giờ một ngày thì quy trình ngắn hơn {more} giờ"),
)


def _told(hours: Decimal, lawful: Decimal, sentences: tuple[str, str, str]) -> str:
    equal, longer, shorter = sentences
    sentence = equal if hours == lawful else longer if hours > lawful else shorter
    return _(sentence).format(hours=figure(hours), more=figure(abs(hours - lawful)))


def who(step: ProcessStep) -> str:
    """Who does a step, as a lane is called: what the decision says, else the post, unit or duty; then the agency."""
    if step.performer:
        return step.performer
    name = step.post.name if step.post else step.unit.name if step.unit else ""
    if not name and step.duty in set(Duty):
        name = _(DUTY_LABELS[Duty(step.duty)])
    return ", ".join(filter(None, (name, step.agency.name if step.agency else ""))) or _("Chưa rõ")


def drawn(steps: Sequence[ProcessStep]) -> list[Drawn]:
    """The table as the drawings take it."""
    return [Drawn(step.key, step.name, who(step), step.hours, tuple(step.next), step.back_to) for step in steps]


def words() -> Words:
    """What the drawings say, in the reader's language."""
    return Words(_("Bắt đầu"), _("Kết thúc"), _("Đạt"), _("Chưa đạt"), _("{hours} giờ"))
