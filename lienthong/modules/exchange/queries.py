"""Messages that the viewer may see."""

from django.db.models import Q, QuerySet

from lienthong.foundation.access.terms import Scope, Seated
from lienthong.modules.exchange.models import Message

READ = "exchange.read"


def messages(viewer: Seated) -> QuerySet[Message]:
    """All messages for who looks over the province; else those taken in for, or written by, the viewer's agency, and the
    refused ones that name nobody."""
    rows = Message.objects.select_related("stored", "incoming", "delivery").order_by("-id")
    scope = viewer.scope(READ)
    if scope is None:
        return rows.none()
    if scope == Scope.PROVINCE:
        return rows
    mine = Q(incoming__agency_id=viewer.agency_id) | Q(delivery__outgoing__agency_id=viewer.agency_id)
    return rows.filter(mine | Q(incoming__isnull=True, delivery__isnull=True, direction="in"))
