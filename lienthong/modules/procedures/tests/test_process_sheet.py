"""Process tables as provinces write them: other headings, merged cells, parts, sums, several tables in one file."""

import io
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from lienthong.kit.refusal import Refused
from lienthong.modules.procedures import process_file, process_sheet, process_words
from lienthong.modules.procedures.actions.import_processes import step_of
from lienthong.modules.procedures.rules import faults, longest_hours
from lienthong.modules.procedures.terms import StepKind
from lienthong.modules.procedures.tests.files import lines

USUAL = ("Bước", "Nội dung công việc", "Người thực hiện", "Thời gian")


def sheets(*pages, merged=()) -> bytes:
    book, out = Workbook(), io.BytesIO()
    book.remove(book.active)
    for number, rows in enumerate(pages):
        page = book.create_sheet(f"Trang {number}")
        for row in rows:
            page.append(row)
        for place in merged:
            page.merge_cells(place)
    book.save(out)
    return out.getvalue()


def one(*rows, merged=()):
    (table,) = process_file.read(sheets(rows, merged=merged), "bang")
    assert faults([step_of(row) for row in table.rows]) == []
    return table


def shown(table):
    return [(row.key, row.hours) for row in table.rows]


@pytest.mark.parametrize(
    "headings",
    [
        ("TT", "Trình tự thực hiện", "Trách nhiệm", "Thời gian (giờ)"),
        ("STT", "Các bước thực hiện", "Bộ phận/người thực hiện", "Thời hạn giải quyết"),
        ("Các bước", "Nội dung thực hiện", "Chức danh, vị trí", "Thời gian thực hiện"),
        ("Bước thực hiện", "Nội dung công việc", "Đơn vị/người thực hiện", "Số giờ"),
        ("Số TT", "Mô tả công việc", "Cá nhân, đơn vị", "Thời gian giải quyết (giờ làm việc)"),
        ("Step", "Task", "Who", "Hours"),
    ],
)
def test_headings_are_known_as_provinces_write_them(headings):
    table = one(headings, ("1", "Tiếp nhận hồ sơ", "Bộ phận Một cửa", "4"), ("B2", "Trả kết quả", "BPMC", "0,5 ngày"))
    assert shown(table) == [("1", Decimal(4)), ("2", Decimal(4))]
    assert [row.performer for row in table.rows] == ["Bộ phận Một cửa", "BPMC"]


def test_two_columns_may_say_who_does_it():
    table = one(
        ("Bước", "Nội dung", "Chức danh, vị trí", "Cơ quan thực hiện", "Thời gian"),
        ("1", "Tiếp nhận", "Công chức", "Ủy ban nhân dân xã", "4 giờ"), ("2", "Trả kết quả", "Công chức", "Một cửa", ""),
    )  # fmt: skip
    assert table.rows[0].performer == "Công chức, Ủy ban nhân dân xã"


def test_lines_with_the_sum_are_no_steps_and_a_sum_that_is_not_the_sum_is_said():
    rows = [USUAL, ("1", "Tiếp nhận", "Một cửa", "4 giờ"), ("2", "Trả kết quả", "Một cửa", "2 giờ")]
    table = one(*rows, ("Tổng cộng", None, None, "01 ngày làm việc"))
    assert shown(table) == [("1", Decimal(4)), ("2", Decimal(2))]
    assert [(said.line, said.why) for said in table.remarks] == [(4, "dòng tổng ghi 8 giờ, các bước cộng lại 6 giờ")]
    merged = one(*rows, ("Tổng thời gian giải quyết: 06 giờ", None, None, None), merged=["A4:D4"])
    assert len(merged.rows) == 2 and merged.remarks == ()


def test_cells_that_a_merged_one_covers_belong_to_its_step():
    table = one(
        USUAL, ("Bước 1", "Tiếp nhận", "Một cửa", "0,5 ngày"), ("Bước 2", "Phân công", "Phòng Kinh tế", "2 ngày"),
        (None, "Thẩm định", None, None), (None, "Dự thảo kết quả", None, None), ("Bước 3", "Trả kết quả", "Một cửa", ""),
        merged=["A3:A5", "C3:C5", "D3:D5"],
    )  # fmt: skip
    assert shown(table) == [("1", Decimal(4)), ("2", Decimal(16)), ("3", None)]
    assert table.rows[1].work == "Phân công\nThẩm định\nDự thảo kết quả"


def test_lines_without_a_number_that_say_who_are_steps_of_their_own():
    table = one(
        USUAL, ("Bước 1", "Tiếp nhận", "Một cửa", "4 giờ"), ("Bước 2", "Phân công", "Trưởng phòng", "2 giờ"),
        (None, "Thẩm định", "Chuyên viên", "6 giờ"), ("Bước 3", "Trả kết quả", "Một cửa", ""), merged=["A3:A4"],
    )  # fmt: skip
    assert shown(table) == [("1", Decimal(4)), ("2.1", Decimal(2)), ("2.2", Decimal(6)), ("3", None)]
    assert [row.next for row in table.rows] == [("2.1",), ("2.2",), ("3",), ()]


def test_parts_of_a_table_are_no_steps_and_numbers_that_begin_anew_lose_no_line():
    table = one(
        ("STT", *USUAL[1:]), ("I", "TẠI TRUNG TÂM", None, None), (1, "Tiếp nhận", "TTPVHCC", "4 giờ"),
        ("II", "TẠI SỞ", None, None), (1, "Phân công", "Lãnh đạo phòng", "4 giờ"), (2, "Thẩm định", "Chuyên viên", "2 ngày"),
        ("III", "Trả kết quả", None, None), (1, "Trả kết quả", "TTPVHCC", None),
    )  # fmt: skip
    assert [row.name for row in table.rows] == ["Tiếp nhận", "Phân công", "Thẩm định", "Trả kết quả"]
    assert [row.key for row in table.rows] == ["1", "2", "3", "4"]
    assert [said.line for said in table.remarks] == [2, 4, 7, 5, 6, 8]


def test_a_step_that_gathers_its_sub_steps_is_not_counted_twice():
    rows = [
        USUAL, ("B1", "Tiếp nhận", "Một cửa", "4 giờ"), ("B2", "Xử lý hồ sơ", "Phòng chuyên môn", "3 ngày"),
        ("B2.1", "Phân công", "Trưởng phòng", "4 giờ"), ("B2.2", "Thẩm định", "Chuyên viên", "2,5 ngày"),
        ("B3", "Trả kết quả", "Một cửa", "0"),
    ]  # fmt: skip
    table = one(*rows)
    assert [row.key for row in table.rows] == ["1", "2.1", "2.2", "3"]
    assert sum(row.hours for row in table.rows) == 28
    rows[2] = ("B2", "Xử lý hồ sơ", "Phòng chuyên môn", "4 ngày")
    assert "ghi 32 giờ, các bước con cộng lại 24 giờ" in one(*rows).remarks[0].why


def test_steps_side_by_side_begin_together_and_are_waited_for():
    table = one(
        USUAL, ("1", "Tiếp nhận", "Một cửa", "1 giờ"), ("2a", "Thẩm định đất đai (song song)", "Chuyên viên", "2 ngày"),
        ("2b", "Thẩm định xây dựng (song song)", "Chuyên viên", "3 ngày"), ("3", "Trả kết quả", "Một cửa", "1 giờ"),
    )  # fmt: skip
    assert [row.next for row in table.rows] == [("2a", "2b"), ("3",), ("3",), ()]
    assert longest_hours([step_of(row) for row in table.rows]) == 26
    assert "2a, 2b" in table.remarks[0].why


def test_a_heading_of_two_lines_is_no_step_and_the_first_of_several_times_counts():
    table = one(
        ("TT", "Trình tự thực hiện", "Trách nhiệm", "Thời gian", None, "Biểu mẫu"),
        (None, None, None, "Theo quy định", "Đã cắt giảm", None), (1, "Tiếp nhận", "BPMC", "1 ngày", "4 giờ", "BM01"),
        (2, "Trả kết quả", "BPMC", "1 ngày", "2 giờ", ""), merged=["A1:A2", "B1:B2", "C1:C2", "D1:E1", "F1:F2"],
    )  # fmt: skip
    assert shown(table) == [("1", Decimal(8)), ("2", Decimal(8))]
    assert [said.why for said in table.remarks] == ["có nhiều cột thời gian; lấy cột Theo quy định"]


def test_every_table_of_every_sheet_is_read():
    body = [("Bước 1", "Tiếp nhận", "BPMC", "4 giờ"), ("Bước 2", "Trả kết quả", "BPMC", "")]
    first = [
        ("1. Thủ tục A (1.900011)",),
        USUAL,
        *body,
        ("Tổng", "", "", "4 giờ"),
        (),
        ("2. Thủ tục B (1.900012)",),
        USUAL,
        *body,
    ]
    found = process_file.read(sheets([("Danh mục",)], first, [("Thủ tục C 1.900013",), USUAL, *body]), "bang")
    assert [table.code for table in found] == ["1.900011", "1.900012", "1.900013"]
    assert [len(table.rows) for table in found] == [2, 2, 2]
    assert len({table.source for table in found}) == 3


def test_a_table_without_numbers_is_numbered_and_says_so():
    table = one(USUAL[1:], ("Tiếp nhận", "Một cửa", "4 giờ"), ("Trả kết quả", "Một cửa", "4 giờ"))
    assert [row.key for row in table.rows] == ["1", "2"]
    assert [said.why for said in table.remarks] == ["bảng không có cột Bước; đánh số theo thứ tự dòng"]


def test_a_figure_without_a_unit_anywhere_is_hours_and_says_so():
    table = one(USUAL, ("1", "Tiếp nhận", "Một cửa", 0.5), ("2", "Trả kết quả", "Một cửa", 2))
    assert shown(table) == [("1", Decimal("0.5")), ("2", Decimal(2))]
    assert "không ghi đơn vị" in table.remarks[0].why


def test_a_next_step_that_is_a_sentence_is_named_and_the_next_line_follows():
    table = one(
        (*USUAL, "Bước tiếp theo"), ("1", "Tiếp nhận", "Một cửa", "1 giờ", "Bước 2"),
        ("2", "Thẩm định", "Chuyên viên", "1 giờ", "3, nếu không đạt quay lại bước 1"), ("3", "Trả kết quả", "Một cửa", "", "Kết thúc"),
    )  # fmt: skip
    assert [row.next for row in table.rows] == [("2",), ("3",), ()]
    assert "bước tiếp theo không rõ" in table.refusals[0].why


@pytest.mark.parametrize(
    ("said", "hours"),
    [
        ("½ ngày", "4"), ("nửa ngày", "4"), ("1½ ngày", "12"), ("Trong ngày", "8"), ("1 ngày làm việc/8 giờ", "8"),
        ("01 ngày = 8 giờ", "8"), ("Không quá 02 ngày", "16"), ("04 giờ/hồ sơ", "4"), ("Giờ hành chính", None), ("-", None),
    ],
)  # fmt: skip
def test_times_as_they_are_written(said, hours):
    assert process_words.hours(said) == (None if hours is None else Decimal(hours), True)


@pytest.mark.parametrize("said", ["5 ngày x 8 giờ", "1 ngày/4 giờ", "theo lịch họp", "2 ngày - 3 ngày"])
def test_times_that_contradict_themselves_are_not_guessed(said):
    assert process_words.hours(said) == (None, False)


def test_steps_within_a_process_and_other_names_of_fields_are_read():
    nested = {
        "ma_thu_tuc": "1.900021", "ten_thu_tuc": "Cấp bản sao", "cac_buoc": [
            {"stt": 1, "noi_dung": "Tiếp nhận", "don_vi_thuc_hien": "Một cửa", "so_gio": 4},
            {"stt": 2, "noi_dung": "Trả kết quả", "don_vi_thuc_hien": "Một cửa", "so_gio": 2.5},
            {"stt": "", "noi_dung": "Tổng cộng", "so_gio": 6.5},
        ],
    }  # fmt: skip
    (table,) = process_file.read_jsonl(lines(nested))
    assert (table.code, table.name, table.remarks) == ("1.900021", "Cấp bản sao", ())
    assert shown(table) == [("1", Decimal(4)), ("2", Decimal("2.5"))]
    assert [row.kind for row in table.rows] == [StepKind.RECEIVE, StepKind.RETURN]
    again = process_file.read_jsonl([b"[\n", *lines(nested), b"]\n"])
    assert [row.key for row in again[0].rows] == ["1", "2"]


def test_csv_in_other_encodings_is_read_or_refused_in_words():
    text = "Bước;Nội dung;Người thực hiện;Thời gian\n1;Tiếp nhận;BPMC;4 giờ\n2;Trả kết quả;BPMC;1 giờ\n"
    (table,) = process_file.read(text.encode("utf-16"), "bang")
    assert len(table.rows) == 2
    with pytest.raises(Refused, match="UTF-8"):
        process_file.read(text.encode("cp1258", "replace"), "bang")
    with pytest.raises(Refused, match="nháy kép"):
        process_file.read(text.replace("Tiếp nhận", '"Tiếp nhận').encode(), "bang")
    with pytest.raises(Refused, match="xlsx"):
        process_file.read(b"\xd0\xcf\x11\xe0" + bytes(600), "bang")


CELLS = st.one_of(
    st.none(),
    st.sampled_from(
        [
            "Bước",
            "Bước 1",
            "1a",
            "II",
            "Tổng cộng",
            "song song",
            "TT",
            "Nội dung",
            "Người thực hiện",
            "Thời gian",
            "2,5 ngày",
            "A1:B2",
        ]
    ),
    st.integers(-3, 9999),
    st.floats(allow_nan=True),
    st.text(max_size=30),
    st.times(),
    st.datetimes(),
)


@given(st.lists(st.lists(CELLS, max_size=6), max_size=12))
def test_no_sheet_stops_the_reading(rows):
    try:
        found = process_sheet.tables([USUAL, *rows], "bang")
    except Refused:
        return
    for table in found:
        keys = [row.key for row in table.rows]
        assert len(keys) == len(set(keys)) and all(1 <= len(key) <= 10 for key in keys)
        assert {key for row in table.rows for key in row.next} <= set(keys)
