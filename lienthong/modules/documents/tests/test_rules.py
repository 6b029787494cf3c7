"""The decisions, without a database."""

from datetime import date

import pytest

from lienthong.kit.refusal import Refused
from lienthong.modules.documents import rules
from lienthong.modules.documents.rules import Given, Paper, Recipient
from lienthong.modules.documents.terms import Channel, Code

TODAY = date(2026, 11, 20)


@pytest.mark.parametrize("secrecy", ["Mật", "Tối mật", "Tuyệt mật", "mat"])
def test_a_secret_document_is_refused_with_the_reason(secrecy):
    with pytest.raises(Refused, match="sổ văn bản mật riêng"):
        rules.require_not_secret(secrecy)


def test_a_document_that_is_not_secret_may_enter():
    rules.require_not_secret("không mật")
    rules.require_not_secret("Không mật")


@pytest.mark.parametrize(
    ("paper", "why"),
    [
        (Paper("CV", "", "   "), "trích yếu"),
        (Paper("CV", "", "x" * 501), "501 ký tự"),
        (Paper("CV", "", "x", date(2027, 1, 1)), "tương lai"),
        (Paper("CV", "", "x", date(1206, 1, 1)), "quá xa"),
        (Paper("CV", "", "x", secrecy="Mật"), "Mật"),
    ],
)
def test_an_incomplete_document_is_refused_and_the_reason_named(paper, why):
    with pytest.raises(Refused, match=why):
        rules.require_complete(paper, TODAY)


@pytest.mark.parametrize(
    ("before", "after", "moves"),
    [
        ("", "01", True), ("01", "03", True), ("01", "02", True), ("03", "06", True), ("04", "03", False), ("05", "05", False),
        ("02", "03", False), ("06", "01", False), ("01", "13", False), ("01", "15", False), ("03", "09", False),
    ],
)  # fmt: skip
def test_only_a_later_code_moves_a_delivery_on_and_nothing_follows_a_return(before, after, moves):
    assert rules.advances(before, after) is moves


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("37", "KH-UBND"), ("037", "kh-ubnd")),
        (("5", "BNV-VP"), ("05", "BNV–VP")),
        (("12", "QĐ-UBND"), ("12", "QD-UBND")),
    ],
)
def test_the_same_number_written_in_two_ways_is_the_same(one, other):
    assert rules.code_folded(*one) == rules.code_folded(*other) != ""


def test_an_instruction_names_somebody_and_at_most_one_leads():
    with pytest.raises(Refused, match="ít nhất một"):
        rules.require_instruction("Xử lý", [], False)
    with pytest.raises(Refused, match="một nơi chủ trì"):
        rules.require_instruction("", [Given("lead", 1), Given("lead", 2)], False)
    with pytest.raises(Refused, match="một nơi chủ trì"):
        rules.require_instruction("", [Given("lead", 1)], True)
    with pytest.raises(Refused, match="phải có nơi chủ trì"):
        rules.require_instruction("", [Given("support", 1)], False)
    rules.require_instruction("", [Given("support", 1)], True)
    rules.require_instruction("", [Given("inform", 1)], False)


def test_a_document_goes_inside_where_a_clerk_is_over_the_axis_where_a_code_is_else_on_paper():
    assert rules.channel_for(has_clerk=True, has_code=False) == Channel.HERE
    assert rules.channel_for(has_clerk=False, has_code=True) == Channel.AXIS
    assert rules.channel_for(has_clerk=False, has_code=False) == Channel.PAPER


def test_nobody_is_chosen_twice_and_somebody_must_be():
    with pytest.raises(rules.NotReady, match="hai lần"):
        rules.require_issuable("registered", [Recipient(1), Recipient(1)], "")
    with pytest.raises(rules.NotReady, match="nơi nhận"):
        rules.require_issuable("registered", [], "  ")
    with pytest.raises(rules.NotReady, match="phát hành"):
        rules.require_issuable("issued", [Recipient(1)], "")
    rules.require_issuable("registered", [], "Lưu: VT")


def test_every_state_of_an_incoming_document_but_withdrawal_is_told_to_its_sender():
    assert set(rules.CODE_OF_STATE.values()) == {Code(code) for code in ("01", "02", "03", "04", "05", "06")}
