"""What the address of a page of figures asks for: scope, period, part."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, JsonResponse, QueryDict
from django.utils.translation import gettext as _

from lienthong.foundation.measures import rules
from lienthong.foundation.measures.queries.scopes import PROVINCE, Scope, scope
from lienthong.foundation.measures.rules import Period
from lienthong.foundation.measures.terms import AgenciesWith, Measure, Quantity
from lienthong.foundation.organizations.terms import TIER_LABELS, Tier
from lienthong.kit.refusal import N_, Refused
from lienthong.web.clock import today
from lienthong.web.fields import text_in
from lienthong.web.refusal import told


@dataclass(frozen=True, slots=True)
class Asked:
    """Scope, period and part of the page (several parts with commas between them: a promise about some fields opens as it was
    counted); `wrong` says what was not understood and was left at the usual."""

    scope: Scope
    period: Period
    part: str
    day: date
    wrong: tuple[str, ...] = ()

    @property
    def parts(self) -> tuple[str, ...]:
        return tuple(filter(None, self.part.split(",")))

    @property
    def open_period(self) -> Period:
        """The day that is not over yet: what stands now is known only for periods that hold it."""
        return Period(self.day, self.day + rules.DAY)

    @property
    def months(self) -> list[Period]:
        """The twelve months that end with the period, or with today."""
        return rules.months_up_to(min(self.period.last, self.day))

    @property
    def is_open(self) -> bool:
        return self.period.end > self.day

    @property
    def query(self) -> str:
        kept = {"pham-vi": self.scope.code, "ky": self.period.code, "phan": self.part}
        return urlencode({name: value for name, value in kept.items() if value})


def asked_in(query: QueryDict, usual: Period | None = None) -> Asked:
    """Read `pham-vi`, `ky` (or `tu` and `den`), `phan`; what is wrong is said and replaced by the usual."""
    day, wrong = today(), []
    period = usual or rules.month_of(day)
    try:
        first, last = text_in(query, "tu", 10), text_in(query, "den", 10)
        if first and last:
            period = rules.parse_period(f"{first}..{last}")
        elif first or last:
            raise Refused(N_("Kỳ khác cần cả hai ngày: từ ngày và đến hết ngày."))
        elif code := text_in(query, "ky", 30):
            period = rules.parse_period(code)
    except Refused as refused:
        wrong.append(told(refused))
    try:
        over = scope(text_in(query, "pham-vi", 30))
    except Refused as refused:
        wrong.append(told(refused))
        over = scope(PROVINCE)
    return Asked(over, period, text_in(query, "phan", 300), day, tuple(wrong))


def not_understood(asked: Asked) -> JsonResponse:
    """What a machine is told: it reads no notes, so a figure of another period or scope than it asked for would mislead it."""
    return JsonResponse({"errors": asked.wrong}, status=400, json_dumps_params={"ensure_ascii": False})


def measure_or_404(code: str) -> Measure:
    try:
        return rules.measure(code)
    except KeyError as none:
        raise Http404 from none


def quantity_of(measure: Measure) -> Quantity | None:
    """The quantity whose records a figure is about: of the denominator where there is one."""
    what = measure.under or measure.over
    if isinstance(what, Quantity):
        return what
    over = measure.over
    return over.quantity if isinstance(over, AgenciesWith) else over if isinstance(over, Quantity) else None


def known_parts(asked: Asked, measure: Measure, counted: Collection[str] = ()) -> Asked:
    """The same without parts that the measure does not have: they are said, for a nought about nothing would explain nothing.
    `counted` are parts that have records though nobody names them any more."""
    quantity = quantity_of(measure)
    names = quantity.source.part_labels() if quantity and quantity.source.part is not None else {}
    unknown = [one for one in asked.parts if one not in names and one not in counted]
    if not unknown:
        return asked
    said = _("Số liệu này không có phần “{part}”; đang xem mọi phần.").format(part=", ".join(unknown)[:60])
    return replace(asked, part="", wrong=(*asked.wrong, said))


def part_label_of(measure: Measure, parts: tuple[str, ...]) -> str:
    """The parts in words; empty for all of them."""
    quantity = quantity_of(measure)
    names = quantity.source.part_labels() if quantity else {}
    return ", ".join(_(names[one]) if one in names else one for one in parts)


def label_of(period: Period) -> str:
    """A period in the reader's words."""
    return rules.period_said(period, _)


def choices(asked: Asked, own: tuple[int, str] | None) -> dict[str, Any]:
    """What the form above every page of figures offers."""
    day = asked.day
    months = [(one.code, label_of(one)) for one in reversed(rules.months_up_to(day, 13))]
    year = rules.year_of(day)
    week = rules.week_of(day)
    quarters = [f"{day.year}-Q{no}" for no in range((day.month + 2) // 3, 0, -1)]
    periods = [
        *months[:1], (week.code, label_of(week)), (week.before().code, label_of(week.before())),
        *[(code, label_of(rules.parse_period(code))) for code in quarters],
        (year.code, label_of(year)), (year.before().code, label_of(year.before())), *months[1:],
    ]  # fmt: skip
    if asked.period.code not in {code for code, _label in periods}:
        periods.insert(0, (asked.period.code, label_of(asked.period)))
    scopes = [(PROVINCE, _("Toàn tỉnh"))]
    scopes += [(f"cap-{int(tier)}", _(TIER_LABELS[tier])) for tier in (Tier.DEPARTMENT, Tier.COMMUNE)]
    if own:
        scopes.append((f"cq-{own[0]}", own[1]))
    if asked.scope.code not in {code for code, _label in scopes}:
        scopes.append((asked.scope.code, _(asked.scope.label)))
    return {"periods": periods, "scopes": scopes, "asked": asked, "period_label": label_of(asked.period)}
