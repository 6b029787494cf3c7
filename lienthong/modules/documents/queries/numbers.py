"""Whether the books hold: every number that a counter gave belongs to one document, or still waits as reserved.

These act for the installation, so they take no viewer; nothing they return reaches a page.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from lienthong.foundation.numbering import queries as numbering
from lienthong.modules.documents.models import DocumentFile, Incoming, Outgoing

if TYPE_CHECKING:
    from lienthong.foundation.numbering.models import Counter


@dataclass(frozen=True, slots=True)
class Fault:
    """Numbers `first` to `last` of a book and year; `why`: gap (given, on no document and not reserved), beyond (on a
    document, above the counter's last), twice (on a document and reserved besides)."""

    agency_name: str
    series_id: int
    series_name: str
    book: str
    year: int
    first: int
    last: int
    why: str


def verify() -> tuple[int, list[Fault]]:
    """How many numbers were checked, and the faults. One book and year at a time is held in memory."""
    counters = {(one.series_id, one.year): one for one in numbering.all_counters()}
    waiting = numbering.waiting_numbers()
    faults: list[Fault] = []
    total = 0
    for key in sorted(counters.keys() | _used_keys()):
        counter = counters.get(key) or numbering.uncounted(*key)
        used, reserved = _used(counter), waiting.get(key, set())
        given = set(range(1, counter.last + 1))
        total += len(given | used)
        for why, numbers in (
            ("gap", given - used - reserved),
            ("beyond", (used | reserved) - given),
            ("twice", used & reserved),
        ):
            faults += [_fault(counter, first, last, why) for first, last in runs(numbers)]
    return total, faults


def _used_keys() -> set[tuple[int, int]]:
    keys = set(Outgoing.objects.values_list("series_id", "year").distinct())
    taken = Incoming.objects.filter(arrival_number__isnull=False).values_list("series_id", "year").distinct()
    return keys | {(series, year) for series, year in taken if series is not None and year is not None}


def _used(counter: "Counter") -> set[int]:
    if counter.series.book == "outgoing":
        given = Outgoing.objects.filter(series_id=counter.series_id, year=counter.year)
        return set(given.values_list("ordinal", flat=True).iterator())
    taken = Incoming.objects.filter(series_id=counter.series_id, year=counter.year, arrival_number__isnull=False)
    numbers = taken.values_list("arrival_number", flat=True).iterator()
    return {number for number in numbers if number is not None}


def runs(numbers: Iterable[int]) -> list[tuple[int, int]]:
    """{3, 4, 5, 9} → [(3, 5), (9, 9)]."""
    found = []
    for _, group in groupby(enumerate(sorted(numbers)), key=lambda pair: pair[1] - pair[0]):
        run = [number for _, number in group]
        found.append((run[0], run[-1]))
    return found


def _fault(counter: "Counter", first: int, last: int, why: str) -> Fault:
    series = counter.series
    return Fault(series.agency.name, series.pk, series.name, series.book, counter.year, first, last, why)


def files_named(stored_ids: list[int]) -> dict[int, str]:
    """Stored file → " (37/KH-UBND ke-hoach.pdf)", for those that stand on a document."""
    rows = DocumentFile.objects.filter(stored__in=stored_ids).select_related("document").defer("document__body")
    return {row.stored_id: f" ({f'{row.document.code} {row.name}'.strip()})" for row in rows.order_by("-id")}
