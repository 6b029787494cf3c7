"""Let somebody leave the steering committee of a plan."""

from datetime import date, datetime

from django.db import transaction

from lienthong.foundation.access.terms import Seated
from lienthong.foundation.trail.actions.write import write
from lienthong.kit.refusal import N_, Refused
from lienthong.modules.plans import queries, rules
from lienthong.modules.plans.models import Member


@transaction.atomic
def unseat_member(*, plan_id: int, member_id: int, until: date, actor: Seated, now: datetime) -> Member:
    """From the day `until` on they sit no longer; that they sat stays readable. Refused for one who has left, and for a day
    before the first."""
    plan = queries.locked_plan(actor, "plans.make", plan_id)
    row = Member.objects.get(pk=member_id, plan=plan)
    if row.until is not None:
        raise Refused(N_("{name} đã thôi tham gia từ {day}."), name=row.name, day=f"{row.until:%d/%m/%Y}")
    rules.require_seat(row.role, row.since, until)
    row.until = until
    row.save(update_fields=["until"])
    write(actor, "plans.make", plan, now, sentence=f"{row.name} thôi tham gia Ban Chỉ đạo từ {until:%d/%m/%Y}")
    return row
