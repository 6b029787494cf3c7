"""Pure decisions about internal processes: what follows, what waits, how long the whole takes.

A process is its table of steps: a step names the keys that follow it (none: the end). Several keys run side by side.

  begin ──> first step ──finish──> every key of `next` whose other feeders, as far as they were started, are done
                         │
                         └─send back──> `back_to`, else the step chosen
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from lienthong.kit.refusal import N_
from lienthong.modules.procedures.terms import StepKind, TermUnit

HOURS_OF_DAY = Decimal(8)
MOST_STEPS = 80
_MOST_HOURS = Decimal(10_000)


class StepLike(Protocol):
    """What the decisions read of a line: key, place, next, hours."""

    @property
    def key(self) -> str: ...
    @property
    def next(self) -> Sequence[str]: ...
    @property
    def hours(self) -> Decimal | None: ...


class TableStep(StepLike, Protocol):
    """What `faults` reads besides: kind, name, where it goes back to, and who does it."""

    @property
    def kind(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def back_to(self) -> str: ...
    @property
    def duty(self) -> str: ...
    @property
    def unit_id(self) -> int | None: ...
    @property
    def post_id(self) -> int | None: ...


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a table: the step's place from 0 (None: the whole), and a Vietnamese sentence with values."""

    place: int | None
    msgid: str
    params: tuple[tuple[str, str], ...] = ()

    @property
    def why(self) -> str:
        return self.msgid.format(**dict(self.params))


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

    A step that several lead to begins when none of the steps that still can reach it is open or begins now: whoever
    finishes last starts it.
    """
    by_key = {step.key: step for step in steps}
    still_open = set(open_keys) - {done}
    following = [
        key for key in (by_key[done].next if done in by_key else ()) if key in by_key and key not in still_open
    ]
    before = still_open.union(following)
    return [key for key in following if not any(_reaches(by_key, one, key) for one in before - {key})]


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


def faults(steps: Sequence[TableStep]) -> list[Fault]:
    """Why a table cannot be a process; empty when it can. It must have keys told apart, lead only to steps that are
    there, begin with receiving, come to an end, reach every step, and say of each what is done by whom."""
    if not steps:
        return [Fault(None, N_("Bảng chưa có bước nào."))]
    if len(steps) > MOST_STEPS:
        return [Fault(None, N_("Bảng dài hơn {most} bước."), (("most", str(MOST_STEPS)),))]
    found = [fault for place, step in enumerate(steps) for fault in _faults_of(place, step)]
    times = Counter(step.key for step in steps)
    for place, step in enumerate(steps):
        if step.key and times[step.key] > 1:
            found.append(_fault(place, N_("Ký hiệu bước {key} dùng cho nhiều bước."), key=step.key))
        found += [
            _fault(place, N_("Bước {key} chuyển đến bước {next} không có trong bảng."), key=step.key, next=key)
            for key in step.next
            if key not in times
        ]
        if step.back_to and step.back_to not in times:
            found.append(
                _fault(place, N_("Bước {key} trả về bước {next} không có trong bảng."), key=step.key, next=step.back_to)
            )
        elif step.back_to and step.back_to == step.key:
            found.append(_fault(place, N_("Bước {key} trả về chính nó."), key=step.key))
    if steps[0].kind != StepKind.RECEIVE:
        found.append(_fault(0, N_("Bước đầu tiên phải là bước tiếp nhận.")))
    if max(times.values()) == 1:
        found += _faults_of_ways(steps)
    return found


def _faults_of(place: int, step: TableStep) -> list[Fault]:
    found = []
    if not step.key or len(step.key) > 10:
        found.append(_fault(place, N_("Dòng {line}: ký hiệu bước trống hoặc dài hơn 10 ký tự."), line=str(place + 1)))
    if not step.name.strip():
        found.append(_fault(place, N_("Bước {key} chưa ghi công việc."), key=step.key))
    if not (step.duty or step.unit_id or step.post_id):
        found.append(_fault(place, N_("Bước {key} chưa có người thực hiện."), key=step.key))
    if step.hours is not None and not 0 <= step.hours < _MOST_HOURS:
        found.append(_fault(place, N_("Bước {key}: số giờ phải từ 0 đến dưới 10.000."), key=step.key))
    return found


def _faults_of_ways(steps: Sequence[TableStep]) -> list[Fault]:
    """Circles, and steps that nothing leads to; the keys are told apart already."""
    by_key = {step.key: step for step in steps}
    places = {step.key: place for place, step in enumerate(steps)}
    found = []
    waiting = {key: len(from_keys & set(by_key)) for key, from_keys in feeders(steps).items() if key in by_key}
    free = [key for key in by_key if not waiting.get(key)]
    sorted_keys = set()
    while free:
        key = free.pop()
        sorted_keys.add(key)
        for following in set(by_key[key].next) & set(by_key):
            waiting[following] -= 1
            if not waiting[following]:
                free.append(following)
    circle = next(
        (step.key for step in steps if step.key not in sorted_keys and _reaches(by_key, step.key, step.key)), ""
    )
    if circle:
        found.append(
            _fault(places[circle], N_("Bước {key} nằm trong một vòng: đi tiếp lại quay về chính nó."), key=circle)
        )
    return found + [
        _fault(places[step.key], N_("Không bước nào dẫn đến bước {key}."), key=step.key)
        for step in steps[1:]
        if not _reaches(by_key, steps[0].key, step.key)
    ]


def _fault(place: int | None, msgid: str, **params: str) -> Fault:
    return Fault(place, msgid, tuple(params.items()))


def hours_of(amount: Decimal | None, unit: str) -> Decimal | None:
    """Working hours that a statutory time is worth in the comparison with a table: 8 to a working day. Calendar days
    have no fixed worth in working hours and give None, as words do."""
    if amount is None:
        return None
    if unit == TermUnit.WORKING_DAYS:
        return amount * HOURS_OF_DAY if amount else HOURS_OF_DAY  # "within the day" is at most one
    return amount if unit == TermUnit.WORKING_HOURS else None
