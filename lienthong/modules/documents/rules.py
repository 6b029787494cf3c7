"""Pure decisions about official documents.

Outgoing                                        Incoming
  (paper signed) ──register──> REGISTERED         (delivered) ──> ARRIVED ──register──> REGISTERED
  REGISTERED ──issue──> ISSUED                    ARRIVED, REGISTERED ──return──> RETURNED
  REGISTERED ──void──> VOID                       (by hand) ──enter──> REGISTERED
  ISSUED ──recall──> RECALLED                     REGISTERED ──instruct──> ASSIGNED ──start──> IN_PROGRESS
  ISSUED ──replace──> REPLACED                    REGISTERED, ASSIGNED, IN_PROGRESS ──finish──> FINISHED
  ISSUED ──update──> ISSUED (new version)         any but RETURNED ──agreed recall, replacement──> WITHDRAWN

  transition │ act                              │ who
  register   │ actions.register_outgoing        │ documents.register (clerk)
  issue      │ actions.issue                    │ documents.issue (clerk)
  void       │ actions.void_number              │ documents.issue
  recall, replace, update │ actions.recall, replace, update │ documents.issue
  register   │ actions.register_incoming        │ documents.register
  enter      │ actions.enter_incoming           │ documents.register
  return     │ actions.return_to_sender         │ documents.return
  instruct   │ actions.instruct                 │ documents.instruct (leader)
  assign     │ actions.assign                   │ documents.assign (unit head), within an assignment
  start, note, finish │ actions.start, note, finish │ documents.handle, the holder of an assignment
  withdrawn  │ actions.answer_request           │ documents.register, at the receiver
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from lienthong.kit.refusal import N_, Refused, Said
from lienthong.kit.text import titled, vn_fold
from lienthong.modules.documents.terms import (
    SUBJECT_LENGTH,
    Channel,
    Code,
    IncomingState,
    OutgoingState,
    Part,
    Purpose,
    Urgency,
)

NOT_SECRET = "không mật"  # noqa: S105 - a degree of secrecy, no password


class NotReady(Refused):
    """The document is not in a state in which this can be done."""


class Duplicate(Refused):
    """It seems to be registered already; `known` are the rows. The clerk may confirm that it is another one."""

    def __init__(self, known: list) -> None:
        super().__init__(N_("Văn bản này có thể đã vào sổ. Mở văn bản đã có để so, hoặc xác nhận đây là văn bản khác."))
        self.known = known


@dataclass(frozen=True, slots=True)
class Paper:
    """What stands on a document, as typed in by a clerk or read from a message. Dates are Vietnam's."""

    type_code: str
    type_name: str
    subject: str
    issued_on: date | None = None
    number: str = ""
    notation: str = ""
    issuer_id: int | None = None
    issuer_name: str = ""
    place: str = ""
    signer_name: str = ""
    signer_position: str = ""
    signer_authority: str = ""
    urgency: int = Urgency.NORMAL
    secrecy: str = NOT_SECRET
    pages: int | None = None
    reply_by: date | None = None
    exchange_id: str = ""


@dataclass(frozen=True, slots=True)
class Attached:
    """A stored file and how it is shown."""

    stored_id: int
    name: str
    part: Part = Part.MAIN


@dataclass(frozen=True, slots=True)
class Recipient:
    """One receiver as chosen at issue."""

    agency_id: int
    purpose: Purpose = Purpose.ACT
    paper_too: bool = False


@dataclass(frozen=True, slots=True)
class Given:
    """One line of a leader's instruction: a post (or a unit, held by its head), a role, an own deadline."""

    role: str
    post_id: int | None = None
    unit_id: int | None = None
    due_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class OutgoingDetails:
    """What the register of outgoing documents wants besides the document itself."""

    unit_id: int | None = None
    copies: int = 1
    archive_holder: str = ""
    to_places: str = ""
    note: str = ""
    reserved_number: int | None = None
    replies_to: tuple[int, ...] = field(default=())


def require_not_secret(secrecy: str) -> None:
    """Secret documents never enter this system (30/2020/NĐ-CP art. 16.3, 22.4; QĐ 28/2018/QĐ-TTg art. 1)."""
    if vn_fold(secrecy) not in {"", "khong mat", "khong", "thuong"}:
        raise Refused(
            N_("Văn bản có độ mật “{secrecy}” không được đưa vào hệ thống này. Đăng ký ở sổ văn bản mật riêng, theo pháp luật về bảo vệ bí mật nhà nước."),
            secrecy=secrecy,
        )  # fmt: skip


def require_complete(paper: Paper, today: date) -> None:
    """The fields without which a register's line would be empty, and dates that can be."""
    if not paper.subject.strip():
        raise Refused(N_("Cần ghi trích yếu."))
    if len(paper.subject) > SUBJECT_LENGTH:
        raise Refused(
            N_("Trích yếu dài {length} ký tự, nhiều nhất là {limit}."), length=len(paper.subject), limit=SUBJECT_LENGTH
        )
    if paper.issued_on is not None and paper.issued_on > today + timedelta(days=1):
        raise Refused(
            N_("Ngày văn bản {day} ở tương lai. Xem lại ngày ghi trên văn bản."), day=f"{paper.issued_on:%d/%m/%Y}"
        )
    if paper.issued_on is not None and paper.issued_on.year < 1945:
        raise Refused(N_("Ngày văn bản {day} quá xa. Xem lại năm."), day=f"{paper.issued_on:%d/%m/%Y}")
    require_not_secret(paper.secrecy)


def require_main_file(attached: Iterable[Attached]) -> None:
    """Refuse an outgoing document without the signed file itself."""
    if not any(file.part == Part.MAIN for file in attached):
        raise Refused(N_("Chưa có tệp văn bản đã ký. Chọn tệp PDF rồi gửi lại."))


def require_state(state: str, allowed: Iterable[str], doing: str) -> None:
    """`doing` is the marked name of the act, e.g. N_("vào sổ")."""
    if state not in set(allowed):
        raise NotReady(
            N_("Văn bản không còn ở bước để {doing}. Tải lại trang để xem trạng thái mới."), doing=Said(doing)
        )


def require_issuable(state: str, recipients: list[Recipient], to_places: str) -> None:
    """Refuse to issue twice, to nobody, or to somebody twice."""
    require_state(state, {OutgoingState.REGISTERED}, N_("phát hành"))
    if not recipients and not to_places.strip():
        raise NotReady(N_("Chưa có nơi nhận. Chọn ít nhất một cơ quan, hoặc ghi nơi nhận."))
    if len({recipient.agency_id for recipient in recipients}) != len(recipients):
        raise NotReady(N_("Có cơ quan được chọn hai lần trong nơi nhận."))


def require_reason(reason: str) -> str:
    """The reason, trimmed to 500 characters; refused when empty."""
    if not reason.strip():
        raise Refused(N_("Cần ghi lý do để bên kia biết."))
    return reason.strip()[:500]


def require_instruction(text: str, given: list[Given], already_led: bool) -> None:
    """An instruction names somebody; at most one leads a document (30/2020/NĐ-CP art. 23.2)."""
    if not given:
        raise Refused(N_("Chọn ít nhất một người hoặc đơn vị nhận việc."))
    leads = sum(1 for line in given if line.role == "lead")
    if leads > 1 or (leads and already_led):
        raise Refused(N_("Mỗi văn bản chỉ có một nơi chủ trì. Chuyển các nơi khác sang phối hợp hoặc để biết."))
    if not leads and not already_led and any(line.role == "support" for line in given):
        raise Refused(N_("Có nơi phối hợp thì phải có nơi chủ trì."))


def item_title(type_name: str, subject: str) -> str:
    """How work on a document is called, in the room that a work item has."""
    return titled(type_name, subject)[:600]


def code_text(number: str, notation: str) -> str:
    """37 and KH-UBND → 37/KH-UBND."""
    return "/".join(filter(None, (number, notation)))


def code_folded(number: str, notation: str) -> str:
    """The key by which two ways of writing the same number meet: leading zeros, case, diacritics, blanks fall away."""
    head = number.strip().lstrip("0") or number.strip()
    return vn_fold(code_text(head, notation))[:90]


def exchange_id(agency_code: str, year: int, series_id: int, ordinal: int) -> str:
    """The document's identifier: agency, year, running number (QĐ 28/2018/QĐ-TTg art. 10). The book is part of it
    because an agency may keep several."""
    return f"{agency_code},{year},{series_id}.{ordinal}"


# Within how long an arrived document is registered. The decree says the same day, at latest the next working day, and
# for urgent ones at once (30/2020/NĐ-CP art. 4.2.c); "at once" in minutes is this system's reading.
REGISTER_URGENT_WITHIN = {
    Urgency.URGENT: timedelta(hours=2),
    Urgency.VERY_URGENT: timedelta(hours=1),
    Urgency.EXPRESS: timedelta(minutes=30),
}

_RANK = {
    Code.SENT: 0,
    Code.ARRIVED: 1,
    Code.ACCEPTED: 2,
    Code.RETURNED: 2.5,  # a registered document can still be returned, a distributed one cannot
    Code.ASSIGNED: 3,
    Code.IN_PROGRESS: 4,
    Code.FINISHED: 5,
}


def advances(before: str, after: str) -> bool:
    """Whether a code moves a delivery on: repeated and older codes do not, and nothing follows a return."""
    if after not in _RANK:
        return False
    if before == Code.RETURNED:
        return False
    return _RANK[Code(after)] > _RANK[Code(before)]


def channel_for(*, has_clerk: bool, has_code: bool) -> Channel:
    """Inside when somebody there can take it in, else over the axis when it has an identifier, else on paper."""
    if has_clerk:
        return Channel.HERE
    return Channel.AXIS if has_code else Channel.PAPER


CODE_OF_STATE = {
    IncomingState.ARRIVED: Code.ARRIVED,
    IncomingState.REGISTERED: Code.ACCEPTED,
    IncomingState.ASSIGNED: Code.ASSIGNED,
    IncomingState.IN_PROGRESS: Code.IN_PROGRESS,
    IncomingState.FINISHED: Code.FINISHED,
    IncomingState.RETURNED: Code.RETURNED,
}
