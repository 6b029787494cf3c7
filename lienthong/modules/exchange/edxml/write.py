"""Writing an edXML message in the form other vendors' software writes it.

Root in the default namespace, everything in the envelope with the prefix ``edXML``, attachments
without prefix except ``ContentTransferEncoded``. pdf, doc, docx, xls and zip are encoded as they
are, everything else is first packed into a ZIP with one entry. Content is streamed.
"""

from __future__ import annotations

import binascii
import re
import shutil
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from datetime import date, datetime
from typing import IO, BinaryIO

from lienthong.kit import content_type
from lienthong.kit.file_names import extension_of, safe_name
from lienthong.kit.refusal import N_, Refused
from lienthong.modules.exchange.edxml.message import (
    Agency,
    Business,
    DocumentPacket,
    DocumentReference,
    Hop,
    OtherInfo,
    Sendable,
    Staff,
    StatusPacket,
)
from lienthong.modules.exchange.edxml.terms import NAMESPACE, PREFIX
from lienthong.modules.exchange.edxml.values import VIETNAM

_PIECE = 57 * 1024
_HELD = 1 << 20
_AS_IS = {
    "pdf": "application/pdf",
    "doc": "application/msword",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xls": "application/vnd.ms-excel",
    "zip": "application/zip",
}
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"})


def write_document(packet: DocumentPacket, attachments: Sequence[Sendable], out: BinaryIO) -> None:
    """Write the packet and the given files (not ``packet.attachments``) to ``out`` as UTF-8.

    Raises ``Refused`` when the packet names no sender or no document.
    """
    _require_sender(packet.sender)
    if not packet.document_id and not packet.number and not packet.notation:
        raise Refused(N_("Chưa có mã định danh hoặc số, ký hiệu văn bản nên không lập được gói tin."))
    parts = [_Part.of(file, place) for place, file in enumerate(attachments, 1)]
    page = _Page(out)
    with page.message():
        with page.envelope():
            with page.inside("edXMLHeader"):
                with page.inside("MessageHeader"):
                    _message_header(page, packet)
                with page.inside("TraceHeaderList"):
                    for hop in packet.hops:
                        _hop(page, hop)
                    _business(page, packet.business)
            with page.inside("edXMLBody"), page.inside("edXMLManifest", ' version="1.0"'):
                for part in parts:
                    _reference(page, part)
        _attachments(page, parts)


def write_status(status: StatusPacket, out: BinaryIO) -> None:
    """Write a status message to ``out`` as UTF-8. Raises ``Refused`` when it answers no document."""
    _require_sender(status.sender)
    answered = status.response_for
    if not status.code or not (answered.document_id or answered.code):
        raise Refused(N_("Chưa rõ mã trạng thái hoặc văn bản được trả lời nên không lập được gói tin trạng thái."))
    page = _Page(out)
    with page.message(), page.envelope(), page.inside("edXMLHeader"), page.inside("MessageHeader"):
        _agency(page, "From", status.sender)
        for receiver in status.receivers:
            _agency(page, "To", receiver)
        _response(page, answered)
        _staff(page, status.staff)
        page.fields(StatusCode=status.code, Description=status.description, Timestamp=_time(status.at))


class _Page:
    """Lines of XML on their way out; elements without content are left out."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out
        self._depth = 0

    def raw(self, line: str) -> None:
        self._out.write(f"{'  ' * self._depth}{line}\n".encode())

    def bytes(self, piece: bytes) -> None:
        self._out.write(piece)

    @contextmanager
    def message(self) -> Iterator[None]:
        self.raw('<?xml version="1.0" encoding="UTF-8"?>')
        with self.plain(f'edXML xmlns="{NAMESPACE}"'):
            yield

    def envelope(self) -> AbstractContextManager[None]:
        return self.plain(f'{PREFIX}:edXMLEnvelope xmlns:{PREFIX}="{NAMESPACE}"')

    @contextmanager
    def plain(self, start: str) -> Iterator[None]:
        self.raw(f"<{start}>")
        self._depth += 1
        yield
        self._depth -= 1
        self.raw(f"</{start.partition(' ')[0]}>")

    def inside(self, name: str, attributes: str = "") -> AbstractContextManager[None]:
        return self.plain(f"{PREFIX}:{name}{attributes}")

    def fields(self, **values: object) -> None:
        for name, value in values.items():
            if shown := _text(value):
                self.raw(f"<{PREFIX}:{name}>{shown}</{PREFIX}:{name}>")

    def each(self, name: str, values: Iterable[str]) -> None:
        for value in values:
            self.fields(**{name: value})


def _message_header(page: _Page, packet: DocumentPacket) -> None:
    _agency(page, "From", packet.sender)
    for receiver in packet.receivers:
        _agency(page, "To", receiver)
    page.fields(DocumentId=packet.document_id)
    with page.inside("Code"):
        page.fields(CodeNumber=packet.number, CodeNotation=packet.notation)
    with page.inside("PromulgationInfo"):
        page.fields(Place=packet.place, PromulgationDate=_day(packet.promulgated_on))
    with page.inside("DocumentType"):
        page.fields(Type=packet.type.group, TypeDetail=packet.type.detail, TypeName=packet.type.name)
    page.fields(Subject=packet.subject, Content=packet.content)
    with page.inside("SignerInfo"):
        page.fields(
            Competence=packet.signer.authority, Position=packet.signer.position, FullName=packet.signer.full_name
        )
    page.fields(DueDate=_day(packet.due_on))
    _other(page, packet.other)
    for response in packet.responses:
        _response(page, response)
    page.fields(SteeringType=packet.steering)
    if packet.places:
        with page.inside("ToPlaces"):
            page.each("Place", packet.places)


def _agency(page: _Page, name: str, agency: Agency) -> None:
    with page.inside(name):
        page.fields(
            OrganId=agency.code,
            OrganizationInCharge=agency.parent,
            OrganName=agency.name,
            OrganAdd=agency.address,
            Email=agency.email,
            Telephone=agency.telephone,
            Fax=agency.fax,
            Website=agency.website,
        )


def _other(page: _Page, other: OtherInfo) -> None:
    if other == OtherInfo():
        return
    with page.inside("OtherInfo"):
        page.fields(
            Priority=other.priority,
            SphereOfPromulgation=other.sphere,
            TyperNotation=other.typist,
            PromulgationAmount=other.copies,
            PageAmount=other.pages,
            Direction=None if other.direction is None else str(other.direction).lower(),
            ReplyFors=other.reply_fors,
            ReferenceCodes=other.reference_codes,
        )
        if other.appendixes:
            with page.inside("Appendixes"):
                page.each("Appendix", other.appendixes)


def _response(page: _Page, response: DocumentReference) -> None:
    with page.inside("ResponseFor"):
        page.fields(
            OrganId=response.agency_code,
            Code=response.code,
            PromulgationDate=_day(response.promulgated_on),
            DocumentId=response.document_id,
        )


def _hop(page: _Page, hop: Hop) -> None:
    with page.inside("TraceHeader"):
        page.fields(OrganId=hop.agency_code, Timestamp=_time(hop.at))


def _business(page: _Page, business: Business) -> None:
    with page.inside("Bussiness"):
        page.fields(
            DocumentId=business.document_id,
            BussinessDocType=int(business.action),
            BussinessDocReason=business.reason,
            Paper=_bit(business.paper),
        )
        if business.update is not None:
            with page.inside("BussinessDocumentInfo"):
                page.fields(
                    DocumentInfo=_bit(business.update.document_changed),
                    DocumentReceiver=_bit(business.update.receivers_changed),
                )
                with page.inside("ReceiverList"):
                    for change in business.update.receivers:
                        with page.inside("Receiver"):
                            page.fields(OrganId=change.agency_code, ReceiverType=_bit(change.added))
        if business.replacements:
            with page.inside("ReplacementInfoList"):
                for replacement in business.replacements:
                    with page.inside("ReplacementInfo"):
                        page.fields(DocumentId=replacement.document_id)
                        with page.inside("OrganIdList"):
                            page.each("OrganId", replacement.agency_codes)
        _staff(page, business.staff)


def _staff(page: _Page, staff: Staff) -> None:
    if staff == Staff():
        return
    with page.inside("StaffInfo"):
        page.fields(Department=staff.department, Staff=staff.name, Email=staff.email, Mobile=staff.mobile)


def _reference(page: _Page, part: _Part) -> None:
    with page.inside("Reference"):
        page.fields(
            ContentId=part.content_id,
            ContentType=part.content_type,
            Description=part.description,
            AttachmentName=part.name,
        )


@dataclass(frozen=True)
class _Part:
    file: Sendable
    name: str
    content_id: str
    description: str
    content_type: str
    packed: bool

    @classmethod
    def of(cls, file: Sendable, place: int) -> _Part:
        name = safe_name(file.name)
        as_is = _AS_IS.get(extension_of(name))
        if as_is and extension_of(name) != "zip" and _looks_packed(file, name):
            # A receiver would take such a file for one that was packed for the journey.
            as_is = None
        return cls(
            file=file,
            name=name,
            content_id=file.content_id or f"cid:{place}",
            description=file.description,
            content_type=as_is or "application/zip",
            packed=as_is is None,
        )


def _looks_packed(file: Sendable, name: str) -> bool:
    with file.open() as content:
        head = content.read(content_type.HEAD)
        return content_type.sniff(head, name, lambda: nullcontext(content)) == content_type.ZIP


def _attachments(page: _Page, parts: Sequence[_Part]) -> None:
    if not parts:
        return
    with page.plain("AttachmentEncoded"):
        for part in parts:
            with page.plain("Attachment"):
                for name, value in (
                    ("ContentId", part.content_id),
                    ("AttachmentName", part.name),
                    ("Description", part.description),
                    ("ContentType", part.content_type),
                ):
                    if shown := _text(value):
                        page.raw(f"<{name}>{shown}</{name}>")
                page.bytes(f'      <{PREFIX}:ContentTransferEncoded xmlns:{PREFIX}="{NAMESPACE}">'.encode())
                with part.file.open() as content:
                    if part.packed:
                        _encode_packed(content, part.name, page)
                    else:
                        _encode(content, page)
                page.bytes(f"</{PREFIX}:ContentTransferEncoded>\n".encode())


def _encode(content: IO[bytes], page: _Page) -> None:
    rest = b""
    while piece := content.read(_PIECE):
        piece = rest + piece
        whole = len(piece) - len(piece) % 3
        rest = piece[whole:]
        page.bytes(binascii.b2a_base64(piece[:whole], newline=False))
    page.bytes(binascii.b2a_base64(rest, newline=False))


def _encode_packed(content: BinaryIO, name: str, page: _Page) -> None:
    with tempfile.SpooledTemporaryFile(max_size=_HELD) as packed:
        # A fixed date, so that the same document always gives the same message.
        entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
        entry.compress_type = zipfile.ZIP_DEFLATED
        with zipfile.ZipFile(packed, "w") as archive, archive.open(entry, "w", force_zip64=False) as inside:
            shutil.copyfileobj(content, inside, _PIECE)
        packed.seek(0)
        _encode(packed, page)


def _text(value: object) -> str:
    return "" if value is None else _NOT_XML.sub("", str(value)).translate(_ESCAPES)


def _day(value: date | None) -> str | None:
    return None if value is None else f"{value.year:04}/{value.month:02}/{value.day:02}"


def _time(value: datetime | None) -> str | None:
    if value is None:
        return None
    local = value.astimezone(VIETNAM)
    return f"{_day(local)} {local:%H:%M:%S}"


def _bit(value: bool | None) -> int | None:
    return None if value is None else int(value)


def _require_sender(sender: Agency) -> None:
    if not sender.code:
        raise Refused(N_("Chưa có mã định danh của cơ quan gửi nên không lập được gói tin."))
