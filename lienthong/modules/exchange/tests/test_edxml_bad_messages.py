"""Whatever is wrong with a message is refused in Vietnamese, saying what and where, and leaves nothing behind."""

from __future__ import annotations

import base64
import random
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lienthong.kit import xml, zip
from lienthong.kit.refusal import Refused
from lienthong.modules.exchange.edxml.message import DocumentPacket, StatusPacket
from lienthong.modules.exchange.edxml.read import LIMITS, Limits, read
from lienthong.modules.exchange.tests.letters import (
    LETTER,
    PDF,
    SAMPLES,
    STATUS,
    Sent,
    received,
    with_attachment,
    written,
    zipped,
)


def refusal(message: bytes, limits: Limits = LIMITS) -> str:
    with pytest.raises(Refused) as caught:
        received(message, limits)
    return str(caught.value)


def test_a_doctype_is_refused() -> None:
    message = written(LETTER).replace(b"?>\n", b'?>\n<!DOCTYPE edXML [<!ENTITY a SYSTEM "file:///etc/passwd">]>\n', 1)
    assert "DOCTYPE" in refusal(message)


def test_a_message_that_is_not_well_formed_is_refused_with_its_line() -> None:
    assert "thẻ mở và thẻ đóng không khớp nhau (dòng 7" in refusal(
        written(LETTER).replace(b"</edXML:OrganId>", b"</edXML:Organ>", 1)
    )
    assert "bị cắt cụt" in refusal(written(LETTER)[:-30])


def test_a_message_of_another_kind_is_refused() -> None:
    assert refusal(b"<html/>") == "Tệp không phải gói tin edXML: phần tử gốc là “html”."
    assert "MessageHeader" in refusal(b"<edXML/>")


def test_a_message_without_sender_or_document_is_refused() -> None:
    assert "From/OrganId" in refusal(written(LETTER).replace(b"<edXML:OrganId>H99</edXML:OrganId>", b""))
    bare = written(replace(LETTER, number="", notation=""))
    bare = bare.replace(b"<edXML:DocumentId>H99,2026/03/02,37/KH-UBND</edXML:DocumentId>", b"")
    assert "không nhận diện được" in refusal(bare)


def test_a_status_that_answers_nothing_is_refused() -> None:
    message = written(STATUS)
    start, end = message.index(b"<edXML:ResponseFor>"), message.index(b"</edXML:ResponseFor>")
    assert "không nói trả lời văn bản nào" in refusal(message[:start] + message[end + 20 :])
    assert "không có mã trạng thái" in refusal(message.replace(b">03<", b"><"))


@pytest.mark.parametrize("value", ["2014/02/30", "30/02/2014", "2014/13/01", "hôm nay", "2014/02", "99999/01/01"])
def test_a_date_that_does_not_exist_is_refused_with_field_and_value(value: str) -> None:
    message = written(LETTER).replace(b"PromulgationDate>2026/03/02<", f"PromulgationDate>{value}<".encode())
    assert refusal(message) == (
        f"Trường PromulgationInfo/PromulgationDate (ngày ban hành): ngày “{value}” "
        "không tồn tại hoặc không đúng dạng năm/tháng/ngày."
    )
    due = written(LETTER).replace(b"DueDate>2026/03/31<", f"DueDate>{value}<".encode())
    assert "DueDate (hạn trả lời)" in refusal(due)


def test_a_time_that_does_not_exist_is_refused() -> None:
    assert "Timestamp" in refusal(written(STATUS).replace(b"14:05:00", b"25:05:00"))
    assert "Timestamp" in refusal(written(STATUS).replace(b"2026/03/02 14:05:00", b"0001/02/01 00:00:00Z9"))


def test_a_wrong_date_of_the_answered_document_is_only_remarked_on() -> None:
    packet = received(written(STATUS).replace(b"PromulgationDate>2026/03/02<", b"PromulgationDate>2026/02/30<"))
    assert isinstance(packet, StatusPacket)
    assert packet.response_for.promulgated_on is None
    assert "2026/02/30" in str(packet.warnings[0])


@pytest.mark.parametrize("filler", ["x", "ệ"])
def test_a_field_of_100_kb_is_refused_by_name(filler: str) -> None:
    value = filler * (100_000 // len(filler.encode()) + 1)
    message = written(LETTER).replace(b"Content>", f"Content>{value}".encode(), 1)
    assert refusal(message) == (
        "Trường MessageHeader/Content (nội dung) dài quá 65536 byte nên gói tin không được nhận."
    )
    assert "From/OrganName" in refusal(written(LETTER).replace("Ủy ban".encode(), value.encode(), 1))


def test_an_identifier_that_is_too_long_is_refused_by_name() -> None:
    assert "MessageHeader/DocumentId" in refusal(written(replace(LETTER, document_id="x" * 201)))


def test_an_unknown_kind_of_business_is_refused() -> None:
    message = written(LETTER).replace(b"BussinessDocType>0<", b"BussinessDocType>7<")
    assert "“7”" in refusal(message)


@pytest.mark.parametrize(
    "text",
    ["@@@@", "QUJ", "QUJDRA", "QUJD=QUJD", "QUJDRA==QUJD", "=", "đ", "QUJ\u00a0D", "A" * 300_001, "A" * 200_000 + "!"],
)
def test_content_that_is_not_base64_is_refused_by_name(text: str) -> None:
    if text in ("QUJ", "QUJDRA"):
        # Only the padding is missing, and that is forgiven.
        assert isinstance(received(with_attachment("a.txt", text)), DocumentPacket)
    else:
        assert refusal(with_attachment("a.txt", text)) == "Tệp đính kèm “a.txt”: nội dung không phải Base64 hợp lệ."


def test_a_zip_bomb_is_refused_by_name() -> None:
    reason = refusal(with_attachment("bao cao.pdf", zipped({"a.pdf": bytes(100 << 20)})))
    assert reason.startswith("Tệp đính kèm “bao cao.pdf”: ")
    assert "bom nén" in reason


def test_many_small_bombs_share_one_limit() -> None:
    content = zipped({"a.pdf": PDF + bytes(3 << 20)})
    files = [Sent(f"{n}.pdf", content) for n in range(4)]
    # The writer packs what looks packed once more; this message carries the archives as they are.
    message = with_attachment("a.pdf", content)
    one = message[message.index(b"<Attachment>") : message.index(b"</AttachmentEncoded>")]
    message = message.replace(one, one * len(files))
    assert "bom nén" in refusal(message, Limits(unpacked_bytes=8 << 20))


def test_a_packed_file_with_a_password_or_damage_is_refused_by_name() -> None:
    content = bytearray(zipped({"a.pdf": PDF}))
    content[content.index(b"PK\x01\x02") + 8] |= 1
    assert refusal(with_attachment("a.pdf", bytes(content))) == (
        "Tệp đính kèm “a.pdf”: tệp nén có mật khẩu nên không mở được."
    )
    damaged = zipped({"a.pdf": PDF})[:-10]
    assert "bị hỏng" in refusal(with_attachment("a.pdf", damaged))


def test_a_path_as_file_name_never_leaves_the_spool(tmp_path: Path) -> None:
    place = tmp_path / "spool"
    place.mkdir()
    message = tmp_path / "message.edxml"
    message.write_bytes(with_attachment("../../../evil.pdf", zipped({"../../evil.pdf": PDF})))
    with message.open("rb") as source:
        packet = read(source, spool=place)
    assert isinstance(packet, DocumentPacket)
    assert packet.attachments[0].name == "evil.pdf"
    assert packet.attachments[0].path is not None
    assert packet.attachments[0].path.parent == place
    assert sorted(each.name for each in tmp_path.rglob("*") if each.is_file() and "evil" in each.name) == []
    assert "có đường dẫn" in str(packet.warnings[0])


def test_an_attachment_that_lies_about_its_type_is_found_out() -> None:
    for content in (b"MZ\x90\x00" + bytes(100), zipped({"tờ trình.pdf": b"MZ\x90\x00" + bytes(100)})):
        packet = received(with_attachment("tờ trình.pdf", content))
        assert isinstance(packet, DocumentPacket)
        (attachment,) = packet.attachments
        assert attachment.lies
        assert attachment.type.dangerous
        said = " ".join(str(each) for each in packet.warnings)
        assert "không đúng với đuôi tệp" in said
        assert "có thể chạy chương trình" in said


def test_sizes_and_counts_are_limited() -> None:
    message = with_attachment("a.pdf", PDF * 100_000)
    assert "lớn hơn 1 MB" in refusal(message, Limits(unpacked_bytes=1 << 20))
    assert "lớn hơn 1 MB" in refusal(message, Limits(xml=xml.Limits(total_bytes=1 << 20)))
    assert "bom nén" in refusal(
        with_attachment("a.pdf", zipped({"a": PDF * 100_000})), Limits(zip=zip.Limits(total_bytes=1 << 20))
    )
    two = written(LETTER, [Sent("a.pdf", PDF), Sent("b.pdf", PDF)])
    assert "quá 1 tệp đính kèm" in refusal(two, Limits(attachments=1))


@pytest.mark.parametrize("end", [b"</edXML>", b"</edXML></x>"])
def test_a_refused_message_leaves_no_file_behind(tmp_path: Path, end: bytes) -> None:
    place = tmp_path / "spool"
    place.mkdir()
    content = base64.b64encode(PDF * 100_000).decode()
    message = with_attachment("a.pdf", content).removesuffix(b"</edXML>")
    attachment = message[message.index(b"<Attachment>") : message.index(b"</AttachmentEncoded>")]
    message = message.replace(attachment, attachment * 2) + b"<AttachmentEncoded><Attachment><ContentTransferEncoded>"
    path = tmp_path / "message.edxml"
    path.write_bytes(message + b"A" * 4_000_000 + end)
    with path.open("rb") as source, pytest.raises(Refused):
        read(source, spool=place)
    assert list(place.iterdir()) == []


def test_a_refused_message_closes_what_it_opened() -> None:
    from io import BytesIO

    opened: list[BytesIO] = []

    def spool() -> BytesIO:
        opened.append(BytesIO())
        return opened[-1]

    message = with_attachment("a.pdf", PDF)[:-5]
    with pytest.raises(Refused):
        read(BytesIO(message), spool=spool)
    assert opened
    assert all(each.closed for each in opened)


def _seeds() -> list[bytes]:
    seeds = [written(LETTER, [Sent("a.pdf", PDF), Sent("b.txt", b"abc")]), written(STATUS)]
    if SAMPLES.is_dir():
        seeds += [path.read_bytes() for path in sorted(SAMPLES.glob("status-*.edxml"))]
        sample = (SAMPLES / "document-update.edxml").read_bytes()
        start = sample.index(b">", sample.index(b"<edXML:ContentTransferEncoded")) + 1
        seeds.append(sample[:start] + base64.b64encode(PDF) + sample[sample.index(b"<", start) :])
    return seeds


SEEDS = _seeds()
SNIPPETS = [
    b"<",
    b">",
    b"&",
    b"&amp;",
    b"<![CDATA[",
    b"]]>",
    b"<!--",
    b"-->",
    b"\x00",
    b"\xff",
    b"<edXML>",
    b"</edXML>",
    b"<To/>",
    b"<From>",
    b"2014/02/30",
    b"<!DOCTYPE a>",
    b"<?xml?>",
    b"=",
    b"PK\x03\x04",
    b"</",
    b"/>",
    b"<MessageHeader/>",
    b"<Attachment/>",
    b"<StatusCode/>",
    b"xmlns:a='b'",
]


@settings(max_examples=400, deadline=None)
@given(st.integers(0, len(SEEDS) - 1), st.randoms(use_true_random=False), st.integers(1, 12))
def test_a_damaged_message_is_read_or_refused_and_nothing_else(seed: int, rng: random.Random, times: int) -> None:
    message = bytearray(SEEDS[seed])
    for _ in range(times):
        at = rng.randrange(len(message) + 1)
        match rng.randrange(5):
            case 0:
                message[at : at + 1] = bytes([rng.randrange(256)])
            case 1:
                message[at:at] = rng.choice(SNIPPETS)
            case 2:
                del message[at : at + rng.randrange(1, 60)]
            case 3:
                start = rng.randrange(len(message) + 1)
                message[at:at] = message[start : start + rng.randrange(1, 200)]
            case _:
                tags = message.split(b"<")
                first, second = rng.randrange(len(tags)), rng.randrange(len(tags))
                tags[first], tags[second] = tags[second], tags[first]
                message = bytearray(b"<".join(tags))
    try:
        packet = received(bytes(message))
    except Refused as refused:
        said = [str(refused)]
    else:
        assert isinstance(packet, (DocumentPacket, StatusPacket))
        said = [str(each) for each in packet.warnings]
    assert all(said)
