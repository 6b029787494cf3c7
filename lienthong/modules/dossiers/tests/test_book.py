"""The book of dossiers: 03/2025/TT-VPCP form 07, 01/2018/TT-VPCP form 06."""

import io
import re
from datetime import date, datetime, timedelta

import pytest
from django.urls import reverse
from openpyxl import load_workbook
from pypdf import PdfReader

from lienthong.foundation.access.rules import Forbidden, system_actor
from lienthong.foundation.access.terms import Duty
from lienthong.foundation.organizations import queries as organizations
from lienthong.foundation.organizations.actions.add_person import add_person
from lienthong.foundation.organizations.actions.add_post import add_post
from lienthong.kit.dates import VIETNAM
from lienthong.kit.refusal import Refused
from lienthong.modules.dossiers.actions.decide import decide
from lienthong.modules.dossiers.actions.end_early import withdraw
from lienthong.modules.dossiers.actions.finish_step import finish_step
from lienthong.modules.dossiers.actions.give_back import give_back
from lienthong.modules.dossiers.actions.take_over import take_over
from lienthong.modules.dossiers.actions.turn_away import turn_away
from lienthong.modules.dossiers.models import Dossier
from lienthong.modules.dossiers.queries.book import COLUMNS, book, fields, require_whole
from lienthong.modules.dossiers.terms import Outcome, ResultWay, SlipKind
from stories.accounts import signed_in
from stories.people import BEGINNING

pytestmark = pytest.mark.django_db
YEAR = {"since": date(2026, 1, 1), "until": date(2026, 12, 31)}


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=VIETNAM)


def of(one_stop, name="ngan", agency=None, **wanted):
    actor = one_stop.actor(name)
    return book(actor, agency or organizations.agency(actor.agency_id), **{**YEAR, **wanted})


def lines(found) -> list[tuple]:
    return [line.cells for section in found.sections for line in section.lines]


def test_the_columns_are_the_eleven_of_the_form():
    assert [column.label for column in COLUMNS] == [
        "STT", "Mã hồ sơ", "Tên thủ tục hành chính", "Tên tổ chức, cá nhân", "Địa chỉ, số điện thoại",
        "Cơ quan chủ trì giải quyết", "Nhận hồ sơ", "Hẹn trả kết quả", "Trả kết quả", "Phương thức nhận kết quả", "Ký nhận",
    ]  # fmt: skip


def test_a_received_dossier_fills_its_line(one_stop):
    one_stop.received(now=at(20, 9, 40))
    (line,) = lines(of(one_stop))
    assert line == (
        1, "H99.71.01-261120-0001", "Cấp giấy phép xây dựng nhà ở riêng lẻ", "Huỳnh Mỹ Duyên", "Khóm 4, xã Hòa Thuận\n0900000412",
        "Ủy ban nhân dân xã Hòa Thuận", "20/11/2026 09:40", "01/12/2026 09:40", "", "Tại quầy", "",
    )  # fmt: skip


def test_the_last_column_is_who_signed_for_the_result(one_stop):
    dossier = one_stop.received(version=one_stop.household, now=at(20, 9))
    for _ in range(2):
        run = one_stop.open_run(dossier)
        to = one_stop.province.posts["bao"] if run.key == "2" else None
        finish_step(run_id=run.pk, actor=one_stop.holder(run), now=at(20, 10), to_post_id=to)
    run = one_stop.open_run(dossier)
    decide(run_id=run.pk, outcome=Outcome.REFUSED, reason="Bị cấm", actor=one_stop.actor("dung"), now=at(20, 11))
    give_back(
        dossier_id=dossier.pk, way=ResultWay.DESK, taken_by="Tạ Văn Lộc", paper="Giấy ủy quyền số 12", actor=one_stop.actor("ngan"),
        now=at(23, 9),
    )  # fmt: skip
    (line,) = lines(of(one_stop))
    assert line[8:] == ("23/11/2026 09:00", "Tại quầy", "Tạ Văn Lộc, Giấy ủy quyền số 12")


def test_the_book_of_each_field_has_its_own_numbers_which_run_through_the_year(one_stop):
    for day in (2, 3, 20):
        one_stop.received(now=at(day, 9))
        one_stop.received(version=one_stop.household, now=at(day, 10))
    found = of(one_stop)
    assert [(section.field_name, [line.cells[0] for line in section.lines]) for section in found.sections] == [
        ("Hoạt động xây dựng", [1, 2, 3]), ("Thành lập và hoạt động của hộ kinh doanh", [1, 2, 3]),
    ]  # fmt: skip
    alone = of(one_stop, since=date(2026, 11, 20), field_id=one_stop.building.field_id)
    assert [line[:2] for line in lines(alone)] == [(3, "H99.71.01-261120-0001")]
    assert [(name, many) for _pk, name, many in fields(one_stop.actor("ngan"), one_stop.commune_centre, **YEAR)] == [
        ("Hoạt động xây dựng", 3), ("Thành lập và hoạt động của hộ kinh doanh", 3),
    ]  # fmt: skip


def test_a_dossier_that_passes_two_agencies_stands_in_the_book_of_the_one_that_received_it(one_stop):
    dossier = one_stop.received(who="tuyet", now=at(20, 9))
    take_over(dossier_id=dossier.pk, actor=one_stop.actor("gam"), now=at(20, 14))
    assert [line[1] for line in lines(of(one_stop, "tuyet"))] == [dossier.code]
    assert lines(of(one_stop, "ngan")) == [] == lines(of(one_stop, "gam"))


def test_what_was_turned_away_has_no_line_and_what_was_withdrawn_says_so(one_stop, now):
    turn_away(
        intake=one_stop.intake(),
        kind=SlipKind.REFUSAL,
        lines=[],
        reason="Sai nơi",
        actor=one_stop.actor("ngan"),
        now=now,
    )
    dossier = one_stop.received(now=at(20, 9))
    withdraw(dossier_id=dossier.pk, reason="Không làm nữa", actor=one_stop.actor("ngan"), now=at(24, 9))
    (line,) = lines(of(one_stop))
    assert line[8] == "Người nộp rút hồ sơ 24/11/2026"


def test_what_was_received_before_the_circular_of_2025_stands_in_the_form_of_2018_with_remarks(one_stop):
    old, new = one_stop.received(now=at(20, 9)), one_stop.received(now=at(20, 10))
    withdraw(dossier_id=old.pk, reason="Không làm nữa", actor=one_stop.actor("ngan"), now=at(24, 9))
    Dossier.objects.filter(pk=old.pk).update(received_at=datetime(2025, 9, 14, 16, 0, tzinfo=VIETNAM))
    Dossier.objects.filter(pk=new.pk).update(received_at=datetime(2025, 9, 15, 8, 0, tzinfo=VIETNAM))
    found = of(one_stop, since=date(2025, 1, 1), until=date(2025, 12, 31))
    assert [(section.form.number, len(section.columns), section.lines[0].cells[0]) for section in found.sections] == [
        ("06", 12, 1), ("07", 11, 2),
    ]  # fmt: skip
    assert found.sections[0].lines[0].cells[11] == "Không làm nữa"


def test_the_page_the_pdf_and_the_workbook_hold_the_same(one_stop, client):
    one_stop.received(now=at(20, 9, 40))
    one_stop.received(version=one_stop.household, now=at(20, 10))
    signed_in(client, one_stop.province, "ngan")
    period = "?tu=2026-01-01&den=2026-12-31"
    page = client.get(reverse("dossiers:book") + period).content.decode()
    assert "H99.71.01-261120-0001" in page and "H99.71.01-261120-0002" in page
    answer = client.get(reverse("dossiers:book_pdf") + period)
    pages = PdfReader(io.BytesIO(answer.content)).pages
    text = re.sub(r"\s+", " ", " ".join(one.extract_text() for one in pages))
    for words in (
        "SỔ THEO DÕI HỒ SƠ", "TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG XÃ HÒA THUẬN", "Từ ngày 01/01/2026 đến ngày 31/12/2026",
        "Lĩnh vực: Hoạt động xây dựng", "Ngày, tháng, năm", "(11)", "20/11/2026 09:40", "Ký nhận",
    ):  # fmt: skip
        assert words in text, words
    assert "H99.71.01-261120-0001" in text.replace(" ", "") and "(12)" not in text
    answer = client.get(reverse("dossiers:book_xlsx") + period)
    rows = list(load_workbook(io.BytesIO(answer.content)).active.iter_rows(values_only=True))
    assert rows[0][:11] == tuple(column.label for column in COLUMNS) and rows[0][11] == "Lĩnh vực"
    assert rows[1][:2] == (1, "H99.71.01-261120-0001") and rows[2][11] == "Thành lập và hoạt động của hộ kinh doanh"


def test_a_printed_book_is_whole_or_is_not_printed(one_stop):
    for hour in (8, 9, 10):
        one_stop.received(now=at(20, hour))
    cut = of(one_stop, most=2)
    assert cut.cut and cut.count == 2
    with pytest.raises(Refused):
        require_whole(cut)
    require_whole(of(one_stop, most=3))


def test_an_official_has_no_book_to_print(one_stop, client):
    one_stop.received()
    with pytest.raises(Forbidden):
        of(one_stop, "bao")
    for address in ("book", "book_pdf", "book_xlsx"):
        signed_in(client, one_stop.province, "bao")
        assert client.get(reverse(f"dossiers:{address}")).status_code == 403
        signed_in(client, one_stop.province, "tuyet")
        other = f"?co-quan={one_stop.commune_centre.pk}"
        assert client.get(reverse(f"dossiers:{address}") + other).status_code == 404


def test_an_auditor_reads_the_book_of_any_agency(one_stop, client, now):
    one_stop.received(now=at(20, 9))
    post = add_post(
        agency_id=one_stop.province.committee.pk, unit_id=None, name="Thanh tra viên", duties=[Duty.AUDITOR], valid_from=BEGINNING,
        actor=system_actor(), now=now,
    )  # fmt: skip
    add_person(
        name="Cù Thị Nga",
        email="nga@sonhai.example",
        post_id=post.pk,
        valid_from=BEGINNING,
        actor=system_actor(),
        now=now,
    )
    one_stop.province.posts["nga"] = post.pk
    signed_in(client, one_stop.province, "nga")
    page = client.get(reverse("dossiers:book") + f"?co-quan={one_stop.commune_centre.pk}&tu=2026-01-01&den=2026-12-31")
    assert "H99.71.01-261120-0001" in page.content.decode()
    assert "H99.71.01-261120-0001" not in client.get(reverse("dossiers:book") + "?tu=2026-01-01").content.decode()


def test_asking_for_the_book_takes_the_same_few_queries_however_long_it_is(one_stop, django_assert_max_num_queries):
    for n in range(6):
        one_stop.received(now=at(20, 8) + timedelta(minutes=n))
    actor, agency = one_stop.actor("ngan"), organizations.agency(one_stop.commune_centre.pk)
    with django_assert_max_num_queries(6):  # of them two for the form
        book(actor, agency, since=date(2026, 11, 1), until=date(2026, 11, 30))
