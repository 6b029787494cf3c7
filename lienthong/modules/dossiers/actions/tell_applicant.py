"""Reaction: the applicant hears of reception, supplement, delay, result. May run twice."""

from datetime import datetime

from django.conf import settings

from lienthong.foundation.notify.actions.tell_outside import tell_outside
from lienthong.kit.dates import vn_datetime
from lienthong.modules.dossiers.facts import ApplicantToBeTold
from lienthong.modules.dossiers.models import Dossier, Slip
from lienthong.modules.dossiers.terms import Outcome, ResultWay, SlipKind


def of_dossier(fact: ApplicantToBeTold, *, now: datetime) -> None:
    """By e-mail and text message, where the dossier has an address or a number (61/2018/NĐ-CP art. 17, 19, 20). Letters name the
    dossier by its code; nothing personal beyond what the applicant gave stands in them."""
    dossier = Dossier.objects.select_related("version", "received_by", "decider").get(pk=fact.dossier_id)
    said = _words(dossier, fact.about)
    link = f"{settings.PUBLIC_ADDRESS}/tra-cuu-ho-so/?ma={dossier.code}"
    tell_outside(
        email=dossier.email, phone=dossier.phone, subject=f"Hồ sơ {dossier.code}: {said[0]}",
        text=f"Kính gửi ông, bà {dossier.applicant_name},\n\n{said[1]}\n\nThủ tục: {dossier.version.name}\nTra cứu: {link}\n\n"
        f"{dossier.received_by.name}",
        short=f"Ho so {dossier.code}: {said[2]}", once=f"dossiers.{fact.once}", now=now,
    )  # fmt: skip


def _words(dossier: Dossier, about: str) -> tuple[str, str, str]:
    """(what, the sentence, the short form without diacritics for text messages)."""
    due = vn_datetime(dossier.due_at) if dossier.due_at else ""
    if about == "received":
        when = f" Hẹn trả kết quả: {due}." if due else ""
        return (
            "đã tiếp nhận",
            f"Hồ sơ {dossier.code} đã được tiếp nhận.{when}",
            f"da tiep nhan. Hen tra {due}" if due else "da tiep nhan",
        )
    if about == "supplement":
        slip = Slip.objects.filter(dossier=dossier, kind=SlipKind.SUPPLEMENT).order_by("-id").first()
        lines = "\n".join(f"- {line}" for line in (slip.content.get("lines", []) if slip else []))
        return (
            "cần bổ sung",
            f"Hồ sơ cần bổ sung, thời gian giải quyết tạm dừng cho đến khi nhận đủ:\n{lines}",
            "can bo sung giay to, xem email hoac lien he noi nop",
        )
    if about == "delay":
        return (
            "xin lỗi, hẹn lại", f"Chúng tôi xin lỗi vì chưa trả kết quả đúng hẹn. Thời gian hẹn mới: {due}.",
            f"xin loi vi cham tra ket qua. Hen lai {due}",
        )  # fmt: skip
    if about == "stopped":
        return (
            "dừng giải quyết",
            f"Hồ sơ dừng giải quyết. Lý do: {dossier.end_reason}",
            "dung giai quyet, xem email hoac lien he noi nop",
        )
    where = {
        ResultWay.DESK: f"Mời ông, bà nhận kết quả tại {dossier.received_by.name}.",
        ResultWay.POST: "Kết quả sẽ được gửi qua bưu chính công ích.",
        ResultWay.ELECTRONIC: "Kết quả bản điện tử đã có.",
    }[ResultWay(dossier.result_way)]
    what = "từ chối giải quyết" if dossier.outcome == Outcome.REFUSED else "đã có kết quả"
    why = f" Lý do: {dossier.end_reason}" if dossier.outcome == Outcome.REFUSED else ""
    return what, f"Hồ sơ {dossier.code} {what}.{why} {where}", "da giai quyet xong, moi nhan ket qua"
