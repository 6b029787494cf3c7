"""Who does what by when: fields under a task, agencies that begin a sentence or a heading, tables."""

import pytest

from lienthong.modules.plans.reader import read


def duties(text):
    """(responsible, coordinating, deadline, first words of the task) of every task."""
    return [(one.responsible, one.coordinating, one.deadline, one.task[:24]) for one in read(text).tasks]


def test_fields_under_a_task_name_lead_support_and_time():
    text = (
        "III. NHIỆM VỤ\n1. Nâng cấp hạ tầng\n- Đầu tư mạng nội bộ của các trạm y tế.\n- Cơ quan chủ trì: Sở Y tế.\n"
        "- Cơ quan phối hợp: Sở Tài chính; UBND các xã, phường.\n- Thời gian thực hiện: Quý III/2026.\n"
        "2. Đào tạo\n- Bồi dưỡng kỹ năng số cho bác sĩ.\nĐơn vị chủ trì thực hiện: Sở Y tế.\nĐơn vị phối hợp: Sở Nội vụ.\n"
        "Thời gian thực hiện: Thường xuyên.\n"
    )
    assert duties(text) == [
        ("Sở Y tế", "Sở Tài chính; UBND các xã, phường", "quý III/2026", "Đầu tư mạng nội bộ của c"),
        ("Sở Y tế", "Sở Nội vụ", "Thường xuyên", "Bồi dưỡng kỹ năng số cho"),
    ]


def test_fields_on_one_line_are_read_too():
    text = "- Số hóa hồ sơ đất đai. Cơ quan chủ trì: Sở Nông nghiệp và Môi trường.\n"
    assert duties(text) == [("Sở Nông nghiệp và Môi trường", None, None, "Số hóa hồ sơ đất đai")]
    text = "a) Số hóa hồ sơ đất đai.\nĐơn vị chủ trì: Sở Tư pháp; đơn vị phối hợp: Công an tỉnh; thời gian thực hiện: năm 2026.\n"
    assert [one[:3] for one in duties(text)] == [("Sở Tư pháp", "Công an tỉnh", "2026")]


@pytest.mark.parametrize(
    ("sentence", "responsible", "coordinating", "deadline"),
    [
        (
            "1. Sở Khoa học và Công nghệ chủ trì, phối hợp với Sở Tài chính, các sở, ban, ngành liên quan tham mưu bố trí kinh phí.",
            "Sở Khoa học và Công nghệ", "Sở Tài chính, các sở, ban, ngành liên quan", None,
        ),
        (
            "2. Giao Sở Nội vụ theo dõi, đôn đốc và báo cáo Ủy ban nhân dân tỉnh trước ngày 15/12/2026.",
            "Sở Nội vụ", None, "15/12/2026",
        ),
        (
            "3. Các sở, ban, ngành có trách nhiệm hoàn thành việc rà soát trong tháng 6 năm 2026.",
            "Các sở, ban, ngành", None, "tháng 6/2026",
        ),
        (
            "4. Ủy ban nhân dân các xã, phường tổ chức tuyên truyền đến từng hộ dân.",
            "Ủy ban nhân dân các xã, phường", None, None,
        ),
        (
            "5. Đề nghị Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh giám sát việc thực hiện Kế hoạch.",
            "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh", None, None,
        ),
        ("6. Sở Ngoại vụ: Triển khai các thỏa thuận hợp tác về chuyển đổi số.", "Sở Ngoại vụ", None, None),
        (
            "7. Bộ Chỉ huy Quân sự tỉnh phối hợp với Công an tỉnh xây dựng phương án bảo vệ.",
            "Bộ Chỉ huy Quân sự tỉnh", "Công an tỉnh", None,
        ),
    ],
)  # fmt: skip
def test_a_sentence_that_begins_with_an_agency_is_its_task(sentence, responsible, coordinating, deadline):
    assert [one[:3] for one in duties(f"V. TỔ CHỨC THỰC HIỆN\n{sentence}\n")] == [(responsible, coordinating, deadline)]


def test_bullets_under_an_agency_are_its_tasks():
    text = (
        "IV. TỔ CHỨC THỰC HIỆN\n1. Sở Xây dựng (cơ quan thường trực):\n- Chủ trì, phối hợp với Sở Tài chính triển khai dự án.\n"
        "- Hướng dẫn các xã lập quy hoạch.\n2. Sở Công Thương\nTham mưu kế hoạch xúc tiến thương mại hằng năm.\n"
    )
    assert duties(text) == [
        ("Sở Xây dựng", "Sở Tài chính", None, "triển khai dự án"),
        ("Sở Xây dựng", None, None, "Hướng dẫn các xã lập quy"),
        ("Sở Công Thương", None, None, "Tham mưu kế hoạch xúc ti"),
    ]


def test_a_table_of_tasks_with_one_cell_a_line_is_read_by_rows():
    text = (
        "PHỤ LỤC\nSTT\nNhiệm vụ\nĐơn vị chủ trì\nĐơn vị phối hợp\nThời gian thực hiện\nSản phẩm\nI\nHạ tầng\n1\n"
        "Mở rộng mạng số liệu chuyên dùng đến cấp xã\nSở Khoa học và Công nghệ\nUBND các xã, phường\n2026 - 2027\nMạng được mở rộng\n"
        "2\nNâng cấp trung tâm dữ liệu\nVăn phòng UBND tỉnh\nSở Tài chính\nQuý IV/2026\nBáo cáo\n"
    )
    assert duties(text) == [
        ("Sở Khoa học và Công nghệ", "UBND các xã, phường", "2026-2027", "Mở rộng mạng số liệu chu"),
        ("Văn phòng UBND tỉnh", "Sở Tài chính", "quý IV/2026", "Nâng cấp trung tâm dữ li"),
    ]


def test_receivers_and_legal_bases_are_nobodys_task():
    text = (
        "Căn cứ Luật Tổ chức chính quyền địa phương;\nNơi nhận: - Sở Nội vụ; - Sở Tài chính; - Lưu: VT.\n"
        "I. KẾT QUẢ ĐẠT ĐƯỢC\n- Sở Nội vụ đã tổ chức 12 lớp tập huấn.\n"
    )
    assert duties(text) == []


def test_how_to_ask_when_there_are_snags_is_no_task():
    text = (
        "V. TỔ CHỨC THỰC HIỆN\nGiao Sở Nội vụ chủ trì đánh giá chỉ số cải cách hành chính, hoàn thành trước ngày 15/12/2027. "
        "Trong quá trình thực hiện, nếu có vướng mắc, các cơ quan phản ánh về Sở Khoa học và Công nghệ để tổng hợp, báo cáo."
    )
    (only,) = read(text).tasks
    assert only.responsible == "Sở Nội vụ"
    assert only.quote.endswith("15/12/2027.")


def test_a_term_behind_the_word_for_time_is_the_deadline():
    text = "3. Sở Y tế chủ trì triển khai hồ sơ sức khỏe điện tử cho người dân; thời gian: quý IV/2027."
    assert [one[2] for one in duties(text)] == ["quý IV/2027"]


def test_the_letter_i_among_letters_is_no_heading():
    text = (
        "IV. NHIỆM VỤ\n1. Sở Tư pháp\nh) Rà soát quy chế phối hợp trước ngày 15/3/2027.\ni) Báo cáo kết quả trước ngày 30/6/2027.\n"
        "k) Tổ chức tập huấn cho cán bộ cấp xã.\n"
    )
    assert duties(text) == [
        ("Sở Tư pháp", None, "15/03/2027", "Rà soát quy chế phối hợp"),
        ("Sở Tư pháp", None, "30/06/2027", "Báo cáo kết quả trước ng"),
        ("Sở Tư pháp", None, None, "Tổ chức tập huấn cho cán"),
    ]


def test_below_an_agency_a_whole_sentence_is_a_task_and_a_heading_is_none():
    text = "IV. NHIỆM VỤ\n1. Sở Y tế\na) Hạ tầng\nb) Vận hành nền tảng hồ sơ sức khỏe suốt ngày đêm, xong trước ngày 30/6/2027.\n"
    assert [one[3] for one in duties(text)] == ["Vận hành nền tảng hồ sơ "]
