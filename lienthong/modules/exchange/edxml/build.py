"""From the elements of a message to its meaning: ``DocumentPacket`` or ``StatusPacket``."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from lienthong.kit.refusal import N_, Refused
from lienthong.kit.xml import shorten
from lienthong.modules.exchange.edxml import terms, values
from lienthong.modules.exchange.edxml.message import (
    Agency,
    Attachment,
    Business,
    DocumentPacket,
    DocumentReference,
    DocumentType,
    Hop,
    OtherInfo,
    ReceiverChange,
    Reference,
    Remark,
    Replacement,
    Signer,
    Staff,
    StatusPacket,
    Update,
)
from lienthong.modules.exchange.edxml.shape import labelled

Node = dict[str, list[Any]]
"""Element name → what stood there, in order: texts or nodes."""


def text(node: Node, name: str) -> str:
    """The first text of that name that is not empty, as sent."""
    for value in node.get(name, ()):
        if value:
            return value
    return ""


def human(node: Node, name: str) -> str:
    """A text for people, in Unicode NFC: systems differ in how they compose Vietnamese letters."""
    return unicodedata.normalize("NFC", text(node, name))


def child(node: Node, name: str) -> Node:
    """The first element of that name, empty when there is none."""
    found = node.get(name)
    return found[0] if found else {}


def children(node: Node, name: str) -> list[Node]:
    """All elements of that name, in order."""
    return node.get(name, [])


def manifest(nodes: list[Node]) -> list[Reference]:
    """The lines of the manifest read so far, wherever in the open elements it stands."""
    found = []
    for node in nodes:
        for holder in (node, *children(node, "edxmlenvelope")):
            for body in (holder, *children(holder, "edxmlbody")):
                for each in children(body, "edxmlmanifest"):
                    found += [_reference(line) for line in children(each, "reference")]
    return found


def packet(root: Node, attachments: tuple[Attachment, ...], remarks: list[Remark]) -> DocumentPacket | StatusPacket:
    """Raises ``Refused`` where the message lacks what no receiver can do without."""
    message = child(root, "edxml")
    header = child(child(message, "edxmlenvelope"), "edxmlheader")
    notes = _Notes(remarks)
    for name in ("status", "messageheader"):
        for found in children(header, name):
            if "statuscode" in found or name == "status":
                return _status(found, notes)
    if not child(header, "messageheader"):
        raise Refused(N_("Gói tin không có phần MessageHeader hoặc phần này rỗng."))
    return _document(message, header, attachments, notes)


class _Notes:
    """Remarks, and values that are remarked on instead of refused."""

    def __init__(self, remarks: list[Remark]) -> None:
        self.remarks = remarks

    def add(self, msgid: str, **params: object) -> None:
        remark = Remark(msgid, tuple(params.items()))
        if remark not in self.remarks:
            self.remarks.append(remark)

    def number(self, node: Node, name: str, field: str) -> int | None:
        sent = text(node, name)
        value = values.number(sent) if sent else None
        if sent and value is None:
            self._odd(field, sent)
        return value

    def switch(self, node: Node, name: str, field: str) -> bool | None:
        sent = text(node, name)
        value = values.switch(sent) if sent else None
        if sent and value is None:
            self._odd(field, sent)
        return value

    def day(self, node: Node, name: str, field: str) -> date | None:
        try:
            return values.day(text(node, name), labelled(field))
        except Refused as reason:
            self.add(reason.msgid, **reason.params)
            return None

    def moment(self, node: Node, name: str, field: str) -> datetime | None:
        try:
            return values.moment(text(node, name), labelled(field))
        except Refused as reason:
            self.add(reason.msgid, **reason.params)
            return None

    def _odd(self, field: str, sent: str) -> None:
        self.add(N_("Bỏ qua giá trị không rõ “{gia_tri}” của trường {truong}."), gia_tri=shorten(sent), truong=field)


def _document(message: Node, header_list: Node, attachments: tuple[Attachment, ...], notes: _Notes) -> DocumentPacket:
    header = child(header_list, "messageheader")
    code = child(header, "code")
    issue = child(header, "promulgationinfo")
    trace = child(header_list, "traceheaderlist")
    signer = child(header, "signerinfo")
    kind = child(header, "documenttype")
    references = tuple(manifest([message]))
    found = DocumentPacket(
        sender=_agency(child(header, "from"), notes),
        receivers=tuple(_agency(each, notes) for each in children(header, "to")),
        document_id=_identifier(header, "documentid", "MessageHeader/DocumentId"),
        number=human(code, "codenumber"),
        notation=human(code, "codenotation"),
        place=human(issue, "place"),
        promulgated_on=_needed_day(issue, "promulgationdate", "PromulgationInfo/PromulgationDate"),
        type=DocumentType(
            group=notes.number(kind, "type", "DocumentType/Type"),
            detail=notes.number(kind, "typedetail", "DocumentType/TypeDetail"),
            name=human(kind, "typename"),
        ),
        subject=human(header, "subject"),
        content=human(header, "content"),
        signer=Signer(human(signer, "competence"), human(signer, "position"), human(signer, "fullname")),
        due_on=_needed_day(header, "duedate", "MessageHeader/DueDate"),
        places=_texts(child(header, "toplaces"), "place"),
        other=_other(child(header, "otherinfo"), notes),
        responses=tuple(_response(each, notes) for each in children(header, "responsefor")),
        steering=notes.number(header, "steeringtype", "MessageHeader/SteeringType"),
        hops=tuple(
            Hop(text(each, "organid"), notes.moment(each, "timestamp", "TraceHeader/Timestamp"))
            for each in children(trace, "traceheader")
        ),
        business=_business(child(trace, "business"), notes),
        references=references,
        attachments=attachments,
    )
    _require_document(found)
    _remark_on(found, notes)
    return replace(found, warnings=tuple(notes.remarks))


def _status(header: Node, notes: _Notes) -> StatusPacket:
    sent = text(header, "statuscode")
    if not sent:
        raise Refused(N_("Gói tin trạng thái không có mã trạng thái (StatusCode)."))
    if len(sent) > 10:
        raise Refused(N_("Mã trạng thái (StatusCode) “{gia_tri}” quá dài."), gia_tri=shorten(sent))
    code = sent.zfill(2) if sent.isascii() and sent.isdigit() else sent
    answered = _response(child(header, "responsefor"), notes)
    if not answered.document_id and not answered.code:
        raise Refused(
            N_("Gói tin trạng thái không nói trả lời văn bản nào (thiếu ResponseFor/DocumentId và ResponseFor/Code).")
        )
    staff = child(header, "staffinfo")
    found = StatusPacket(
        sender=_agency(child(header, "from"), notes),
        response_for=answered,
        code=code,
        description=human(header, "description"),
        at=_needed_moment(header, "timestamp", "MessageHeader/Timestamp"),
        staff=_staff(staff),
        receivers=tuple(_agency(each, notes) for each in children(header, "to")),
    )
    _require_sender(found.sender)
    if found.meaning is None:
        notes.add(N_("Mã trạng thái “{ma}” không có trong danh mục; được giữ nguyên."), ma=found.code)
    if found.meaning is terms.StatusCode.REFUSED and not found.description:
        notes.add(N_("Trạng thái từ chối tiếp nhận không kèm lý do."))
    return replace(found, warnings=tuple(notes.remarks))


def _business(node: Node, notes: _Notes) -> Business:
    sent = text(node, "businessdoctype")
    code = values.number(sent) if sent else 0
    if code not in set(terms.DocumentAction):
        raise Refused(
            N_("Trường Bussiness/BussinessDocType (loại nghiệp vụ) có giá trị không rõ: “{gia_tri}”."),
            gia_tri=shorten(sent),
        )
    info = child(node, "businessdocumentinfo")
    update = None
    if info:
        update = Update(
            document_changed=notes.switch(info, "documentinfo", "BussinessDocumentInfo/DocumentInfo"),
            receivers_changed=notes.switch(info, "documentreceiver", "BussinessDocumentInfo/DocumentReceiver"),
            receivers=tuple(
                ReceiverChange(text(each, "organid"), notes.switch(each, "receivertype", "Receiver/ReceiverType"))
                for each in children(child(info, "receiverlist"), "receiver")
            ),
        )
    return Business(
        action=terms.DocumentAction(code or 0),
        document_id=_identifier(node, "documentid", "Bussiness/DocumentId"),
        reason=human(node, "businessdocreason"),
        paper=notes.switch(node, "paper", "Bussiness/Paper"),
        update=update,
        replacements=tuple(
            Replacement(
                _identifier(each, "documentid", "ReplacementInfo/DocumentId"),
                tuple(value for value in child(each, "organidlist").get("organid", ()) if value),
            )
            for each in children(child(node, "replacementinfolist"), "replacementinfo")
        ),
        staff=_staff(child(node, "staffinfo")),
    )


def _agency(node: Node, notes: _Notes) -> Agency:
    code = text(node, "organid")
    if len(code) > terms.AGENCY_CODE_LENGTH:
        notes.add(
            N_("Mã định danh cơ quan “{ma}” dài quá {gioi_han} ký tự."),
            ma=shorten(code),
            gioi_han=terms.AGENCY_CODE_LENGTH,
        )
    return Agency(
        code=code,
        name=human(node, "organname"),
        parent=human(node, "organizationincharge"),
        address=human(node, "organadd"),
        email=human(node, "email"),
        telephone=human(node, "telephone"),
        fax=human(node, "fax"),
        website=human(node, "website"),
    )


def _other(node: Node, notes: _Notes) -> OtherInfo:
    return OtherInfo(
        priority=notes.number(node, "priority", "OtherInfo/Priority"),
        sphere=human(node, "sphereofpromulgation"),
        typist=human(node, "typernotation"),
        copies=notes.number(node, "promulgationamount", "OtherInfo/PromulgationAmount"),
        pages=notes.number(node, "pageamount", "OtherInfo/PageAmount"),
        direction=notes.switch(node, "direction", "OtherInfo/Direction"),
        reply_fors=human(node, "replyfors"),
        reference_codes=human(node, "referencecodes"),
        appendixes=_texts(child(node, "appendixes"), "appendix"),
    )


def _response(node: Node, notes: _Notes) -> DocumentReference:
    return DocumentReference(
        agency_code=text(node, "organid"),
        code=human(node, "code"),
        promulgated_on=notes.day(node, "promulgationdate", "ResponseFor/PromulgationDate"),
        document_id=_identifier(node, "documentid", "ResponseFor/DocumentId"),
    )


def _staff(node: Node) -> Staff:
    return Staff(human(node, "department"), human(node, "staff"), human(node, "email"), human(node, "mobile"))


def _reference(node: Node) -> Reference:
    return Reference(
        text(node, "contentid"), human(node, "attachmentname"), text(node, "contenttype"), human(node, "description")
    )


def _texts(node: Node, name: str) -> tuple[str, ...]:
    return tuple(unicodedata.normalize("NFC", value) for value in node.get(name, ()) if value)


def _identifier(node: Node, name: str, field: str) -> str:
    value = text(node, name)
    if len(value) > terms.IDENTIFIER_LENGTH:
        raise Refused(
            N_("Trường {truong} dài {so} ký tự, quá {gioi_han} ký tự cho phép."),
            truong=labelled(field),
            so=len(value),
            gioi_han=terms.IDENTIFIER_LENGTH,
        )
    return value


def _needed_day(node: Node, name: str, field: str) -> date | None:
    return values.day(text(node, name), labelled(field))


def _needed_moment(node: Node, name: str, field: str) -> datetime | None:
    return values.moment(text(node, name), labelled(field))


def _require_sender(sender: Agency) -> None:
    if not sender.code:
        raise Refused(N_("Gói tin không có mã định danh của cơ quan gửi (From/OrganId)."))


def _require_document(found: DocumentPacket) -> None:
    _require_sender(found.sender)
    if not found.document_id and not found.number and not found.notation:
        raise Refused(
            N_("Gói tin văn bản không có mã định danh (DocumentId) lẫn số, ký hiệu (Code) nên không nhận diện được.")
        )


def _remark_on(found: DocumentPacket, notes: _Notes) -> None:
    if not found.receivers:
        notes.add(N_("Gói tin không ghi cơ quan nhận (To)."))
    if not found.subject:
        notes.add(N_("Gói tin không có trích yếu (Subject)."))
    if len(found.subject) > terms.SUBJECT_LENGTH:
        notes.add(
            N_("Trích yếu (Subject) dài {so} ký tự, quá {gioi_han} ký tự theo quy định."),
            so=len(found.subject),
            gioi_han=terms.SUBJECT_LENGTH,
        )
    received = {each.content_id for each in found.attachments}
    for reference in found.references:
        if reference.content_id and reference.content_id not in received:
            notes.add(
                N_("Gói tin kê tệp “{ten}” nhưng không kèm nội dung của tệp này."),
                ten=shorten(reference.name or reference.content_id),
            )
