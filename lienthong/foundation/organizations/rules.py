"""Identifiers of agencies (which scheme a code follows, how the old form reads in the new one), dates, successions."""

import re
from collections.abc import Sequence
from datetime import date

from lienthong.foundation.organizations.terms import Scheme, SuccessionKind
from lienthong.kit.dates import vn_date
from lienthong.kit.refusal import N_, Refused

_OLD = re.compile(r"^[0-9A-Z]{3}\.[0-9A-Z]{2}\.[0-9A-Z]{2}\.[A-Z][0-9]{2}$")
_NEW = re.compile(r"^[A-Z][0-9]{2}(\.[0-9A-Z]+)*$")
_ALLOWED = re.compile(r"^[0-9A-Z.]{1,35}$")
MAX_LENGTH = 35


def scheme_of(code: str) -> Scheme | None:
    """OLD for `000.00.12.H53`, NEW for `H53.12`, None for what follows neither form (it may still be an alias)."""
    if _OLD.match(code):
        return Scheme.OLD
    if _NEW.match(code) and len(code) <= MAX_LENGTH:
        return Scheme.NEW
    return None


def is_allowed(code: str) -> bool:
    """Whether the text can be an identifier at all: 1-35 of 0-9, A-Z and dots (QĐ 20/2020/QĐ-TTg)."""
    return bool(_ALLOWED.match(code))


def as_new(code: str) -> str:
    """`000.00.15.H31` → `H31.15`: groups reversed, zero groups dropped. A guess only where an agency was renumbered."""
    groups = [group for group in reversed(code.split(".")) if group.strip("0")]
    return ".".join(groups)


def likely_old(code: str) -> str:
    """The old form that a code with lost or misplaced dots was probably meant to be, or "": `000.1137.H53` →
    `000.11.37.H53`. A hint for people; nothing is ever stored from it."""
    bare = code.replace(".", "")
    guess = f"{bare[:3]}.{bare[3:5]}.{bare[5:7]}.{bare[7:]}"
    return guess if _OLD.match(guess) else ""


def require_text(text: str, msgid: str, length: int = 300) -> str:
    """The text without surrounding blanks and no longer than a column; refused with `msgid` when there is none."""
    if not text.strip():
        raise Refused(msgid)
    return text.strip()[:length]


def require_begun(on: date, today: date) -> None:
    """What changes a row's present cannot lie ahead: rows hold what is true now."""
    if on > today:
        raise Refused(N_("Ngày hiệu lực {on} còn ở phía trước. Nhập thay đổi này từ ngày đó trở đi."), on=vn_date(on))


def require_after(on: date, since: date) -> None:
    """A period has at least one day."""
    if on <= since:
        raise Refused(N_("Ngày {on} phải sau ngày bắt đầu {since}."), on=vn_date(on), since=vn_date(since))


def require_alive(name: str, valid_to: date | None) -> None:
    """What has ended does not change any more."""
    if valid_to is not None:
        raise Refused(N_("{name} đã kết thúc ngày {on}, không thay đổi được nữa."), name=name, on=vn_date(valid_to))


def require_succession(
    kind: SuccessionKind, predecessors: Sequence[int], successors: Sequence[int], *, stays: bool
) -> None:
    """Merge: one or several into one. Split: one into several, or into one more when it goes on itself (`stays`).
    Dissolve: at most one takes over. Nobody follows oneself."""
    if set(predecessors) & set(successors):
        raise Refused(N_("Một cơ quan không thể vừa kết thúc vừa kế thừa chính mình."))
    if not predecessors:
        raise Refused(N_("Chọn ít nhất một cơ quan kết thúc."))
    if kind == SuccessionKind.MERGE and len(successors) != 1:
        raise Refused(N_("Sáp nhập, hợp nhất: chọn đúng một cơ quan kế thừa."))
    if kind == SuccessionKind.SPLIT and (len(predecessors) != 1 or len(successors) < (1 if stays else 2)):
        raise Refused(N_("Chia một cơ quan: chọn từ hai cơ quan kế thừa; tách mà cơ quan cũ vẫn hoạt động: từ một."))
    if kind == SuccessionKind.DISSOLVE and len(successors) > 1:
        raise Refused(N_("Giải thể: nhiều nhất một cơ quan tiếp nhận."))
    if stays and kind != SuccessionKind.SPLIT:
        raise Refused(N_("Chỉ khi tách thì cơ quan cũ mới tiếp tục hoạt động."))
