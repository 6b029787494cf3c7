"""What waits for the public post, and what is with it."""

from datetime import date, timedelta

from lienthong.foundation.access.rules import require
from lienthong.foundation.access.terms import Seated
from lienthong.kit.dates import start_of_day
from lienthong.modules.dossiers.models import Dossier, Parcel
from lienthong.modules.dossiers.terms import DossierState, ResultWay

VERB = "dossiers.return"
MOST = 500


def _received_here(viewer: Seated) -> list[int]:
    require(viewer, VERB, agency_id=viewer.agency_id)
    return [viewer.agency_id, *viewer.custody]


def to_hand_over(viewer: Seated) -> list[Dossier]:
    """Results that the applicant wants by post and that are still at the counter, oldest first."""
    rows = Dossier.objects.filter(
        received_by__in=_received_here(viewer), state=DossierState.READY, result_way=ResultWay.POST
    )
    return list(rows.select_related("version").order_by("ended_at", "id")[:MOST])


def on_the_way(viewer: Seated) -> list[Parcel]:
    """Parcels that the post has and of which it has not said that they were delivered, oldest first."""
    rows = Parcel.objects.filter(
        dossier__received_by__in=_received_here(viewer), inward=False, dossier__state=DossierState.ON_DELIVERY,
        delivered_at__isnull=True, failed_at__isnull=True,
    )  # fmt: skip
    return list(rows.select_related("dossier").order_by("handed_at", "id")[:MOST])


def handed_on(viewer: Seated, day: date) -> list[Parcel]:
    """Parcels to applicants that were handed to the post on that day, in that order."""
    since = start_of_day(day)
    rows = Parcel.objects.filter(
        dossier__received_by__in=_received_here(viewer), inward=False, handed_at__gte=since,
        handed_at__lt=since + timedelta(days=1),
    )  # fmt: skip
    return list(rows.select_related("dossier").order_by("handed_at", "id"))
