"""Where the months so far lead to: as the last three full months went, so go the days to come."""

from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import pytest

from lienthong.foundation.measures import rules as measures
from lienthong.foundation.measures.queries.figures import Figure
from lienthong.modules.plans import rules
from lienthong.modules.plans.models import Target
from lienthong.modules.plans.queries.standings import _Bound, _expected

TODAY = date(2026, 10, 31)
PLAN = SimpleNamespace(start=date(2026, 1, 1), end=date(2026, 12, 31))
DAYS = Decimal(92), Decimal(61)  # August to October; what is left until the last of December


def bound(code: str, plan=PLAN, today=TODAY) -> _Bound:
    target = Target(comparator="at_least", low=Decimal(90), unit="%", measure=code)
    return _Bound(plan, target, measures.measure(code), today)


def expected(
    code: str, whole: tuple, months: dict[str, tuple], ends: dict[str, tuple] | None = None, **given
) -> Decimal | None:
    """`months` are (over, under) by month, `ends` those from the first day to the end of a month; noughts where nothing is said."""
    one, today = bound(code, **given), given.get("today", TODAY)

    def figure(period):
        is_month = (period.end - period.start).days < 32 and period in one.months
        asked = months if is_month and not ends else ends or {}
        return Figure(one.measure, period, *asked.get(f"{period.last:%m}", (0, 0)))

    return _expected(one, Figure(one.measure, one.whole, *whole), figure, today)


LATELY = {"08": (90, 100), "09": (90, 100), "10": (92, 100)}


def test_a_share_that_rose_leads_above_what_it_is():
    over, under = (272 * DAYS[1] / DAYS[0] + 500, 300 * DAYS[1] / DAYS[0] + 1000)
    found = expected("documents.electronic", (500, 1000), LATELY)
    assert found == pytest.approx(100 * over / under, abs=Decimal("0.1"))
    assert found > 50


def test_a_share_that_fell_leads_below_what_it_is():
    assert expected("documents.electronic", (900, 1000), {"08": (10, 100), "09": (10, 100), "10": (10, 100)}) < 90


def test_a_count_goes_on_as_it_went():
    found = expected("documents.sent", (1000, None), dict.fromkeys(LATELY, (100, None)))
    assert found == round(1000 + 300 * DAYS[1] / DAYS[0])


def test_two_full_months_say_nothing():
    late = SimpleNamespace(start=date(2026, 9, 1), end=date(2026, 12, 31))
    assert expected("documents.electronic", (500, 1000), LATELY, plan=late) is None


def test_a_month_that_is_not_over_is_no_full_month():
    late = SimpleNamespace(start=date(2026, 8, 1), end=date(2026, 12, 31))
    assert expected("documents.electronic", (50, 100), LATELY, plan=late, today=date(2026, 10, 30)) is None
    assert expected("documents.electronic", (50, 100), LATELY, plan=late) is not None


def test_nothing_is_forecast_for_a_day_that_has_come():
    over = SimpleNamespace(start=date(2026, 1, 1), end=TODAY)
    assert expected("documents.electronic", (500, 1000), LATELY, plan=over) is None


def joined(**ends: int) -> dict[str, tuple]:
    return {month.removeprefix("m"): (n, 100) for month, n in ends.items()}


def test_agencies_that_joined_lead_nowhere_below_those_that_are_there():
    found = expected("documents.agencies", (95, 100), {}, joined(m07=90, m08=94, m09=94, m10=94))
    assert found is not None
    assert 95 <= found <= 100


def test_months_before_the_first_agency_are_no_evidence():
    assert expected("documents.agencies", (21, 100), {}, joined(m09=8, m10=21)) is None


def test_what_stands_at_a_day_goes_on_as_it_changed():
    found = expected("procedures.online", (40, 100), {}, joined(m07=30, m08=32, m09=34, m10=36))
    assert found == pytest.approx(40 + 6 * DAYS[1] / DAYS[0], abs=Decimal("0.1"))


def test_no_share_leads_beyond_all_or_below_nothing():
    assert expected("procedures.online", (99, 100), {}, joined(m07=0, m08=30, m09=60, m10=99)) == 100
    assert expected("procedures.online", (1, 100), {}, joined(m07=99, m08=60, m09=30, m10=1)) == 0


def test_a_rule_of_three():
    assert rules.onward(Decimal(100), Decimal(30), 90, 60) == 120
    assert rules.onward(Decimal(100), Decimal(0), 90, 60) == 100
