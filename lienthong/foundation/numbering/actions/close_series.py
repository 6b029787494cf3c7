"""Close books of numbers."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from lienthong.foundation.access.rules import require
from lienthong.foundation.access.terms import Actor
from lienthong.foundation.numbering.models import Series
from lienthong.foundation.trail.actions.write import write, write_many
from lienthong.kit.dates import VIETNAM
from lienthong.kit.refusal import N_, Refused


@transaction.atomic
def close_series(*, series_id: int, actor: Actor, now: datetime) -> Series:
    """The book gives no more numbers; those it gave stay, and so do those set aside."""
    series = Series.objects.select_for_update().get(pk=series_id)
    require(actor, "numbering.edit", agency_id=series.agency_id)
    if series.valid_to is not None:
        raise Refused(N_("Sổ này đã đóng."))
    series.valid_to = now.astimezone(VIETNAM).date()
    series.save(update_fields=["valid_to"])
    write(actor, "numbering.close_series", series, now, sentence=f"đóng sổ {series.name}")
    return series


@transaction.atomic
def close_books_of(*, agency_ids: Sequence[int], actor: Actor, now: datetime) -> int:
    """The same for every open book of agencies that end. Returns how many."""
    books = list(Series.objects.select_for_update().filter(agency__in=agency_ids, valid_to__isnull=True).order_by("pk"))
    for series in books:
        require(actor, "numbering.edit", agency_id=series.agency_id)
        series.valid_to = now.astimezone(VIETNAM).date()
    Series.objects.bulk_update(books, ["valid_to"])
    write_many(actor, "numbering.close_series", books, now, sentences=[f"đóng sổ {series.name}" for series in books])
    return len(books)
