"""The records behind a figure: those the viewer may read as lines, the others as a count only."""

from collections.abc import Collection
from dataclasses import dataclass

from lienthong.foundation.access.terms import Seated
from lienthong.foundation.measures.queries.figures import rows_of
from lienthong.foundation.measures.rules import Period
from lienthong.foundation.measures.terms import Line, Quantity

PAGE = 50


@dataclass(frozen=True, slots=True)
class Records:
    """One page of what was counted. `total` are all of them, `seen` those the viewer may read."""

    lines: list[Line]
    total: int
    seen: int
    number: int

    @property
    def hidden(self) -> int:
        return self.total - self.seen

    @property
    def first(self) -> int:
        return (self.number - 1) * PAGE + 1 if self.lines else 0

    @property
    def last(self) -> int:
        return (self.number - 1) * PAGE + len(self.lines)

    @property
    def more(self) -> bool:
        return self.last < self.seen


def records(
    viewer: Seated,
    quantity: Quantity,
    period: Period,
    agencies: Collection[int],
    parts: Collection[str],
    number: int = 1,
) -> Records:
    """What a quantity counted, newest first."""
    source = quantity.source
    assert source.visible is not None
    assert source.line is not None
    rows = rows_of(quantity, period, agencies, parts)
    seen = source.visible(viewer).filter(pk__in=rows.order_by().values("pk"))
    start = (number - 1) * PAGE
    found = [source.line(row) for row in seen.order_by("-pk")[start : start + PAGE]]
    return Records(found, rows.count(), seen.count(), number)
