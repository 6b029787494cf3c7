"""Reading tables of internal processes."""

import io
from datetime import time
from decimal import Decimal

import pytest
from openpyxl import Workbook

from lienthong.kit.refusal import Refused
from lienthong.modules.procedures import process_file, process_words
from lienthong.modules.procedures.actions.import_processes import step_of
from lienthong.modules.procedures.process_file import Refusal, Table
from lienthong.modules.procedures.rules import faults
from lienthong.modules.procedures.terms import StepKind
from lienthong.modules.procedures.tests.files import STEPS, USUAL, lines, needs_shared, steps


@pytest.mark.parametrize(
    ("said", "hours"),
    [
        ("0,25 ngày làm việc", "2"), ("04 giờ làm việc", "4"), ("30 phút", "0.5"), ("01 ngày 4 giờ", "12"), ("7.5 ngày", "60"),
        ("1/2 ngày", "4"), ("02 ngày (16 giờ)", "16"), ("1 buổi", "4"), ("Không tính thời gian", None), ("", None),
    ],
)  # fmt: skip
def test_times_in_words_become_working_hours(said, hours):
    assert process_words.hours(said) == (None if hours is None else Decimal(hours), True)


@pytest.mark.parametrize("said", ["khi xong", "2-3 ngày", "1 ngày hoặc 2 ngày", "2 tháng", "1/0 ngày", "5"])
def test_a_time_that_is_not_sure_is_not_guessed(said):
    assert process_words.hours(said) == (None, False)


def test_a_table_is_read_with_kinds_duties_and_ways():
    (table,) = process_file.read_jsonl(steps(*USUAL))
    assert isinstance(table, Table)
    assert (table.code, table.decision_no, table.name) == ("1.900001", "7/QĐ-UBND", "Đăng ký hộ nuôi chim yến")
    assert [(row.key, row.kind.value, row.duty.value, row.next) for row in table.rows] == [
        ("1", "receive", "desk", ("2",)), ("2", "assign", "unit_head", ("3",)), ("3", "handle", "official", ("4",)),
        ("4", "decide", "leader", ("5",)), ("5", "release", "clerk", ("6",)), ("6", "return", "desk", ()),
    ]  # fmt: skip
    assert sum(row.hours or 0 for row in table.rows) == Decimal("32.5")
    assert table.refusals == table.remarks == ()


def test_columns_that_changed_places_are_put_right_and_said():
    rows = list(USUAL)
    rows[1] = (rows[1][1], rows[1][0], rows[1][2])
    (table,) = process_file.read_jsonl(steps(*rows))
    assert (table.rows[1].name, table.rows[1].performer) == (
        "Phân công chuyên viên thụ lý hồ sơ",
        "Lãnh đạo phòng Kinh tế",
    )
    assert [remark.line for remark in table.remarks] == [2]


def test_a_row_that_cannot_be_read_costs_only_itself():
    odd = [*steps(*USUAL), b"{", *lines({"buoc": "Bước 9"}), *steps(("Thẩm định", "Chuyên viên", "khi xong"), number=2)]
    found = process_file.read_jsonl(odd)
    assert [one.line for one in found if isinstance(one, Refusal)] == [7, 8]
    tables = [one for one in found if isinstance(one, Table)]
    assert [len(table.rows) for table in tables] == [6, 1]
    assert "khi xong" in tables[1].refusals[0].why


def test_csv_with_branches_is_read():
    text = (
        "Quy trình 1.900001;;;;;\nBước;Công việc;Người thực hiện;Thời gian (ngày);Bước tiếp theo;Loại\n"
        "1;Tiếp nhận;Một cửa;0,5;2 và 3;\n2;Xin ý kiến;Chuyên viên;2;4;Lấy ý kiến\n3;Đo đạc;Chuyên viên;1;Bước 4;Kiểm tra thực địa\n"
        "4;Trả kết quả;Một cửa;;Kết thúc;Trả kết quả\n"
    )
    (table,) = process_file.read_csv(text.encode("utf-8-sig"), "bang")
    assert [(row.next, row.kind, row.hours) for row in table.rows] == [
        (("2", "3"), StepKind.RECEIVE, Decimal(4)), (("4",), StepKind.OPINION, Decimal(16)),
        (("4",), StepKind.INSPECT, Decimal(8)), ((), StepKind.RETURN, None),
    ]  # fmt: skip
    assert table.code == "1.900001"


def workbook(*rows) -> bytes:
    book, out = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(out)
    return out.getvalue()


def test_xlsx_is_read_with_numbers_and_times_of_day():
    content = workbook(
        ["Quy trình thử"], ["STT", "Nội dung công việc", "Trách nhiệm", "Thời gian (giờ)"],
        [1, "Tiếp nhận hồ sơ", "Bộ phận một cửa", 2.5], [2, "Trả kết quả", "Bộ phận một cửa", time(1, 30)],
    )  # fmt: skip
    (table,) = process_file.read_xlsx(content, "bang")
    assert [(row.key, row.hours) for row in table.rows] == [("1", Decimal("2.5")), ("2", Decimal("1.5"))]


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04", b"not a zip", workbook(["a", "b"]), workbook(["Bước", "Công việc"])]
)
def test_a_workbook_that_is_none_is_refused_in_words(content):
    with pytest.raises(Refused):
        process_file.read_xlsx(content, "bang")


@pytest.mark.parametrize("content", [b"\xff\xff", b"", b"a,b\n1,2\n", "Bước,Công việc\n".encode()])
def test_a_csv_without_headings_or_rows_is_refused_in_words(content):
    with pytest.raises(Refused):
        process_file.read_csv(content, "bang")


@needs_shared
def test_all_real_processes_are_read_and_can_be_used():
    with STEPS.open("rb") as file:
        found = process_file.read_jsonl(file)
    tables = [one for one in found if isinstance(one, Table)]
    assert (len(found), len(tables), sum(len(table.rows) for table in tables)) == (44, 44, 347)
    assert [fault for table in tables for fault in faults([step_of(row) for row in table.rows])] == []
    first = tables[0]
    assert [row.performer for row in first.rows][1] == "Lãnh đạo phòng Quản lý Thông tin, Báo chí, Xuất bản (QLTTBCXB)"
    assert sum(row.hours or 0 for row in first.rows) == 24
    assert len([refusal for table in tables for refusal in table.refusals]) == 4
