"""Pure decisions about dossiers.

                   ┌────────── turn away ──> not_received
at the counter ────┼── unclear ──name agency──┐
                   └── receive ──> on_the_way ──take over──┐        ┌── stop the clock ──> stopped_clock
                          └────────────────────────────> in_progress <── let it run ───────────┘
in_progress ──last step before the return──> ready ──give back──> returned
                                               └──send by post──> on_delivery ──delivered──> returned
unclear, on_the_way, in_progress, stopped_clock ──withdraw──> withdrawn · ──stop──> stopped

transition      │ act                                    │ who
receive         │ actions.receive                        │ the desk
turn away       │ actions.turn_away                      │ the desk
name agency     │ actions.name_agency                    │ the desk, a leader
take over       │ actions.take_over                      │ the competent agency's desk
step done       │ actions.finish_step, actions.decide    │ who holds the step
step back       │ actions.send_back                      │ who holds the step
stop the clock  │ actions.ask_supplement, suspend        │ who holds a step
let it run      │ actions.take_supplement, resume        │ the desk, who holds a step
extend          │ actions.apologise                      │ the leader; the clock at the latest a day before
withdraw, stop  │ actions.end_early                      │ the desk; the leader
give back       │ actions.give_back, parcels             │ the desk
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from lienthong.foundation.calendar.rules import due_at, next_opening, working_days_until
from lienthong.foundation.calendar.working_time import WorkingTime
from lienthong.foundation.organizations.terms import Tier
from lienthong.kit.dates import VIETNAM
from lienthong.kit.refusal import N_, Refused, Said
from lienthong.kit.text import dotted
from lienthong.modules.dossiers.terms import (
    STATE_LABELS,
    DossierState,
    PaidBy,
    PaperForm,
    PauseKind,
    Punctuality,
    ResultWay,
)
from lienthong.modules.procedures.terms import StepKind, TermUnit

MATTER_LENGTH = 1000
MOST_PAPERS = 200


@dataclass(frozen=True, slots=True)
class Handed:
    """One paper as handed in. `component_id` is what the procedure asked for, None for a paper of its own;
    `stored_id` its scan; `reused_id` a kept result taken instead."""

    name: str
    component_id: int | None = None
    form: PaperForm = PaperForm.ORIGINAL
    originals: int = 0
    copies: int = 0
    stored_id: int | None = None
    file_name: str = ""
    reused_id: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Intake:
    """What stands on the counter: who, what for, how the result is wanted. Times and agencies are the act's; `due_by_hand`
    only where the procedure gives no time in figures; `method_id` is the way whose time applies where the channel has several."""

    applicant_id: int
    version_id: int
    case_id: int | None = None
    decider_id: int | None = None
    coordinator_id: int | None = None
    matter: str = ""
    channel: str = "direct"
    copies: int = 1
    agent_name: str = ""
    agent_identity: str = ""
    agent_phone: str = ""
    agent_paper: str = ""
    result_way: ResultWay = ResultWay.DESK
    result_address: str = ""
    foreign_code: str = ""
    due_by_hand: datetime | None = None
    method_id: int | None = None
    papers: Sequence[Handed] = field(default_factory=tuple)


@dataclass(frozen=True, slots=True)
class PlainStep:
    """A step as the act needs it: a row of an internal process, or one of the fall-back below."""

    key: str
    kind: str
    name: str
    hours: Decimal | None = None
    next: tuple[str, ...] = ()
    back_to: str = ""
    agency_id: int | None = None
    unit_id: int | None = None
    post_id: int | None = None
    duty: str = ""


# For a procedure without an internal process: the least that the law asks for. No inner deadlines.
FALL_BACK = (
    PlainStep("1", StepKind.RECEIVE, N_("Tiếp nhận hồ sơ"), next=("2",), duty="desk"),
    PlainStep("2", StepKind.ASSIGN, N_("Phân công xử lý"), next=("3",), duty="leader"),
    PlainStep("3", StepKind.HANDLE, N_("Thẩm định, xử lý hồ sơ"), next=("4",), back_to="2", duty="official"),
    PlainStep("4", StepKind.DECIDE, N_("Phê duyệt kết quả"), next=("5",), back_to="3", duty="leader"),
    PlainStep("5", StepKind.RETURN, N_("Trả kết quả"), duty="desk"),
)


def require_state(state: str, allowed: Collection[str], doing: str) -> None:
    """Refuse an act that the state does not allow; `doing` is the act in words."""
    if state not in allowed:
        raise Refused(
            N_("Hồ sơ đang ở trạng thái “{state}”, không {doing} được."),
            state=Said(STATE_LABELS[DossierState(state)]), doing=Said(doing),
        )  # fmt: skip


MOST_PAID = 1_000_000_000_000  # đồng: beyond it stands a slip of the hand


def require_payment(
    amount: int, way: PaidBy, reference: str, paid_at: datetime, now: datetime, known: str | None
) -> None:
    """Refuse what cannot have been paid: nothing, later than now, by wire without its number, or a transaction that the dossier
    `known` has already."""
    if not 0 < amount <= MOST_PAID:
        raise Refused(N_("Số tiền phải lớn hơn 0 và không quá một nghìn tỷ đồng."))
    if paid_at > now:
        raise Refused(N_("Thời điểm nộp không thể sau lúc này."))
    if way != PaidBy.CASH and not reference:
        raise Refused(N_("Nộp không dùng tiền mặt thì ghi mã giao dịch, để không ghi hai lần."))
    if known is not None:
        raise Refused(N_("Mã giao dịch {reference} đã ghi ở hồ sơ {code}."), reference=reference, code=known)


def money(amount: int) -> str:
    """8.000 đồng, as it is written."""
    return f"{dotted(amount)} đồng"


def require_intake(intake: Intake) -> None:
    """Refuse an intake that cannot be a dossier: no matter, too long, no bộ, too many papers, post without address."""
    if not intake.matter.strip():
        raise Refused(N_("Cần ghi nội dung yêu cầu giải quyết."))
    if len(intake.matter) > MATTER_LENGTH:
        raise Refused(N_("Nội dung yêu cầu dài quá {most} ký tự."), most=MATTER_LENGTH)
    if not 1 <= intake.copies <= 99:
        raise Refused(N_("Số lượng hồ sơ phải từ 1 đến 99 bộ."))
    if len(intake.papers) > MOST_PAPERS:
        raise Refused(
            N_("Một hồ sơ nhận nhiều nhất {most} giấy tờ, đang có {count}."), most=MOST_PAPERS, count=len(intake.papers)
        )
    if intake.result_way == ResultWay.POST and not intake.result_address.strip():
        raise Refused(N_("Nhận kết quả qua bưu chính thì cần địa chỉ nhận."))
    if intake.agent_name.strip() and not intake.agent_paper.strip():
        raise Refused(N_("Người nộp thay cần có giấy tờ ủy quyền: ghi tên giấy tờ đó."))


def missing(wanted: Iterable[tuple[int, str]], papers: Sequence[Handed]) -> list[str]:
    """Names of the required components (id, name) that were not handed in, in any form."""
    brought = {
        paper.component_id
        for paper in papers
        if paper.originals or paper.copies or paper.stored_id or paper.reused_id or paper.form == PaperForm.DATA
    }
    return [name for component_id, name in wanted if component_id not in brought]


def require_complete(names: Sequence[str]) -> None:
    """Refuse to receive while required components are missing: the desk asks for the rest instead (form 02)."""
    if names:
        raise Refused(
            N_("Còn thiếu {count} giấy tờ bắt buộc: {names}. Yêu cầu bổ sung hoặc đánh dấu đã nhận."),
            count=len(names), names="; ".join(names[:5]) + ("…" if len(names) > 5 else ""),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Place:
    """Where an agency stands: its tier and the ids above it, from the root."""

    agency_id: int
    tier: int
    above: tuple[int, ...] = ()

    @classmethod
    def of(cls, agency_id: int, tier: int, path: str) -> "Place":
        ids = tuple(int(part) for part in path.split("/") if part)
        return cls(agency_id, tier, ids[:-1])


def clock_start(received: datetime, unit: str, working_time: WorkingTime) -> datetime:
    """When the clock of an agency begins that has got the papers: at once, or at the next opening when the office is closed.

    Calendar days are counted from the day of receipt whatever the hour, also from a day off (Bộ luật Dân sự art. 147.2: only
    the first day itself is not counted).
    """
    return received if unit == TermUnit.CALENDAR_DAYS else next_opening(received, working_time)


def expected_start(
    received: datetime, *, local: bool, unit: str, working_time: WorkingTime, hand_over_until: time
) -> datetime:
    """When the clock is expected to begin, in the working time of the competent agency.

    At its own counter: `clock_start`. Received for an agency elsewhere: when that agency gets it, within the working day, or
    at the start of the next one when received after 15:00 (118/2025/NĐ-CP art. 17.3, 18.2 as amended by 309/2026/NĐ-CP;
    61/2018/NĐ-CP art. 18.2 before); `hand_over_until` is that hour as it holds on the day.
    """
    if local:
        return clock_start(received, unit, working_time)
    if _is_after(received, hand_over_until):
        return next_opening(_midnight_after(received), working_time)
    return next_opening(received, working_time)


def _is_after(at: datetime, hour: time) -> bool:
    """By the minute, as a receipt prints it: 15:00 is not yet "after 15:00"."""
    return at.astimezone(VIETNAM).time().replace(second=0, microsecond=0) > hour


def _midnight_after(at: datetime) -> datetime:
    return datetime.combine(at.astimezone(VIETNAM).date() + timedelta(days=1), time(0), VIETNAM)


def is_local(*, receiver: Place, decider: Place) -> bool:
    """Whether the receiving counter is the competent agency's own: the agency itself, a centre directly below it, or the
    provincial centre, where every department has its officers."""
    if receiver.agency_id == decider.agency_id:
        return True
    if receiver.tier != Tier.SUBORDINATE:
        return False
    if decider.agency_id in receiver.above[-1:]:
        return True
    return decider.tier == Tier.DEPARTMENT and decider.above[-1:] == receiver.above[-1:]


def term_end(
    start: datetime, amount: Decimal | None, unit: str, working_time: WorkingTime, same_day_until: time
) -> datetime | None:
    """The end of the statutory time that begins with `start`, which may lie outside office hours; None where no time is given
    in figures.

    A time of 0 is "within the day", before the office closes; what comes after 15:00 may be answered on the next working day
    (Luật Hộ tịch art. 5; 23/2015/NĐ-CP art. 7). `same_day_until` is that hour as it holds on the day.
    """
    if amount is None or unit == TermUnit.NONE:
        return None
    if amount == 0:
        begins = next_opening(start, working_time)
        if _is_after(begins, same_day_until):
            begins = next_opening(_midnight_after(begins), working_time)
        day = begins.astimezone(VIETNAM).date()
        return datetime.combine(day, working_time.intervals_on(day)[-1][1], VIETNAM)
    return due_at(start, plain(amount), unit, working_time)


def plain(amount: Decimal) -> int | Decimal:
    """Whole numbers as such: they take the quick way through the calendar."""
    return int(amount) if amount == int(amount) else amount


def require_extendable(extended_at: datetime | None, due_at: datetime | None, new_due: datetime, reason: str) -> None:
    """At most one extension, with a reason, to a later moment (61/2018/NĐ-CP art. 19.8)."""
    if extended_at is not None:
        raise Refused(N_("Hồ sơ đã được gia hạn một lần, không gia hạn nữa."))
    if due_at is None:
        raise Refused(N_("Hồ sơ không có hạn trả nên không cần gia hạn."))
    if new_due <= due_at:
        raise Refused(N_("Ngày hẹn mới phải sau ngày hẹn cũ."))
    if not reason.strip():
        raise Refused(N_("Cần ghi lý do chậm: lý do được in trong phiếu xin lỗi."))


def punctuality(done_at: datetime, due_at: datetime | None) -> Punctuality:
    """Early: on an earlier date than the due one; on time: that date, up to the hour; late: after it."""
    if due_at is None or done_at.date() < due_at.date():
        return Punctuality.EARLY if due_at is not None else Punctuality.ON_TIME
    return Punctuality.ON_TIME if done_at <= due_at else Punctuality.LATE


def statutory_punctuality(
    done_at: datetime, due_at: datetime | None, supplements: int, *, extended_late: bool = False
) -> Punctuality:
    """The same for a whole dossier; more than one request for supplement counts as late (766/QĐ-TTg, 2.1), and so does a
    new date that was given when it was too late to give one (`is_extended_late`)."""
    return Punctuality.LATE if supplements > 1 or extended_late else punctuality(done_at, due_at)


def is_extended_late(said_at: datetime, due_at: datetime) -> bool:
    """An apology with a new date is due at the latest a day before the date it replaces (61/2018/NĐ-CP art. 19.8). A later one
    is owed all the same, but does not turn a dossier that is late into one in time."""
    return said_at.astimezone(VIETNAM).date() >= due_at.astimezone(VIETNAM).date()


def is_asked_late(asked_at: datetime, begins_at: datetime, within: int, working_time: WorkingTime) -> bool:
    """Whether a supplement is asked for after the working days that the law gives from the day of reception, which itself is
    not counted (61/2018/NĐ-CP art. 19.4: 03 working days): the last of them counts to its end."""
    return working_days_until(begins_at, asked_at, working_time) > within


def clock_after(kind: PauseKind, supplement_rule: str) -> str:
    """How the clock goes on after a stop: `resume` (what was left) or `anew` (the whole time again).

    After a supplement the rule of the day of receipt decides (61/2018/NĐ-CP art. 19.4: the time begins anew); every
    other stop resumes.
    """
    return supplement_rule if kind == PauseKind.SUPPLEMENT else "resume"


def require_one_supplement(count: int, confirmed: bool) -> None:
    """One request, complete; a further one only when the officer says that it must be, and the dossier then counts
    as late."""
    if count and not confirmed:
        raise Refused(
            N_("Đã yêu cầu bổ sung {count} lần. Chỉ được yêu cầu một lần và đầy đủ; yêu cầu nữa thì hồ sơ tính là quá hạn."),
            count=count,
        )  # fmt: skip


def code(pattern: str, identifier: str, day: date, number: int) -> str:
    """A dossier code, e.g. H99.07-261121-0001; `pattern` is the form in force that day with {unit}, {day}, {number}."""
    return pattern.format(unit=identifier, day=f"{day:%y%m%d}", number=f"{number:04d}")


def minutes(length: timedelta) -> int:
    """Whole minutes of open time."""
    return max(0, int(length.total_seconds() // 60))


# 766/QĐ-TTg: satisfaction is 18 of its 100 points; its part 5.4 is full from 90 %, below that in proportion.
SATISFACTION_POINTS = 18
SATISFACTION_FULL = 0.9


def satisfaction_rate(*, late: float, bad: float) -> float:
    """100 % less the late share less the dissatisfied share (766/QĐ-TTg, 5.4), 0 to 1."""
    return max(0.0, 1 - late - bad)


def satisfaction_points(*, late: float, bad: float) -> float:
    """That rate on the scale of 18 points, one decimal."""
    return round(SATISFACTION_POINTS * min(1.0, satisfaction_rate(late=late, bad=bad) / SATISFACTION_FULL), 1)
