"""Deadlines in words."""

from datetime import datetime

import pytest

from lienthong.foundation.calendar.public_holidays import legal_working_time
from lienthong.foundation.calendar.wording import deadline
from lienthong.kit.dates import VIETNAM

OFFICE = legal_working_time()
FRIDAY = datetime(2026, 3, 20, 17, tzinfo=VIETNAM)


@pytest.mark.parametrize(
    ("now", "days"),
    [
        (datetime(2026, 3, 14, 14, 15, tzinfo=VIETNAM), 5),  # Saturday: Monday to Friday are whole
        (datetime(2026, 3, 16, 7, 0, tzinfo=VIETNAM), 5),  # Monday before the office opens
        (datetime(2026, 3, 16, 8, 0, tzinfo=VIETNAM), 4),  # half an hour of Monday is gone
        (datetime(2026, 3, 18, 18, 0, tzinfo=VIETNAM), 2),  # Wednesday evening: Thursday and Friday
    ],
)
def test_days_left_count_every_working_day_that_is_still_whole(now, days):
    assert deadline(now, FRIDAY, OFFICE).params == {"days": days}
