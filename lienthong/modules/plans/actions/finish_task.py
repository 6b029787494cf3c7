"""Say that a task is done, or why it is given up."""

from datetime import datetime

from django.db import transaction

from lienthong.foundation.access.terms import Seated
from lienthong.foundation.trail.actions.write import write
from lienthong.foundation.work.actions.close_item import close_item
from lienthong.kit.dates import VIETNAM
from lienthong.kit.refusal import N_, Refused
from lienthong.modules.plans import queries
from lienthong.modules.plans.models import Task
from lienthong.modules.plans.terms import PlanState, TaskState


@transaction.atomic
def finish_task(*, task_id: int, result: str, actor: Seated, now: datetime, dropped: bool = False) -> Task:
    """Only in a plan in force, once; the result (of one given up: the reason) is asked for. Only the issuer gives a task up."""
    task = queries.locked_task(actor, task_id, queries.MAKE if dropped else queries.REPORT)
    if task.plan.state != PlanState.IN_FORCE:
        raise Refused(N_("Kế hoạch này không đang thực hiện."))
    if task.state != TaskState.OPEN:
        raise Refused(N_("Nhiệm vụ này đã được báo cáo xong."))
    if not result.strip():
        raise Refused(N_("Ghi kết quả, hoặc lý do thôi làm."))
    task.state = TaskState.DROPPED if dropped else TaskState.DONE
    task.result, task.ended_on = result.strip()[:1000], now.astimezone(VIETNAM).date()
    task.save(update_fields=["state", "result", "ended_on"])
    if task.item_id:
        close_item(item_ids=[task.item_id], outcome=task.result, now=now)
    word = "thôi làm" if dropped else "xong"
    write(actor, "plans.report", task.plan, now, sentence=f"{word} nhiệm vụ: {task.text[:200]}")
    return task
