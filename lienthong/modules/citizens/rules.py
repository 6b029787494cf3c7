"""Pure decisions about applicants: reading the text of an identity card's code, checking numbers, masking."""

import re
from dataclasses import dataclass
from datetime import date

from lienthong.kit.refusal import N_, Refused
from lienthong.modules.citizens.terms import IdentityScheme, Kind, Sex

_PERSONAL = re.compile(r"^\d{12}$")
_OLD = re.compile(r"^\d{9}$")
_BUSINESS = re.compile(r"^\d{10}(-\d{3})?$|^\d{12,13}$|^[0-9]{2}[A-Z][0-9]{7}$")
_PHONE = re.compile(r"^\+?\d{8,14}$")
_PASSPORT = re.compile(r"^[A-Z0-9]{6,12}$")
NAME_LENGTH = 300


@dataclass(frozen=True, slots=True)
class Details:
    """What is known of an applicant; `number` with its scheme, both empty for one without any (a newborn)."""

    name: str
    kind: Kind = Kind.PERSON
    scheme: IdentityScheme = IdentityScheme.PERSONAL
    number: str = ""
    old_number: str = ""
    born_on: date | None = None
    sex: Sex = Sex.UNKNOWN
    address: str = ""
    phone: str = ""
    email: str = ""


def read_card(text: str) -> Details:
    """The text of the code on a chip identity card: number|old number|name|ddmmyyyy|sex|address|ddmmyyyy of issue.

    The old number and the address may be empty. Refuses what is not such a text, naming what is wrong.
    """
    parts = [part.strip() for part in text.strip().split("|")]
    if len(parts) < 6:
        raise Refused(N_("Mã QR này không phải của thẻ căn cước: thiếu mục."))
    number, old, name, born, sex, address = parts[:6]
    if not _PERSONAL.match(number):
        raise Refused(N_("Số định danh trong mã QR phải có 12 chữ số."))
    if old and not _OLD.match(old):
        old = ""  # some cards carry other things here; the card's own number is what counts
    if not name:
        raise Refused(N_("Mã QR không có họ tên."))
    return Details(
        name=name, number=number, old_number=old, born_on=_day(born), address=address,
        sex={"nam": Sex.MALE, "nữ": Sex.FEMALE}.get(sex.lower(), Sex.UNKNOWN),
    )  # fmt: skip


def _day(text: str) -> date | None:
    if not re.fullmatch(r"\d{8}", text):
        raise Refused(N_("Ngày sinh trong mã QR “{text}” không đọc được."), text=text[:20])
    try:
        return date(int(text[4:]), int(text[2:4]), int(text[:2]))
    except ValueError:
        raise Refused(N_("Ngày sinh trong mã QR “{text}” không có thật."), text=text) from None


def clean_number(scheme: IdentityScheme, number: str) -> str:
    """The number without blanks and dots, in capitals; refused when it cannot be one of its kind."""
    clean = re.sub(r"[\s.]", "", number).upper()
    if not clean:
        return ""
    wrong = {
        IdentityScheme.PERSONAL: (_PERSONAL, N_("Số định danh cá nhân phải có 12 chữ số.")),
        IdentityScheme.OLD_ID: (_OLD, N_("Số chứng minh nhân dân phải có 9 chữ số.")),
        IdentityScheme.BUSINESS: (_BUSINESS, N_("Mã số doanh nghiệp, hộ kinh doanh không đúng dạng.")),
        IdentityScheme.PASSPORT: (_PASSPORT, N_("Số hộ chiếu chỉ gồm 6 đến 12 chữ cái, chữ số.")),
    }.get(scheme)
    if wrong and not wrong[0].match(clean):
        raise Refused(wrong[1])
    if len(clean) > 40:
        raise Refused(N_("Số giấy tờ dài quá 40 ký tự."))
    return clean


def clean_phone(phone: str) -> str:
    """Digits, with + in front where given; refused when it cannot be a telephone number."""
    clean = re.sub(r"[\s.()-]", "", phone)
    if clean and not _PHONE.match(clean):
        raise Refused(N_("Số điện thoại “{phone}” không đúng: chỉ gồm 8 đến 14 chữ số."), phone=phone[:30])
    return clean


def require_details(details: Details, today: date) -> None:
    """Refuse an applicant without a name, with a name that is too long, or born in the future."""
    if not details.name.strip():
        raise Refused(N_("Cần ghi họ tên hoặc tên tổ chức."))
    if len(details.name) > NAME_LENGTH:
        raise Refused(N_("Tên dài quá {most} ký tự."), most=NAME_LENGTH)
    if details.born_on is not None and details.born_on > today:
        raise Refused(N_("Ngày sinh ở tương lai."))


def masked(number: str) -> str:
    """091•••••0347: enough to recognise, not enough to use."""
    return number[:3] + "•" * (len(number) - 7) + number[-4:] if len(number) > 8 else number
