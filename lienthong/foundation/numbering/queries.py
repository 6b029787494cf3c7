"""Which book numbers what; which numbers wait."""

from lienthong.foundation.access.terms import Actor
from lienthong.foundation.numbering.models import Counter, Reservation, Series


def series_for(agency_id: int, book: str, kind: str = "") -> Series | None:
    """The agency's open book for a kind: one that names it, else the one that covers all the rest."""
    books = Series.objects.filter(agency_id=agency_id, book=book, valid_to__isnull=True).order_by("id")
    general = None
    for series in books:
        if kind and kind in series.covers:
            return series
        if not series.covers and general is None:
            general = series
    return general


def series_of(viewer: Actor) -> list[Series]:
    """The books of the viewer's own agency."""
    return list(Series.objects.filter(agency_id=viewer.agency_id).order_by("book", "id"))


def counters(viewer: Actor, year: int) -> dict[int, int]:
    """Series id → last number given in the year, for the viewer's own agency."""
    rows = Counter.objects.filter(series__agency_id=viewer.agency_id, year=year)
    return dict(rows.values_list("series_id", "last"))


def last_number(series_id: int, year: int) -> int:
    return Counter.objects.filter(series_id=series_id, year=year).values_list("last", flat=True).first() or 0


def reserved(viewer: Actor, year: int) -> list[Reservation]:
    """Numbers of the viewer's agency that are set aside and not yet used."""
    return list(
        Reservation.objects.filter(series__agency_id=viewer.agency_id, year=year, used_at__isnull=True)
        .select_related("series")
        .order_by("series_id", "number")
    )
