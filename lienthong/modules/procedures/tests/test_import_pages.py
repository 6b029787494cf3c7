"""Files taken in through the page, by people who have no shell."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from lienthong.modules.procedures.models import Procedure, Process, Version
from lienthong.modules.procedures.tests.files import USUAL, lines, raw, steps
from lienthong.modules.procedures.tests.test_process_file import workbook
from stories.accounts import signed_in

pytestmark = pytest.mark.django_db
HOME = "/lam-viec/thu-tuc/"


def upload(browser, address: str, content: bytes, name: str):
    return browser.post(address, {"file": SimpleUploadedFile(name, content)})


@pytest.fixture
def clerk(province):
    return signed_in(Client(), province, "gam")


@pytest.fixture
def administrator(province, client):
    return signed_in(client, province, "minh")


def test_the_portals_file_is_taken_in_and_what_cannot_be_read_is_named(administrator):
    content = b"\n".join([*lines(raw()), b"khong phai JSON"])
    page = upload(administrator, f"{HOME}nhap/", content, "cong.jsonl")
    text = page.content.decode()
    assert page.status_code == 200 and Procedure.objects.filter(code="1.900001").exists()
    assert "dòng không phải JSON" in text and "Từ chối" in text


def test_a_second_file_says_what_changed_and_the_same_file_changes_nothing(administrator):
    upload(administrator, f"{HOME}nhap/", b"\n".join(lines(raw())), "cong.jsonl")
    again = upload(administrator, f"{HOME}nhap/", b"\n".join(lines(raw())), "cong.jsonl").content.decode()
    assert "Thủ tục đổi nội dung<" not in again and Version.objects.count() == 1
    other = upload(administrator, f"{HOME}nhap/", b"\n".join(lines(raw(name="Tên mới"))), "cong.jsonl").content.decode()
    assert "Thủ tục đổi nội dung<" in other and "Tên mới" in other and Version.objects.count() == 2


def test_a_file_of_another_kind_is_refused_and_takes_nothing_in(administrator):
    page = upload(administrator, f"{HOME}nhap/", b"%PDF-1.4\n\xff\xfe", "don.pdf")
    assert page.status_code == 422 and not Procedure.objects.exists()
    page = upload(administrator, f"{HOME}quy-trinh/nhap/", b"MZ\x90\x00", "quy-trinh.xlsx")
    assert page.status_code == 422 and not Process.objects.exists()
    page = upload(administrator, f"{HOME}quy-trinh/nhap/", b"%PDF-1.4", "quy-trinh.pdf")
    assert page.status_code == 422 and "Không biết đọc tệp loại này" in page.content.decode()


def test_processes_are_shared_from_the_administrator_and_the_agencys_own_from_its_clerk(administrator, province, clerk):
    upload(administrator, f"{HOME}nhap/", b"\n".join(lines(raw())), "cong.jsonl")
    table = b"\n".join(steps(*USUAL))
    assert upload(administrator, f"{HOME}quy-trinh/nhap/", table, "buoc.jsonl").status_code == 200
    assert Process.objects.get().agency_id is None
    assert upload(clerk, f"{HOME}quy-trinh/nhap/", table, "buoc.jsonl").status_code == 200
    assert set(Process.objects.values_list("agency_id", flat=True)) == {None, province.commune.pk}


def test_a_workbook_becomes_processes_too(administrator):
    head = ["Bước", "Công việc", "Người thực hiện", "Giờ", "Bước tiếp theo"]
    rows = [
        head,
        ["1", "Tiếp nhận hồ sơ", "Bộ phận Một cửa", "4", "2"],
        ["2", "Trả kết quả", "Bộ phận Một cửa", "4", ""],
    ]
    page = upload(administrator, f"{HOME}quy-trinh/nhap/", workbook(*rows), "Thủ tục thử.xlsx")
    assert page.status_code == 200 and Process.objects.count() == 1


def test_the_button_says_what_it_does(administrator):
    for address in (f"{HOME}nhap/", f"{HOME}quy-trinh/nhap/"):
        assert '<button class="btn btn-primary">Nhập tệp</button>' in administrator.get(address).content.decode()


def test_only_who_keeps_the_catalogue_takes_procedures_in(province, clerk):
    page = upload(clerk, f"{HOME}nhap/", json.dumps({}).encode(), "cong.jsonl")
    assert page.status_code == 403 and not Procedure.objects.exists()
