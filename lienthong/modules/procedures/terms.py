"""The words of the catalogue of administrative procedures and of internal processes."""

from enum import StrEnum

from lienthong.kit.refusal import N_


class Channel(StrEnum):
    """How a dossier may be filed (61/2018/NĐ-CP art. 16)."""

    DIRECT = "direct"
    ONLINE = "online"
    POST = "post"


class TermUnit(StrEnum):
    """In what a statutory time is given. The first three are those of the calendar; NONE: the text says it in words."""

    WORKING_DAYS = "working_days"
    WORKING_HOURS = "working_hours"
    CALENDAR_DAYS = "calendar_days"
    NONE = "none"


class ServiceLevel(StrEnum):
    """Whole or part online (42/2022/NĐ-CP art. 11), or information only."""

    FULL = "full"
    PARTIAL = "partial"
    INFORMATION = "information"


class Tier(StrEnum):
    """At which tier a procedure is done. Districts ended on 2025-07-01."""

    MINISTRY = "ministry"
    PROVINCE = "province"
    COMMUNE = "commune"
    OTHER = "other"


class StepKind(StrEnum):
    """What kind of work a step of an internal process is; the law knows these branches."""

    RECEIVE = "receive"
    ASSIGN = "assign"
    HANDLE = "handle"
    INSPECT = "inspect"
    OPINION = "opinion"
    COUNCIL = "council"
    FINANCE = "finance"
    DECIDE = "decide"
    RELEASE = "release"
    RETURN = "return"
    ARCHIVE = "archive"


CHANNEL_LABELS = {
    Channel.DIRECT: N_("Trực tiếp"),
    Channel.ONLINE: N_("Trực tuyến"),
    Channel.POST: N_("Bưu chính công ích"),
}
UNIT_LABELS = {
    TermUnit.WORKING_DAYS: N_("ngày làm việc"),
    TermUnit.WORKING_HOURS: N_("giờ làm việc"),
    TermUnit.CALENDAR_DAYS: N_("ngày"),
    TermUnit.NONE: N_("theo quy định riêng"),
}
LEVEL_LABELS = {
    ServiceLevel.FULL: N_("Toàn trình"),
    ServiceLevel.PARTIAL: N_("Một phần"),
    ServiceLevel.INFORMATION: N_("Cung cấp thông tin"),
}
TIER_LABELS = {
    Tier.MINISTRY: N_("Bộ"),
    Tier.PROVINCE: N_("Tỉnh"),
    Tier.COMMUNE: N_("Xã"),
    Tier.OTHER: N_("Khác"),
}
STEP_LABELS = {
    StepKind.RECEIVE: N_("Tiếp nhận"),
    StepKind.ASSIGN: N_("Phân công"),
    StepKind.HANDLE: N_("Thẩm định, xử lý"),
    StepKind.INSPECT: N_("Kiểm tra thực địa"),
    StepKind.OPINION: N_("Lấy ý kiến"),
    StepKind.COUNCIL: N_("Họp hội đồng"),
    StepKind.FINANCE: N_("Nghĩa vụ tài chính"),
    StepKind.DECIDE: N_("Phê duyệt, ký"),
    StepKind.RELEASE: N_("Vào sổ, đóng dấu"),
    StepKind.RETURN: N_("Trả kết quả"),
    StepKind.ARCHIVE: N_("Lưu hồ sơ"),
}
