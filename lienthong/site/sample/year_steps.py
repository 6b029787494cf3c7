"""One dossier of the year from the counter to the result, worked out in working minutes: which step is whose and until when."""

import heapq
from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random

from lienthong.modules.dossiers.rules import PlainStep
from lienthong.modules.dossiers.terms import HANDLING
from lienthong.modules.procedures.rules import to_start
from lienthong.modules.procedures.terms import StepKind

_SHARE = {
    StepKind.ASSIGN: 0.1,
    StepKind.DECIDE: 0.2,
}  # of the time by the law, where no table says how long a step takes
_AFTER = (StepKind.RETURN, StepKind.ARCHIVE)


@dataclass(slots=True)
class Walked:
    """A step as it went: opened in a minute, done in another (None: still open); `order` is the one in which they were opened."""

    step: PlainStep
    began: int
    done: int | None = None
    asked: int | None = None  # when the clock was stopped for papers, and when it ran again
    brought: int | None = None


@dataclass(slots=True)
class Way:
    """All steps of a dossier; `ready` is the minute in which handling ended, `returned` when the result was given."""

    walked: list[Walked] = field(default_factory=list)
    ready: int | None = None
    returned: int | None = None

    def pause(self, end: int) -> tuple[int, int | None] | None:
        """From when to when the applicant was waited for; None at the end while still waited for."""
        for one in self.walked:
            if one.asked is not None and one.brought is not None and one.asked < end:
                return one.asked, one.brought if one.brought < end else None
        return None


@dataclass(frozen=True, slots=True)
class Fate:
    """What chance has decided: `pace` is the time a step takes in parts of the table's; `supplement` is asked for once;
    `left` leaves the result on the counter."""

    pace: float
    days: float
    supplement: bool = False
    left: bool = False


def walk(steps: Sequence[PlainStep], began: int, end: int, fate: Fate, random: Random) -> Way:
    """Let the steps after the counter's happen, up to the minute `end` and not beyond."""
    way, count = Way(), 0
    waiting: list[tuple[int, int, str]] = []
    wanted = fate.supplement
    opened: dict[str, Walked] = {}

    def begin(keys: Sequence[str], at: int) -> None:
        nonlocal count, wanted
        for step in (step for step in steps if step.key in keys):
            one = opened[step.key] = Walked(step, at)
            way.walked.append(one)
            minutes = _minutes(step, fate, random)
            if wanted and step.kind in HANDLING and not waiting and len(keys) == 1:
                minutes = _ask(one, minutes, random)
                wanted = False
            count += 1
            heapq.heappush(waiting, (at + max(2, minutes), count, step.key))

    begin(steps[0].next, began)
    while waiting:
        minute, _, key = heapq.heappop(waiting)
        one = opened[key]
        if minute >= end or (one.step.kind == StepKind.RETURN and fate.left):
            continue
        del opened[key]
        one.done = minute
        following = to_start(steps, key, list(opened))
        if one.step.kind == StepKind.RETURN:
            way.returned = minute
        elif not opened and all(step.kind in _AFTER for step in steps if step.key in following):
            way.ready = minute
        begin(following, minute)
    return way


def _minutes(step: PlainStep, fate: Fate, random: Random) -> int:
    if step.kind == StepKind.RETURN:
        return random.choice((60, 120, 240, 480, 960, 1440))
    hours = float(step.hours) if step.hours else _SHARE.get(StepKind(step.kind), 0.7) * fate.days * 8
    return round(hours * 60 * fate.pace * random.uniform(0.8, 1.15))


def _ask(one: Walked, minutes: int, random: Random) -> int:
    """Papers are asked for soon after the step began, and brought some days later."""
    one.asked = one.began + min(random.randint(60, 600), max(1, minutes // 2))
    one.brought = one.asked + random.randint(300, 2200)
    return minutes + one.brought - one.asked
