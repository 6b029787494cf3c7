"""Take a set of office hours away."""

from datetime import datetime

from django.db import transaction
from django.db.models import ProtectedError

from lienthong.foundation.access.rules import require
from lienthong.foundation.access.terms import Actor
from lienthong.foundation.calendar.models import Schedule
from lienthong.foundation.trail.actions.write import write
from lienthong.kit.refusal import N_, Refused


@transaction.atomic
def remove_schedule(*, schedule_id: int, actor: Actor, now: datetime) -> None:
    """Only one that nobody uses, with the special days that held for it alone."""
    require(actor, "calendar.edit")
    schedule = Schedule.objects.select_for_update().get(pk=schedule_id)
    if schedule.is_default:
        raise Refused(N_("Không bỏ được lịch chung."))
    write(actor, "calendar.remove_schedule", schedule, now, sentence=f"bỏ giờ làm việc {schedule.name}")
    try:
        schedule.delete()
    except ProtectedError:
        raise Refused(N_("Còn cơ quan dùng giờ làm việc này. Chuyển các cơ quan đó sang lịch khác trước.")) from None
