"""The words of plans: what is promised, how far it is, who owes what."""

from enum import StrEnum

from lienthong.kit.refusal import N_


class PlanState(StrEnum):
    """Where a plan stands."""

    DRAFT = "draft"  # read from its text, not all of it confirmed yet
    IN_FORCE = "in_force"
    ENDED = "ended"


class Comparator(StrEnum):
    """How a counted value is held against the promised one; the words of the reader."""

    EXACTLY = "exactly"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    RANGE = "range"
    ALL = "all"


class Choice(StrEnum):
    """What a person decided of something that the reader proposed."""

    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    DROPPED = "dropped"


class Standing(StrEnum):
    """Where a target stands, told from what was counted."""

    MET = "met"
    ON_THE_WAY = "on_the_way"  # the forecast reaches what was promised
    BEHIND = "behind"  # it does not
    MISSED = "missed"  # its time is over
    NOT_COUNTED = "not_counted"  # bound to nothing, with the reason
    NO_VALUE = "no_value"  # bound, and nothing happened yet


class TaskState(StrEnum):
    """Where a task stands; late is told from the deadline, not kept."""

    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


STATE_LABELS = {
    PlanState.DRAFT: N_("Đang đọc, chưa xác nhận xong"),
    PlanState.IN_FORCE: N_("Đang thực hiện"),
    PlanState.ENDED: N_("Đã kết thúc"),
}
COMPARATOR_LABELS = {
    Comparator.EXACTLY: N_("đạt"),
    Comparator.AT_LEAST: N_("ít nhất"),
    Comparator.AT_MOST: N_("không quá"),
    Comparator.RANGE: N_("từ … đến …"),
    Comparator.ALL: N_("tất cả"),
}
STANDING_LABELS = {
    Standing.MET: N_("đạt"),
    Standing.ON_THE_WAY: N_("đúng hướng"),
    Standing.BEHIND: N_("chậm"),
    Standing.MISSED: N_("không đạt"),
    Standing.NOT_COUNTED: N_("không đếm được"),
    Standing.NO_VALUE: N_("chưa có số"),
}
TASK_LABELS = {TaskState.OPEN: N_("đang làm"), TaskState.DONE: N_("xong"), TaskState.DROPPED: N_("thôi làm")}
