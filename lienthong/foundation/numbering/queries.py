"""Which book numbers what; which numbers wait."""

from django.db import connection

from lienthong.foundation.access.terms import Seated
from lienthong.foundation.numbering.models import Counter, Reservation, Series

# Written out because every registration asks it, and putting the question together took longer than answering it.
_COLUMNS = [field.attname for field in Series._meta.concrete_fields]
_OPEN_BOOKS = """
SELECT {columns} FROM numbering_series WHERE agency_id = %s AND book = %s AND valid_to IS NULL ORDER BY id
"""


def series_for(agency_id: int, book: str, kind: str = "") -> Series | None:
    """The agency's open book for a kind: one that names it, else the one that covers all the rest."""
    with connection.cursor() as cursor:
        cursor.execute(_OPEN_BOOKS.format(columns=", ".join(_COLUMNS)), [agency_id, book])
        books = [Series.from_db(connection.alias, _COLUMNS, row) for row in cursor.fetchall()]
    general = None
    for series in books:
        if kind and kind in series.covers:
            return series
        if not series.covers and general is None:
            general = series
    return general


def series_of(viewer: Seated) -> list[Series]:
    """The books of the viewer's own agency."""
    return list(Series.objects.filter(agency_id=viewer.agency_id).order_by("book", "id"))


def one_series(viewer: Seated, series_id: int) -> Series:
    """A book of the viewer's own agency; Series.DoesNotExist otherwise."""
    return Series.objects.get(pk=series_id, agency_id=viewer.agency_id)


def counters(viewer: Seated, year: int) -> dict[int, int]:
    """Series id → last number given in the year, for the viewer's own agency."""
    rows = Counter.objects.filter(series__agency_id=viewer.agency_id, year=year)
    return dict(rows.values_list("series_id", "last"))


def uncounted(series_id: int, year: int) -> Counter:
    """What stands for the counter of a book that has none that year: nothing given yet. Not saved; for the check."""
    return Counter(series=Series.objects.select_related("agency").get(pk=series_id), year=year, last=0)


def last_number(series_id: int, year: int) -> int:
    """The last number given in a year, 0 when none was."""
    return Counter.objects.filter(series_id=series_id, year=year).values_list("last", flat=True).first() or 0


def reserved(viewer: Seated, year: int) -> list[Reservation]:
    """Numbers of the viewer's agency that are set aside and not yet used."""
    return list(
        Reservation.objects.filter(series__agency_id=viewer.agency_id, year=year, used_at__isnull=True)
        .select_related("series")
        .order_by("series_id", "number")
    )


def all_counters() -> list[Counter]:
    """Every counter of every agency with its book: for the check of the installation itself, not for a page."""
    return list(
        Counter.objects.select_related("series", "series__agency").order_by("series__agency_id", "series_id", "year")
    )


def waiting_numbers() -> dict[tuple[int, int], set[int]]:
    """(series id, year) → numbers set aside and not yet used, of every agency; for the same check."""
    waiting: dict[tuple[int, int], set[int]] = {}
    rows = Reservation.objects.filter(used_at__isnull=True).values_list("series_id", "year", "number")
    for series, year, number in rows.iterator():
        waiting.setdefault((series, year), set()).add(number)
    return waiting
