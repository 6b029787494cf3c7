"""Pure decisions about internal processes: what follows, what waits, how long the whole takes.

A process is its table of steps: a step names the keys that follow it (none: the end). Several keys run side by side.

  begin ──> first step ──finish──> every key of `next` whose other feeders, as far as they were started, are done
                         │
                         └─send back──> `back_to`, else the step chosen
"""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Protocol


class StepLike(Protocol):
    """What the decisions read of a line: key, place, next, hours."""

    @property
    def key(self) -> str: ...
    @property
    def next(self) -> Sequence[str]: ...
    @property
    def hours(self) -> Decimal | None: ...


def first(steps: Sequence[StepLike]) -> StepLike | None:
    """The step where a dossier begins: the first line of the table."""
    return steps[0] if steps else None


def feeders(steps: Iterable[StepLike]) -> dict[str, set[str]]:
    """Key → the keys of the steps that lead to it."""
    found: dict[str, set[str]] = {}
    for step in steps:
        for key in step.next:
            found.setdefault(key, set()).add(step.key)
    return found


def to_start(steps: Sequence[StepLike], done: str, open_keys: Iterable[str]) -> list[str]:
    """The keys that begin when `done` is finished while `open_keys` are still being worked on.

    A step that several lead to begins when none of the steps that still can reach it is open: whoever finishes last
    starts it.
    """
    by_key = {step.key: step for step in steps}
    still_open = set(open_keys) - {done}
    following = by_key[done].next if done in by_key else ()
    return [
        key
        for key in following
        if key in by_key and key not in still_open and not any(_reaches(by_key, one, key) for one in still_open)
    ]


def _reaches(by_key: Mapping[str, StepLike], start: str, goal: str) -> bool:
    seen, queue = set(), [start]
    while queue:
        key = queue.pop()
        if key in seen or key not in by_key:
            continue
        seen.add(key)
        for following in by_key[key].next:
            if following == goal:
                return True
            queue.append(following)
    return False


def longest_hours(steps: Sequence[StepLike]) -> Decimal:
    """Working hours of the longest way through the table; a step without time counts nothing. Circles are refused
    by `faults`, here a key that comes again on its way is not counted twice."""
    by_key = {step.key: step for step in steps}

    def reach(key: str, seen: frozenset[str]) -> Decimal:
        if key in seen or key not in by_key:
            return Decimal(0)
        step = by_key[key]
        longest = max((reach(one, seen | {key}) for one in step.next), default=Decimal(0))
        return (step.hours or Decimal(0)) + longest

    return reach(steps[0].key, frozenset()) if steps else Decimal(0)
