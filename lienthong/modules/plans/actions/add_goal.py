"""Write down what a plan wants in words, without a number."""

from datetime import datetime

from django.db import transaction

from lienthong.foundation.access.terms import Seated
from lienthong.foundation.trail.actions.write import write
from lienthong.kit.refusal import N_, Refused
from lienthong.modules.plans import queries, rules
from lienthong.modules.plans.models import Goal


@transaction.atomic
def add_goal(*, plan_id: int, text: str, actor: Seated, now: datetime) -> Goal:
    """Only while the plan is a draft; the same words twice are one goal."""
    plan = queries.locked_plan(actor, queries.MAKE, plan_id)
    rules.require_draft(plan.state)
    if not text.strip():
        raise Refused(N_("Ghi mục tiêu."))
    goal, made = Goal.objects.get_or_create(
        plan=plan, text=text.strip()[:1000], defaults={"place": Goal.objects.filter(plan=plan).count()}
    )
    if made:
        write(actor, "plans.make", plan, now, sentence=f"ghi mục tiêu: {goal.text[:200]}")
    return goal
