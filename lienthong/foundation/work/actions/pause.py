"""Stop and restart the clock of a debt."""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from lienthong.foundation.work import rules
from lienthong.foundation.work.models import Item, Pause
from lienthong.kit.refusal import N_, Refused


@transaction.atomic
def pause(*, item_id: int, reason: str, now: datetime) -> None:
    """Stop the clock, saying why; the debt stays visible among the stopped ones."""
    item = Item.objects.select_for_update().get(pk=item_id)
    rules.require_open(item.done_at)
    if item.paused_at is not None:
        raise Refused(N_("Việc này đang dừng sẵn."))
    Pause.objects.create(item=item, reason=rules.require_reason(reason), started_at=now)
    item.paused_at = now
    item.save(update_fields=["paused_at"])


@transaction.atomic
def resume(*, item_id: int, now: datetime, new_due: Callable[..., datetime | None] = rules.moved) -> None:
    """Let the clock run again; `new_due(due_at, started, ended)` gives the deadline after the stop."""
    item = Item.objects.select_for_update().get(pk=item_id)
    rules.require_open(item.done_at)
    if item.paused_at is None:
        raise Refused(N_("Việc này không dừng."))
    Pause.objects.filter(item=item, ended_at__isnull=True).update(ended_at=now)
    item.due_at = new_due(item.due_at, item.paused_at, now)
    item.paused_at = None
    item.reminded_before = item.reminded_after = False
    item.save(update_fields=["due_at", "paused_at", "reminded_before", "reminded_after"])
