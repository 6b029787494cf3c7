"""Confirm, correct or drop a task; add one by hand."""

from datetime import date, datetime

from django.db import transaction

from lienthong.foundation.access.terms import Seated
from lienthong.foundation.organizations import queries as organizations
from lienthong.foundation.trail.actions.write import write
from lienthong.kit.refusal import N_, Refused
from lienthong.modules.plans import queries, rules
from lienthong.modules.plans.models import Task
from lienthong.modules.plans.terms import Choice


@transaction.atomic
def confirm_task(
    *,
    task_id: int,
    text: str,
    responsible_id: int | None,
    coordinating: str,
    due: date | None,
    actor: Seated,
    now: datetime,
) -> Task:
    """The person's word replaces the reader's; without an agency of the directory the plan's own words for who owes it stay."""
    task = queries.locked_task(actor, task_id)
    _set(task, text, responsible_id, coordinating, due)
    task.save()
    write(actor, "plans.make", task.plan, now, sentence=f"xác nhận nhiệm vụ: {task.text[:200]}")
    return task


@transaction.atomic
def add_task(
    *,
    plan_id: int,
    text: str,
    responsible_id: int | None,
    coordinating: str,
    due: date | None,
    actor: Seated,
    now: datetime,
) -> Task:
    """A task that the reader did not find."""
    plan = queries.locked_plan(actor, queries.MAKE, plan_id)
    task = Task(plan=plan, place=Task.objects.filter(plan=plan).count())
    _set(task, text, responsible_id, coordinating, due)
    task.save()
    write(actor, "plans.make", plan, now, sentence=f"thêm nhiệm vụ: {task.text[:200]}")
    return task


@transaction.atomic
def drop_task(*, task_id: int, actor: Seated, now: datetime) -> Task:
    """It was no task: it stays readable among what was dropped. Twice changes nothing."""
    task = queries.locked_task(actor, task_id)
    rules.require_draft(task.plan.state)
    if task.choice != Choice.DROPPED:
        task.choice = Choice.DROPPED
        task.save(update_fields=["choice"])
        write(actor, "plans.make", task.plan, now, sentence=f"bỏ nhiệm vụ đề xuất: {task.text[:200]}")
    return task


def _set(task: Task, text: str, responsible_id: int | None, coordinating: str, due: date | None) -> None:
    rules.require_draft(task.plan.state)
    if not text.strip():
        raise Refused(N_("Ghi việc phải làm."))
    rules.require_due(due, task.plan.start)
    task.text, task.coordinating, task.due = text.strip()[:2000], coordinating.strip()[:500], due
    task.responsible_id, task.choice = responsible_id, Choice.CONFIRMED
    if responsible_id is not None:
        task.responsible_name = task.responsible_name or organizations.agency(responsible_id).name
