"""Small pieces of pages: how a change is written."""

from decimal import Decimal

import pytest

from lienthong.web.templatetags.parts import gap


@pytest.mark.parametrize(
    ("value", "before", "said"),
    [("93.2203", "95.3642", "−2,2"), ("98.3416", "96.8815", "+1,4"), ("92.04", "92.01", ""), ("603", "481", "+122")],
)
def test_a_change_is_the_difference_of_the_values_as_they_are_shown(value, before, said):
    assert gap(Decimal(value), Decimal(before)) == said
