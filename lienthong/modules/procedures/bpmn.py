"""An internal process as BPMN 2.0 XML with its drawing, for other tools to open (ISO/IEC 19510, BPMN DI)."""

from collections.abc import Sequence
from typing import Any

from lxml import etree

from lienthong.modules.procedures.layout import HEAD, MARGIN, Drawn, Layout, Node, Words, layout

MODEL = "http://www.omg.org/spec/BPMN/20100524/MODEL"
_DI = "http://www.omg.org/spec/BPMN/20100524/DI"
_DC = "http://www.omg.org/spec/DD/20100524/DC"
_DD = "http://www.omg.org/spec/DD/20100524/DI"
_NAMES: dict[Any, str] = {None: MODEL, "bpmndi": _DI, "dc": _DC, "di": _DD}
_TAGS = {
    "start": "startEvent", "end": "endEvent", "task": "userTask", "split": "parallelGateway", "join": "parallelGateway",
    "check": "exclusiveGateway",
}  # fmt: skip


def bpmn(*, steps: Sequence[Drawn], name: str, words: Words) -> bytes:
    """The document, UTF-8. Several steps that follow one run side by side: a parallel gateway parts them and another
    joins them; where a step may send back, an exclusive gateway asks. Ids are unique and plain ASCII."""
    placed = layout(steps)
    root = etree.Element(
        f"{{{MODEL}}}definitions", nsmap=_NAMES, id="definitions",
        targetNamespace="urn:lienthong:procedures", exporter="Lien Thong",
    )  # fmt: skip
    shared = _sub(root, "collaboration", id="collaboration")
    _sub(shared, "participant", id="participant", name=_text(name), processRef="process")
    process = _sub(root, "process", id="process", name=_text(name), isExecutable="false")
    _lanes(process, placed)
    by_key = {step.key: step for step in steps}
    for node in placed.nodes.values():
        _node(process, node, placed, by_key, words)
    for flow in placed.flows:
        said = {"passed": words.passed, "back": words.back}.get(flow.kind)
        more = {"name": said} if said else {}
        _sub(process, "sequenceFlow", id=flow.id, sourceRef=flow.source, targetRef=flow.target, **more)
    _drawing(root, placed)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def _sub(parent: etree._Element, tag: str, **attributes: str) -> etree._Element:
    return etree.SubElement(parent, f"{{{MODEL}}}{tag}", attributes)


def _lanes(process: etree._Element, placed: Layout) -> None:
    lanes = _sub(process, "laneSet", id="lanes")
    for place, lane in enumerate(placed.lanes):
        element = _sub(lanes, "lane", id=f"lane{place}", name=_text(lane.name))
        for node in lane.nodes:
            _sub(element, "flowNodeRef").text = node


def _node(process: etree._Element, node: Node, placed: Layout, by_key: dict[str, Drawn], words: Words) -> None:
    element = _sub(process, _TAGS[node.kind], id=node.id)
    if node.kind == "task":
        step = by_key[node.key]
        element.set("name", _text(f"{step.key}. {step.name}"))
        if step.hours is not None:
            _sub(element, "documentation").text = _text(words.hours.format(hours=f"{step.hours.normalize():f}"))
    elif node.kind in ("start", "end"):
        element.set("name", _text(words.start if node.kind == "start" else words.end))
    else:
        element.set("gatewayDirection", "Converging" if node.kind == "join" else "Diverging")
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
        box, left = lane.box, HEAD / 2
        _shape(plane, f"lane{place}", box.x + left, box.y, box.width - left, box.height, isHorizontal="true")
    for node in placed.nodes.values():
        more = {"isMarkerVisible": "true"} if node.kind == "check" else {}
        _shape(plane, node.id, node.box.x, node.box.y, node.box.width, node.box.height, **more)
    for flow in placed.flows:
        edge = etree.SubElement(plane, f"{{{_DI}}}BPMNEdge", id=f"{flow.id}_edge", bpmnElement=flow.id)
        for x, y in flow.points:
            etree.SubElement(edge, f"{{{_DD}}}waypoint", x=f"{x:g}", y=f"{y:g}")


def _shape(plane: etree._Element, of: str, x: float, y: float, width: float, height: float, **more: str) -> None:
    attributes = {"id": f"{of}_shape", "bpmnElement": of, **more}
    shape = etree.SubElement(plane, f"{{{_DI}}}BPMNShape", attributes)
    etree.SubElement(shape, f"{{{_DC}}}Bounds", x=f"{x:g}", y=f"{y:g}", width=f"{width:g}", height=f"{height:g}")


def _text(text: str) -> str:
    """What XML can hold: no control characters."""
    return "".join(char for char in text if char >= " " or char in "\t\n").replace("\ufffe", "").replace("\uffff", "")
