"""Numbers whose noun was said before, numbers in words and of a whole, and numbers that only look like promises."""

import pytest

from lienthong.modules.plans.reader import read


def figures(text):
    """(subject, low, high, unit) of every target."""
    return [
        (
            one.subject,
            None if one.value_low is None else float(one.value_low),
            None if one.value_high is None else float(one.value_high),
            one.unit,
        )
        for one in read(text).targets
    ]


SHARED = [
    (
        "Phấn đấu biểu mẫu điện tử mức độ 3 đạt 25% và mức độ 4 đạt 18%.",
        [("biểu mẫu điện tử mức độ 3", 25, 25, "%"), ("biểu mẫu điện tử mức độ 4", 18, 18, "%")],
    ),
    (
        "- Văn bản đi được ký số: cấp tỉnh 90%, cấp huyện 70%, cấp xã 40%.",
        [
            ("Văn bản đi được ký số cấp tỉnh", 90, 90, "%"),
            ("Văn bản đi được ký số cấp huyện", 70, 70, "%"),
            ("Văn bản đi được ký số cấp xã", 40, 40, "%"),
        ],
    ),
    (
        "- Học bạ điện tử: mầm non 20%, tiểu học 60%.",
        [("Học bạ điện tử mầm non", 20, 20, "%"), ("Học bạ điện tử tiểu học", 60, 60, "%")],
    ),
    (
        "Mức độ hài lòng của người dân đạt trên 88%, lĩnh vực y tế, giáo dục đạt trên 84%.",
        [
            ("Mức độ hài lòng của người dân", 88, None, "%"),
            ("Mức độ hài lòng của người dân lĩnh vực y tế, giáo dục", 84, None, "%"),
        ],
    ),
    (
        "Đến năm 2030 kinh tế biển chiếm 18% GRDP và 22% GRDP vào năm 2035.",
        [("kinh tế biển GRDP", 18, 18, "%"), ("kinh tế biển GRDP", 22, 22, "%")],
    ),
    (
        "Có 100% trạm y tế kết nối mạng, trong đó ít nhất 30% được trang bị khám từ xa.",
        [("trạm y tế kết nối mạng", 100, 100, "%"), ("trạm y tế được trang bị khám từ xa", 30, None, "%")],
    ),
    (
        "Kết nối cáp quang đến 95% thôn, bản và 70% hộ dân.",
        [("Kết nối cáp quang thôn, bản", 95, 95, "%"), ("Kết nối cáp quang hộ dân", 70, 70, "%")],
    ),
    (
        "- Cung cấp 30 thủ tục mức độ 2 và 12 dịch vụ bưu chính.",
        [("thủ tục mức độ 2", 30, 30, "thủ tục"), ("dịch vụ bưu chính", 12, 12, "dịch vụ")],
    ),
    ("- Mỗi xã có 02 cán bộ chuyên trách.", [("cán bộ chuyên trách Mỗi xã", 2, 2, "cán bộ")]),
    ("- Trạm bơm: 14 trạm bơm vận hành tự động.", [("trạm bơm vận hành tự động", 14, 14, "trạm")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "meant"), SHARED)
def test_a_number_takes_the_noun_that_was_said_before(text, meant):
    assert figures(text) == meant


COUNTED = [
    ("- 14/14 huyện có tổng đài tiếp nhận phản ánh.", (14, "huyện")),
    ("- Phân công ba viên chức trực tại quầy.", (3, "viên chức")),
    ("- Mở 02 (hai) lớp tập huấn cho cán bộ thôn.", (2, "lớp")),
    ("- Lấy ý kiến; không để quá 4% hồ sơ trễ hạn.", (4, "%")),
    ("- Giảm thời gian cấp phép từ 20 ngày xuống còn 12 ngày.", (12, "ngày")),
]


@pytest.mark.parametrize(("text", "meant"), COUNTED)
def test_numbers_of_a_whole_and_in_words_are_counted(text, meant):
    (one,) = read(f"Mục tiêu:\n{text}").targets
    assert (float(one.value_low or one.value_high), one.unit) == meant


def test_at_least_holds_for_both_counts():
    found = read("- Cung cấp ít nhất 40 biểu mẫu và 15 biểu mẫu song ngữ.").targets
    assert [one.comparator for one in found] == ["at_least", "at_least"]


@pytest.mark.parametrize(
    "text",
    [
        "Bộ chỉ số gồm 08 chỉ tiêu thành phần.",
        "Phấn đấu không còn xã dưới 15 tiêu chí.",
        "Dự báo đến năm 2050 có 68% dân số sống ở thành thị.",
        "Theo kết quả rà soát, cuối năm 2023 toàn tỉnh còn 9.604 hộ nghèo, chiếm tỷ lệ 3,14%.",
        "Theo Cục Thống kê, trong năm 2024, số khách đạt 1.200.000 lượt, tăng 12%.",
        "Tổng kinh phí 86 tỷ đồng: ngân sách tỉnh 50%, nguồn khác 50%.",
        "Số hộ khá ước đến năm 2020 đạt 2.983 hộ.",
        "Tỷ lệ hồ sơ trực tuyến chưa đạt mục tiêu 20% đề ra.",
    ],
)
def test_history_forecasts_make_up_and_shares_of_money_are_no_promises(text):
    assert [one for one in figures(text) if "đồng" not in one[3]] == []


def test_a_number_that_says_which_ones_is_no_promise_of_its_own():
    assert figures("- Ít nhất 15 xã có từ 03 máy tính trở lên.") == [("xã có từ 03 máy tính trở lên", 15, None, "xã")]


def test_what_stands_now_in_brackets_is_no_promise_and_hides_none():
    assert figures("- Tỷ lệ phủ sóng đến thôn: ≥ 99% (hiện nay: 96,7%).") == [
        ("Tỷ lệ phủ sóng đến thôn", 99, None, "%")
    ]


def test_what_was_due_before_the_plan_began_is_history():
    text = (
        "UỶ BAN NHÂN DÂN\nTỈNH SƠN HẢI\nSố: 9/KH-UBND\nSơn Hải, ngày 05 tháng 3 năm 2013\nKẾ HOẠCH\n"
        "Tin học hóa giai đoạn 2013 - 2015\nĐến hết năm 2012, 95% sở có mạng nội bộ.\nĐến hết năm 2014, 80% xã có mạng nội bộ.\n"
    )
    assert [(one.subject, one.when) for one in read(text).targets] == [("xã có mạng nội bộ", "2014")]


def test_a_promise_in_an_article_and_behind_a_dashed_number_is_charged():
    text = (
        "Điều 2. Giao Sở Nội vụ theo dõi, tổng hợp kết quả thực hiện hằng năm.\n"
        "2- Sở Y tế chủ trì, phối hợp với Bảo hiểm xã hội tỉnh đo đếm lượt khám từ xa.\n"
    )
    assert [(one.responsible, one.coordinating) for one in read(text).tasks] == [
        ("Sở Nội vụ", None),
        ("Sở Y tế", "Bảo hiểm xã hội tỉnh"),
    ]


def test_what_an_agency_has_done_is_no_task():
    assert read("UBND tỉnh vừa ban hành kế hoạch phát triển du lịch năm 2026.").tasks == ()


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        (
            "- Sự hài lòng về cơ quan hành chính nhà nước đạt mức trên 82%.",
            "Sự hài lòng về cơ quan hành chính nhà nước",
        ),
        ("- Tỷ lệ xã chuẩn nông thôn mới đạt 75%.", "Tỷ lệ xã chuẩn nông thôn mới"),
    ],
)
def test_words_within_other_words_do_not_make_a_promise_history(text, subject):
    assert [one[0] for one in figures(f"Mục tiêu:\n{text}")] == [subject]


def test_not_to_let_more_than_so_many_happen_is_at_most():
    assert figures("Mục tiêu:\n- Không để xảy ra quá 02 vụ cháy lớn.") == [("vụ cháy lớn", None, 2, "vụ")]
