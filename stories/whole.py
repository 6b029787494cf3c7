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


def assert_dossiers_whole() -> int:
    """Every dossier is whole and counted once; how many there are."""
    from django.db.models import Count, Sum

    from lienthong.foundation.work.models import Item
    from lienthong.modules.dossiers.models import Counter as DossierCounter
    from lienthong.modules.dossiers.models import Dossier, Slip, StepRun, Tally

    total = Dossier.objects.count()
    for counter in DossierCounter.objects.filter(what="code"):
        ends = Dossier.objects.filter(received_by=counter.agency_id, code__contains=f"-{counter.since:%y%m%d}-")
        numbers = sorted(int(code.rsplit("-", 1)[1]) for code in ends.values_list("code", flat=True))
        assert numbers == list(range(1, counter.last + 1))
    slips = sorted(int(number) for number in Slip.objects.filter(kind="receipt").values_list("number", flat=True))
    assert slips == list(range(1, total + 1))
    open_runs = StepRun.objects.filter(state="open").values("dossier").annotate(n=Count("id"))
    assert {row["n"] for row in open_runs} == {1} and len(open_runs) == total
    assert Item.objects.filter(kind="dossiers.step", done_at__isnull=True).count() == total
    assert Tally.objects.filter(side="decider", what="received").aggregate(n=Sum("value"))["n"] == total
    return total
