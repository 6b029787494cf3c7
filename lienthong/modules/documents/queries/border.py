"""What the exchange with other systems asks. It acts for the installation, so these take no viewer; nothing they return
reaches a page."""

from lienthong.modules.documents.models import Delivery, DocumentFile, Incoming, Outgoing
from lienthong.modules.documents.terms import Channel, IncomingState


def sent(outgoing_id: int) -> Outgoing:
    """An outgoing document with all that a message says of it."""
    return Outgoing.objects.select_related("document", "agency", "replaced_by__document").get(pk=outgoing_id)


def outside_deliveries(outgoing_id: int) -> list[Delivery]:
    """Its deliveries that go by message."""
    rows = Delivery.objects.filter(outgoing_id=outgoing_id, channel=Channel.AXIS)
    return list(rows.select_related("agency").order_by("id"))


def files(document_id: int) -> list[DocumentFile]:
    """The files of a document as they are sent."""
    return list(DocumentFile.objects.filter(document_id=document_id, removed_at__isnull=True).select_related("stored"))


def delivery_to(agency_id: int, exchange_id: str) -> Delivery | None:
    """The delivery that a receiver's status is about: the receiver together with the document's identifier."""
    return (
        Delivery.objects.filter(agency_id=agency_id, outgoing__document__exchange_id=exchange_id)
        .order_by("-id")
        .first()
    )


def received(incoming_id: int) -> Incoming:
    """An incoming document with its document and agency."""
    return Incoming.objects.select_related("document", "agency").defer("document__body").get(pk=incoming_id)


def still_held(incoming_ids: list[int]) -> list[Incoming]:
    """Those of them that were neither returned nor withdrawn, oldest first."""
    rows = Incoming.objects.filter(pk__in=incoming_ids).exclude(
        state__in=[IncomingState.RETURNED, IncomingState.WITHDRAWN]
    )
    return list(rows.select_related("document", "agency").defer("document__body").order_by("id"))
