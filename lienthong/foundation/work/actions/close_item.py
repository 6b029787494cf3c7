"""Close debts."""

from datetime import datetime

from django.db.models import Q

from lienthong.foundation.work.models import Item, Pause


def close_item(*, item_ids: list[int], outcome: str, now: datetime) -> int:
    """Close these debts where they are still open; a second call changes nothing. Returns how many were closed."""
    if not item_ids:
        return 0
    still_open = Q(pk__in=item_ids, done_at__isnull=True)
    Pause.objects.filter(item__in=item_ids, ended_at__isnull=True).update(ended_at=now)
    return Item.objects.filter(still_open).update(done_at=now, paused_at=None, outcome=outcome[:300])


def reopen_item(*, item_ids: list[int]) -> int:
    """Open closed debts again, when the act that closed them is taken back."""
    return Item.objects.filter(pk__in=item_ids, done_at__isnull=False).update(done_at=None, outcome="")
