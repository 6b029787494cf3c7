"""Make a progress report: the system counts, the agency adds its words."""

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from lienthong.foundation.access.rules import require
from lienthong.foundation.access.terms import Seated
from lienthong.foundation.measures.actions.settle import settle
from lienthong.foundation.organizations import queries as organizations
from lienthong.foundation.trail.actions.write import write
from lienthong.kit.dates import VIETNAM
from lienthong.kit.refusal import N_, Refused
from lienthong.modules.plans import queries, rules
from lienthong.modules.plans.models import Plan, Report, ReportLine
from lienthong.modules.plans.queries import reports
from lienthong.modules.plans.queries.standings import standings

_SIX_PLACES = Decimal("0.000001")


@transaction.atomic
def make_report(*, plan_id: int, agency_id: int, start: date, end: date, actor: Seated, now: datetime) -> Report:
    """A report of the agency for `start` to `end` (its last day): each of its targets as it stands on the last day, or today
    while the period lasts. Made again before it is sent, the figures are counted anew and the words stay; after that refused.
    Refused too for an agency that the plan charges with nothing."""
    require(actor, reports.REPORT, agency_id=agency_id)
    plan = queries.plan(actor, plan_id)
    Plan.objects.select_for_update().only("pk").get(pk=plan.pk)  # two at once would make two reports
    today = now.astimezone(VIETNAM).date()
    rules.require_reportable(plan.state, (plan.start, plan.end), start, end, today)
    if not reports.is_charged(plan, agency_id):
        raise Refused(N_("Kế hoạch này không giao chỉ tiêu, nhiệm vụ nào cho cơ quan này nên không có gì để báo cáo."))
    row = Report.objects.filter(plan=plan, agency=agency_id, start=start, end=end).first()
    if row is None:
        row = Report(plan=plan, agency=organizations.agency(agency_id), start=start, end=end)
    rules.require_unsent(row.sent_at is not None)
    row.made_at, row.made_by_name = now, actor.person_name
    row.save()
    ReportLine.objects.filter(report=row).delete()
    settle()
    mine = reports.own_targets(plan, agency_id, queries.targets(plan.pk))
    ReportLine.objects.bulk_create(
        ReportLine(
            report=row, target=held.target, over=held.over, under=held.under, standing=held.standing,
            value=None if held.value is None else held.value.quantize(_SIX_PLACES),
        )
        for held in standings(plan, mine, min(end, today))
    )  # fmt: skip
    write(actor, reports.REPORT, row, now, sentence=f"lập báo cáo {plan} từ {start:%d/%m/%Y} đến {end:%d/%m/%Y}")
    return row
