"""Take a special day back."""

from datetime import date, datetime

from django.db import transaction

from lienthong.foundation.access.rules import require
from lienthong.foundation.access.terms import Actor
from lienthong.foundation.calendar.models import SpecialDay
from lienthong.foundation.trail.actions.write import write
from lienthong.kit.dates import vn_date


@transaction.atomic
def remove_special_day(*, special_day_id: int, actor: Actor, now: datetime) -> date:
    """The day is again what law and weekday make it. Deadlines already set stay. Returns the date."""
    require(actor, "calendar.edit")
    row = SpecialDay.objects.select_for_update().get(pk=special_day_id)
    write(
        actor,
        "calendar.remove_special_day",
        row,
        now,
        sentence=f"bỏ quy định riêng ngày {vn_date(row.date)}: {row.reason}",
    )
    row.delete()
    return row.date
