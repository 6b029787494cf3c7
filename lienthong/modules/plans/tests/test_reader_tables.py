"""Tables of targets and tasks: cells between bars or tabs, one cell a line, merged headings, Word."""

import io

import pytest

from lienthong.kit.text_of_office import text_of_docx
from lienthong.modules.plans.reader import read
from lienthong.modules.plans.tests.test_plan_file import packed

HEADING = "TT | Chỉ tiêu | Đơn vị tính | Hiện trạng 2020 | Kế hoạch |  |  | Ghi chú\n"
YEARS = "TT | Chỉ tiêu | Đơn vị tính | Hiện trạng 2020 | Năm 2021 | Năm 2022 | Năm 2023 | Ghi chú\n"
ROWS = (
    "I | Chính quyền |  |  |  |  |  | \n"
    "1 | Tỷ lệ xã có cổng thông tin | % | 25 | 50 | ≥ 80 | 100 | \n"
    "2 | Số tổ công nghệ cộng đồng | Tổ | 0 | 100 | 250 | 400 | cấp xã\n"
)
MEANT = [
    ("Tỷ lệ xã có cổng thông tin", 50, "%", "2021"),
    ("Tỷ lệ xã có cổng thông tin", 80, "%", "2022"),
    ("Tỷ lệ xã có cổng thông tin", 100, "%", "2023"),
    ("Số tổ công nghệ cộng đồng", 100, "Tổ", "2021"),
    ("Số tổ công nghệ cộng đồng", 250, "Tổ", "2022"),
    ("Số tổ công nghệ cộng đồng", 400, "Tổ", "2023"),
]


def figures(text):
    return [(one.subject, int(one.value_low), one.unit, one.when) for one in read(text).targets]


@pytest.mark.parametrize("repeated", [True, False], ids=["the heading again", "empty cells"])
def test_years_under_a_merged_heading_each_give_a_target(repeated):
    years = YEARS if repeated else " |  |  |  | Năm 2021 | Năm 2022 | Năm 2023 | \n"
    assert figures(HEADING + years + ROWS) == MEANT


def test_tabs_and_framed_rows_part_cells_as_bars_do():
    assert figures((YEARS + ROWS).replace(" |", "\t").replace("\t ", "\t")) == MEANT
    framed = "".join(f"| {line} |\n" for line in (YEARS + "---|---|---|---|---|---|---|---\n" + ROWS).splitlines())
    assert figures(framed) == MEANT


@pytest.mark.parametrize("after", [False, True], ids=["before its years", "before the other columns"])
def test_a_merged_heading_is_left_out_where_every_cell_has_a_line(after):
    over = ["Kế hoạch", "Ghi chú", "Năm 2021", "Năm 2022"] if after else ["Kế hoạch", "Năm 2021", "Năm 2022", "Ghi chú"]
    cells = ["TT", "Chỉ tiêu", "Đơn vị tính", *over, "1", "Tỷ lệ xã có cổng thông tin", "%", "50", "80", "cấp xã", "2"]
    cells += ["Số tổ cộng đồng", "Tổ", "100", "250", "cấp xã", "II. NHIỆM VỤ"]
    assert figures("\n".join(cells)) == [
        ("Tỷ lệ xã có cổng thông tin", 50, "%", "2021"),
        ("Tỷ lệ xã có cổng thông tin", 80, "%", "2022"),
        ("Số tổ cộng đồng", 100, "Tổ", "2021"),
        ("Số tổ cộng đồng", 250, "Tổ", "2022"),
    ]


def test_a_heading_that_was_broken_before_its_year_is_one():
    cells = [
        "Stt",
        "Chỉ tiêu",
        "ĐVT",
        "Thực hiện",
        "2025",
        "Kế hoạch",
        "2026",
        "1",
        "Tỷ lệ xã có cổng",
        "%",
        "31,5",
        "60",
    ]
    assert figures("\n".join(cells)) == [("Tỷ lệ xã có cổng", 60, "%", "2026")]


def test_a_cell_that_was_broken_over_lines_between_lonely_bars_is_one():
    cells = ["STT", "Chỉ tiêu", "Đơn vị tính", "Mục tiêu năm\n2026", "1", "Tỷ lệ hồ sơ được\nsố hóa", "%", "≥ 60"]
    (one,) = read("".join(f"{cell}\n|\n" for cell in cells)).targets
    assert (one.subject, one.value_low, one.unit, one.when) == ("Tỷ lệ hồ sơ được số hóa", 60, "%", "2026")


def test_a_table_of_costs_has_no_targets():
    text = "TT | Nội dung | Đơn vị tính | Kế hoạch 2026 | Đơn giá | Thành tiền\n1 | Máy chủ | Cái | 5 | 100 | 500\n"
    assert read(text).targets == ()


def test_a_row_of_tasks_takes_its_cells_by_column_and_a_group_is_none():
    text = (
        "STT | Nhiệm vụ | Phân công | | Thời hạn\nSTT | Nhiệm vụ | Chủ trì | Phối hợp | Thời hạn\nI | Dữ liệu | | |\n"
        "1 | Số hóa sổ hộ tịch | Sở Tư pháp | | Quý II/2026\n2 | Cấp tài khoản | Công an tỉnh | UBND cấp xã | Thường xuyên\n"
        "III. KINH PHÍ\nSở Tài chính bố trí kinh phí thực hiện.\n"
    )
    assert [(one.task, one.responsible, one.coordinating, one.deadline) for one in read(text).tasks] == [
        ("Số hóa sổ hộ tịch", "Sở Tư pháp", None, "quý II/2026"),
        ("Cấp tài khoản", "Công an tỉnh", "UBND cấp xã", "Thường xuyên"),
        ("bố trí kinh phí thực hiện", "Sở Tài chính", None, None),
    ]


def _cell(words, span=1, merged=""):
    told = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    told += {"first": '<w:vMerge w:val="restart"/>', "next": "<w:vMerge/>"}.get(merged, "")
    lines = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in words.split("\n"))
    return f"<w:tc><w:tcPr>{told}</w:tcPr>{lines}</w:tc>"


def _word(*rows):
    table = "".join(f"<w:tr>{''.join(row)}</w:tr>" for row in rows)
    return io.BytesIO(packed(f"<w:p/><w:tbl>{table}</w:tbl>"))


def test_a_word_table_with_merged_cells_is_read_by_its_columns():
    file = _word(
        [_cell("TT", merged="first"), _cell("Chỉ tiêu", merged="first"), _cell("Đơn vị", merged="first"), _cell("Lộ trình", 2)],
        [_cell("", merged="next"), _cell("", merged="next"), _cell("", merged="next"), _cell("Năm 2026"), _cell("Năm 2027")],
        [_cell("I"), _cell("Hạ tầng", 4)],
        [_cell("1"), _cell("Tỷ lệ thôn\ncó mạng 5G"), _cell("%"), _cell("40"), _cell("70")],
    )  # fmt: skip
    text = text_of_docx(file, 10_000, rows=True)
    assert "I | Hạ tầng |  |  | \n1 | Tỷ lệ thôn có mạng 5G | % | 40 | 70\n" in text
    assert figures(text) == [("Tỷ lệ thôn có mạng 5G", 40, "%", "2026"), ("Tỷ lệ thôn có mạng 5G", 70, "%", "2027")]


def test_a_word_cell_that_goes_on_downwards_holds_for_every_row():
    file = _word(
        [_cell("TT"), _cell("Nội dung"), _cell("Cơ quan chủ trì"), _cell("Thời gian")],
        [_cell("1"), _cell("Làm sạch dữ liệu"), _cell("Sở Tư pháp", merged="first"), _cell("Năm 2026")],
        [_cell("2"), _cell("Mở dữ liệu"), _cell("", merged="next"), _cell("Năm 2027")],
    )
    found = read(text_of_docx(file, 10_000, rows=True)).tasks
    assert [(one.task, one.responsible, one.deadline) for one in found] == [
        ("Làm sạch dữ liệu", "Sở Tư pháp", "2026"),
        ("Mở dữ liệu", "Sở Tư pháp", "2027"),
    ]


def test_a_narrow_word_table_only_lays_out_the_page():
    file = _word(
        [_cell("ỦY BAN NHÂN DÂN\nTỈNH SƠN HẢI"), _cell("CỘNG HÒA")], [_cell("Số: 5/KH-UBND"), _cell("Sơn Hải")]
    )
    lines = text_of_docx(file, 10_000, rows=True).split("\n")
    assert [line for line in lines if line] == [
        "ỦY BAN NHÂN DÂN",
        "TỈNH SƠN HẢI",
        "CỘNG HÒA",
        "Số: 5/KH-UBND",
        "Sơn Hải",
    ]


SPACED = (
    "PHỤ LỤC\nTT Chỉ tiêu ĐVT Thực hiện 2020 2021 2022 2023\n(1) (2) (3) (4) (5) (6) (7)\nI Chính quyền\n"
    "1 Tỷ lệ xã có cổng\nthông tin % 25 50 ≥ 80 100\n2 Số tổ công nghệ cộng đồng Tổ 0 100 250 400\nở các xã biên giới\n"
    "Tổ chức thực hiện: các sở, ngành bố trí kinh phí.\n"
)


def test_figures_at_the_end_of_lines_belong_to_the_years_of_the_heading():
    assert figures(SPACED) == MEANT


def test_wide_gaps_part_cells_where_no_heading_has_a_unit():
    text = "STT   Nội dung chỉ tiêu        Năm 2026   Năm 2027\n1     Tỷ lệ thôn có mạng 5G     40         75\n"
    assert figures(text) == [("Tỷ lệ thôn có mạng 5G", 40, "%", "2026"), ("Tỷ lệ thôn có mạng 5G", 75, "%", "2027")]


def test_a_row_with_fewer_figures_than_years_gives_none():
    assert figures("TT Chỉ tiêu ĐVT 2021 2022 2023\n1 Tỷ lệ xã có cổng thông tin % 50\n") == []


def test_a_heading_of_years_without_rows_does_not_swallow_what_follows():
    found = read("TT Chỉ tiêu ĐVT 2021 2022\nPhấn đấu 70% hộ dân dùng nước sạch.\n").targets
    assert [(int(one.value_low), one.subject) for one in found] == [(70, "hộ dân dùng nước sạch")]


def test_the_heading_of_the_next_table_is_no_row_of_the_last():
    heading = "TT Chỉ tiêu ĐVT 2021 2022\n1 Tỷ lệ xã có cổng\n"
    assert figures(heading + heading) == []
