"""Giving the result back: who may, how, and what is owed afterwards."""

from datetime import datetime, timedelta

import pytest

from lienthong.foundation.access.rules import Forbidden
from lienthong.foundation.work.models import Item
from lienthong.kit.dates import VIETNAM
from lienthong.kit.refusal import Refused
from lienthong.modules.dossiers.actions.give_back import give_back
from lienthong.modules.dossiers.actions.parcels import Status, Trip, send_parcel, take_statuses
from lienthong.modules.dossiers.actions.suspend import resume, suspend
from lienthong.modules.dossiers.models import Dossier, Tally
from lienthong.modules.dossiers.terms import DossierState, PauseKind, ResultWay
from lienthong.modules.dossiers.tests.test_handling import decide_all

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 10, tzinfo=VIETNAM)


@pytest.fixture
def ready(one_stop) -> Dossier:
    dossier = one_stop.at_step("3", now=NOW)
    decide_all(one_stop, dossier, NOW)
    return Dossier.objects.get(pk=dossier.pk)


@pytest.mark.parametrize("way", [ResultWay.DESK, ResultWay.ELECTRONIC])
def test_a_result_is_returned_once_by_hand_or_electronically(one_stop, ready, way):
    give = {
        "dossier_id": ready.pk,
        "way": way,
        "taken_by": "Huỳnh Mỹ Duyên",
        "actor": one_stop.actor("ngan"),
        "now": NOW,
    }
    give_back(**give)
    with pytest.raises(Refused):
        give_back(**give)
    assert Tally.objects.get(side="agency", what=f"returned_{way}").value == 1


def test_what_waits_for_the_applicant_is_nobodys_delay(one_stop, ready):
    item = Item.objects.get(kind="dossiers.step", done_at__isnull=True)
    assert item.due_at is None and item.holder_id == one_stop.province.posts["ngan"]


def test_only_the_desk_returns(one_stop, ready):
    with pytest.raises(Forbidden):
        give_back(dossier_id=ready.pk, way=ResultWay.DESK, taken_by="x", actor=one_stop.actor("dung"), now=NOW)
    ready.refresh_from_db()
    assert ready.state == DossierState.READY


def test_the_post_delivers_or_brings_it_back(one_stop, ready):
    ngan = one_stop.actor("ngan")
    trip = Trip("Huỳnh Mỹ Duyên", "Khóm 4, xã Hòa Thuận", tracking="VN1")
    send_parcel(dossier_id=ready.pk, trip=trip, actor=ngan, now=NOW)
    later = [NOW + timedelta(hours=hours) for hours in (1, 2, 3)]
    used, refused = take_statuses(
        statuses=[Status("VN1", "không có người nhận", later[0], failed=True), Status("VN9", "?", later[0])],
        actor=ngan,
        now=later[2],
    )
    assert used == 1 and "VN9" in refused[0][1]
    ready.refresh_from_db()
    assert ready.state == DossierState.READY
    send_parcel(dossier_id=ready.pk, trip=Trip("Huỳnh Mỹ Duyên", "Khóm 4", tracking="VN2"), actor=ngan, now=later[1])
    done = Status("VN2", "đã phát", later[2], delivered=True)
    assert take_statuses(statuses=[done, done], actor=ngan, now=later[2]) == (2, [])
    ready.refresh_from_db()
    assert (ready.state, ready.returned_at) == (DossierState.RETURNED, later[2])
    assert Tally.objects.filter(side="agency", what="returned_post").count() == 1


def test_a_desk_is_not_offered_to_let_a_suspended_clock_run_and_may_not(one_stop, browser):
    dossier = one_stop.at_step("3", now=NOW)
    run = one_stop.open_run(dossier)
    suspend(run_id=run.pk, kind=PauseKind.FINANCE, reason="nộp thuế", actor=one_stop.actor("bao"), now=NOW)
    address = f"/lam-viec/ho-so/{dossier.pk}/"
    assert "/chay-lai/" not in browser("ngan").get(address).content.decode()
    assert "/chay-lai/" in browser("bao").get(address).content.decode()
    with pytest.raises(Forbidden):
        resume(dossier_id=dossier.pk, note="", actor=one_stop.actor("ngan"), now=NOW)
    resume(dossier_id=dossier.pk, note="", actor=one_stop.actor("bao"), now=NOW)


def test_a_desk_sees_on_its_board_what_its_counter_took_in(one_stop, ready, browser):
    one_stop.received(now=NOW)
    page = browser("ngan").get("/lam-viec/ho-so/bang/?tu=2026-11-01&den=2026-11-30").content.decode()
    assert "ben=tiep-nhan" in page and "Cấp giấy phép xây dựng" in page
