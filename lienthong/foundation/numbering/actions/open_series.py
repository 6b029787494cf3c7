"""Open a book of numbers."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from lienthong.foundation.access.rules import require
from lienthong.foundation.access.terms import Actor
from lienthong.foundation.numbering import rules
from lienthong.foundation.numbering.models import Series
from lienthong.foundation.trail.actions.write import write
from lienthong.kit.dates import VIETNAM
from lienthong.kit.refusal import N_, Refused


@transaction.atomic
def open_series(
    *, agency_id: int, book: str, name: str, covers: Sequence[str], pattern: str, actor: Actor, now: datetime
) -> Series:
    """A new book. A kind may be numbered by one open book of the agency only."""
    require(actor, "numbering.edit", agency_id=agency_id)
    if book not in {"outgoing", "incoming"}:
        raise ValueError(book)
    if pattern:
        rules.require_pattern(pattern)
    for other in Series.objects.filter(agency_id=agency_id, book=book, valid_to__isnull=True):
        if set(covers) & set(other.covers) or (not covers and not other.covers):
            raise Refused(N_("Sổ “{other}” đang đánh số cho loại này. Đóng sổ đó trước."), other=other.name)
    series = Series.objects.create(
        agency_id=agency_id, book=book, name=name.strip(), covers=list(covers), pattern=pattern.strip(),
        valid_from=now.astimezone(VIETNAM).date(),
    )  # fmt: skip
    write(actor, "numbering.open_series", series, now, sentence=f"mở sổ {series.name}")
    return series
