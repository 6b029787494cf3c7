"""What a plan may promise and how far it is: no database."""

from datetime import date
from decimal import Decimal

import pytest

from lienthong.kit.refusal import Refused
from lienthong.modules.plans import binding, rules, times
from lienthong.modules.plans.rules import Promise
from lienthong.modules.plans.terms import Choice, Comparator, Standing

END = date(2026, 12, 31)


def promise(comparator=Comparator.AT_LEAST, low=60, high=None, unit="%", due=END):
    return Promise(
        comparator, None if low is None else Decimal(low), None if high is None else Decimal(high), unit, due
    )


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (promise(low=None), "không có con số"),
        (promise(Comparator.RANGE, 40), "cả hai giá trị"),
        (promise(Comparator.RANGE, 50, 40), "ngược"),
        (promise(low=140), "nhiều hơn tất cả"),
        (promise(low=-1), "âm"),
    ],
)
def test_a_target_that_cannot_be_held_against_anything_is_refused(wrong, says):
    with pytest.raises(Refused, match=says):
        rules.require_sound(wrong, "văn bản điện tử")


def test_a_target_about_nothing_is_refused():
    with pytest.raises(Refused, match="về cái gì"):
        rules.require_sound(promise(), "  ")


def test_all_of_something_needs_no_number():
    rules.require_sound(promise(Comparator.ALL, None), "văn bản điện tử")
    assert promise(Comparator.ALL, None).asked == 100


@pytest.mark.parametrize(("unit", "sound"), [("% so với năm trước", True), ("hồ sơ", True), ("%", False)])
def test_140_is_growth_or_a_number_but_no_share(unit, sound):
    try:
        rules.require_sound(promise(low=140, unit=unit), "lượng hồ sơ")
    except Refused:
        assert not sound
    else:
        assert sound


def test_a_plan_does_not_end_before_it_begins():
    rules.require_period(END, END)
    with pytest.raises(Refused, match="trước khi bắt đầu"):
        rules.require_period(END, date(2026, 12, 30))


def test_what_is_only_proposed_keeps_a_plan_a_draft():
    rules.require_decided([Choice.CONFIRMED, Choice.DROPPED])
    with pytest.raises(Refused, match="Còn 2"):
        rules.require_decided([Choice.PROPOSED, Choice.CONFIRMED, Choice.PROPOSED])


def test_two_values_for_one_subject_and_day_contradict_each_other():
    rows = [
        (1, "van ban", promise()),
        (2, "van ban", promise(low=80)),
        (3, "van ban", promise(low=80, due=date(2027, 1, 1))),
    ]
    assert rules.contradictions(rows) == [rules.Contradiction(1, 2)]
    assert rules.contradictions([(1, "van ban", promise()), (2, "ho so", promise(low=80))]) == []


@pytest.mark.parametrize(
    ("comparator", "low", "value", "kept"),
    [
        (Comparator.AT_LEAST, 60, 60, True), (Comparator.AT_LEAST, 60, 59, False), (Comparator.AT_MOST, 5, 5, True),
        (Comparator.AT_MOST, 5, 6, False), (Comparator.RANGE, 40, 41, True), (Comparator.RANGE, 40, 39, False),
        (Comparator.ALL, None, 100, True), (Comparator.ALL, None, 99, False), (Comparator.EXACTLY, 60, 61, True),
    ],
)  # fmt: skip
def test_a_promise_is_kept_from_its_value_on(comparator, low, value, kept):
    assert rules.is_kept(promise(comparator, low), Decimal(value)) is kept


@pytest.mark.parametrize(
    ("value", "expected", "today", "standing"),
    [
        (70, None, date(2026, 6, 1), Standing.MET),
        (50, 65, date(2026, 6, 1), Standing.ON_THE_WAY),
        (50, 55, date(2026, 6, 1), Standing.BEHIND),
        (50, None, date(2026, 6, 1), Standing.BEHIND),
        (50, 65, date(2027, 1, 1), Standing.MISSED),
        (None, None, date(2026, 6, 1), Standing.NO_VALUE),
        (None, None, date(2027, 1, 1), Standing.MISSED),
    ],
)
def test_where_a_target_stands(value, expected, today, standing):
    value = None if value is None else Decimal(value)
    expected = None if expected is None else Decimal(expected)
    assert rules.standing(promise(), value, expected, today) == standing


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("2015", date(2015, 12, 31)), ("2016-2020", date(2020, 12, 31)), ("tháng 02/2024", date(2024, 2, 29)),
        ("hết quý II/2019", date(2019, 6, 30)), ("quý IV/2026", END), ("31/12/2013", date(2013, 12, 31)), ("1/1/2016", date(2016, 1, 1)),
        ("hằng năm", END), (None, END), ("31/02/2026", END),
    ],
)  # fmt: skip
def test_a_promise_is_due_on_the_last_day_its_words_allow(said, day):
    assert times.last_day(said, END) == day


@pytest.mark.parametrize(
    ("subject", "measure"),
    [
        (
            "văn bản, tài liệu chính thức trao đổi giữa các cơ quan nhà nước được trao đổi hoàn toàn dưới dạng điện tử",
            "documents.wholly_electronic",
        ),
        ("văn bản trình UBND tỉnh dưới dạng điện tử", "documents.electronic_up"),
        ("văn bản trao đổi giữa các sở, ban, ngành dưới dạng điện tử", "documents.electronic_across"),
        ("hồ sơ đề nghị cấp giấy phép xây dựng được nộp qua mạng", "dossiers.online"),
        ("người dân, doanh nghiệp hài lòng về giải quyết thủ tục hành chính", "dossiers.satisfied"),
        ("hồ sơ giải quyết đúng hạn", "dossiers.on_time"),
        ("dịch vụ công trực tuyến mức độ 3", "procedures.level_3"),
        ("dịch vụ công trực tuyến toàn trình", "procedures.whole"),
        ("hồ sơ thủ tục hành chính được số hóa", "dossiers.digitised"),
        ("gửi văn bản giấy song song với văn bản điện tử", "documents.parallel"),
        ("văn bản điện tử gửi kèm bản giấy", "documents.parallel"),
        ("văn bản đi được phát hành ngay trong ngày ký", "documents.issued_same_day"),
        ("văn bản được nơi nhận xác nhận điện tử trong ngày", "documents.acknowledged_same_day"),
        ("tỷ lệ hồ sơ trễ hạn", "dossiers.late"),
    ],
)
def test_the_words_of_a_promise_point_to_a_measure(subject, measure):
    assert binding.clue(subject).measure == measure


def test_a_promise_of_something_else_points_nowhere():
    assert binding.clue("văn bản đến được cơ quan nhận xác nhận điện tử") is None
    assert binding.clue("cuộc họp của lãnh đạo tỉnh được thực hiện trên môi trường mạng") is None


def test_every_measure_that_words_point_to_is_declared():
    from lienthong.foundation.measures import rules as measures

    declared = {one.code for one in measures.measures()}
    assert {one.measure for one in binding._CLUES} <= declared
