"""Whether an installation is whole: no gap, nothing half done, an unbroken trail."""

from lienthong.foundation.numbering.models import Counter, Reservation
from lienthong.foundation.trail import queries as trail
from lienthong.modules.documents.models import Delivery, Incoming, Outgoing


def assert_whole() -> None:
    """Every counter's numbers are there exactly once, every issued letter has all its deliveries, the trail holds."""
    for counter in Counter.objects.filter(series__book="outgoing"):
        taken = sorted(
            [
                *Outgoing.objects.filter(series_id=counter.series_id, year=counter.year).values_list(
                    "ordinal", flat=True
                ),
                *Reservation.objects.filter(series_id=counter.series_id, year=counter.year).values_list(
                    "number", flat=True
                ),
            ]
        )
        assert taken == list(range(1, counter.last + 1))
    for row in Outgoing.objects.all():
        deliveries = Delivery.objects.filter(outgoing=row)
        inside = deliveries.filter(channel="here").count()
        if row.state == "issued":
            assert deliveries.count() == 3
            assert Incoming.objects.filter(delivery__outgoing=row).count() == inside == 2
        else:
            assert not deliveries.exists()
    total, broken = trail.verify()
    assert total > 0
    assert broken == []
