"""The printed forms of the one-stop as plain values for the page: 03/2025/TT-VPCP annex I (seven), 01/2018/TT-VPCP (six).

A slip is printed from the content it was made with, in the form of its day; nothing that has changed since alters it.
What stands on a form is official Vietnamese, whatever language the viewer's pages are in. A page is
`head` (who, number, day), `title`, `mark` (the address in the QR code), `blocks` and `signers`; a block is a list whose first
part says what it is: line, pair, list, text, to, rest.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from lienthong.foundation.codes import queries as codes
from lienthong.foundation.organizations.terms import Tier
from lienthong.kit.dates import VIETNAM, long_date
from lienthong.kit.refusal import N_, Refused, Said
from lienthong.modules.dossiers.models import Slip
from lienthong.modules.dossiers.terms import SLIP_LABELS, ResultWay, SlipKind
from lienthong.modules.procedures.terms import UNIT_LABELS, TermUnit

if TYPE_CHECKING:
    from lienthong.foundation.organizations.models import Agency

FORMS, AFTER_NUMBER = "dossier-form", "dossier-form-number"
BOOK = "book"
COUNTER = "Bộ phận Tiếp nhận và Trả kết quả"
CENTRE_SHORT, COUNTER_SHORT = "TTPVHCC", "BPTNTKQ"
OLD = "2018"  # the set whose words differ; every other is printed in those of 2025
NONE = "không có"
SIGN = "(Ký và ghi rõ họ tên)"

Block = list[Any]


@dataclass(frozen=True, slots=True)
class Form:
    """A form in force on a day: its set and number in it, its title, what follows the number of a slip."""

    set: str
    number: str
    title: str
    since: date
    until: date | None
    after_number: str = ""

    @property
    def label(self) -> str:
        """“Mẫu số 02”, as annex I heads it; "" for a paper that no circular has."""
        return f"Mẫu số {self.number}" if self.number else ""

    def holds(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day < self.until)


def form_on(kind: str, day: date) -> Form:
    """The form of a kind of slip (or of the book) on a day; refused where there was none, as the stop notice before 2025."""
    found = [entry for entry in codes.entries(FORMS, day) if entry.code == kind]
    if not found:
        label = SLIP_LABELS[SlipKind(kind)] if kind != BOOK else "Sổ theo dõi hồ sơ"
        raise Refused(N_("Ngày {day:%d/%m/%Y} chưa có mẫu “{form}”."), day=day, form=Said(label))
    entry = max(found, key=lambda one: one.valid_from)
    after = [one for one in codes.entries(AFTER_NUMBER, day) if one.code == kind]
    which, _, number = entry.short.partition("-")
    suffix = max(after, key=lambda one: one.valid_from).name if after else ""
    return Form(which, number.strip("-"), entry.name, entry.valid_from, entry.valid_to, suffix)


def heading_of(agency: "Agency") -> dict[str, Any]:
    """What stands above and beside the number of every form: the unit in charge, and the centre, or the counter of an
    agency that has none. A slip keeps the names of its day, so that a later change of name alters no paper."""
    centre = agency.tier == Tier.SUBORDINATE
    above = (agency.parent.name if agency.parent else "") if centre else agency.name
    return {
        "above": above, "office": agency.name if centre else COUNTER, "centre": centre, "place": agency.place,
        "phone": agency.phone,
    }  # fmt: skip


def numbered(slip: Slip) -> str:
    """The slip's number as printed, e.g. 07/PBS-TTPVHCC."""
    form = form_on(slip.kind, slip.at.astimezone(VIETNAM).date())
    return number_text(slip.number, form, _heading(slip.content))


def number_text(number: str, form: Form, heading: Mapping[str, Any]) -> str:
    """A number with what follows it: 07 → 07/TTPVHCC at a centre, 07/BPTNTKQ at the counter of another agency."""
    if not form.after_number:
        return number
    return number + form.after_number.format(office=CENTRE_SHORT if heading["centre"] else COUNTER_SHORT)


def slip_page(slip: Slip, lookup: str) -> dict[str, Any]:
    """A slip as it was made, in the form of its day. `lookup` is the public page of looking up a dossier, to which the code is
    added for the QR code. A receipt that another has replaced says so."""
    day = slip.at.astimezone(VIETNAM).date()
    form = form_on(slip.kind, day)
    content, heading = slip.content, _heading(slip.content)
    blocks, signers = _WORDS[SlipKind(slip.kind)](slip, form, heading)
    return {
        "head": head(heading, number_text(slip.number, form, heading), day),
        "form": form.label,
        "title": form.title.upper(),
        "code": content.get("code", ""),
        "mark": f"{lookup}{content['code']}" if content.get("code") else "",
        "replaced": _replaced(slip),
        "blocks": blocks,
        "signers": signers,
    }


def head(heading: Mapping[str, Any], number: str, day: date) -> dict[str, str]:
    """The upper part of every form."""
    place = f"{heading['place']}, " if heading["place"] else ""
    return {
        "above": heading["above"],
        "office": heading["office"],
        "number": number,
        "day": f"{place}{long_date(day)}",
    }


def at_length(text: str) -> str:
    """A kept moment (ISO) as the forms write it: 09 giờ 40 phút, ngày 20 tháng 11 năm 2026."""
    if not text:
        return ""
    at = datetime.fromisoformat(text).astimezone(VIETNAM)
    return f"{at:%H} giờ {at:%M} phút, {long_date(at.date())}"


def _heading(content: Mapping[str, Any]) -> dict[str, Any]:
    """Of a slip made before headings were kept, the receiving agency's name alone."""
    kept = content.get("heading")
    return kept or {
        "above": content.get("received_by", ""),
        "office": COUNTER,
        "centre": False,
        "place": "",
        "phone": "",
    }


def _replaced(slip: Slip) -> str:
    return f"ĐÃ ĐƯỢC THAY BẰNG GIẤY SỐ {numbered(slip.replaced_by)}" if slip.replaced_by else ""


def _line(label: str, value: str, strong: bool = False) -> Block:
    return ["line", label, value or NONE, strong]


def _reach(content: Mapping[str, Any]) -> Block:
    return ["pair", "Số điện thoại", content.get("phone") or NONE, "Email", content.get("email") or NONE]


def _office_line(content: Mapping[str, Any], heading: Mapping[str, Any]) -> Block:
    name = heading["office"] if heading["centre"] else f"{COUNTER}, {heading['above']}"
    return ["text", name, False]


def _signer(title: str, name: str, who: str, form: Form) -> dict[str, str]:
    digital = f"(Chữ ký số của {who} nếu là biểu mẫu điện tử)" if who and form.set != OLD else ""
    return {"title": title, "hint": SIGN, "digital": digital, "name": name}


def _receipt(slip: Slip, form: Form, heading: Mapping[str, Any]) -> tuple[list[Block], list[dict[str, str]]]:
    """Form 01."""
    content, old = slip.content, form.set == OLD
    former = Slip.objects.filter(replaced_by=slip).order_by("id").last()
    blocks = [
        ["text", f"Giấy này thay Giấy số {numbered(former)}. Lý do: {slip.reason}", True] if former else None,
        _office_line(content, heading),
        _line("Tiếp nhận hồ sơ của" if old else "Tiếp nhận hồ sơ của Ông (Bà)/Tổ chức", content["name"], True),
        None if old else _line("Số định danh cá nhân/tổ chức", content["identity"]),
        _line("Địa chỉ", content["address"]),
        _reach(content),
        *([] if old else _authorised(content)),
        _line("Nội dung yêu cầu giải quyết", content["matter"], True),
        ["list", "Thành phần hồ sơ nộp gồm:", [_paper(one) for one in content["papers"]]],
        _line("Số lượng hồ sơ", f"{content['copies']:02d} (bộ)"),
        _line("Thời gian giải quyết hồ sơ theo quy định là", _statutory(content)),
        _line("Thời gian nhận hồ sơ", at_length(content["received_at"])),
        _line("Thời gian trả kết quả giải quyết hồ sơ", at_length(content["due_at"]) or "theo thông báo của cơ quan", True),
        _line("Đăng ký nhận kết quả tại", _where(content, heading)),
        _line("Vào Sổ theo dõi hồ sơ, Quyển số", f"điện tử năm {slip.at.astimezone(VIETNAM).year}; Số thứ tự: theo mã hồ sơ"),
        ["rest", "Ghi chú:", _TWO_PARTS] if old else None,
    ]  # fmt: skip
    return [one for one in blocks if one], [
        _signer("NGƯỜI NỘP HỒ SƠ", content.get("agent_name") or content["name"], "", form),
        _signer("NGƯỜI TIẾP NHẬN HỒ SƠ", content.get("receiver") or slip.by_name, "người tiếp nhận hồ sơ", form),
    ]


_TWO_PARTS = [
    "Giấy tiếp nhận hồ sơ và hẹn trả kết quả được lập thành 2 liên; một liên giao cho người nộp hồ sơ; một liên lưu tại "
    "Bộ phận Tiếp nhận và Trả kết quả;",
    "Tổ chức, cá nhân có thể đăng ký nhận kết quả tại Bộ phận Tiếp nhận và Trả kết quả hoặc tại nhà (trụ sở tổ chức) qua "
    "dịch vụ bưu chính.",
]


def _authorised(content: Mapping[str, Any]) -> list[Block]:
    """Who authorised whom by which paper; only where somebody else brought the dossier."""
    if not content.get("agent_name"):
        return []
    return [
        _line("Người ủy quyền", f"{content['name']} (địa chỉ, số định danh, số điện thoại, email như trên)"),
        _line("Người được ủy quyền nộp hồ sơ", content["agent_name"], True),
        ["pair", "Số định danh cá nhân", content.get("agent_identity") or NONE, "Số điện thoại",
         content.get("agent_phone") or NONE],
        _line("Giấy tờ ủy quyền", content.get("agent_paper", "")),
    ]  # fmt: skip


def _paper(one: Mapping[str, Any]) -> str:
    """`Bản vẽ thiết kế: 01 bản chính, 02 bản sao chứng thực (ghi chú)`."""
    form = one["form"]
    copy = form.lower() if form.startswith("Bản") and form != "Bản chính" else "bản sao"
    counted = [f"{one['originals']:02d} bản chính"] if one["originals"] else []
    counted += [f"{one['copies']:02d} {copy}"] if one["copies"] else []
    how = ", ".join(counted) or form.lower()
    return f"{one['name']}: {how}" + (f" ({one['note']})" if one["note"] else "")


def _statutory(content: Mapping[str, Any]) -> str:
    """07 ngày làm việc; what is less than a whole one with a comma."""
    if not content["amount"] or content["unit"] == TermUnit.NONE:
        return UNIT_LABELS[TermUnit.NONE]
    amount = Decimal(content["amount"])
    if amount == 0:
        return "trong ngày"
    text = f"{int(amount):02d}" if amount == int(amount) else f"{amount.normalize():f}".replace(".", ",")
    return f"{text} {UNIT_LABELS[TermUnit(content['unit'])]}"


def _where(content: Mapping[str, Any], heading: Mapping[str, Any]) -> str:
    if content["result_way"] == ResultWay.POST:
        return f"{content['result_address']} (qua dịch vụ bưu chính công ích)"
    if content["result_way"] == ResultWay.ELECTRONIC:
        mail = f", gửi đến {content['email']}" if content.get("email") else ""
        return f"bản điện tử{mail}"
    return heading["office"] if heading["centre"] else f"{COUNTER}, {heading['above']}"


def _supplement(slip: Slip, form: Form, heading: Mapping[str, Any]) -> tuple[list[Block], list[dict[str, str]]]:
    """Form 02."""
    content = slip.content
    phone = content.get("contact_phone") or heading["phone"] or "...................."
    return [
        _line("Hồ sơ của", content["name"], True),
        _line("Nội dung yêu cầu giải quyết", content["matter"]),
        _line("Địa chỉ", content["address"]),
        _reach(content),
        ["list", "Yêu cầu hoàn thiện hồ sơ gồm những nội dung sau:", content["lines"]],
        _line("Lý do", content["reason"]),
        ["text", f"Trong quá trình hoàn thiện hồ sơ nếu có vướng mắc, Ông/Bà liên hệ với {content['contact']} số điện thoại "
         f"{phone} để được hướng dẫn./.", False],
    ], [_signer("NGƯỜI HƯỚNG DẪN", slip.by_name, "Người hướng dẫn", form)]  # fmt: skip


def _refusal(slip: Slip, form: Form, heading: Mapping[str, Any]) -> tuple[list[Block], list[dict[str, str]]]:
    """Form 03."""
    content, old = slip.content, form.set == OLD
    office = heading["office"] if heading["centre"] else COUNTER
    blocks = [
        _office_line(content, heading),
        _line("Tiếp nhận hồ sơ của", content["name"], True),
        None if old else _line("Số định danh cá nhân/tổ chức", content["identity"]),
        _line("Địa chỉ", content["address"]),
        _reach(content),
        None if old else _line("Mã hồ sơ (nếu có)", content["code"]),
        _line("Nội dung yêu cầu giải quyết", content["matter"]),
        [
            "text",
            f"Qua xem xét, {office} thông báo không tiếp nhận, giải quyết hồ sơ này với lý do cụ thể như sau:",
            False,
        ],
        ["text", content["reason"], False],
        ["list", "", content["lines"]] if content.get("lines") else None,
        ["text", "Xin thông báo cho Ông/Bà được biết và thực hiện./.", False],
    ]
    return [one for one in blocks if one], [
        _signer("NGƯỜI NỘP HỒ SƠ", content.get("agent_name") or content["name"], "", form),
        _signer("NGƯỜI TIẾP NHẬN HỒ SƠ", slip.by_name, "Người tiếp nhận hồ sơ", form),
    ]


def _apology(slip: Slip, form: Form, heading: Mapping[str, Any]) -> tuple[list[Block], list[dict[str, str]]]:
    """Form 04, signed by the head of the agency: who wrote it, where that was a person."""
    content, old = slip.content, form.set == OLD
    # The form of 2025 writes both ways: one in its word of regret, the other everywhere else.
    agency, regretted = content["decider"], "Ông (Bà)/Tổ chức"
    whom = regretted if old else "Ông/Bà/Tổ chức"
    received = datetime.fromisoformat(content["received_at"]).astimezone(VIETNAM).date()
    new_due = datetime.fromisoformat(content["new_due_at"]).astimezone(VIETNAM)
    identity = "" if old else f" số định danh: {content['identity'] or NONE};"
    sorry = "" if old else (
        f"{agency} xin trân trọng gửi lời xin lỗi đến {regretted} vì sự chậm trễ trong quá trình giải quyết hồ sơ có thể gây "
        f"phiền hà, tốn kém về chi phí, công sức của {regretted}."
    )  # fmt: skip
    texts = [
        f"{_capital(long_date(received))}, {agency} tiếp nhận giải quyết hồ sơ đề nghị giải quyết thủ tục hành chính "
        f"{content['procedure']} của {content['name']};{identity} mã số hồ sơ: {content['code']}.",
        f"Thời gian hẹn trả kết quả giải quyết hồ sơ: {at_length(content['due_at'])}.",
        f"Tuy nhiên đến nay, {agency} chưa trả kết quả giải quyết hồ sơ của {whom} đúng thời hạn quy định ghi trên Giấy tiếp "
        "nhận hồ sơ và hẹn trả kết quả.",
        f"Lý do: {_stopped(content['reason'])}",
        sorry,
        f"{agency} xin lỗi {whom} và sẽ trả kết quả giải quyết hồ sơ cho {whom} vào {new_due:%H} giờ {new_due:%M} phút, "
        f"{long_date(new_due.date())}.",
        f"Mong nhận được sự thông cảm của {whom} vì sự chậm trễ này./.",
    ]
    return [["to", content["name"]], *(["text", text, False] for text in texts if text)], [_leader(slip, form)]


def _stop(slip: Slip, form: Form, heading: Mapping[str, Any]) -> tuple[list[Block], list[dict[str, str]]]:
    """Form 05 of 2025. Its printed text was not published with the others: who, what, the decision, why, and what follows."""
    content = slip.content
    return [
        ["to", content["name"]],
        _line("Số định danh cá nhân/tổ chức", content["identity"]),
        _line("Địa chỉ", content["address"]),
        _reach(content),
        _line("Mã hồ sơ", content["code"]),
        _line("Nội dung yêu cầu giải quyết", content["matter"]),
        _line("Thời gian nhận hồ sơ", at_length(content.get("received_at", ""))),
        ["text", f"{content['decider'] or content['received_by']} thông báo dừng giải quyết hồ sơ nêu trên kể từ "
         f"{long_date(slip.at.astimezone(VIETNAM).date())} với lý do cụ thể như sau:", False],
        ["text", content["reason"], False],
        ["text", "Nghĩa vụ tài chính (nếu có) và việc trả lại giấy tờ đã nộp được thực hiện theo quy định của pháp luật.", False],
        ["text", "Xin thông báo cho Ông/Bà/Tổ chức được biết./.", False],
    ], [_leader(slip, form)]  # fmt: skip


def _return(slip: Slip, form: Form, heading: Mapping[str, Any]) -> tuple[list[Block], list[dict[str, str]]]:
    """The signature of receipt that the last column of the book asks for."""
    content = slip.content
    blocks = [
        _office_line(content, heading),
        _line("Trả kết quả giải quyết hồ sơ của", content["name"], True),
        _line("Nội dung yêu cầu giải quyết", content["matter"]),
        ["list", "Kết quả gồm:", content.get("results") or ["Văn bản từ chối giải quyết hồ sơ"]],
        _line("Người nhận kết quả", content["taken_by"], True),
        _line("Giấy tờ xuất trình", content["paper"]) if content.get("paper") else None,
        _line("Thời gian nhận kết quả", at_length(content["at"])),
    ]
    return [one for one in blocks if one], [
        _signer("NGƯỜI NHẬN KẾT QUẢ", content["taken_by"], "", form),
        _signer("NGƯỜI TRẢ KẾT QUẢ", slip.by_name, "", form),
    ]


def _leader(slip: Slip, form: Form) -> dict[str, str]:
    """The system writes apologies too; then the head of the agency signs with his own name."""
    return _signer("THỦ TRƯỞNG CƠ QUAN, ĐƠN VỊ", slip.by_name if slip.content.get("signed", True) else "",
                   "Thủ trưởng cơ quan, đơn vị", form)  # fmt: skip


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _stopped(text: str) -> str:
    return text if text.endswith((".", "…")) else f"{text}."


_WORDS = {
    SlipKind.RECEIPT: _receipt,
    SlipKind.SUPPLEMENT: _supplement,
    SlipKind.REFUSAL: _refusal,
    SlipKind.APOLOGY: _apology,
    SlipKind.STOP: _stop,
    SlipKind.RETURN: _return,
}
