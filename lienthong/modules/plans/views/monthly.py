"""The monthly report of a plan as it is printed, numbered and stamped (30/2020/NĐ-CP annex I, annex III form 1.4). What stands on
it is official Vietnamese, whatever language the viewer's pages are in."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.http import Http404, HttpResponse

from lienthong.foundation.access.terms import Duty
from lienthong.foundation.measures import rules as measuring
from lienthong.foundation.measures.actions.settle import settle
from lienthong.foundation.measures.queries.figures import Figure
from lienthong.foundation.measures.rules import Period
from lienthong.foundation.measures.terms import Unit
from lienthong.foundation.organizations import queries as organizations
from lienthong.foundation.organizations.terms import Tier
from lienthong.kit.dates import long_date, vn_date
from lienthong.kit.refusal import Refused
from lienthong.kit.text import clip
from lienthong.modules.plans import queries, rules
from lienthong.modules.plans.models import Plan, Task
from lienthong.modules.plans.queries import budget
from lienthong.modules.plans.queries.standings import Held, standings
from lienthong.modules.plans.rules import promise_said
from lienthong.modules.plans.terms import STANDING_LABELS, Standing
from lienthong.modules.plans.views.obtain import obtain
from lienthong.web.clock import now
from lienthong.web.print import PLAN_MONTH, pdf
from lienthong.web.request import Request
from lienthong.web.templatetags.parts import thousands, valued

COMMITTEE = "Ủy ban nhân dân"
# Over these the agency in charge is named; a people's committee stands alone in the head of its papers.
_ABOVE_NAMED = frozenset({Tier.DEPARTMENT, Tier.SUBORDINATE})
MONTHS = 12
_MANY = 100_000  # figures from here on are shortened over their bars


def as_pdf(request: Request, pk: int, month: str) -> HttpResponse:
    """The report on one month (`2026-11`), counted up to its end, or up to today while it lasts."""
    plan, at = obtain(request, pk), now()
    try:
        period = measuring.parse_period(month)
    except Refused:
        raise Http404 from None
    if period.month_count != 1:
        raise Http404
    rules.require_reportable(plan.state, (plan.start, plan.end), period.start, period.last, at.date())
    settle()
    content = pdf(PLAN_MONTH, page(plan, period, at.date()), at=at)
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="bao-cao-ke-hoach-{plan.pk}-{period.code}.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response


def page(plan: Plan, month: Period, today: date) -> dict[str, Any]:
    """The report as plain values."""
    day = min(month.last, today)
    targets = queries.targets(plan.pk)
    held = standings(plan, targets, day)
    late = [one for one in queries.tasks(plan.pk) if rules.is_late(one.due, one.ended_on, day)]
    owing = [one.responsible_id for one in late] + [one.responsible_id for one in targets]
    names = organizations.agencies_by_id([pk for pk in owing if pk])
    lines = budget.budget_lines(plan.pk)
    return {
        **_head(plan, month, today),
        "intro": _intro(plan, month, day),
        "summary": _summary(held),
        "targets": [_target(one, names) for one in held],
        "charts": [_chart(one) for one in held if one.measure is not None and any(m.value is not None for m in one.months[-MONTHS:])],
        "tasks": [_task(one, names, day) for one in sorted(late, key=lambda one: (one.due, one.place, one.pk))],
        "until": long_date(day),
        "budget": [
            {"name": one.name, "source": one.source, **_money(budget.money_of(one))} for one in lines
        ],
        "total": _money(budget.total(lines)),
    }  # fmt: skip


def _month(month: Period) -> str:
    no = month.start.month
    return f"tháng {no:02d} năm {month.start.year}" if no < 3 else f"tháng {no} năm {month.start.year}"


def _head(plan: Plan, month: Period, today: date) -> dict[str, Any]:
    """Number and seal are the clerk's: the number stays open, in the notation of a report."""
    issuer = plan.issuer
    office = organizations.name_on(issuer, today)
    parent = organizations.agency(issuer.parent_id).name if issuer.parent_id and issuer.tier in _ABOVE_NAMED else ""
    leader = organizations.first_with_duty(issuer.pk, [Duty.LEADER], today)
    place = f"{issuer.place}, " if issuer.place else ""
    signer = [leader.name.upper()] if leader else ["THỦ TRƯỞNG CƠ QUAN"]
    if office.startswith(COMMITTEE):
        signer.insert(0, f"TM. {COMMITTEE.upper()}")
    return {
        "above": parent, "office": office, "notation": f"/BC-{issuer.short_name}", "day": f"{place}{long_date(today)}",
        "title": f"Tiến độ thực hiện kế hoạch{f' số {plan.code}' if plan.code else ''} {_month(month)}", "signer": signer,
        "name": organizations.who_sits(leader.pk, today) if leader else "",
        "receivers": [f"Lãnh đạo {office};", "Các cơ quan được giao chỉ tiêu, nhiệm vụ;", "Lưu: VT."],
    }  # fmt: skip


def _intro(plan: Plan, month: Period, day: date) -> str:
    code = f" số {plan.code}" if plan.code else ""
    issued = f" {long_date(plan.issued_on)}" if plan.issued_on else ""
    return (
        f"Thực hiện Kế hoạch{code}{issued} của {plan.issuer_name} (“{plan.title}”), {organizations.name_on(plan.issuer, day)} báo cáo "
        f"tiến độ {_month(month)}. Số liệu được đếm từ bản ghi của chính công việc trong hệ thống, tính đến hết {long_date(day)}."
    )


def _summary(held: Sequence[Held]) -> str:
    if not held:
        return "Kế hoạch không có chỉ tiêu nào đã xác nhận."
    counts = Counter(one.standing for one in held)
    said = ", ".join(f"{counts[one]} {STANDING_LABELS[one]}" for one in Standing if counts[one])
    return f"Tổng số {len(held)} chỉ tiêu: {said}."


def _target(one: Held, names: dict[int, Any]) -> dict[str, Any]:
    target = one.target
    owner = names.get(target.responsible_id) if target.responsible_id else None
    counted = ""
    if one.under is not None and one.over is not None:
        counted = f"{thousands(one.over)} / {thousands(one.under)}"
    return {
        "subject": target.subject, "owner": owner.name if owner else "", "promised": promise_said(one.promise),
        "due": vn_date(target.due), "value": valued(one.value, _unit(one)), "counted": counted,
        "standing": STANDING_LABELS[one.standing], "kind": str(one.standing), "why": target.why_not,
    }  # fmt: skip


def _unit(one: Held) -> str:
    return str(one.measure.unit) if one.measure else ""


def _chart(one: Held) -> dict[str, Any]:
    """Bars of the last twelve months as shares (0 to 1) of all, or of the highest. `line` is where the promise stands: only of
    shares, since what is promised in number is promised for the whole and not for a month."""
    assert one.measure is not None
    target, promise, months = one.target, one.promise, one.months[-MONTHS:]
    is_share = one.measure.unit == Unit.PERCENT
    asked = promise.asked if is_share and (target.unit == "%" or target.low is None) else None
    most = (
        Decimal(100) if is_share else max([Decimal(1), *(month.value for month in months if month.value is not None)])
    )
    return {
        "subject": target.subject, "title": clip(target.subject, 92), "line": None if asked is None else float(asked / most), "kind": str(one.standing),
        "asked": promise_said(promise),
        "bars": [_bar(month, most) for month in months],
    }  # fmt: skip


def _bar(month: Figure, most: Decimal) -> dict[str, Any]:
    value = month.value
    return {
        "label": f"{month.period.start:%m/%y}", "share": None if value is None else float(max(Decimal(0), value) / most),
        "said": "" if value is None else _short(value, month),
    }  # fmt: skip


def _short(value: Decimal, month: Figure) -> str:
    """A figure that fits over a bar of 5 mm: 61,4 · 12.345 · 1,2 tr (triệu)."""
    if month.measure.unit == Unit.PERCENT:
        return valued(value, "%").removesuffix(" %")
    if value < _MANY:
        return valued(value, "")
    size, word = (1_000_000, "tr") if value >= 1_000_000 else (1_000, "ng")
    shown = value / size
    return f"{shown:.1f}".replace(".", ",").removesuffix(",0") + f" {word}" if shown < 100 else f"{shown:.0f} {word}"


def _task(one: Task, names: dict[int, Any], day: date) -> dict[str, Any]:
    assert one.due is not None
    owner = names.get(one.responsible_id) if one.responsible_id else None
    return {
        "text": one.text, "owner": owner.name if owner else one.responsible_name or "chưa rõ", "due": vn_date(one.due),
        "support": one.coordinating, "days": (day - one.due).days,
    }  # fmt: skip


def _money(money: budget.Money) -> dict[str, Any]:
    return {
        "planned": thousands(money.planned), "allotted": thousands(money.allotted), "spent": thousands(money.spent),
        "share": "–" if money.share is None else f"{money.share} %", "over": thousands(money.over) if money.over else "",
    }  # fmt: skip
