"""Questions about plans. A plan in force may be read by all staff; a draft by its issuer's people only."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Count, Q, QuerySet

from lienthong.foundation.access.rules import require
from lienthong.foundation.access.terms import Scope, Seated
from lienthong.foundation.organizations import queries as organizations
from lienthong.modules.plans.models import Goal, Plan, Target, Task
from lienthong.modules.plans.terms import Choice, PlanState

READ, MAKE, REPORT = "plans.read", "plans.make", "plans.report"


def plans(viewer: Seated) -> QuerySet[Plan]:
    """The plans that the viewer may see, the latest first."""
    rows = Plan.objects.select_related("issuer").defer("text").order_by("-start", "-id")
    if viewer.scope(READ) is None:
        return rows.none()
    if viewer.scope(MAKE) == Scope.PROVINCE:
        return rows
    own = [viewer.agency_id, *viewer.custody]
    return rows.filter(~Q(state=PlanState.DRAFT) | Q(issuer__in=own))


def plan(viewer: Seated, pk: int) -> Plan:
    """One plan, or Plan.DoesNotExist: what may not be seen does not exist."""
    return plans(viewer).defer(None).select_related("issuer", "follows", "stored").get(pk=pk)


def locked_plan(actor: Seated, verb: str, pk: int) -> Plan:
    """The plan, locked until the transaction ends, for whoever holds the verb at its issuer."""
    found = plans(actor).defer(None).select_for_update(of=("self",)).get(pk=pk)
    require(actor, verb, agency_id=found.issuer_id)
    return found


def goals(plan_id: int) -> list[Goal]:
    """What the plan wants in words."""
    return list(Goal.objects.filter(plan=plan_id))


def targets(plan_id: int, choices: Iterable[str] = (Choice.CONFIRMED,)) -> list[Target]:
    """The targets of a plan that the caller has obtained, in their order."""
    return list(Target.objects.filter(plan=plan_id, choice__in=list(choices)).select_related("responsible"))


def targets_of(plan_ids: Iterable[int]) -> dict[int, list[Target]]:
    """Plan → its confirmed targets in their order. One question."""
    found: dict[int, list[Target]] = {pk: [] for pk in plan_ids}
    for row in Target.objects.filter(plan__in=list(found), choice=Choice.CONFIRMED):
        found[row.plan_id].append(row)
    return found


def tasks(plan_id: int, choices: Iterable[str] = (Choice.CONFIRMED,)) -> list[Task]:
    """The tasks of a plan that the caller has obtained, in their order."""
    return list(Task.objects.filter(plan=plan_id, choice__in=list(choices)).select_related("responsible"))


def late_tasks(viewer: Seated, today: date) -> list[Task]:
    """Open tasks of plans in force whose day has passed, the longest overdue first."""
    rows = Task.objects.filter(
        plan__in=plans(viewer).values("pk"),
        plan__state=PlanState.IN_FORCE,
        choice=Choice.CONFIRMED,
        state="open",
        due__lt=today,
    )
    return list(rows.select_related("plan", "responsible").defer("plan__text").order_by("due", "id"))


def undecided(plan_ids: Iterable[int]) -> dict[int, int]:
    """Plan → how many proposals wait for a decision."""
    found: dict[int, int] = {}
    for model in (Target, Task):
        rows = model.objects.filter(plan__in=list(plan_ids), choice=Choice.PROPOSED).order_by()
        for pk, n in rows.values("plan").annotate(n=Count("pk")).values_list("plan", "n"):
            found[pk] = found.get(pk, 0) + n
    return found


def locked_target(actor: Seated, pk: int) -> Target:
    """A target, locked with its plan, for whoever makes plans of the issuer."""
    found = Target.objects.select_related("plan").get(pk=pk)
    found.plan = locked_plan(actor, MAKE, found.plan_id)
    return found


def locked_task(actor: Seated, pk: int, verb: str = MAKE) -> Task:
    """A task, locked with its plan. To report on it suffices to be of the agency that owes it."""
    found = Task.objects.select_related("plan", "responsible").get(pk=pk)
    found.plan = plans(actor).defer(None).select_for_update(of=("self",)).get(pk=found.plan_id)
    own = (actor.agency_id, *actor.custody)
    if verb == REPORT and found.responsible_id in own:
        require(actor, verb, agency_id=actor.agency_id)
    else:
        require(actor, verb, agency_id=found.plan.issuer_id)
    return found


def directory() -> list[tuple[int, str, str]]:
    """(id, name, short name) of every living agency here, for reading the names of a plan."""
    return [(one.pk, one.name, one.short_name) for one in organizations.living_here()]
