"""The letters of the sample: read from letters.csv, put on paper as PDF, and the words that offices write about them."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from random import Random

from lienthong.kit.dates import long_date
from lienthong.web.print import pdf

HERE = Path(__file__).parent
TEMPLATE = HERE / "letter.typ"


@dataclass(frozen=True, slots=True)
class Step:
    """How far a letter has come at one office: with which division and which of its officials, and due in how many
    working days from today (negative: overdue)."""

    office: str
    stage: str
    division: str = ""
    official: int = 1
    due: int | None = None


@dataclass(frozen=True, slots=True)
class Letter:
    """One line of letters.csv. `day` counts working days back from today; `sender` is an office's key, or the code or
    name of somebody outside."""

    key: str
    day: int
    time: str
    sender: str
    type_code: str
    unit: str
    subject: str
    sign: int
    urgency: int
    pages: int
    to: tuple[str, ...]
    inform: tuple[str, ...]
    paper: tuple[str, ...]
    channel: str
    replies: str
    end: str
    steps: tuple[Step, ...]
    body: str


def letters(year: int) -> list[Letter]:
    """All letters, oldest first. They were written in 2026: the years in them move with `year`."""
    text = (HERE / "letters.csv").read_text(encoding="utf-8").replace("2027", str(year + 1)).replace("2026", str(year))
    return [_letter(row) for row in csv.DictReader(text.splitlines())]


def _letter(row: dict[str, str]) -> Letter:
    words = row["steps"].split()
    return Letter(
        row["key"], int(row["day"]), row["time"], row["from"], row["type"], row["unit"], row["subject"], int(row["sign"] or 1),
        int(row["urgency"]), int(row["pages"]), _keys(row["to"]), _keys(row["inform"]), _keys(row["paper"]), row["channel"],
        row["replies"], next((word for word in words if word in {"unissued", "void"}), ""),
        tuple(_step(word) for word in _steps(row["steps"])), row["body"],
    )  # fmt: skip


def _keys(text: str) -> tuple[str, ...]:
    return tuple(part for part in text.split(";") if part)


def _steps(text: str) -> list[str]:
    return [part for part in text.split() if ":" in part]


def _step(word: str) -> Step:
    """`SXD:QLXD>1:progress:-2`, or `SXD:registered`."""
    office, *rest = word.split(":")
    if len(rest) == 1:
        return Step(office, rest[0])
    division, official = rest[0].split(">")
    return Step(office, rest[1], division, int(official), int(rest[2]) if len(rest) > 2 else None)


_OPENINGS = (
    "Căn cứ chức năng, nhiệm vụ được giao và yêu cầu thực tế của công tác quản lý trên địa bàn tỉnh, {agency} {verb} về việc {subject}.",
    "Thực hiện chương trình công tác năm và ý kiến chỉ đạo của cấp có thẩm quyền, {agency} {verb} về việc {subject} như sau:",
    "Để bảo đảm thống nhất, kịp thời và đúng quy định của pháp luật, {agency} {verb} về việc {subject} với các nội dung sau:",
)
_MIDDLES = (
    "Các cơ quan, đơn vị phân công lãnh đạo trực tiếp phụ trách, xác định rõ người, rõ việc, rõ thời gian, rõ sản phẩm và chịu trách nhiệm về kết quả thực hiện.",
    "Số liệu báo cáo phải được trích xuất từ hồ sơ công việc, không lập báo cáo riêng ngoài hệ thống.",
    "Kinh phí thực hiện được bố trí trong dự toán ngân sách nhà nước đã giao và các nguồn hợp pháp khác theo quy định.",
    "Trong quá trình thực hiện, nếu có khó khăn, vướng mắc, các cơ quan, đơn vị, địa phương kịp thời phản ánh để được hướng dẫn, giải quyết.",
    "Văn bản, hồ sơ gửi dưới dạng điện tử có ký số; không gửi kèm bản giấy, trừ trường hợp pháp luật có quy định khác.",
    "Ủy ban nhân dân các xã, phường, đặc khu thông tin rộng rãi đến Nhân dân bằng các hình thức phù hợp với điều kiện của địa phương.",
)
_ENDINGS = {
    "CV": "{agency} đề nghị các cơ quan, đơn vị quan tâm phối hợp thực hiện./.",
    "TTR": "{agency} kính trình cấp có thẩm quyền xem xét, quyết định./.",
    "BC": "Trên đây là báo cáo của {agency}, kính gửi cấp có thẩm quyền xem xét./.",
    "QD": "Quyết định này có hiệu lực kể từ ngày ký. Thủ trưởng các cơ quan, đơn vị có liên quan chịu trách nhiệm thi hành./.",
    "GM": "Đề nghị đại biểu sắp xếp thời gian tham dự đầy đủ, đúng thành phần./.",
}
_VERBS = {
    "TTR": "kính trình",
    "BC": "báo cáo",
    "TB": "thông báo",
    "QD": "quyết định",
    "GM": "trân trọng kính mời dự họp",
}


def on_paper(
    letter: Letter, *, type_name: str, code: str, agency: str, above: str, place: str, receivers: Sequence[str], position: str,
    signer: str, at: datetime, random: Random,
) -> bytes:  # fmt: skip
    """The letter as a PDF/A in the layout of 30/2020/NĐ-CP annex I."""
    verb = _VERBS.get(letter.type_code, "đề nghị" if letter.type_code == "CV" else "ban hành văn bản")
    opening = random.choice(_OPENINGS).format(agency=agency, verb=verb, subject=letter.subject)
    middles = random.sample(_MIDDLES, k=min(4, 1 + letter.pages // 2))
    ending = _ENDINGS.get(letter.type_code, "{agency} yêu cầu các cơ quan, đơn vị nghiêm túc triển khai thực hiện./.")
    capital = letter.subject[0].upper() + letter.subject[1:]
    is_letter = letter.type_code == "CV"
    return pdf(
        TEMPLATE,
        {
            "title": f"{type_name} {code} {letter.subject}", "agency": agency, "above": above, "code": code, "place": place,
            "about": letter.subject if is_letter else "", "heading": "" if is_letter else type_name,
            "subject": capital if letter.type_code in {"KH", "HD", "BC"} else f"Về việc {letter.subject}",
            "day": long_date(at.date()), "to": f"Kính gửi: {'; '.join(receivers[:3])}." if is_letter and receivers else "",
            "paragraphs": [opening, *([letter.body] if letter.body else []), *middles, ending.format(agency=agency)],
            "receivers": [f"{one};" for one in (receivers[:6] or ["Như trên"])] + ["Lưu: VT."],
            "authority": "TM. ỦY BAN NHÂN DÂN" if agency.startswith("Ủy ban nhân dân") else "", "position": position,
            "signer": signer,
        },
        at=at,
    )  # fmt: skip


INSTRUCTIONS = (
    "Giao {division} chủ trì, nghiên cứu, tham mưu thực hiện, báo cáo lãnh đạo cơ quan trước hạn.",
    "{division} chủ trì tham mưu văn bản trả lời, trình ký trước ngày {due}.",
    "Chuyển {division} chủ trì, phối hợp các đơn vị liên quan triển khai thực hiện đúng nội dung, đúng thời hạn.",
    "{division} khẩn trương xử lý; vướng mắc báo cáo ngay.",
)
HAND_ON = (
    "Đồng chí chủ động nghiên cứu, dự thảo văn bản trình lãnh đạo phòng.",
    "Đồng chí thụ lý, báo cáo tiến độ hằng tuần.",
    "Giao đồng chí xử lý, lưu ý thời hạn.",
)
NOTES = (
    "Đã tổng hợp số liệu, đang lấy ý kiến các đơn vị liên quan.",
    "Đã dự thảo văn bản, trình lãnh đạo phòng xem xét.",
    "Đã liên hệ cơ quan gửi để làm rõ nội dung phụ lục.",
    "Đã kiểm tra hồ sơ, còn thiếu biểu mẫu kèm theo, đã đề nghị bổ sung.",
)
RESULTS = (
    "Đã có văn bản trả lời.",
    "Đã triển khai đến các phòng, ban; lưu hồ sơ.",
    "Đã tổng hợp, báo cáo theo yêu cầu.",
    "Đã thực hiện, kết thúc.",
)
OUTSIDE_NOTATIONS = {"G22": "VPCP-CN", "G17": "BXD-QLN", "G12": "BTC-ĐT", "G06": "BKHCN-CĐSQG", "G10": "BNNMT-ĐCKS"}
