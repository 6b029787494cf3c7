"""Digital signatures in files are found, checked, shown and counted."""

import io
from datetime import datetime, timedelta

import pytest
from pypdf import PdfReader, PdfWriter

from lienthong.foundation.files.actions.read_signatures import read_signatures
from lienthong.foundation.files.actions.store import store
from lienthong.foundation.files.models import StoredFile
from lienthong.foundation.measures import rules
from lienthong.foundation.measures.actions.settle import settle
from lienthong.foundation.measures.queries.figures import count
from lienthong.foundation.measures.queries.scopes import scope
from lienthong.foundation.measures.rules import month_of
from lienthong.kit.dates import VIETNAM
from lienthong.modules.documents.actions import read_signatures as reaction
from lienthong.modules.documents.actions.issue import issue
from lienthong.modules.documents.actions.register_outgoing import register_outgoing
from lienthong.modules.documents.facts import FilesAttached
from lienthong.modules.documents.models import Incoming, Outgoing
from lienthong.modules.documents.rules import Attached, OutgoingDetails, Paper, Recipient
from lienthong.site.sample.signing import sign
from stories.accounts import signed_in

pytestmark = pytest.mark.django_db
THEN = datetime(2026, 11, 20, 9, 30, tzinfo=VIETNAM)


def page(text: str = "") -> bytes:
    writer, out = PdfWriter(), io.BytesIO()
    writer.add_blank_page(200, 200)
    writer.add_metadata({"/Title": text})
    writer.write(out)
    return out.getvalue()


@pytest.fixture
def kept(db, now):
    def make(content: bytes, name: str = "van-ban.pdf") -> StoredFile:
        return store(stream=io.BytesIO(content), name=name, now=now)

    return make


@pytest.fixture
def signed() -> bytes:
    return sign(page(), signer="Trương Minh Châu", organisation="Ủy ban nhân dân tỉnh Sơn Hải", at=THEN)


def test_a_signature_tells_who_for_whom_and_when(kept, signed):
    (found,) = read_signatures(stored_id=kept(signed).pk)
    assert (found.signer, found.organisation, found.at, found.sound) == (
        "Trương Minh Châu", "Ủy ban nhân dân tỉnh Sơn Hải", THEN, True,
    )  # fmt: skip


def test_a_file_is_looked_into_once(kept, signed, monkeypatch):
    stored = kept(signed)
    first = read_signatures(stored_id=stored.pk)
    monkeypatch.setattr("lienthong.foundation.files.actions.read_signatures._look_for", lambda _stored: 1 / 0)
    assert read_signatures(stored_id=stored.pk) == first


def test_a_second_signature_leaves_the_first_sound(kept, signed):
    both = sign(signed, signer="Văn thư", organisation="Ủy ban nhân dân tỉnh Sơn Hải", at=THEN, field="DauCoQuan")
    assert [(one.signer, one.sound) for one in read_signatures(stored_id=kept(both).pk)] == [
        ("Trương Minh Châu", True), ("Văn thư", True),
    ]  # fmt: skip


def test_one_changed_byte_breaks_the_signature(kept, signed):
    broken = signed.replace(b"/MediaBox [ 0.0 0.0 200", b"/MediaBox [ 0.0 0.0 300", 1)
    assert broken != signed
    (found,) = read_signatures(stored_id=kept(broken).pk)
    assert (found.signer, found.sound) == ("Trương Minh Châu", False)


def test_a_page_added_behind_a_signature_breaks_it(kept, signed):
    writer = PdfWriter(io.BytesIO(signed), incremental=True)
    writer.add_blank_page(200, 200)
    out = io.BytesIO()
    writer.write(out)
    assert len(PdfReader(io.BytesIO(out.getvalue())).pages) == 2
    (found,) = read_signatures(stored_id=kept(out.getvalue()).pk)
    assert not found.sound


def test_a_scan_of_a_signature_is_none(kept):
    assert read_signatures(stored_id=kept(page("đã ký")).pk) == []
    assert read_signatures(stored_id=kept(b"Nguyen Van A da ky", "chu-ky.txt").pk) == []


@pytest.mark.parametrize("cut", [200, 900, 3000])
def test_a_file_that_breaks_off_has_no_sound_signature_and_stops_nobody(kept, signed, cut):
    found = read_signatures(stored_id=kept(signed[:cut] if cut < 3000 else signed[:-cut]).pk)
    assert not any(one.sound for one in found)


@pytest.fixture
def sent(province, kept, now):
    """The committee issues a document with these files to the department, and the worker looks into them."""

    def make(*contents: bytes, parts=("main",), look=True) -> Outgoing:
        clerk = province.actor("lan")
        files = [Attached(kept(one).pk, "van-ban.pdf", part) for one, part in zip(contents, parts, strict=True)]
        row = register_outgoing(
            paper=Paper("KH", "", "kiểm tra", now.date()),
            details=OutgoingDetails(),
            attached=files,
            actor=clerk,
            now=now,
        )
        issue(outgoing_id=row.pk, recipients=[Recipient(province.department.pk)], to_places="", actor=clerk, now=now)
        if look:
            reaction.of_document(FilesAttached(document_id=row.document_id), now=now)
        row.refresh_from_db()
        return row

    return make


def share(now):
    settle()
    measure, period = rules.measure("documents.signed"), month_of(now.date())
    found = count([measure], [period], scope("tinh"), period).figure(measure, 0)
    return found.over, found.under


def test_signed_documents_are_counted_among_those_sent_electronically(sent, signed, now):
    sent(signed)
    sent(page("không ký"))
    assert share(now) == (1, 2)


def test_a_document_counts_as_signed_from_when_its_files_were_looked_into(sent, signed, now):
    row = sent(signed, look=False)
    assert (row.signed, share(now)) == (None, (0, 1))
    reaction.of_document(FilesAttached(document_id=row.document_id), now=now + timedelta(minutes=1))
    assert share(now) == (1, 1)


def test_documents_from_before_are_looked_into_by_and_by(sent, signed, now):
    rows = [sent(one, look=False) for one in (signed, page("một"), page("hai"))]
    assert reaction.of_earlier(now=now, limit=2) == 2
    assert Outgoing.objects.filter(signed__isnull=True).get() == rows[0]
    assert (reaction.of_earlier(now=now), reaction.of_earlier(now=now)) == (1, 0)
    assert share(now) == (1, 3)


def test_a_signed_attachment_does_not_make_the_document_signed(sent, signed, now):
    assert sent(page("chính"), signed, parts=("main", "attachment")).signed is False
    assert share(now) == (0, 1)


def test_a_broken_signature_does_not_count_and_the_page_says_so(sent, signed, province, client, now):
    row = sent(signed.replace(b"/MediaBox [ 0.0 0.0 200", b"/MediaBox [ 0.0 0.0 300", 1))
    assert row.signed is False
    text = signed_in(client, province, "lan").get(f"/lam-viec/van-ban/di/{row.pk}/").content.decode()
    assert "Chữ ký số không còn nguyên vẹn" in text


def test_both_sides_see_who_signed(sent, signed, province, client):
    row = sent(signed)
    there = Incoming.objects.get(document=row.document)
    for name, address in (("lan", f"di/{row.pk}"), ("oanh", f"den/{there.pk}")):
        text = signed_in(client, province, name).get(f"/lam-viec/van-ban/{address}/").content.decode()
        assert "Trương Minh Châu, Ủy ban nhân dân tỉnh Sơn Hải, 09:30 20/11/2026" in text
        assert "không còn nguyên vẹn" not in text
