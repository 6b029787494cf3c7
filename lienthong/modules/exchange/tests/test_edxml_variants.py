"""Other writers' habits are understood: prefixes, order, spellings, dates, Base64 with line ends, encodings."""

from __future__ import annotations

import base64
from datetime import date, datetime

import pytest

from lienthong.modules.exchange.edxml.message import DocumentPacket, StatusPacket
from lienthong.modules.exchange.edxml.terms import DocumentAction
from lienthong.modules.exchange.edxml.values import VIETNAM, day, moment, number, switch
from lienthong.modules.exchange.tests.letters import (
    LETTER,
    PDF,
    STATUS,
    Sent,
    received,
    with_attachment,
    written,
    zipped,
)


def document(message: bytes) -> DocumentPacket:
    packet = received(message)
    assert isinstance(packet, DocumentPacket)
    return packet


def remarks(packet: DocumentPacket | StatusPacket) -> str:
    return "\n".join(str(each) for each in packet.warnings)


def test_prefixes_do_not_matter() -> None:
    message = written(LETTER, [Sent("a.pdf", PDF)])
    assert document(message.replace(b"edXML:", b"ed:").replace(b"xmlns:edXML", b"xmlns:ed")) == document(message)
    everywhere = message.replace(b"<AttachmentEncoded", b"<edXML:AttachmentEncoded").replace(
        b"</AttachmentEncoded", b"</edXML:AttachmentEncoded"
    )
    assert document(everywhere).attachments == document(message).attachments


def test_order_does_not_matter() -> None:
    content = base64.b64encode(PDF).decode()
    message = f"""<edXML><AttachmentEncoded><Attachment><ContentTransferEncoded>{content}</ContentTransferEncoded>
    <AttachmentName>a.pdf</AttachmentName></Attachment></AttachmentEncoded><edXMLEnvelope><edXMLHeader>
    <TraceHeaderList><Bussiness><BussinessDocType>1</BussinessDocType></Bussiness></TraceHeaderList>
    <MessageHeader><DocumentId>X</DocumentId><From><OrganId>H99</OrganId></From></MessageHeader>
    </edXMLHeader></edXMLEnvelope></edXML>"""
    packet = document(message.encode())
    assert packet.target_document_id == "X"
    assert packet.business.action is DocumentAction.RECALL
    assert packet.attachments[0].name == "a.pdf"


def test_both_spellings_of_business_are_read() -> None:
    message = written(LETTER)
    assert b"BussinessDocType" in message
    assert document(message.replace(b"Bussiness", b"Business")) == document(message) == LETTER


def test_a_status_may_be_called_status() -> None:
    message = written(STATUS).replace(b"edXML:MessageHeader", b"edXML:Status")
    assert received(message) == STATUS


def test_a_status_code_of_one_digit_is_the_same_code() -> None:
    packet = received(written(STATUS).replace(b">03<", b">3<"))
    assert isinstance(packet, StatusPacket)
    assert packet.code == "03"


@pytest.mark.parametrize("code", ["07", "08", "09", "10", "11", "12", "14"])
def test_an_unknown_status_is_kept_and_remarked_on(code: str) -> None:
    packet = received(written(STATUS).replace(b">03<", f">{code}<".encode()))
    assert isinstance(packet, StatusPacket)
    assert packet.code == code
    assert packet.meaning is None
    assert "không có trong danh mục" in remarks(packet)


def test_unknown_elements_are_tolerated_and_named() -> None:
    message = written(LETTER).replace(
        b"<edXML:SteeringType>", b"<edXML:Colour><x>1</x></edXML:Colour><edXML:SteeringType>"
    )
    packet = document(message)
    assert packet == LETTER
    assert "MessageHeader/Colour" in remarks(packet)


def test_known_extras_are_passed_over_in_silence() -> None:
    message = written(LETTER).replace(
        b"<edXML:SteeringType>",
        b"<edXML:ApplicationType>1</edXML:ApplicationType><edXML:ResponseForTask><edXML:TaskCode>5</edXML:TaskCode>"
        b"</edXML:ResponseForTask><edXML:SteeringType>",
    )
    assert document(message) == LETTER
    assert remarks(document(message)) == ""


def test_a_long_subject_is_kept_and_flagged() -> None:
    message = written(LETTER).replace(b"<edXML:Content>", b"<edXML:Ignored/><edXML:Content>")
    long = message.replace("Kế hoạch ứng dụng".encode(), b"x" * 600)
    packet = document(long)
    assert len(packet.subject) > 600
    assert "quá 500 ký tự" in remarks(packet)


def test_text_composed_differently_is_the_same_text() -> None:
    import unicodedata

    message = unicodedata.normalize("NFD", written(LETTER).decode()).encode()
    assert document(message).subject == LETTER.subject


def test_odd_numbers_are_left_out_with_a_remark() -> None:
    packet = document(written(LETTER).replace(b"PageAmount>8<", "PageAmount>tám<".encode()))
    assert packet.other.pages is None
    assert "OtherInfo/PageAmount" in remarks(packet)


def test_paper_is_only_yes_or_no() -> None:
    packet = document(written(LETTER).replace(b"Paper>0<", b"Paper>22<"))
    assert packet.business.paper is None
    assert "Bussiness/Paper" in remarks(packet)


@pytest.mark.parametrize(
    "text",
    ["2026/03/02", "02/03/2026", "2/3/2026", "2026-03-02", "02-03-2026", "2026-03-02T00:00:00+07:00",
     "2026-03-01T17:00:00Z", "2026-03-02 09:15:00", "02/03/2026 09:15", "2026-03-02T09:15:00.1234567"],
)  # fmt: skip
def test_a_date_may_be_written_in_several_ways(text: str) -> None:
    assert day(text, "X") == date(2026, 3, 2)
    found = document(written(LETTER).replace(b"PromulgationDate>2026/03/02<", f"PromulgationDate>{text}<".encode()))
    assert found.promulgated_on == date(2026, 3, 2)


@pytest.mark.parametrize("text", ["", "0001-01-01T00:00:00", "01/01/0001"])
def test_no_date_may_be_written_in_several_ways(text: str) -> None:
    assert day(text, "X") is None


def test_a_moment_without_zone_is_vietnam_time() -> None:
    assert moment("2026/03/02 14:05:09", "X") == datetime(2026, 3, 2, 14, 5, 9, tzinfo=VIETNAM)
    assert moment("02/03/2026 14:05:09", "X") == datetime(2026, 3, 2, 14, 5, 9, tzinfo=VIETNAM)
    assert moment("2026-03-02T07:05:09Z", "X") == datetime(2026, 3, 2, 14, 5, 9, tzinfo=VIETNAM)


def test_numbers_and_switches_are_strict() -> None:
    assert [number(text) for text in ("7", "-1", "1" * 10, "1.5", "²", "")] == [7, -1, None, None, None, None]
    assert [switch(text) for text in ("1", "TRUE", "0", "false", "2", "")] == [True, True, False, False, None, None]


@pytest.mark.parametrize(
    "text",
    [
        base64.encodebytes(PDF * 40).decode(),
        base64.encodebytes(PDF * 40).decode().replace("\n", "\r\n"),
        base64.encodebytes(PDF * 40).decode().replace("\n", "&#xD;\n"),
        f"\n      {base64.b64encode(PDF * 40).decode()}\n   ",
        f"<![CDATA[{base64.b64encode(PDF * 40).decode()}]]>",
        base64.b64encode(PDF * 40).decode().replace("+", "&#43;").replace("A", "&#65;"),
        base64.b64encode(PDF * 40).decode().rstrip("="),
        "\t".join(base64.b64encode(PDF * 40).decode()),
    ],
    ids=["lines", "crlf", "cr entities", "indented", "cdata", "entities", "unpadded", "spread out"],
)
def test_base64_may_be_laid_out_in_any_way(text: str) -> None:
    (attachment,) = document(with_attachment("a.pdf", text)).attachments
    assert attachment.open().read() == PDF * 40
    assert attachment.type.extension == "pdf"


def test_a_large_base64_text_with_line_ends_is_read_across_all_seams() -> None:
    content = PDF + bytes(range(256)) * 4000
    text = base64.encodebytes(content).decode().replace("\n", "\r\n")
    (attachment,) = document(with_attachment("a.pdf", text)).attachments
    assert attachment.open().read() == content


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "windows-1258"])
def test_other_encodings_are_read(encoding: str) -> None:
    label = "utf-8" if encoding == "utf-8-sig" else encoding
    text = f'<?xml version="1.0" encoding="{label}"?>' + with_attachment("a.pdf", PDF).decode().replace("Thử", "Đê")
    packet = document(text.encode(encoding))
    assert packet.subject == "Đê"
    assert packet.attachments[0].open().read() == PDF


def test_a_zip_without_its_ending_is_unpacked() -> None:
    (attachment,) = document(with_attachment("tờ trình.pdf", zipped({"x": PDF}))).attachments
    assert attachment.unpacked
    assert (attachment.name, attachment.type.extension, attachment.lies) == ("tờ trình.pdf", "pdf", False)
    assert attachment.open().read() == PDF


def test_a_zip_named_zip_or_with_several_files_is_kept() -> None:
    for name, content in (("a.zip", zipped({"x": PDF})), ("a.pdf", zipped({"x": PDF, "y": PDF}))):
        packet = document(with_attachment(name, content))
        assert not packet.attachments[0].unpacked
        assert packet.attachments[0].open().read() == content
    assert "có 2 tệp bên trong" in remarks(packet)
    assert packet.attachments[0].lies


def test_a_word_file_is_not_taken_for_a_packed_one() -> None:
    content = zipped({"[Content_Types].xml": b"<a/>", "word/document.xml": b"<b/>"})
    (attachment,) = document(with_attachment("a.docx", content)).attachments
    assert (attachment.unpacked, attachment.lies) == (False, False)


def test_a_file_without_name_takes_that_of_the_manifest() -> None:
    message = written(LETTER, [Sent("tờ trình.pdf", PDF)])
    head, _, tail = message.partition(b"<AttachmentEncoded>")
    tail = tail.replace("<AttachmentName>tờ trình.pdf</AttachmentName>".encode(), b"")
    assert document(head + b"<AttachmentEncoded>" + tail).attachments[0].name == "tờ trình.pdf"


def test_a_file_that_is_listed_but_missing_is_remarked_on() -> None:
    message = written(LETTER, [Sent("tờ trình.pdf", PDF)])
    head, _, _ = message.partition(b"<AttachmentEncoded>")
    assert "“tờ trình.pdf” nhưng không kèm nội dung" in remarks(document(head.rstrip() + b"</edXML>"))
