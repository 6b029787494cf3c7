"""The printed forms: 03/2025/TT-VPCP annex I, 01/2018/TT-VPCP before; the control slip; what stays as it was printed."""

import io
import re
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from django.urls import reverse
from pypdf import PdfReader

from lienthong.foundation.codes.models import Code
from lienthong.foundation.organizations.models import Person
from lienthong.kit.dates import VIETNAM
from lienthong.kit.refusal import Refused
from lienthong.modules.dossiers import queries
from lienthong.modules.dossiers.actions.answer_opinion import record_silence
from lienthong.modules.dossiers.actions.apologise import apologise
from lienthong.modules.dossiers.actions.ask_opinion import ask_opinion
from lienthong.modules.dossiers.actions.ask_supplement import ask_supplement
from lienthong.modules.dossiers.actions.correct_receipt import Corrections, correct_receipt
from lienthong.modules.dossiers.actions.decide import decide
from lienthong.modules.dossiers.actions.end_early import stop
from lienthong.modules.dossiers.actions.finish_step import finish_step
from lienthong.modules.dossiers.actions.give_back import give_back
from lienthong.modules.dossiers.actions.send_back import send_back
from lienthong.modules.dossiers.actions.take_supplement import take_supplement
from lienthong.modules.dossiers.actions.turn_away import turn_away
from lienthong.modules.dossiers.models import Dossier, Slip, StepRun
from lienthong.modules.dossiers.queries.control_slip import handovers
from lienthong.modules.dossiers.queries.printed import form_on, numbered, slip_page
from lienthong.modules.dossiers.rules import Handed
from lienthong.modules.dossiers.terms import Outcome, ResultWay, SlipKind
from stories.accounts import signed_in

pytestmark = pytest.mark.django_db
THEN = datetime(2024, 3, 5, 14, 5, tzinfo=VIETNAM)  # a day of the set of 2018


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=VIETNAM)


def text_of(response) -> str:
    """All text of a PDF with every run of blanks and line ends as one blank."""
    assert response.status_code == 200 and response["Content-Type"] == "application/pdf"
    pages = PdfReader(io.BytesIO(response.content)).pages
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pages))


@pytest.fixture
def printed(client, one_stop):
    """Print a slip as the desk officer who made it."""
    signed_in(client, one_stop.province, "ngan")
    return lambda slip: text_of(client.get(reverse("dossiers:slip", args=[slip.pk])))


@pytest.fixture
def slips(one_stop, now) -> dict[str, Slip]:
    """One slip of each kind, made by the acts."""
    made = {}
    bao, dung = one_stop.actor("bao"), one_stop.actor("dung")
    dossier = one_stop.at_step("3", now=at(20, 9, 40))
    made["receipt"] = queries.receipt(dossier.pk)
    new_due = dossier.due_at + timedelta(days=2)
    apologise(dossier_id=dossier.pk, new_due=new_due, reason="Chờ trích đo", actor=dung, now=at(23, 9))
    run = one_stop.open_run(dossier)
    ask_supplement(run_id=run.pk, lines=["Bản vẽ mặt bằng", "Ảnh hiện trạng"], reason="Bản vẽ thiếu kích thước", actor=bao, now=at(24, 9))  # fmt: skip
    stop(dossier_id=dossier.pk, reason="Người nộp có văn bản đề nghị dừng", actor=dung, now=at(25, 9))
    refused = turn_away(
        intake=one_stop.intake(), kind=SlipKind.REFUSAL, lines=[], reason="Không thuộc thẩm quyền của xã",
        actor=one_stop.actor("ngan"), now=now,
    )  # fmt: skip
    for slip in Slip.objects.filter(dossier__in=[dossier.pk, refused.pk]):
        made[slip.kind] = slip
    return made


NEW = {
    "receipt": ("GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ", "Số: 01/TTPVHCC", "Tiếp nhận hồ sơ của Ông (Bà)/Tổ chức: Huỳnh Mỹ Duyên"),
    "supplement": ("PHIẾU YÊU CẦU BỔ SUNG, HOÀN THIỆN HỒ SƠ", "Số: 01/PBS-TTPVHCC", "Lý do: Bản vẽ thiếu kích thước"),
    "refusal": ("PHIẾU TỪ CHỐI TIẾP NHẬN GIẢI QUYẾT HỒ SƠ", "Số: 01/PTC-TTPVHCC", "Số định danh cá nhân/tổ chức: 091191000347"),
    "apology": ("PHIẾU XIN LỖI VÀ ĐỀ NGHỊ GIA HẠN THỜI GIAN GIẢI QUYẾT", "Số: 01/PXL", "số định danh: 091191000347"),
    "stop": ("THÔNG BÁO DỪNG GIẢI QUYẾT HỒ SƠ", "Số: 01/TBD-TTPVHCC", "Người nộp có văn bản đề nghị dừng"),
}  # fmt: skip
OLD = {
    "receipt": ("GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ", "Số: 01/TTPVHCC", "Tiếp nhận hồ sơ của: Huỳnh Mỹ Duyên"),
    "supplement": ("PHIẾU YÊU CẦU BỔ SUNG, HOÀN THIỆN HỒ SƠ", "Số: 01/PBS-TTPVHCC", "1. Bản vẽ mặt bằng"),
    "refusal": ("PHIẾU TỪ CHỐI TIẾP NHẬN GIẢI QUYẾT HỒ SƠ", "Số: 01/PTC-TTPVHCC", "Không thuộc thẩm quyền của xã"),
    "apology": ("PHIẾU XIN LỖI VÀ HẸN LẠI NGÀY TRẢ KẾT QUẢ", "Số: 01/PXL", "Lý do: Chờ trích đo."),
}


@pytest.mark.parametrize("kind", NEW)
def test_each_form_of_2025_prints_with_its_title_number_and_words(kind, slips, printed):
    text = printed(slips[kind])
    for words in NEW[kind]:
        assert words in text
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc" in text
    assert "Hòa Thuận, ngày 2" in text and "(Ký và ghi rõ họ tên)" in text and "Chữ ký số" in text


@pytest.mark.parametrize("kind", OLD)
def test_a_slip_of_2024_prints_in_the_form_of_2018(kind, slips, printed):
    slip = slips[kind]
    Slip.objects.filter(pk=slip.pk).update(at=THEN)
    text = printed(slip)
    for words in OLD[kind]:
        assert words in text
    assert "ngày 05 tháng 3 năm 2024" in text
    assert "Chữ ký số" not in text and "định danh" not in text


def test_the_stop_notice_did_not_exist_before_2025(slips, client, one_stop):
    Slip.objects.filter(pk=slips["stop"].pk).update(at=THEN)
    signed_in(client, one_stop.province, "ngan")
    answer = client.get(reverse("dossiers:slip", args=[slips["stop"].pk]))
    assert answer.status_code == 409 and "chưa có mẫu" in answer.content.decode()


def test_the_sets_change_over_on_the_day_of_the_circular_of_2025():
    assert [form_on("control", day).number for day in (date(2018, 11, 23), date(2025, 9, 14), date(2025, 9, 15))] == ["05", "05", "06"]  # fmt: skip
    assert (form_on("book", date(2025, 9, 14)).number, form_on("book", date(2025, 9, 15)).number) == ("06", "07")
    assert (
        Code.objects.filter(list="dossier-form", valid_from=date(2018, 11, 23), legal_basis="01/2018/TT-VPCP").count()
        == 6
    )
    assert Code.objects.filter(list="dossier-form", valid_from=date(2025, 9, 15)).count() == 7
    with pytest.raises(Refused):
        form_on("receipt", date(2018, 11, 22))


def test_the_receipt_has_every_field_of_the_form(slips, printed):
    text = printed(slips["receipt"])
    for words in (
        "ỦY BAN NHÂN DÂN XÃ HÒA THUẬN", "TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG XÃ HÒA THUẬN", "Mã hồ sơ: H99.71.01-261120-0001",
        "Số định danh cá nhân/tổ chức: 091191000347", "Địa chỉ: Khóm 4, xã Hòa Thuận", "Số điện thoại: 0900000412",
        "Email: duyen@mail.example", "Nội dung yêu cầu giải quyết: Cấp giấy phép xây dựng nhà ở riêng lẻ",
        "Thành phần hồ sơ nộp gồm: 1. Đơn đề nghị cấp giấy phép xây dựng: 01 bản chính 2. Bản vẽ thiết kế: 01 bản chính",
        "Số lượng hồ sơ: 01 (bộ)", "Thời gian giải quyết hồ sơ theo quy định là: 07 ngày làm việc",
        "Thời gian nhận hồ sơ: 09 giờ 40 phút, ngày 20 tháng 11 năm 2026",
        "Thời gian trả kết quả giải quyết hồ sơ: 09 giờ 40 phút, ngày 01 tháng 12 năm 2026",
        "Đăng ký nhận kết quả tại: Trung tâm Phục vụ hành chính công xã Hòa Thuận", "NGƯỜI NỘP HỒ SƠ", "NGƯỜI TIẾP NHẬN HỒ SƠ",
        "Đỗ Kim Ngân",
    ):  # fmt: skip
        assert words in text, words
    assert "ủy quyền" not in text


def test_each_form_bears_the_number_it_has_in_its_circular(slips, printed):
    assert {kind: slip_page(slip, "")["form"] for kind, slip in slips.items()} == {
        "receipt": "Mẫu số 01", "supplement": "Mẫu số 02", "refusal": "Mẫu số 03", "apology": "Mẫu số 04", "stop": "Mẫu số 05",
    }  # fmt: skip
    assert "Mẫu số 02" in printed(slips["supplement"])


def test_the_apology_of_2025_speaks_to_the_applicant_in_the_words_of_the_form(slips, printed):
    text = printed(slips["apology"])
    for words in (
        "chưa trả kết quả giải quyết hồ sơ của Ông/Bà/Tổ chức đúng thời hạn quy định ghi trên Giấy tiếp nhận hồ sơ và hẹn trả kết quả",
        "xin trân trọng gửi lời xin lỗi đến Ông (Bà)/Tổ chức vì sự chậm trễ trong quá trình giải quyết hồ sơ có thể gây phiền hà, "
        "tốn kém về chi phí, công sức của Ông (Bà)/Tổ chức.",
        "xin lỗi Ông/Bà/Tổ chức và sẽ trả kết quả giải quyết hồ sơ cho Ông/Bà/Tổ chức vào",
        "Mong nhận được sự thông cảm của Ông/Bà/Tổ chức vì sự chậm trễ này./.",
    ):  # fmt: skip
        assert words in text, words


def test_papers_of_the_deciding_agency_bear_the_name_of_its_own_centre(slips):
    for kind in ("apology", "stop"):
        assert slip_page(slips[kind], "")["head"]["office"] == "Trung tâm Phục vụ hành chính công xã Hòa Thuận"


def test_the_request_for_a_supplement_gives_the_telephone_number_of_who_asks(one_stop, printed):
    run = one_stop.open_run(one_stop.at_step("3", now=at(20, 9)))
    Person.objects.filter(name="Mai Gia Bảo").update(phone="0900000555")
    ask_supplement(run_id=run.pk, lines=["Ảnh"], reason="Thiếu", actor=one_stop.actor("bao"), now=at(20, 15))
    text = printed(Slip.objects.get(kind="supplement"))
    assert "liên hệ với Mai Gia Bảo số điện thoại 0900000555 để được hướng dẫn./." in text


def test_a_refusal_has_the_line_of_the_code_also_where_there_is_none(slips, printed):
    assert "Mã hồ sơ (nếu có): không có" in printed(slips["refusal"])


def test_who_authorised_whom_is_printed_only_when_somebody_else_brings_the_dossier(one_stop, printed):
    dossier = one_stop.received(
        agent_name="Tạ Văn Lộc",
        agent_identity="091080000123",
        agent_phone="0900000777",
        agent_paper="Giấy ủy quyền số 12",
    )
    text = printed(queries.receipt(dossier.pk))
    assert "Người ủy quyền: Huỳnh Mỹ Duyên" in text and "Giấy tờ ủy quyền: Giấy ủy quyền số 12" in text
    assert "Người được ủy quyền nộp hồ sơ: Tạ Văn Lộc" in text and "091080000123" in text


def test_the_counter_of_an_agency_without_centre_has_its_own_heading_and_number(one_stop, now):
    dossier = one_stop.received()
    slip = queries.receipt(dossier.pk)
    slip.content["heading"] |= {"above": "Sở Xây dựng", "office": "Bộ phận Tiếp nhận và Trả kết quả", "centre": False}
    page = slip_page(slip, "https://sonhai.example/?ma=")
    assert page["head"]["number"] == "01/BPTNTKQ" and page["head"]["above"] == "Sở Xây dựng"
    assert page["blocks"][0][1] == "Bộ phận Tiếp nhận và Trả kết quả, Sở Xây dựng"
    assert page["mark"] == "https://sonhai.example/?ma=H99.71.01-261120-0001"


def test_an_apology_written_by_the_system_leaves_the_name_to_the_leader(slips):
    slip = slips["apology"]
    assert slip_page(slip, "")["signers"][0]["name"] == "Vũ Tiến Dũng"
    slip.content["signed"], slip.by_name = False, "Hệ thống"
    assert slip_page(slip, "")["signers"][0]["name"] == ""


def test_a_printed_paper_never_changes_and_says_when_another_stands_in_its_place(one_stop, client):
    dossier = one_stop.received(now=at(20, 9, 40))
    first = queries.receipt(dossier.pk)
    signed_in(client, one_stop.province, "ngan")
    before = client.get(reverse("dossiers:slip", args=[first.pk]))
    assert client.get(reverse("dossiers:slip", args=[first.pk])).content == before.content
    second = correct_receipt(
        dossier_id=dossier.pk, right=Corrections(applicant_name="Huỳnh Thị Mỹ Duyên", due_at=at(27, 10)), reason="Ghi sai tên",
        actor=one_stop.actor("ngan"), now=at(20, 10),
    )  # fmt: skip
    one_stop.commune_centre.name = "Trung tâm khác"
    one_stop.commune_centre.save()
    text = text_of(client.get(reverse("dossiers:slip", args=[first.pk])))
    assert "ĐÃ ĐƯỢC THAY BẰNG GIẤY SỐ 02/TTPVHCC" in text
    assert text.replace("ĐÃ ĐƯỢC THAY BẰNG GIẤY SỐ 02/TTPVHCC ", "") == text_of(before)
    corrected = text_of(client.get(reverse("dossiers:slip", args=[second.pk])))
    assert "Huỳnh Thị Mỹ Duyên" in corrected and "10 giờ 00 phút, ngày 27 tháng 11 năm 2026" in corrected
    assert "Giấy này thay Giấy số 01/TTPVHCC. Lý do: Ghi sai tên" in corrected


def test_the_receipt_after_a_supplement_bears_the_new_date_and_the_old_one_keeps_its_own(slips, one_stop):
    dossier = one_stop.at_step("3", now=at(20, 9))
    run = one_stop.open_run(dossier)
    ask_supplement(run_id=run.pk, lines=["Ảnh"], reason="Thiếu", actor=one_stop.actor("bao"), now=at(20, 15))
    take_supplement(
        dossier_id=dossier.pk, papers=[Handed("Ảnh", originals=1)], actor=one_stop.actor("ngan"), now=at(24, 9)
    )
    old, new = Slip.objects.filter(dossier=dossier, kind="receipt").order_by("id")
    due = {slip.pk: next(one[2] for one in slip_page(slip, "")["blocks"] if one[1].startswith("Thời gian trả")) for slip in (old, new)}  # fmt: skip
    assert (
        due[old.pk] == "09 giờ 00 phút, ngày 01 tháng 12 năm 2026"
        and due[new.pk] == "09 giờ 00 phút, ngày 03 tháng 12 năm 2026"
    )
    assert old.replaced_by == new and numbered(new) == "03/TTPVHCC"


def test_what_was_signed_for_at_the_counter_is_a_paper_too(one_stop, printed):
    dossier = one_stop.received(version=one_stop.household)
    _refused_and_returned(one_stop, dossier)
    text = printed(Slip.objects.get(dossier=dossier, kind="return"))
    assert "GIẤY KÝ NHẬN KẾT QUẢ" in text and "Người nhận kết quả: Tạ Văn Lộc" in text


def _refused_and_returned(one_stop, dossier):
    for _ in range(2):
        run = one_stop.open_run(dossier)
        to = one_stop.province.posts["bao"] if run.key == "2" else None
        finish_step(run_id=run.pk, actor=one_stop.holder(run), now=at(20, 10), to_post_id=to)
    run = one_stop.open_run(dossier)
    decide(run_id=run.pk, outcome=Outcome.REFUSED, reason="Bị cấm", actor=one_stop.actor("dung"), now=at(20, 11))
    give_back(
        dossier_id=dossier.pk, way=ResultWay.DESK, taken_by="Tạ Văn Lộc", actor=one_stop.actor("ngan"), now=at(23, 9)
    )


def test_a_slip_out_of_sight_is_not_there(one_stop, client):
    dossier = one_stop.received()
    slip = queries.receipt(dossier.pk)
    for name, expected in (("ngan", 200), ("dung", 200), ("bao", 404), ("oanh", 404), ("tuyet", 404)):
        signed_in(client, one_stop.province, name)
        assert client.get(reverse("dossiers:slip", args=[slip.pk])).status_code == expected, name
        assert client.get(reverse("dossiers:control_slip", args=[dossier.pk])).status_code == expected, name


def test_the_control_slip_tells_every_handing_over_and_how_each_step_kept_its_time(one_stop, client):
    dossier = one_stop.received(now=at(20, 9))
    assign = one_stop.open_run(dossier)
    finish_step(
        run_id=assign.pk, actor=one_stop.actor("quy"), now=at(20, 10), to_post_id=one_stop.province.posts["bao"]
    )
    handle = one_stop.open_run(dossier)
    finish_step(run_id=handle.pk, actor=one_stop.actor("bao"), now=at(30, 9), note="đã xem thực địa")
    sign = one_stop.open_run(dossier)
    send_back(run_id=sign.pk, to_key="3", reason="thiếu ảnh", actor=one_stop.actor("dung"), now=at(30, 10))
    signed_in(client, one_stop.province, "ngan")
    text = text_of(client.get(reverse("dossiers:control_slip", args=[dossier.pk])))
    for words in (
        "PHIẾU KIỂM SOÁT QUÁ TRÌNH GIẢI QUYẾT HỒ SƠ", "Số: 01/PKS-TTPVHCC", "Mã số hồ sơ: H99.71.01-261120-0001",
        "Cơ quan (bộ phận) giải quyết hồ sơ: Ủy ban nhân dân xã Hòa Thuận", "Hẹn trả kết quả vào: 09 giờ 00 phút, ngày 01 tháng 12",
        "Mẫu số 06", "Tên đơn vị", "Người giao", "Người nhận", "09 giờ 00 phút, ngày 30/11/2026", "Trả lại bước trước; thiếu ảnh",
    ):  # fmt: skip
        assert words in text, words
    rows = handovers(Dossier.objects.get(pk=dossier.pk))
    assert [(row.giver_name, row.taker_name, row.result) for row in rows] == [
        ("Đỗ Kim Ngân", "Hồ Phú Quý", ""), ("Hồ Phú Quý", "Mai Gia Bảo", "Đúng hạn"), ("Mai Gia Bảo", "Vũ Tiến Dũng", "Quá hạn"),
        ("Vũ Tiến Dũng", "Mai Gia Bảo", "Trước hạn"),
    ]  # fmt: skip
    assert rows[0].giver == "Trung tâm Phục vụ hành chính công xã Hòa Thuận"
    assert rows[0].taker == "Phòng Kinh tế, Ủy ban nhân dân xã Hòa Thuận"
    assert "đã xem thực địa" in rows[2].note and "(lần 2)" in rows[3].note


def test_the_control_slip_of_2024_is_form_05_and_names_those_asked_for_their_opinion(one_stop, client):
    dossier = one_stop.at_step("3", now=at(20, 9))
    run = one_stop.open_run(dossier)
    ask_opinion(
        run_id=run.pk, agency_ids=[one_stop.province.department.pk], question="Quy hoạch?", due_at=at(24, 9), actor=one_stop.actor("bao"), now=at(20, 14),
    )  # fmt: skip
    record_silence(now=at(25, 9))
    Dossier.objects.filter(pk=dossier.pk).update(received_at=THEN)
    signed_in(client, one_stop.province, "ngan")
    text = text_of(client.get(reverse("dossiers:control_slip", args=[dossier.pk])))
    assert "Cơ quan phối hợp giải quyết hồ sơ: Sở Xây dựng" in text and "05 tháng 3 năm 2024" in text
    assert "không trả lời" in text and "Quá hạn" in text and "Mẫu số 05" in text and "Tên cơ quan" in text


def test_the_last_row_of_the_control_slip_is_the_applicants(one_stop):
    dossier = one_stop.received(version=one_stop.household)
    _refused_and_returned(one_stop, dossier)
    last = handovers(Dossier.objects.get(pk=dossier.pk))[-1]
    assert (last.taker, last.taker_name, last.giver_name, last.result) == ("Người nộp hồ sơ", "Tạ Văn Lộc", "Đỗ Kim Ngân", "Trước hạn")  # fmt: skip


def test_forty_papers_and_long_names_are_all_printed(one_stop, printed):
    many = [Handed(f"Giấy tờ {n} {'rất dài ' * 12}hết{n}", originals=n % 3, copies=1) for n in range(1, 41)]
    intake = one_stop.intake()
    from lienthong.modules.dossiers.actions.receive import receive

    dossier = receive(
        intake=replace(intake, papers=[*intake.papers, *many], matter="Nội dung " * 90),
        actor=one_stop.actor("ngan"),
        now=at(20, 9),
    )
    text = printed(queries.receipt(dossier.pk))
    assert all(f"hết{n}:" in text for n in range(1, 41))
    assert "Trang 2 /" in text


def test_a_parallel_branch_that_ends_before_the_others_has_its_own_row(one_stop):
    dossier = one_stop.at_step("3", now=at(20, 9))
    huong = one_stop.actor("huong")
    StepRun.objects.create(
        dossier=dossier, key="3b", kind="handle", name="Cho ý kiến quy hoạch", agency=one_stop.province.department,
        unit=one_stop.province.planning, post_id=huong.post_id, holder_name=huong.person_name, state="done", started_at=at(20, 9),
        done_at=at(24, 10), done_by=huong.person_name, punctuality="late", note="phù hợp", given_by="Hồ Phú Quý",
    )  # fmt: skip
    run = one_stop.open_run(dossier)
    finish_step(run_id=run.pk, actor=one_stop.actor("bao"), now=at(25, 9))
    rows = handovers(dossier)
    (own,) = [row for row in rows if row.giver_name == "Trần Thu Hương"]
    assert own.giver == "Phòng Quản lý xây dựng, Sở Xây dựng" and own.taker_name == "Vũ Tiến Dũng"
    assert own.result == "Quá hạn" and "phù hợp" in own.note and own.at == at(24, 10)
    assert [row.at for row in rows] == sorted(row.at for row in rows)
