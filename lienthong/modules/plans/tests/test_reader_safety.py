"""Whatever text comes: no error, no endless work, and every quote stands where the offsets say."""

import time
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lienthong.modules.plans.reader import read

PLAN = """ỦY BAN NHÂN DÂN
TỈNH SƠN HẢI
Số: 12/KH-UBND
KẾ HOẠCH
CHUYỂN ĐỔI SỐ GIAI ĐOẠN 2026 - 2030
I. MỤC TIÊU ĐẾN NĂM 2027
- 90% hồ sơ công việc tại cấp tỉnh, 80% tại cấp xã được xử lý trên môi trường mạng (trừ hồ sơ mật);
- Tỷ lệ hộ gia đình có cáp quang đạt từ 85% trở lên; trồng mới 1.200 ha rừng.
II. TỔ CHỨC THỰC HIỆN
1. Sở Khoa học và Công nghệ
- Chủ trì, phối hợp với Sở Tài chính tham mưu kinh phí trước ngày 15/12/2026.
2. Mở lớp tập huấn.
Đơn vị chủ trì: Sở Nội vụ.
Thời gian thực hiện: Hằng năm.
"""
PIECES = st.sampled_from([
    "100%", "40-50%", "1.200 ha", "đến năm 2025", "giai đoạn 2021-2025", "Sở Y tế", "chủ trì,", "phối hợp với", "tỷ lệ", "đạt", "(", ")",
    ";", ":", "\n", "\n\n", "- ", "+ ", "1. ", "a) ", "I. ", "STT\n", "Chỉ tiêu\n", "ĐVT\n", "Năm 2025\n", "Đơn vị chủ trì: ", "từ", "xuống còn",
    "ít nhất", "triệu đồng", "tất cả các", "trước ngày 31/12/2013", "%", "‰", "Căn cứ Luật", "\u0301", "\ufeff", "\x00", "İ", "ﬀ", "𝟙𝟚%", "٣%",
])  # fmt: skip


def holds(text):
    reading = read(text)
    for one in (*reading.targets, *reading.tasks):
        assert 0 <= one.start <= one.end <= len(text)
        assert text[one.start : one.end] == one.quote
    return reading


@given(st.lists(PIECES | st.text(max_size=12), max_size=60).map(" ".join))
@settings(max_examples=300)
def test_any_mixture_of_plan_words_is_read_without_error_and_always_alike(text):
    assert holds(text) == read(text)


@given(st.text(max_size=300))
@settings(max_examples=200)
def test_any_text_at_all_is_read_without_error_and_always_alike(text):
    assert holds(text) == read(text)


@given(st.integers(0, len(PLAN)), st.integers(0, len(PLAN)), st.text(max_size=6))
@settings(max_examples=150)
def test_a_plan_that_was_cut_and_patched_anywhere_is_read_without_error(start, length, patch):
    text = PLAN[:start] + patch + PLAN[start + length :]
    assert holds(text) == read(text)


def test_decomposed_letters_are_read_alike_and_offsets_stay_those_of_the_given_text():
    apart = unicodedata.normalize("NFD", PLAN)
    assert len(apart) > len(PLAN)
    together, decomposed = holds(PLAN), holds(apart)
    assert len(together.targets) == 4
    assert len(together.tasks) == 2

    def plain(one):
        return one.subject, one.comparator, one.value_low, one.value_high, one.unit, one.when, one.scope

    assert [plain(one) for one in decomposed.targets] == [plain(one) for one in together.targets]
    for one, two in zip(together.targets, decomposed.targets, strict=True):
        assert unicodedata.normalize("NFC", two.quote) == one.quote
    assert [(one.responsible, one.deadline) for one in decomposed.tasks] == [
        (one.responsible, one.deadline) for one in together.tasks
    ]


def test_windows_line_ends_and_hard_spaces_change_nothing_but_places():
    odd = PLAN.replace("\n", "\r\n").replace("90% hồ sơ", "90%\u00a0hồ\u00a0sơ")
    assert [one.subject for one in holds(odd).targets] == [one.subject for one in read(PLAN).targets]


@pytest.mark.parametrize("tone", ["uỷ ban nhân dân các xã", "ủy ban nhân dân các xã"])
def test_both_places_of_the_tone_mark_are_understood(tone):
    (found,) = read(f"Đến năm 2026, 80% văn bản của {tone} được ký số.").targets
    assert found.scope == f"{tone}"


def test_an_empty_text_is_an_empty_reading():
    reading = read("")
    assert (reading.targets, reading.tasks, reading.head.number) == ((), (), None)


WORST = {
    "one endless line": "80% văn bản, 60% hồ sơ và 40% báo cáo " * 2_500,
    "brackets that never close": "(" * 60_000,
    "semicolons": ";1%" * 20_000,
    "digits": "1" * 100_000,
    "grouped digits": "1.000" * 20_000,
    "dashes": "-\n" * 20_000,
    "combining marks": "a" + "\u0301" * 60_000,
    "one word": "tỷ lệ " * 20_000,
    "years": "năm 2025 " * 8_000,
    "agencies": "Sở Y tế, " * 10_000,
    "spaces": " " * 100_000 + "5%",
    "headings": "I. Mục tiêu:\n" * 5_000,
    "table heads": "STT\nNhiệm vụ\nĐơn vị chủ trì\n" * 3_000,
    "fields": "Đơn vị chủ trì: Sở Y tế\n" * 3_000,
    "commas": "Tỷ lệ a, b, " * 8_000 + "đạt 5%",
}


@pytest.mark.slow
@pytest.mark.parametrize("name", WORST)
def test_hostile_text_takes_time_by_its_length_only(name):
    """Twice the text may take about twice the time; a square would take four times as long."""
    text = WORST[name]

    def seconds(part):
        begun = time.process_time()
        holds(part)
        return time.process_time() - begun

    half, whole = seconds(text[: len(text) // 2]), seconds(text)
    assert whole < max(3.0 * half, 1.5), (half, whole)


@pytest.mark.slow
def test_a_plan_of_two_hundred_pages_takes_seconds():
    text = PLAN * (500_000 // len(PLAN))
    begun = time.process_time()
    reading = holds(text)
    assert time.process_time() - begun < 20
    assert len(reading.targets) >= 4 * (500_000 // len(PLAN)) - 4
