"""One sentence at a time, in the manner of provincial plans: number, unit, subject, comparator, time, whom it holds for."""

from decimal import Decimal

import pytest

from lienthong.modules.plans.reader import read


def figures(text):
    """(comparator, low, high, unit, subject) of every target."""
    return [
        (
            one.comparator,
            None if one.value_low is None else float(one.value_low),
            None if one.value_high is None else float(one.value_high),
            one.unit,
            one.subject,
        )
        for one in read(text).targets
    ]


ONE = [
    ("Phấn đấu 100% sở, ngành sử dụng chữ ký số.", ("all", 100, 100, "%", "sở, ngành sử dụng chữ ký số")),
    ("Có ít nhất 85% hộ dân nông thôn dùng nước sạch.", ("at_least", 85, None, "%", "hộ dân nông thôn dùng nước sạch")),
    ("Tối thiểu 70% thủ tục được cung cấp toàn trình.", ("at_least", 70, None, "%", "thủ tục được cung cấp toàn trình")),
    ("Không quá 3% hồ sơ giải quyết quá hạn.", ("at_most", None, 3, "%", "hồ sơ giải quyết quá hạn")),
    ("Tỷ lệ hộ nghèo dưới 2,5%.", ("at_most", None, 2.5, "%", "Tỷ lệ hộ nghèo")),
    ("Tỷ lệ bao phủ bảo hiểm y tế đạt từ 96% trở lên.", ("at_least", 96, None, "%", "Tỷ lệ bao phủ bảo hiểm y tế")),
    ("Mức độ hài lòng của người bệnh đạt trên 90%.", ("at_least", 90, None, "%", "Mức độ hài lòng của người bệnh")),
    ("Tỷ lệ phòng học kiên cố là 92%.", ("exactly", 92, 92, "%", "Tỷ lệ phòng học kiên cố")),
    ("30-40% văn bản đi được ký số.", ("range", 30, 40, "%", "văn bản đi được ký số")),
    ("20% đến 25% diện tích lúa canh tác giảm phát thải.", ("range", 20, 25, "%", "diện tích lúa canh tác giảm phát thải")),
    ("Xây dựng 01 cổng dữ liệu mở của tỉnh.", ("exactly", 1, 1, "cổng", "cổng dữ liệu mở của tỉnh")),
    ("Trồng mới 1.200 ha rừng phòng hộ.", ("exactly", 1200, 1200, "ha", "Trồng rừng phòng hộ")),
    ("Sản lượng thủy sản đạt 45.500 tấn.", ("exactly", 45500, 45500, "tấn", "Sản lượng thủy sản")),
    ("Công nhận thêm 15 sản phẩm OCOP.", ("exactly", 15, 15, "sản phẩm", "sản phẩm OCOP")),
    ("Thành lập mới ít nhất 300 doanh nghiệp.", ("at_least", 300, None, "doanh nghiệp", "doanh nghiệp")),
    ("Tổ chức tối thiểu 02 lớp tập huấn an toàn thông tin.", ("at_least", 2, None, "lớp", "lớp tập huấn an toàn thông tin")),
    ("Giải quyết việc làm cho 12.000 lao động.", ("exactly", 12000, 12000, "lao động", "Giải quyết việc làm cho lao động")),
    ("Cắt giảm ít nhất 25% thời gian giải quyết thủ tục.", ("at_least", 25, None, "%", "cắt giảm thời gian giải quyết thủ tục")),
    ("Giảm tỷ lệ trẻ suy dinh dưỡng từ 14% xuống còn 11%.", ("exactly", 11, 11, "%", "tỷ lệ trẻ suy dinh dưỡng")),
    ("Thu ngân sách tăng bình quân 9%/năm.", ("exactly", 9, 9, "%", "Thu ngân sách tăng bình quân")),
    ("Thu nhập bình quân đầu người đạt 75 triệu đồng.", ("exactly", 75, 75, "triệu đồng", "Thu nhập bình quân đầu người")),
    ("Tổng kinh phí thực hiện: 12,5 tỷ đồng.", ("exactly", 12.5, 12.5, "tỷ đồng", "Tổng kinh phí thực hiện")),
    ("Giá trị xuất khẩu đạt 450 triệu USD.", ("exactly", 450, 450, "triệu USD", "Giá trị xuất khẩu")),
    ("Tỷ suất tử vong trẻ dưới 5 tuổi còn dưới 15‰.", ("at_most", None, 15, "‰", "Tỷ suất tử vong trẻ dưới 5 tuổi")),
    ("Đạt 11,5 bác sĩ/vạn dân.", ("exactly", 11.5, 11.5, "bác sĩ/vạn dân", "bác sĩ/vạn dân")),
    ("Rút ngắn thời gian cấp phép xuống còn 03 ngày làm việc.", ("exactly", 3, 3, "ngày làm việc", "thời gian cấp phép")),
    ("≥ 95% cán bộ, công chức được cấp hộp thư công vụ.", ("at_least", 95, None, "%", "cán bộ, công chức được cấp hộp thư công vụ")),
    ("Có ít nhất hai trường học đạt chuẩn mức cao.", ("at_least", 2, None, "trường học", "trường học đạt chuẩn mức cao")),
    ("Số hóa 100% sổ hộ tịch.", ("all", 100, 100, "%", "sổ hộ tịch")),
    ("Kết nối camera giám sát cho 60 đơn vị.", ("exactly", 60, 60, "đơn vị", "Kết nối camera giám sát cho đơn vị")),
    ("Phấn đấu từ 3 đến 5 xã đạt chuẩn nông thôn mới.", ("range", 3, 5, "xã", "xã đạt chuẩn nông thôn mới")),
    ("Tỷ lệ che phủ rừng duy trì ở mức 42%.", ("exactly", 42, 42, "%", "Tỷ lệ che phủ rừng")),
    ("Tỷ lệ sinh viên có việc làm không thấp hơn 80 phần trăm.", ("at_least", 80, None, "%", "Tỷ lệ sinh viên có việc làm")),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "meant"), ONE, ids=[sentence for sentence, _ in ONE])
def test_a_sentence_with_one_promise_gives_that_promise(sentence, meant):
    assert figures(f"Mục tiêu đến năm 2025:\n- {sentence}") == [meant]


NONE = [
    "Căn cứ Nghị định số 61/2018/NĐ-CP ngày 23 tháng 4 năm 2018 của Chính phủ về cơ chế một cửa;",
    "Thực hiện Kế hoạch số 12/KH-UBND ngày 05/01/2022 của tỉnh.",
    "Duy trì dịch vụ công trực tuyến mức độ 3, 4 trên cổng của tỉnh.",
    "Mọi thắc mắc xin gọi số điện thoại 0912345678 hoặc 1900 1234.",
    "Tiếp tục triển khai Đề án 06, áp dụng ISO 9001:2015 tại các cơ quan.",
    "Thời gian họp: 14 giờ 30 phút ngày 20/11/2025 tại phòng họp số 2, tầng 3.",
    "Kế hoạch 5 năm 2021 - 2025 được xây dựng theo điểm b khoản 2 Điều 15.",
    "Năm 2024, tỉnh đã cấp 1.250 chữ ký số, đạt 82% kế hoạch.",
    "Hiện nay toàn tỉnh có 120 trạm y tế, 35% trong số đó xuống cấp.",
    "Trường hợp hồ sơ có từ 5% sai sót trở lên thì trả lại người nộp.",
    "Chính quyền địa phương 02 cấp vận hành thông suốt.",
    "Phủ sóng 5G tại các khu công nghiệp.",
]


@pytest.mark.parametrize("sentence", NONE)
def test_laws_dates_levels_telephones_history_and_conditions_are_no_promises(sentence):
    assert figures(sentence) == []


def test_a_number_belongs_to_each_tier_that_is_named():
    text = (
        "Đến năm 2025, 90% hồ sơ công việc tại cấp tỉnh, 80% hồ sơ công việc tại cấp huyện và 60% hồ sơ công việc "
        "tại cấp xã được xử lý trên môi trường mạng."
    )
    found = read(text).targets
    assert [(float(one.value_low), one.scope) for one in found] == [(90, "cấp tỉnh"), (80, "cấp huyện"), (60, "cấp xã")]
    assert all(one.subject.endswith("được xử lý trên môi trường mạng") for one in found)
    assert {one.when for one in found} == {"2025"}


def test_numbers_behind_one_subject_share_it():
    found = read("- Tỷ lệ hồ sơ trực tuyến đạt 80% ở cấp tỉnh, 60% ở cấp huyện và 40% ở cấp xã.").targets
    assert [float(one.value_low) for one in found] == [80, 60, 40]
    assert {one.subject for one in found} == {"Tỷ lệ hồ sơ trực tuyến"}


def test_each_number_takes_its_own_year():
    found = read("- Tỷ lệ lao động qua đào tạo đạt 60% năm 2022, 65% năm 2023 và 70% năm 2025.").targets
    assert [(int(one.value_low), one.when) for one in found] == [(60, "2022"), (65, "2023"), (70, "2025")]


@pytest.mark.parametrize(
    ("said", "when"),
    [
        ("Đến năm 2025,", "2025"),
        ("Giai đoạn 2016 - 2020,", "2016-2020"),
        ("Đến hết quý II/2019,", "hết quý II/2019"),
        ("Trước ngày 31/12/2013,", "31/12/2013"),
        ("Trước ngày 05 tháng 9 năm 2024,", "05/09/2024"),
        ("Trong tháng 6 năm 2023,", "tháng 6/2023"),
        ("Trong quý 3 năm 2022,", "quý III/2022"),
    ],
)
def test_a_time_is_written_in_one_spelling(said, when):
    assert read(f"{said} 70% trạm y tế có bác sĩ làm việc.").targets[0].when == when


def test_the_heading_gives_the_year_and_the_title_the_period():
    text = (
        "KẾ HOẠCH\nPHÁT TRIỂN Y TẾ CƠ SỞ GIAI ĐOẠN 2021 - 2025\nI. MỤC TIÊU\n1. Mục tiêu đến năm 2023\n"
        "- 60% trạm y tế đạt chuẩn.\nII. NHIỆM VỤ\n1. Bảo đảm 100% trạm y tế có nhân viên dược.\n"
    )
    reading = read(text)
    assert [one.when for one in reading.targets] == ["2023", "2021-2025"]
    assert reading.head.period == "2021-2025"


def pairs(text):
    """(figure, subject) of every target that has a lower end."""
    return [(float(one.value_low or one.value_high), one.subject) for one in read(text).targets]


MANY = [
    (
        "- Cơ cấu kinh tế: nông nghiệp 20%, công nghiệp - xây dựng 45%, dịch vụ 35%.",
        [(20, "nông nghiệp"), (45, "công nghiệp - xây dựng"), (35, "dịch vụ")],
    ),
    (
        "- Diện tích lúa 35.000 ha, năng suất 62 tạ/ha, sản lượng 217.000 tấn.",
        [(35000, "Diện tích lúa"), (62, "năng suất"), (217000, "sản lượng")],
    ),
    (
        "- Huy động trẻ nhà trẻ ra lớp đạt 35%, mẫu giáo đạt 95%, riêng trẻ 5 tuổi đạt 99,9%.",
        [(35, "Huy động trẻ nhà trẻ ra lớp"), (95, "mẫu giáo"), (99.9, "trẻ 5 tuổi")],
    ),
    (
        "- Duy trì 100% sở, ban, ngành và 100% UBND cấp xã sử dụng phần mềm một cửa.",
        [(100, "sở, ban, ngành sử dụng phần mềm một cửa"), (100, "UBND cấp xã sử dụng phần mềm một cửa")],
    ),
    (
        "- Đào tạo 50 chuyên gia, 200 kỹ sư và 1.000 lượt cán bộ.",
        [(50, "chuyên gia"), (200, "kỹ sư"), (1000, "lượt cán bộ")],
    ),
    (
        "- Đến năm 2023 có 60 trường đạt chuẩn quốc gia, năm 2024 có 65 trường và năm 2025 có 72 trường.",
        [(60, "trường đạt chuẩn quốc gia"), (65, "trường đạt chuẩn quốc gia"), (72, "trường đạt chuẩn quốc gia")],
    ),
    (
        "- Tỷ lệ trường mầm non, tiểu học đạt chuẩn lần lượt là 60% và 70%.",
        [(60, "Tỷ lệ trường mầm non, tiểu học đạt chuẩn"), (70, "Tỷ lệ trường mầm non, tiểu học đạt chuẩn")],
    ),
    (
        "- Tỷ lệ hồ sơ xử lý trực tuyến:\n+ Cấp tỉnh: 80%; cấp xã: 40%.",
        [(80, "Tỷ lệ hồ sơ xử lý trực tuyến cấp tỉnh"), (40, "Tỷ lệ hồ sơ xử lý trực tuyến cấp xã")],
    ),
    (
        "- Tỷ lệ văn bản ký số: Năm 2022: 50%; năm 2025: 80%.",
        [(50, "Tỷ lệ văn bản ký số"), (80, "Tỷ lệ văn bản ký số")],
    ),
    (
        "- 70% phụ nữ mang thai được tầm soát ít nhất 4 loại bệnh bẩm sinh.",
        [(70, "phụ nữ mang thai được tầm soát ít nhất 4 loại bệnh bẩm sinh"), (4, "loại bệnh bẩm sinh")],
    ),
    (
        "- Tỷ lệ hộ nghèo giảm từ 3% trở lên (còn 7%).",
        [(3, "Tỷ lệ hộ nghèo giảm"), (7, "Tỷ lệ hộ nghèo")],
    ),
    (
        "- Phấn đấu năm 2026 đạt 90%, năm 2027 đạt 95% số xã hoàn thành chuyển đổi số.",
        [(90, "số xã hoàn thành chuyển đổi số"), (95, "số xã hoàn thành chuyển đổi số")],
    ),
    (
        "- Trồng 500 ha rừng, diện tích cây ăn quả đạt 12.000 ha.",
        [(500, "Trồng rừng"), (12000, "diện tích cây ăn quả")],
    ),
    (
        "- 100% (60/60) đơn vị kết nối mạng chuyên dùng; tối thiểu 100 xã (50%) có hệ thống truyền thanh.",
        [(100, "đơn vị kết nối mạng chuyên dùng"), (100, "xã (50%) có hệ thống truyền thanh")],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "meant"), MANY, ids=[text for text, _ in MANY])
def test_several_numbers_of_one_sentence_keep_their_own_subjects(text, meant):
    assert pairs(f"Mục tiêu:\n{text}") == meant


def test_a_date_of_a_law_is_no_time_of_a_promise():
    found = read("Theo Quyết định số 749/QĐ-TTg ngày 03/6/2020, phấn đấu 50% hộ dân có tài khoản thanh toán.").targets
    assert [(one.when, float(one.value_low)) for one in found] == [(None, 50)]


def test_history_under_its_heading_stays_history_and_goals_are_read():
    text = (
        "I. THỰC TRẠNG\n- Tỷ lệ hồ sơ trực tuyến đạt 35%.\n- Có 12 đơn vị dùng chữ ký số.\n"
        "II. MỤC TIÊU\n- Tỷ lệ hồ sơ trực tuyến đạt 70%.\n- Có 40 đơn vị dùng chữ ký số.\n"
    )
    assert [float(one.value_low) for one in read(text).targets] == [70, 40]


def test_all_may_be_said_without_a_figure():
    (found,) = read(
        "Đến năm 2017, các sở phải cung cấp dịch vụ trực tuyến đối với tất cả những lĩnh vực bức thiết."
    ).targets
    assert (found.comparator, found.value_low, found.unit, found.when) == ("all", Decimal(100), "%", "2017")
    assert "lĩnh vực bức thiết" in found.subject


def test_a_percentage_above_a_hundred_is_read_as_it_stands():
    """140 % may be wrong or not (of the plan of the year before): a person decides, nothing is left out."""
    assert figures("- Thu ngân sách đạt 140% dự toán.")[0][:4] == ("exactly", 140, 140, "%")


def test_lines_that_a_pdf_broke_are_one_sentence():
    text = (
        "Mục tiêu đến năm 2025:\n- Tỷ lệ người dân trong độ tuổi lao động được đào tạo kỹ\nnăng số cơ bản đạt\n70%.\n"
        "- 90% cơ sở giáo dục sử dụng nền tảng quản trị trường\nhọc.\n"
    )
    assert [one.subject for one in read(text).targets] == [
        "Tỷ lệ người dân trong độ tuổi lao động được đào tạo kỹ năng số cơ bản",
        "cơ sở giáo dục sử dụng nền tảng quản trị trường học",
    ]


def test_a_table_of_targets_gives_a_target_for_every_year():
    text = (
        "TT\nChỉ tiêu\nĐơn vị tính\nThực hiện năm 2020\nNăm 2021\nNăm 2025\nI\nChính quyền số\n"
        "1\nTỷ lệ hồ sơ xử lý trên môi trường mạng\n%\n40\n60\n≥ 90\n2\nSố xã có trạm 5G\nxã\n0\n5\n80\n"
    )
    assert [(one.when, one.comparator, one.unit, one.subject[:9]) for one in read(text).targets] == [
        ("2021", "exactly", "%", "Tỷ lệ hồ "),
        ("2025", "at_least", "%", "Tỷ lệ hồ "),
        ("2021", "exactly", "xã", "Số xã có "),
        ("2025", "exactly", "xã", "Số xã có "),
    ]


def test_money_is_read_with_its_source():
    text = "- Tổng kinh phí: 120,5 tỷ đồng, trong đó: ngân sách trung ương 50 tỷ đồng, ngân sách tỉnh 70,5 tỷ đồng."
    assert [(one[1], one[3], one[4]) for one in figures(text)] == [
        (120.5, "tỷ đồng", "Tổng kinh phí"),
        (50, "tỷ đồng", "ngân sách trung ương"),
        (70.5, "tỷ đồng", "ngân sách tỉnh"),
    ]


def test_the_head_says_who_issued_what_and_when():
    text = (
        "ỦY BAN NHÂN DÂN\nTỈNH SƠN HẢI\n-------\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
        "Số: 37/KH-UBND\nSơn Hải, ngày 25 tháng 02 năm 2026\nKẾ HOẠCH\nCHUYỂN ĐỔI SỐ NĂM 2026\nCăn cứ Luật Giao dịch điện tử;\n"
    )
    head = read(text).head
    assert (head.number, head.issued_on, head.period) == ("37/KH-UBND", "2026-02-25", "2026")
    assert head.issuer == "ỦY BAN NHÂN DÂN TỈNH SƠN HẢI"
    assert head.title == "CHUYỂN ĐỔI SỐ NĂM 2026"


def test_a_number_in_words_is_read_by_the_figures_in_its_bracket():
    (one,) = read("Mức độ hài lòng của người dân đạt tối thiểu chín mươi lăm phần trăm (95%) trong năm 2027.").targets
    assert (one.subject, one.comparator, one.value_low, one.unit) == (
        "Mức độ hài lòng của người dân",
        "at_least",
        95,
        "%",
    )


def test_the_heading_of_a_section_is_no_subject():
    text = "I. MỤC ĐÍCH, YÊU CẦU\n1. Nâng cao trách nhiệm; bảo đảm 100% là thực chất, không chạy theo thành tích.\n"
    assert read(text).targets == ()
