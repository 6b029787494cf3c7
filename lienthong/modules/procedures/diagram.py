"""An internal process as a drawing with lanes: plain SVG without script, readable by eye and by screen reader."""

from collections.abc import Sequence
from typing import Any

from lxml import etree

from lienthong.modules.procedures.layout import HEAD, Box, Drawn, Flow, Node, Words, layout

_SVG = "http://www.w3.org/2000/svg"
_INK, _LINE, _SOFT, _ACTION, _PAPER, _DONE = "#1b2430", "#6b7787", "#f3f5f8", "#0b4f9e", "#ffffff", "#1f7a3d"
_FACE = "'Be Vietnam Pro', 'Noto Sans', system-ui, sans-serif"
_TASK_LETTERS, _TASK_LINES = 23, 3
_LANE_LETTERS, _LANE_LINES = 20, 5


def svg(*, steps: Sequence[Drawn], title: str, summary: str, words: Words) -> str:
    """The drawing as a piece of HTML; `summary` says in words what it shows. Its size is its own: a narrow screen scrolls."""
    placed = layout(steps)
    width, height = f"{placed.width:g}", f"{placed.height:g}"
    attributes = {
        "width": width, "height": height, "viewBox": f"0 0 {width} {height}", "role": "img", "font-family": _FACE,
        "aria-labelledby": "process-title process-summary",
    }  # fmt: skip
    names: dict[Any, str] = {None: _SVG}
    root = etree.Element(f"{{{_SVG}}}svg", attributes, nsmap=names)
    _sub(root, "title", id="process-title").text = title
    _sub(root, "desc", id="process-summary").text = summary
    marks = _sub(root, "defs")
    for name, colour in (("arrow", _LINE), ("arrow-back", "#a4262c")):
        mark = _sub(
            marks, "marker", id=name, viewBox="0 0 10 10", refX="9", refY="5", markerWidth="8", markerHeight="8",
            orient="auto-start-reverse",
        )  # fmt: skip
        _sub(mark, "path", d="M0 0L10 5L0 10z", fill=colour)
    for place, lane in enumerate(placed.lanes):
        _lane(root, lane.name, lane.box, place)
    for flow in placed.flows:
        _flow(root, flow, words)
    by_key = {step.key: step for step in steps}
    for node in placed.nodes.values():
        _node(root, node, by_key, words)
    return etree.tostring(root, encoding="unicode")


def _sub(parent: etree._Element, tag: str, **attributes: str) -> etree._Element:
    given = {name.replace("_", "-"): value for name, value in attributes.items()}
    return etree.SubElement(parent, f"{{{_SVG}}}{tag}", given)


def _rect(parent: etree._Element, box: Box, **more: str) -> etree._Element:
    return _sub(
        parent, "rect", x=f"{box.x:g}", y=f"{box.y:g}", width=f"{box.width:g}", height=f"{box.height:g}", **more
    )


def _lane(root: etree._Element, name: str, box: Box, place: int) -> None:
    _rect(root, box, fill=_PAPER if place % 2 else _SOFT, stroke="#c9d1db")
    lines = wrapped(name, _LANE_LETTERS, _LANE_LINES)
    top = box.y + box.height / 2 - (len(lines) - 1) * 9
    for number, line in enumerate(lines):
        text = _sub(
            root, "text", x=f"{box.x + 12:g}", y=f"{top + number * 18 + 5:g}", font_size="13", font_weight="600"
        )
        text.set("fill", _INK)
        text.set("class", "p-lane")
        text.text = line
    x = f"{box.x + HEAD - 6:g}"
    _sub(root, "line", x1=x, x2=x, y1=f"{box.y:g}", y2=f"{box.y + box.height:g}", stroke="#c9d1db")


def _flow(root: etree._Element, flow: Flow, words: Words) -> None:
    back = flow.kind == "back"
    path = "M" + "L".join(f"{x:g} {y:g}" for x, y in flow.points)
    line = _sub(root, "path", d=path, fill="none", stroke="#a4262c" if back else _LINE, stroke_width="1.5")
    line.set("marker-end", "url(#arrow-back)" if back else "url(#arrow)")
    if back:
        line.set("stroke-dasharray", "5 4")
        x, y = flow.points[1]
        text = _sub(root, "text", x=f"{x + 6:g}", y=f"{y - 2:g}", font_size="12", fill="#a4262c")
        text.set("class", "p-back")
        text.text = words.back


def _node(root: etree._Element, node: Node, by_key: dict[str, Drawn], words: Words) -> None:
    box = node.box
    x, y = box.left[0] + box.width / 2, box.left[1]
    if node.kind == "task":
        _task(root, box, by_key[node.key], words)
    elif node.kind in ("start", "end"):
        colour = _DONE if node.kind == "start" else _INK
        circle = _sub(
            root, "circle", cx=f"{x:g}", cy=f"{y:g}", r=f"{box.width / 2:g}", fill=_PAPER, stroke=colour,
            stroke_width="2" if node.kind == "start" else "4",
        )  # fmt: skip
        _sub(circle, "title").text = words.start if node.kind == "start" else words.end
    else:
        half = box.width / 2
        d = f"M{x:g} {y - half:g}L{x + half:g} {y:g}L{x:g} {y + half:g}L{x - half:g} {y:g}z"
        _sub(root, "path", d=d, fill=_PAPER, stroke=_LINE, stroke_width="1.5")
        mark = _sub(root, "text", x=f"{x:g}", y=f"{y + 6:g}", font_size="18", text_anchor="middle", fill=_INK)
        mark.set("class", "p-gate")
        mark.text = "×" if node.kind == "check" else "+"


def _task(root: etree._Element, box: Box, step: Drawn, words: Words) -> None:
    _rect(root, box, rx="6", fill=_PAPER, stroke=_ACTION, stroke_width="1.5")
    lines = wrapped(f"{step.key}. {step.name}", _TASK_LETTERS, _TASK_LINES)
    for number, line in enumerate(lines):
        text = _sub(root, "text", x=f"{box.x + 9:g}", y=f"{box.y + 21 + number * 17:g}", font_size="12.5", fill=_INK)
        text.text = line
    if step.hours is not None:
        shown = f"{step.hours.normalize():f}".replace(".", ",")
        text = _sub(
            root, "text", x=f"{box.x + box.width - 9:g}", y=f"{box.y + box.height - 9:g}", font_size="12",
            text_anchor="end", font_weight="600", fill=_ACTION,
        )  # fmt: skip
        text.set("class", "p-hours")
        text.text = words.hours.format(hours=shown)


def wrapped(text: str, letters: int, most: int) -> list[str]:
    """Lines of about so many letters, at most so many lines; a cut is shown."""
    lines: list[str] = []
    for word in text.split():
        if lines and len(lines[-1]) + 1 + len(word) <= letters:
            lines[-1] += f" {word}"
        else:
            lines.append(word if len(word) <= letters else word[: letters - 1] + "…")
    if len(lines) > most:
        lines = [*lines[: most - 1], lines[most - 1][: letters - 1].rstrip(" ,;") + "…"]
    return lines
