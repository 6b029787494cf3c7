"""The page of the trail: what a viewer may read of it, filters, export, and whether the chains hold."""

import csv
import io

import pytest
from django.db import connection

from lienthong.foundation.access.rules import system_actor
from lienthong.foundation.organizations.actions.add_unit import add_unit
from lienthong.foundation.trail.actions.write import write
from lienthong.foundation.trail.models import Entry
from lienthong.foundation.trail.queries import Wanted, entries
from stories.accounts import signed_in

pytestmark = pytest.mark.django_db
PAGE = "/lam-viec/quan-tri/nhat-ky/"


@pytest.fixture
def lived(province, now):
    """Each agency has written something of its own."""
    for name, sentence in (
        ("lan", "vào sổ văn bản đi, số 5"),
        ("oanh", "vào sổ văn bản đến, số 9"),
        ("gam", "trả lại"),
    ):
        write(province.actor(name), "documents.register", province.committee, now, sentence=sentence)
    return province


def sentences(viewer, **wanted):
    return list(entries(viewer, Wanted(**wanted)).values_list("sentence", flat=True))


def test_a_leader_reads_the_agencys_own_trail_only(lived):
    assert sentences(lived.actor("phuoc")) == ["vào sổ văn bản đến, số 9"]


def test_an_administrator_reads_everything(lived):
    assert len(sentences(lived.actor("minh"))) == Entry.objects.count()


def test_an_official_reads_nothing(lived):
    assert sentences(lived.actor("huong")) == []


def test_whoever_may_not_read_the_trail_gets_no_page(lived, client):
    assert signed_in(client, lived, "huong").get(PAGE).status_code == 403
    assert signed_in(client, lived, "huong").get(PAGE + "?dang=csv").status_code == 403


def test_the_trail_is_narrowed_by_person_verb_words_day_and_record(lived, now):
    minh, day = lived.actor("minh"), now.date()
    assert sentences(minh, who="Kim Oanh") == ["vào sổ văn bản đến, số 9"]
    assert sentences(minh, who="xã Hòa Thuận") == ["trả lại"]
    assert len(sentences(minh, verb="documents.register")) == 3
    assert sentences(minh, words="số 9") == ["vào sổ văn bản đến, số 9"]
    assert len(sentences(minh, since=day)) == 3
    assert len(sentences(minh, until=day)) == Entry.objects.count()
    assert len(sentences(minh, since=day.replace(day=21))) == 0
    record = {"subject_kind": "organizations.agency", "subject_id": lived.committee.pk}
    assert len(sentences(minh, **record)) == 4


def test_the_page_shows_who_did_what_and_leads_on_to_older_entries(lived, client, now):
    for place in range(60):
        write(lived.actor("lan"), "documents.note", None, now, sentence=f"ghi chú {place}")
    client = signed_in(client, lived, "chau")
    page = client.get(PAGE)
    text = page.content.decode()
    assert page.status_code == 200
    assert "ghi chú 59" in text
    assert "ghi chú 9<" not in text
    older = client.get(PAGE, {"truoc": page.context["next"]}).content.decode()
    assert "ghi chú 9<" in older
    assert "ghi chú 59" not in older


def test_an_export_holds_what_the_page_would_show_and_no_formula(lived, client, now):
    write(lived.actor("oanh"), "documents.note", None, now, sentence="=HYPERLINK(1)")
    page = signed_in(client, lived, "phuoc").get(PAGE + "?dang=csv")
    text = b"".join(page.streaming_content).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [row["noi_dung"] for row in rows] == ["'=HYPERLINK(1)", "vào sổ văn bản đến, số 9"]
    assert len(rows[1]["ma_bam"]) == 64


def test_the_page_says_whether_the_chain_holds(lived, client):
    client = signed_in(client, lived, "phuoc")
    assert "chuỗi nguyên vẹn" in client.get(PAGE + "?kiem-tra=1").content.decode()
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE trail_entry DISABLE TRIGGER USER")
        cursor.execute("UPDATE trail_entry SET sentence = 'khác' WHERE chain = %s", [lived.department.pk])
        cursor.execute("ALTER TABLE trail_entry ENABLE TRIGGER USER")
    text = client.get(PAGE + "?kiem-tra=1").content.decode()
    assert "nội dung đã bị sửa" in text
    assert "chuỗi nguyên vẹn" not in text


def test_strange_addresses_do_no_harm(lived, client):
    client = signed_in(client, lived, "minh")
    for query in ("truoc=x", "tu=2026-99-99", "so=99999999999999999999", "loai=a'b&so=1", "nguoi=%25&q=%00"):
        assert client.get(f"{PAGE}?{query}").status_code == 200, query


def test_an_entry_can_neither_be_changed_nor_removed(lived, now):
    from django.db import DatabaseError, transaction

    for change in ("UPDATE trail_entry SET sentence = 'khác'", "DELETE FROM trail_entry", "TRUNCATE trail_entry"):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(change)


def test_a_failed_act_leaves_no_entry(lived, now):
    before = Entry.objects.count()
    with pytest.raises(Exception, match="Cần ghi tên đơn vị"):
        add_unit(
            agency_id=lived.committee.pk, name=" ", short_name="", valid_from=now.date(), actor=system_actor(), now=now
        )
    assert Entry.objects.count() == before
