"""Confirm, correct, bind or drop a target; add one by hand."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from lienthong.foundation.access.terms import Seated
from lienthong.foundation.measures import rules as measures
from lienthong.foundation.measures.queries.scopes import scope
from lienthong.foundation.trail.actions.write import write
from lienthong.kit.refusal import N_, Refused
from lienthong.modules.plans import queries, rules
from lienthong.modules.plans.models import Plan, Target
from lienthong.modules.plans.rules import Promise
from lienthong.modules.plans.terms import Choice


@dataclass(frozen=True, slots=True)
class Binding:
    """What a target is held against: a measure with scope and parts, or the reason why nothing can be counted."""

    measure: str = ""
    scope: str = "tinh"
    parts: str = ""
    why_not: str = ""


@transaction.atomic
def confirm_target(
    *,
    target_id: int,
    subject: str,
    promise: Promise,
    bound: Binding,
    actor: Seated,
    now: datetime,
    responsible_id: int | None = None,
) -> Target:
    """The person's word replaces the reader's; the quote stays as it was read."""
    target = queries.locked_target(actor, target_id)
    _set(target, subject, promise, bound, responsible_id)
    target.save()
    write(actor, "plans.make", target.plan, now, sentence=f"xác nhận chỉ tiêu: {target.subject[:200]}")
    return target


@transaction.atomic
def add_target(
    *,
    plan_id: int,
    subject: str,
    promise: Promise,
    bound: Binding,
    actor: Seated,
    now: datetime,
    responsible_id: int | None = None,
) -> Target:
    """A target that the reader did not find."""
    plan = queries.locked_plan(actor, queries.MAKE, plan_id)
    target = Target(plan=plan, place=Target.objects.filter(plan=plan).count())
    _set(target, subject, promise, bound, responsible_id)
    target.save()
    write(actor, "plans.make", plan, now, sentence=f"thêm chỉ tiêu: {target.subject[:200]}")
    return target


@transaction.atomic
def drop_target(*, target_id: int, actor: Seated, now: datetime) -> Target:
    """It was no target: it stays readable among what was dropped. Twice changes nothing."""
    target = queries.locked_target(actor, target_id)
    rules.require_draft(target.plan.state)
    if target.choice != Choice.DROPPED:
        target.choice = Choice.DROPPED
        target.save(update_fields=["choice"])
        write(actor, "plans.make", target.plan, now, sentence=f"bỏ chỉ tiêu đề xuất: {target.subject[:200]}")
    return target


@transaction.atomic
def bind_target(*, target_id: int, bound: Binding, actor: Seated, now: datetime) -> Target:
    """Hold a target against another measure: allowed in force too, for the promise itself does not change."""
    target = queries.locked_target(actor, target_id)
    _bind(target, bound)
    target.save(update_fields=["measure", "scope", "parts", "why_not"])
    what = bound.measure or f"không đếm được: {bound.why_not}"
    write(actor, "plans.make", target.plan, now, sentence=f"gắn chỉ tiêu “{target.subject[:150]}” với {what}")
    return target


def _set(target: Target, subject: str, promise: Promise, bound: Binding, responsible_id: int | None) -> None:
    plan: Plan = target.plan
    rules.require_draft(plan.state)
    rules.require_confirmable(promise, subject, plan.start)
    target.subject, target.comparator, target.unit = (
        subject.strip()[:500],
        promise.comparator,
        promise.unit.strip()[:60],
    )
    target.low, target.high, target.due = promise.low, promise.high, promise.due
    target.responsible_id, target.choice = responsible_id, Choice.CONFIRMED
    _bind(target, bound)


def _bind(target: Target, bound: Binding) -> None:
    if bound.measure:
        if bound.measure not in {one.code for one in measures.measures()}:
            raise Refused(N_("Không có số liệu “{code}”."), code=bound.measure)
        scope(bound.scope)
        target.measure, target.scope, target.parts, target.why_not = bound.measure, bound.scope, bound.parts, ""
    else:
        if not bound.why_not.strip():
            raise Refused(N_("Chọn số liệu để đếm, hoặc ghi vì sao không đếm được."))
        target.measure, target.scope, target.parts, target.why_not = "", "", "", bound.why_not.strip()[:500]
