"""Papers of dossiers as PDF: a scan that an applicant sends, and a result as an official document."""

from datetime import datetime
from random import Random

from lienthong.kit.dates import long_date
from lienthong.site.sample.letters import HERE, TEMPLATE
from lienthong.web.print import pdf

_DUTIES = (
    "Người được cấp có trách nhiệm thực hiện đúng nội dung hồ sơ đã được thẩm định.",
    "Nội dung thay đổi phải được cơ quan cấp chấp thuận trước khi thực hiện.",
)


def scan(now: datetime) -> bytes:
    """A declaration that an applicant filled in and sends by wire."""
    lines = (
        "Kính gửi: Cơ quan giải quyết thủ tục hành chính.",
        "Tôi đề nghị được giải quyết theo nội dung đã khai trong hồ sơ.",
        "Tôi cam đoan những nội dung khai trên đây là đúng sự thật và chịu trách nhiệm trước pháp luật.",
    )
    return pdf(
        HERE / "declaration.typ",
        {
            "title": "Tờ khai",
            "lines": lines,
            "day": f"Sơn Hải, {long_date(now.date())}",
            "signer": "(đã ký)",
            "who": "Người khai",
        },
        at=now,
    )


def simulated(now: datetime) -> bytes:
    """What opens for every paper of the year that was not written by itself."""
    lines = (
        "Trang này thay cho tệp của các văn bản, giấy tờ và kết quả được sinh ra cùng tỉnh mẫu để có số liệu cả năm.",
        "Cơ quan, con người và nội dung đều là hư cấu.",
    )
    return pdf(
        HERE / "declaration.typ",
        {"title": "Bản mô phỏng", "lines": lines, "day": f"Sơn Hải, {long_date(now.date())}", "signer": "", "who": ""},
        at=now,
    )


def decision(
    *, code: str, agency: str, above: str, place: str, subject: str, applicant: str, position: str, signer: str, now: datetime,
    random: Random,
) -> bytes:  # fmt: skip
    """The decision that grants what was asked for."""
    named = agency.startswith("Ủy ban nhân dân")
    return pdf(
        TEMPLATE,
        {
            "title": f"Quyết định {code}", "agency": agency, "above": above, "code": code, "place": place, "about": "",
            "heading": "Quyết định", "subject": f"Về việc {subject[0].lower()}{subject[1:]}", "day": long_date(now.date()),
            "to": "", "receivers": ["Như trên;", "Lưu: VT."], "position": position, "signer": signer,
            "authority": "TM. ỦY BAN NHÂN DÂN" if named else "",
            "paragraphs": [
                f"Căn cứ hồ sơ và kết quả thẩm định, {agency} quyết định chấp thuận đề nghị của {applicant}.",
                random.choice(_DUTIES),
                "Quyết định này có hiệu lực kể từ ngày ký./.",
            ],
        },
        at=now,
    )  # fmt: skip
