"""The one-stop: receiving, whole lives, lists, the public look-up, the board, deadlines."""

from datetime import date, datetime, timedelta
from functools import lru_cache
from random import Random

import psycopg
from django.db import connection

from bench import Result, Size, dossier_ground, duration, ground, growth, load, median, rate, timed
from bench.pages import CLIENTS, NOTHING, signed_in
from bench.register_incoming import _insert
from lienthong.foundation.access.terms import Seated
from lienthong.foundation.calendar.queries import working_time
from lienthong.foundation.calendar.rules import due_at
from lienthong.foundation.organizations import queries as organizations
from lienthong.foundation.trail.models import Entry
from lienthong.foundation.work.models import Item
from lienthong.kit.dates import VIETNAM
from lienthong.modules.citizens.models import Applicant
from lienthong.modules.dossiers.actions.decide import decide
from lienthong.modules.dossiers.actions.finish_step import finish_step
from lienthong.modules.dossiers.actions.give_back import give_back
from lienthong.modules.dossiers.actions.keep_result import ResultDetails, keep_result
from lienthong.modules.dossiers.actions.receive import receive
from lienthong.modules.dossiers.models import Dossier, Slip, StepRun, Tally
from lienthong.modules.dossiers.queries import board as boards
from lienthong.modules.dossiers.rules import Intake
from lienthong.modules.dossiers.terms import Outcome, ResultWay
from lienthong.modules.procedures.models import Version

ACTS, LIVES = 60, 12
_TAKE = """
INSERT INTO dossiers_counter AS c (agency_id, what, since, last) VALUES (%s, %s, %s, 1)
ON CONFLICT (agency_id, what, since) DO UPDATE SET last = c.last + 1 RETURNING last
"""

_TALLY = """
INSERT INTO dossiers_tally (side, agency_id, procedure_id, officer_id, day, what, value) VALUES (%s, %s, %s, %s, %s, %s, %s)
"""
_JOB = "INSERT INTO procrastinate_jobs (queue_name, task_name, priority, args) VALUES (%s, %s, %s, %s)"


def dossier_receive(size: Size, say) -> list[Result]:
    """Receptions in one process, beside the same rows by bare psycopg in the same transactions."""
    dossier_ground.use(size.small, say)
    desk = dossier_ground.seat("desk")
    sample = _received(desk, 0)
    ours, floor = [], []
    with psycopg.connect(ground.conninfo(dossier_ground.name(size.small))) as bare:
        same = _Floor(bare, sample)
        for turn in range(size.rounds + 1):
            took = timed(lambda turn=turn: [_received(desk, turn * ACTS + n) for n in range(ACTS)])
            again = timed(lambda: [same.write() for _ in range(ACTS)])
            if turn:
                ours.append(took)
                floor.append(again)
    return [rate("dossier_receive", ACTS / median(ours), ACTS / median(floor), 0.3, "acts/s", size.rounds * ACTS)]


def _received(desk: Seated, number: int, now: datetime | None = None) -> Dossier:
    versions, applicants, decider = _choices(connection.settings_dict["NAME"], desk.agency_id)
    intake = Intake(
        applicants[number % len(applicants)],
        versions[number % len(versions)],
        decider_id=decider,
        matter=f"Hồ sơ đo {number}",
    )
    return receive(intake=intake, actor=desk, now=now or ground.now())


@lru_cache
def _choices(database: str, centre: int) -> tuple[list[int], list[int], int | None]:
    """What the desk of a centre chooses from: versions, applicants, the competent agency. `database` tells installations apart."""
    versions = list(Version.objects.order_by("id").values_list("pk", flat=True)[:40])
    applicants = list(Applicant.objects.order_by("id").values_list("pk", flat=True)[:1000])
    return versions, applicants, organizations.agency(centre).parent_id


class _Floor:
    """Writes the rows of one reception again and again: code and slip number, dossier, two runs, debt, slip, counts, job, trail."""

    def __init__(self, bare: psycopg.Connection, row: Dossier):
        self.bare, self.agency = bare, row.received_by_id
        entry = Entry.objects.get(subject_kind="dossiers.dossier", subject_id=row.pk)
        runs = list(StepRun.objects.filter(dossier=row).order_by("id"))
        self.dossier = _insert(Dossier, row.pk, ["id", "code"])
        self.item = _insert(Item, runs[1].item_id, ["id"])
        self.runs = [_insert(StepRun, run.pk, ["id", "dossier_id"]) for run in runs]
        self.slip = _insert(Slip, Slip.objects.get(dossier=row).pk, ["id", "dossier_id", "content"])
        self.content = '{"code": "x", "papers": []}'
        last = Tally.objects.order_by("-id")[:20]
        self.tally = [(one.side, one.agency_id, one.procedure_id, one.officer_id, one.day, one.what, 1) for one in last]
        jobs = "SELECT id FROM procrastinate_jobs ORDER BY id DESC LIMIT 2"
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT queue_name, task_name, priority, args FROM procrastinate_jobs WHERE id IN ({jobs})")
            self.jobs = cursor.fetchall()
        self.entry = _insert(Entry, entry.pk, ["id", "subject_id"])
        self.number = 0

    def write(self) -> None:
        self.number += 1
        today = ground.today()
        with self.bare.cursor() as cursor, self.bare.transaction():
            number = cursor.execute(_TAKE, [self.agency, "floor", today]).fetchone()[0]
            cursor.execute(_TAKE, [self.agency, "floor-slip", today])
            dossier = _one(cursor, self.dossier, f"floor-{today}-{number}")
            _one(cursor, self.item)
            for run in self.runs:
                _one(cursor, run, dossier)
            _one(cursor, self.slip, dossier, self.content)
            cursor.executemany(_TALLY, self.tally)
            for queue, task, priority, args in self.jobs:
                cursor.execute(_JOB, [queue, task, priority, args])
            _one(cursor, self.entry, dossier)


def _one(cursor, insert: tuple[str, list], *changing) -> int:
    statement, fixed = insert
    return cursor.execute(statement, [*changing, *fixed]).fetchone()[0]


def dossier_life(size: Size, say) -> list[Result]:
    """Whole lives (reception, five steps, decision, return) a second, in the large installation against the small one."""
    found = {}
    for dossiers in (size.small, size.large):
        dossier_ground.use(dossiers, say)
        desk = dossier_ground.seat("desk", 1)
        took = [
            timed(lambda turn=turn, desk=desk: [_life(desk, turn * LIVES + n) for n in range(LIVES)])
            for turn in range(size.rounds + 1)
        ]
        found[dossiers] = median(took[1:]) / LIVES
    note = (
        f"{1 / found[size.large]:.1f} lives/s at {size.large:,} dossiers, {1 / found[size.small]:.1f} at {size.small:,}"
    )
    return [
        growth("dossier_life", found[size.large] * 1000, found[size.small] * 1000, 1.5, "ms", LIVES * size.rounds, note)
    ]


def _life(desk: Seated, number: int) -> None:
    now = ground.now()
    dossier = _received(desk, number, now)
    for _ in range(4):
        run = StepRun.objects.select_related("item").get(dossier=dossier, state="open")
        actor = organizations.actor_for_post(run.item.holder_id, now.date())
        assert actor is not None
        if run.kind == "decide":
            decide(run_id=run.pk, outcome=Outcome.GRANTED, reason="", actor=actor, now=now)
            continue
        if run.kind == "release":
            keep_result(
                dossier_id=dossier.pk, result=ResultDetails("Kết quả", number=str(number)), actor=actor, now=now
            )
        finish_step(run_id=run.pk, actor=actor, now=now)
    give_back(dossier_id=dossier.pk, way=ResultWay.DESK, taken_by="Người nộp", actor=desk, now=now)


def dossier_pages(size: Size, say) -> list[Result]:
    """The list of dossiers with real permissions, and the public look-up, beside an empty signed-in view."""
    dossier_ground.use(size.large, say)
    name = dossier_ground.name(size.large)
    code = Dossier.objects.order_by("-id").values_list("code", flat=True)[OPEN_AT]
    found = []
    with load.server(name, workers=2) as (port, _):
        pages = [
            (f"dossier_list_{duty}", "/lam-viec/ho-so/", signed_in(dossier_ground.seat(duty)), 0.2)
            for duty in ("official", "desk")
        ]
        pages.append(("dossier_look_up", f"/tra-cuu-ho-so/?ma={code}", pages[0][2], 0.4))
        for title, path, cookie, target in pages:
            _, body = load.ask(port, path, cookie)
            for warm in (NOTHING, path):
                load.press(port, warm, cookie, clients=CLIENTS, seconds=1)
            nothing = load.press(port, NOTHING, cookie, clients=CLIENTS, seconds=size.seconds)
            page = load.press(port, path, cookie, clients=CLIENTS, seconds=size.seconds)
            note = f"{max(body.count(b'<tr') - 1, 0)} rows; p95 {page.p95_ms:.0f} ms, of the empty view {nothing.p95_ms:.0f} ms"
            found.append(rate(title, page.per_second, nothing.per_second, target, "requests/s", page.requests, note))
    return found


OPEN_AT = 10
_COUNT = """
SELECT v.procedure_id, count(*) FILTER (WHERE d.received_at >= %(since)s AND d.received_at < %(until)s),
  count(*) FILTER (WHERE d.ended_at >= %(since)s AND d.ended_at < %(until)s),
  count(*) FILTER (WHERE d.ended_at >= %(since)s AND d.ended_at < %(until)s AND d.punctuality = 'late'),
  count(*) FILTER (WHERE d.state IN ('in_progress', 'on_the_way')),
  count(*) FILTER (WHERE d.state IN ('in_progress', 'on_the_way') AND d.due_at < %(now)s)
FROM dossiers_dossier d JOIN procedures_version v ON v.id = d.version_id WHERE d.decider_id IS NOT NULL GROUP BY 1
"""


def dossier_board(size: Size, say) -> list[Result]:
    """The province's board of a year by procedure, beside counting the dossiers; equal to the last act."""
    dossier_ground.use(size.large, say)
    now = ground.now()
    since, until = now.date() - timedelta(days=364), now.date()
    agencies = list(Dossier.objects.order_by().values_list("decider_id", flat=True).distinct())
    root = organizations.agency(agencies[0]).parent_id
    assert root is not None
    _received(dossier_ground.seat("desk"), 5)  # the last act is in
    ours, floor = [], []
    for turn in range(4):
        took = timed(lambda: boards.board(agencies, "procedure", since, until, now, [root]))
        counted: dict[int, tuple[int, ...]] = {}
        again = timed(lambda counted=counted: counted.update(_counted(since, until, now)))
        if turn:
            ours.append(took)
            floor.append(again)
    rows = {row.key: row for row in boards.board(agencies, "procedure", since, until, now, [root])}
    told = {
        key: (
            row.flows["received"],
            row.flows["done"],
            row.flows["done_late"],
            row.stocks["open"],
            row.stocks["overdue"],
        )
        for key, row in rows.items()
    }
    if told != counted:
        raise RuntimeError("the board is not what counting gives")
    return [
        duration("dossier_board", median(ours) * 1000, median(floor) * 1000, 20, "ms", len(ours), "equal to counting")
    ]


def _counted(since: date, until: date, now: datetime) -> dict[int, tuple[int, ...]]:
    start = datetime.combine(since, datetime.min.time(), VIETNAM)
    end = datetime.combine(until + timedelta(days=1), datetime.min.time(), VIETNAM)
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, {"since": start, "until": end, "now": now})
        return {row[0]: tuple(row[1:]) for row in cursor.fetchall()}


def deadlines(size: Size, say) -> list[Result]:
    """A million deadlines true to the hour, beside numpy's dates on the same calendar, where numpy is installed."""
    dossier_ground.use(size.small, say)
    count, random, hours = 1_000_000 if size.rounds > 3 else 50_000, Random(1), working_time()
    first = datetime(2026, 1, 5, 7, 30, tzinfo=VIETNAM)
    starts = [first + timedelta(minutes=random.randrange(500_000)) for _ in range(2_000)]
    terms = [random.randrange(1, 31) for _ in range(2_000)]

    def all_of_them() -> None:
        for turn in range(count // 2_000):
            for place, start in enumerate(starts):
                due_at(start, terms[(place + turn) % 2_000], "working_days", hours)

    took = timed(all_of_them)
    try:
        import numpy
    except ImportError:
        return [
            rate("deadlines", count / took, count / took, 0, "deadlines/s", count, "numpy is not installed: no floor")
        ]
    off = [
        first.date() + timedelta(days=n) for n in range(900) if not hours.intervals_on(first.date() + timedelta(days=n))
    ]
    calendar = numpy.busdaycalendar("1111111", holidays=numpy.array(off, dtype="datetime64[D]"))
    days = numpy.array([start.date() for start in starts] * (count // 2_000), dtype="datetime64[D]")
    spans = numpy.array(terms * (count // 2_000))
    floor = timed(lambda: numpy.busday_offset(days, spans, roll="forward", busdaycal=calendar))
    return [rate("deadlines", count / took, count / floor, 0, "deadlines/s", count, "numpy counts whole dates only")]
