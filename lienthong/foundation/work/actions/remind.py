"""Remind holders before a deadline and after it, once each."""

from datetime import datetime, timedelta

from django.db import transaction

from lienthong.foundation.notify.actions.tell import tell
from lienthong.foundation.organizations.queries import people_in
from lienthong.foundation.work.models import Item
from lienthong.kit.dates import VIETNAM, vn_datetime

BEFORE = timedelta(hours=24)


@transaction.atomic
def remind(*, now: datetime, limit: int = 1000) -> int:
    """Tell the holders of debts due within a day, and of those overdue. Returns how many debts were named."""
    live = Item.objects.select_for_update(skip_locked=True).filter(done_at__isnull=True, paused_at__isnull=True)
    late = list(live.filter(due_at__lt=now, reminded_after=False).order_by("due_at")[:limit])
    soon = list(live.filter(due_at__gte=now, due_at__lt=now + BEFORE, reminded_before=False).order_by("due_at")[:limit])
    people = people_in([item.holder_id for item in late + soon], now.astimezone(VIETNAM).date())
    for items, words, mark in ((late, "Quá hạn", "after"), (soon, "Sắp đến hạn", "before")):
        for item in items:
            tell(
                people=[person.pk for person in people.get(item.holder_id, [])],
                title=f"{words} ({vn_datetime(item.due_at)}): {item.verb} {item.title}",
                address=item.address, once=f"work.{mark}.{item.pk}.{item.due_at:%Y%m%d%H%M}", now=now,
            )  # fmt: skip
        Item.objects.filter(pk__in=[item.pk for item in items]).update(**{f"reminded_{mark}": True})
    return len(late) + len(soon)
