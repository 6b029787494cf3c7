"""The acts on special days and office hours, and the year as it is drawn."""

from datetime import date, datetime, time

import pytest

from lienthong.foundation.access.rules import Forbidden
from lienthong.foundation.calendar.actions.add_special_day import add_special_day
from lienthong.foundation.calendar.actions.remove_schedule import remove_schedule
from lienthong.foundation.calendar.actions.remove_special_day import remove_special_day
from lienthong.foundation.calendar.actions.set_schedule import set_schedule
from lienthong.foundation.calendar.actions.swap_days import swap_days
from lienthong.foundation.calendar.models import OpenHours, Schedule, SpecialDay
from lienthong.foundation.calendar.queries import schedule_hours, working_time
from lienthong.foundation.calendar.rules import OfficeHours, due
from lienthong.foundation.calendar.year_sheet import cell, months
from lienthong.foundation.trail.models import Entry
from lienthong.kit.dates import VIETNAM
from lienthong.kit.refusal import Refused

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 11, 23)
FRIDAY_TEN = datetime(2026, 11, 20, 10, tzinfo=VIETNAM)


@pytest.fixture
def minh(province, now):
    return {"actor": province.actor("minh"), "now": now}


def day_off(minh, day=MONDAY, **change):
    fields = {"day": day, "kind": "off", "reason": "Quyết định 5/QĐ-UBND", "schedule_id": None}
    return add_special_day(**(fields | change), **minh)


def in_one_day(schedule_id=None) -> datetime:
    return due(FRIDAY_TEN, 1, "working_days", working_time(schedule_id)).at


def test_a_day_off_moves_what_is_counted_from_now_on(minh):
    assert in_one_day().date() == MONDAY
    made = day_off(minh)
    assert in_one_day().date() == date(2026, 11, 24)
    assert "23/11/2026 nghỉ" in Entry.objects.get(verb="calendar.add_special_day").sentence
    remove_special_day(special_day_id=made.pk, **minh)
    assert in_one_day().date() == MONDAY
    assert Entry.objects.filter(verb="calendar.remove_special_day").exists()


def test_a_day_of_its_own_hours_opens_the_office_for_those(minh):
    day_off(minh, date(2026, 11, 21), kind="work", opens=time(7, 30), closes=time(11, 30))
    assert in_one_day() == datetime(2026, 11, 21, 10, tzinfo=VIETNAM)
    assert cell(date(2026, 11, 21), working_time()).sort == "half"


def test_a_swap_enters_both_days(minh):
    swap_days(day_off=MONDAY, worked=date(2026, 11, 21), reason="Dịp lễ", schedule_id=None, **minh)
    hours = working_time()
    assert (cell(MONDAY, hours).sort, cell(date(2026, 11, 21), hours).sort) == ("off", "swapped")
    assert SpecialDay.objects.get(date=MONDAY).reason == "Dịp lễ, làm bù ngày 21/11/2026"


@pytest.mark.parametrize(
    ("off", "worked", "why"),
    [
        (date(2026, 11, 21), date(2026, 11, 22), "vốn là ngày nghỉ"),
        (MONDAY, date(2026, 11, 24), "vốn là ngày làm việc"),
    ],
)
def test_a_swap_of_the_wrong_days_enters_neither(minh, off, worked, why):
    with pytest.raises(Refused, match=why):
        swap_days(day_off=off, worked=worked, reason="Dịp lễ", schedule_id=None, **minh)
    assert not SpecialDay.objects.exists()


def test_a_swap_whose_second_day_is_taken_leaves_the_first_alone(minh):
    day_off(minh, date(2026, 11, 21), kind="work")
    with pytest.raises(Refused, match="đã có quy định riêng"):
        swap_days(day_off=MONDAY, worked=date(2026, 11, 21), reason="Dịp lễ", schedule_id=None, **minh)
    assert SpecialDay.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"reason": " "}, "lý do"),
        ({"opens": time(8)}, "cả giờ"),
        ({"opens": time(8), "closes": time(9)}, "không có giờ"),
        ({"kind": "work", "opens": time(9), "closes": time(8)}, "phải sau giờ bắt đầu"),
        ({"day": date(1999, 12, 31)}, "nằm ngoài lịch"),
    ],
)
def test_a_day_that_makes_no_sense_is_not_entered(minh, change, why):
    with pytest.raises(Refused, match=why):
        day_off(minh, **change)
    assert not SpecialDay.objects.exists()
    assert not Entry.objects.filter(verb__startswith="calendar.").exists()


def test_one_day_has_one_rule_a_schedule(minh):
    desk = set_schedule(schedule_id=None, name="Một cửa", hours="08:00-16:00", is_default=False, **minh)
    day_off(minh)
    with pytest.raises(Refused, match="đã có quy định riêng"):
        day_off(minh)
    day_off(minh, kind="work", schedule_id=desk.pk)
    assert in_one_day(desk.pk).date() == MONDAY
    assert in_one_day().date() == date(2026, 11, 24)


def test_a_desk_that_works_on_saturday_counts_saturday(minh):
    hours = "07:30-11:30,13:00-17:00; T7 07:30-11:30"
    desk = set_schedule(schedule_id=None, name="Một cửa", hours=hours, is_default=False, **minh)
    assert in_one_day(desk.pk) == datetime(2026, 11, 21, 10, tzinfo=VIETNAM)
    assert in_one_day().date() == MONDAY
    assert [(schedule.name, week.as_text()) for schedule, week in schedule_hours()] == [
        ("Giờ hành chính", "07:30-11:30,13:00-17:00"), ("Một cửa", hours),
    ]  # fmt: skip


def test_changed_hours_hold_at_once(minh):
    made = set_schedule(schedule_id=None, name="Chung", hours="08:00-16:00", is_default=True, **minh)
    assert due(FRIDAY_TEN, 8, "working_hours", working_time()).at == datetime(2026, 11, 23, 10, tzinfo=VIETNAM)
    set_schedule(schedule_id=made.pk, name="Chung", hours="08:00-12:00", is_default=True, **minh)
    assert due(FRIDAY_TEN, 8, "working_hours", working_time()).at == datetime(2026, 11, 24, 10, tzinfo=VIETNAM)
    assert OpenHours.objects.filter(schedule=made).count() == 5


def test_there_is_always_exactly_one_default_schedule(minh):
    first = Schedule.objects.get()  # the one that every installation begins with
    with pytest.raises(Refused, match="luôn có một lịch chung"):
        set_schedule(schedule_id=first.pk, name="Chung", hours="08:00-16:00", is_default=False, **minh)
    with pytest.raises(Refused, match="Không bỏ được"):
        remove_schedule(schedule_id=first.pk, **minh)
    second = set_schedule(schedule_id=None, name="Mùa hè", hours="07:00-15:00", is_default=True, **minh)
    assert Schedule.objects.get(is_default=True) == second
    remove_schedule(schedule_id=first.pk, **minh)
    assert Schedule.objects.get() == second


@pytest.mark.parametrize(
    ("hours", "why"), [("8 giờ", "không đọc được"), ("", "đang trống"), ("09:00-08:00", "phải sau")]
)
def test_hours_that_make_no_sense_change_nothing(minh, hours, why):
    with pytest.raises(Refused, match=why):
        set_schedule(schedule_id=None, name="Chung", hours=hours, is_default=True, **minh)
    assert list(Schedule.objects.values_list("name", "is_default")) == [("Giờ hành chính", True)]


def test_only_who_holds_the_verb_changes_the_calendar(province, now, minh):
    made = day_off(minh)
    desk = set_schedule(schedule_id=None, name="Một cửa", hours="08:00-16:00", is_default=False, **minh)
    oanh = {"actor": province.actor("oanh"), "now": now}
    for attempt in (
        lambda: day_off(oanh, date(2026, 11, 24)),
        lambda: swap_days(day_off=date(2026, 11, 24), worked=date(2026, 11, 21), reason="x", schedule_id=None, **oanh),
        lambda: remove_special_day(special_day_id=made.pk, **oanh),
        lambda: set_schedule(schedule_id=desk.pk, name="x", hours="01:00-02:00", is_default=False, **oanh),
        lambda: remove_schedule(schedule_id=desk.pk, **oanh),
    ):
        with pytest.raises(Forbidden):
            attempt()
    assert list(SpecialDay.objects.all()) == [made]
    assert list(Schedule.objects.values_list("name", flat=True).order_by("id")) == ["Giờ hành chính", "Một cửa"]


@pytest.mark.parametrize(
    "text",
    ["07:30-11:30,13:00-17:00", "08:00-16:00; T7 08:00-12:00; CN 08:00-10:00", "08:00-16:00; T6", "T2 08:00-09:00"],
)
def test_hours_are_written_as_they_are_read(text):
    hours = OfficeHours.parse(text)
    assert OfficeHours.parse(hours.as_text()) == hours


def test_the_year_has_every_date_once_and_each_in_its_column():
    sheet = months(2026, working_time())
    dates = [one.day for month in sheet for week in month for one in week if one]
    assert dates == [date.fromordinal(date(2026, 1, 1).toordinal() + place) for place in range(365)]
    assert all(
        one is None or one.day.weekday() == place for month in sheet for week in month for place, one in enumerate(week)
    )


def test_the_laws_days_are_in_the_year_without_anybody_entering_them():
    hours = working_time()
    assert (cell(date(2026, 4, 30), hours).sort, cell(date(2026, 4, 30), hours).why) == ("off", "Ngày Chiến thắng 30/4")
    assert cell(date(2026, 8, 22), hours).sort == "swapped"
    assert cell(date(2026, 11, 21), hours).sort == "rest"
    assert cell(date(2026, 11, 20), hours).sort == "work"
