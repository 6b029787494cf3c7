"""The books as printed: 30/2020/NĐ-CP annex IV, forms I, VI, VII, VIII."""

import io
import re
from datetime import date, datetime, timedelta

import pytest
from django.urls import reverse
from openpyxl import load_workbook
from pypdf import PdfReader

from lienthong.foundation.access.rules import Forbidden
from lienthong.foundation.organizations import queries as organizations
from lienthong.kit.dates import VIETNAM
from lienthong.modules.documents.actions.answer_request import answer_request
from lienthong.modules.documents.actions.assign import assign
from lienthong.modules.documents.actions.finish import finish
from lienthong.modules.documents.actions.issue import issue
from lienthong.modules.documents.actions.note import note
from lienthong.modules.documents.actions.recall import recall
from lienthong.modules.documents.actions.register_outgoing import register_outgoing
from lienthong.modules.documents.actions.return_to_sender import return_to_sender
from lienthong.modules.documents.actions.void_number import void_number
from lienthong.modules.documents.models import Assignment, Incoming, Outgoing, SenderRequest
from lienthong.modules.documents.queries import registers
from lienthong.modules.documents.rules import Given, OutgoingDetails, Paper, Recipient
from lienthong.modules.documents.views import registers as views
from lienthong.web import print as printing
from stories.accounts import signed_in

pytestmark = pytest.mark.django_db

YEAR = {"since": date(2026, 1, 1), "until": date(2026, 12, 31)}
FRIDAY = date(2026, 11, 20)


def book(name, actor, now, **wanted):
    agency = organizations.agency(actor.agency_id)
    return registers.BOOKS[name](actor, agency, **{**YEAR, "now": now, **wanted})


def text_of(response) -> str:
    """All text of a PDF with every run of blanks and line ends as one blank."""
    assert response["Content-Type"] == "application/pdf"
    pages = PdfReader(io.BytesIO(response.content)).pages
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pages))


def labels(columns) -> list[str]:
    return [column.label for column in columns]


def test_the_columns_are_those_of_the_decree():
    assert labels(registers.OUTGOING_COLUMNS) == [
        "Số, ký hiệu văn bản", "Ngày tháng văn bản", "Tên loại và trích yếu nội dung văn bản", "Người ký",
        "Nơi nhận văn bản", "Đơn vị, người nhận bản lưu", "Số lượng bản", "Ngày chuyển", "Ký nhận", "Ghi chú",
    ]  # fmt: skip
    assert labels(registers.INCOMING_COLUMNS) == [
        "Ngày đến", "Số đến", "Tác giả", "Số, ký hiệu văn bản", "Ngày tháng văn bản",
        "Tên loại và trích yếu nội dung văn bản", "Đơn vị hoặc người nhận", "Ngày chuyển", "Ký nhận", "Ghi chú",
    ]  # fmt: skip
    assert labels(registers.FOLLOW_UP_COLUMNS) == [
        "Số đến", "Tên loại, số, ký hiệu, ngày, tháng và tên cơ quan, tổ chức ban hành văn bản",
        "Đơn vị hoặc người nhận", "Thời hạn giải quyết", "Tiến độ giải quyết", "Số, ký hiệu văn bản trả lời", "Ghi chú",
    ]  # fmt: skip


def test_an_issued_letter_fills_its_line_in_the_outgoing_register(way, province, now):
    sent = way.issued(province.department, province.commune, signer_name="Trương Minh Châu")
    (line,) = book("van-ban-di", province.actor("lan"), now).lines
    assert line.cells == (
        sent.document.code, FRIDAY, "Kế hoạch: Kế hoạch chuyển đổi số năm 2027", "Trương Minh Châu",
        "Sở Xây dựng; Ủy ban nhân dân xã Hòa Thuận", "", 1, FRIDAY, "", "",
    )  # fmt: skip


def test_a_distributed_letter_fills_its_line_in_the_incoming_register(way, province, now):
    row = way.given()
    (line,) = book("van-ban-den", province.actor("oanh"), now).lines
    assert line.cells == (
        FRIDAY, 1, "Ủy ban nhân dân tỉnh Sơn Hải", row.document.code, FRIDAY,
        "Kế hoạch: Kế hoạch chuyển đổi số năm 2027", row.assigned_to, FRIDAY, "", "",
    )  # fmt: skip
    assert "Trần Thu Hương" in row.assigned_to


def test_the_follow_up_shows_deadline_progress_and_reply(way, province, pdf, now):
    due = now + timedelta(days=3)
    row = way.given(due_at=due)
    clerk = province.actor("oanh")
    reply = register_outgoing(
        paper=Paper("CV", "", "Trả lời", FRIDAY), details=OutgoingDetails(replies_to=(row.pk,)), attached=[pdf(text="b")],
        actor=clerk, now=now,
    )  # fmt: skip
    (line,) = book("theo-doi", clerk, now).lines
    code = row.document.code
    assert line.cells == (
        1, f"Kế hoạch số {code} ngày 20/11/2026 của Ủy ban nhân dân tỉnh Sơn Hải", row.assigned_to, due.date(),
        "Đã phân công", reply.document.code, "",
    )  # fmt: skip
    (late,) = book("theo-doi", clerk, due + timedelta(hours=1)).lines
    assert late.late and late.cells[4] == "Đã phân công, quá hạn"
    void_number(outgoing_id=reply.pk, reason="Nhầm", actor=clerk, now=now)
    assert book("theo-doi", clerk, now).lines[0].cells[5] == ""


def test_only_open_and_only_overdue_lines_are_shown_when_asked(way, province, now):
    due = now + timedelta(days=1)
    way.given(due_at=due)
    clerk, later = province.actor("oanh"), due + timedelta(hours=2)
    assert len(book("theo-doi", clerk, now, only="dang-mo").lines) == 1
    assert book("theo-doi", clerk, now, only="qua-han").lines == []
    assert len(book("theo-doi", clerk, later, only="qua-han").lines) == 1
    finish(assignment_id=Assignment.objects.get().pk, result="Xong", actor=province.actor("huong"), now=later)
    assert book("theo-doi", clerk, later, only="dang-mo").lines == []
    assert book("theo-doi", clerk, later, only="qua-han").lines == []
    assert book("theo-doi", clerk, later).lines[0].cells[4] == "Hoàn thành ngày 21/11/2026, trễ hạn"


@pytest.mark.parametrize("name", list(registers.BOOKS))
def test_both_ends_of_the_period_belong_to_it(way, province, now, name):
    way.taken_in()
    Incoming.objects.update(registered_at=datetime(2026, 11, 20, 23, 59, 59, tzinfo=VIETNAM))
    actor = province.actor("lan" if name == "van-ban-di" else "oanh")
    day = timedelta(days=1)
    assert len(book(name, actor, now, since=FRIDAY, until=FRIDAY).lines) == 1
    assert book(name, actor, now, since=FRIDAY - day, until=FRIDAY - day).lines == []
    assert book(name, actor, now, since=FRIDAY + day, until=FRIDAY + day).lines == []


def test_an_undated_letter_stands_under_the_day_of_its_registration(way, province, now):
    sent = way.registered()
    sent.document.issued_on = None
    sent.document.save()
    clerk = province.actor("lan")
    assert len(book("van-ban-di", clerk, now, since=FRIDAY, until=FRIDAY).lines) == 1
    assert book("van-ban-di", clerk, now, until=FRIDAY - timedelta(days=1)).lines == []


@pytest.mark.parametrize("name", list(registers.BOOKS))
def test_only_who_may_print_registers_gets_one(way, province, client, now, name):
    way.given()
    for who in ("huong", "thinh", "minh"):
        with pytest.raises(Forbidden):
            book(name, province.actor(who), now)
    client = signed_in(client, province, "huong")
    assert client.get(reverse("documents:print_book", args=[name])).status_code == 403
    assert client.get(reverse("documents:follow_up")).status_code == 403


def test_a_register_holds_only_the_own_agencys_lines(way, province, now):
    way.issued(province.department, province.commune)
    for row in Incoming.objects.all():
        Incoming.objects.filter(pk=row.pk).update(arrival_number=1, year=2026, registered_at=now, state="registered")
    lines = book("van-ban-den", province.actor("gam"), now).lines
    assert [line.pk for line in lines] == [Incoming.objects.get(agency=province.commune).pk]
    assert book("van-ban-di", province.actor("gam"), now).lines == []


def test_a_void_number_keeps_its_line_and_says_why(way, province, now):
    sent = way.registered()
    void_number(outgoing_id=sent.pk, reason="Ký nhầm bản dự thảo", actor=province.actor("lan"), now=now)
    (line,) = book("van-ban-di", province.actor("lan"), now).lines
    assert line.cells[0] == sent.document.code and line.cells[7] is None
    assert line.cells[9] == "Đã hủy số ngày 20/11/2026 (Ký nhầm bản dự thảo)"


def test_a_recall_is_remarked_on_both_sides(way, province, now):
    row = way.given()
    recall(outgoing_id=row.delivery.outgoing_id, reason="Sai số liệu", actor=province.actor("lan"), now=now)
    assert book("van-ban-den", province.actor("oanh"), now).lines[0].cells[9] == ""
    request = SenderRequest.objects.get()
    answer_request(request_id=request.pk, agreed=True, answer="", actor=province.actor("oanh"), now=now)
    assert (
        book("van-ban-di", province.actor("lan"), now).lines[0].cells[9] == "Đã thu hồi ngày 20/11/2026 (Sai số liệu)"
    )
    remark = "Đã thu hồi ngày 20/11/2026 (Thu hồi: Sai số liệu)"
    assert book("van-ban-den", province.actor("oanh"), now).lines[0].cells[9] == remark
    assert book("theo-doi", province.actor("oanh"), now).lines[0].cells[4:] == ("", "", remark)


def test_a_returned_letter_is_remarked_when_it_had_a_number_and_absent_when_it_had_none(way, province, now):
    clerk = province.actor("oanh")
    first = way.taken_in()
    return_to_sender(incoming_id=first.pk, reason="Gửi nhầm", actor=clerk, now=now)
    (line,) = book("van-ban-den", clerk, now).lines
    assert line.cells[1] == 1 and line.cells[9] == "Đã trả lại ngày 20/11/2026 (Gửi nhầm)"
    Incoming.objects.update(arrival_number=None, registered_at=None)
    assert book("van-ban-den", clerk, now).lines == []


def test_a_letter_to_very_many_names_some_and_counts_the_rest(way, province, now, monkeypatch):
    monkeypatch.setattr(registers, "RECEIVERS_NAMED", 1)
    way.issued(province.department, province.commune)
    (line,) = book("van-ban-di", province.actor("lan"), now).lines
    assert line.cells[4] == "Sở Xây dựng; và 1 cơ quan khác"


@pytest.mark.parametrize("name", list(registers.BOOKS))
def test_more_lines_need_no_more_queries(way, province, now, name, django_assert_max_num_queries):
    actor = province.actor("lan" if name == "van-ban-di" else "oanh")
    for place in range(6):
        sent = way.registered(f"Văn bản {place}")
        issue(
            outgoing_id=sent.pk, recipients=[Recipient(province.department.pk)], to_places="",
            actor=province.actor("lan"), now=now,
        )  # fmt: skip
    for number, row in enumerate(Incoming.objects.order_by("id"), start=1):
        Incoming.objects.filter(pk=row.pk).update(
            arrival_number=number, year=2026, registered_at=now, state="registered"
        )
    agency = organizations.agency(actor.agency_id)
    with django_assert_max_num_queries(2):
        register = registers.BOOKS[name](actor, agency, **YEAR, now=now)
    assert len(register.lines) == 6
    assert register.ranges[0][1:] == (2026, 1, 6)


def test_the_printed_register_has_cover_headings_numbers_and_lines(way, province, client):
    row = way.given()
    client = signed_in(client, province, "oanh")
    text = text_of(client.get("/lam-viec/van-ban/so/van-ban-den/?tu=2026-11-01&den=2026-11-30&dang=pdf"))
    for words in (
        "SỞ XÂY DỰNG", "SỔ ĐĂNG KÝ VĂN BẢN ĐẾN", "Năm: 2026", "Từ ngày 01/11/2026 đến ngày 30/11/2026",
        "Từ số 1 đến số 1", "Đơn vị hoặc người nhận", "(1)", "(10)", row.document.code, "20/11/2026", "Trang 1 / 1",
    ):  # fmt: skip
        assert words in text, words
    assert "\u2060" not in text


def test_typed_text_is_printed_and_never_run(way, province, client):
    sent = way.registered('#panic("x") *đậm* $x^2$ [a] \\ @b <c>')
    text = text_of(signed_in(client, province, "lan").get("/lam-viec/van-ban/so/van-ban-di/?tu=2026-01-01"))
    assert '#panic("x") *đậm* $x^2$ [a] \\ @b <c>' in text and sent.document.code in text


def test_printing_works_where_the_font_is_not_installed(way, province, client, monkeypatch, tmp_path):
    way.registered()
    monkeypatch.setattr(printing, "FONTS", tmp_path / "none")
    printing._fonts.cache_clear()
    try:
        text = text_of(signed_in(client, province, "lan").get("/lam-viec/van-ban/so/van-ban-di/?tu=2026-01-01"))
    finally:
        printing._fonts.cache_clear()
    assert "chuyển đổi số" in text


def test_an_empty_period_prints_a_book_that_says_so(province, client):
    text = text_of(
        signed_in(client, province, "lan").get("/lam-viec/van-ban/so/theo-doi/?tu=2026-01-01&den=2026-01-02")
    )
    assert "Không có văn bản nào trong kỳ này." in text


def test_the_workbook_has_real_dates_and_formulas_stay_text(way, province, client):
    way.registered('=HYPERLINK("http://x.example")', signer_name="=1+1")
    Outgoing.objects.update(note="+84 000", archive_holder="@SUM(A1)", to_places="-1 bản")
    response = signed_in(client, province, "lan").get("/lam-viec/van-ban/so/van-ban-di/?tu=2026-01-01&dang=xlsx")
    sheet = load_workbook(io.BytesIO(response.content)).active
    headings, line = sheet.iter_rows()
    assert [cell.value for cell in headings] == labels(registers.OUTGOING_COLUMNS)
    assert sheet.freeze_panes == "A2" and sheet.column_dimensions["C"].width > 30
    assert line[1].is_date and line[1].value.date() == FRIDAY
    assert line[6].value == 1 and line[6].data_type == "n"
    for place, text in ((3, "=1+1"), (4, "-1 bản"), (5, "@SUM(A1)"), (9, "+84 000")):
        assert (line[place].value, line[place].data_type) == (text, "s")


def test_a_book_or_form_that_is_not_kept_is_not_found(province, client):
    client = signed_in(client, province, "lan")
    assert client.get("/lam-viec/van-ban/so/so-khac/").status_code == 404
    assert client.get("/lam-viec/van-ban/so/theo-doi/?dang=exe").status_code == 404


def test_a_period_turned_round_is_refused_and_nonsense_left_out(province, client):
    client = signed_in(client, province, "lan")
    assert client.get("/lam-viec/van-ban/theo-doi/?tu=2026-02-01&den=2026-01-01").status_code == 409
    assert client.get("/lam-viec/van-ban/theo-doi/?tu=0001-01-01&den=9999-12-31").status_code == 200
    assert client.get("/lam-viec/van-ban/theo-doi/?tu=abc&loc=xyz").status_code == 200


def test_a_book_too_long_for_one_print_is_refused_not_cut(way, province, client, monkeypatch):
    way.registered("Một")
    way.registered("Hai")
    monkeypatch.setattr(registers, "MOST_PRINTED", 1)
    response = signed_in(client, province, "lan").get("/lam-viec/van-ban/so/van-ban-di/?tu=2026-01-01")
    assert response.status_code == 409
    assert "hơn 1 dòng" in response.content.decode()


def test_the_follow_up_page_lists_links_and_says_when_it_is_cut(way, province, client, monkeypatch):
    row = way.given(due_at=way.now + timedelta(days=2))
    client = signed_in(client, province, "oanh")
    page = client.get("/lam-viec/van-ban/theo-doi/?tu=2026-11-01&den=2026-11-30").content.decode()
    assert reverse("documents:incoming", args=[row.pk]) in page and "Đã phân công" in page and "22/11/2026" in page
    assert "dang=xlsx&amp;tu=2026-11-01&amp;den=2026-11-30" in page and "dòng đầu" not in page
    monkeypatch.setattr(views, "SHOWN", 0)
    assert "dòng đầu" in client.get("/lam-viec/van-ban/theo-doi/?tu=2026-11-01").content.decode()


def test_the_handling_slip_holds_the_words_of_all_three(way, province, client):
    row = way.given(Given("lead", unit_id=province.planning.pk), due_at=way.now + timedelta(days=5))
    head = Assignment.objects.get()
    assign(
        assignment_id=head.pk, text="Đồng chí Hương thụ lý.", given=[Given("lead", post_id=province.posts["huong"])],
        actor=province.actor("thinh"), now=way.now,
    )  # fmt: skip
    line = Assignment.objects.get(post=province.posts["huong"])
    note(assignment_id=line.pk, text="Đề xuất lấy ý kiến.", attached=None, actor=province.actor("huong"), now=way.now)
    text = text_of(signed_in(client, province, "huong").get(reverse("documents:slip", args=[row.pk])))
    order = [
        "PHIẾU GIẢI QUYẾT VĂN BẢN ĐẾN", row.document.code, "1. Ý kiến của lãnh đạo cơ quan", "Giao xử lý.",
        "2. Ý kiến của lãnh đạo đơn vị", "Đồng chí Hương thụ lý.", "3. Ý kiến đề xuất", "Đề xuất lấy ý kiến.",
    ]  # fmt: skip
    places = [text.find(words) for words in order]
    assert -1 not in places and places == sorted(places)
    assert "25/11/2026 09:00" in text


def test_the_slip_of_a_letter_that_is_not_ones_own_does_not_exist(way, province, client):
    row = way.given()
    assert signed_in(client, province, "khoa").get(reverse("documents:slip", args=[row.pk])).status_code == 404
