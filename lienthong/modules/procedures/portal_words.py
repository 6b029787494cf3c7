"""What people write where the portal has figures and codes: times, sums of money, ways to file, days, yes and no.

Read only where one meaning is sure ("05 ngày làm việc", "50.000 đồng"); a range or several figures are left to the words.
"""

import re
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from lienthong.kit.dates import VIETNAM
from lienthong.kit.text import vn_fold
from lienthong.modules.procedures.terms import Channel, TermUnit

DAYS_OF_MONTH, DAYS_OF_WEEK = 30, 7
# Folded name of a unit → the unit of the calendar, and how many of it one is.
_UNITS: dict[str, tuple[TermUnit, Decimal]] = {
    **dict.fromkeys(
        ("ngay lam viec", "working day", "working days", "workingday", "workday"), (TermUnit.WORKING_DAYS, Decimal(1))
    ),
    **dict.fromkeys(("ngay", "day", "days", "ngay lich"), (TermUnit.CALENDAR_DAYS, Decimal(1))),
    **dict.fromkeys(
        ("gio", "gio lam viec", "h", "hour", "hours", "working hour", "working hours"),
        (TermUnit.WORKING_HOURS, Decimal(1)),
    ),
    **dict.fromkeys(("phut", "minute", "minutes"), (TermUnit.WORKING_HOURS, Decimal(1) / 60)),
    **dict.fromkeys(("tuan", "week", "weeks"), (TermUnit.CALENDAR_DAYS, Decimal(DAYS_OF_WEEK))),
    **dict.fromkeys(("thang", "month", "months"), (TermUnit.CALENDAR_DAYS, Decimal(DAYS_OF_MONTH))),
}
_TIME = re.compile(
    r"(?:(?:thời hạn|thời gian)(?: giải quyết)?\s*:?\s*)?(?:là\s+)?(?:(?:trong(?: thời hạn| vòng)?|không quá|tối đa|chậm nhất)\s*:?\s*)*"
    r"(?P<figure>\d+(?:[.,]\d+)?)\s*(?:\([^()\d]*\)\s*)?(?P<unit>ngày làm việc|ngày|giờ làm việc|giờ|h|phút|tuần|tháng)"
    r"(?:\s*,?\s*(?:kể từ|tính từ|từ khi|sau khi)[^\d]*)?[.;]?",
    re.IGNORECASE,
)
_SAME_DAY = re.compile(
    r"(?:giải quyết |trả kết quả |thực hiện )?(?:ngay )?trong ngày(?: làm việc)?(?: tiếp nhận(?: hồ sơ)?)?[.;]?",
    re.IGNORECASE,
)
_MONEY = re.compile(
    r"(?P<figure>\d{1,3}(?:[.,\s]\d{3})+|\d+)(?:[.,]0{1,2})?\s*(?:đồng|đ|vnđ|vnd|₫)?(?:\s*/[^\d]*)?[.;]?", re.IGNORECASE
)
_FREE = ("mien phi", "khong", "khong thu phi", "khong mat phi", "khong co", "mien", "mien le phi", "khong quy dinh")
_CHANNELS = (
    (Channel.POST, r"\b(?:buu chinh|buu dien|bcci|postal|post)\b"),
    (Channel.ONLINE, r"\b(?:truc tuyen|online|cong dich vu cong|qua mang|dien tu)\b"),
    (Channel.DIRECT, r"\b(?:truc tiep|direct|tai quay|tai bo phan|tai trung tam)\b"),
)
_NUMBERED = {"1": Channel.DIRECT, "2": Channel.ONLINE, "3": Channel.POST}  # KenhThucHien of the older interface
_DONG = ("", "vnd", "dong", "d", "viet nam dong", "dong viet nam", "vietnam dong")
_SECONDS_UNTIL = 10**11  # below: seconds since 1970, above: milliseconds


def unit_named(text: str) -> tuple[TermUnit, Decimal] | None:
    """The unit that a name means, Vietnamese or English, and how many of the unit of the calendar one of it is."""
    return _UNITS.get(vn_fold(text))


def time_in(text: str) -> tuple[Decimal, str] | None:
    """(figure, unit's name) where the whole text says one time: "Không quá 03 (ba) ngày làm việc kể từ ngày nhận đủ hồ sơ".
    "Trong ngày" is (0, working day). None where it says more or less than that."""
    said = " ".join(text.split())
    if _SAME_DAY.fullmatch(said):
        return Decimal(0), "ngày làm việc"
    found = _TIME.fullmatch(said)
    return (Decimal(found["figure"].replace(",", ".")), found["unit"]) if found else None


def says_no_time(text: str) -> bool:
    """Words that say that there is no time, which is an answer and nothing unread."""
    return vn_fold(text) in ("", "khong quy dinh", "khong co", "khong", "theo mo ta", "khong xac dinh")


def money_in(value: Any) -> int | None:
    """A sum in đồng: a number, or words in which dots and commas part thousands ("50.000 đồng", "8,000đ/bản"); free is 0;
    None where there is no single sum."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        try:
            exact = Decimal(str(value))
        except InvalidOperation:
            return None
        return int(exact) if exact.is_finite() and exact == exact.to_integral_value() else None
    said = " ".join(str(value).split())
    if vn_fold(said) in _FREE:
        return 0
    found = _MONEY.fullmatch(said)
    return int(re.sub(r"[^\d]", "", found["figure"])) if found else None


def is_dong(currency: Any) -> bool:
    """Whether a currency's name is that of đồng; nothing said is đồng."""
    return vn_fold(str(currency or "")) in _DONG


def channels_named(value: Any) -> list[Channel]:
    """The ways to file that a text or a list of texts names, each once."""
    found: list[Channel] = []
    for one in value if isinstance(value, list) else [value]:
        folded = vn_fold(str(one if one is not None else ""))
        if folded in _NUMBERED:
            named = [_NUMBERED[folded]]
        else:
            named = [channel for channel, words in _CHANNELS if re.search(words, folded)]
        found += [channel for channel in reversed(named) if channel not in found]
    return found


def is_yes(value: Any) -> bool:
    """True, also where somebody wrote it as 1 or as a text."""
    return value is True or (not isinstance(value, bool) and vn_fold(str(value)) in ("true", "1", "co", "x", "yes"))


def day_in(value: Any) -> date | None:
    """A day of Viet Nam from milliseconds or seconds since 1970, "2026-01-15", "2026-01-15T…" or "15/01/2026"."""
    said = str(value).strip()
    try:
        if re.fullmatch(r"-?\d+(?:\.0+)?", said):
            seconds = int(float(said))
            if abs(seconds) >= _SECONDS_UNTIL:
                seconds //= 1000
            found = datetime.fromtimestamp(seconds, VIETNAM).date()
        elif match := re.fullmatch(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?:\s.*)?", said):
            found = date(int(match[3]), int(match[2]), int(match[1]))
        else:
            read = datetime.fromisoformat(said)
            found = read.astimezone(VIETNAM).date() if read.tzinfo else read.date()
    except (TypeError, ValueError, OverflowError, OSError):
        return None
    return found if 1945 <= found.year <= 2200 else None
