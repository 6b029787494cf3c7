"""What a process keeps of the calendar holds exactly as long as the rows do."""

from datetime import date

import pytest
from django.db import transaction

from lienthong.foundation.calendar.models import SpecialDay
from lienthong.foundation.calendar.queries import working_time

MONDAY = date(2026, 11, 23)


@pytest.mark.django_db
def test_a_change_that_is_rolled_back_leaves_no_trace_in_what_is_kept():
    assert working_time().intervals_on(MONDAY)
    with transaction.atomic():
        SpecialDay.objects.create(date=MONDAY, kind="off", reason="Nghỉ bù")
        assert not working_time().intervals_on(MONDAY)
        transaction.set_rollback(True)
    assert working_time().intervals_on(MONDAY)


@pytest.mark.django_db
def test_a_change_is_seen_at_once_by_whoever_sees_the_rows():
    SpecialDay.objects.create(date=MONDAY, kind="off", reason="Nghỉ bù")
    assert not working_time().intervals_on(MONDAY)
    SpecialDay.objects.all().delete()
    assert working_time().intervals_on(MONDAY)
