"""What a slip lists where no paper is marked required, and which of several times applies."""

import re
from datetime import datetime
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from lienthong.kit.dates import VIETNAM
from lienthong.modules.dossiers.actions.turn_away import turn_away
from lienthong.modules.dossiers.models import Dossier, Slip
from lienthong.modules.dossiers.rules import Handed
from lienthong.modules.dossiers.terms import SlipKind
from lienthong.modules.dossiers.tests.test_pages import intake_data
from lienthong.modules.procedures.models import Case, Component, Method
from lienthong.modules.procedures.terms import TermUnit

pytestmark = pytest.mark.django_db
HOME = "/lam-viec/ho-so/"


def at(day: int, hour: int, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, 0, tzinfo=VIETNAM)


def slip_lines(one_stop, papers):
    turn_away(
        intake=one_stop.intake(papers=papers), kind=SlipKind.SUPPLEMENT, lines=[], reason="Chưa đủ giấy tờ",
        actor=one_stop.actor("ngan"), now=at(20, 9),
    )  # fmt: skip
    return Slip.objects.get().content["lines"]


def test_where_no_paper_is_marked_required_the_slip_lists_all_that_were_not_brought(one_stop):
    Component.objects.filter(case=one_stop.permit_case).update(required=False)
    form, drawing, promise = Component.objects.filter(case=one_stop.permit_case).order_by("place")
    assert slip_lines(one_stop, [Handed(drawing.name, drawing.pk, originals=1)]) == [form.name, promise.name]


def test_where_some_are_marked_the_slip_lists_only_those(one_stop):
    form, drawing, _promise = Component.objects.filter(case=one_stop.permit_case).order_by("place")
    assert slip_lines(one_stop, [Handed(drawing.name, drawing.pk, originals=1)]) == [form.name]


def test_without_marks_an_incomplete_dossier_can_still_be_received(one_stop):
    Component.objects.filter(case=one_stop.permit_case).update(required=False)
    assert one_stop.received(papers=[]).code


@pytest.fixture
def long_way(one_stop):
    """The building permit has a second time at the counter: 15 working days where the site must be seen."""
    return Method.objects.create(
        version=one_stop.building, place=4, channel="direct", amount=Decimal(15), unit=TermUnit.WORKING_DAYS,
        note="Trường hợp phải kiểm tra thực địa",
    )  # fmt: skip


def test_the_time_that_was_chosen_counts_and_without_choice_the_first(one_stop, long_way):
    first, chosen = one_stop.received(now=at(20, 9)), one_stop.received(now=at(20, 9), method_id=long_way.pk)
    assert (first.amount, first.due_at) == (7, at(1, 9, month=12))
    assert (chosen.amount, chosen.due_at) == (15, at(11, 9, month=12))


def test_a_time_of_another_procedure_or_channel_is_not_taken(one_stop, long_way):
    other = Method.objects.filter(version=one_stop.household, channel="direct").get()
    online = Method.objects.filter(version=one_stop.building, channel="online").get()
    Method.objects.filter(pk=online.pk).update(amount=Decimal(2))
    assert one_stop.received(method_id=other.pk).amount == 7
    assert one_stop.received(method_id=online.pk).amount == 7


def test_a_case_with_a_time_of_its_own_leaves_nothing_to_choose(one_stop, long_way):
    Case.objects.filter(pk=one_stop.permit_case.pk).update(amount=Decimal(4), unit=TermUnit.WORKING_DAYS)
    assert one_stop.received(method_id=long_way.pk).amount == 4


def test_the_counter_offers_the_times_with_their_notes_and_receives_by_the_one_chosen(one_stop, browser, long_way):
    address = f"{HOME}tiep-nhan/?nguoi={one_stop.applicant.pk}&ttt={one_stop.building.pk}"
    text = browser("ngan").get(address).content.decode()
    assert len(re.findall(r'type="radio" name="tg"', text)) == 2 and "kiểm tra thực địa" in text
    refused = browser("ngan").post(f"{HOME}tiep-nhan/", intake_data(one_stop, tg=long_way.pk, matter=" "))
    assert refused.status_code == 422 and f'value="{long_way.pk}" checked' in refused.content.decode()
    assert browser("ngan").post(f"{HOME}tiep-nhan/", intake_data(one_stop, tg=long_way.pk)).status_code == 302
    assert Dossier.objects.get().amount == 15


def test_with_one_time_only_nothing_is_asked(one_stop, browser):
    address = f"{HOME}tiep-nhan/?nguoi={one_stop.applicant.pk}&ttt={one_stop.building.pk}"
    assert 'name="tg"' not in browser("ngan").get(address).content.decode()


def test_a_scan_that_lies_about_its_type_is_named_and_what_was_typed_stays(one_stop, browser):
    first = Component.objects.filter(case=one_stop.permit_case).order_by("place").first()
    program = SimpleUploadedFile("don-de-nghi.pdf", b"MZ\x90\x00" + b"\x00" * 200, content_type="application/pdf")
    data = intake_data(one_stop, matter="Xây nhà hai tầng", agent_name="Lê Văn Út", agent_paper="Giấy ủy quyền 12")
    data[f"c{first.pk}-originals"] = "3"
    data["x0-name"] = "Giấy chứng nhận quyền sử dụng đất"
    response = browser("ngan").post(f"{HOME}tiep-nhan/", {**data, f"c{first.pk}-file": program})
    text = response.content.decode()
    assert response.status_code == 422 and "don-de-nghi.pdf" in text and not Dossier.objects.exists()
    for typed in ("Xây nhà hai tầng", "Lê Văn Út", "Giấy ủy quyền 12", "Giấy chứng nhận quyền sử dụng đất"):
        assert typed in text, typed
    assert f'name="c{first.pk}-originals" value="3"' in text
    assert f'name="c{first.pk}-ok" value="1" checked' in text
