"""What is counted of the people who use the system. Declared here because measures stand above accounts and organizations."""

from datetime import date
from typing import TYPE_CHECKING

from lienthong.foundation.access.terms import Seated
from lienthong.foundation.accounts import queries as accounts
from lienthong.foundation.measures.terms import Group, How, Line, Measure, Quantity, Source, Unit
from lienthong.foundation.organizations import queries as organizations
from lienthong.kit.refusal import N_

if TYPE_CHECKING:
    from lienthong.foundation.accounts.models import Presence
    from lienthong.foundation.organizations.models import Holding

_SINCE = date(2012, 1, 1)


def _present(row: "Presence") -> Line:
    return Line("", row.person.name, "/lam-viec/quan-tri/tai-khoan/", row.agency.name, row.day)


def _seated(row: "Holding") -> Line:
    return Line("", row.person.name, "/lam-viec/tim/", row.post.agency.name, row.valid_from, row.post.name)


def _directory(_viewer: Seated) -> object:
    """The directory is open to all staff."""
    return organizations.all_holdings()


PRESENCES = Source(
    "accounts.presences", N_("Người làm việc trên hệ thống"), accounts.presences, "agency_id", "day", on_day=True,
    visible=accounts.presences_seen, line=_present,
)  # fmt: skip
HOLDINGS = Source(
    "organizations.holdings", N_("Người giữ chức danh"), organizations.all_holdings, "post__agency_id",
    alive=("valid_from", "valid_to"), visible=_directory, line=_seated,
)  # fmt: skip
PRESENT = Quantity(
    "accounts.present", N_("Cán bộ có làm việc trên hệ thống"), PRESENCES, how=How.DISTINCT, distinct="person_id"
)
STAFF = Quantity("organizations.staff", N_("Cán bộ giữ chức danh"), HOLDINGS, how=How.STANDING, distinct="person_id")
QUANTITIES = (PRESENT, STAFF)

MEASURES = (
    Measure(
        "accounts.present", N_("Cán bộ làm việc trên hệ thống"), Group.USE, Unit.PERCENT,
        N_("người đã đăng nhập và làm việc ít nhất một ngày trong kỳ; chọn kỳ là một tuần để biết tuần này"), _SINCE, PRESENT, STAFF,
        N_("người giữ chức danh vào ngày cuối kỳ"),
    ),
    Measure(
        "people.it_staff", N_("Cán bộ chuyên trách công nghệ thông tin"), Group.PEOPLE, Unit.COUNT,
        N_("người chuyên trách công nghệ thông tin, theo báo cáo của cơ quan"), _SINCE, typed=True,
        note=N_("Hệ thống chưa ghi nhân lực công nghệ thông tin; nhập kèm nguồn cho đến khi có."),
    ),
    Measure(
        "people.online_meetings", N_("Cuộc họp trực tuyến"), Group.PEOPLE, Unit.PERCENT,
        N_("cuộc họp giữa các cơ quan tổ chức trực tuyến, theo báo cáo của cơ quan"), _SINCE, typed=True,
        note=N_("Hệ thống chưa có họp trực tuyến; nhập kèm nguồn cho đến khi có."),
    ),
)  # fmt: skip
