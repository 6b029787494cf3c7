"""Which elements an edXML message has. Names are looked up in lower case, "bussiness" as "business".

A dict is an element with children, ``TEXT`` a field, ``BULK`` the encoded content of an attachment,
``SKIP`` something known that is not read. What stands nowhere here is skipped with a remark.
"""

from __future__ import annotations

from typing import TypeAlias

TEXT = "text"
BULK = "bulk"
SKIP = "skip"

Shape: TypeAlias = "str | dict[str, Shape]"


def _fields(*names: str) -> dict[str, Shape]:
    return dict.fromkeys(names, TEXT)


_AGENCY = _fields("organid", "organizationincharge", "organname", "organadd", "email", "telephone", "fax", "website")
_STAFF: dict[str, Shape] = _fields("department", "staff", "email", "mobile") | {"departmentid": SKIP, "staffid": SKIP}
_RESPONSE = _fields("organid", "code", "promulgationdate", "documentid")

HEADER: dict[str, Shape] = {
    "from": _AGENCY,
    "to": _AGENCY,
    "documentid": TEXT,
    "code": _fields("codenumber", "codenotation"),
    "promulgationinfo": _fields("place", "promulgationdate"),
    "documenttype": _fields("type", "typedetail", "typename"),
    "subject": TEXT,
    "content": TEXT,
    "signerinfo": _fields("competence", "position", "fullname"),
    "duedate": TEXT,
    "toplaces": _fields("place"),
    "otherinfo": {
        **_fields(
            "priority", "sphereofpromulgation", "typernotation", "promulgationamount",
            "pageamount", "direction", "replyfors", "referencecodes",
        ),
        "appendixes": _fields("appendix"),
    },
    "responsefor": _RESPONSE,
    "steeringtype": TEXT,
    "responsefortask": SKIP,
    "applicationtype": SKIP,
    "staffinfo": _STAFF,
    "statuscode": TEXT,
    "description": TEXT,
    "timestamp": TEXT,
}  # fmt: skip

_BUSINESS: dict[str, Shape] = {
    **_fields("documentid", "businessdoctype", "businessdocreason", "paper"),
    "businessdocumentinfo": {
        **_fields("documentinfo", "documentreceiver"),
        "receiverlist": {"receiver": _fields("organid", "receivertype")},
    },
    "replacementinfolist": {"replacementinfo": {"documentid": TEXT, "organidlist": _fields("organid")}},
    "staffinfo": _STAFF,
}

_ATTACHMENTS: dict[str, Shape] = {
    "attachment": {
        **_fields("contentid", "attachmentname", "description", "contenttype", "format"),
        "contenttransferencoded": BULK,
    }
}

_ENVELOPE: dict[str, Shape] = {
    "edxmlheader": {
        "messageheader": HEADER,
        "status": HEADER,
        "traceheaderlist": {"traceheader": _fields("organid", "timestamp"), "business": _BUSINESS},
        "signature": SKIP,
        "digitalsignature": SKIP,
    },
    "edxmlbody": {
        "edxmlmanifest": {"reference": _fields("contentid", "contenttype", "description", "attachmentname")},
        "attachmentencoded": _ATTACHMENTS,
    },
    "attachmentencoded": _ATTACHMENTS,
}

ROOT: dict[str, Shape] = {"edxml": {"edxmlenvelope": _ENVELOPE, "attachmentencoded": _ATTACHMENTS, "signature": SKIP}}

LABELS = {
    "OrganId": "mã định danh cơ quan",
    "OrganName": "tên cơ quan",
    "DocumentId": "mã định danh văn bản",
    "CodeNumber": "số văn bản",
    "CodeNotation": "ký hiệu văn bản",
    "PromulgationDate": "ngày ban hành",
    "DueDate": "hạn trả lời",
    "Subject": "trích yếu",
    "Content": "nội dung",
    "AttachmentName": "tên tệp đính kèm",
    "StatusCode": "mã trạng thái",
    "Description": "mô tả",
    "Timestamp": "thời điểm",
    "FullName": "người ký",
    "BussinessDocType": "loại nghiệp vụ",
}


def labelled(path: str) -> str:
    """A field's place in the message with its Vietnamese name, where it has one."""
    label = LABELS.get(path.rpartition("/")[2])
    return f"{path} ({label})" if label else path
