"""The store of results, and the page of one applicant."""

from datetime import date

import pytest

from lienthong.foundation.access.rules import Forbidden
from lienthong.kit.refusal import Refused
from lienthong.modules.citizens.actions.keep_applicant import keep_applicant
from lienthong.modules.citizens.actions.merge import merge
from lienthong.modules.citizens.rules import Details
from lienthong.modules.dossiers.actions.keep_result import ResultDetails, keep_result, revoke_result
from lienthong.modules.dossiers.models import KeptResult
from lienthong.modules.dossiers.queries import reuse, store

pytestmark = pytest.mark.django_db
HOME = "/lam-viec/ho-so/"


@pytest.fixture
def kept(one_stop, now):
    def make(number: str = "12/GP-UBND", valid_to: date | None = None, code: str = "KQ.1") -> KeptResult:
        dossier = one_stop.at_step("3")
        return keep_result(
            dossier_id=dossier.pk, result=ResultDetails("Giấy phép xây dựng", code=code, number=number, valid_to=valid_to,
            issued_on=date(2026, 1, 5)), actor=one_stop.actor("bao"), now=now,
        )  # fmt: skip

    return make


def numbers(page):
    return [row.number for row in page.rows]


def test_a_result_is_found_by_number_by_code_and_by_name_without_diacritics(one_stop, kept, now):
    first, second = kept("12/GP-UBND"), kept("13/GP-UBND")
    viewer, today = one_stop.actor("ngan"), now.date()
    for words in ("12/gp-ubnd", "12", first.dossier.code, first.dossier.code[-6:]):
        assert numbers(store.page(viewer, words, "", today, 1)) == ["12/GP-UBND"], words
    assert numbers(store.page(viewer, "huynh duyen", "", today, 1)) == ["13/GP-UBND", "12/GP-UBND"]
    assert numbers(store.page(viewer, "tran duyen", "", today, 1)) == []
    assert second.pk


def test_each_result_stands_under_one_state(one_stop, kept, now):
    kept("1/GP"), kept("2/GP", valid_to=date(2026, 11, 19)), kept("3/GP", valid_to=date(2026, 11, 20))
    gone = kept("4/GP")
    revoke_result(result_id=gone.pk, reason="Cấp sai, điều 12", actor=one_stop.actor("dung"), now=now)
    viewer = one_stop.actor("gam")
    found = {state: numbers(store.page(viewer, "", state, now.date(), 1)) for state in store.STATES}
    assert found == {
        "": ["4/GP", "3/GP", "2/GP", "1/GP"],
        "con": ["3/GP", "1/GP"],
        "het": ["2/GP"],
        "thu-hoi": ["4/GP"],
    }


def test_what_another_agency_issued_is_not_found(one_stop, kept, browser):
    row = kept()
    for who in ("phuoc", "tuyet"):
        assert "12/GP" not in browser(who).get(f"{HOME}ket-qua/").content.decode()
    assert browser("phuoc").get(f"{HOME}ket-qua/{row.pk}/thu-hoi/").status_code == 404
    for who in ("ngan", "bao", "dung", "gam"):
        assert "12/GP-UBND" in browser(who).get(f"{HOME}ket-qua/?q=12").content.decode(), who


def test_a_leader_revokes_and_nobody_else(one_stop, kept, browser):
    row = kept()
    address = f"{HOME}ket-qua/{row.pk}/thu-hoi/"
    assert (
        browser("bao").get(address).status_code == 403
        and "thu-hoi/" not in browser("gam").get(f"{HOME}ket-qua/").content.decode()
    )
    assert f"{address}" in browser("dung").get(f"{HOME}ket-qua/").content.decode()
    assert browser("dung").post(address, {"reason": ""}).status_code == 422
    assert browser("dung").post(address, {"reason": "Cấp sai đối tượng"}).status_code == 302
    row.refresh_from_db()
    assert row.revoked_at is not None
    assert reuse.of_applicant(one_stop.applicant.pk, ["KQ.1"], date(2026, 11, 20)) == {}
    with pytest.raises(Forbidden):
        revoke_result(result_id=row.pk, reason="x", actor=one_stop.actor("phuoc"), now=row.revoked_at)


def test_the_page_of_an_applicant_masks_numbers_and_shows_only_dossiers_in_sight(one_stop, kept, browser):
    kept()
    address = f"/lam-viec/nguoi-nop/{one_stop.applicant.pk}/"
    text = browser("ngan").get(address).content.decode()
    assert "091191000347" not in text and "091•••••0347" in text and "12/GP-UBND" in text and "/sua/" in text
    seen_by_handler = browser("bao").get(address).content.decode()
    assert "H99.71.01" in seen_by_handler and "/sua/" not in seen_by_handler
    other_desk = browser("tuyet").get(address).content.decode()
    assert "H99.71.01" not in other_desk and "12/GP" not in other_desk
    assert browser("phuoc").get(address).status_code == 404


def test_details_are_put_right_and_dossiers_keep_theirs(one_stop, browser):
    dossier = one_stop.received()
    address = f"/lam-viec/nguoi-nop/{one_stop.applicant.pk}/sua/"
    data = {
        "kind": "person",
        "name": "Huỳnh Mỹ Duyến",
        "sex": "female",
        "address": "",
        "phone": "0900 000 413",
        "scheme": "passport",
        "number": "c1234567",
    }
    assert browser("bao").get(address).status_code == 403
    assert browser("ngan").post(address, data).status_code == 302
    one_stop.applicant.refresh_from_db()
    dossier.refresh_from_db()
    assert (one_stop.applicant.name, one_stop.applicant.phone, one_stop.applicant.address) == (
        "Huỳnh Mỹ Duyến",
        "0900000413",
        "",
    )
    assert dossier.applicant_name == "Huỳnh Mỹ Duyên"
    again = browser("ngan").post(address, data)
    assert again.status_code == 422 and "Chưa sửa mục nào" in again.content.decode()


def test_a_number_of_somebody_else_is_refused_and_merging_is_named(one_stop, browser, now):
    keep_applicant(details=Details("Người khác", number="091191000999"), actor=one_stop.actor("ngan"), now=now)
    data = {"kind": "person", "name": "Huỳnh Mỹ Duyên", "scheme": "personal", "number": "091191000999"}
    response = browser("ngan").post(f"/lam-viec/nguoi-nop/{one_stop.applicant.pk}/sua/", data)
    assert response.status_code == 422 and "dùng Gộp" in response.content.decode()


@pytest.fixture
def twin(one_stop, now):
    return keep_applicant(
        details=Details("Huỳnh Mỹ Duyên", number="", address="Khóm 9"), actor=one_stop.actor("ngan"), now=now
    )


def test_two_rows_of_one_person_are_compared_and_joined_by_post(one_stop, browser, twin):
    address = f"/lam-viec/nguoi-nop/{one_stop.applicant.pk}/gop/"
    assert browser("bao").get(address).status_code == 403
    assert browser("ngan").get(address).status_code == 200
    found = browser("ngan").post(address, {"tim": "huynh my"}).content.decode()
    assert f'value="{twin.pk}"' in found and f'name="other" value="{one_stop.applicant.pk}"' not in found
    both = browser("ngan").post(address, {"other": twin.pk}).content.decode()
    assert "Khóm 9" in both and "Khóm 4" in both and "Giữ dòng này" in both
    without = browser("ngan").post(
        address, {"other": twin.pk, "stays": one_stop.applicant.pk, "merge": "1", "reason": ""}
    )
    assert without.status_code == 422 and "lý do gộp" in without.content.decode()
    done = browser("ngan").post(address, {"other": twin.pk, "stays": twin.pk, "merge": "1", "reason": "Cùng một người"})
    assert done["Location"].endswith(f"/nguoi-nop/{twin.pk}/")
    moved = browser("ngan").get(f"/lam-viec/nguoi-nop/{one_stop.applicant.pk}/")
    assert moved.status_code == 302 and "091•••••0347" in browser("ngan").get(moved["Location"]).content.decode()


def test_results_of_a_row_that_was_merged_are_still_reused_and_seen(one_stop, kept, twin, now, browser):
    row = kept()
    merge(
        applicant_id=one_stop.applicant.pk,
        into_id=twin.pk,
        reason="Cùng một người",
        actor=one_stop.actor("ngan"),
        now=now,
    )
    assert reuse.of_applicant(twin.pk, ["KQ.1"], now.date())["KQ.1"].pk == row.pk
    assert "12/GP-UBND" in browser("ngan").get(f"/lam-viec/nguoi-nop/{twin.pk}/").content.decode()
    with pytest.raises(Refused, match="đã là một người"):
        merge(applicant_id=one_stop.applicant.pk, into_id=twin.pk, reason="x", actor=one_stop.actor("ngan"), now=now)
