"""Let a plan come into force: what it promises is fixed, and who owes a task has it among the work."""

from datetime import datetime, time

from django.db import transaction

from lienthong.foundation.access.terms import Seated
from lienthong.foundation.organizations import queries as organizations
from lienthong.foundation.trail.actions.write import write
from lienthong.foundation.work.actions.close_item import close_item
from lienthong.foundation.work.actions.open_item import open_item
from lienthong.kit.dates import VIETNAM
from lienthong.kit.refusal import N_, Refused
from lienthong.kit.text import vn_fold
from lienthong.modules.plans import queries, rules
from lienthong.modules.plans.models import Plan, Target, Task
from lienthong.modules.plans.queries.standings import promise_of
from lienthong.modules.plans.terms import PlanState, TaskState

KIND = "plans.task"
_END_OF_DAY = time(17, 0)  # office hours end
_WHO = ("clerk", "leader", "unit_head", "official")


@transaction.atomic
def put_in_force(*, plan_id: int, actor: Seated, now: datetime, confirmed: bool = False) -> Plan:
    """Refused while proposals wait, and, unless `confirmed`, when two targets contradict each other."""
    plan = queries.locked_plan(actor, queries.MAKE, plan_id)
    rules.require_draft(plan.state)
    choices = [
        *Target.objects.filter(plan=plan).values_list("choice", flat=True),
        *Task.objects.filter(plan=plan).values_list("choice", flat=True),
    ]
    rules.require_decided(choices)
    targets = queries.targets(plan.pk)
    found = rules.contradictions((one.pk, vn_fold(one.subject), promise_of(one, plan.end)) for one in targets)
    if found and not confirmed:
        first = next(one for one in targets if one.pk == found[0].first)
        raise Refused(
            N_("Có {n} cặp chỉ tiêu trái nhau, ví dụ “{subject}”. Sửa lại, hoặc xác nhận là cố ý."),
            n=len(found),
            subject=first.subject[:150],
        )
    plan.state = PlanState.IN_FORCE
    plan.save(update_fields=["state"])
    opened = sum(_owe(plan, task, actor, now) for task in queries.tasks(plan.pk))
    write(
        actor, "plans.make", plan, now, sentence=f"ban hành kế hoạch {plan.code or plan.title}, giao {opened} nhiệm vụ"
    )
    return plan


def _owe(plan: Plan, task: Task, actor: Seated, now: datetime) -> bool:
    """Open the debt of the responsible agency; tasks of nobody here, or without anybody there, stay a line of the plan."""
    if task.responsible_id is None or task.state != TaskState.OPEN:
        return False
    holder = organizations.first_with_duty(task.responsible_id, _WHO, now.astimezone(VIETNAM).date())
    if holder is None:
        return False
    task.item = open_item(
        kind=KIND, title=task.text[:300], address=f"/lam-viec/ke-hoach/{plan.pk}/#nhiem-vu-{task.pk}", holder=holder, role="lead",
        opened_at=now, due_at=datetime.combine(task.due, _END_OF_DAY, VIETNAM) if task.due else None,
    )  # fmt: skip
    task.save(update_fields=["item"])
    return True


@transaction.atomic
def end_plan(*, plan_id: int, actor: Seated, now: datetime) -> Plan:
    """The plan's time is over or another takes its place: what is still owed in it is owed no longer."""
    plan = queries.locked_plan(actor, queries.MAKE, plan_id)
    if plan.state != PlanState.IN_FORCE:
        raise Refused(N_("Chỉ kết thúc kế hoạch đang thực hiện."))
    items = Task.objects.filter(plan=plan, state=TaskState.OPEN, item__isnull=False).values_list("item_id", flat=True)
    close_item(item_ids=list(items), outcome="kế hoạch kết thúc", now=now)
    plan.state = PlanState.ENDED
    plan.save(update_fields=["state"])
    write(actor, "plans.make", plan, now, sentence=f"kết thúc kế hoạch {plan.code or plan.title}")
    return plan
