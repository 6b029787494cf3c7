import pytest

from lienthong.foundation.accounts.rules import one_time_password, require_username, suggest_username
from lienthong.kit.refusal import Refused


@pytest.mark.parametrize("text", ["huongtt", " HuongTT ", "tran.huong-2", "h99"])
def test_a_name_to_sign_in_with_is_kept_in_small_letters(text):
    assert require_username(text) == text.strip().lower()


@pytest.mark.parametrize("text", ["", "ab", "hương", "a b c", ".abc", "x" * 61, "a/b/c", "abc\n"])
def test_a_name_that_is_hard_to_type_is_refused(text):
    with pytest.raises(Refused):
        require_username(text if text != "abc\n" else "ab\nc")


def test_a_name_is_suggested_from_the_given_name_and_the_initials():
    assert suggest_username("Trần Thu Hương", set()) == "huongtt"
    assert suggest_username("Đặng Hữu Phước", {"phuocdh"}) == "phuocdh2"
    assert suggest_username("Đặng Hữu Phước", {"phuocdh", "phuocdh2"}) == "phuocdh3"


def test_passwords_given_once_differ_and_hold_no_sign_that_looks_like_another():
    given = {one_time_password() for _ in range(200)}
    assert len(given) == 200
    assert not set("".join(given)) & set("0Oo1lI")
