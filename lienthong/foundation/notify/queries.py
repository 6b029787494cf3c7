"""A person's own messages."""

from lienthong.foundation.access.terms import Actor
from lienthong.foundation.notify.models import Message


def unread_count(viewer: Actor) -> int:
    """How many unread, counted up to 100 ("99+")."""
    return Message.objects.filter(person_id=viewer.person_id, read_at__isnull=True)[:100].count()


def latest(viewer: Actor, limit: int = 50) -> list[Message]:
    return list(Message.objects.filter(person_id=viewer.person_id).order_by("-id")[:limit])
