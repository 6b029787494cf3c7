"""A person's own messages."""

from django.db.models import QuerySet

from lienthong.foundation.access.terms import Seated
from lienthong.foundation.notify.models import Message


def unread(viewer: Seated) -> QuerySet[Message]:
    """The person's messages that were not read yet."""
    return Message.objects.filter(person_id=viewer.person_id, read_at__isnull=True)


def unread_count(viewer: Seated) -> int:
    """How many unread, counted up to 100 ("99+")."""
    return unread(viewer)[:100].count()


def latest(viewer: Seated, *, only_unread: bool = False, start: int = 0, limit: int = 50) -> list[Message]:
    """The person's messages, newest first."""
    found = unread(viewer) if only_unread else Message.objects.filter(person_id=viewer.person_id)
    return list(found.order_by("-id")[start : start + limit])


def message_for(viewer: Seated, message_id: int) -> Message | None:
    """One message of the person's own, or None."""
    return Message.objects.filter(pk=message_id, person_id=viewer.person_id).first()
