"""Invented messages for the tests: agencies of a province that does not exist."""

from __future__ import annotations

import base64
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from lienthong.modules.exchange.edxml.message import (
    Agency,
    Business,
    DocumentPacket,
    DocumentReference,
    DocumentType,
    Hop,
    OtherInfo,
    Signer,
    Staff,
    StatusPacket,
)
from lienthong.modules.exchange.edxml.read import LIMITS, Limits, read
from lienthong.modules.exchange.edxml.values import VIETNAM
from lienthong.modules.exchange.edxml.write import write_document, write_status

SAMPLES = Path(__file__).resolve().parents[5] / "shared" / "data" / "edxml"
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"


@dataclass(frozen=True)
class Sent:
    """A file as the writer wants it."""

    name: str
    content: bytes
    content_id: str = ""
    description: str = ""

    def open(self) -> BinaryIO:
        return BytesIO(self.content)


PROVINCE = Agency(
    code="H99", name="Ủy ban nhân dân tỉnh Sơn Hải", parent="Chính phủ", address="Số 1 đường Biển Xanh",
    email="ubnd@sonhai.example", telephone="0200 111 222", fax="0200 111 223", website="sonhai.example",
)  # fmt: skip
HOME_AFFAIRS = Agency(code="H99.05", name="Sở Nội vụ tỉnh Sơn Hải")
COMMUNE = Agency(code="H99.61", name="Ủy ban nhân dân xã Đá Trắng")

LETTER = DocumentPacket(
    sender=PROVINCE,
    receivers=(HOME_AFFAIRS, COMMUNE),
    document_id="H99,2026/03/02,37/KH-UBND",
    number="37",
    notation="KH-UBND",
    place="Sơn Hải",
    promulgated_on=date(2026, 3, 2),
    type=DocumentType(group=2, detail=10, name="Kế hoạch"),
    subject="Kế hoạch ứng dụng công nghệ thông tin <năm 2026> & những năm tiếp theo",
    content="Toàn văn kế hoạch",
    signer=Signer("TM. ỦY BAN NHÂN DÂN", "Chủ tịch", "Trịnh Hoài Vọng"),
    due_on=date(2026, 3, 31),
    places=("Như trên", "Lưu: VT"),
    other=OtherInfo(1, "Công nghệ thông tin", "nth", 12, 8, False, "", "", ("Phụ lục I", "Phụ lục II")),
    responses=(DocumentReference("H99.05", "12/TTr-SNV", date(2026, 2, 14), "H99.05,2026/02/14,12/TTr-SNV"),),
    steering=2,
    hops=(Hop("H99", datetime(2026, 3, 2, 9, 30, 15, tzinfo=VIETNAM)),),
    business=Business(reason="Văn bản điện tử mới", paper=False, staff=Staff("Văn thư", "Lê Thị Sao Mai")),
)

STATUS = StatusPacket(
    sender=HOME_AFFAIRS,
    response_for=DocumentReference("H99", "37/KH-UBND", date(2026, 3, 2), "H99,2026/03/02,37/KH-UBND"),
    code="03",
    description="Đã vào sổ văn bản đến",
    at=datetime(2026, 3, 2, 14, 5, 0, tzinfo=VIETNAM),
    staff=Staff("Văn phòng", "Phạm Gia Bách", "bach@sonhai.example", "0900000000"),
)


def written(packet: DocumentPacket | StatusPacket, files: Sequence[Sent] = ()) -> bytes:
    out = BytesIO()
    if isinstance(packet, StatusPacket):
        write_status(packet, out)
    else:
        write_document(packet, files, out)
    return out.getvalue()


def received(message: bytes, limits: Limits = LIMITS) -> DocumentPacket | StatusPacket:
    return read(BytesIO(message), spool=BytesIO, limits=limits)


def zipped(files: dict[str, bytes]) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def with_attachment(name: str, content: bytes | str) -> bytes:
    """A plain message that carries one attachment, its Base64 text given or made; no prefixes anywhere."""
    text = content if isinstance(content, str) else base64.b64encode(content).decode()
    return f"""<edXML><edXMLEnvelope><edXMLHeader><MessageHeader><From><OrganId>H99</OrganId></From>
    <To><OrganId>H99.05</OrganId></To><DocumentId>H99,2026,1</DocumentId><Subject>Thử</Subject></MessageHeader>
    </edXMLHeader></edXMLEnvelope><AttachmentEncoded><Attachment><AttachmentName>{name}</AttachmentName>
    <ContentTransferEncoded>{text}</ContentTransferEncoded></Attachment></AttachmentEncoded></edXML>""".encode()
