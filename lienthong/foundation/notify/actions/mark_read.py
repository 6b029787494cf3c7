"""A person has seen a message."""

from datetime import datetime

from lienthong.foundation.notify.models import Message


def mark_read(*, person_id: int, message_ids: list[int] | None, now: datetime) -> int:
    """Mark these messages of the person read, or all when None. Returns how many were unread."""
    mine = Message.objects.filter(person_id=person_id, read_at__isnull=True)
    if message_ids is not None:
        mine = mine.filter(pk__in=message_ids)
    return mine.update(read_at=now)
