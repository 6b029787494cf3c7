"""Where the months so far lead to: a line that whoever reads it can explain."""

from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import pytest

from lienthong.foundation.measures import rules as measures
from lienthong.modules.plans.queries.standings import _expected
from lienthong.modules.plans.rules import Promise
from lienthong.modules.plans.terms import Comparator

PLAN = SimpleNamespace(start=date(2026, 1, 1))
ALL = Promise(Comparator.ALL, None, None, "%", date(2026, 12, 31))


def so_far(*values: str) -> list[Decimal | None]:
    return [Decimal(one) for one in values]


@pytest.fixture
def agencies():
    return measures.measure("documents.agencies")


def test_agencies_that_joined_lead_nowhere_below_those_that_are_there(agencies):
    found = _expected(agencies, so_far("0", "0", "0", "0", "0", "0", "0", "90", "94", "94", "94.7"), ALL, PLAN)
    assert found is not None and found >= Decimal("94.7")


def test_months_before_the_first_agency_are_no_evidence(agencies):
    assert _expected(agencies, so_far("0", "0", "0", "0", "8", "21"), ALL, PLAN) is None


def test_a_share_of_records_may_fall_and_its_noughts_count():
    share = measures.measure("dossiers.online")
    found = _expected(share, so_far("30", "20", "10", "0"), ALL, PLAN)
    assert found == 0
