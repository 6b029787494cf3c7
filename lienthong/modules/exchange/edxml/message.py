"""What an edXML message says, as plain values.

Texts are stripped and in Unicode NFC, except identifiers, which stay as sent. A missing text is "",
a missing number or date is None. Times are aware, in Vietnam time. Frozen; two messages that say the
same are equal, whatever was remarked on while reading them and wherever their files lie.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import BinaryIO, Protocol

from lienthong.kit.content_type import UNKNOWN, ContentType
from lienthong.modules.exchange.edxml.terms import DocumentAction, StatusCode


@dataclass(frozen=True)
class Remark:
    """Something odd that did not stop the reading: an untranslated Vietnamese sentence and its values."""

    msgid: str
    params: tuple[tuple[str, object], ...] = ()

    def __str__(self) -> str:
        return self.msgid.format(**dict(self.params))


@dataclass(frozen=True)
class Agency:
    """From or To. ``parent`` is OrganizationInCharge: a code with some writers, a name with others."""

    code: str
    name: str = ""
    parent: str = ""
    address: str = ""
    email: str = ""
    telephone: str = ""
    fax: str = ""
    website: str = ""


@dataclass(frozen=True)
class DocumentType:
    """``name`` is to be trusted before ``group`` and ``detail``, which writers fill differently."""

    group: int | None = None
    detail: int | None = None
    name: str = ""


@dataclass(frozen=True)
class Signer:
    """``authority`` is the right to sign: "TM. …", "KT. …", "TL. …"."""

    authority: str = ""
    position: str = ""
    full_name: str = ""


@dataclass(frozen=True)
class OtherInfo:
    """OtherInfo; ``priority`` as in ``terms.Priority``, ``copies`` and ``pages`` are counts."""

    priority: int | None = None
    sphere: str = ""
    typist: str = ""
    copies: int | None = None
    pages: int | None = None
    direction: bool | None = None
    reply_fors: str = ""
    reference_codes: str = ""
    appendixes: tuple[str, ...] = ()


@dataclass(frozen=True)
class DocumentReference:
    """ResponseFor: the document that is answered; ``code`` is number and notation as one ("267/VPCP-TTĐT")."""

    agency_code: str = ""
    code: str = ""
    promulgated_on: date | None = None
    document_id: str = ""


@dataclass(frozen=True)
class Hop:
    """One TraceHeader: which system passed the message on and when."""

    agency_code: str
    at: datetime | None = None


@dataclass(frozen=True)
class Staff:
    """StaffInfo: whom to ask."""

    department: str = ""
    name: str = ""
    email: str = ""
    mobile: str = ""


@dataclass(frozen=True)
class ReceiverChange:
    """One receiver ``added`` (True) or removed (False) by an update; None when the message does not say."""

    agency_code: str
    added: bool | None = None


@dataclass(frozen=True)
class Update:
    """BussinessDocumentInfo: whether the document's data or its receivers change."""

    document_changed: bool | None = None
    receivers_changed: bool | None = None
    receivers: tuple[ReceiverChange, ...] = ()


@dataclass(frozen=True)
class Replacement:
    """An earlier document that is replaced, and for which receivers."""

    document_id: str
    agency_codes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Business:
    """Bussiness: what is to happen. ``paper``: a paper copy is sent too (None when not said as 0 or 1)."""

    action: DocumentAction = DocumentAction.NEW
    document_id: str = ""
    reason: str = ""
    paper: bool | None = None
    update: Update | None = None
    replacements: tuple[Replacement, ...] = ()
    staff: Staff = Staff()


@dataclass(frozen=True)
class Reference:
    """A line of the manifest."""

    content_id: str = ""
    name: str = ""
    content_type: str = ""
    description: str = ""


@dataclass(frozen=True)
class Attachment:
    """A received file. ``name`` is for showing only; content lies at ``path`` or in ``file``.

    ``size`` (bytes) and ``sha256`` (hex) are those of the content as kept, after unpacking when
    ``unpacked``. ``lies``: the name promises another type than ``type``.
    """

    name: str
    size: int
    sha256: str
    content_id: str = ""
    description: str = ""
    declared_type: str = field(default="", compare=False)
    type: ContentType = UNKNOWN
    lies: bool = False
    unpacked: bool = field(default=False, compare=False)
    path: Path | None = field(default=None, compare=False)
    file: BinaryIO | None = field(default=None, compare=False, repr=False)

    def open(self) -> BinaryIO:
        """The content from its beginning."""
        if self.path is not None:
            return self.path.open("rb")
        if self.file is None:
            raise ValueError("this attachment was described, not received")
        self.file.seek(0)
        return self.file


class Sendable(Protocol):
    """A file to be sent; ``open`` gives its content from the beginning each time."""

    @property
    def name(self) -> str: ...
    @property
    def content_id(self) -> str: ...
    @property
    def description(self) -> str: ...
    def open(self) -> BinaryIO: ...


@dataclass(frozen=True)
class DocumentPacket:
    """A document, or a recall, update or replacement of one."""

    sender: Agency
    receivers: tuple[Agency, ...] = ()
    document_id: str = ""
    number: str = ""
    notation: str = ""
    place: str = ""
    promulgated_on: date | None = None
    type: DocumentType = DocumentType()
    subject: str = ""
    content: str = ""
    signer: Signer = Signer()
    due_on: date | None = None
    places: tuple[str, ...] = ()
    other: OtherInfo = OtherInfo()
    responses: tuple[DocumentReference, ...] = ()
    steering: int | None = None
    hops: tuple[Hop, ...] = ()
    business: Business = Business()
    references: tuple[Reference, ...] = field(default=(), compare=False)
    attachments: tuple[Attachment, ...] = ()
    warnings: tuple[Remark, ...] = field(default=(), compare=False)

    @property
    def target_document_id(self) -> str:
        """The document that is recalled, updated or replaced; a recall may name it only in its header."""
        return self.business.document_id or self.document_id


@dataclass(frozen=True)
class StatusPacket:
    """What became of a document. ``code`` has two digits; ``meaning`` is None when nobody defined it."""

    sender: Agency
    response_for: DocumentReference
    code: str
    description: str = ""
    at: datetime | None = None
    staff: Staff = Staff()
    receivers: tuple[Agency, ...] = ()
    warnings: tuple[Remark, ...] = field(default=(), compare=False)

    @property
    def meaning(self) -> StatusCode | None:
        try:
            return StatusCode(self.code)
        except ValueError:
            return None
