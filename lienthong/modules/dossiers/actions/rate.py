"""What the applicant says on return (32/2017/TT-BTTTT; 01/2018/TT-VPCP art. 13)."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from lienthong.foundation.access.rules import require
from lienthong.foundation.access.terms import Seated
from lienthong.kit.refusal import N_, Refused
from lienthong.modules.dossiers import queries
from lienthong.modules.dossiers.actions.count import count
from lienthong.modules.dossiers.models import Dossier, Rating
from lienthong.modules.dossiers.terms import DONE, DossierState, Grade

CRITERIA = (
    N_("Thời gian giải quyết"),
    N_("Thành phần hồ sơ, thủ tục"),
    N_("Thái độ phục vụ"),
    N_("Hướng dẫn, giải thích"),
    N_("Nơi tiếp nhận, trả kết quả"),
)


@transaction.atomic
def rate_at_desk(
    *, dossier_id: int, grade: Grade, criteria: Sequence[int], comment: str, actor: Seated, now: datetime
) -> Rating:
    """One tap on the screen at the counter."""
    require(actor, "dossiers.return", agency_id=actor.agency_id)
    dossier = queries.locked_dossier(actor, "dossiers.return", dossier_id)
    return _rate(dossier, grade, criteria, comment, "desk", now)


@transaction.atomic
def rate_by_code(*, code: str, grade: Grade, criteria: Sequence[int], comment: str, now: datetime) -> Rating:
    """By the code on the paper, without signing in; once per dossier, only after handling has ended."""
    dossier = (
        Dossier.objects.select_for_update(of=("self",)).select_related("version").filter(code=code.strip()).first()
    )
    if dossier is None:
        raise Refused(N_("Không có hồ sơ mang mã này."))
    return _rate(dossier, grade, criteria, comment, "code", now)


def _rate(dossier: Dossier, grade: Grade, criteria: Sequence[int], comment: str, way: str, now: datetime) -> Rating:
    if dossier.state not in {*DONE, DossierState.STOPPED}:
        raise Refused(N_("Chỉ đánh giá sau khi hồ sơ đã giải quyết xong."))
    if Rating.objects.filter(dossier=dossier).exists():
        raise Refused(N_("Hồ sơ này đã được đánh giá. Xin cảm ơn."))
    if criteria and (len(criteria) != len(CRITERIA) or any(mark not in (0, 1, 2) for mark in criteria)):
        raise Refused(
            N_("Đã chấm tiêu chí nào thì chấm đủ {count} tiêu chí, mỗi tiêu chí một mức; hoặc bỏ qua phần này."),
            count=len(CRITERIA),
        )
    if len(comment) > 2000:
        raise Refused(N_("Góp ý dài quá 2000 ký tự."))
    rating = Rating.objects.create(
        dossier=dossier, grade=grade, criteria=list(criteria), comment=comment.strip(), way=way,
        agency_id=dossier.decider_id or dossier.received_by_id, officer_id=dossier.receiver_id, at=now,
    )  # fmt: skip
    count(dossier, ("rated", f"rated_{grade}"), now, dossier.receiver_id)
    return rating
