"""The leaders' board: what came, what was done in time, what waits and where. Flows come from the tally, stocks from the open
dossiers, both few however long the history; so the board is right to the last act."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection

from lienthong.foundation.access.terms import Scope, Seated
from lienthong.foundation.organizations.queries import reached
from lienthong.modules.dossiers.models import ProcessingTime

BY = ("agency", "field", "procedure", "officer")
FLOWS = (
    "received", "received_online", "turned_away", "done", "done_early", "done_on_time", "done_late", "withdrawn", "stopped",
    "supplement", "extended",
)  # fmt: skip
STOCKS = ("open", "overdue", "soon", "paused", "ready")
SOON = timedelta(days=2)

_LATEST = "SELECT DISTINCT ON (procedure_id) procedure_id, field_id, name FROM procedures_version ORDER BY procedure_id, no DESC"
NAMES = {
    "agency": "SELECT id, name FROM organizations_agency WHERE id = ANY(%s)",
    "field": "SELECT id, name FROM procedures_field WHERE id = ANY(%s)",
    "procedure": f"SELECT procedure_id, name FROM ({_LATEST}) v WHERE procedure_id = ANY(%s)",  # noqa: S608 - constants
    "officer": """SELECT p.id, coalesce(w.name || ', ' || p.name, p.name) FROM organizations_post p
        LEFT JOIN organizations_holding h ON h.post_id = p.id AND h.valid_to IS NULL
        LEFT JOIN organizations_person w ON w.id = h.person_id WHERE p.id = ANY(%s)""",
}
_FLOW = """
SELECT {key}, t.what, sum(t.value) FROM dossiers_tally t {join}
WHERE t.side = %(side)s AND t.agency_id = ANY(%(counted)s) AND t.day >= %(since)s AND t.day <= %(until)s
GROUP BY 1, 2
"""
_FLOW_KEYS = {"agency": "t.agency_id", "field": "v.field_id", "procedure": "t.procedure_id", "officer": "t.officer_id"}
_FLOW_JOINS = {"field": f"JOIN ({_LATEST}) v ON v.procedure_id = t.procedure_id"}
_SIDES = {"agency": "agency", "field": "decider", "procedure": "decider", "officer": "officer"}
_STOCK_KEYS = {
    "agency": "d.decider_id", "field": "d.field_id", "procedure": "v.procedure_id",
    "officer": "r.post_id",
}  # fmt: skip
_STOCK = """
SELECT {key}, count({one}) FILTER (WHERE d.state IN ('in_progress', 'on_the_way')),
  count({one}) FILTER (WHERE d.state IN ('in_progress', 'on_the_way') AND d.due_at < %(now)s),
  count({one}) FILTER (WHERE d.state IN ('in_progress', 'on_the_way') AND d.due_at >= %(now)s AND d.due_at < %(soon)s),
  count({one}) FILTER (WHERE d.state = 'stopped_clock'),
  count({one}) FILTER (WHERE d.state IN ('ready', 'on_delivery'))
FROM dossiers_dossier d {join}
WHERE d.{side}_id = ANY(%(agencies)s) AND d.state IN ('in_progress', 'on_the_way', 'stopped_clock', 'ready', 'on_delivery')
GROUP BY 1
"""
_JOINS = {
    "procedure": "JOIN procedures_version v ON v.id = d.version_id",
    "officer": "JOIN dossiers_steprun r ON r.dossier_id = d.id AND r.state = 'open'",
}
_WAITING = """
SELECT r.name, count(*), count(*) FILTER (WHERE r.due_at < %(now)s), min(r.started_at)
FROM dossiers_steprun r {join} WHERE {side} = ANY(%(agencies)s) AND r.state = 'open'
GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 20
"""


@dataclass(slots=True)
class Row:
    """One line: `flows` within the period, `stocks` as of now, each by its name."""

    key: int
    label: str = ""
    flows: dict[str, int] = field(default_factory=lambda: dict.fromkeys(FLOWS, 0))
    stocks: dict[str, int] = field(default_factory=lambda: dict.fromkeys(STOCKS, 0))

    @property
    def on_time_share(self) -> float | None:
        """Share of what was done that was done in time, 0 to 1; None where nothing was done."""
        done = self.flows["done"]
        return (self.flows["done_early"] + self.flows["done_on_time"]) / done if done else None


@dataclass(frozen=True, slots=True)
class Waiting:
    """A step at which dossiers wait now."""

    name: str
    count: int
    late: int
    since: datetime


def agencies_for(viewer: Seated) -> list[int]:
    """The agencies whose board the viewer may see: own, those below, or all."""
    scope = viewer.scope("dossiers.board")
    if scope is None:
        return []
    if scope >= Scope.BRANCH:
        return [agency.pk for agency in reached(viewer, "dossiers.board")]
    return [viewer.agency_id, *viewer.custody]


def roots(viewer: Seated) -> list[int]:
    """The agencies under which everything stands that the viewer's board shows; none where it shows single agencies only."""
    scope = viewer.scope("dossiers.board")
    if scope == Scope.PROVINCE:
        return [agency.pk for agency in reached(viewer, "dossiers.board") if agency.parent_id is None]
    return [viewer.agency_id] if scope == Scope.BRANCH else []


def board(
    agency_ids: Iterable[int], by: str, since: date, until: date, now: datetime, roots: Iterable[int] = (),
    received: bool = False,
) -> list[Row]:  # fmt: skip
    """The board of these agencies by `by`; three queries, whatever the history. Where they are all agencies at or below `roots`,
    fields and procedures are read from what was added up for those. `received`: what these counters took in, whoever decides it
    (by field and procedure only)."""
    roots = list(roots)
    summed = bool(roots) and by in {"field", "procedure"}
    values: dict[str, Any] = {
        "agencies": list(agency_ids), "counted": roots if summed else list(agency_ids),
        "side": "receiver" if received else "branch" if summed else _SIDES[by], "since": since, "until": until, "now": now, "soon": now + SOON,
    }  # fmt: skip
    rows: dict[int, Row] = {}
    with connection.cursor() as cursor:
        cursor.execute(_FLOW.format(key=_FLOW_KEYS[by], join=_FLOW_JOINS.get(by, "")), values)
        for key, what, value in cursor.fetchall():
            if what in FLOWS:
                rows.setdefault(key, Row(key)).flows[what] = int(value)
        stock = _STOCK.format(
            key=_STOCK_KEYS[by], join=_JOINS.get(by, ""), side="received_by" if received else "decider",
            one="DISTINCT d.id" if by == "officer" else "*",  # an official may have two steps of one dossier
        )  # fmt: skip
        cursor.execute(stock, values)
        for key, *counted in cursor.fetchall():
            rows.setdefault(key, Row(key)).stocks = dict(zip(STOCKS, counted, strict=True))
        cursor.execute(NAMES[by], [list(rows)])
        for key, name in cursor.fetchall():
            rows[key].label = name
    return sorted(rows.values(), key=lambda row: (-row.stocks["overdue"], -row.flows["received"], row.label))


_PUBLIC = """
SELECT a.id, a.name, coalesce(f.received, 0), coalesce(f.done, 0), coalesce(f.in_time, 0), coalesce(s.open, 0), coalesce(s.overdue, 0)
FROM organizations_agency a
LEFT JOIN (
  SELECT agency_id, sum(value) FILTER (WHERE what = 'received') AS received, sum(value) FILTER (WHERE what = 'done') AS done,
    sum(value) FILTER (WHERE what IN ('done_early', 'done_on_time')) AS in_time
  FROM dossiers_tally WHERE side = 'agency' AND day >= %(since)s AND day <= %(until)s GROUP BY 1) f ON f.agency_id = a.id
LEFT JOIN (
  SELECT decider_id, count(*) AS open, count(*) FILTER (WHERE due_at < %(now)s) AS overdue
  FROM dossiers_dossier WHERE state IN ('in_progress', 'on_the_way') GROUP BY 1) s ON s.decider_id = a.id
WHERE a.is_here AND (f.agency_id IS NOT NULL OR s.decider_id IS NOT NULL)
ORDER BY a.tier, a.sort_key
"""


@dataclass(frozen=True, slots=True)
class PublicRow:
    """What anybody may know of an agency's dossiers: counts, and nothing of any one of them."""

    agency_id: int
    name: str
    received: int
    done: int
    in_time: int
    open: int
    overdue: int

    @property
    def share(self) -> float | None:
        """Done in time, percent of what was done; None where nothing was."""
        return self.in_time * 100 / self.done if self.done else None


def public_queue(since: date, until: date, now: datetime) -> list[PublicRow]:
    """Every agency that received, ended or handles dossiers, by tier and name: public knowledge. One statement over the tally of
    the period and the open dossiers, both few however long the history."""
    with connection.cursor() as cursor:
        cursor.execute(_PUBLIC, {"since": since, "until": until, "now": now})
        return [PublicRow(*row) for row in cursor.fetchall()]


def total(rows: Iterable[Row]) -> Row:
    """The sum of the lines of a board by agency, field or procedure, in which every dossier stands once."""
    made = Row(0)
    for row in rows:
        for name in FLOWS:
            made.flows[name] += row.flows[name]
        for name in STOCKS:
            made.stocks[name] += row.stocks[name]
    return made


def waiting(agency_ids: Iterable[int], now: datetime, received: bool = False) -> list[Waiting]:
    """The steps at which most dossiers of these agencies wait, or most of those these counters took in."""
    join = "JOIN dossiers_dossier d ON d.id = r.dossier_id" if received else ""
    statement = _WAITING.format(join=join, side="d.received_by_id" if received else "r.agency_id")
    with connection.cursor() as cursor:
        cursor.execute(statement, {"agencies": list(agency_ids), "now": now})
        return [Waiting(*row) for row in cursor.fetchall()]


def processing_times(procedure_ids: Iterable[int]) -> dict[int, ProcessingTime]:
    """Procedure id → what is published of its processing time: public knowledge, as last worked out."""
    return {row.procedure_id: row for row in ProcessingTime.objects.filter(procedure__in=list(procedure_ids))}


def published_times() -> list[ProcessingTime]:
    """All that is published, each with `label` (the procedure's name now) and `share` (in time, percent), by name."""
    rows = list(ProcessingTime.objects.filter(count__gt=0))
    with connection.cursor() as cursor:
        cursor.execute(NAMES["procedure"], [[row.procedure_id for row in rows]])
        names = dict(cursor.fetchall())
    for row in rows:
        row.label, row.share = names.get(row.procedure_id, ""), round(row.on_time * 100 / row.count, 1)
    return sorted(rows, key=lambda row: row.label)
