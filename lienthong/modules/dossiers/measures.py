"""What is counted of dossiers. One is counted once, at the agency that decides it (61/2018/NĐ-CP art. 4), also when it
passes several; those whose agency is not known yet are counted nowhere."""

from dataclasses import replace
from datetime import date

from django.db.models import Case, Exists, F, OuterRef, Q, Sum, Value, When
from django.db.models.functions import Now

from lienthong.foundation.access.terms import Seated
from lienthong.foundation.measures.terms import (
    Agencies,
    AgenciesWith,
    Component,
    Group,
    How,
    Index,
    IndexGroup,
    Line,
    Measure,
    Quantity,
    Source,
    Unit,
)
from lienthong.foundation.organizations.terms import Tier
from lienthong.kit.refusal import N_
from lienthong.modules.dossiers import queries
from lienthong.modules.dossiers.models import Dossier, DossierPaper, KeptResult, Payment, Rating
from lienthong.modules.dossiers.terms import DONE, DossierState, Grade, PaidBy, PaperForm, Punctuality, ResultWay
from lienthong.modules.procedures.queries import field_names
from lienthong.modules.procedures.terms import Channel

_SINCE = date(2012, 1, 1)
_766 = "766/QĐ-TTg (23/6/2022)"
_61 = "61/2018/NĐ-CP"


def _line(row: Dossier) -> Line:
    return Line(
        row.code or "", row.matter, f"/lam-viec/ho-so/{row.pk}/", row.decider.name if row.decider else "", row.received_at,
        row.applicant_name,
    )  # fmt: skip


def _rating_line(row: Rating) -> Line:
    dossier = row.dossier
    return Line(dossier.code or "", dossier.matter, f"/lam-viec/ho-so/{dossier.pk}/", row.agency.name, row.at)


def _seen(viewer: Seated) -> object:
    return queries.dossiers(viewer).select_related("decider")


def _seen_ratings(viewer: Seated) -> object:
    rows = Rating.objects.select_related("dossier", "agency")
    return rows.filter(dossier__in=queries.dossiers(viewer).values("pk"))


def _seen_payments(viewer: Seated) -> object:
    rows = Payment.objects.select_related("dossier__decider")
    return rows.filter(dossier__in=queries.dossiers(viewer).values("pk"))


def _payment_line(row: Payment) -> Line:
    return replace(_line(row.dossier), at=row.paid_at)


RECEIVED_AT = Source(
    code="dossiers.received",
    label=N_("Hồ sơ tiếp nhận"),
    rows=lambda: Dossier.objects.exclude(state=DossierState.NOT_RECEIVED),
    agency="decider_id",
    at="received_at",
    part=F("field__code"),
    part_labels=field_names,
    visible=_seen,
    line=_line,
)
DONE_AT = Source(
    code="dossiers.done",
    label=N_("Hồ sơ giải quyết xong"),
    rows=lambda: Dossier.objects.filter(state__in=sorted(DONE), housekeeping=False),
    agency="decider_id",
    at="ended_at",
    part=F("field__code"),
    part_labels=field_names,
    visible=_seen,
    line=_line,
)
RATED_AT = Source(
    code="dossiers.rated",
    label=N_("Lượt đánh giá mức độ hài lòng"),
    rows=Rating.objects.all,
    agency="agency_id",
    at="at",
    part=F("dossier__field__code"),
    part_labels=field_names,
    visible=_seen_ratings,
    line=_rating_line,
)
_PAID = Payment.objects.filter(voided_at__isnull=True)
_BEFORE = Q(paid_at__lt=OuterRef("paid_at")) | Q(paid_at=OuterRef("paid_at"), pk__lt=OuterRef("pk"))
PAID_AT = Source(
    code="dossiers.paid",
    label=N_("Hồ sơ đã nộp phí, lệ phí"),
    rows=lambda: _PAID.exclude(Exists(_PAID.filter(_BEFORE, dossier=OuterRef("dossier")))),  # the first of each dossier
    agency="dossier__decider_id",
    at="paid_at",
    part=F("dossier__field__code"),
    part_labels=field_names,
    visible=_seen_payments,
    line=_payment_line,
)
OPEN_NOW = Source(
    code="dossiers.open",
    label=N_("Hồ sơ đang giải quyết"),
    rows=lambda: Dossier.objects.filter(state__in=[DossierState.IN_PROGRESS, DossierState.ON_THE_WAY]),
    agency="decider_id",
    part=F("field__code"),
    part_labels=field_names,
    visible=_seen,
    line=_line,
)

_PAPERS = DossierPaper.objects.filter(dossier=OuterRef("pk"))
_ON_SCREEN = Q(stored__isnull=False) | Q(form__in=[PaperForm.REUSED, PaperForm.DATA])
RECEIVED = Quantity("dossiers.received", N_("Hồ sơ tiếp nhận"), RECEIVED_AT)
ONLINE = Quantity("dossiers.online", N_("Hồ sơ nộp trực tuyến"), RECEIVED_AT, Q(channel=Channel.ONLINE))
BY_POST = Quantity("dossiers.by_post", N_("Hồ sơ nộp qua bưu chính"), RECEIVED_AT, Q(channel=Channel.POST))
DIGITISED = Quantity(
    "dossiers.digitised", N_("Hồ sơ có mọi thành phần dạng điện tử"), RECEIVED_AT,
    Exists(_PAPERS) & ~Exists(_PAPERS.exclude(_ON_SCREEN)),
)  # fmt: skip
REUSED = Quantity(
    "dossiers.reused", N_("Hồ sơ dùng lại dữ liệu, kết quả đã có"), RECEIVED_AT,
    Q(Exists(_PAPERS.filter(form__in=[PaperForm.REUSED, PaperForm.DATA]))),
)  # fmt: skip
_ON_TIME = Q(punctuality__in=[Punctuality.EARLY, Punctuality.ON_TIME])
FINISHED = Quantity("dossiers.done", N_("Hồ sơ giải quyết xong"), DONE_AT)
WITH_TERM = Quantity("dossiers.with_term", N_("Hồ sơ có hạn đã giải quyết xong"), DONE_AT, ~Q(punctuality=""))
EARLY = Quantity("dossiers.early", N_("Hồ sơ xong trước hạn"), DONE_AT, Q(punctuality=Punctuality.EARLY))
ON_TIME = Quantity("dossiers.on_time", N_("Hồ sơ xong đúng và trước hạn"), DONE_AT, _ON_TIME)
LATE = Quantity("dossiers.late", N_("Hồ sơ xong trễ hạn"), DONE_AT, Q(punctuality=Punctuality.LATE))
ELECTRONIC_RESULT = Quantity(
    "dossiers.electronic_result", N_("Hồ sơ có kết quả điện tử trong kho"), DONE_AT,
    Q(Exists(KeptResult.objects.filter(dossier=OuterRef("pk"), stored__isnull=False))),
)  # fmt: skip
RETURNED_BY_POST = Quantity(
    "dossiers.returned_by_post", N_("Hồ sơ trả kết quả qua bưu chính"), DONE_AT, Q(result_way=ResultWay.POST)
)
RATED = Quantity("dossiers.rated", N_("Lượt đánh giá"), RATED_AT)
SATISFIED = Quantity(
    "dossiers.satisfied",
    N_("Lượt đánh giá hài lòng, rất hài lòng"),
    RATED_AT,
    Q(grade__in=[Grade.VERY_GOOD, Grade.GOOD]),
)
GRADES = Quantity(
    "dossiers.grades", N_("Tổng điểm đánh giá (0, 1, 2)"), RATED_AT,
    amount=Sum(Case(When(grade=Grade.VERY_GOOD, then=Value(2)), When(grade=Grade.GOOD, then=Value(1)), default=Value(0))),
)  # fmt: skip
PAID = Quantity("dossiers.paid", N_("Hồ sơ đã nộp phí, lệ phí"), PAID_AT)
PAID_ONLINE = Quantity(
    "dossiers.paid_online", N_("Hồ sơ thanh toán trực tuyến"), PAID_AT,
    Q(Exists(_PAID.filter(dossier=OuterRef("dossier"), way=PaidBy.ONLINE))),
)  # fmt: skip
OPEN = Quantity("dossiers.open", N_("Hồ sơ đang giải quyết"), OPEN_NOW, how=How.NOW)
OVERDUE = Quantity(
    "dossiers.overdue", N_("Hồ sơ đang giải quyết đã quá hạn"), OPEN_NOW, Q(due_at__lt=Now()), how=How.NOW
)

QUANTITIES = (
    RECEIVED, ONLINE, BY_POST, DIGITISED, REUSED, FINISHED, WITH_TERM, EARLY, ON_TIME, LATE, ELECTRONIC_RESULT, RETURNED_BY_POST,
    RATED, SATISFIED, GRADES, PAID, PAID_ONLINE, OPEN, OVERDUE,
)  # fmt: skip

_RECEIVED = N_("hồ sơ tiếp nhận trong kỳ, đếm một lần tại cơ quan giải quyết")
_DONE = N_("hồ sơ giải quyết xong trong kỳ, trừ hồ sơ đóng để dọn sổ")


def _share(
    code: str, label: str, numerator: str, over: Quantity, under: Quantity, denominator: str, **more: object
) -> Measure:
    group = Group.DOSSIERS
    return Measure(code, label, group, Unit.PERCENT, numerator, _SINCE, over, under, denominator, **more)  # type: ignore[arg-type]


_NO_FEEDBACK = N_("Hệ thống chưa nhận phản ánh, kiến nghị; nhập kèm nguồn cho đến khi có.")
MEASURES = (
    Measure("dossiers.received", N_("Hồ sơ tiếp nhận"), Group.DOSSIERS, Unit.COUNT, _RECEIVED, _SINCE, RECEIVED),
    _share("dossiers.online", N_("Hồ sơ nộp trực tuyến"), N_("hồ sơ nộp trực tuyến"), ONLINE, RECEIVED, _RECEIVED, basis=_766),
    _share("dossiers.by_post", N_("Hồ sơ nộp qua bưu chính"), N_("hồ sơ nộp qua bưu chính công ích"), BY_POST, RECEIVED, _RECEIVED),
    _share(
        "dossiers.digitised", N_("Hồ sơ được số hóa thành phần"),
        N_("hồ sơ mà mọi thành phần có bản điện tử, hoặc lấy từ kho, từ cơ sở dữ liệu"), DIGITISED, RECEIVED, _RECEIVED, basis=_766,
    ),
    _share(
        "dossiers.reused", N_("Hồ sơ khai thác lại dữ liệu, kết quả"),
        N_("hồ sơ có ít nhất một thành phần lấy từ kho kết quả hoặc cơ sở dữ liệu"), REUSED, RECEIVED, _RECEIVED, basis=_766,
    ),
    Measure("dossiers.done", N_("Hồ sơ giải quyết xong"), Group.DOSSIERS, Unit.COUNT, _DONE, _SINCE, FINISHED),
    _share(
        "dossiers.on_time", N_("Hồ sơ giải quyết đúng hạn"),
        N_("hồ sơ xong trước hoặc đúng hạn; hồ sơ phải bổ sung quá một lần tính là trễ"), ON_TIME, WITH_TERM,
        N_("hồ sơ có hạn giải quyết xong trong kỳ, trừ hồ sơ đóng để dọn sổ"), basis=_61,
    ),
    _share("dossiers.early", N_("Hồ sơ xong trước hạn"), N_("hồ sơ xong trước hạn"), EARLY, WITH_TERM, _DONE),
    _share("dossiers.late", N_("Hồ sơ xong trễ hạn"), N_("hồ sơ xong trễ hạn, kể cả bổ sung quá một lần"), LATE, WITH_TERM, _DONE, higher=False),
    _share(
        "dossiers.overdue", N_("Hồ sơ đang quá hạn"), N_("hồ sơ đang giải quyết mà hạn đã qua, tính tại lúc xem"), OVERDUE, OPEN,
        N_("hồ sơ đang giải quyết tại lúc xem"), higher=False,
    ),
    _share(
        "dossiers.electronic_result", N_("Kết quả điện tử"), N_("hồ sơ có tệp kết quả trong kho kết quả"), ELECTRONIC_RESULT, FINISHED,
        _DONE, basis=_766,
    ),
    _share(
        "dossiers.returned_by_post", N_("Kết quả trả qua bưu chính"), N_("hồ sơ trả kết quả qua bưu chính công ích"), RETURNED_BY_POST,
        FINISHED, _DONE,
    ),
    _share(
        "dossiers.satisfied", N_("Người dân, doanh nghiệp hài lòng"), N_("lượt đánh giá “hài lòng” và “rất hài lòng”"), SATISFIED, RATED,
        N_("mọi lượt đánh giá trong kỳ, tại quầy và bằng mã; mỗi hồ sơ một lượt"), basis=_766,
    ),
    Measure(
        "dossiers.grade", N_("Điểm hài lòng trung bình (0 đến 2)"), Group.DOSSIERS, Unit.POINTS,
        N_("tổng điểm: rất hài lòng 2, hài lòng 1, không hài lòng 0"), _SINCE, GRADES, RATED, N_("mọi lượt đánh giá trong kỳ"),
    ),
    _share(
        "dossiers.paid_online", N_("Hồ sơ thanh toán trực tuyến"), N_("hồ sơ có ít nhất một khoản nộp trực tuyến"), PAID_ONLINE, PAID,
        N_("hồ sơ đã nộp phí, lệ phí, tính vào ngày nộp khoản đầu tiên; khoản hủy ghi không tính"), version=2, basis=_766,
    ),
    Measure(
        "feedback.on_time", N_("Phản ánh, kiến nghị xử lý đúng hạn"), Group.DOSSIERS, Unit.PERCENT,
        N_("phản ánh, kiến nghị được xử lý đúng hạn, theo báo cáo của cơ quan"), _SINCE, typed=True, basis=_766, note=_NO_FEEDBACK,
    ),
    Measure(
        "feedback.satisfied", N_("Hài lòng trong xử lý phản ánh, kiến nghị"), Group.DOSSIERS, Unit.PERCENT,
        N_("người phản ánh, kiến nghị hài lòng với trả lời, theo báo cáo của cơ quan"), _SINCE, typed=True, basis=_766, note=_NO_FEEDBACK,
    ),
    Measure(
        "dossiers.agencies", N_("Cơ quan tiếp nhận hồ sơ trên hệ thống"), Group.USE, Unit.PERCENT,
        N_("sở, ban, ngành và xã, phường có ít nhất một hồ sơ trong kỳ"), _SINCE, AgenciesWith(RECEIVED),
        Agencies((Tier.DEPARTMENT, Tier.DISTRICT, Tier.COMMUNE)), N_("sở, ban, ngành và xã, phường có trong kỳ"),
    ),
)  # fmt: skip

INDEXES = (
    Index(
        "766", N_("Bộ chỉ số phục vụ người dân, doanh nghiệp"), _766, date(2022, 6, 23),
        (
            IndexGroup(N_("Công khai, minh bạch"), 18, (
                Component(N_("Thủ tục được công khai"), 18, "procedures.published"),
            )),
            IndexGroup(N_("Tiến độ giải quyết"), 20, (Component(N_("Hồ sơ giải quyết đúng hạn"), 20, "dossiers.on_time"),)),
            IndexGroup(N_("Dịch vụ công trực tuyến"), 12, (
                Component(N_("Thủ tục có dịch vụ trực tuyến"), 6, "procedures.online"),
                Component(N_("Hồ sơ nộp trực tuyến"), 6, "dossiers.online"),
            )),
            IndexGroup(N_("Số hóa hồ sơ"), 22, (
                Component(N_("Kết quả điện tử"), 8, "dossiers.electronic_result"),
                Component(N_("Hồ sơ được số hóa thành phần"), 8, "dossiers.digitised"),
                Component(N_("Khai thác lại dữ liệu, kết quả"), 6, "dossiers.reused"),
            )),
            IndexGroup(N_("Thanh toán trực tuyến"), 10, (
                Component(N_("Hồ sơ thanh toán trực tuyến"), 10, "dossiers.paid_online"),
            )),
            IndexGroup(N_("Mức độ hài lòng"), 18, (
                Component(N_("Người dân, doanh nghiệp hài lòng"), 6, "dossiers.satisfied"),
                Component(N_("Phản ánh, kiến nghị xử lý đúng hạn"), 6, "feedback.on_time"),
                Component(N_("Hài lòng trong xử lý phản ánh, kiến nghị"), 6, "feedback.satisfied"),
            )),
        ),
    ),
)  # fmt: skip
