"""What is written is read back as the same packet; what is written has the form of the samples."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from lienthong.kit.file_names import safe_name
from lienthong.kit.refusal import Refused
from lienthong.modules.exchange.edxml import message as m
from lienthong.modules.exchange.edxml.read import read
from lienthong.modules.exchange.edxml.terms import NAMESPACE, DocumentAction, StatusCode
from lienthong.modules.exchange.edxml.values import VIETNAM
from lienthong.modules.exchange.tests.letters import LETTER, PDF, PROVINCE, STATUS, Sent, received, written, zipped

import unicodedata  # isort: skip

texts = (
    st.text(
        st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn", "Co")) | st.sampled_from("\n\t\r"),
        max_size=40,
    )
    .map(lambda text: unicodedata.normalize("NFC", text).strip())
    .filter(lambda text: not set(text) & {"\ufffe", "\uffff"})
)
words = texts.filter(bool)
numbers = st.none() | st.integers(-999, 999_999_999)
bits = st.none() | st.booleans()
dates = st.none() | st.dates(date(1900, 1, 1), date(2100, 1, 1))
moments = st.none() | st.datetimes(datetime(1900, 1, 2), datetime(2100, 1, 1)).map(
    lambda each: each.replace(microsecond=0, tzinfo=VIETNAM)
)
agencies = st.builds(m.Agency, words, texts, texts, texts, texts, texts, texts, texts)
staffs = st.builds(m.Staff, texts, texts, texts, texts)
references = st.builds(m.DocumentReference, texts, texts, dates, texts)
updates = st.builds(m.Update, bits, bits, st.lists(st.builds(m.ReceiverChange, words, bits), max_size=3).map(tuple))
# An update or answer without anything in it is written as nothing.
businesses = st.builds(
    m.Business,
    st.sampled_from(DocumentAction),
    texts,
    texts,
    bits,
    st.none() | updates,
    st.lists(st.builds(m.Replacement, words, st.lists(words, max_size=3).map(tuple)), max_size=2).map(tuple),
    staffs,
)
packets = st.builds(
    m.DocumentPacket,
    sender=agencies,
    receivers=st.lists(agencies, max_size=4).map(tuple),
    document_id=words,
    number=texts,
    notation=texts,
    place=texts,
    promulgated_on=dates,
    type=st.builds(m.DocumentType, numbers, numbers, texts),
    subject=texts,
    content=texts,
    signer=st.builds(m.Signer, texts, texts, texts),
    due_on=dates,
    places=st.lists(words, max_size=3).map(tuple),
    other=st.builds(
        m.OtherInfo, numbers, texts, texts, numbers, numbers, bits, texts, texts, st.lists(words, max_size=2).map(tuple)
    ),
    responses=st.lists(references, max_size=3).map(tuple),
    steering=numbers,
    hops=st.lists(st.builds(m.Hop, words, moments), max_size=3).map(tuple),
    business=businesses,
)
files = st.builds(
    Sent,
    name=st.sampled_from(["a.pdf", "b.doc", "c.docx", "d.xls", "e.zip", "f.txt", "g", "h.xlsx", "Tờ trình.odt"]),
    content=st.sampled_from([b"", PDF, zipped({"x.txt": b"1"}), zipped({"x": b"1", "y": b"2"}), b"MZ\x90\x00"])
    | st.binary(max_size=300),
    description=texts,
)


@settings(max_examples=150, deadline=None)
@given(packets, st.lists(files, max_size=3))
def test_a_document_packet_survives_the_journey(packet: m.DocumentPacket, sent: list[Sent]) -> None:
    found = received(written(packet, sent))
    assert isinstance(found, m.DocumentPacket)
    assert replace(found, attachments=()) == packet
    assert [(each.name, each.description, each.size, each.sha256) for each in found.attachments] == [
        (each.name, each.description, len(each.content), hashlib.sha256(each.content).hexdigest()) for each in sent
    ]
    for attachment, file in zip(found.attachments, sent, strict=True):
        assert attachment.open().read() == file.content


@settings(max_examples=80, deadline=None)
@given(
    st.builds(
        m.StatusPacket,
        sender=agencies,
        response_for=st.builds(m.DocumentReference, texts, texts, dates, words),
        code=st.sampled_from([each.value for each in StatusCode] + ["07", "14", "99"]),
        description=texts,
        at=moments,
        staff=staffs,
        receivers=st.lists(agencies, max_size=2).map(tuple),
    )
)
def test_a_status_packet_survives_the_journey(packet: m.StatusPacket) -> None:
    assert received(written(packet)) == packet


@pytest.mark.parametrize("code", [each.value for each in StatusCode])
def test_every_known_status_is_written_and_read(code: str) -> None:
    found = received(written(replace(STATUS, code=code)))
    assert isinstance(found, m.StatusPacket)
    assert found.meaning is StatusCode(code)


@pytest.mark.parametrize(
    "business",
    [
        m.Business(DocumentAction.RECALL, "H99,1", "Sai số liệu", paper=True),
        m.Business(DocumentAction.UPDATE, "H99,1", update=m.Update(True, True, (m.ReceiverChange("H99.61", True),))),
        m.Business(DocumentAction.REPLACE, replacements=(m.Replacement("H99,1", ("H99.05", "H99.61")),)),
    ],
)
def test_recall_update_and_replacement_survive_the_journey(business: m.Business) -> None:
    packet = replace(LETTER, business=business)
    found = received(written(packet))
    assert found == packet


def test_the_form_is_that_of_the_samples() -> None:
    message = written(LETTER, [Sent("tờ trình.pdf", PDF), Sent("bảng kê.csv", b"a,b\n")])
    assert message.startswith(b'<?xml version="1.0" encoding="UTF-8"?>\n<edXML xmlns="')
    root = etree.fromstring(message)
    assert root.prefix is None
    assert root.tag == f"{{{NAMESPACE}}}edXML"
    envelope, encoded = root
    assert (envelope.prefix, etree.QName(envelope).localname) == ("edXML", "edXMLEnvelope")
    assert (encoded.prefix, etree.QName(encoded).localname) == (None, "AttachmentEncoded")
    header = envelope.find(f"{{{NAMESPACE}}}edXMLHeader/{{{NAMESPACE}}}MessageHeader")
    assert [etree.QName(each).localname for each in header][:5] == ["From", "To", "To", "DocumentId", "Code"]
    assert header.findtext(f"{{{NAMESPACE}}}PromulgationInfo/{{{NAMESPACE}}}PromulgationDate") == "2026/03/02"
    pdf, table = encoded
    assert [each.prefix for each in pdf] == [None, None, None, "edXML"]
    assert pdf.findtext(f"{{{NAMESPACE}}}ContentType") == "application/pdf"
    # Everything but pdf, doc, docx, xls and zip travels in a ZIP with one entry.
    assert table.findtext(f"{{{NAMESPACE}}}ContentType") == "application/zip"
    assert table[-1].text.startswith("UEsDB")
    assert [each.findtext(f"{{{NAMESPACE}}}AttachmentName") for each in encoded] == ["tờ trình.pdf", "bảng kê.csv"]


def test_the_same_packet_always_gives_the_same_bytes() -> None:
    sent = [Sent("bảng kê.csv", b"a,b\n" * 100)]
    assert written(LETTER, sent) == written(LETTER, sent)


def test_characters_that_xml_cannot_hold_are_left_out() -> None:
    found = received(written(replace(LETTER, subject="Kế\x0b hoạch\x00 1")))
    assert isinstance(found, m.DocumentPacket)
    assert found.subject == "Kế hoạch 1"


def test_a_time_in_another_zone_is_written_as_vietnam_time() -> None:
    utc = datetime(2026, 3, 2, 20, 0, tzinfo=VIETNAM).astimezone(tz=None) + timedelta(0)
    assert b"<edXML:Timestamp>2026/03/02 20:00:00</edXML:Timestamp>" in written(replace(STATUS, at=utc))


def test_a_path_is_never_sent_as_a_file_name() -> None:
    found = received(written(LETTER, [Sent("/srv/files/tờ trình.pdf", PDF)]))
    assert isinstance(found, m.DocumentPacket)
    assert found.attachments[0].name == safe_name("tờ trình.pdf")


def test_a_packet_that_nobody_could_place_is_not_written() -> None:
    with pytest.raises(Refused, match="mã định danh của cơ quan gửi"):
        written(replace(LETTER, sender=replace(PROVINCE, code="")))
    with pytest.raises(Refused, match="số, ký hiệu"):
        written(replace(LETTER, document_id="", number="", notation=""))
    with pytest.raises(Refused, match="văn bản được trả lời"):
        written(replace(STATUS, response_for=m.DocumentReference()))


def test_attachments_larger_than_memory_allows_go_to_the_spool(tmp_path: Path) -> None:
    content = bytes(range(256)) * 12_000
    target = tmp_path / "message.edxml"
    target.write_bytes(written(LETTER, [Sent("lớn.bin", content), Sent("lớn.pdf", PDF + content)]))
    place = tmp_path / "spool"
    place.mkdir()
    with target.open("rb") as source:
        packet = read(source, spool=place)
    assert isinstance(packet, m.DocumentPacket)
    assert [each.size for each in packet.attachments] == [len(content), len(PDF) + len(content)]
    assert packet.attachments[0].open().read() == content
    assert {each.path for each in packet.attachments} == set(place.iterdir())
