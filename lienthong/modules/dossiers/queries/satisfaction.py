"""What applicants said: counted per agency, officer and procedure, and the ratings behind every figure. A number of statements
that does not grow with what is counted."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db import connection
from django.db.models import OuterRef, Subquery

from lienthong.foundation.access.terms import Seated
from lienthong.kit.dates import start_of_day
from lienthong.modules.dossiers import queries, rules
from lienthong.modules.dossiers.models import Rating, StepRun
from lienthong.modules.dossiers.queries.board import NAMES
from lienthong.modules.dossiers.terms import HANDLING, Grade

PAGE = 50
COUNT_LIMIT = 1_000
BY = ("agency", "receiver", "handler", "procedure")
_KEYS = {"receiver": "r.officer_id", "handler": "h.post_id", "procedure": "v.procedure_id"}
_AGENCY = {"decider": "r.agency_id", "receiver": "d.received_by_id"}
# Who handled a dossier is whoever had its last step of handling, as on the board.
_HANDLER = """LEFT JOIN LATERAL (SELECT s.post_id FROM dossiers_steprun s
  WHERE s.dossier_id = d.id AND s.kind = ANY(%(handling)s) ORDER BY s.id DESC LIMIT 1) h ON true"""
_RATED = """
SELECT coalesce({key}, 0), count(*), count(*) FILTER (WHERE r.grade = 'very_good'), count(*) FILTER (WHERE r.grade = 'good'),
  count(*) FILTER (WHERE r.grade = 'bad'), count(*) FILTER (WHERE r.way = 'desk'), count(r.criteria[1]),
  sum(r.criteria[1]), sum(r.criteria[2]), sum(r.criteria[3]), sum(r.criteria[4]), sum(r.criteria[5])
FROM dossiers_rating r JOIN dossiers_dossier d ON d.id = r.dossier_id JOIN procedures_version v ON v.id = d.version_id {join}
WHERE {agency} = ANY(%(agencies)s) AND r.at >= %(since)s AND r.at < %(until)s GROUP BY 1
"""
_ENDED = """
SELECT {key}, what, sum(value) FROM dossiers_tally
WHERE side = %(side)s AND agency_id = ANY(%(agencies)s) AND day >= %(first)s AND day <= %(last)s AND what IN ('done', 'done_late')
GROUP BY 1, 2
"""
# Which counting of the tally holds what a line needs: (side, by) → its side and key. Who received a dossier is not told by the
# tally of its end, nor who handled it elsewhere.
_ENDED_KEYS = {
    ("decider", "agency"): ("decider", "agency_id"), ("decider", "procedure"): ("decider", "procedure_id"),
    ("decider", "handler"): ("officer", "officer_id"), ("receiver", "agency"): ("receiver", "agency_id"),
    ("receiver", "procedure"): ("receiver", "procedure_id"),
}  # fmt: skip


@dataclass(slots=True)
class Row:
    """One line. `rated` ratings of the period in their three grades, `desk` of them at the counter; `marked` with all five
    criteria, whose marks (0 to 2) are summed in `marks`; `ended` dossiers whose handling ended in the period, `late` of them,
    None where that is not counted."""

    key: int
    label: str = ""
    rated: int = 0
    very_good: int = 0
    good: int = 0
    bad: int = 0
    desk: int = 0
    marked: int = 0
    marks: list[int] = field(default_factory=lambda: [0] * 5)
    ended: int | None = None
    late: int | None = None

    @property
    def share(self) -> float | None:
        """Share of ratings "satisfied" or "very satisfied", 0 to 1."""
        return (self.very_good + self.good) / self.rated if self.rated else None

    @property
    def averages(self) -> list[float]:
        """The five criteria, 0 to 2 each; empty where nobody marked them."""
        return [total / self.marked for total in self.marks] if self.marked else []

    @property
    def points(self) -> float | None:
        """On the scale of 766/QĐ-TTg; None without ratings or without what ended."""
        if not self.rated or not self.ended:
            return None
        return rules.satisfaction_points(late=(self.late or 0) / self.ended, bad=self.bad / self.rated)


def statistics(agency_ids: Sequence[int], side: str, by: str, since: date, until: date) -> tuple[list[Row], Row]:
    """(lines, the whole) of the ratings given from `since` to `until`, both included, to dossiers that these agencies decided
    (`side` "decider") or received ("receiver"). Four statements."""
    values: dict[str, Any] = {
        "agencies": list(agency_ids), "side": side, "since": start_of_day(since), "first": since, "last": until,
        "until": start_of_day(until) + timedelta(days=1), "handling": list(HANDLING),
    }  # fmt: skip
    rows: dict[int, Row] = {}
    with connection.cursor() as cursor:
        cursor.execute(
            _RATED.format(
                key=_KEYS.get(by, _AGENCY[side]), agency=_AGENCY[side], join=_HANDLER if by == "handler" else ""
            ),
            values,
        )
        for key, rated, very_good, good, bad, desk, marked, *marks in cursor.fetchall():
            rows[key] = Row(key, "", rated, very_good, good, bad, desk, marked, [int(mark or 0) for mark in marks])
        if (side, by) in _ENDED_KEYS:
            counting, key = _ENDED_KEYS[side, by]
            cursor.execute(_ENDED.format(key=key), {**values, "side": counting})
            _put_ended(rows, cursor.fetchall())
        cursor.execute(_ENDED.format(key="0"), values)
        whole = _sum(rows.values())
        _put_ended({0: whole}, cursor.fetchall())
        cursor.execute(NAMES["officer" if by in {"receiver", "handler"} else by], [list(rows)])
        for key, name in cursor.fetchall():
            rows[key].label = name
    return sorted(rows.values(), key=lambda row: (-row.bad, -row.rated, row.label)), whole


def _put_ended(rows: dict[int, Row], found: Sequence[tuple[int, str, int]]) -> None:
    """Beside the ratings, how much ended; what ended and was not rated at all has its line too."""
    for row in rows.values():
        row.ended = row.late = 0
    for key, what, value in found:
        row = rows.setdefault(key, Row(key, ended=0, late=0))
        if what == "done":
            row.ended = int(value)
        else:
            row.late = int(value)


def _sum(rows: Any) -> Row:
    whole = Row(0, ended=0, late=0)
    for row in rows:
        for name in ("rated", "very_good", "good", "bad", "desk", "marked"):
            setattr(whole, name, getattr(whole, name) + getattr(row, name))
        whole.marks = [one + other for one, other in zip(whole.marks, row.marks, strict=True)]
    return whole


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which ratings a list shows: within agencies on a side, narrowed to a line of the statistics and a grade."""

    agency_ids: Sequence[int]
    side: str
    by: str
    key: int | None
    grade: str
    since: date
    until: date


@dataclass(frozen=True, slots=True)
class Page:
    """One page of ratings, newest first; `readable` are the ids of their dossiers that the viewer may open."""

    rows: list[Rating]
    readable: set[int]
    number: int
    total: int
    more: bool

    @property
    def first(self) -> int:
        return (self.number - 1) * PAGE + 1 if self.rows else 0

    @property
    def last(self) -> int:
        return (self.number - 1) * PAGE + len(self.rows)


def ratings(viewer: Seated, wanted: Wanted, number: int) -> Page:
    """The ratings behind a figure of `statistics`, counted by the same conditions."""
    side = "agency" if wanted.side == "decider" else "dossier__received_by"
    rows = Rating.objects.filter(
        **{f"{side}__in": list(wanted.agency_ids)},
        at__gte=start_of_day(wanted.since),
        at__lt=start_of_day(wanted.until) + timedelta(days=1),
    )
    if wanted.grade in set(Grade):
        rows = rows.filter(grade=wanted.grade)
    if wanted.key is not None:
        rows = _of_line(rows, wanted, side)
    start = (number - 1) * PAGE
    found = list(
        rows.select_related("dossier", "dossier__version", "agency").order_by("-at", "-id")[start : start + PAGE]
    )
    total = rows.order_by()[: COUNT_LIMIT + 1].count()
    readable = queries.dossiers(viewer).filter(pk__in=[row.dossier_id for row in found]).values_list("pk", flat=True)
    return Page(found, set(readable), number, min(total, COUNT_LIMIT), total > COUNT_LIMIT)


def _of_line(rows: Any, wanted: Wanted, side: str) -> Any:
    if wanted.by == "handler":
        last = StepRun.objects.filter(dossier_id=OuterRef("dossier_id"), kind__in=HANDLING).order_by("-id")
        rows = rows.annotate(handler=Subquery(last.values("post_id")[:1]))
        return rows.filter(handler=wanted.key) if wanted.key else rows.filter(handler__isnull=True)
    name = {"agency": side, "receiver": "officer", "procedure": "dossier__version__procedure"}[wanted.by]
    return rows.filter(**{name: wanted.key})
