"""The drawing with lanes, and the format in which other tools open it."""

from decimal import Decimal

import pytest
from lxml import etree

from lienthong.modules.procedures import process_file
from lienthong.modules.procedures.bpmn import MODEL, bpmn
from lienthong.modules.procedures.diagram import svg, wrapped
from lienthong.modules.procedures.layout import Drawn, Words, layout
from lienthong.modules.procedures.tests.files import STEPS, USUAL, needs_shared, steps

WORDS = Words("Bắt đầu", "Kết thúc", "Đạt", "Chưa đạt", "{hours} giờ")
N = {"b": MODEL, "di": "http://www.omg.org/spec/BPMN/20100524/DI", "dd": "http://www.omg.org/spec/DD/20100524/DI"}
BRANCHED = [
    Drawn("1", "Tiếp nhận & <kiểm tra>", "Một cửa", Decimal(2), ("2", "3")),
    Drawn("2", "Xin ý kiến", "Chuyên viên", Decimal(16), ("4",)),
    Drawn("3", "Đo đạc", "Chuyên viên", Decimal("7.5"), ("4",)),
    Drawn("4", "Thẩm định", "Chuyên viên", None, ("5",), "1"),
    Drawn("5", "Ký", "Lãnh đạo", Decimal(4), ("6", "7"), "4"),
    Drawn("6", "Trả kết quả", "Một cửa", None, ()),
    Drawn("7", "Lưu hồ sơ", "Văn thư", None, ()),
]


def drawn(table) -> list[Drawn]:
    return [Drawn(row.key, row.name, row.performer, row.hours, row.next, row.back_to) for row in table.rows]


def tables():
    if not STEPS.exists():
        return process_file.read_jsonl(steps(*USUAL))
    with STEPS.open("rb") as file:
        return process_file.read_jsonl(file)


def check(text: bytes, count: int) -> None:
    root = etree.fromstring(text)
    ids = root.xpath("//@id")
    assert len(ids) == len(set(ids))
    flows = root.xpath("//b:sequenceFlow", namespaces=N)
    nodes = set(root.xpath("//b:process/*[not(self::b:laneSet or self::b:sequenceFlow)]/@id", namespaces=N))
    shapes = set(root.xpath("//di:BPMNShape/@bpmnElement", namespaces=N))
    assert len(root.xpath("//b:userTask", namespaces=N)) == count
    assert nodes <= shapes
    assert set(root.xpath("//b:lane/@id", namespaces=N)) <= shapes
    assert set(root.xpath("//di:BPMNEdge/@bpmnElement", namespaces=N)) == {flow.get("id") for flow in flows}
    assert sorted(root.xpath("//b:flowNodeRef/text()", namespaces=N)) == sorted(nodes)
    for flow in flows:
        assert {flow.get("sourceRef"), flow.get("targetRef")} <= nodes
        assert root.xpath("//b:outgoing[text()=$id]/../@id", id=flow.get("id"), namespaces=N) == [flow.get("sourceRef")]
        assert root.xpath("//b:incoming[text()=$id]/../@id", id=flow.get("id"), namespaces=N) == [flow.get("targetRef")]
    for edge in root.xpath("//di:BPMNEdge", namespaces=N):
        assert len(edge.xpath("dd:waypoint", namespaces=N)) >= 2
    for node in nodes - {"start"}:
        assert root.xpath("//b:sequenceFlow[@targetRef=$id]", id=node, namespaces=N), node
    for node in nodes - {"end"}:
        assert root.xpath("//b:sequenceFlow[@sourceRef=$id]", id=node, namespaces=N), node


def test_branches_become_gateways_with_shapes_and_ends():
    text = bpmn(steps=BRANCHED, name="Quy trình \x01 & thử", words=WORDS)
    check(text, 7)
    root = etree.fromstring(text)
    assert len(root.xpath("//b:parallelGateway[@gatewayDirection='Diverging']", namespaces=N)) == 2
    assert root.xpath("//b:parallelGateway[@gatewayDirection='Converging']/@id", namespaces=N) == ["join3", "gather"]
    assert root.xpath("//b:exclusiveGateway[@gatewayDirection='Diverging']/@id", namespaces=N) == ["check3", "check4"]
    back = root.xpath("//b:sequenceFlow[@name='Chưa đạt']/@targetRef", namespaces=N)
    assert back == ["merge0", "merge3"]
    ways = root.xpath("//b:sequenceFlow", namespaces=N)
    assert [w.get("targetRef") for w in ways if w.get("sourceRef") in back] == ["step0", "step3"]
    assert root.xpath("//b:lane/@name", namespaces=N) == ["Một cửa", "Chuyên viên", "Lãnh đạo", "Văn thư"]


def test_a_question_has_a_name_a_usual_way_and_a_condition_for_the_other():
    """What bpmnlint and SpiffWorkflow refuse where it is missing."""
    root = etree.fromstring(bpmn(steps=BRANCHED, name="Quy trình thử", words=WORDS))
    for gateway in root.xpath("//b:exclusiveGateway[@gatewayDirection='Diverging']", namespaces=N):
        (usual,) = root.xpath("//b:sequenceFlow[@id=$id]", id=gateway.get("default"), namespaces=N)
        assert (gateway.get("name"), usual.get("name"), usual.get("sourceRef")) == ("Đạt?", "Đạt", gateway.get("id"))
        (other,) = root.xpath("//b:sequenceFlow[@sourceRef=$id][@name='Chưa đạt']", id=gateway.get("id"), namespaces=N)
        assert other.findtext("b:conditionExpression", namespaces=N) == "Chưa đạt"
    assert not root.xpath("//b:participant[not(@name) or @name='']", namespaces=N)


def test_what_other_tools_write_fits_its_place_and_the_whole_is_in_the_documentation():
    work = "Kiểm tra, xem xét tính chính xác, đầy đủ của hồ sơ, lập phiếu tiếp nhận và hẹn trả kết quả cho người nộp"
    who = "Bộ phận tiếp nhận và trả kết quả của Sở Xây dựng tại Trung tâm Phục vụ hành chính công tỉnh"
    steps = [Drawn("1", work, who, Decimal(4), ("2",)), Drawn("2", "Trả kết quả", "Một cửa", None, (), "1")]
    root = etree.fromstring(bpmn(steps=steps, name="Quy trình " * 40, words=WORDS))
    task, lane = root.find("b:process/b:userTask", N), root.find("b:process/b:laneSet/b:lane", N)
    assert len(task.get("name")) <= 66 and task.get("name").startswith("1. Kiểm tra, xem xét")
    assert task.findtext("b:documentation", namespaces=N) == f"1. {work}\n4 giờ"
    assert len(lane.get("name")) <= 40 and lane.findtext("b:documentation", namespaces=N) == who
    assert len(root.find("b:collaboration/b:participant", N).get("name")) <= 80
    assert root.find("b:process", N).get("name") == ("Quy trình " * 40)


def test_labels_beside_a_question_lie_on_no_task():
    root = etree.fromstring(bpmn(steps=BRANCHED, name="Quy trình thử", words=WORDS))
    dc = {**N, "dc": "http://www.omg.org/spec/DD/20100524/DC"}
    labels = root.xpath("//di:BPMNLabel/dc:Bounds", namespaces=dc)
    assert len(labels) == 6
    tasks = [
        {name: float(value) for name, value in shape.find("dc:Bounds", dc).attrib.items()}
        for shape in root.xpath("//di:BPMNShape[starts-with(@bpmnElement, 'step')]", namespaces=dc)
    ]
    for label in labels:
        at = {name: float(value) for name, value in label.attrib.items()}
        middle = at["x"] + at["width"] / 2, at["y"] + at["height"] / 2
        for task in tasks:
            inside_x = task["x"] < middle[0] < task["x"] + task["width"]
            assert not (inside_x and task["y"] < middle[1] < task["y"] + task["height"])


def test_only_one_way_leads_into_a_step_or_the_end_as_other_tools_want_it():
    """bpmnlint calls several a join that is none."""
    root = etree.fromstring(bpmn(steps=BRANCHED, name="Quy trình thử", words=WORDS))
    for node in root.xpath("//b:userTask | //b:endEvent", namespaces=N):
        assert len(node.findall("b:incoming", N)) == 1, node.get("id")


@pytest.mark.parametrize("merging", [False, True])
def test_nothing_covers_anything_else(merging):
    for table in [BRANCHED, *(drawn(table) for table in tables())]:
        boxes = [node.box for node in layout(table, merging=merging).nodes.values()]
        for place, one in enumerate(boxes):
            for other in boxes[place + 1 :]:
                apart = (
                    one.x + one.width <= other.x or other.x + other.width <= one.x
                    or one.y + one.height <= other.y or other.y + other.height <= one.y
                )  # fmt: skip
                assert apart, (one, other)


def test_the_drawing_says_who_what_how_long_and_holds_no_script():
    root = etree.fromstring(svg(steps=BRANCHED, title="Quy trình", summary="Bảy bước", words=WORDS).encode())
    text = "\n".join(root.itertext())
    for said in ("Quy trình", "Bảy bước", "Một cửa", "1. Tiếp nhận &", "7,5 giờ", "Bắt đầu", "Chưa đạt"):
        assert said in text
    assert root.get("role") == "img"
    assert not root.xpath("//*[local-name()='script' or local-name()='style']")


@needs_shared
def test_every_real_process_is_drawn_and_exported():
    every_table = tables()
    assert len(every_table) == 44
    for table in every_table:
        check(bpmn(steps=drawn(table), name=table.name, words=WORDS), len(table.rows))
        etree.fromstring(svg(steps=drawn(table), title=table.name, summary="", words=WORDS).encode())


@pytest.mark.parametrize(
    ("text", "lines"), [("a b c", ["a b", "c"]), ("abcdef", ["ab…"]), ("aa bb cc dd", ["aa", "bb…"])]
)
def test_long_names_are_broken_into_lines(text, lines):
    assert wrapped(text, 3, 2) == lines
