"""Messages that other vendors' software wrote are read with every value where it belongs."""

from __future__ import annotations

import hashlib
from datetime import date, datetime
from pathlib import Path

import pytest

from lienthong.modules.exchange.edxml.message import DocumentPacket, DocumentReference, ReceiverChange, StatusPacket
from lienthong.modules.exchange.edxml.read import read
from lienthong.modules.exchange.edxml.terms import DocumentAction, StatusCode
from lienthong.modules.exchange.edxml.values import VIETNAM
from lienthong.modules.exchange.tests.letters import SAMPLES, Sent, received, written

pytestmark = pytest.mark.skipif(
    not SAMPLES.is_dir(), reason="the real edXML messages are not part of the project; ../shared/data/edxml is absent"
)


def document(name: str, tmp_path: Path) -> DocumentPacket:
    with (SAMPLES / name).open("rb") as source:
        packet = read(source, spool=tmp_path)
    assert isinstance(packet, DocumentPacket)
    return packet


def status(name: str) -> StatusPacket:
    packet = received((SAMPLES / name).read_bytes())
    assert isinstance(packet, StatusPacket)
    return packet


def test_a_new_document_is_read_whole(tmp_path: Path) -> None:
    packet = document("document-new.edxml", tmp_path)
    assert packet.sender.code == "000.00.00.A80"
    assert packet.sender.telephone == "8043100"
    assert [each.code for each in packet.receivers] == ["28.22.H17"]
    assert packet.document_id == "000.00.00.G22,2015/09/30,7816/VPCP-TTĐT"
    assert (packet.number, packet.notation) == ("74fass22", "VPCP-TTĐT")
    assert (packet.place, packet.promulgated_on, packet.due_on) == ("Hà Nội", date(2019, 1, 16), date(2018, 9, 28))
    assert (packet.type.group, packet.type.detail, packet.type.name) == (1, 0, "Công văn")
    assert packet.subject == packet.content == "V/v kết nối, liên thông phần mềm quản lý văn bản"
    assert packet.signer.authority == "TL. BO TRUONG"
    assert (packet.other.priority, packet.other.copies, packet.other.pages) == (0, 2, 22)
    assert packet.other.direction is False
    assert packet.other.typist == "TVC"
    assert len(packet.other.appendixes) == 1
    assert packet.steering == 1
    assert packet.places == ("Cac bo va co quan ngang bo", "Uy ban nhan dan cac tinh, TP")
    assert packet.hops[0].at == datetime(2018, 9, 28, tzinfo=VIETNAM)
    assert packet.business.action is DocumentAction.NEW
    assert packet.business.paper is False
    assert packet.business.staff.department == "Văn thư văn phòng"


def test_an_impossible_date_inside_an_identifier_is_left_alone(tmp_path: Path) -> None:
    packet = document("document-new.edxml", tmp_path)
    assert packet.business.document_id == "000.00.00.G22,2014/02/30,7806/VPCP-TTĐT"


def test_the_packed_attachment_is_unpacked_and_its_lie_is_told(tmp_path: Path) -> None:
    packet = document("document-new.edxml", tmp_path)
    (attachment,) = packet.attachments
    assert attachment.name == "1896_QD-TTg_m_294779.doc"
    assert attachment.unpacked
    assert attachment.size == 388_347
    assert attachment.declared_type == "application/zip"
    # Inside lies another edXML message, not a Word file.
    assert attachment.type.extension == "xml"
    assert attachment.lies
    assert any("không đúng với đuôi tệp" in str(each) for each in packet.warnings)
    with attachment.open() as content:
        assert hashlib.sha256(content.read()).hexdigest() == attachment.sha256
    assert [each.name for each in tmp_path.iterdir()] == [attachment.path.name if attachment.path else ""]


def test_a_recall_names_its_document_in_the_header(tmp_path: Path) -> None:
    packet = document("document-recall.edxml", tmp_path)
    assert packet.business.action is DocumentAction.RECALL
    assert packet.business.document_id == ""
    assert packet.target_document_id == "000.00.00.G22,2015/09/30,7816/VPCP-TTĐT"
    assert [each.code for each in packet.receivers] == ["000.00.00.H41", "000.00.00.H14", "000.00.00.G17"]
    assert packet.responses == (
        DocumentReference(
            "000.00.00.H14", "267/VPCP-TTĐT", date(2018, 9, 28), "000.00.04.G14,2012/08/06,267/VPCP-TTĐT"
        ),
    )


def test_an_update_says_which_receivers_come_and_go(tmp_path: Path) -> None:
    packet = document("document-update.edxml", tmp_path)
    assert packet.business.action is DocumentAction.UPDATE
    assert packet.target_document_id == "000.00.00.G22,2014/02/30,7806/VPCP-TTĐT"
    assert packet.business.update is not None
    assert packet.business.update.document_changed is True
    assert packet.business.update.receivers_changed is True
    assert packet.business.update.receivers == (
        ReceiverChange("000.00.00.H41", added=False),
        ReceiverChange("000.00.00.H14", added=True),
    )


@pytest.mark.parametrize(
    ("code", "meaning", "words"),
    [
        ("01", StatusCode.ARRIVED, "Đã đến"),
        ("02", StatusCode.REFUSED, "Từ chối không tiếp nhận"),
        ("03", StatusCode.REGISTERED, "vào sổ văn bản đến"),
        ("04", StatusCode.ASSIGNED, "Phân công xử lý"),
        ("05", StatusCode.IN_PROGRESS, "Đang xử lý"),
        ("06", StatusCode.COMPLETED, "hoàn thành xử lý"),
        ("13", StatusCode.RECALL_ASKED, "yêu cầu lấy lại"),
    ],
)
def test_a_status_is_read_whole(code: str, meaning: StatusCode, words: str) -> None:
    packet = status(f"status-{code}.edxml")
    assert packet.code == code
    assert packet.meaning is meaning
    assert words in packet.description
    assert packet.at == datetime(2015, 9, 20, 11, 8, 36, tzinfo=VIETNAM)
    assert packet.sender.code == ("000.00.00.G22" if code == "13" else "000.00.00.H41")
    assert packet.response_for.agency_code == ("000.00.00.H41" if code == "13" else "000.00.00.G22")
    assert packet.response_for.code == "7816/VPCP-TTĐT"
    assert packet.response_for.promulgated_on == date(2015, 9, 30)
    assert packet.response_for.document_id == "000.00.00.G22,2015/09/30,7816/VPCP-TTĐT"
    assert packet.staff.email.endswith("@nghean.vn")
    assert packet.warnings == ()


def test_every_sample_survives_being_written_and_read_again() -> None:
    for path in sorted(SAMPLES.glob("*.edxml")):
        packet = received(path.read_bytes())
        files = []
        if isinstance(packet, DocumentPacket):
            files = [
                Sent(each.name, each.open().read(), each.content_id, each.description) for each in packet.attachments
            ]
        assert received(written(packet, files)) == packet, path.name


def test_what_is_written_has_the_elements_of_the_samples_in_their_form() -> None:
    sample = (SAMPLES / "status-03.edxml").read_bytes()
    ours = written(received(sample))
    for line in (
        b'<edXML xmlns="http://www.mic.gov.vn/TBT/QCVN_102_2016">',
        b"<edXML:StatusCode>03</edXML:StatusCode>",
    ):
        assert line in sample
        assert line in ours
