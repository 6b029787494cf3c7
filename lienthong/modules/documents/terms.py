"""The words of official documents: urgency, states, channels, delivery codes."""

from enum import IntEnum, StrEnum

from lienthong.kit.refusal import N_

DOCUMENT_TYPES = "document-type"  # the code list (30/2020/NĐ-CP annex III)
OFFICIAL_LETTER = "CV"  # công văn: has no abbreviation and never shows in a notation
SUBJECT_LENGTH = 500  # 30/2020/NĐ-CP annex VI, II


class Urgency(IntEnum):
    """30/2020/NĐ-CP art. 4.2.c; the numbers are those of the exchange format."""

    NORMAL = 0
    URGENT = 1
    VERY_URGENT = 2
    EXPRESS = 3


URGENCY_LABELS = {
    Urgency.NORMAL: N_("Thường"),
    Urgency.URGENT: N_("Khẩn"),
    Urgency.VERY_URGENT: N_("Thượng khẩn"),
    Urgency.EXPRESS: N_("Hỏa tốc"),
}


class OutgoingState(StrEnum):
    REGISTERED = "registered"  # has its number, not yet sent
    ISSUED = "issued"
    RECALLED = "recalled"  # frozen: kept with its record, no longer in force
    REPLACED = "replaced"
    VOID = "void"  # never sent; the number stays taken


class IncomingState(StrEnum):
    ARRIVED = "arrived"
    REGISTERED = "registered"
    ASSIGNED = "assigned"
    IN_PROGRESS = "in_progress"
    FINISHED = "finished"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"  # recalled by its sender with the receiver's consent; content gone, record kept


INCOMING_LABELS = {
    IncomingState.ARRIVED: N_("Chờ vào sổ"),
    IncomingState.REGISTERED: N_("Chờ phân phối"),
    IncomingState.ASSIGNED: N_("Đã phân công"),
    IncomingState.IN_PROGRESS: N_("Đang xử lý"),
    IncomingState.FINISHED: N_("Hoàn thành"),
    IncomingState.RETURNED: N_("Đã trả lại"),
    IncomingState.WITHDRAWN: N_("Đã thu hồi"),
}
OUTGOING_LABELS = {
    OutgoingState.REGISTERED: N_("Chờ phát hành"),
    OutgoingState.ISSUED: N_("Đã phát hành"),
    OutgoingState.RECALLED: N_("Đã thu hồi"),
    OutgoingState.REPLACED: N_("Đã được thay thế"),
    OutgoingState.VOID: N_("Đã hủy số"),
}
OPEN_INCOMING = (IncomingState.REGISTERED, IncomingState.ASSIGNED, IncomingState.IN_PROGRESS)


class Channel(StrEnum):
    """How a document came or goes."""

    HERE = "here"  # between agencies of this installation
    AXIS = "axis"  # an edXML message
    PAPER = "paper"
    EMAIL = "email"


CHANNEL_LABELS = {
    Channel.HERE: N_("Trong hệ thống"),
    Channel.AXIS: N_("Trục liên thông (edXML)"),
    Channel.PAPER: N_("Bản giấy"),
    Channel.EMAIL: N_("Thư điện tử"),
}


class Code(StrEnum):
    """What the receiver's side told the sender (QCVN 102:2016; QĐ 28/2018/QĐ-TTg art. 10). "" is: not there yet."""

    SENT = ""
    ARRIVED = "01"
    RETURNED = "02"
    ACCEPTED = "03"
    ASSIGNED = "04"
    IN_PROGRESS = "05"
    FINISHED = "06"
    ASKED_BACK = "13"
    AGREED = "15"
    REFUSED = "16"


CODE_LABELS = {
    Code.SENT: N_("Chưa đến"),
    Code.ARRIVED: N_("Đã đến"),
    Code.RETURNED: N_("Trả lại"),
    Code.ACCEPTED: N_("Đã tiếp nhận"),
    Code.ASSIGNED: N_("Đã phân công"),
    Code.IN_PROGRESS: N_("Đang xử lý"),
    Code.FINISHED: N_("Hoàn thành"),
    Code.ASKED_BACK: N_("Yêu cầu lấy lại"),
    Code.AGREED: N_("Đồng ý"),
    Code.REFUSED: N_("Từ chối"),
}


class Part(StrEnum):
    MAIN = "main"
    ATTACHMENT = "attachment"


class Purpose(StrEnum):
    """Why an agency receives: to act on it, or to know of it ("nơi nhận" for information)."""

    ACT = "act"
    INFORM = "inform"


class RequestKind(StrEnum):
    RECALL = "recall"
    UPDATE = "update"
    REPLACE = "replace"


REQUEST_LABELS = {
    RequestKind.RECALL: N_("Thu hồi"),
    RequestKind.UPDATE: N_("Cập nhật"),
    RequestKind.REPLACE: N_("Thay thế"),
}
