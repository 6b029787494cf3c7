"""Search: without diacritics, by number as written, in the text of files, and never beyond what the viewer may see."""

import pytest

from lienthong.kit.text import vn_fold
from lienthong.modules.documents.models import Document
from lienthong.modules.documents.queries import lists

pytestmark = pytest.mark.django_db


def found(province, name, words, now, **more):
    page = lists.incoming_page(province.actor(name), lists.Filter(words=words, **more), 1, now)
    return [row.document.subject for row in page.rows]


@pytest.mark.parametrize(
    "words", ["chuyển đổi số", "chuyen doi so", "CHUYEN DOI", "01/KH-UBND", "01/kh-ubnd", "kế hoạch", "Sơn Hải"]
)
def test_a_document_is_found_by_words_or_number_however_written(way, province, now, words):
    way.taken_in()
    assert found(province, "oanh", words, now) == ["Kế hoạch chuyển đổi số năm 2027"]


@pytest.mark.parametrize("words", ["đổi chuyển", "02/KH-UBND", "xyz", "01/KH-SXD"])
def test_other_words_find_nothing(way, province, now, words):
    way.taken_in()
    assert found(province, "oanh", words, now) == []


def test_the_text_of_the_file_is_found_too(way, province, now):
    row = way.taken_in()
    Document.objects.filter(pk=row.document_id).update(body="Khảo sát trạm bơm Tân Lập")
    assert found(province, "oanh", "tram bom tan lap", now) == ["Kế hoạch chuyển đổi số năm 2027"]


def test_an_official_finds_only_what_was_given_to_them_and_another_agency_finds_nothing(way, province, now):
    way.given()
    assert found(province, "huong", "chuyen doi so", now)
    assert not found(province, "khoa", "chuyen doi so", now)
    assert not found(province, "gam", "chuyen doi so", now)
    assert not found(province, "dung", "chuyen doi so", now)


def test_filters_by_issuer_signer_period_and_type_narrow_it(way, province, now):
    way.taken_in(signer_name="Trương Minh Châu")
    day = now.date()
    assert found(province, "oanh", "", now, issuer="son hai", signer="Minh Châu", type_code="KH", since=day, until=day)
    for narrow in ({"issuer": "bộ x"}, {"signer": "ngoc lan"}, {"type_code": "QD"}, {"until": day.replace(day=1)}):
        assert not found(province, "oanh", "", now, **narrow)


@pytest.mark.parametrize(
    "text", ["Đắk Lắk", "QUYẾT ĐỊNH 12/QĐ-UBND", "Nghĩa vụ ƯỚC tính", "a_b--c", "Thừa Thiên – Huế", ""]
)
def test_the_database_folds_text_as_the_programme_does(db, text):
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT vn_fold(%s)", [text])
        assert cursor.fetchone()[0] == vn_fold(text)
