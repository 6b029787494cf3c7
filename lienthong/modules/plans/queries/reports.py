"""Questions about progress reports: sent ones are open to whoever reads plans, unsent ones to the agency that writes them."""

from collections.abc import Sequence

from django.db.models import Count, Q, QuerySet

from lienthong.foundation.access.rules import allows, require
from lienthong.foundation.access.terms import Seated
from lienthong.foundation.organizations import queries as organizations
from lienthong.modules.plans import queries
from lienthong.modules.plans.models import Plan, Report, ReportLine, Target
from lienthong.modules.plans.rules import LAGGING

REPORT = "plans.report"


def _visible(viewer: Seated, plan_id: int) -> QuerySet[Report]:
    own = Q(agency__in=[viewer.agency_id, *viewer.custody])
    rows = Report.objects.filter(plan=plan_id).select_related("agency", "plan", "plan__issuer").defer("plan__text")
    return rows.filter(own | Q(sent_at__isnull=False))


def reports(viewer: Seated, plan_id: int) -> list[tuple[Report, int]]:
    """The reports that the viewer may read, the latest period first, each with how many targets lag in it. Two questions."""
    rows = list(_visible(viewer, plan_id))
    lagging = ReportLine.objects.filter(report__in=rows, standing__in=LAGGING).order_by()
    behind = dict(lagging.values_list("report").annotate(n=Count("pk")))
    return [(one, behind.get(one.pk, 0)) for one in rows]


def report(viewer: Seated, plan_id: int, report_id: int) -> Report:
    """One report of that plan, or Report.DoesNotExist: what may not be seen does not exist."""
    return _visible(viewer, plan_id).get(pk=report_id)


def lines(report_id: int) -> list[ReportLine]:
    """The targets as they stood, in the order of the plan."""
    return list(ReportLine.objects.filter(report=report_id).select_related("target", "target__responsible"))


def locked_report(actor: Seated, report_id: int) -> Report:
    """Obtain and permit: the row, locked until the transaction ends."""
    row = Report.objects.select_for_update(of=("self",)).select_related("plan", "agency").get(pk=report_id)
    require(actor, REPORT, agency_id=row.agency_id)
    return row


def charged(plan: Plan) -> list[int]:
    """Who reports on a plan: its issuer and the agencies that it charges with a target or a task."""
    owing = [one.responsible_id for one in queries.targets(plan.pk)]
    owing += [one.responsible_id for one in queries.tasks(plan.pk)]
    return sorted({plan.issuer_id, *(pk for pk in owing if pk)})


def own_targets(plan: Plan, agency_id: int, targets: Sequence[Target]) -> list[Target]:
    """The targets on which an agency reports: the issuer on all, another on those that it, or an agency it followed,
    answers for."""
    mine = {agency_id, *organizations.predecessors(agency_id)}
    if plan.issuer_id in mine:
        return list(targets)
    return [one for one in targets if one.responsible_id in mine]


def is_charged(plan: Plan, agency_id: int) -> bool:
    """Whether the agency, or one it followed, has anything to report on."""
    return not {agency_id, *organizations.predecessors(agency_id)}.isdisjoint(charged(plan))


def reporting(viewer: Seated, plan: Plan) -> list[tuple[int, str]]:
    """(id, name) of the agencies for which the viewer may report on the plan, the own one first."""
    ids = set(charged(plan))
    if is_charged(plan, viewer.agency_id):
        ids.add(viewer.agency_id)
    names = organizations.agencies_by_id([pk for pk in ids if allows(viewer, REPORT, agency_id=pk)])
    found = sorted(names.values(), key=lambda one: (one.pk != viewer.agency_id, one.tier, one.sort_key))
    return [(one.pk, one.name) for one in found]
