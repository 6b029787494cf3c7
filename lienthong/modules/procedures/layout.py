"""Where the steps of a process stand in a drawing: lanes by who does them, columns by what must come before.

All lengths are in pixels. The drawing for people and the exchange format for other tools share it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

HEAD = 170  # width of the lanes' names
TASK_WIDTH, TASK_HEIGHT = 164, 92
EVENT, GATEWAY = 32, 36
ROW = 132
MARGIN = 24
GAP = 30  # before a task for the arrow that comes in

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Drawn:
    """A step as a drawing needs it; `who` is the name of its lane."""

    key: str
    name: str
    who: str
    hours: Decimal | None
    next: tuple[str, ...]
    back_to: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """What the drawing says besides the steps, in the reader's language."""

    start: str
    end: str
    passed: str
    back: str
    hours: str  # with {hours}


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle."""

    x: float
    y: float
    width: float
    height: float

    @property
    def left(self) -> Point:
        return self.x, self.y + self.height / 2

    @property
    def right(self) -> Point:
        return self.x + self.width, self.y + self.height / 2

    @property
    def bottom(self) -> Point:
        return self.x + self.width / 2, self.y + self.height


@dataclass(frozen=True, slots=True)
class Node:
    """Something that stands in a lane. `kind`: start, end, task, split, join, merge, check (of a step `key`)."""

    id: str
    kind: str
    lane: int
    box: Box
    key: str = ""


@dataclass(frozen=True, slots=True)
class Flow:
    """An arrow between two nodes. `kind`: "", passed, back."""

    id: str
    source: str
    target: str
    points: tuple[Point, ...]
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Lane:
    """A lane with the ids of what stands in it."""

    name: str
    box: Box
    nodes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """A whole drawing."""

    width: float
    height: float
    lanes: tuple[Lane, ...]
    nodes: dict[str, Node]
    flows: tuple[Flow, ...]


def layout(steps: Sequence[Drawn], *, merging: bool = False) -> Layout:
    """Place a table without faults (`rules.faults`); a way that leads nowhere is left out. With `merging` ways meet in a
    gateway before a step that may come back and before the end, as other tools want it; people read it without."""
    by_key = {step.key: step for step in steps}
    ranks = _ranks(steps, by_key)
    lane_names = list(dict.fromkeys(step.who for step in steps))
    rows, tops, heights = _rows(steps, ranks, lane_names)
    nodes: dict[str, Node] = {}
    feeders: dict[str, list[str]] = {}
    for step in steps:
        for key in _next(step, by_key):
            feeders.setdefault(key, []).append(step.key)
    returned = {step.back_to for step in steps if merging and step.back_to in by_key}
    lefts, right = _columns(steps, by_key, ranks, feeders, returned)
    for number, step in enumerate(steps):
        lane = lane_names.index(step.who)
        x = lefts[ranks[step.key]]
        y = tops[lane] + rows[step.key] * ROW + (ROW - TASK_HEIGHT) / 2
        middle = y + TASK_HEIGHT / 2
        _add(nodes, f"step{number}", "task", lane, Box(x, y, TASK_WIDTH, TASK_HEIGHT), step.key)
        gate = Box(x - GATEWAY - 14, middle - GATEWAY / 2, GATEWAY, GATEWAY)
        if step.key in returned:
            _add(nodes, f"merge{number}", "merge", lane, gate, step.key)
            gate = Box(gate.x - GATEWAY - 14, gate.y, GATEWAY, GATEWAY)
        if len(feeders.get(step.key, ())) > 1:
            _add(nodes, f"join{number}", "join", lane, gate, step.key)
        after = Box(x + TASK_WIDTH + 10, gate.y, GATEWAY, GATEWAY)
        if step.back_to in by_key:
            _add(nodes, f"check{number}", "check", lane, after, step.key)
        if len(_next(step, by_key)) > 1:
            shift = GATEWAY + 10 if step.back_to in by_key else 0
            _add(nodes, f"split{number}", "split", lane, Box(after.x + shift, after.y, GATEWAY, GATEWAY), step.key)
    ends = [place for place, step in enumerate(steps) if not _next(step, by_key)]
    gather = merging and len(ends) > 1
    width = right + GAP + (GATEWAY + 14) * gather + EVENT + 2 * MARGIN
    _events(nodes, steps, width, ends, gather)
    flows = _flows(steps, by_key, nodes)
    lanes = tuple(
        Lane(
            name, Box(MARGIN, tops[place], width - 2 * MARGIN, heights[place]),
            tuple(node.id for node in nodes.values() if node.lane == place),
        )
        for place, name in enumerate(lane_names)
    )  # fmt: skip
    return Layout(width, MARGIN * 2 + sum(heights), lanes, nodes, flows)


def _next(step: Drawn, by_key: dict[str, Drawn]) -> list[str]:
    return [key for key in dict.fromkeys(step.next) if key in by_key]


def _ranks(steps: Sequence[Drawn], by_key: dict[str, Drawn]) -> dict[str, int]:
    """Key → the longest way to it from the beginning; a circle cannot push a step past the number of steps."""
    ranks = dict.fromkeys(by_key, 0)
    for _round in steps:
        moved = False
        for step in steps:
            for key in _next(step, by_key):
                if ranks[key] <= ranks[step.key] < len(steps) - 1:
                    ranks[key] = ranks[step.key] + 1
                    moved = True
        if not moved:
            break
    return ranks


def _columns(
    steps: Sequence[Drawn],
    by_key: dict[str, Drawn],
    ranks: dict[str, int],
    feeders: dict[str, list[str]],
    returned: set[str],
) -> tuple[dict[int, float], float]:
    """Column → where its tasks begin, wide enough for the gateways beside them; and where the last one ends."""
    before, after = dict.fromkeys(ranks.values(), 0), dict.fromkeys(ranks.values(), 0)
    for step in steps:
        rank = ranks[step.key]
        entering = (len(feeders.get(step.key, ())) > 1) + (step.key in returned)
        before[rank] = max(before[rank], entering * (GATEWAY + 14))
        gates = (step.back_to in by_key) + (len(_next(step, by_key)) > 1)
        after[rank] = max(after[rank], gates * (GATEWAY + 10))
    lefts: dict[int, float] = {}
    x: float = MARGIN + HEAD + MARGIN + EVENT
    for rank in sorted(before):
        lefts[rank] = x + GAP + before[rank]
        x = lefts[rank] + TASK_WIDTH + after[rank]
    return lefts, x


def _rows(
    steps: Sequence[Drawn], ranks: dict[str, int], lane_names: list[str]
) -> tuple[dict[str, int], list[int], list[int]]:
    """Key → its row within the lane; the lanes' tops and heights."""
    taken: dict[tuple[str, int], int] = {}
    rows: dict[str, int] = {}
    for step in steps:
        place = (step.who, ranks[step.key])
        rows[step.key] = taken.get(place, 0)
        taken[place] = rows[step.key] + 1
    deep = {name: max(count for (who, _rank), count in taken.items() if who == name) for name in lane_names}
    heights = [deep[name] * ROW for name in lane_names]
    tops = [MARGIN + sum(heights[:place]) for place in range(len(heights))]
    return rows, tops, heights


def _add(nodes: dict[str, Node], id_: str, kind: str, lane: int, box: Box, key: str = "") -> None:
    nodes[id_] = Node(id_, kind, lane, box, key)


def _events(nodes: dict[str, Node], steps: Sequence[Drawn], width: float, ends: Sequence[int], gather: bool) -> None:
    if not steps:
        return
    first = nodes["step0"]
    middle = first.box.left[1]
    _add(nodes, "start", "start", first.lane, Box(MARGIN + HEAD + MARGIN, middle - EVENT / 2, EVENT, EVENT))
    if ends:
        last = nodes[f"step{ends[-1]}"]
        middle, x = last.box.left[1], width - MARGIN * 2 - EVENT
        _add(nodes, "end", "end", last.lane, Box(x, middle - EVENT / 2, EVENT, EVENT))
        if gather:
            _add(nodes, "gather", "join", last.lane, Box(x - GATEWAY - 14, middle - GATEWAY / 2, GATEWAY, GATEWAY))


def _flows(steps: Sequence[Drawn], by_key: dict[str, Drawn], nodes: dict[str, Node]) -> tuple[Flow, ...]:
    places = {step.key: place for place, step in enumerate(steps)}
    found: list[Flow] = []

    def draw(source: str, target: str, kind: str = "") -> None:
        points = _back(nodes[source].box, nodes[target].box) if kind == "back" else _way(nodes, source, target)
        found.append(Flow(f"flow{len(found)}", source, target, points, kind))

    def enter(place: int, *kinds: str) -> str:
        return next(f"{kind}{place}" for kind in (*kinds, "step") if f"{kind}{place}" in nodes)

    finish = "gather" if "gather" in nodes else "end"

    if steps:
        draw("start", enter(0, "join", "merge"))
    for place, step in enumerate(steps):
        if f"join{place}" in nodes:
            draw(f"join{place}", enter(place, "merge"))
        if f"merge{place}" in nodes:
            draw(f"merge{place}", f"step{place}")
        out, kind = f"step{place}", ""
        if f"check{place}" in nodes:
            draw(out, f"check{place}")
            out, kind = f"check{place}", "passed"
            draw(out, enter(places[step.back_to], "merge"), "back")
        following = _next(step, by_key)
        if f"split{place}" in nodes:
            draw(out, f"split{place}", kind)
            out, kind = f"split{place}", ""
        for key in following:
            draw(out, enter(places[key], "join", "merge"), kind)
        if not following and "end" in nodes:
            draw(out, finish, kind)
    if finish == "gather":
        draw("gather", "end")
    return tuple(found)


def _way(nodes: dict[str, Node], source: str, target: str) -> tuple[Point, ...]:
    """From the right side to the left side with right angles; past other tasks along the edge of the lane."""
    start, end = nodes[source].box.right, nodes[target].box.left
    between = [
        node
        for node in nodes.values()
        if node.kind == "task" and node.id not in (source, target)
        and start[0] < node.box.x and node.box.x + node.box.width < end[0]
        and node.box.y <= end[1] <= node.box.y + node.box.height
    ]  # fmt: skip
    if between:
        aside = end[1] - TASK_HEIGHT / 2 - 12
        return (
            start,
            (start[0] + 12, start[1]),
            (start[0] + 12, aside),
            (end[0] - 12, aside),
            (end[0] - 12, end[1]),
            end,
        )
    if abs(start[1] - end[1]) < 1:
        return start, end
    # The bend stands near the target, so that what lies on the way in the source's row is passed in a straight line.
    passed = any(
        node.kind == "task" and node.id not in (source, target) and start[0] < node.box.x < end[0]
        and node.box.y <= start[1] <= node.box.y + node.box.height
        for node in nodes.values()
    )  # fmt: skip
    bend = start[0] + 12 if passed else max(start[0] + 12, end[0] - 14)
    return start, (bend, start[1]), (bend, end[1]), end


def _back(source: Box, target: Box) -> tuple[Point, ...]:
    """From below back to below, under the tasks on the way."""
    start, end = source.bottom, target.bottom
    aside = max(source.left[1], target.left[1]) + TASK_HEIGHT / 2 + 11
    return start, (start[0], aside), (end[0], aside), end
