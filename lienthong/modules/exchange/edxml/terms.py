"""Codes of the edXML form and what they are called."""

from __future__ import annotations

from enum import IntEnum, StrEnum

from lienthong.kit.refusal import N_

NAMESPACE = "http://www.mic.gov.vn/TBT/QCVN_102_2016"
PREFIX = "edXML"

SUBJECT_LENGTH = 500
"""Longest abstract (trích yếu), 30/2020/NĐ-CP annex VI."""
IDENTIFIER_LENGTH = 200
"""Longest document identifier taken in."""
AGENCY_CODE_LENGTH = 35
"""Longest agency identifier, 20/2020/QĐ-TTg."""


class DocumentAction(IntEnum):
    """BussinessDocType: what the sender wants done with the document."""

    NEW = 0
    RECALL = 1
    UPDATE = 2
    REPLACE = 3

    @property
    def label(self) -> str:
        return _ACTION_LABELS[self]


_ACTION_LABELS = {
    DocumentAction.NEW: N_("Văn bản điện tử mới"),
    DocumentAction.RECALL: N_("Thu hồi văn bản điện tử"),
    DocumentAction.UPDATE: N_("Cập nhật văn bản điện tử"),
    DocumentAction.REPLACE: N_("Thay thế văn bản điện tử"),
}


class StatusCode(StrEnum):
    """StatusCode as far as its meaning is known; 07-12 and 14 have none in any source."""

    ARRIVED = "01"
    REFUSED = "02"
    REGISTERED = "03"
    ASSIGNED = "04"
    IN_PROGRESS = "05"
    COMPLETED = "06"
    RECALL_ASKED = "13"
    RECALL_AGREED = "15"
    RECALL_DECLINED = "16"

    @property
    def label(self) -> str:
        return _STATUS_LABELS[self]


_STATUS_LABELS = {
    StatusCode.ARRIVED: N_("Đã đến"),
    StatusCode.REFUSED: N_("Từ chối tiếp nhận"),
    StatusCode.REGISTERED: N_("Đã tiếp nhận"),
    StatusCode.ASSIGNED: N_("Phân công"),
    StatusCode.IN_PROGRESS: N_("Đang xử lý"),
    StatusCode.COMPLETED: N_("Hoàn thành"),
    StatusCode.RECALL_ASKED: N_("Lấy lại"),
    StatusCode.RECALL_AGREED: N_("Đồng ý lấy lại hoặc cập nhật"),
    StatusCode.RECALL_DECLINED: N_("Từ chối lấy lại hoặc cập nhật"),
}

UNKNOWN_STATUS_LABEL = N_("Trạng thái không rõ ({ma})")


class Priority(IntEnum):
    """OtherInfo/Priority; the fifth exists only in edXML (30/2020/NĐ-CP knows three urgent levels)."""

    NORMAL = 0
    URGENT = 1
    VERY_URGENT = 2
    EXPRESS = 3
    EXPRESS_TIMED = 4

    @property
    def label(self) -> str:
        return _PRIORITY_LABELS[self]


_PRIORITY_LABELS = {
    Priority.NORMAL: N_("Thường"),
    Priority.URGENT: N_("Khẩn"),
    Priority.VERY_URGENT: N_("Thượng khẩn"),
    Priority.EXPRESS: N_("Hỏa tốc"),
    Priority.EXPRESS_TIMED: N_("Hỏa tốc hẹn giờ"),
}


class Steering(IntEnum):
    """SteeringType: whether the document gives a directive."""

    NONE = 1
    DIRECTIVE = 2
    REPORT = 3
