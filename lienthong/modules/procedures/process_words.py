"""What the words of a process table mean: working hours, kinds of step, who does it. Guesses are guesses: the editor shows
them and a person puts them right."""

import re
from decimal import Decimal
from itertools import pairwise

from lienthong.foundation.access.terms import Duty
from lienthong.kit.text import clip, vn_fold
from lienthong.modules.procedures.terms import STEP_LABELS, StepKind

HOURS_OF_DAY = Decimal(8)
_MOST = Decimal(10_000)
_UNTIMED = ("khong tinh thoi gian", "khong quy dinh", "khong tinh", "gio hanh chinh", "trong gio hanh chinh")
_WITHIN_THE_DAY = ("trong ngay", "ngay trong ngay", "trong ngay lam viec", "trong buoi lam viec")
_HALF = re.compile(r"(?<!\d)½|\bnửa(?=\s+(?:ngày|giờ|buổi))|\bmột nửa\b", re.IGNORECASE)
_AMOUNT = re.compile(
    r"(?P<whole>\d+(?:[.,]\d+)?)(?:\s*/\s*(?P<under>\d+))?\s*"
    r"(?P<unit>ngày(?:\s+làm\s+việc)?|giờ(?:\s+làm\s+việc)?|phút|buổi|tuần|tháng|h\b)",
    re.IGNORECASE,
)
_THE_SAME = {"/", "=", "hay", "tương đương", "tức", "tức là", "bằng", "-"}
_BARE = re.compile(r"^\d+(?:[.,]\d+)?$")
_UNITS = {
    "ngay": HOURS_OF_DAY,
    "gio": Decimal(1),
    "h": Decimal(1),
    "phut": Decimal(1) / 60,
    "buoi": Decimal(4),
    "tuan": HOURS_OF_DAY * 5,
}
_KINDS: tuple[tuple[StepKind, str], ...] = (
    (StepKind.ASSIGN, r"^(?:nhan ho so .{0,40})?(?:phan cong|giao viec|chuyen ho so cho)|\bphan cong (?:xu ly|giai quyet|cong chuc|chuyen vien|thu ly)"),
    (StepKind.DECIDE, r"\b(?:ky duyet|phe duyet|ky phe duyet|ky ban hanh|ban hanh quyet dinh)\b|^(?:lanh dao .{0,40})?(?:ky|quyet dinh)\b(?! ket)"),
    (StepKind.RELEASE, r"^(?:van thu .{0,40})?(?:vao so|dong dau|lay so|phat hanh|ban hanh)\b"),
    (StepKind.OPINION, r"\b(?:lay|xin) y kien\b"),
    (StepKind.INSPECT, r"\b(?:thuc dia|kiem tra thuc te|xac minh thuc te|khao sat|do dac|kiem tra tai cho)\b"),
    (StepKind.FINANCE, r"\b(?:nghia vu tai chinh|phieu chuyen thong tin|co quan thue)\b"),
    (StepKind.COUNCIL, r"^hoi dong\b|\bhop hoi dong\b|\bhoi dong tham dinh\b"),
    (StepKind.ARCHIVE, r"^(?:luu ho so|luu tru)"),
)  # fmt: skip
_RETURN = re.compile(r"^(?:.{0,60}\b)?(?:tra ket qua|den nhan ket qua|tra giay to|tra ho so)\b")
_RECEIVE = re.compile(r"\b(?:tiep nhan|nop ho so|nhan ho so)\b")
_DESK = re.compile(
    r"\b(?:bo phan tiep nhan|bo phan tra ket qua|mot cua|ttpvhcc|pvhcc|tthcc|trung tam hcc|tiep nhan va tra ket qua|"
    r"bpmc|tn va tkq|tn tkq|tnhs|bptn|trung tam phuc vu hanh chinh cong)\b"
)
_DUTIES: tuple[tuple[Duty, str], ...] = (
    (Duty.CLERK, r"\bvan thu\b"),
    (Duty.UNIT_HEAD, r"\b(?:lanh dao (?:cac )?(?:phong|van phong|trung tam|don vi|chi nhanh|bo phan)|truong phong|pho truong phong|chanh van phong|ld phong|ld don vi)\b"),
    (Duty.OFFICIAL, r"^(?:cong chuc|chuyen vien|vien chuc|can bo)\b"),
    (Duty.LEADER, r"\b(?:lanh dao|chu tich|giam doc|hieu truong|nguoi dung dau|ld so|ld ubnd|ld uy ban|ct ubnd)\b|^(?:uy ban nhan dan|ubnd|so [a-z]+)\b"),
)  # fmt: skip
_ACTOR = re.compile(
    r"^(?:bo phan|cong chuc|chuyen vien|vien chuc|can bo|van thu|lanh dao|truong phong|pho|giam doc|chu tich|"
    r"nguoi dung dau|so|cac so|phong|trung tam|ttpvhcc|ubnd|uy ban|co quan|ban|chi cuc|hoi dong|van phong|hieu truong)\b"
)
_VERB = re.compile(
    r"^(?:kiem tra|phan cong|tham dinh|tham tra|phe duyet|duyet|vao so|tra ket qua|thong bao|tiep nhan|xem xet|ky|"
    r"lay so|trinh|du thao|hoan thien|quyet dinh|to chuc|xu ly|thu ly|luu|cap nhat|lap|chuyen|xac nhan|so hoa|nhan|"
    r"giai quyet|phat hanh|lay y kien|ra soat|tong hop|cong nhan|ban hanh)\b"
)


def hours(text: str, bare: Decimal | None = None) -> tuple[Decimal | None, bool]:
    """(working hours, understood). "0,25 ngày làm việc" is 2 (8 hours a day), "30 phút" a half, "1 ngày 4 giờ" 12;
    "Không tính thời gian" is None and understood. `bare` is what one means where no unit stands, None: not understood."""
    said = " ".join(text.split())
    folded = vn_fold(said)
    if not folded or folded.startswith(_UNTIMED):
        return None, True
    if folded in _WITHIN_THE_DAY:
        return _checked(HOURS_OF_DAY)  # at most
    said = re.sub(r"\([^()]*\)", " ", said).strip() or said
    said = re.sub(r"(\d)\s*½", r"\1,5", said)
    said = _HALF.sub("0,5", said)
    if _BARE.match(said):
        return (None, False) if bare is None else _checked(_number(said) * bare)
    found = list(_AMOUNT.finditer(said))
    if not found or any(re.search(r"[-–]|đến|hoặc", said[a.end() : b.start()]) for a, b in pairwise(found)):
        return None, False
    if re.search(r"\d\s*[-–]\s*\d", said):
        return None, False
    parts: list[Decimal] = []
    for one in found:
        unit = _UNITS.get(vn_fold(one["unit"]).split()[0])
        if unit is None or (one["under"] and int(one["under"]) == 0):
            return None, False
        parts.append(_number(one["whole"]) / (Decimal(one["under"]) if one["under"] else 1) * unit)
    between = {said[a.end() : b.start()].strip().lower() for a, b in pairwise(found)}
    if between <= {"", "và", "+", ","}:
        return _checked(sum(parts, start=Decimal(0)))
    if between <= _THE_SAME and len(set(parts)) == 1:
        return _checked(parts[0])  # "1 ngày/8 giờ": the same time twice
    return None, False


def _number(text: str) -> Decimal:
    return Decimal(text.replace(",", "."))


def _checked(total: Decimal) -> tuple[Decimal | None, bool]:
    if not 0 <= total < _MOST:
        return None, False
    return total.quantize(Decimal("0.01")), True


def kind(work: str, performer: str, *, first: bool, last: bool) -> StepKind:
    """The kind of a step by its words and place. The first one receives, whatever it says."""
    if first:
        return StepKind.RECEIVE
    folded, who = vn_fold(work), vn_fold(performer)
    if _RETURN.search(folded[:160]) and (last or _DESK.search(who)):
        return StepKind.RETURN
    if last and re.search(r"\b(?:tra ket qua|nhan ket qua)\b", folded):
        return StepKind.RETURN
    if _DESK.search(who) and _RECEIVE.search(folded[:160]):
        return StepKind.RECEIVE
    head = folded[:140]
    for found, words in _KINDS:
        match = re.search(words, head)
        if match is None:
            continue
        if found == StepKind.OPINION and "het thoi han" in head[: match.start()]:
            continue
        if found == StepKind.DECIDE and duty(performer, StepKind.HANDLE) in (Duty.UNIT_HEAD, Duty.OFFICIAL, Duty.CLERK):
            continue  # whoever prepares for signature does not sign
        return found
    return StepKind.HANDLE


def duty(performer: str, of_kind: StepKind) -> Duty:
    """The duty of whoever does it, by the decision's own wording; an official when nothing is said."""
    folded = vn_fold(performer)
    if of_kind in (StepKind.RECEIVE, StepKind.RETURN) or _DESK.match(folded):
        return Duty.DESK if _DESK.search(folded) or of_kind == StepKind.RECEIVE or not folded else _other(folded)
    return _other(folded)


def _other(folded: str) -> Duty:
    for found, words in _DUTIES:
        if re.search(words, folded[:120]):
            return found
    return Duty.OFFICIAL


def swapped(work: str, performer: str) -> bool:
    """Whether the two columns stand the wrong way round: somebody where the work should be, a deed where somebody should."""
    first, second = vn_fold(work), vn_fold(performer)
    return bool(_ACTOR.match(first) and _VERB.match(second) and not _ACTOR.match(second))


def name_of(work: str) -> str:
    """A short name from a long description: its first clause."""
    text = " ".join(work.split()).lstrip("-+*• ")
    text = re.sub(r"^\d+[.)]\s*", "", text)
    clause = re.split(r"[;:]|\. |\n", text, maxsplit=1)[0].strip()
    return clip(clause if len(clause) >= 6 else text, 150).rstrip(".,;: ")


def kind_named(text: str) -> StepKind | None:
    """The kind that a word of the column "Loại" names: its label or its code."""
    folded = vn_fold(text)
    for found, label in STEP_LABELS.items():
        if folded and folded in (vn_fold(label), found.value):
            return found
    return None
