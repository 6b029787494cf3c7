"""What is counted of official documents. Secret documents never enter the system, so no figure holds any.

A document sent to three agencies counts three times: what is promised in plans is the share of exchanges (1819/QĐ-TTg, 2015).
"""

from datetime import date

from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import TruncDate

from lienthong.foundation.access.terms import Seated
from lienthong.foundation.measures.terms import Agencies, AgenciesWith, Group, Line, Measure, Quantity, Source, Unit
from lienthong.foundation.organizations.terms import Tier
from lienthong.kit.dates import VIETNAM
from lienthong.kit.refusal import N_
from lienthong.modules.documents import queries
from lienthong.modules.documents.models import Delivery, Incoming, Outgoing
from lienthong.modules.documents.terms import Channel, IncomingState

_SINCE = date(2012, 1, 1)
_1819 = "1819/QĐ-TTg (26/10/2015)"
_30 = "30/2020/NĐ-CP"
UP, ACROSS = "trinh", "ngang"  # to the provincial committee or above; between agencies


def _delivery_line(row: Delivery) -> Line:
    document = row.outgoing.document
    return Line(
        document.code, document.subject, f"/lam-viec/van-ban/di/{row.outgoing_id}/", row.outgoing.agency.name, row.sent_at,
        row.agency_name,
    )  # fmt: skip


def _outgoing_line(row: Outgoing) -> Line:
    document = row.document
    return Line(document.code, document.subject, f"/lam-viec/van-ban/di/{row.pk}/", row.agency.name, row.issued_at)


def _incoming_line(row: Incoming) -> Line:
    document = row.document
    return Line(
        document.code, document.subject, f"/lam-viec/van-ban/den/{row.pk}/", row.agency.name, row.arrived_at,
        document.issuer_name,
    )  # fmt: skip


def _seen_deliveries(viewer: Seated) -> object:
    rows = Delivery.objects.select_related("outgoing__document", "outgoing__agency").defer("outgoing__document__body")
    return rows.filter(outgoing__in=queries.outgoing(viewer).values("pk"))


DELIVERIES = Source(
    code="documents.deliveries",
    label=N_("Lượt gửi văn bản"),
    rows=Delivery.objects.all,
    agency="outgoing__agency_id",
    at="sent_at",
    part=Case(When(agency__tier__lte=Tier.PROVINCE, then=Value(UP)), default=Value(ACROSS)),
    part_labels=lambda: {UP: N_("Trình UBND tỉnh và cấp trên"), ACROSS: N_("Giữa các cơ quan")},
    visible=_seen_deliveries,
    line=_delivery_line,
)
OUTGOING = Source(
    code="documents.outgoing",
    label=N_("Văn bản đi đã phát hành"),
    rows=lambda: Outgoing.objects.filter(issued_at__isnull=False),
    agency="agency_id",
    at="issued_at",
    visible=queries.outgoing,
    line=_outgoing_line,
)
INCOMING = Source(
    code="documents.incoming",
    label=N_("Văn bản đến"),
    rows=lambda: Incoming.objects.exclude(state=IncomingState.WITHDRAWN),
    agency="agency_id",
    at="arrived_at",
    visible=queries.incoming,
    line=_incoming_line,
)
FINISHED = Source(
    code="documents.finished",
    label=N_("Văn bản đến đã xử lý xong"),
    rows=lambda: Incoming.objects.filter(state=IncomingState.FINISHED, ended_at__isnull=False),
    agency="agency_id",
    at="ended_at",
    visible=queries.incoming,
    line=_incoming_line,
)

_ELECTRONIC = Q(channel__in=[Channel.HERE, Channel.AXIS])
SENT = Quantity("documents.sent", N_("Lượt gửi văn bản"), DELIVERIES)
ELECTRONIC = Quantity("documents.sent_electronic", N_("Lượt gửi qua hệ thống"), DELIVERIES, _ELECTRONIC)
WHOLLY = Quantity(
    "documents.sent_wholly", N_("Lượt gửi hoàn toàn điện tử"), DELIVERIES, _ELECTRONIC & Q(paper_too=False)
)
PARALLEL = Quantity(
    "documents.sent_parallel", N_("Lượt gửi điện tử kèm bản giấy"), DELIVERIES, _ELECTRONIC & Q(paper_too=True)
)


SENT_SIGNED = Quantity(
    "documents.sent_signed",
    N_("Lượt gửi qua hệ thống có chữ ký số"),
    DELIVERIES,
    _ELECTRONIC & Q(outgoing__signed=True),
)
ACKNOWLEDGED = Quantity(
    "documents.acknowledged", N_("Lượt gửi được nơi nhận vào sổ trong ngày"), DELIVERIES,
    _ELECTRONIC & Q(accepted_at__date=TruncDate("sent_at", tzinfo=VIETNAM)),
)  # fmt: skip
ISSUED = Quantity("documents.issued", N_("Văn bản đi đã phát hành"), OUTGOING)
ISSUED_SAME_DAY = Quantity(
    "documents.issued_same_day", N_("Văn bản đi phát hành trong ngày ký"), OUTGOING,
    Q(document__issued_on=TruncDate("issued_at", tzinfo=VIETNAM)),
)  # fmt: skip
ARRIVED = Quantity("documents.arrived", N_("Văn bản đến"), INCOMING)
REGISTERED_SAME_DAY = Quantity(
    "documents.registered_same_day", N_("Văn bản đến vào sổ trong ngày đến"), INCOMING,
    Q(registered_at__date=TruncDate("arrived_at", tzinfo=VIETNAM)),
)  # fmt: skip
HANDLED = Quantity("documents.handled", N_("Văn bản đến có hạn đã xử lý xong"), FINISHED, Q(due_at__isnull=False))
HANDLED_ON_TIME = Quantity(
    "documents.handled_on_time", N_("Văn bản đến xử lý xong trong hạn"), FINISHED, Q(due_at__isnull=False, ended_at__lte=F("due_at"))
)  # fmt: skip

QUANTITIES = (
    SENT, ELECTRONIC, SENT_SIGNED, WHOLLY, PARALLEL, ACKNOWLEDGED, ISSUED, ISSUED_SAME_DAY, ARRIVED, REGISTERED_SAME_DAY, HANDLED,
    HANDLED_ON_TIME,
)  # fmt: skip

_ALL_SENT = N_("mọi lượt gửi văn bản không mật trong kỳ, bằng bất cứ cách nào; mỗi nơi nhận một lượt")
_WHOLLY = N_("lượt gửi qua hệ thống hoặc trục liên thông, không kèm bản giấy")
_ELECTRONICALLY = N_("lượt gửi qua hệ thống hoặc trục liên thông, gồm cả lượt gửi kèm bản giấy")

MEASURES = (
    Measure(
        "documents.electronic", N_("Văn bản trao đổi dưới dạng điện tử"), Group.DOCUMENTS, Unit.PERCENT, _ELECTRONICALLY,
        _SINCE, ELECTRONIC, SENT, _ALL_SENT, basis=_1819,
    ),
    Measure(
        "documents.electronic_up", N_("Văn bản trình UBND tỉnh và cấp trên dưới dạng điện tử"), Group.DOCUMENTS,
        Unit.PERCENT, _ELECTRONICALLY, _SINCE, ELECTRONIC, SENT, _ALL_SENT, basis=_1819, parts=(UP,),
    ),
    Measure(
        "documents.electronic_across", N_("Văn bản trao đổi giữa các cơ quan dưới dạng điện tử"), Group.DOCUMENTS,
        Unit.PERCENT, _ELECTRONICALLY, _SINCE, ELECTRONIC, SENT, _ALL_SENT, basis=_1819, parts=(ACROSS,),
    ),
    Measure(
        "documents.wholly_electronic", N_("Văn bản trao đổi hoàn toàn dưới dạng điện tử"), Group.DOCUMENTS, Unit.PERCENT,
        _WHOLLY, _SINCE, WHOLLY, SENT, _ALL_SENT, basis=_1819,
    ),
    Measure(
        "documents.parallel", N_("Văn bản điện tử gửi kèm bản giấy"), Group.DOCUMENTS, Unit.PERCENT,
        N_("lượt gửi qua hệ thống có kèm bản giấy"), _SINCE, PARALLEL, ELECTRONIC, _ELECTRONICALLY, higher=False,
    ),
    Measure(
        "documents.sent", N_("Lượt gửi văn bản"), Group.DOCUMENTS, Unit.COUNT, _ALL_SENT, _SINCE, SENT,
    ),
    Measure(
        "documents.issued_same_day", N_("Văn bản đi phát hành trong ngày ký"), Group.DOCUMENTS, Unit.PERCENT,
        N_("văn bản đi phát hành đúng ngày ghi trên văn bản"), _SINCE, ISSUED_SAME_DAY, ISSUED,
        N_("văn bản đi phát hành trong kỳ"), basis=_30,
    ),
    Measure(
        "documents.acknowledged_same_day", N_("Văn bản được nơi nhận vào sổ trong ngày gửi"), Group.DOCUMENTS, Unit.PERCENT,
        N_("lượt gửi qua hệ thống mà nơi nhận báo đã tiếp nhận (mã 03) trong cùng ngày"), _SINCE, ACKNOWLEDGED, ELECTRONIC,
        N_("lượt gửi qua hệ thống hoặc trục liên thông trong kỳ"), basis=_30,
    ),
    Measure(
        "documents.registered_same_day", N_("Văn bản đến được vào sổ trong ngày đến"), Group.DOCUMENTS, Unit.PERCENT,
        N_("văn bản đến có số đến trong ngày đến"), _SINCE, REGISTERED_SAME_DAY, ARRIVED,
        N_("văn bản đến trong kỳ, trừ văn bản nơi gửi đã thu hồi"), basis=_30,
    ),
    Measure(
        "documents.handled_on_time", N_("Văn bản đến xử lý đúng hạn"), Group.DOCUMENTS, Unit.PERCENT,
        N_("văn bản đến có hạn, xử lý xong trong kỳ và trong hạn"), _SINCE, HANDLED_ON_TIME, HANDLED,
        N_("văn bản đến có hạn, xử lý xong trong kỳ"), basis=_30,
    ),
    Measure(
        "documents.signed", N_("Văn bản điện tử có chữ ký số"), Group.DOCUMENTS, Unit.PERCENT,
        N_("lượt gửi qua hệ thống của văn bản mà một tệp chính có chữ ký số, các chữ ký đều còn nguyên vẹn"), _SINCE, SENT_SIGNED, ELECTRONIC,
        N_("lượt gửi văn bản qua hệ thống trong kỳ"), version=2, basis=_30,
        note=N_("Xem chữ ký có đúng với nội dung tệp hay không; chưa xét chứng thư số do ai cấp và còn hiệu lực hay không."),
    ),
    Measure(
        "documents.agencies", N_("Cơ quan gửi văn bản điện tử"), Group.USE, Unit.PERCENT,
        N_("cơ quan có ít nhất một lượt gửi văn bản điện tử trong kỳ"), _SINCE, AgenciesWith(ELECTRONIC), Agencies(),
        N_("cơ quan của tỉnh có trong kỳ"),
    ),
)  # fmt: skip
