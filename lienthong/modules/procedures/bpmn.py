"""An internal process as BPMN 2.0 XML with its drawing, for other tools to open (ISO/IEC 19510, BPMN DI)."""

from collections.abc import Sequence
from typing import Any

from lxml import etree

from lienthong.kit.text import clip
from lienthong.modules.procedures.layout import MARGIN, Drawn, Flow, Layout, Node, Words, layout

MODEL = "http://www.omg.org/spec/BPMN/20100524/MODEL"
_DI = "http://www.omg.org/spec/BPMN/20100524/DI"
_DC = "http://www.omg.org/spec/DD/20100524/DC"
_DD = "http://www.omg.org/spec/DD/20100524/DI"
_NAMES: dict[Any, str] = {None: MODEL, "bpmndi": _DI, "dc": _DC, "di": _DD}
# What fits where other tools write it: two lines in the band of a lane, three in a task below its mark. The whole is in the
# documentation.
_BAND, _LETTER = 30, 6.5
_TASK_LETTERS = 66
_LABEL_WIDTH, _LABEL_HEIGHT = 56, 14
_TAGS = {
    "start": "startEvent", "end": "endEvent", "task": "userTask", "split": "parallelGateway", "join": "parallelGateway",
    "check": "exclusiveGateway", "merge": "exclusiveGateway",
}  # fmt: skip


def bpmn(*, steps: Sequence[Drawn], name: str, words: Words) -> bytes:
    """The document, UTF-8. Several steps that follow one run side by side: a parallel gateway parts them and another
    joins them; where a step may send back, an exclusive gateway asks and another takes what comes back in. Ids are unique and plain ASCII."""
    placed = layout(steps, merging=True)
    root = etree.Element(
        f"{{{MODEL}}}definitions", nsmap=_NAMES, id="definitions",
        targetNamespace="urn:lienthong:procedures", exporter="Lien Thong",
    )  # fmt: skip
    shared = _sub(root, "collaboration", id="collaboration")
    height = sum(lane.box.height for lane in placed.lanes)
    _sub(shared, "participant", id="participant", name=_fitting(name, height), processRef="process")
    process = _sub(root, "process", id="process", name=_text(name), isExecutable="false")
    _lanes(process, placed)
    by_key = {step.key: step for step in steps}
    for node in placed.nodes.values():
        _node(process, node, placed, by_key, words)
    for flow in placed.flows:
        said = {"passed": words.passed, "back": words.back}.get(flow.kind)
        more = {"name": said} if said else {}
        element = _sub(process, "sequenceFlow", id=flow.id, sourceRef=flow.source, targetRef=flow.target, **more)
        if flow.kind == "back":  # a condition in plain words: no engine is meant to reckon it
            _sub(element, "conditionExpression").text = words.back
    _drawing(root, placed)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def _sub(parent: etree._Element, tag: str, **attributes: str) -> etree._Element:
    return etree.SubElement(parent, f"{{{MODEL}}}{tag}", attributes)


def _lanes(process: etree._Element, placed: Layout) -> None:
    lanes = _sub(process, "laneSet", id="lanes")
    for place, lane in enumerate(placed.lanes):
        short = _fitting(lane.name, lane.box.height)
        element = _sub(lanes, "lane", id=f"lane{place}", name=short)
        if short != _text(lane.name):
            _sub(element, "documentation").text = _text(lane.name)
        for node in lane.nodes:
            _sub(element, "flowNodeRef").text = node


def _node(process: etree._Element, node: Node, placed: Layout, by_key: dict[str, Drawn], words: Words) -> None:
    element = _sub(process, _TAGS[node.kind], id=node.id)
    if node.kind == "task":
        step = by_key[node.key]
        whole = _text(f"{step.key}. {step.name}")
        element.set("name", clip(whole, _TASK_LETTERS))
        hours = words.hours.format(hours=f"{step.hours.normalize():f}") if step.hours is not None else ""
        more = "\n".join(filter(None, (whole if element.get("name") != whole else "", hours)))
        if more:
            _sub(element, "documentation").text = _text(more)
    elif node.kind in ("start", "end"):
        element.set("name", _text(words.start if node.kind == "start" else words.end))
    else:
        element.set("gatewayDirection", "Converging" if node.kind in ("join", "merge") else "Diverging")
    if node.kind == "check":  # a question, and the way that is usual: other tools complain of a gateway without them
        element.set("name", f"{words.passed}?")
        usual = [flow.id for flow in placed.flows if flow.source == node.id and flow.kind == "passed"]
        if usual:
            element.set("default", usual[0])
    for tag, ids in (
        ("incoming", [flow.id for flow in placed.flows if flow.target == node.id]),
        ("outgoing", [flow.id for flow in placed.flows if flow.source == node.id]),
    ):
        for one in ids:
            _sub(element, tag).text = one


def _drawing(root: etree._Element, placed: Layout) -> None:
    diagram = etree.SubElement(root, f"{{{_DI}}}BPMNDiagram", id="diagram")
    plane = etree.SubElement(diagram, f"{{{_DI}}}BPMNPlane", id="plane", bpmnElement="collaboration")
    height = sum(lane.box.height for lane in placed.lanes)
    _shape(plane, "participant", MARGIN, MARGIN, placed.width - 2 * MARGIN, height, isHorizontal="true")
    for place, lane in enumerate(placed.lanes):
        box = lane.box
        _shape(plane, f"lane{place}", box.x + _BAND, box.y, box.width - _BAND, box.height, isHorizontal="true")
    for node in placed.nodes.values():
        more = {"isMarkerVisible": "true"} if node.kind in ("check", "merge") else {}
        shape = _shape(plane, node.id, node.box.x, node.box.y, node.box.width, node.box.height, **more)
        if node.kind == "check":
            _label(shape, node.box.x - 10, node.box.y - _LABEL_HEIGHT - 4)
    for flow in placed.flows:
        edge = etree.SubElement(plane, f"{{{_DI}}}BPMNEdge", id=f"{flow.id}_edge", bpmnElement=flow.id)
        for x, y in flow.points:
            etree.SubElement(edge, f"{{{_DD}}}waypoint", x=f"{x:g}", y=f"{y:g}")
        _label_of_flow(edge, flow)


def _label_of_flow(edge: etree._Element, flow: Flow) -> None:
    """Beside the way's beginning, where nothing else is: left to themselves other tools write it across the middle, over tasks."""
    if flow.kind == "back":
        _label(edge, flow.points[1][0] - _LABEL_WIDTH - 2, flow.points[1][1] - 1)
    elif flow.kind == "passed":
        x, y = flow.points[0]
        goes_up = flow.points[-1][1] < y
        _label(edge, x - 14, y + 4 if goes_up else y - _LABEL_HEIGHT - 8)


def _label(parent: etree._Element, x: float, y: float) -> None:
    label = etree.SubElement(parent, f"{{{_DI}}}BPMNLabel")
    size = {"width": f"{_LABEL_WIDTH}", "height": f"{_LABEL_HEIGHT}"}
    etree.SubElement(label, f"{{{_DC}}}Bounds", {"x": f"{x:g}", "y": f"{y:g}", **size})


def _shape(
    plane: etree._Element, of: str, x: float, y: float, width: float, height: float, **more: str
) -> etree._Element:
    attributes = {"id": f"{of}_shape", "bpmnElement": of, **more}
    shape = etree.SubElement(plane, f"{{{_DI}}}BPMNShape", attributes)
    etree.SubElement(shape, f"{{{_DC}}}Bounds", x=f"{x:g}", y=f"{y:g}", width=f"{width:g}", height=f"{height:g}")
    return shape


def _fitting(text: str, length: float) -> str:
    """What fits in two lines of a band of that length."""
    return clip(_text(text), max(20, 2 * int(length / _LETTER) - 6))


def _text(text: str) -> str:
    """What XML can hold: no control characters."""
    return "".join(char for char in text if char >= " " or char in "\t\n").replace("\ufffe", "").replace("\uffff", "")
