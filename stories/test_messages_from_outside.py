"""edXML messages come in and go out: the real samples where they are present, and our own."""

from pathlib import Path

import pytest

from lienthong.foundation.access.rules import system_actor
from lienthong.foundation.files.queries import open_content
from lienthong.foundation.organizations.actions.add_agency import add_agency
from lienthong.foundation.organizations.terms import Tier
from lienthong.foundation.work.models import Item
from lienthong.modules.documents import queries
from lienthong.modules.documents.actions.answer_request import answer_request
from lienthong.modules.documents.actions.issue import issue
from lienthong.modules.documents.actions.recall import recall
from lienthong.modules.documents.actions.register_incoming import register_incoming
from lienthong.modules.documents.actions.register_outgoing import register_outgoing
from lienthong.modules.documents.facts import Issued, StateTold
from lienthong.modules.documents.models import Delivery, Document, DocumentFile, Incoming, SenderRequest
from lienthong.modules.documents.rules import OutgoingDetails, Paper, Recipient
from lienthong.modules.exchange.actions import answer_sender, send_outside
from lienthong.modules.exchange.actions.take_in import take_in
from lienthong.modules.exchange.edxml.message import DocumentPacket, StatusPacket
from lienthong.modules.exchange.edxml.read import read
from lienthong.modules.exchange.models import Message

pytestmark = pytest.mark.django_db
SAMPLES = Path(__file__).resolve().parents[2] / "shared/data/edxml"
needs_samples = pytest.mark.skipif(not SAMPLES.is_dir(), reason="the real messages are not beside this checkout")


def take(name, now, **more):
    with open(SAMPLES / name, "rb") as source:
        return take_in(source=source, file_name=name, actor=system_actor(), now=now, **more)


@needs_samples
def test_a_real_document_message_waits_with_the_clerk_and_its_second_copy_makes_nothing_new(province, now):
    outcome = take("document-new.edxml", now)
    row = Incoming.objects.get()
    assert outcome.state == "done" and row.agency == province.committee and row.state == "arrived"
    assert row.document.code == "74fass22/VPCP-TTĐT" and row.document.issuer_name.startswith("UBND xã Hòa Tiến")
    assert Item.objects.get(pk=row.register_item_id).holder_id == province.posts["lan"]
    assert DocumentFile.objects.get(document=row.document).name.endswith(".doc.xml")
    assert take("document-new.edxml", now).state == "repeated"
    assert Incoming.objects.count() == 1 and Document.objects.count() == 1


@needs_samples
def test_a_real_recall_becomes_a_task_for_the_clerk_and_changes_nothing_by_itself(province, now):
    take("document-recall.edxml", now)
    request = SenderRequest.objects.get()
    assert request.kind == "recall" and request.item.holder_id == province.posts["lan"]
    assert request.incoming.state == "arrived" and request.answered_at is None


@needs_samples
def test_the_real_statuses_move_a_document_that_was_really_sent(province, pdf, now):
    system = system_actor()
    add_agency(
        name="UBND tỉnh bạn",
        short_name="UBND",
        tier=Tier.PROVINCE,
        parent_id=None,
        code="000.00.00.H41",
        valid_from=now.date(),
        actor=system,
        now=now,
    )
    lan = province.actor("lan")
    sent = register_outgoing(
        paper=Paper("CV", "", "Về việc kết nối", now.date()),
        details=OutgoingDetails(),
        attached=[pdf()],
        actor=lan,
        now=now,
    )
    Document.objects.filter(pk=sent.document_id).update(exchange_id="000.00.00.G22,2015/09/30,7816/VPCP-TTĐT")
    other = Delivery.objects.none()
    issue(outgoing_id=sent.pk, recipients=[Recipient(add_agency_id("000.00.00.H41"))], to_places="", actor=lan, now=now)
    other = Delivery.objects.get(outgoing=sent)
    assert other.code == "" and other.channel == "axis"
    for code in ("01", "03", "04", "05", "06"):
        assert take(f"status-{code}.edxml", now).state == "done"
        other.refresh_from_db()
        assert other.code == code
    assert take("status-03.edxml", now).state == "repeated"
    other.refresh_from_db()
    assert other.code == "06"


def add_agency_id(code):
    from lienthong.foundation.organizations.models import Identifier

    return Identifier.objects.get(code=code).agency_id


@needs_samples
def test_a_status_for_an_unknown_document_is_parked_and_kept(province, now):
    assert take("status-01.edxml", now).state == "parked"
    message = Message.objects.get()
    assert message.reason and open_content(message.stored).read() == (SAMPLES / "status-01.edxml").read_bytes()


def test_a_message_that_is_not_xml_is_kept_with_its_reason(province, now, tmp_path):
    import io

    outcome = take_in(source=io.BytesIO(b"<edXML><broken"), file_name="x.edxml", actor=system_actor(), now=now)
    assert outcome.state == "refused" and outcome.messages[0].reason
    assert open_content(outcome.messages[0].stored).read() == b"<edXML><broken"
    assert not Incoming.objects.exists()


def test_a_document_for_an_agency_outside_is_written_as_a_message_and_read_back_the_same(province, pdf, now):
    lan = province.actor("lan")
    sent = register_outgoing(
        paper=Paper("KH", "", "Kế hoạch năm 2027", now.date(), signer_name="Trương Minh Châu"),
        details=OutgoingDetails(),
        attached=[pdf()],
        actor=lan,
        now=now,
    )
    issue(outgoing_id=sent.pk, recipients=[Recipient(province.ministry.pk)], to_places="Lưu: VT", actor=lan, now=now)
    send_outside.of_issue(Issued(sent.pk), now=now)
    send_outside.of_issue(Issued(sent.pk), now=now)
    message = Message.objects.get(direction="out")
    assert message.state == "waiting" and message.receiver == "G17"
    with open_content(message.stored) as source:
        packet = read(source, spool=lambda: open_temporary())
    assert isinstance(packet, DocumentPacket)
    assert (packet.number, packet.notation, packet.subject) == ("01", "KH-UBND", "Kế hoạch năm 2027")
    assert packet.attachments[0].sha256 == DocumentFile.objects.get().stored.sha256


def open_temporary():
    import tempfile

    return tempfile.TemporaryFile()


@needs_samples
def test_registering_a_document_from_outside_writes_its_sender_a_status(province, now):
    take("document-new.edxml", now)
    row = Incoming.objects.get()
    register_incoming(incoming_id=row.pk, actor=province.actor("lan"), now=now)
    answer_sender.of_state(StateTold(row.pk, "03"), now=now)
    answer_sender.of_state(StateTold(row.pk, "03"), now=now)
    waiting = Message.objects.filter(direction="out").order_by("id")
    assert [message.title[:2] for message in waiting] == ["01", "03"]
    with open_content(waiting[1].stored) as source:
        packet = read(source, spool=lambda: open_temporary())
    assert isinstance(packet, StatusPacket) and packet.code == "03"
    assert packet.response_for.document_id == row.document.exchange_id


def test_a_recall_leaves_the_receivers_copy_until_its_clerk_agrees(province, pdf, now):
    lan, oanh = province.actor("lan"), province.actor("oanh")
    sent = register_outgoing(
        paper=Paper("TB", "", "Thông báo nghỉ", now.date()),
        details=OutgoingDetails(),
        attached=[pdf()],
        actor=lan,
        now=now,
    )
    issue(outgoing_id=sent.pk, recipients=[Recipient(province.department.pk)], to_places="", actor=lan, now=now)
    row = Incoming.objects.get()
    recall(outgoing_id=sent.pk, reason="Sai ngày", actor=lan, now=now)
    row.refresh_from_db()
    assert row.state == "arrived"
    request = SenderRequest.objects.get()
    answer_request(request_id=request.pk, agreed=True, answer="", actor=oanh, now=now)
    row.refresh_from_db()
    assert row.state == "withdrawn" and row.agency_id not in row.document.holders
    told = [state.code for state in queries.delivery_states(row.delivery_id)]
    assert told == ["01", "13", "15"]
