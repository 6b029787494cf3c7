"""Measured work beside its floor: what the same result costs without this programme, on the same machine."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from time import perf_counter
from typing import Any


@dataclass(frozen=True, slots=True)
class Size:
    """How much is measured: documents in the small and the large installation, rounds, seconds of load, requests."""

    small: int
    large: int
    rounds: int
    seconds: int
    requests: int


@dataclass(frozen=True, slots=True)
class Result:
    """One line of the table. `ratio` is what `target` speaks of; `holds` says whether it is reached."""

    name: str
    ours: float
    floor: float
    ratio: float
    target: str
    unit: str
    runs: int
    holds: bool
    note: str = ""

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


def rate(name: str, ours: float, floor: float, target: float, unit: str, runs: int, note: str = "") -> Result:
    """More is better: ratio = ours / floor, at least `target`."""
    return Result(name, ours, floor, ours / floor, f"≥ {target}", unit, runs, ours / floor >= target, note)


def duration(name: str, ours: float, floor: float, target: float, unit: str, runs: int, note: str = "") -> Result:
    """Less is better: ratio = floor / ours, at least `target`."""
    return Result(name, ours, floor, floor / ours, f"≥ {target}", unit, runs, floor / ours >= target, note)


def growth(name: str, ours: float, floor: float, target: float, unit: str, runs: int, note: str = "") -> Result:
    """How many times the floor, below `target`."""
    return Result(name, ours, floor, ours / floor, f"< {target}", unit, runs, ours / floor < target, note)


def below(name: str, ours: float, target: float, unit: str, runs: int, note: str = "") -> Result:
    """A quantity that has a limit and no floor."""
    return Result(name, ours, target, ours / target, f"< {target} {unit}", unit, runs, ours < target, note)


def reported(name: str, ours: float, unit: str, runs: int, note: str = "") -> Result:
    """A quantity without target and floor."""
    return Result(name, ours, 0, 0, "reported", unit, runs, True, note)


def median(values: list[float]) -> float:
    return sorted(values)[len(values) // 2]


def quickest_quarter(values: list[float]) -> float:
    """The slowest of the quickest quarter: of two works in turn, what other people's work on the machine disturbs least."""
    return sorted(values)[len(values) // 4]


def p95(values: list[float]) -> float:
    return sorted(values)[int(len(values) * 0.95)]


def timed(work: Callable[[], object]) -> float:
    """Seconds that it took."""
    began = perf_counter()
    work()
    return perf_counter() - began
