"""Dates and times as Vietnamese offices write them; the one time zone."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from lienthong.kit.refusal import N_

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
WEEKDAYS = (
    N_("Thứ Hai"), N_("Thứ Ba"), N_("Thứ Tư"), N_("Thứ Năm"), N_("Thứ Sáu"), N_("Thứ Bảy"), N_("Chủ nhật"),
)  # fmt: skip


def vn_date(day: date | None) -> str:
    """20/11/2026, or an empty string."""
    if day is None:
        return ""
    if isinstance(day, datetime):
        day = day.astimezone(VIETNAM).date()
    return day.strftime("%d/%m/%Y")


def vn_datetime(at: datetime | None) -> str:
    """20/11/2026 14:05, or an empty string."""
    return at.astimezone(VIETNAM).strftime("%d/%m/%Y %H:%M") if at else ""


def vn_short(at: datetime | None) -> str:
    """20/11 14:05: for lists in which the year is plain."""
    return at.astimezone(VIETNAM).strftime("%d/%m %H:%M") if at else ""


def long_date(day: date) -> str:
    """`ngày 05 tháng 01 năm 2026`: days below 10 and months 1 and 2 get a leading 0 (30/2020/NĐ-CP annex I, II.4)."""
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def weekday_name(day: date) -> str:
    """Thứ Hai … Chủ nhật."""
    return WEEKDAYS[day.weekday()]


def start_of_day(day: date) -> datetime:
    """Midnight of that day in Viet Nam."""
    return datetime(day.year, day.month, day.day, tzinfo=VIETNAM)
