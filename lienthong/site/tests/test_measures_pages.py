"""Pages of figures: what they show, what they open, what they say of an address that asks for nonsense."""

import csv
import html
import io
import json
import re

import pytest

from lienthong.modules.dossiers.models import Dossier
from stories.accounts import signed_in
from stories.history import some_of_everything

pytestmark = pytest.mark.django_db
HOME = "/lam-viec/so-lieu/"


def plain(text: str) -> str:
    """What a reader sees of a page."""
    return re.sub(r"<[^>]+>", "", text)


@pytest.fixture
def history(one_stop, province, pdf, now):
    some_of_everything(province, one_stop, pdf, now)


@pytest.fixture
def page(history, province, client):
    def get(address, who="huong"):
        return signed_in(client, province, who).get(HOME + address).content.decode()

    return get


def test_every_measure_stands_on_one_page_and_leads_to_its_own(page):
    from lienthong.foundation.measures import rules

    text = page("?ky=2026-11")
    for one in rules.measures():
        assert f'href="/lam-viec/so-lieu/{one.code}/?pham-vi=tinh&amp;ky=2026-11"' in text


def test_a_figure_opens_to_its_records_for_those_who_may_read_them(page, province):
    mine = page("documents.sent/ban-ghi/?ky=2026-11", who="lan")
    assert mine.count("kiểm tra đợt") == 8
    assert "không được đọc" not in mine


def test_others_see_the_count_only(page):
    text = page("documents.sent/ban-ghi/?ky=2026-11", who="huong")
    assert "kiểm tra đợt" not in text
    assert "8 trong 8 bản ghi" in text


def test_numerator_and_denominator_open_apart(page):
    assert page("documents.wholly_electronic/ban-ghi/?ky=2026-11", who="lan").count("kiểm tra đợt") == 7
    assert page("documents.wholly_electronic/ban-ghi/?ky=2026-11&phia=mau", who="lan").count("kiểm tra đợt") == 8


def test_a_part_narrows_figure_and_records_alike(page):
    text = page("documents.electronic/?ky=2026-11&phan=trinh")
    assert "Trình UBND tỉnh và cấp trên" in text
    assert "chưa có gì để đếm" in text
    assert "Không có bản ghi nào" in page("documents.electronic/ban-ghi/?ky=2026-11&phan=trinh", who="lan")


def test_several_parts_are_counted_together(page):
    both = page("documents.electronic/?ky=2026-11&phan=trinh,ngang")
    assert "Trình UBND tỉnh và cấp trên, Giữa các cơ quan" in both
    assert "8 / 8" in plain(both)
    assert page("documents.electronic/ban-ghi/?ky=2026-11&phan=trinh,ngang", who="lan").count("kiểm tra đợt") == 8


def test_a_part_that_the_measure_does_not_have_is_said_and_all_are_shown(page):
    text = page("documents.electronic/?ky=2026-11&phan=khong-co")
    assert "Số liệu này không có phần “khong-co”" in text
    assert "8 / 8" in plain(text)


def test_the_agencies_and_months_of_a_part_open_to_the_same_part(page):
    text = page("documents.electronic/?ky=2026-11&phan=ngang")
    assert "ky=2026-10&amp;phan=ngang" in text
    assert "ban-ghi/?phia=mau&amp;pham-vi=cq-" in text


@pytest.mark.parametrize("code", ["documents.electronic", "documents.parallel", "documents.handled_on_time"])
@pytest.mark.parametrize("of", ["", "&phan=ngang"])
def test_every_number_opens_to_so_many_records(page, code, of):
    """Those of the whole, of its months, its parts and its agencies: each list says the number that was clicked."""
    text = page(f"{code}/?ky=2026-11{of}")
    links = re.findall(r'<a href="/lam-viec/so-lieu/([^"]+/ban-ghi/[^"]*)">([\d.]+)</a>', text)
    assert len(links) > 4
    for address, number in links:
        found = re.search(r"([\d.]+) bản ghi đã đếm", page(html.unescape(address), who="lan"))
        assert found and found[1] == number, address


def test_two_days_once_chosen_do_not_win_over_a_month_chosen_later(page):
    text = page("documents.electronic/?ky=2026-11-01..2026-11-15")
    assert 'form="m-khac" type="date" id="m-tu" required name="tu" value="2026-11-01"' in text
    assert '<form method="get" id="m-khac"><input type="hidden" name="pham-vi" value="tinh">' in text


@pytest.mark.parametrize("query", ["ky=nam-nay", "pham-vi=x", "ky=2026-11&phan=khong-co"])
def test_a_machine_is_refused_instead_of_given_another_figure(history, province, client, query):
    answer = signed_in(client, province, "huong").get(f"{HOME}documents.electronic/tep.json?{query}")
    assert answer.status_code == 400
    found = json.loads(answer.content)
    assert len(found["errors"]) == 1 and "value" not in found


def test_the_public_data_refuse_a_period_that_is_not_understood(db, client):
    answer = client.get("/so-lieu/du-lieu.json?ky=nam-nay")
    assert answer.status_code == 400
    assert "Không hiểu kỳ" in json.loads(answer.content)["errors"][0]
    assert answer["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("?ky=nam-nay", "Không hiểu kỳ"),
        ("?tu=2026-03-02&den=2026-03-01", "trước khi bắt đầu"),
        ("?pham-vi=cq-999999", "Không có phạm vi"),
        ("?pham-vi=x", "Không có phạm vi"),
        ("?ky=0000", "Không hiểu kỳ"),
        ("?tu=2026-03-02", "cả hai ngày"),
        ("?ky=2026-11&tu=&den=2026-03-02", "cả hai ngày"),
    ],
)
def test_what_is_not_understood_is_said_and_the_usual_is_shown(page, query, says):
    text = page(query)
    assert says in text
    assert "Toàn tỉnh" in text


def test_an_unknown_measure_is_not_found(history, province, client):
    assert signed_in(client, province, "huong").get(HOME + "khong-co/").status_code == 404


def test_an_agency_that_did_not_exist_then_has_no_figure(page, province):
    text = page(f"documents.electronic/?ky=1999&pham-vi=cq-{province.committee.pk}")
    assert "chưa có gì để đếm" in text


def test_the_definition_holds_words_and_query(page):
    text = page("documents.electronic/dinh-nghia/")
    assert "mọi lượt gửi văn bản không mật" in text
    assert "SELECT" in text and "documents_delivery" in text


def test_the_files_hold_what_the_page_shows(history, province, client):
    viewer = signed_in(client, province, "huong")
    text = viewer.get(HOME + "documents.wholly_electronic/tep.csv?ky=2026-11").content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert rows[1][2:] == ["87.5", "7", "8"]
    found = json.loads(viewer.get(HOME + "documents.wholly_electronic/tep.json?ky=2026-11").content)
    assert found["value"] == 87.5
    assert viewer.get(HOME + "documents.wholly_electronic/tep.xlsx?ky=2026-11").content[:2] == b"PK"
    assert viewer.get(HOME + "documents.wholly_electronic/tep.exe").status_code == 404


def test_agencies_stand_by_their_part_of_the_points_that_are_counted_at_them(page, province):
    first = Dossier.objects.filter(channel="online").first()
    Dossier.objects.filter(pk=first.pk).update(decider=province.department)
    text = page("bo-chi-so/766/?ky=2026-11")
    parts = [float(one.replace(",", ".")) for one in re.findall(r"/ \d+ = ([\d,]+) %", text)]
    assert len(parts) > 1
    assert parts == sorted(parts, reverse=True)


def test_the_index_says_how_many_of_its_points_are_counted(page):
    text = page("bo-chi-so/766/?ky=2026-11")
    assert "điểm đếm được trong 100 điểm" in text
    assert "Chỉ tiêu chưa có số" in text
    assert text.count("nhập tay") == 2  # what is said of complaints


def test_no_note_for_those_who_write_templates_is_shown_to_readers(page):
    assert "{#" not in page("?ky=2026-11")


def test_figures_of_a_row_carry_their_names_for_narrow_screens(page):
    text = page("documents.sent/?ky=2026-11")
    assert 'data-label="Giá trị">8<' in text
    assert 'data-label="Tử số / mẫu số"' in text


def test_value_and_agency_are_called_so_in_english(history, province, client):
    viewer = signed_in(client, province, "huong")
    viewer.cookies["django_language"] = "en"
    text = viewer.get(HOME + "documents.wholly_electronic/?ky=2026-11").content.decode()
    assert 'data-label="Value"' in text
    assert "Validity" not in text


def test_a_list_of_records_says_of_how_many_agencies_where_the_figure_counts_agencies(page):
    figure = plain(page("documents.agencies/?ky=2026-11", who="lan"))
    text = plain(page("documents.agencies/ban-ghi/?ky=2026-11", who="lan"))
    (agencies,) = re.findall(r"của (\d+) cơ quan; số liệu đếm cơ quan", text)
    assert re.search(rf"(?<!\d){agencies}\s*cơ quan có ít nhất một lượt gửi", figure)
    assert "số liệu đếm cơ quan" not in page("documents.sent/ban-ghi/?ky=2026-11", who="lan")


def test_agencies_of_equal_worth_share_a_place():
    from lienthong.foundation.measures.views.figures import placed

    lines = placed([{"v": 100}, {"v": 100}, {"v": 90}, {"v": None}, {"v": None}], lambda line: line["v"])
    assert [line["place"] for line in lines] == [1, 1, 3, None, None]
