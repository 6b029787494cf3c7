"""Confirm at once what was read well enough."""

from datetime import datetime

from django.db import transaction

from lienthong.foundation.access.terms import Seated
from lienthong.foundation.trail.actions.write import write
from lienthong.kit.refusal import Refused
from lienthong.modules.plans import queries, rules
from lienthong.modules.plans.models import Plan, Target, Task
from lienthong.modules.plans.terms import Choice


@transaction.atomic
def confirm_all(*, plan_id: int, actor: Seated, now: datetime) -> tuple[int, int]:
    """Every task that waits and is not due before the plan begins, and every target that is sound and bound to a measure or to a reason. Returns how many were
    confirmed and how many wait still; a second time confirms nothing. What a person dropped stays dropped."""
    plan = queries.locked_plan(actor, queries.MAKE, plan_id)
    rules.require_draft(plan.state)
    waiting = list(Target.objects.filter(plan=plan, choice=Choice.PROPOSED))
    good = [one.pk for one in waiting if _is_whole(one, plan)]
    count = Target.objects.filter(pk__in=good).update(choice=Choice.CONFIRMED)
    tasks = Task.objects.filter(plan=plan, choice=Choice.PROPOSED).exclude(text="").exclude(due__lt=plan.start)
    count += tasks.update(choice=Choice.CONFIRMED)
    if count:
        write(actor, "plans.make", plan, now, sentence=f"xác nhận một lượt {count} chỉ tiêu, nhiệm vụ đã đọc")
    return count, queries.undecided([plan.pk]).get(plan.pk, 0)


def _is_whole(target: Target, plan: Plan) -> bool:
    try:
        rules.require_confirmable(target.promise, target.subject, plan.start)
    except Refused:
        return False
    return bool(target.measure or target.why_not)
