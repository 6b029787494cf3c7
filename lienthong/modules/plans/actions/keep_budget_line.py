"""Write down money for a plan: planned, allotted, spent, and where it comes from."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max

from lienthong.foundation.access.terms import Seated
from lienthong.foundation.trail.actions.write import write
from lienthong.kit.refusal import N_, Refused
from lienthong.modules.plans import queries, rules
from lienthong.modules.plans.models import BudgetLine


@transaction.atomic
def keep_budget_line(
    *,
    plan_id: int,
    line_id: int | None,
    name: str,
    source: str,
    planned: int,
    allotted: int,
    spent: int,
    actor: Seated,
    now: datetime,
) -> BudgetLine:
    """A new line at the end, or with `line_id` that line anew; amounts in đồng. In every state of the plan, because money is
    settled after its end. The same name from the same source twice would be counted twice, so it is refused."""
    plan = queries.locked_plan(actor, "plans.make", plan_id)
    rules.require_money(name, planned, allotted, spent)
    name, source = name.strip()[:500], source.strip()[:200]
    lines = BudgetLine.objects.filter(plan=plan)
    alike = lines.filter(name__iexact=name, source__iexact=source)
    if any(pk != line_id for pk in alike.values_list("pk", flat=True)):
        raise Refused(N_("Kế hoạch đã có khoản “{name}” từ nguồn này. Sửa khoản ấy."), name=name[:100])
    if line_id is None:
        last = lines.aggregate(last=Max("place"))["last"]
        row = BudgetLine(plan=plan, place=0 if last is None else last + 1)
        before = None
    else:
        row = lines.get(pk=line_id)
        before = _said(row)
    row.name, row.source, row.planned, row.allotted, row.spent = name, source, planned, allotted, spent
    row.save()
    said = {"line": row.pk, "before": before, "after": _said(row)}
    write(actor, "plans.make", plan, now, sentence=f"ghi kinh phí “{name[:100]}”", details=said)
    return row


def _said(row: BudgetLine) -> dict[str, object]:
    return {
        "name": row.name, "source": row.source, "planned": row.planned, "allotted": row.allotted, "spent": row.spent
    }  # fmt: skip
