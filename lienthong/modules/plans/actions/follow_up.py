"""Begin the next plan from the last one: its goals and targets, and the tasks that are still open."""

from datetime import date, datetime, timedelta

from django.db import transaction

from lienthong.foundation.access.terms import Seated
from lienthong.foundation.trail.actions.write import write
from lienthong.kit.refusal import N_, Refused
from lienthong.modules.plans import queries, times
from lienthong.modules.plans.models import Goal, Plan, Target, Task
from lienthong.modules.plans.terms import Choice, PlanState, TaskState


@transaction.atomic
def follow_up(*, plan_id: int, code: str, title: str, actor: Seated, now: datetime) -> Plan:
    """A draft for the stretch of the same length that comes after; everything in it is proposed anew, with its measures."""
    last = queries.locked_plan(actor, queries.MAKE, plan_id)
    if last.state == PlanState.DRAFT:
        raise Refused(N_("Kế hoạch này còn là bản đọc, chưa ban hành."))
    if Plan.objects.filter(follows=last).exists():
        raise Refused(N_("Đã lập kế hoạch tiếp theo của kế hoạch này."))
    start = last.end + timedelta(days=1)
    if code.strip() and Plan.objects.filter(issuer_id=last.issuer_id, code=code.strip(), start=start).exists():
        raise Refused(N_("Kế hoạch {code} của cơ quan này đã có."), code=code.strip())
    end = _same_length(last, start)
    plan = Plan.objects.create(
        code=code.strip(), title=title.strip()[:500] or last.title, issuer_id=last.issuer_id, issuer_name=last.issuer_name, start=start,
        end=end, follows=last, made_by_id=actor.post_id, made_at=now,
    )  # fmt: skip
    Goal.objects.bulk_create([Goal(plan=plan, place=one.place, text=one.text) for one in queries.goals(last.pk)])
    Target.objects.bulk_create([
        Target(
            plan=plan, place=one.place, subject=one.subject, comparator=one.comparator, low=one.low, high=one.high, unit=one.unit,
            due=end, said_scope=one.said_scope, responsible_id=one.responsible_id, measure=one.measure, scope=one.scope,
            parts=one.parts, why_not=one.why_not,
        )
        for one in queries.targets(last.pk)
    ])  # fmt: skip
    Task.objects.bulk_create([
        Task(
            plan=plan, place=one.place, text=one.text, responsible_name=one.responsible_name, responsible_id=one.responsible_id,
            coordinating=one.coordinating, due=end, choice=Choice.PROPOSED,
        )
        for one in queries.tasks(last.pk)
        if one.state == TaskState.OPEN
    ])  # fmt: skip
    write(actor, "plans.make", plan, now, sentence=f"lập kế hoạch tiếp theo của {last.code or last.title}")
    return plan


def _same_length(last: Plan, start: date) -> date:
    """Whole years stay whole years."""
    whole = times.period_of(f"{last.start.year}-{last.end.year}")
    if whole == (last.start, last.end):
        return date(start.year + last.end.year - last.start.year, 12, 31)
    return start + (last.end - last.start)
