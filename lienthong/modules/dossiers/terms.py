"""The words of dossiers: states, kinds of stop, slips, ways to give a result back."""

from enum import StrEnum

from lienthong.kit.refusal import N_


class DossierState(StrEnum):
    """Where a dossier stands; the drawing is in `rules`."""

    NOT_RECEIVED = "not_received"  # turned away at the desk: refused, or asked to bring the rest
    UNCLEAR = "unclear"  # taken in, but which agency is competent is not known: the clock has not begun
    ON_THE_WAY = "on_the_way"  # taken in for an agency elsewhere that has not got it yet: the clock has not begun
    IN_PROGRESS = "in_progress"
    STOPPED_CLOCK = "stopped_clock"  # supplement, financial duty or suspension: see Pause
    READY = "ready"  # decided, the result waits to be collected
    ON_DELIVERY = "on_delivery"  # the result is with the post
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"
    STOPPED = "stopped"


OPEN = frozenset({DossierState.UNCLEAR, DossierState.ON_THE_WAY, DossierState.IN_PROGRESS, DossierState.STOPPED_CLOCK})
DONE = frozenset({DossierState.READY, DossierState.ON_DELIVERY, DossierState.RETURNED})
ENDED = frozenset({DossierState.RETURNED, DossierState.WITHDRAWN, DossierState.STOPPED, DossierState.NOT_RECEIVED})

# Steps whose holder is "the officer" of a dossier (kinds of `procedures`).
HANDLING = ("handle", "inspect", "council")


class Outcome(StrEnum):
    """How a dossier was decided."""

    NONE = ""
    GRANTED = "granted"
    REFUSED = "refused"
    SILENT = "silent"  # approved by silence where the procedure's law has it


class PauseKind(StrEnum):
    """Why the clock stands still."""

    SUPPLEMENT = "supplement"
    FINANCE = "finance"
    SUSPENSION = "suspension"


class SlipKind(StrEnum):
    """The printed forms (03/2025/TT-VPCP annex I; 01/2018/TT-VPCP before)."""

    RECEIPT = "receipt"  # giấy tiếp nhận hồ sơ và hẹn trả kết quả
    SUPPLEMENT = "supplement"  # phiếu yêu cầu bổ sung, hoàn thiện hồ sơ
    REFUSAL = "refusal"  # phiếu từ chối tiếp nhận giải quyết hồ sơ
    APOLOGY = "apology"  # phiếu xin lỗi và đề nghị gia hạn
    STOP = "stop"  # thông báo dừng giải quyết (2025)
    CONTROL = "control"  # phiếu kiểm soát quá trình giải quyết hồ sơ
    RETURN = "return"  # ký nhận kết quả (cột ký nhận của sổ)


class RunState(StrEnum):
    """Where one run of a step stands."""

    OPEN = "open"
    DONE = "done"
    SENT_BACK = "sent_back"
    ENDED = "ended"  # the dossier ended or was sent back elsewhere while it was open


class ResultWay(StrEnum):
    """How the applicant gets the result."""

    DESK = "desk"
    POST = "post"
    ELECTRONIC = "electronic"


class PaidBy(StrEnum):
    """How a fee was paid."""

    CASH = "cash"
    TRANSFER = "transfer"
    ONLINE = "online"  # on the payment platform of the national portal, or by the system's own payment


class PaperForm(StrEnum):
    """In what form a component was handed in."""

    ORIGINAL = "original"
    CERTIFIED = "certified"
    COPY = "copy"
    SCAN = "scan"
    REUSED = "reused"  # taken from the store of results, not asked for again
    DATA = "data"  # looked up in a database


class Punctuality(StrEnum):
    """How the end stands to the due time."""

    EARLY = "early"
    ON_TIME = "on_time"
    LATE = "late"


class Grade(StrEnum):
    """Satisfaction (32/2017/TT-BTTTT): three grades."""

    VERY_GOOD = "very_good"
    GOOD = "good"
    BAD = "bad"


class DocumentRole(StrEnum):
    """What an official document is to a dossier."""

    SUBMISSION = "submission"
    OPINION = "opinion"
    DECISION = "decision"
    RESULT = "result"  # only by releasing the result


STATE_LABELS = {
    DossierState.NOT_RECEIVED: N_("Không tiếp nhận"),
    DossierState.UNCLEAR: N_("Chưa rõ cơ quan giải quyết"),
    DossierState.ON_THE_WAY: N_("Đang chuyển đến cơ quan giải quyết"),
    DossierState.IN_PROGRESS: N_("Đang xử lý"),
    DossierState.STOPPED_CLOCK: N_("Tạm dừng"),
    DossierState.READY: N_("Đã xử lý xong, chờ trả"),
    DossierState.ON_DELIVERY: N_("Đang gửi bưu chính"),
    DossierState.RETURNED: N_("Đã trả kết quả"),
    DossierState.WITHDRAWN: N_("Người nộp rút hồ sơ"),
    DossierState.STOPPED: N_("Dừng giải quyết"),
}
# States of the national portal (1 to 10).
NATIONAL_STATE = {
    DossierState.NOT_RECEIVED: 3,
    DossierState.UNCLEAR: 2,
    DossierState.ON_THE_WAY: 2,
    DossierState.IN_PROGRESS: 4,
    DossierState.STOPPED_CLOCK: 5,
    DossierState.READY: 9,
    DossierState.ON_DELIVERY: 9,
    DossierState.RETURNED: 10,
    DossierState.WITHDRAWN: 7,
    DossierState.STOPPED: 8,
}
OUTCOME_LABELS = {
    Outcome.NONE: "",
    Outcome.GRANTED: N_("Đồng ý"),
    Outcome.REFUSED: N_("Từ chối giải quyết"),
    Outcome.SILENT: N_("Chấp thuận do quá hạn không trả lời"),
}
PAUSE_LABELS = {
    PauseKind.SUPPLEMENT: N_("Chờ bổ sung hồ sơ"),
    PauseKind.FINANCE: N_("Chờ thực hiện nghĩa vụ tài chính"),
    PauseKind.SUSPENSION: N_("Tạm dừng giải quyết"),
}
SLIP_LABELS = {
    SlipKind.RECEIPT: N_("Giấy tiếp nhận hồ sơ và hẹn trả kết quả"),
    SlipKind.SUPPLEMENT: N_("Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ"),
    SlipKind.REFUSAL: N_("Phiếu từ chối tiếp nhận giải quyết hồ sơ"),
    SlipKind.APOLOGY: N_("Phiếu xin lỗi và đề nghị gia hạn thời gian giải quyết"),
    SlipKind.STOP: N_("Thông báo dừng giải quyết hồ sơ"),
    SlipKind.CONTROL: N_("Phiếu kiểm soát quá trình giải quyết hồ sơ"),
    SlipKind.RETURN: N_("Giấy ký nhận kết quả"),
}
RUN_LABELS = {
    RunState.OPEN: N_("Đang làm"),
    RunState.DONE: N_("Xong"),
    RunState.SENT_BACK: N_("Trả lại bước trước"),
    RunState.ENDED: N_("Đã đóng"),
}
WAY_LABELS = {
    ResultWay.DESK: N_("Tại quầy"),
    ResultWay.POST: N_("Qua bưu chính công ích"),
    ResultWay.ELECTRONIC: N_("Bản điện tử"),
}
PAID_LABELS = {
    PaidBy.CASH: N_("Tiền mặt tại quầy"),
    PaidBy.TRANSFER: N_("Chuyển khoản"),
    PaidBy.ONLINE: N_("Thanh toán trực tuyến"),
}
PAPER_LABELS = {
    PaperForm.ORIGINAL: N_("Bản chính"),
    PaperForm.CERTIFIED: N_("Bản sao chứng thực"),
    PaperForm.COPY: N_("Bản chụp"),
    PaperForm.SCAN: N_("Bản quét"),
    PaperForm.REUSED: N_("Dùng lại kết quả đã có"),
    PaperForm.DATA: N_("Tra trong cơ sở dữ liệu"),
}
PUNCTUALITY_LABELS = {
    Punctuality.EARLY: N_("Trước hạn"),
    Punctuality.ON_TIME: N_("Đúng hạn"),
    Punctuality.LATE: N_("Quá hạn"),
}
ROLE_LABELS = {
    DocumentRole.SUBMISSION: N_("Tờ trình"),
    DocumentRole.OPINION: N_("Lấy ý kiến, cho ý kiến"),
    DocumentRole.DECISION: N_("Quyết định"),
    DocumentRole.RESULT: N_("Kết quả"),
}
GRADE_LABELS = {
    Grade.VERY_GOOD: N_("Rất hài lòng"),
    Grade.GOOD: N_("Hài lòng"),
    Grade.BAD: N_("Chưa hài lòng"),
}
