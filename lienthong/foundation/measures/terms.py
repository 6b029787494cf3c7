"""The words of measures: records that can be counted, what is counted of them, the figure made of two counts.

A module declares its `Source`s, `Quantity`s and `Measure`s in its `measures.py`; everything that knows the database in them
(querysets, conditions) is handed in and only passed on here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from lienthong.kit.dates import start_of_day
from lienthong.kit.refusal import N_


class Unit(StrEnum):
    """In what a figure is said."""

    PERCENT = "%"
    COUNT = ""
    POINTS = "points"


class How(StrEnum):
    """How a quantity is kept."""

    TALLIED = "tallied"  # counted day by day as records come and change
    DISTINCT = "distinct"  # different ones within a period: days cannot be added up, so the records are asked each time
    STANDING = "standing"  # valid on the last day of the period, by the dates in the records
    NOW = "now"  # what stands at this moment: a past period has it only where it was closed in time


class Group(StrEnum):
    """Under which heading a measure stands."""

    DOCUMENTS = "documents"
    DOSSIERS = "dossiers"
    PUBLICITY = "publicity"
    USE = "use"
    PEOPLE = "people"


GROUP_LABELS = {
    Group.DOCUMENTS: N_("Văn bản điện tử"),
    Group.DOSSIERS: N_("Một cửa, dịch vụ công"),
    Group.PUBLICITY: N_("Công khai"),
    Group.USE: N_("Sử dụng hệ thống"),
    Group.PEOPLE: N_("Con người, tổ chức"),
}
UNIT_LABELS = {Unit.PERCENT: "%", Unit.COUNT: "", Unit.POINTS: N_("điểm")}


@dataclass(frozen=True, slots=True)
class Line:
    """How one counted record is shown: what it is called, where it is read, and what a person tells it apart by."""

    code: str
    title: str
    address: str
    agency: str
    at: datetime | date | None
    note: str = ""


@dataclass(frozen=True, eq=False)
class Source:
    """Records of one kind, each counted for one agency on one day.

    `rows()` gives all that can be counted; `agency` and `at` are paths to the agency's id and to the moment (or, with
    `on_day`, the date) under which a record falls; `part` is an expression that says into which part it falls (a field, a
    class of receivers), `part_labels()` their names. `visible(viewer)` gives those of the rows that a person may open, `line`
    shows one. Records that hold from a day to a day have `alive`, the two paths, instead of `at`; without both the source holds
    what stands now.
    """

    code: str
    label: str
    rows: Callable[[], Any]
    agency: str
    at: str = ""
    on_day: bool = False
    alive: tuple[str, str] | None = None
    part: Any = None
    part_labels: Callable[[], Mapping[str, str]] = dict
    visible: Callable[[Any], Any] | None = None
    line: Callable[[Any], Line] | None = None

    def edges(self, since: date, until: date) -> tuple[date, date]:
        """The days as `at` holds them: themselves, or their midnights in Viet Nam."""
        return (since, until) if self.on_day else (start_of_day(since), start_of_day(until))


@dataclass(frozen=True, eq=False)
class Quantity:
    """What is counted of a source: the records that meet `where`, or `amount`, an expression added up over them;
    with `How.DISTINCT` (or `How.STANDING`) the different values of `distinct`."""

    code: str
    label: str
    source: Source
    where: Any = None
    amount: Any = None
    how: How = How.TALLIED
    distinct: str = ""


@dataclass(frozen=True, slots=True)
class AgenciesWith:
    """How many agencies have at least one of a quantity within the period."""

    quantity: Quantity

    @property
    def label(self) -> str:
        return self.quantity.label


@dataclass(frozen=True, slots=True)
class Agencies:
    """How many agencies of these tiers there were within the period."""

    tiers: tuple[int, ...] = ()
    label: str = N_("Cơ quan trong phạm vi")


Countable = Quantity | AgenciesWith | Agencies


@dataclass(frozen=True, eq=False)
class Measure:
    """One figure: `over` by `under` (times 100 in percent), or `over` alone.

    `numerator` and `denominator` say in words what is counted; `since` is the day from which the definition holds and
    `version` grows by one whenever the counting changes (a test holds the SQL of each version). `higher` says which
    way is better. A measure that nobody can count yet from records is `typed`: people enter it with a source. `parts` restricts it to some parts of its source.
    """

    code: str
    label: str
    group: Group
    unit: Unit
    numerator: str
    since: date
    over: Countable | None = None
    under: Countable | None = None
    denominator: str = ""
    version: int = 1
    higher: bool = True
    basis: str = ""
    note: str = ""
    parts: tuple[str, ...] = ()
    typed: bool = False

    @property
    def countables(self) -> tuple[Countable, ...]:
        return tuple(one for one in (self.over, self.under) if one is not None)


@dataclass(frozen=True, slots=True)
class Component:
    """One line of an index: a measure and the most points it brings."""

    label: str
    points: int
    measure: str


@dataclass(frozen=True, slots=True)
class IndexGroup:
    """A group of an index with its weight; the points of its components add up to it."""

    label: str
    points: int
    components: tuple[Component, ...]


@dataclass(frozen=True, slots=True)
class Index:
    """A published set of indicators in the form in force from a day."""

    code: str
    label: str
    basis: str
    since: date
    groups: tuple[IndexGroup, ...]

    @property
    def points(self) -> int:
        return sum(group.points for group in self.groups)
