"""The walk through the pages: at the counter, at the handler's desk, at the leader's, back at the counter."""

import pytest

from lienthong.modules.citizens.models import Applicant
from lienthong.modules.dossiers.models import Dossier, DossierPaper, KeptResult, Slip, StepRun
from lienthong.modules.dossiers.tests.test_handling import decide_all
from lienthong.modules.dossiers.views.clock import now as clock
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


def test_one_person_under_two_numbers_is_pointed_out_at_the_counter(one_stop, browser):
    browser("ngan").post(f"{HOME}tiep-nhan/nguoi-nop/", {"tim": CARD})
    first = Applicant.objects.get(name="Trịnh Thanh Thúy")
    place = browser("ngan").post(f"{HOME}tiep-nhan/nguoi-nop/", {"tim": CARD.replace("091191000348", "091191000999")})[
        "Location"
    ]
    text = browser("ngan").get(place).content.decode()
    assert "Có thể là cùng một người" in text and f"?nguoi={first.pk}" in text and "091191000348" not in text
    stranger = CARD.replace("091191000348", "091191000777").replace("05081992", "06081992")
    place = browser("ngan").post(f"{HOME}tiep-nhan/nguoi-nop/", {"tim": stranger})["Location"]
    assert "Có thể là cùng một người" not in browser("ngan").get(place).content.decode()


def test_who_mends_an_applicant_comes_back_to_the_counter_with_the_procedure_chosen(one_stop, browser):
    import re
    from html import unescape

    counter = f"{HOME}tiep-nhan/?nguoi={one_stop.applicant.pk}&ttt={one_stop.building.pk}"
    page = browser("ngan").get(counter).content.decode()
    mend = unescape(re.search(r'href="(/lam-viec/nguoi-nop/\d+/sua/[^"]*)"', page).group(1))
    data = {"kind": "person", "name": "Huỳnh Mỹ Duyên", "phone": "0912345678", "scheme": "personal"}
    assert browser("ngan").post(mend, data)["Location"] == counter
    elsewhere = mend.split("?")[0] + "?ve=//noi-khac.example/lam-viec/"
    data["phone"] = "0912345679"
    assert browser("ngan").post(elsewhere, data)["Location"] == f"/lam-viec/nguoi-nop/{one_stop.applicant.pk}/"


def test_a_name_that_many_have_says_that_there_are_more(one_stop, browser, now):
    from lienthong.modules.citizens.actions.keep_applicant import keep_applicant
    from lienthong.modules.citizens.rules import Details

    for place in range(21):
        keep_applicant(details=Details(name=f"Tăng Bảo {place}"), actor=one_stop.actor("ngan"), now=now)
    text = browser("ngan").post(f"{HOME}tiep-nhan/nguoi-nop/", {"tim": "tang bao"}).content.decode()
    assert text.count("?nguoi=") == 20 and "Còn nữa" in text and "ghi người nộp mới" in text


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


def test_what_was_just_made_at_the_counter_is_there_to_print(one_stop, browser):
    place = browser("ngan").post(f"{HOME}tiep-nhan/", intake_data(one_stop))["Location"]
    button = f'<a class="btn btn-primary" href="{HOME}phieu/{Slip.objects.get().pk}.pdf">'
    assert button in browser("ngan").get(place).content.decode()
    assert button not in browser("bao").get(place).content.decode()
    away = browser("ngan").post(
        f"{HOME}tiep-nhan/", intake_data(one_stop, act="refuse", reason="Sai nơi", form_key="k-2")
    )
    slip = Slip.objects.get(kind="refusal")
    assert f'btn-primary" href="{HOME}phieu/{slip.pk}.pdf"' in browser("ngan").get(away["Location"]).content.decode()


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


def scan(name="don.pdf", content=b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"):
    from django.core.files.uploadedfile import SimpleUploadedFile

    return SimpleUploadedFile(name, content)


def held_in(text):
    import re

    return dict(re.findall(r'name="([a-z]\d+-held)" value="([^"]+)"', text))


def test_a_resent_form_makes_no_second_slip_either(one_stop, browser):
    data = intake_data(one_stop, act="refuse", reason="Không thuộc thẩm quyền")
    places = {browser("ngan").post(f"{HOME}tiep-nhan/", data)["Location"] for _ in range(2)}
    assert len(places) == 1 and Dossier.objects.count() == 1 and Slip.objects.count() == 1


def test_an_agency_chosen_at_the_last_moment_is_not_passed_over_silently(one_stop, browser):
    seen = f"{one_stop.permit_case.pk}|{one_stop.province.commune.pk}|direct"
    data = intake_data(one_stop, **{"da-chon": seen, "cq": "chua-ro", "matter": "Xây nhà hai tầng"})
    response = browser("ngan").post(f"{HOME}tiep-nhan/", data)
    text = response.content.decode()
    assert response.status_code == 422 and "vừa chọn" in text and "Xây nhà hai tầng" in text
    assert not Dossier.objects.exists()
    again = {**data, "da-chon": f"{one_stop.permit_case.pk}|chua-ro|direct"}
    assert browser("ngan").post(f"{HOME}tiep-nhan/", again).status_code == 302
    assert Dossier.objects.get().state == "unclear"


def test_applying_a_choice_keeps_what_was_typed_and_receives_nothing(one_stop, browser):
    data = intake_data(one_stop, act="choose", kenh="online", matter="Xây nhà ba tầng")
    response = browser("ngan").post(f"{HOME}tiep-nhan/", data)
    assert response.status_code == 200 and "Xây nhà ba tầng" in response.content.decode()
    assert not Dossier.objects.exists()


def test_a_scan_without_a_tick_is_a_paper_handed_in(one_stop, browser):
    first = Component.objects.filter(case=one_stop.permit_case).first()
    data = intake_data(one_stop, **{f"c{first.pk}-file": scan(), "x0-file": scan("ban-ve.pdf")})
    del data[f"c{first.pk}-ok"]
    assert browser("ngan").post(f"{HOME}tiep-nhan/", data).status_code == 302
    assert DossierPaper.objects.get(component=first).stored_id
    assert DossierPaper.objects.get(component=None).name == "ban-ve.pdf"


def test_scans_outlive_a_refusal_and_one_bad_file_does_not_lose_the_others(one_stop, browser):
    first, second = Component.objects.filter(case=one_stop.permit_case)[:2]
    data = intake_data(
        one_stop, **{f"c{first.pk}-file": scan(), f"c{second.pk}-file": scan("gia.pdf", b"MZ\x90\x00" * 999)}
    )
    response = browser("ngan").post(f"{HOME}tiep-nhan/", data)
    held = held_in(response.content.decode())
    assert response.status_code == 422 and set(held) == {f"c{first.pk}-held"} and not Dossier.objects.exists()
    assert browser("ngan").post(f"{HOME}tiep-nhan/", {**intake_data(one_stop), **held}).status_code == 302
    assert DossierPaper.objects.get(component=first).file_name == "don.pdf"
    assert DossierPaper.objects.get(component=second).stored_id is None


def test_a_held_scan_of_another_desk_is_not_taken(one_stop, browser):
    from django.core import signing

    first = Component.objects.filter(case=one_stop.permit_case).first()
    stranger = signing.dumps([one_stop.province.posts["huong"], 1, "cua-nguoi-khac.pdf"], salt="dossiers.scan")
    for token in (stranger, "khong-phai-ma"):
        data = intake_data(one_stop, **{f"c{first.pk}-held": token, "form_key": token[-8:]})
        assert browser("ngan").post(f"{HOME}tiep-nhan/", data).status_code == 302
    assert not DossierPaper.objects.filter(stored__isnull=False).exists()


def test_a_handler_walks_a_dossier_to_the_applicant_through_the_pages(one_stop, browser, now, pdf):
    from django.core.files.uploadedfile import SimpleUploadedFile

    dossier = one_stop.received()

    def run():
        return StepRun.objects.get(dossier=dossier, state="open")

    def does(who, address, data):
        response = browser(who).post(address, data)
        assert response.status_code == 302, response.content.decode()[:3000]
        assert 'class="note ok"' in browser(who).get(response["Location"]).content.decode(), (
            address
        )  # every act says that it is done

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


@pytest.mark.parametrize("who", ["ngan", "quy", "bao", "dung", "gam", "chau"])
@pytest.mark.parametrize("ready", [False, True])
def test_every_act_page_opens_for_whoever_may_do_it(one_stop, browser, who, ready, now):
    dossier = one_stop.at_step("3")
    if ready:
        decide_all(one_stop, dossier, now)
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


def test_no_agency_and_no_person_is_chosen_beforehand(one_stop, browser):
    unclear = one_stop.received(decider_id=None)
    page = browser("ngan").post(f"{HOME}{unclear.pk}/co-quan/", {"agency": ""})
    unclear.refresh_from_db()
    assert page.status_code == 422 and unclear.decider_id is None
    dossier = one_stop.at_step("3")
    run = one_stop.open_run(dossier)
    address = f"{HOME}buoc/{run.pk}/giao/"
    assert 'value="" selected' in browser("quy").get(address).content.decode()
    assert browser("quy").post(address, {"to_post": "", "reason": "bận"}).status_code == 422
    run.refresh_from_db()
    assert run.post_id == one_stop.province.posts["bao"]


def test_agencies_to_ask_are_boxes_to_tick_and_several_are_asked_at_once(one_stop, browser):
    from lienthong.modules.dossiers.models import Consultation

    run = one_stop.open_run(one_stop.at_step("3"))
    address = f"{HOME}buoc/{run.pk}/lay-y-kien/"
    text = browser("bao").get(address).content.decode()
    department, committee = one_stop.province.department.pk, one_stop.province.committee.pk
    assert f'type="checkbox" name="agencies" value="{department}"' in text
    asked = {"question": "Có vướng quy hoạch không?", "due_at": "2099-11-25T17:00"}
    assert browser("bao").post(address, asked).status_code == 422 and not Consultation.objects.exists()
    assert browser("bao").post(address, {**asked, "agencies": [department, committee]}).status_code == 302
    assert set(Consultation.objects.values_list("agency_id", flat=True)) == {department, committee}


def stopped_for_papers(one_stop, browser):
    dossier = one_stop.at_step("3")
    address = f"{HOME}buoc/{one_stop.open_run(dossier).pk}/yeu-cau-bo-sung/"
    assert browser("bao").post(address, {"lines": "Bản vẽ", "reason": "Thiếu"}).status_code == 302
    return dossier


def test_a_scan_without_a_line_is_a_paper_of_its_own(one_stop, browser):
    dossier = stopped_for_papers(one_stop, browser)
    files = [scan("mat-bang.pdf"), scan("mat-cat.pdf")]
    response = browser("ngan").post(f"{HOME}{dossier.pk}/bo-sung/", {"lines": "Bản vẽ có dấu", "files": files})
    assert response.status_code == 302
    brought = DossierPaper.objects.filter(dossier=dossier, round=1).values_list(
        "name", "file_name", "form", "originals"
    )
    assert list(brought) == [
        ("Bản vẽ có dấu", "mat-bang.pdf", "original", 1),
        ("mat-cat.pdf", "mat-cat.pdf", "scan", 0),
    ]


def test_two_hundred_files_at_once_are_taken_and_one_more_is_refused_in_words(one_stop, browser):
    dossier = stopped_for_papers(one_stop, browser)
    address = f"{HOME}{dossier.pk}/bo-sung/"

    def send(count):
        return browser("ngan").post(address, {"lines": "Bản vẽ", "files": [scan(f"{n}.pdf") for n in range(count)]})

    page = send(201)
    assert page.status_code == 422 and "nhiều nhất 200" in page.content.decode()
    assert send(501).status_code == 400
    assert (
        "Quá nhiều tệp" in send(501).content.decode()
        and not DossierPaper.objects.filter(dossier=dossier, round=1).exists()
    )
    assert send(200).status_code == 302 and DossierPaper.objects.filter(dossier=dossier, round=1).count() == 200


def test_what_may_be_chosen_is_said_in_english_too(one_stop, browser):
    reader = browser("ngan")
    reader.cookies["django_language"] = "en"
    text = reader.get(f"{HOME}tiep-nhan/nguoi-nop/").content.decode()
    assert ">Organisation<" in text and ">Cá nhân<" not in text and ">Số hộ chiếu<" not in text
    dossier = one_stop.at_step("3")
    handler = browser("bao")
    handler.cookies["django_language"] = "en"
    paused = handler.get(f"{HOME}buoc/{one_stop.open_run(dossier).pk}/tam-dung/").content.decode()
    assert "nghĩa vụ tài chính" not in paused


def test_a_counter_left_open_over_a_new_version_goes_on_with_the_new_one(one_stop, browser, now):
    from datetime import timedelta

    from lienthong.modules.procedures.models import Version

    old, today = one_stop.building, clock().date()
    Version.objects.filter(pk=old.pk).update(valid_to=today)
    new = Version.objects.get(pk=old.pk)
    new.pk, new.no, new.valid_from, new.valid_to = None, old.no + 1, today, None
    new.save()
    place = browser("ngan").get(f"{HOME}tiep-nhan/?nguoi={one_stop.applicant.pk}&ttt={old.pk}")["Location"]
    assert place.endswith(f"?nguoi={one_stop.applicant.pk}&ttt={new.pk}")
    response = browser("ngan").post(f"{HOME}tiep-nhan/", intake_data(one_stop, matter="Xây nhà ba tầng"))
    text = response.content.decode()
    assert response.status_code == 422 and "vừa có phiên bản mới" in text and "Xây nhà ba tầng" in text
    assert f'name="ttt" value="{new.pk}"' in text and not Dossier.objects.exists()
    assert new.valid_from > old.valid_from + timedelta(days=1)


def test_who_was_turned_away_is_received_from_that_page_when_the_papers_are_there(one_stop, browser):
    place = browser("ngan").post(f"{HOME}tiep-nhan/", intake_data(one_stop, act="refuse", reason="Thiếu đơn"))[
        "Location"
    ]
    text = browser("ngan").get(place).content.decode()
    assert (
        f"tiep-nhan/?nguoi={one_stop.applicant.pk}&amp;ttt={one_stop.building.pk}" in text
        and "Hạn từng bước" not in text
    )
