"""What the members of a list share (comparator, noun, year), and reports that look like promises."""

import pytest

from lienthong.modules.plans.reader import read


def figures(text):
    """(comparator, figure, subject) of every target."""
    return [(one.comparator, float(one.value_low or one.value_high), one.subject) for one in read(text).targets]


SHARED = [
    (
        "- Trên 65% trạm y tế và 45% phòng khám dùng bệnh án điện tử.",
        [("at_least", 65), ("at_least", 45)],
    ),
    (
        "- Tối thiểu 75% hồ sơ cấp tỉnh; 55% hồ sơ cấp huyện và 35% hồ sơ cấp xã được xử lý qua mạng.",
        [("at_least", 75), ("at_least", 55), ("at_least", 35)],
    ),
    (  # two sentences in one: each says what its own noun gets
        "- Trên 65% hồ sơ được nộp qua mạng và 45% lệ phí được thu qua mạng.",
        [("at_least", 65), ("exactly", 45)],
    ),
    (  # said behind one number it is said of that number
        "- Kiểm tra từ 25% trở lên số sở và 15% số xã.",
        [("at_least", 25), ("exactly", 15)],
    ),
    (
        "- Kinh tế số chiếm trên 15% GRDP; 40% hợp tác xã bán hàng qua mạng.",
        [("at_least", 15), ("exactly", 40)],
    ),
]


@pytest.mark.parametrize(("text", "meant"), SHARED, ids=[text for text, _ in SHARED])
def test_at_least_holds_for_a_list_with_one_predicate_and_for_no_other(text, meant):
    assert [one[:2] for one in figures(f"Mục tiêu đến năm 2025:\n{text}")] == meant


def test_semicolons_inside_brackets_part_the_members_of_a_list():
    text = "Kế hoạch đặt ra ba mục tiêu (tỷ lệ hộ dùng mạng đạt 60%; tỷ trọng kinh tế số trong từng ngành, lĩnh vực đạt tối thiểu 8%)."
    assert figures(text) == [
        ("exactly", 60, "tỷ lệ hộ dùng mạng"),
        ("at_least", 8, "tỷ trọng kinh tế số trong từng ngành, lĩnh vực"),
    ]


def test_tiers_said_short_are_parts_of_what_was_said_before():
    text = "Mục tiêu: tỷ lệ công chức dùng chữ ký số ở cấp tỉnh là 90%, cấp huyện, thị, thành là 60%."
    assert figures(text)[1] == ("exactly", 60, "tỷ lệ công chức dùng chữ ký số cấp huyện, thị, thành")


def test_a_second_count_behind_nothing_but_a_year_has_the_first_ones_noun():
    found = read("Phấn đấu tăng lao động ngành phần mềm từ 300 lên 450 người năm 2024 và 800 người năm 2026.").targets
    assert [(int(one.value_low), one.subject, one.when) for one in found] == [
        (450, "lao động ngành phần mềm", "2024"),
        (800, "lao động ngành phần mềm", "2026"),
    ]


def test_goods_are_counted_and_no_time():
    assert figures("- Cung cấp 100% hàng hóa của hợp tác xã trên sàn điện tử.") == [
        ("all", 100, "hàng hóa của hợp tác xã trên sàn điện tử")
    ]


def test_a_part_of_a_whole_with_the_same_noun_is_counted_in_that_noun():
    (found,) = read("Đến năm 2028, phấn đấu có 40 trường/45 trường dùng học bạ số.").targets
    assert (int(found.value_low), found.unit, found.subject) == (40, "trường", "trường dùng học bạ số")


def test_what_is_raised_may_have_been_done_before():
    text = "- Nâng tỷ lệ dùng lại giấy tờ đã được số hóa đạt 45%.\n- Nâng tỷ lệ xã có trạm 5G lên 70%."
    assert [one[1] for one in figures(text)] == [45, 70]


def test_a_bracket_that_was_broken_over_lines_does_not_end_a_paragraph():
    text = "Mục tiêu đến năm 2025:\n- 70% thủ tục hành chính (gọi tắt là\nTTHC) cấp xã được giải quyết qua mạng.\n"
    assert figures(text)[0][2].endswith("cấp xã được giải quyết qua mạng")


def test_a_year_behind_the_word_goal_holds_for_the_following_sentences():
    text = "Kế hoạch đặt mục tiêu đến hết năm 2027, hơn 60% chợ bán hàng qua mạng. Hơn 30% hộ nuôi cá dùng sổ điện tử."
    assert [one.when for one in read(text).targets] == ["2027", "2027"]


REPORTS = [
    "Toàn tỉnh có 85 xã/120 xã đạt chuẩn nông thôn mới (chiếm 70,83%); có 3 đơn vị cấp huyện hoàn thành nhiệm vụ.",
    "7 sở có chỉ số hài lòng năm 2023 đạt trên 92%.\n\nGồm các sở: Tư pháp; Y tế.",
    "Đạt dưới 80% gồm các phòng: Tài chính; Nội vụ.",
]


@pytest.mark.parametrize("text", REPORTS)
def test_what_was_counted_out_or_ranked_is_no_promise(text):
    assert figures(text) == []


CARRIED = [
    (
        "- Doanh số chợ mạng tăng 12 - 15% mỗi năm, chiếm khoảng 18% tổng mức bán lẻ.",
        [("range", 12, "Doanh số chợ mạng tăng"), ("exactly", 18, "Doanh số chợ mạng tăng")],
    ),
    (
        "- Tỷ trọng khu vực dịch vụ đạt trên 45%, khu vực nông, lâm, thủy sản dưới 12%.",
        [
            ("at_least", 45, "Tỷ trọng khu vực dịch vụ"),
            ("at_most", 12, "Tỷ trọng khu vực dịch vụ khu vực nông, lâm, thủy sản"),
        ],
    ),
    (
        "- Tốc độ tăng năng suất lao động đạt 6%; trong đó giai đoạn 2028-2030 đạt trên 7,5%.",
        [("exactly", 6, "Tốc độ tăng năng suất lao động"), ("at_least", 7.5, "Tốc độ tăng năng suất lao động")],
    ),
]


@pytest.mark.parametrize(("text", "meant"), CARRIED, ids=[text for text, _ in CARRIED])
def test_the_noun_is_carried_on_to_a_share_a_sector_and_a_period(text, meant):
    assert figures(f"Mục tiêu:\n{text}") == meant


def test_the_size_of_a_population_and_a_length_of_life_are_promises_and_ages_are_none():
    text = "Đến năm 2030, quy mô dân số đạt khoảng 2,4 triệu người. Tuổi thọ của người dân đạt 76 tuổi. Tiêm cho trẻ dưới 5 tuổi."
    assert [one[1:] for one in figures(text)] == [(2.4, "quy mô dân số"), (76, "Tuổi thọ của người dân")]


def test_a_term_may_be_said_with_another_word_for_until():
    text = "Cụ thể, tới năm 2029, mạng cáp quang phủ 100% các thôn. Kinh tế số chiếm khoảng 22% GRDP."
    assert [one.when for one in read(text).targets] == ["2029", "2029"]


def test_a_figure_may_follow_its_year_without_a_comma():
    (found,) = read("Ủy ban đặt mục tiêu năm 2028 75% người dân có sổ sức khỏe điện tử.").targets
    assert (float(found.value_low), found.subject, found.when) == (75, "người dân có sổ sức khỏe điện tử", "2028")


TOLD = [
    "UBND tỉnh ban hành Kế hoạch số 71/KH-UBND ngày 10/3/2025 về triển khai dịch vụ công trực tuyến trên địa bàn.",
    "UBND tỉnh Sơn Hải cho biết, để triển khai đề án, các ngành sẽ hướng dẫn người dân.",
    "Ủy ban Quốc gia về chuyển đổi số đặt mục tiêu phổ cập sổ sức khỏe điện tử.",
]


@pytest.mark.parametrize("text", TOLD)
def test_what_a_paper_tells_of_an_agency_charges_nobody(text):
    assert read(text).tasks == ()


def test_who_shall_issue_a_plan_is_charged():
    (task,) = read("UBND các xã ban hành kế hoạch triển khai trước ngày 30/4/2026.").tasks
    assert task.responsible == "UBND các xã"
