"""Write the agency's words into a progress report."""

from datetime import datetime

from django.db import transaction

from lienthong.foundation.access.terms import Seated
from lienthong.foundation.trail.actions.write import write
from lienthong.modules.plans import rules
from lienthong.modules.plans.models import Report
from lienthong.modules.plans.queries import reports


@transaction.atomic
def complete_report(*, report_id: int, words: str, causes: str, actor: Seated, now: datetime) -> Report:
    """`words` say what was done, `causes` why something is behind and what follows. The figures are not touched. Saying the
    same again changes nothing; refused once the report is sent."""
    row = reports.locked_report(actor, report_id)
    rules.require_unsent(row.sent_at is not None)
    words, causes = words.strip(), causes.strip()
    if (row.words, row.causes) == (words, causes):
        return row
    row.words, row.causes = words, causes
    row.save(update_fields=["words", "causes"])
    write(actor, reports.REPORT, row, now, sentence=f"viết phần lời của báo cáo {row.plan}")
    return row
