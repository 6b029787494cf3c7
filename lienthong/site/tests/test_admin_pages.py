"""The administrators' pages as they are used: every page opens, every form does its act, nobody else gets in."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from lienthong.foundation.calendar.models import Schedule, SpecialDay
from lienthong.foundation.organizations import queries as organizations
from lienthong.foundation.organizations.models import (
    Agency,
    AgencyPast,
    Holding,
    Identifier,
    Post,
    Substitution,
    Succession,
    Unit,
)
from lienthong.kit.dates import VIETNAM
from stories.accounts import signed_in

pytestmark = pytest.mark.django_db
AGENCIES = "/lam-viec/quan-tri/co-quan/"
CALENDAR = "/lam-viec/quan-tri/lich/"
REAL = Path(__file__).resolve().parents[4] / "shared/data/agencies/tayninh_H53_agencies_2020.csv"


@pytest.fixture
def admin(province, client):
    return signed_in(client, province, "minh")


@pytest.fixture
def today():
    return timezone.now().astimezone(VIETNAM).date()


def text_of(response) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def test_the_directory_is_grouped_by_tier_and_searched_without_diacritics(admin, province):
    page = text_of(admin.get(AGENCIES))
    assert "4 cơ quan đang hoạt động" in page
    assert page.index("Bộ Xây dựng") < page.index("Sở Xây dựng") < page.index("xã Hòa Thuận")
    found = text_of(admin.get(AGENCIES, {"q": "hoa thuan"}))
    assert "xã Hòa Thuận" in found
    assert "Sở Xây dựng" not in found
    assert "Bộ Xây dựng" not in text_of(admin.get(AGENCIES, {"cap": "2"}))
    assert "Không có cơ quan nào khớp" in text_of(admin.get(AGENCIES, {"q": "không có"}))


def test_one_agency_shows_codes_units_posts_and_people(admin, province):
    page = text_of(admin.get(f"{AGENCIES}{province.department.pk}/"))
    for expected in ("H99.07", "Kiểu mới", "Phòng Quản lý xây dựng", "Văn thư cơ quan", "Trần Thu Hương", "Giám đốc"):
        assert expected in page


@pytest.mark.parametrize("who", ["oanh", "chau", "huong"])
def test_nobody_else_gets_in(province, client, who):
    client = signed_in(client, province, who)
    department, post = province.department.pk, province.posts["khoa"]
    for path in (
        AGENCIES, f"{AGENCIES}them/", f"{AGENCIES}nhap/", f"{AGENCIES}{department}/", f"{AGENCIES}{department}/sua/",
        f"{AGENCIES}{department}/doi-ten/", f"{AGENCIES}{department}/cap-tren/", f"{AGENCIES}{department}/ma/them/",
        f"{AGENCIES}{department}/don-vi/them/", f"{AGENCIES}{department}/chuc-danh/them/", f"{AGENCIES}{department}/ke-thua/",
        f"{AGENCIES}{department}/chuc-danh/{post}/", f"{AGENCIES}{department}/chuc-danh/{post}/giao/",
        f"{AGENCIES}{department}/chuc-danh/{post}/ket-thuc/", f"{AGENCIES}{department}/chuc-danh/{post}/nhiem-vu/",
        f"{AGENCIES}{department}/chuc-danh/{post}/lam-thay/", CALENDAR, f"{CALENDAR}ngay/them/", f"{CALENDAR}gio/them/",
        f"{CALENDAR}ngay/hoan-doi/",
    ):  # fmt: skip
        assert client.get(path).status_code == 403, path


def test_what_does_not_exist_is_not_found(admin, province):
    commune_post = province.posts["gam"]
    for path in (
        "999999/", "999999/sua/", "999999/ke-thua/", f"{province.department.pk}/chuc-danh/{commune_post}/",
        f"{province.department.pk}/chuc-danh/{commune_post}/ket-thuc/", f"{province.department.pk}/don-vi/999/",
        f"{province.department.pk}/ma/999/dong/", f"{province.department.pk}/nguoi/99999/",
    ):  # fmt: skip
        assert admin.get(AGENCIES + path).status_code == 404, path


def test_an_agency_is_added_and_a_form_that_is_refused_keeps_what_was_typed(admin, province, today):
    wanted = {
        "name": "Sở Nội vụ", "short_name": "SNV", "tier": "2", "parent_id": province.committee.pk, "code": "H99.07",
        "place": "Sơn Hải", "address": "", "valid_from": str(today),
    }  # fmt: skip
    refused = admin.post(f"{AGENCIES}them/", wanted)
    assert refused.status_code == 422
    assert "đã thuộc về Sở Xây dựng" in text_of(refused)
    assert 'value="Sở Nội vụ"' in refused.content.decode()
    assert not Agency.objects.filter(name="Sở Nội vụ").exists()
    admin.post(f"{AGENCIES}them/", wanted | {"code": "H99.08"})
    assert organizations.by_code("H99.08", today).name == "Sở Nội vụ"


def test_details_name_place_and_codes_are_changed_through_their_pages(admin, province, today):
    page = f"{AGENCIES}{province.department.pk}/"
    schedule = Schedule.objects.create(name="Một cửa")
    details = {
        "short_name": "SXD",
        "place": "Sơn Hải",
        "address": "Số 2",
        "email": "",
        "phone": "",
        "schedule_id": schedule.pk,
    }
    assert admin.post(f"{page}sua/", details).status_code == 302
    rename = {"name": "Sở Xây dựng mới", "short_name": "SXD", "on": str(today), "legal_basis": "NQ 12"}
    assert admin.post(f"{page}doi-ten/", rename).status_code == 302
    assert admin.post(f"{page}ma/them/", {"code": "H99.77", "valid_from": "2026-01-01"}).status_code == 302
    code = Identifier.objects.get(code="H99.77")
    assert admin.post(f"{page}ma/{code.pk}/dong/", {"on": str(today)}).status_code == 302
    agency = Agency.objects.get(pk=province.department.pk)
    assert (agency.schedule, agency.name, AgencyPast.objects.get().name) == (schedule, "Sở Xây dựng mới", "Sở Xây dựng")
    move = {"parent_id": "", "tier": "9", "on": str(today + timedelta(days=0)), "legal_basis": "NQ 13"}
    assert "phải sau ngày" in text_of(admin.post(f"{page}cap-tren/", move))
    assert "Sở Xây dựng mới" in text_of(admin.get(page))


def test_units_and_posts_are_kept_through_their_pages(admin, province, today):
    page = f"{AGENCIES}{province.department.pk}/"
    assert (
        admin.post(
            f"{page}don-vi/them/", {"name": "Thanh tra", "short_name": "TT", "valid_from": "2026-01-01"}
        ).status_code
        == 302
    )
    unit = Unit.objects.get(name="Thanh tra")
    admin.post(f"{page}don-vi/{unit.pk}/", {"name": "Thanh tra Sở", "short_name": "TTr"})
    post = {"name": "Chánh Thanh tra", "unit_id": unit.pk, "duties": ["unit_head"], "valid_from": "2026-01-01"}
    assert admin.post(f"{page}chuc-danh/them/", post).status_code == 302
    made = Post.objects.get(name="Chánh Thanh tra")
    new = {
        "person_id": "",
        "name": "Đinh Văn Tâm",
        "email": "tam@sonhai.example",
        "phone": "",
        "valid_from": "2026-01-02",
    }
    assert admin.post(f"{page}chuc-danh/{made.pk}/giao/", new).status_code == 302
    tam = Holding.objects.get(post=made).person
    assert "Đinh Văn Tâm" in text_of(admin.get(page))
    found = admin.get(f"{page}chuc-danh/{made.pk}/giao/", {"q": "kim oanh"})
    assert "Bùi Kim Oanh" in text_of(found)
    assert "Ngô Bá Khoa" not in text_of(found)
    neither = new | {"name": ""}
    assert admin.post(f"{page}chuc-danh/{made.pk}/giao/", neither).status_code == 422
    admin.post(f"{page}nguoi/{tam.pk}/", {"email": "t@sonhai.example", "phone": "09"})
    tam.refresh_from_db()
    assert tam.email == "t@sonhai.example"
    duty = {"duty": "unit_head", "to_post_id": province.posts["khoa"]}
    assert admin.post(f"{page}chuc-danh/{made.pk}/nhiem-vu/", duty).status_code == 302
    assert "unit_head" in Post.objects.get(pk=province.posts["khoa"]).duties
    assert admin.post(f"{page}chuc-danh/{made.pk}/thoi/{tam.pk}/", {"on": str(today)}).status_code == 302
    assert Holding.objects.get(post=made).valid_to == today
    assert admin.post(f"{page}don-vi/{unit.pk}/ket-thuc/", {"on": str(today)}).status_code == 422
    assert admin.post(f"{page}chuc-danh/{made.pk}/ket-thuc/", {"on": str(today), "to_post_id": ""}).status_code == 302
    assert admin.post(f"{page}don-vi/{unit.pk}/ket-thuc/", {"on": str(today)}).status_code == 302
    assert Unit.objects.get(pk=unit.pk).valid_to == today


def test_a_merger_through_its_page_says_what_went_along(admin, province, today):
    page = f"{AGENCIES}{province.commune.pk}/"
    wanted = {"kind": "merge", "heir": province.department.pk, "on": str(today), "legal_basis": "NQ 12/NQ-HĐND"}
    refused = admin.post(f"{page}ke-thua/", wanted | {"heir": ""})
    assert "chọn đúng một cơ quan kế thừa" in text_of(refused)
    assert not Succession.objects.exists()
    answer = admin.post(f"{page}ke-thua/", wanted, follow=True)
    assert "đóng 2 sổ" in text_of(answer)
    assert "Cơ quan đã kết thúc" in text_of(answer)
    assert "xã Hòa Thuận" in text_of(admin.get(AGENCIES, {"het": "1"}))


def _upload(admin, text: str):
    return admin.post(f"{AGENCIES}nhap/", {"file": SimpleUploadedFile("co-quan.csv", text.encode())})


HEADER = "ma_dinh_danh,ten,dia_ban,dia_chi,cap,ma_cap_tren\n"
GOOD = "000.00.08.H99,Sở Y tế,Sơn Hải,,2,H99\n"
BAD = "000.00.09.H99,,Sơn Hải,,2,H99\n"


def test_a_good_file_is_loaded_at_once(admin, province):
    answer = _upload(admin, HEADER + GOOD)
    assert answer.status_code == 302
    assert Agency.objects.filter(name="Sở Y tế").exists()


def test_a_file_with_a_bad_row_is_loaded_only_with_the_second_button(admin, province):
    answer = _upload(admin, HEADER + GOOD + BAD)
    page = text_of(answer)
    assert "Chưa nhập gì" in page
    assert "không nhập" in page
    assert "Nhập 1 cơ quan còn lại" in page
    assert not Agency.objects.filter(name="Sở Y tế").exists()
    kept = re.search(r'name="text" value="([^"]*)"', answer.content.decode())[1]
    again = admin.post(f"{AGENCIES}nhap/", {"text": kept, "file_name": "co-quan.csv", "rest": "1"})
    assert "Đã nhập 1 cơ quan mới" in text_of(again)
    assert Agency.objects.filter(name="Sở Y tế").exists()


@pytest.mark.parametrize(
    ("content", "why"), [(b"\xff\xfe\x00", "không phải UTF-8"), (b"a,b\n1,2\n", "cột"), (b"", "trống")]
)
def test_a_file_that_is_none_is_refused_with_its_reason(admin, province, content, why):
    before = Agency.objects.count()
    answer = admin.post(f"{AGENCIES}nhap/", {"file": SimpleUploadedFile("x.csv", content)})
    assert answer.status_code == 422
    assert why in text_of(answer)
    assert Agency.objects.count() == before


@pytest.mark.skipif(not REAL.exists(), reason=f"{REAL.name} is not beside the checkout (../shared/data)")
def test_the_real_list_of_a_province_is_loaded_through_the_page(admin):
    answer = _upload(admin, REAL.read_text(encoding="utf-8-sig"))
    if answer.status_code == 200 and not answer.context["report"].loaded:
        kept = answer.context["text"]
        answer = admin.post(f"{AGENCIES}nhap/", {"text": kept, "file_name": "x", "rest": "1"})
    assert Agency.objects.count() > 440


# ---- substitution


def test_everybody_names_a_substitute_for_the_own_post(province, client, today):
    client = signed_in(client, province, "huong")
    assert "Chưa cử ai" in text_of(client.get("/lam-viec/thay-the/"))
    khoa = Holding.objects.get(post=province.posts["khoa"]).person
    page = client.get("/lam-viec/thay-the/cu/")
    assert "Ngô Bá Khoa" in text_of(page)
    wanted = {"person_id": khoa.pk, "valid_from": str(today), "last_day": str(today), "reason": "Nghỉ phép"}
    assert client.post("/lam-viec/thay-the/cu/", wanted).status_code == 302
    made = Substitution.objects.get()
    assert made.valid_to == today + timedelta(days=1)
    assert "đang làm thay" in text_of(client.get("/lam-viec/thay-the/"))
    signed_in(client, province, "khoa")
    assert "Tôi làm thay ai" in text_of(client.get("/lam-viec/thay-the/"))
    signed_in(client, province, "thinh")
    assert client.post(f"/lam-viec/thay-the/{made.pk}/ket-thuc/").status_code == 403
    signed_in(client, province, "huong")
    assert client.post(f"/lam-viec/thay-the/{made.pk}/ket-thuc/").status_code == 302
    assert not Substitution.objects.exists()


def test_an_administrator_names_a_substitute_for_somebody_who_is_ill(admin, province, today):
    khoa = Holding.objects.get(post=province.posts["khoa"]).person
    path = f"{AGENCIES}{province.department.pk}/chuc-danh/{province.posts['huong']}/lam-thay/"
    wanted = {"person_id": khoa.pk, "valid_from": str(today), "last_day": str(today), "reason": "Ốm"}
    assert admin.post(path, wanted).status_code == 302
    assert Substitution.objects.get().post_id == province.posts["huong"]


# ---- calendar


def test_the_year_shows_the_laws_days_and_takes_own_ones(admin, province):
    page = text_of(admin.get(CALENDAR, {"nam": "2026"}))
    assert "Tháng 12" in page
    assert "Ngày Chiến thắng 30/4" in page
    day = {
        "day": "2026-11-24",
        "kind": "half",
        "opens": "07:30",
        "closes": "11:30",
        "reason": "QĐ 5",
        "schedule_id": "",
    }
    assert admin.post(f"{CALENDAR}ngay/them/", day | {"opens": ""}).status_code == 422
    assert admin.post(f"{CALENDAR}ngay/them/", day).headers["Location"] == f"{CALENDAR}?nam=2026"
    assert admin.post(f"{CALENDAR}ngay/them/", day).status_code == 422
    assert "QĐ 5" in text_of(admin.get(CALENDAR, {"nam": "2026"}))
    swap = {"day_off": "2026-11-23", "worked": "2026-11-28", "reason": "Dịp lễ", "schedule_id": ""}
    assert admin.post(f"{CALENDAR}ngay/hoan-doi/", swap).status_code == 302
    assert SpecialDay.objects.count() == 3
    made = SpecialDay.objects.get(date="2026-11-24")
    assert admin.post(f"{CALENDAR}ngay/{made.pk}/bo/").status_code == 302
    assert admin.post(f"{CALENDAR}ngay/{made.pk}/bo/").status_code == 404
    assert "QĐ 5" not in text_of(admin.get(CALENDAR, {"nam": "2026"}))


def test_office_hours_are_kept_through_their_pages(admin, province):
    wanted = {"name": "Một cửa", "hours": "07:30-11:30,13:00-17:00; T7 07:30-11:30"}
    assert admin.post(f"{CALENDAR}gio/them/", wanted).status_code == 302
    made = Schedule.objects.get(name="Một cửa")
    assert "T7 07:30-11:30" in admin.get(f"{CALENDAR}gio/{made.pk}/").content.decode()
    assert admin.post(f"{CALENDAR}gio/{made.pk}/", wanted | {"hours": "sáng"}).status_code == 422
    Agency.objects.filter(pk=province.department.pk).update(schedule=made)
    refused = admin.post(
        f"{CALENDAR}gio/{made.pk}/bo/", follow=True, headers={"Referer": "http://testserver" + CALENDAR}
    )
    assert "Còn cơ quan dùng" in text_of(refused)
    Agency.objects.update(schedule=None)
    admin.post(f"{CALENDAR}gio/{made.pk}/bo/")
    assert Schedule.objects.get().name == "Giờ hành chính"


def test_anybody_counts_a_term_and_sees_every_day(province, client):
    client = signed_in(client, province, "huong")
    wanted = {"received_at": "2026-04-28T10:00", "amount": "3", "unit": "working_days", "schedule_id": "", "pauses": ""}
    page = text_of(client.get(f"{CALENDAR}tinh-han/", wanted))
    assert "Đến hạn 05/05/2026 10:00" in page
    assert "Ngày Chiến thắng 30/4" in page
    paused = text_of(
        client.get(f"{CALENDAR}tinh-han/", wanted | {"pauses": "29/04/2026 08:00 đến 04/05/2026 08:00\n06/05/2026 -"})
    )
    assert "đang dừng" in paused
    assert "Chưa xác định được hạn" in paused
    for change in (
        {"amount": "0"},
        {"received_at": "x"},
        {"pauses": "hôm qua"},
        {"unit": "y"},
        {"amount": "0.5", "unit": "calendar_days"},
    ):
        assert client.get(f"{CALENDAR}tinh-han/", wanted | change).status_code == 422, change


@pytest.mark.parametrize("query", ["nam=1", "nam=99999", "nam=x&lich=y", "lich=999"])
def test_strange_years_show_a_year(admin, query):
    assert admin.get(f"{CALENDAR}?{query}").status_code == 200


def test_the_directory_costs_a_fixed_number_of_queries(admin, province, django_assert_max_num_queries):
    with django_assert_max_num_queries(10):
        admin.get(reverse("organizations:book"))
    with django_assert_max_num_queries(20):
        admin.get(reverse("organizations:agency", args=[province.department.pk]))
