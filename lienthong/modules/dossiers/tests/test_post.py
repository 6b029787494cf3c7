"""The public post: its list with bar codes, and its file of what became of parcels."""

import io
import re
from datetime import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook
from pypdf import PdfReader

from lienthong.kit.dates import VIETNAM
from lienthong.kit.refusal import Refused
from lienthong.modules.dossiers import post_file
from lienthong.modules.dossiers.actions.decide import decide
from lienthong.modules.dossiers.actions.finish_step import finish_step
from lienthong.modules.dossiers.actions.parcels import Trip, send_parcel
from lienthong.modules.dossiers.models import Dossier, Parcel
from lienthong.modules.dossiers.terms import Outcome, ResultWay
from stories.accounts import signed_in

pytestmark = pytest.mark.django_db
HEAD = "Mã bưu gửi,Trạng thái,Thời điểm\n"


def at(day: int, hour: int) -> datetime:
    return datetime(2026, 11, day, hour, 0, tzinfo=VIETNAM)


@pytest.fixture
def ready(one_stop):
    """A dossier that is decided and wanted by post."""

    def make() -> Dossier:
        dossier = one_stop.received(
            version=one_stop.household, now=at(20, 8), result_way=ResultWay.POST, result_address="Khóm 4, xã Hòa Thuận"
        )
        for _ in range(2):
            run = one_stop.open_run(dossier)
            to = one_stop.province.posts["bao"] if run.key == "2" else None
            finish_step(run_id=run.pk, actor=one_stop.holder(run), now=at(20, 10), to_post_id=to)
        run = one_stop.open_run(dossier)
        decide(run_id=run.pk, outcome=Outcome.REFUSED, reason="Bị cấm", actor=one_stop.actor("dung"), now=at(20, 11))
        return Dossier.objects.get(pk=dossier.pk)

    return make


@pytest.fixture
def sent(ready, one_stop):
    def send(tracking: str) -> Dossier:
        dossier = ready()
        trip = Trip("Huỳnh Mỹ Duyên", "Khóm 4, xã Hòa Thuận", "0900000412", 26_500, tracking)
        send_parcel(dossier_id=dossier.pk, trip=trip, actor=one_stop.actor("ngan"), now=at(20, 14))
        return dossier

    return send


@pytest.fixture
def later(monkeypatch):
    """The door's clock stands at 30 November."""
    from lienthong.modules.dossiers.views import post

    monkeypatch.setattr(post, "now", lambda: at(30, 9))


def upload(client, content: bytes, name: str = "trang-thai.csv"):
    return client.post(reverse("dossiers:parcel_list"), {"file": SimpleUploadedFile(name, content)})


def test_each_line_of_the_file_is_used_or_named_and_the_rest_is_done(sent, one_stop, client, later):
    delivered, failed = sent("EB100000001VN"), sent("EB100000002VN")
    signed_in(client, one_stop.province, "ngan")
    lines = [
        "EB100000001VN,Phát thành công,24/11/2026 09:30",
        "EB100000002VN,Phát không thành công,2026-11-24T10:00",
        "EB999999999VN,Phát thành công,24/11/2026 09:30",
        "EB100000001VN,Phát thành công,24/11/2026 09:30",
        "EB100000002VN,Đang chuyển hoàn,hôm qua",
        ",Phát thành công,24/11/2026 09:30",
        "EB100000002VN,Phát thành công,24/12/2026 09:30",
    ]
    page = upload(client, (HEAD + "\n".join(lines)).encode("utf-8-sig"))
    outcome = page.context["outcome"]
    assert outcome["used"] == 3  # the fourth line repeats the first and changes nothing
    assert [(line, number) for line, number, _why in outcome["refused"]] == [
        (4, "EB999999999VN"), (6, "EB100000002VN"), (7, ""), (8, "EB100000002VN"),
    ]  # fmt: skip
    reasons = [why for *_which, why in outcome["refused"]]
    assert "Không có bưu gửi mã EB999999999VN" in reasons[0] and "không đọc được" in reasons[1]
    assert reasons[2] == "Thiếu mã bưu gửi." and "ở tương lai" in reasons[3]
    text = page.content.decode()
    assert all(one in text for one in ("EB999999999VN", "hôm qua", "Thiếu mã bưu gửi."))
    delivered.refresh_from_db()
    failed.refresh_from_db()
    assert delivered.state == "returned" and failed.state == "ready"
    assert Parcel.objects.get(tracking="EB100000001VN").delivered_at == datetime(2026, 11, 24, 9, 30, tzinfo=VIETNAM)


def test_a_file_read_twice_changes_nothing_the_second_time(sent, one_stop, client, later):
    sent("EB100000001VN")
    signed_in(client, one_stop.province, "ngan")
    content = (HEAD + "EB100000001VN,Đã phát,24/11/2026 09:30").encode()
    upload(client, content)
    before = Dossier.objects.values().get()
    assert upload(client, content).context["outcome"] == {"used": 1, "refused": []}
    assert Dossier.objects.values().get() == before


def test_a_workbook_is_read_as_well_as_a_csv(sent, one_stop, client, later):
    dossier = sent("EB100000001VN")
    book = Workbook()
    book.active.append(["STT", "Thời gian phát", "Số hiệu bưu gửi", "Trạng thái"])
    book.active.append([1, datetime(2026, 11, 24, 9, 30), "EB100000001VN", "Giao thành công"])
    out = io.BytesIO()
    book.save(out)
    signed_in(client, one_stop.province, "ngan")
    assert upload(client, out.getvalue(), "trang-thai.xlsx").context["outcome"]["used"] == 1
    dossier.refresh_from_db()
    assert dossier.state == "returned"


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("Mã bưu gửi,Ghi chú\nEB1,x".encode(), "thiếu cột “Trạng thái”, “Thời điểm”"),
        (b"", "thiếu cột"),
        ("Mã bưu gửi".encode("utf-16"), "UTF-8"),
        (b"PK\x03\x04 broken", "Tệp"),
        (b"a,b\n" + b"x" * (6 << 20), "5 MB"),
    ],
)
def test_a_file_that_is_no_such_table_is_refused_as_a_whole(content, why, one_stop, client):
    signed_in(client, one_stop.province, "ngan")
    page = upload(client, content or b"\n")
    assert page.status_code == 422 and not page.context["outcome"]
    assert why in page.content.decode()


def test_the_words_of_the_post_are_understood():
    assert post_file.ending("Phát thành công") == (True, False)
    assert post_file.ending("Phát không thành công - người nhận vắng") == (False, True)
    assert post_file.ending("Chuyển hoàn") == (False, True)
    assert post_file.ending("Đang vận chuyển") == (False, False)


def test_semicolons_and_blank_lines_are_read():
    good, bad = post_file.read("Thời điểm;Mã vận đơn;Trạng thái\n\n20/11/2026 10:00;EB1;Đang đi\n;;\n".encode())
    assert [(one.line, one.tracking, one.at) for one in good] == [(3, "EB1", at(20, 10))] and bad == []


def test_too_many_lines_are_refused(monkeypatch):
    monkeypatch.setattr(post_file, "MOST_LINES", 2)
    with pytest.raises(Refused):
        post_file.read((HEAD + "EB1,x,20/11/2026\n" * 3).encode())


def test_the_list_for_the_post_has_a_bar_code_for_what_waits_and_for_what_was_sent(ready, sent, one_stop, client):
    waiting, gone = ready(), sent("EB100000001VN")
    signed_in(client, one_stop.province, "ngan")
    address = reverse("dossiers:parcel_pdf")

    def text_of(answer) -> str:
        pages = PdfReader(io.BytesIO(answer.content)).pages
        return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pages))

    text = text_of(client.get(address))
    assert waiting.code in text and gone.code not in text and "Tổng số: 1 bưu gửi" in text
    text = text_of(client.get(address + "?ngay=2026-11-20"))
    assert gone.code in text and "EB100000001VN" in text and "26.500" in text and waiting.code not in text
    page = client.get(reverse("dossiers:parcel_list")).content.decode()
    assert waiting.code in page and "EB100000001VN" in page


def test_only_who_gives_results_back_sees_the_post(one_stop, client):
    for name, expected in (("ngan", 200), ("bao", 403), ("gam", 403)):
        signed_in(client, one_stop.province, name)
        for address in ("parcel_list", "parcel_pdf"):
            assert client.get(reverse(f"dossiers:{address}")).status_code == expected, (name, address)
        assert upload(client, HEAD.encode()).status_code == expected


def test_papers_that_came_by_post_are_noted_with_their_number_at_the_counter(one_stop, browser):
    by_post = one_stop.received(version=one_stop.household, channel="post")
    address = f"/lam-viec/ho-so/{by_post.pk}/buu-gui-den/"
    assert address in browser("ngan").get(f"/lam-viec/ho-so/{by_post.pk}/").content.decode()
    trip = {"to_name": "Huỳnh Mỹ Duyên", "to_address": "Khóm 4", "cost": "26500", "tracking": "EH000000001VN"}
    assert browser("ngan").post(address, trip).status_code == 302
    assert browser("ngan").post(address, trip).status_code == 422  # the number is taken
    parcel = Parcel.objects.get()
    assert (parcel.inward, parcel.cost, parcel.dossier_id) == (True, 26_500, by_post.pk)
    assert "đến từ" in browser("ngan").get(f"/lam-viec/ho-so/{by_post.pk}/").content.decode()


def test_papers_handed_in_by_hand_have_no_parcel(one_stop, browser):
    by_hand = one_stop.received()
    address = f"/lam-viec/ho-so/{by_hand.pk}/buu-gui-den/"
    assert address not in browser("ngan").get(f"/lam-viec/ho-so/{by_hand.pk}/").content.decode()
    response = browser("ngan").post(address, {"to_name": "A", "to_address": "B"})
    assert response.status_code == 422 and not Parcel.objects.exists()
