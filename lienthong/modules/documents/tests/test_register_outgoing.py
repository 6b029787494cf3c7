"""Registering an outgoing document: where it gets its number (30/2020/NĐ-CP art. 15)."""

from datetime import datetime

import pytest

from lienthong.foundation.access.rules import Forbidden
from lienthong.foundation.numbering.actions.open_series import open_series
from lienthong.foundation.numbering.actions.reserve import reserve
from lienthong.foundation.numbering.models import Counter
from lienthong.foundation.trail.models import Entry
from lienthong.kit.dates import VIETNAM
from lienthong.kit.refusal import Refused
from lienthong.modules.documents.actions.register_outgoing import register_outgoing
from lienthong.modules.documents.models import Document, Outgoing
from lienthong.modules.documents.rules import OutgoingDetails, Paper

pytestmark = pytest.mark.django_db


def register(way, who="lan", paper=None, details=None, now=None, attached=None, **more):
    return register_outgoing(
        paper=paper or Paper("KH", "", "Kế hoạch", way.now.date()), details=details or OutgoingDetails(),
        attached=[way.pdf()] if attached is None else attached, actor=way.province.actor(who), now=now or way.now, **more,
    )  # fmt: skip


def test_numbers_follow_one_another_with_a_leading_zero_and_the_notation_of_the_decree(way, province):
    assert [register(way).document.code for _ in range(2)] == ["01/KH-UBND", "02/KH-UBND"]
    planning = OutgoingDetails(unit_id=province.planning.pk)
    letter = register(way, "oanh", Paper("CV", "", "Về việc góp ý", way.now.date()), planning)
    assert letter.document.code == "01/SXD-QLXD"
    assert Entry.objects.filter(verb="documents.register").count() == 3


def test_a_book_of_its_own_numbers_its_types_apart(way, province, now):
    open_series(
        agency_id=province.committee.pk,
        book="outgoing",
        name="Quyết định",
        covers=["QD"],
        pattern="",
        actor=province.actor("lan"),
        now=now,
    )
    assert register(way).document.code == "01/KH-UBND"
    assert register(way, paper=Paper("QD", "", "Quyết định", now.date())).document.code == "01/QĐ-UBND"
    assert register(way).document.code == "02/KH-UBND"


def test_the_book_begins_again_on_the_first_of_january(way):
    register(way)
    next_year = datetime(2027, 1, 1, 8, 0, tzinfo=VIETNAM)
    row = register(way, paper=Paper("KH", "", "Kế hoạch", next_year.date()), now=next_year)
    assert row.document.code == "01/KH-UBND" and row.year == 2027


def test_a_refused_document_keeps_no_number(way):
    for paper, attached in (
        (Paper("KH", "", ""), None),
        (Paper("KH", "", "x", secrecy="Mật"), None),
        (Paper("KH", "", "x"), []),
    ):
        with pytest.raises(Refused):
            register(way, paper=paper, attached=attached)
    assert not Counter.objects.filter(series__book="outgoing").exists()
    assert not Document.objects.exists()
    assert not Entry.objects.filter(verb="documents.register").exists()


def test_only_a_clerk_registers_and_only_in_the_own_agency(way):
    with pytest.raises(Forbidden):
        register(way, "huong")
    with pytest.raises(Forbidden):
        register(way, "phuoc")
    assert not Outgoing.objects.exists()


def test_the_same_form_sent_twice_is_one_document(way):
    assert register(way, form_key="k1").pk == register(way, form_key="k1").pk
    assert Outgoing.objects.count() == 1


def test_a_reserved_number_is_spent_by_one_document_and_the_book_goes_on_behind_it(way, province, now):
    series = register(way).series
    assert reserve(series_id=series.pk, count=2, reason="Chờ ký", actor=province.actor("lan"), now=now) == [2, 3]
    assert register(way).ordinal == 4
    assert register(way, details=OutgoingDetails(reserved_number=2)).document.code == "02/KH-UBND"
    with pytest.raises(Refused, match="không phải là số đang giữ"):
        register(way, details=OutgoingDetails(reserved_number=2))


def test_a_document_of_last_year_gets_no_number_of_this_year(way):
    with pytest.raises(Refused, match="2025"):
        register(way, paper=Paper("KH", "", "x", datetime(2025, 12, 30).date()))
    assert not Outgoing.objects.exists()
