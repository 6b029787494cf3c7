"""The steps of a dossier drawn over days: lanes for who, bars for steps, hatching for stops. Plain numbers for the template."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from lienthong.foundation.calendar.queries import working_time
from lienthong.foundation.calendar.working_time import WorkingTime
from lienthong.kit.dates import VIETNAM
from lienthong.modules.dossiers.models import Dossier, Pause, StepRun

LEFT, WIDTH, ROW, TOP = 170, 800, 34, 40


@dataclass(frozen=True, slots=True)
class Bar:
    """One run: place and length in the drawing's units, its words, whether done."""

    x: float
    width: float
    y: int
    label: str
    kind: str
    title: str

    @property
    def inside(self) -> float:
        return self.x + 6


@dataclass(frozen=True, slots=True)
class Drawing:
    """Everything the SVG needs; `rows` are the lanes' names, `marks` dates, `off` days that are not worked."""

    height: int
    rows: list[tuple[int, str]] = field(default_factory=list)
    bars: list[Bar] = field(default_factory=list)
    stops: list[tuple[float, float]] = field(default_factory=list)
    off: list[tuple[float, float]] = field(default_factory=list)
    marks: list[tuple[float, date]] = field(default_factory=list)
    now_x: float | None = None
    due_x: float | None = None


def timeline(*, dossier: Dossier, runs: Sequence[StepRun], pauses: Sequence[Pause], now: datetime) -> Drawing | None:
    """The drawing; None for a dossier without steps."""
    if not runs:
        return None
    last = max(
        [dossier.due_at or now, dossier.returned_at or dossier.ended_at or now, *(run.done_at or now for run in runs)]
    )
    start = _midnight(min(run.started_at for run in runs))
    end = _midnight(last) + timedelta(days=1)
    scale = WIDTH / max((end - start).total_seconds(), 1)

    def x(at: datetime) -> float:
        return round(LEFT + min(max((at - start).total_seconds() * scale, 0), WIDTH), 1)

    lanes: dict[str, int] = {}
    bars = []
    for run in runs:
        who = run.unit.name if run.unit else run.agency.name
        y = lanes.setdefault(who, TOP + len(lanes) * ROW)
        until = run.done_at or now
        kind = {"open": "doing", "done": "done"}.get(run.state, "ended")
        if run.punctuality == "late":
            kind += " late"
        bars.append(
            Bar(
                x(run.started_at),
                max(x(until) - x(run.started_at), 4),
                y + 7,
                run.name,
                kind,
                f"{run.name}: {run.holder_name}",
            )
        )
    days = (end - start).days
    every = max(1, days // 8)
    return Drawing(
        height=TOP + len(lanes) * ROW + 12, rows=[(y, name) for name, y in lanes.items()], bars=bars,
        stops=[(x(stop.started_at), max(x(stop.ended_at or now) - x(stop.started_at), 2)) for stop in pauses],
        off=_off(dossier, start, days, x) if days <= 120 else [],
        marks=[(x(start + timedelta(days=n)), (start + timedelta(days=n)).date()) for n in range(0, days, every)],
        now_x=x(now) if start <= now <= end and dossier.ended_at is None else None,
        due_x=x(dossier.due_at) if dossier.due_at else None,
    )  # fmt: skip


def _midnight(at: datetime) -> datetime:
    return datetime.combine(at.astimezone(VIETNAM).date(), time(0), VIETNAM)


def _off(dossier: Dossier, start: datetime, days: int, x) -> list[tuple[float, float]]:  # type: ignore[no-untyped-def]  # x: datetime → place
    known: WorkingTime = working_time(dossier.decider.schedule_id if dossier.decider else None)
    found = []
    for n in range(days):
        day = start + timedelta(days=n)
        if not known.intervals_on(day.date()):
            found.append((x(day), x(day + timedelta(days=1)) - x(day)))
    return found
