"""Names from outside made fit to be shown."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lienthong.kit.file_names import NAMELESS, extension_of, safe_name


@pytest.mark.parametrize(
    ("given_name", "shown"),
    [
        ("Tờ trình số 5.pdf", "Tờ trình số 5.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Windows\\system32\\a.dll", "a.dll"),
        ("/", NAMELESS),
        ("..", NAMELESS),
        ("", NAMELESS),
        (".htaccess", "htaccess"),
        ("a\x00b\n.pdf", "ab .pdf"),
        ("bao\u202efdp.exe", "baofdp.exe"),
        ("a       .pdf    .exe", "a .pdf .exe"),
        ('a<b>"c|d?.doc', "a_b__c_d_.doc"),
        ("CON.txt", "_CON.txt"),
        ("To\u031b\u0300 tri\u0300nh.doc", "Tờ trình.doc"),
    ],
)
def test_a_name_is_made_safe(given_name: str, shown: str) -> None:
    assert safe_name(given_name) == shown


def test_a_long_name_keeps_its_extension() -> None:
    shown = safe_name("Kế hoạch " * 60 + ".docx")
    assert len(shown) <= 200
    assert shown.endswith(".docx")


@given(st.text(max_size=400))
def test_a_safe_name_is_short_plain_and_stays_the_same(name: str) -> None:
    shown = safe_name(name)
    assert 0 < len(shown) <= 200
    assert not set(shown) & set('/\\\0\n\r<>:"|?*')
    assert all(unicodedata.category(char) not in ("Cc", "Cf", "Cs") for char in shown)
    assert shown not in (".", "..")
    assert safe_name(shown) == shown


@pytest.mark.parametrize(
    ("name", "extension"),
    [("a.PDF", "pdf"), ("a.tar.gz", "gz"), ("a", ""), (".pdf", ""), ("a.", ""), ("Số 5. Tờ trình", "")],
)
def test_the_extension_is_what_follows_the_last_dot(name: str, extension: str) -> None:
    assert extension_of(name) == extension
