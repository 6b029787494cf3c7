"""What must hold for every term, and what is refused."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lienthong.foundation.calendar.rules import (
    DayKind,
    DayRule,
    OfficeHours,
    Standing,
    Unit,
    WorkingTime,
    due,
    is_open,
    legal_working_time,
    next_opening,
    remaining,
    working_days_until,
    working_time_between,
)
from lienthong.foundation.calendar.tests import minute_oracle
from lienthong.kit.dates import VIETNAM
from lienthong.kit.refusal import Refused

# No time limit per example: every new working time is compiled for a hundred years, and machines are shared.
EXAMPLES = settings(max_examples=40, deadline=None)
LEGAL = legal_working_time()
MORNING, AFTERNOON = (time(7, 30), time(11, 30)), (time(13), time(17))
FIRST = datetime(2023, 12, 1, tzinfo=VIETNAM)

moments = st.integers(0, 500 * 1440).map(lambda minutes: FIRST + timedelta(minutes=minutes))
units = st.sampled_from([Unit.WORKING_DAYS, Unit.WORKING_HOURS])
amounts = st.integers(1, 25)
day_hours = st.sampled_from([(), (MORNING,), (AFTERNOON,), (MORNING, AFTERNOON), ((time(8), time(16)),)])
special_days = st.lists(
    st.builds(
        lambda offset, hours: DayRule(
            FIRST.date() + timedelta(days=offset), DayKind.WORK if hours else DayKind.OFF, "quyết định", hours or None
        ),
        st.integers(0, 500),
        day_hours,
    ),
    max_size=12,
)
offices = st.builds(
    lambda week, extra: WorkingTime(OfficeHours(((MORNING, AFTERNOON), *week)), tuple(extra)),
    st.lists(day_hours, min_size=6, max_size=6),
    special_days,
)
# Days of one length: what the clock promises holds only there.
even_offices = st.builds(
    lambda extra: WorkingTime(OfficeHours(), tuple(DayRule(rule.date, DayKind.OFF) for rule in extra)), special_days
)
pauses = st.lists(
    st.tuples(moments, st.integers(0, 6000)).map(lambda p: (p[0], p[0] + timedelta(minutes=p[1]))), max_size=4
)


@EXAMPLES
@given(moments, moments, amounts, units, offices)
def test_what_is_received_earlier_is_never_due_later(
    a: datetime, b: datetime, n: int, unit: Unit, office: WorkingTime
) -> None:
    first, second = sorted((a, b))
    assert due(first, n, unit, office).at <= due(second, n, unit, office).at


@EXAMPLES
@given(moments, moments, amounts, units, even_offices, pauses)
def test_with_pauses_too_what_is_received_earlier_is_never_due_later(a, b, n, unit, office, stops) -> None:
    first, second = sorted((a, b))
    assert due(first, n, unit, office, stops).at <= due(second, n, unit, office, stops).at


@EXAMPLES
@given(moments, amounts, amounts, units, even_offices, pauses)
def test_two_terms_one_after_the_other_are_one_long_term(start, a, b, unit, office, stops) -> None:
    middle = due(start, a, unit, office, stops).at
    assert due(middle, b, unit, office, stops).at == due(start, a + b, unit, office, stops).at


@EXAMPLES
@given(moments, amounts, units, offices, pauses)
def test_a_term_ends_in_an_open_moment_or_at_a_closing(start, n, unit, office, stops) -> None:
    at = due(start, n, unit, office, stops).at
    if unit is Unit.WORKING_DAYS:
        assert is_open(at, office)
    else:
        assert is_open(at - timedelta(microseconds=1), office)


@EXAMPLES
@given(moments, st.integers(1, 60), offices)
def test_calendar_days_end_at_midnight_of_a_working_day_and_never_early(start, n, office) -> None:
    at = due(start, n, Unit.CALENDAR_DAYS, office).at
    assert at.time() == time(23, 59, 59)
    assert office.intervals_on(at.date())
    assert (at.date() - start.date()).days >= n
    skipped = [start.date() + timedelta(days=k) for k in range(n, (at.date() - start.date()).days)]
    assert not any(office.intervals_on(day) for day in skipped)


@EXAMPLES
@given(moments, moments, moments, offices, pauses)
def test_open_time_is_additive(a, b, c, office, stops) -> None:
    whole = working_time_between(a, c, office, stops)
    assert whole == working_time_between(a, b, office, stops) + working_time_between(b, c, office, stops)
    assert working_time_between(c, a, office, stops) == -whole


@EXAMPLES
@given(moments, st.integers(1, 200), offices, pauses)
def test_a_term_in_working_hours_holds_exactly_its_hours(start, n, office, stops) -> None:
    at = due(start, n, Unit.WORKING_HOURS, office, stops).at
    assert working_time_between(start, at, office, stops) == timedelta(hours=n)


@EXAMPLES
@given(moments, amounts, offices, moments, st.integers(1, 6000))
def test_a_pause_moves_the_deadline_by_its_open_time(start, n, office, begin, minutes) -> None:
    pause = (begin, begin + timedelta(minutes=minutes))
    plain = due(start, n, Unit.WORKING_HOURS, office)
    paused = due(start, n, Unit.WORKING_HOURS, office, [pause])
    lost = (
        working_time_between(max(start, pause[0]), max(start, pause[1]), office) if pause[0] < plain.at else timedelta()
    )
    assert working_time_between(plain.at, paused.at, office) == lost


@EXAMPLES
@given(moments, amounts, even_offices, moments, st.integers(1, 20))
def test_a_pause_of_whole_working_days_keeps_the_clock_time(start, n, office, begin, days) -> None:
    plain = due(start, n, Unit.WORKING_DAYS, office)
    begin = next_opening(begin, office)
    pause = (begin, due(begin, days, Unit.WORKING_DAYS, office).at)
    if plain.begins <= begin < plain.at:
        assert due(start, n, Unit.WORKING_DAYS, office, [pause]).at == due(plain.at, days, Unit.WORKING_DAYS, office).at


@EXAMPLES
@given(moments, st.sampled_from([*Unit]), amounts, offices, pauses)
def test_the_steps_add_up_to_the_term(start, unit, n, office, stops) -> None:
    answer = due(start, n, unit, office, stops)
    total = sum((step.time for step in answer.steps), timedelta())
    if unit is Unit.WORKING_DAYS:
        assert total == working_time_between(start, answer.at, office, stops)
    else:
        assert total == (timedelta(hours=n) if unit is Unit.WORKING_HOURS else timedelta(days=n))
    assert answer.steps[0].day == start.date()
    assert answer.steps[-1].day == answer.at.date()
    assert answer.sentence


@EXAMPLES
@given(moments, st.sampled_from([*Unit]), st.integers(1, 8), offices, pauses)
def test_counting_minute_by_minute_gives_the_same_deadline(start, unit, n, office, stops) -> None:
    def hours(day: date) -> list[tuple[int, int]]:
        return [(a.hour * 60 + a.minute, b.hour * 60 + b.minute) for a, b in office.intervals_on(day)]

    stops = [pause for pause in stops if pause[1] > pause[0]]
    assert due(start, n, unit, office, stops).at == minute_oracle.due(start, n, unit, hours, stops)


@EXAMPLES
@given(moments, moments, even_offices)
def test_what_remains_leads_to_the_deadline(now, due_at, office) -> None:
    left = remaining(now, due_at, office)
    here, there = sorted((now, due_at))
    assert timedelta(hours=8) * left.days + left.time == working_time_between(here, there, office)
    assert (left.standing is Standing.LATE) == (now > due_at)
    assert left.days >= 0 <= left.time.total_seconds()


def test_what_remains_is_said_in_days_and_hours() -> None:
    friday = datetime(2026, 11, 20, 10, tzinfo=VIETNAM)
    wednesday = datetime(2026, 11, 25, 11, tzinfo=VIETNAM)
    assert remaining(friday, wednesday, LEGAL) == (Standing.LATER, 3, timedelta(hours=1))
    assert remaining(wednesday, friday, LEGAL) == (Standing.LATE, 3, timedelta(hours=1))
    assert remaining(friday, friday.replace(hour=15), LEGAL) == (Standing.TODAY, 0, timedelta(hours=3, minutes=30))
    assert working_days_until(friday, wednesday, LEGAL) == 3
    assert working_days_until(wednesday, friday, LEGAL) == -3
    assert working_days_until(friday, friday.replace(hour=15), LEGAL) == 0
    assert working_days_until(friday, friday + timedelta(days=2), LEGAL) == 0


def test_closing_time_is_already_closed() -> None:
    assert is_open(datetime(2026, 11, 20, 7, 30), LEGAL)
    assert not is_open(datetime(2026, 11, 20, 11, 30), LEGAL)
    assert next_opening(datetime(2026, 11, 20, 17), LEGAL) == datetime(2026, 11, 23, 7, 30, tzinfo=VIETNAM)


def test_a_moment_without_zone_is_local_and_others_are_converted() -> None:
    utc = datetime.fromisoformat("2026-11-20T03:00+00:00")
    assert due(utc, 1, "working_days", LEGAL).at == due(datetime(2026, 11, 20, 10), 1, "working_days", LEGAL).at
    assert due(utc, 1, "working_days", LEGAL).at.isoformat() == "2026-11-23T10:00:00+07:00"


def test_an_open_pause_leaves_the_deadline_unknown_and_says_since_when() -> None:
    answer = due(datetime(2026, 11, 9, 10), 3, Unit.WORKING_DAYS, LEGAL, [(datetime(2026, 11, 10, 8), None)])
    assert answer.at is None
    assert answer.paused_since == datetime(2026, 11, 10, 8, tzinfo=VIETNAM)
    assert "chưa xác định được hạn" in answer.sentence
    assert [step.day.day for step in answer.steps] == [9, 10]


def test_every_skipped_day_has_its_reason() -> None:
    answer = due(
        datetime(2026, 4, 24, 16), 3, Unit.WORKING_DAYS, LEGAL, [(datetime(2026, 4, 28, 7), datetime(2026, 4, 29, 7))]
    )
    reasons = {step.day.isoformat(): step.reason for step in answer.steps}
    assert reasons["2026-04-25"] == "Thứ Bảy"
    assert reasons["2026-04-26"] == "Giỗ Tổ Hùng Vương"
    assert reasons["2026-04-27"].startswith("nghỉ bù Giỗ Tổ Hùng Vương")
    assert reasons["2026-04-28"] == "đang dừng chờ bổ sung"
    assert reasons["2026-04-30"] == "Ngày Chiến thắng 30/4"
    assert reasons["2026-05-03"] == "Chủ nhật"
    swapped = due(datetime(2026, 8, 21, 10), 1, Unit.WORKING_DAYS, LEGAL)
    assert swapped.steps[-1].reason.startswith("làm bù thứ Bảy cho ngày 31/08/2026")


@pytest.mark.parametrize(
    ("amount", "unit", "stops", "said"),
    [
        (0, "working_days", [], "lớn hơn 0"),
        (-1, "working_hours", [], "lớn hơn 0"),
        ("ba", "working_days", [], "không phải là một số"),
        (float("nan"), "working_days", [], "không phải là một số"),
        (True, "working_days", [], "không phải là một số"),
        (None, "working_days", [], "không phải là một số"),
        (Decimal("1e-999999"), "working_hours", [], "quá dài hoặc quá ngắn"),
        ("1e999999", "working_hours", [], "quá dài hoặc quá ngắn"),
        (200_000, "working_days", [], "quá dài"),
        (50_000, "working_days", [], "vượt quá năm cuối"),
        (50_000, "calendar_days", [], "vượt quá năm cuối"),
        ("1.5", "calendar_days", [], "số nguyên"),
        (1, "weeks", [], "Đơn vị tính “weeks” không có"),
        (1, "working_days", [(datetime(2026, 11, 21), datetime(2026, 11, 20))], "kết thúc trước khi bắt đầu"),
        (1, "working_days", [(datetime(1990, 11, 21), None)], "nằm ngoài lịch làm việc"),
    ],
)
def test_a_term_that_makes_no_sense_is_refused_in_plain_words(amount, unit, stops, said) -> None:
    with pytest.raises(Refused) as refusal:
        due(datetime(2026, 11, 20, 10), amount, unit, LEGAL, stops)
    assert said in str(refusal.value)


@pytest.mark.parametrize(
    "at", [datetime(1999, 12, 31), datetime(2100, 1, 1), datetime.fromisoformat("9999-12-31T23:00-10:00")]
)
def test_a_date_outside_the_calendar_is_refused(at: datetime) -> None:
    with pytest.raises(Refused, match="nằm ngoài lịch làm việc"):
        due(at, 1, Unit.WORKING_DAYS, LEGAL)


@pytest.mark.parametrize(
    "text", ["07:30", "11:30-07:30", "25:00-26:00", "07:30-11:30,11:00-12:00", "T8 07:30-11:30", "; ;", "07:30-07:30"]
)
def test_office_hours_that_make_no_sense_are_refused(text: str) -> None:
    with pytest.raises(Refused):
        OfficeHours.parse(text)


def test_office_hours_are_read_as_people_write_them() -> None:
    assert OfficeHours.parse("7h30-11h30, 13:00 – 17:00") == OfficeHours()
    assert OfficeHours.parse("07:30-11:30,13:00-17:00; T7 07:30-11:30").week[5] == (MORNING,)


def test_equal_working_times_share_one_compiled_form() -> None:
    rules = (DayRule(date(2026, 11, 24), DayKind.OFF, "riêng"),)
    one, other = WorkingTime(OfficeHours(), rules), WorkingTime(OfficeHours(), rules)
    assert one == other
    assert hash(one) == hash(other)
    assert one.timeline is other.timeline


def test_the_later_of_two_rules_for_a_date_holds() -> None:
    day = date(2026, 11, 23)
    office = WorkingTime(days=(DayRule(day, DayKind.OFF), DayRule(day, DayKind.WORK, "trực", (MORNING,))))
    assert office.intervals_on(day) == (MORNING,)
