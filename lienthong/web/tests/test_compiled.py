"""A compiled part escapes, sees only what it is given, and says when something is missing (decisions/0006)."""

import pytest
from django.http import QueryDict
from django.template import engines
from jinja2 import UndefinedError

from lienthong.web.templatetags.parts import compiled, query_with

TABS = [("", "Tất cả"), ("moi", "<b>Mới</b>")]


def tabs(**changes):
    given = {"tabs": TABS, "current": "", "counts": {}, "key": "loc", "params": QueryDict("")}
    return compiled("parts/tabs.html", **{**given, **changes})


def test_what_is_put_into_a_compiled_part_is_escaped():
    assert "&lt;b&gt;Mới&lt;/b&gt;" in tabs()
    assert "<b>Mới" not in tabs()


def test_a_tab_says_how_many_wait_and_only_where_it_was_counted():
    assert "<span>0</span>" in tabs(counts={"moi": 0})
    assert "<span>" not in tabs()


def test_a_tab_keeps_the_rest_of_the_address_and_goes_to_the_first_page():
    assert 'href="?q=a%26b&amp;loc=moi"' in tabs(params=QueryDict("q=a%26b&trang=4&loc=cu"))


def test_a_name_that_was_not_given_is_an_error_and_not_an_empty_place():
    with pytest.raises(UndefinedError):
        compiled("parts/tabs.html", tabs=TABS)


def test_the_page_around_is_not_seen_from_a_compiled_part():
    page = engines["django"].from_string('{% with menu=menu %}{% compiled "parts/menu.html" %}{% endwith %}')
    with pytest.raises(UndefinedError):
        page.render({"menu": []})


def test_a_query_is_changed_in_a_copy():
    params = QueryDict("a=1&b=2")
    assert query_with(params, {"a": None, "b": 3}) == "?b=3"
    assert query_with(params, {"a": "", "b": None}) == "?"
    assert params.urlencode() == "a=1&b=2"
