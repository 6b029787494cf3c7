"""Take a line of the budget away."""

from datetime import datetime

from django.db import transaction

from lienthong.foundation.access.terms import Seated
from lienthong.foundation.trail.actions.write import write
from lienthong.kit.refusal import N_, Refused
from lienthong.modules.plans import queries
from lienthong.modules.plans.models import BudgetLine


@transaction.atomic
def remove_budget_line(*, plan_id: int, line_id: int, actor: Seated, now: datetime) -> None:
    """What it said stays in the trail. Money that was spent cannot be made unspent by removing its line; doing it twice
    raises BudgetLine.DoesNotExist."""
    plan = queries.locked_plan(actor, "plans.make", plan_id)
    row = BudgetLine.objects.get(pk=line_id, plan=plan)
    if row.spent:
        raise Refused(N_("Khoản này đã chi nên không bỏ được. Sửa số tiền nếu ghi sai."))
    said = {"name": row.name, "source": row.source, "planned": row.planned, "allotted": row.allotted}
    row.delete()
    write(actor, "plans.make", plan, now, sentence=f"bỏ khoản kinh phí “{row.name[:100]}”", details=said)
