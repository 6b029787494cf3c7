"""`./lt verify` names every entry, file and number that somebody changed behind the programme's back."""

import io
import json
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection

from lienthong.foundation.files.models import StoredFile
from lienthong.foundation.files.queries import place_of
from lienthong.foundation.numbering.actions.reserve import reserve
from lienthong.foundation.numbering.models import Counter, Reservation, Series
from lienthong.foundation.trail.actions.anchor import anchor
from lienthong.foundation.trail.models import Entry
from lienthong.modules.documents.actions.enter_incoming import enter_incoming
from lienthong.modules.documents.actions.register_outgoing import register_outgoing
from lienthong.modules.documents.actions.void_number import void_number
from lienthong.modules.documents.models import Incoming, Outgoing
from lienthong.modules.documents.queries.numbers import runs
from lienthong.modules.documents.rules import OutgoingDetails, Paper
from lienthong.modules.documents.terms import Channel

pytestmark = pytest.mark.django_db


def verify(*options: str) -> tuple[int, str, list[str]]:
    """Exit code, standard output, faults (lines of standard error)."""
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command("verify", *options, stdout=out, stderr=err, no_color=True)
        code = 0
    except SystemExit as ended:
        code = ended.code
    return code, out.getvalue(), err.getvalue().splitlines()


def behind_the_back(table: str, statement: str, *values) -> None:
    """Change a table whose triggers refuse it, as its owner could."""
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(statement, values)
        assert cursor.rowcount > 0
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


@pytest.fixture
def books(province, pdf, now):
    """Three outgoing documents (the last void), two incoming ones, two numbers set aside, an anchor."""
    lan, oanh = province.actor("lan"), province.actor("oanh")
    sent = [
        register_outgoing(
            paper=Paper("KH", "", f"Kế hoạch số {place}", now.date(), signer_name="Trương Minh Châu"),
            details=OutgoingDetails(), attached=[pdf("ke-hoach.pdf", str(place))], actor=lan, now=now,
        )
        for place in range(3)
    ]  # fmt: skip
    void_number(outgoing_id=sent[2].pk, reason="Ghi nhầm", actor=lan, now=now)
    reserve(series_id=sent[0].series_id, count=2, reason="Chờ ký", actor=lan, now=now)
    for place in range(2):
        enter_incoming(
            paper=Paper("CV", "", f"Công văn {place}", now.date(), number=str(place), notation="BXD-VP", issuer_name="Bộ Xây dựng"),
            channel=Channel.PAPER, attached=[], arrived_at=now, actor=oanh, now=now,
        )  # fmt: skip
    anchor(now=now, folder=Path(settings.ANCHORS_ROOT))
    return province


def test_an_untouched_installation_holds(books):
    code, out, faults = verify()
    assert (code, faults) == (0, [])
    assert "đúng cả" in out
    assert "3 tệp, 7 số văn bản" in out


def test_machines_are_told_the_same(books):
    code, out, _ = verify("--json")
    answer = json.loads(out)
    assert code == 0
    assert answer["holds"] is True
    assert answer["checked"]["entries"] == Entry.objects.count() > 30
    assert answer["checked"]["anchors"] == 3


def test_a_changed_entry_is_named(books):
    last = Entry.objects.filter(chain=books.committee.pk).order_by("no")[1]
    behind_the_back("trail_entry", "UPDATE trail_entry SET sentence = 'khác' WHERE id = %s", last.pk)
    code, _, faults = verify()
    assert code == 3
    assert faults == [f"✗ nhật ký {books.committee.name}, dòng {last.no}: nội dung đã bị sửa"]


def test_an_entry_taken_out_of_the_middle_is_named(books):
    behind_the_back("trail_entry", "DELETE FROM trail_entry WHERE chain = %s AND no = 2", books.committee.pk)
    code, _, faults = verify()
    assert code == 3
    assert f"✗ nhật ký {books.committee.name}, dòng 3: số thứ tự không liền mạch" in faults


def test_an_entry_taken_off_the_end_is_named(books):
    last = Entry.objects.filter(chain=books.department.pk).order_by("-no")[0]
    behind_the_back("trail_entry", "DELETE FROM trail_entry WHERE id = %s", last.pk)
    _, _, faults = verify()
    assert f"✗ nhật ký {books.department.name}, dòng {last.no}: dòng cuối chuỗi bị mất hoặc bị thay" in faults
    assert f"✗ nhật ký {books.department.name}, dòng {last.no}: khác với mốc đã ghi trong cơ sở dữ liệu" in faults


def test_a_chain_rewritten_with_its_anchor_shows_against_the_file(books):
    """Whoever owns the database can make everything in it agree; the file outside it does not."""
    last = Entry.objects.filter(chain=books.committee.pk).order_by("-no")[0]
    rehash = "sha256(convert_to(trail_canonical(e), 'UTF8'))"
    behind_the_back("trail_entry", "UPDATE trail_entry SET sentence = 'khác' WHERE id = %s", last.pk)
    behind_the_back("trail_entry", f"UPDATE trail_entry e SET hash = {rehash} WHERE id = %s", last.pk)
    behind_the_back(
        "trail_chain", "UPDATE trail_chain c SET last_hash = e.hash FROM trail_entry e WHERE e.id = %s AND c.chain = e.chain", last.pk
    )  # fmt: skip
    behind_the_back(
        "trail_anchor", "UPDATE trail_anchor a SET hash = e.hash FROM trail_entry e WHERE e.id = %s AND a.chain = e.chain", last.pk
    )  # fmt: skip
    code, _, faults = verify()
    assert code == 3
    assert faults == [f"✗ nhật ký {books.committee.name}, dòng {last.no}: khác với mốc đã ghi ra tệp"]


def test_an_anchor_file_that_is_gone_or_scribbled_in_is_named(books, now):
    path = Path(settings.ANCHORS_ROOT) / f"{now:%Y-%m-%d}.txt"
    path.write_text("chữ lạ\n", encoding="utf-8")
    assert "✗ nhật ký chung của hệ thống, dòng 0: tệp mốc có dòng không đọc được" in verify()[2]
    path.unlink()
    code, _, faults = verify()
    assert code == 3
    assert len(faults) == 3
    assert all(fault.endswith("mốc không có trong tệp mốc của ngày đó") for fault in faults)


def test_a_second_anchor_on_the_same_day_adds_nothing(books, now):
    folder = Path(settings.ANCHORS_ROOT)
    assert anchor(now=now + timedelta(hours=1), folder=folder) == 0
    assert verify()[0] == 0


def test_a_file_that_is_gone_and_one_that_was_changed_are_named(books):
    gone, changed, _ = StoredFile.objects.order_by("pk")
    place_of(gone).unlink()
    place_of(changed).write_bytes(b"%PDF-1.4 something else")
    code, _, faults = verify()
    assert code == 3
    assert faults == [
        f"✗ tệp {gone.sha256} (01/KH-UBND ke-hoach.pdf): tệp bị mất",
        f"✗ tệp {changed.sha256} (02/KH-UBND ke-hoach.pdf): nội dung tệp không còn đúng mã băm",
    ]


def test_a_document_that_was_deleted_leaves_a_gap_that_is_named(books):
    Outgoing.objects.get(ordinal=2).delete()
    Incoming.objects.get(arrival_number=1).delete()
    code, _, faults = verify()
    why = "số đã cấp nhưng không có văn bản và không phải số đang giữ"
    assert code == 3
    assert faults == [
        f"✗ {books.committee.name}, sổ Văn bản đi năm 2026, số 2: {why}",
        f"✗ {books.department.name}, sổ Văn bản đến năm 2026, số 1: {why}",
    ]


def test_reserved_numbers_count_until_they_vanish(books):
    Reservation.objects.all().delete()
    assert verify()[2] == [
        f"✗ {books.committee.name}, sổ Văn bản đi năm 2026, số 4–5: số đã cấp nhưng không có văn bản và không phải số đang giữ"
    ]


def test_a_counter_that_was_turned_back_or_removed_is_named(books):
    series = Series.objects.get(agency=books.committee, book="outgoing")
    Counter.objects.filter(series=series).update(last=4)
    assert verify()[2] == [f"✗ {books.committee.name}, sổ Văn bản đi năm 2026, số 5: số lớn hơn số cuối mà sổ đã cấp"]
    Counter.objects.filter(series=series).delete()
    assert verify()[2] == [f"✗ {books.committee.name}, sổ Văn bản đi năm 2026, số 1–5: số lớn hơn số cuối mà sổ đã cấp"]


def test_a_number_both_on_a_document_and_set_aside_is_named(books):
    Reservation.objects.filter(number=4).update(number=1)
    assert verify()[2] == [
        f"✗ {books.committee.name}, sổ Văn bản đi năm 2026, số 4: số đã cấp nhưng không có văn bản và không phải số đang giữ",
        f"✗ {books.committee.name}, sổ Văn bản đi năm 2026, số 1: số vừa có văn bản vừa đang giữ",
    ]


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [({3, 4, 5, 9}, [(3, 5), (9, 9)]), (set(), []), ({1}, [(1, 1)]), ({2, 4}, [(2, 2), (4, 4)])],
)
def test_neighbouring_numbers_are_named_together(numbers, expected):
    assert runs(numbers) == expected
