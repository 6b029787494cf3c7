"""Send a progress report: from then on it stands as it is."""

from datetime import datetime

from django.db import transaction

from lienthong.foundation.access.terms import Duty, Seated
from lienthong.foundation.notify.actions.tell import tell
from lienthong.foundation.organizations import queries as organizations
from lienthong.foundation.trail.actions.write import write
from lienthong.kit.dates import VIETNAM
from lienthong.modules.plans import rules
from lienthong.modules.plans.models import Report
from lienthong.modules.plans.queries import reports


@transaction.atomic
def send_report(*, report_id: int, address: str, actor: Seated, now: datetime) -> Report:
    """Everybody who reads plans can read it then, and the clerk of the plan's issuer is told, with `address` leading to it.
    Refused without words, without causes for what is behind, and the second time."""
    row = reports.locked_report(actor, report_id)
    rules.require_unsent(row.sent_at is not None)
    rules.require_complete(row.words, row.causes, [one.standing for one in reports.lines(row.pk)])
    row.sent_at = now
    row.save(update_fields=["sent_at"])
    if row.agency_id != row.plan.issuer_id:
        _tell_issuer(row, address, now)
    write(actor, reports.REPORT, row, now, sentence=f"gửi báo cáo {row.plan}")
    return row


def _tell_issuer(row: Report, address: str, now: datetime) -> None:
    day = now.astimezone(VIETNAM).date()
    post = organizations.first_with_duty(row.plan.issuer_id, [Duty.CLERK, Duty.LEADER], day)
    if post is None:
        return
    people = [one.pk for one in organizations.people_in([post.pk], day).get(post.pk, [])]
    title = f"{row.agency.name} gửi báo cáo {row.plan} đến {row.end:%d/%m/%Y}"
    tell(people=people, title=title, address=address, once=f"plans.report:{row.pk}", now=now)
