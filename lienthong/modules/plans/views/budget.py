"""Pages of a plan's money."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lienthong.foundation.access.rules import allows
from lienthong.foundation.access.terms import Seated
from lienthong.kit.refusal import Refused
from lienthong.kit.text import dotted
from lienthong.modules.plans.actions.keep_budget_line import keep_budget_line
from lienthong.modules.plans.actions.remove_budget_line import remove_budget_line
from lienthong.modules.plans.forms import BudgetForm
from lienthong.modules.plans.models import BudgetLine, Plan
from lienthong.modules.plans.queries import budget
from lienthong.modules.plans.queries.budget import Money
from lienthong.modules.plans.views.obtain import obtain, page_of
from lienthong.web.act_page import act_page
from lienthong.web.clock import now
from lienthong.web.refusal import told
from lienthong.web.request import Request

PLACE = "kinh-phi"


def section(viewer: Seated, plan: Plan) -> dict[str, Any]:
    """What plans/budget_section.html shows: the lines, their sum, each with its bar."""
    lines = budget.budget_lines(plan.pk)
    whole = budget.total(lines)
    shown = [
        {"line": one, "money": budget.money_of(one), "bar": _bar(budget.money_of(one), whole)} for one in lines
    ]  # fmt: skip
    may = allows(viewer, "plans.make", agency_id=plan.issuer_id)
    return {"budget": {"lines": shown, "total": whole, "bar": _bar(whole, whole), "may": may}}


def _bar(money: Money, whole: Money) -> dict[str, float]:
    """Widths out of 100, so that every bar is drawn on the scale of the largest line or of the sum itself."""
    most = max(money.planned, money.allotted, money.spent, 1)
    return {
        "planned": round(money.planned * 100 / most, 1),
        "allotted": round(money.allotted * 100 / most, 1),
        "within": round(min(money.spent, money.allotted) * 100 / most, 1),
        "over": round(money.over * 100 / most, 1),
    }


def add(request: Request, pk: int) -> HttpResponse:
    """A new line of the budget."""
    obtain(request, pk, "plans.make")
    return _page(request, pk, None, _("Thêm khoản kinh phí"))


def change(request: Request, pk: int, line_id: int) -> HttpResponse:
    """A line of the budget anew."""
    obtain(request, pk, "plans.make")
    return _page(request, pk, _line(pk, line_id), _("Sửa khoản kinh phí"))


def _line(pk: int, line_id: int) -> BudgetLine:
    try:
        return budget.budget_line(pk, line_id)
    except BudgetLine.DoesNotExist:
        raise Http404 from None


def _page(request: Request, pk: int, line: BudgetLine | None, title: str) -> HttpResponse:
    kept = {name: getattr(line, name) for name in BudgetForm.base_fields} if line else {}

    def keep(data: dict[str, Any]) -> BudgetLine:
        amounts = {name: data[name] or 0 for name in ("planned", "allotted", "spent")}
        return keep_budget_line(
            plan_id=pk, line_id=line.pk if line else None, name=data["name"], source=data["source"], **amounts,
            actor=request.actor, now=now(),
        )  # fmt: skip

    return act_page(
        request, form=BudgetForm(request.POST or None, initial=kept), do=keep, title=title, submit=_("Ghi khoản này"),
        back=page_of(pk, PLACE), said=_said,
        about=_("Chi nhiều hơn số đã cấp vẫn ghi được: khoản ấy hiện màu đỏ kèm số vượt."),
    )  # fmt: skip


def _said(line: BudgetLine) -> str:
    if over := budget.money_of(line).over:
        return _("Đã ghi. Khoản này chi vượt số đã cấp {over} ₫.").format(over=dotted(over))
    return _("Đã ghi khoản kinh phí.")


@require_POST
def remove(request: Request, pk: int, line_id: int) -> HttpResponse:
    """Take a line away."""
    obtain(request, pk, "plans.make")
    line = _line(pk, line_id)
    try:
        remove_budget_line(plan_id=pk, line_id=line.pk, actor=request.actor, now=now())
        messages.success(request, _("Đã bỏ khoản kinh phí."))
    except Refused as refused:
        messages.error(request, told(refused))
    return redirect(page_of(pk, PLACE))
