"""Where a message stands."""

from enum import StrEnum

from lienthong.kit.refusal import N_


class State(StrEnum):
    DONE = "done"
    REPEATED = "repeated"  # taken in before: nothing new was made
    REFUSED = "refused"
    PARKED = "parked"  # a status for a document that nobody here sent
    WAITING = "waiting"  # to be fetched and sent


STATE_LABELS = {
    State.DONE: N_("Đã nhận"),
    State.REPEATED: N_("Đã nhận trước đó"),
    State.REFUSED: N_("Không nhận được"),
    State.PARKED: N_("Để riêng, chưa rõ văn bản"),
    State.WAITING: N_("Chờ gửi"),
}
KIND_LABELS = {
    "document": N_("Văn bản mới"),
    "recall": N_("Thu hồi"),
    "update": N_("Cập nhật"),
    "replace": N_("Thay thế"),
    "status": N_("Trạng thái"),
    "unknown": N_("Không đọc được"),
}
