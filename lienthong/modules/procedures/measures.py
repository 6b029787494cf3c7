"""What is counted of procedures: each once for every agency that decides it, as it stands on the last day of the period."""

from datetime import date

from django.db.models import Exists, OuterRef, Q

from lienthong.foundation.access.terms import Seated
from lienthong.foundation.measures.terms import Group, How, Line, Measure, Quantity, Source, Unit
from lienthong.kit.refusal import N_
from lienthong.modules.procedures.models import Offering, Version
from lienthong.modules.procedures.terms import ServiceLevel

_SINCE = date(2012, 1, 1)
_766 = "766/QĐ-TTg (23/6/2022)"
_NOW = Version.objects.filter(procedure=OuterRef("procedure"), valid_to__isnull=True)


def _all(_viewer: Seated) -> object:
    """The catalogue is open to everybody."""
    return Offering.objects.select_related("procedure", "agency")


def _line(row: Offering) -> Line:
    code = row.procedure.code
    return Line(code, code, f"/lam-viec/thu-tuc/{row.procedure_id}/", row.agency.name, row.valid_from)


OFFERED_NOW = Source(
    code="procedures.offered",
    label=N_("Thủ tục tại cơ quan giải quyết"),
    rows=Offering.objects.all,
    agency="agency_id",
    alive=("valid_from", "valid_to"),
    visible=_all,
    line=_line,
)

OFFERED = Quantity("procedures.offered", N_("Thủ tục tại cơ quan giải quyết"), OFFERED_NOW, how=How.STANDING)
PUBLISHED = Quantity(
    "procedures.published", N_("Thủ tục đã công khai"), OFFERED_NOW,
    Q(Exists(_NOW.exclude(decision_no=""))), how=How.STANDING,
)  # fmt: skip
ONLINE = Quantity(
    "procedures.online", N_("Thủ tục có dịch vụ trực tuyến"), OFFERED_NOW,
    Q(Exists(_NOW.filter(service_level__in=[ServiceLevel.FULL, ServiceLevel.PARTIAL]))), how=How.STANDING,
)  # fmt: skip
WHOLE = Quantity(
    "procedures.whole", N_("Thủ tục có dịch vụ trực tuyến toàn trình"), OFFERED_NOW,
    Q(Exists(_NOW.filter(service_level=ServiceLevel.FULL))), how=How.STANDING,
)  # fmt: skip
LEVEL_3 = Quantity(
    "procedures.level_3", N_("Thủ tục có dịch vụ mức độ 3, 4"), OFFERED_NOW, Q(Exists(_NOW.filter(Q(old_level__gte=3) | Q(service_level=ServiceLevel.FULL)))),
    how=How.STANDING,
)  # fmt: skip
QUANTITIES = (OFFERED, PUBLISHED, ONLINE, WHOLE, LEVEL_3)

_OFFERED = N_("thủ tục mà các cơ quan trong phạm vi giải quyết vào ngày cuối kỳ; mỗi cơ quan tính một lần")


def _share(code: str, label: str, numerator: str, over: Quantity, basis: str = _766) -> Measure:
    return Measure(code, label, Group.PUBLICITY, Unit.PERCENT, numerator, _SINCE, over, OFFERED, _OFFERED, basis=basis)


MEASURES = (
    _share("procedures.published", N_("Thủ tục được công khai"), N_("thủ tục đã có quyết định công bố và hiện ở danh mục công khai"), PUBLISHED),
    _share("procedures.online", N_("Thủ tục có dịch vụ trực tuyến"), N_("thủ tục có dịch vụ toàn trình hoặc một phần"), ONLINE),
    _share("procedures.whole", N_("Dịch vụ công trực tuyến toàn trình"), N_("thủ tục có dịch vụ toàn trình"), WHOLE),
    _share(
        "procedures.level_3", N_("Dịch vụ công trực tuyến mức độ 3, 4"), N_("thủ tục có dịch vụ mức độ 3, 4 theo quy định năm 2011, hoặc toàn trình theo quy định năm 2022"),
        LEVEL_3, "43/2011/NĐ-CP",
    ),
)  # fmt: skip
