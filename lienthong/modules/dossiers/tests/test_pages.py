"""The walk through the pages: at the counter, at the handler's desk, at the leader's, back at the counter."""

import pytest

from lienthong.modules.citizens.models import Applicant
from lienthong.modules.dossiers.models import Dossier, DossierPaper, KeptResult, Slip, StepRun
from lienthong.modules.procedures.models import Component

pytestmark = pytest.mark.django_db
HOME = "/lam-viec/ho-so/"
CARD = "091191000348|361234567|Trịnh Thanh Thúy|05081992|Nữ|Ấp 3, xã Hòa Thuận|01012022"


def intake_data(one_stop, **more):
    components = Component.objects.filter(case=one_stop.permit_case)
    data = {
        "nguoi": one_stop.applicant.pk, "ttt": one_stop.building.pk, "th": one_stop.permit_case.pk, "cq": one_stop.province.commune.pk,
        "kenh": "direct", "matter": "Cấp giấy phép xây dựng", "copies": "1", "form_key": "k-1", "act": "receive", "result_way": "desk",
    }  # fmt: skip
    for component in components:
        data[f"c{component.pk}-ok"] = "1"
        data[f"c{component.pk}-form"] = "original"
        data[f"c{component.pk}-originals"] = "1"
    return {**data, **more}


def test_the_text_of_a_card_makes_the_applicant_and_leads_back_to_the_counter(one_stop, browser):
    response = browser("ngan").post(f"{HOME}tiep-nhan/nguoi-nop/", {"tim": CARD})
    made = Applicant.objects.get(name="Trịnh Thanh Thúy")
    assert response.status_code == 302 and response["Location"].endswith(f"?nguoi={made.pk}")
    browser("ngan").post(f"{HOME}tiep-nhan/nguoi-nop/", {"tim": CARD})
    assert Applicant.objects.filter(name="Trịnh Thanh Thúy").count() == 1


def test_a_card_that_cannot_be_read_is_said_and_the_form_stays(one_stop, browser):
    response = browser("ngan").post(f"{HOME}tiep-nhan/nguoi-nop/", {"tim": "1|2|3|4|5|6|7"})
    assert response.status_code == 422 and "12 chữ số" in response.content.decode()


def test_the_counter_shows_the_due_time_before_it_receives(one_stop, browser):
    page = browser("ngan").get(f"{HOME}tiep-nhan/?nguoi={one_stop.applicant.pk}&ttt={one_stop.building.pk}")
    text = page.content.decode()
    assert page.status_code == 200 and "Hẹn trả" in text and "Đơn đề nghị cấp giấy phép xây dựng" in text


def test_the_desk_receives_and_a_second_click_makes_no_second_dossier(one_stop, browser):
    for _ in range(2):
        response = browser("ngan").post(f"{HOME}tiep-nhan/", intake_data(one_stop))
        assert response.status_code == 302
    dossier = Dossier.objects.get()
    assert dossier.code and DossierPaper.objects.count() == 3 and Slip.objects.count() == 1
    assert browser("ngan").get(f"{HOME}{dossier.pk}/").status_code == 200


def test_a_missing_paper_is_refused_and_what_was_typed_stays(one_stop, browser):
    first = Component.objects.filter(case=one_stop.permit_case).first()
    data = intake_data(one_stop, matter="Xây nhà hai tầng")
    del data[f"c{first.pk}-ok"]
    response = browser("ngan").post(f"{HOME}tiep-nhan/", data)
    text = response.content.decode()
    assert response.status_code == 422 and "Còn thiếu 1 giấy tờ bắt buộc" in text and "Xây nhà hai tầng" in text
    assert not Dossier.objects.exists()


def test_the_desk_gives_a_slip_that_asks_for_the_rest_without_a_code(one_stop, browser):
    first = Component.objects.filter(case=one_stop.permit_case).first()
    data = intake_data(one_stop, act="ask", reason="Thiếu đơn đề nghị")
    del data[f"c{first.pk}-ok"]
    assert browser("ngan").post(f"{HOME}tiep-nhan/", data).status_code == 302
    dossier = Dossier.objects.get()
    assert (dossier.state, dossier.code) == ("not_received", None)
    assert Slip.objects.get().content["lines"] == [first.name]


def test_a_handler_walks_a_dossier_to_the_applicant_through_the_pages(one_stop, browser, now, pdf):
    from django.core.files.uploadedfile import SimpleUploadedFile

    dossier = one_stop.received()

    def run():
        return StepRun.objects.get(dossier=dossier, state="open")

    def does(who, address, data):
        response = browser(who).post(address, data)
        assert response.status_code == 302, response.content.decode()[:3000]

    bao = one_stop.province.posts["bao"]
    assert browser("quy").get(f"{HOME}buoc/{run().pk}/xong/").status_code == 200
    does("quy", f"{HOME}buoc/{run().pk}/xong/", {"note": "", "to_post": bao})
    does("bao", f"{HOME}buoc/{run().pk}/yeu-cau-bo-sung/", {"lines": "Bản vẽ có dấu", "reason": "Bản vẽ thiếu dấu"})
    dossier.refresh_from_db()
    assert dossier.state == "stopped_clock"
    does("ngan", f"{HOME}{dossier.pk}/bo-sung/", {"lines": "Bản vẽ có dấu"})
    does("bao", f"{HOME}buoc/{run().pk}/xong/", {"note": "đủ điều kiện"})
    does("dung", f"{HOME}buoc/{run().pk}/quyet-dinh/", {"outcome": "granted", "reason": ""})
    scan = SimpleUploadedFile("gp.pdf", b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n")
    does("gam", f"{HOME}{dossier.pk}/van-ban/", {"type_code": "QD", "subject": "Cấp phép", "file": scan})
    does("gam", f"{HOME}buoc/{run().pk}/xong/", {"note": ""})
    dossier.refresh_from_db()
    assert dossier.state == "ready" and KeptResult.objects.get().number
    does("ngan", f"{HOME}{dossier.pk}/tra/", {"way": "desk", "taken_by": "Huỳnh Mỹ Duyên", "paper": ""})
    dossier.refresh_from_db()
    assert dossier.state == "returned"
    for who in ("ngan", "quy", "bao", "dung", "gam"):
        assert browser(who).get(f"{HOME}{dossier.pk}/").status_code == 200, who
        assert browser(who).get(HOME).status_code == 200, who


@pytest.mark.parametrize("who", ["ngan", "quy", "bao", "dung", "gam"])
def test_every_act_page_opens_for_whoever_may_do_it(one_stop, browser, who):
    dossier = one_stop.at_step("3")
    page = browser(who).get(f"{HOME}{dossier.pk}/")
    if page.status_code == 404:
        return  # the desk of another counter, a clerk without a step
    text = page.content.decode()
    import re

    for address in set(re.findall(rf'href="({HOME}(?:\d+|buoc/\d+)/[a-z-]+/)"', text)):
        assert browser(who).get(address).status_code == 200, address


def test_a_person_of_another_agency_finds_no_dossier(one_stop, browser):
    dossier = one_stop.received()
    assert browser("huong").get(f"{HOME}{dossier.pk}/").status_code == 404
    assert browser("tuyet").get(f"{HOME}{dossier.pk}/").status_code == 404
