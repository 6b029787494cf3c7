"""The public holidays of Viet Nam by law, as rules for single dates.

Bộ luật Lao động 2019, art. 112.1 (eleven days): Tết Dương lịch 1/1; Tết Âm lịch five days; Giỗ Tổ Hùng Vương 10/3
lunar; Ngày Chiến thắng 30/4; Quốc tế lao động 1/5; Quốc khánh 2/9 and one day before or after it (from 2021).
Art. 111.3: a holiday that falls on the weekly rest gives the next working day off. Art. 112.3: which five days of Tết
and which second day of Quốc khánh is decided each year; the decisions from 2015 to 2026 all follow the two patterns
written here, and years to come are seeded by them until the decision is entered in the calendar's table.

Working days swapped with a Saturday so that a holiday is longer are decided year by year: SWAPS holds the known ones.

24 November (Ngày Văn hóa Việt Nam) is a paid day off by policy (Nghị quyết 80-NQ/TW of 07/01/2026); that art. 112 was
changed is not established, so it is not among the holidays: CULTURE_DAY offers it to whoever enters it.

The lunar dates come from the package `holidays`, which keeps the Vietnamese calendar (UTC+7; the Chinese one
differs in 2007 and 2030).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from lienthong.foundation.calendar.terms import DayKind, Reason
from lienthong.foundation.calendar.working_time import FIRST_DAY, LAST_DAY, DayRule, OfficeHours, WorkingTime
from lienthong.kit.dates import vn_date
from lienthong.kit.refusal import N_, Refused

ORDINARY = OfficeHours()

NEW_YEAR = N_("Tết Dương lịch")
TET = N_("Tết Nguyên đán")
HUNG_KINGS = N_("Giỗ Tổ Hùng Vương")
VICTORY = N_("Ngày Chiến thắng 30/4")
LABOUR = N_("Ngày Quốc tế lao động 1/5")
NATIONAL = N_("Quốc khánh 2/9")
CULTURE_DAY = ((11, 24), N_("Ngày Văn hóa Việt Nam"), 2026)

# (holiday, its year, working day given off, Saturday worked for it, decision)
SWAPS = (
    (NEW_YEAR, 2015, date(2015, 1, 2), date(2014, 12, 27), "Thông báo hoán đổi ngày làm việc dịp Tết Dương lịch 2015"),
    (TET, 2015, date(2015, 2, 16), date(2015, 2, 14), "Thông báo hoán đổi ngày làm việc dịp Tết Ất Mùi 2015"),
    (VICTORY, 2015, date(2015, 4, 29), date(2015, 4, 25), "Thông báo hoán đổi ngày làm việc dịp 30/4 năm 2015"),
    (NEW_YEAR, 2019, date(2018, 12, 31), date(2019, 1, 5), "Công văn 6519/VPCP-KGVX năm 2018"),
    (VICTORY, 2019, date(2019, 4, 29), date(2019, 5, 4), "Công văn 6519/VPCP-KGVX năm 2018"),
    (VICTORY, 2024, date(2024, 4, 29), date(2024, 5, 4), "Công văn 2450/VPCP-KGVX năm 2024"),
    (VICTORY, 2025, date(2025, 5, 2), date(2025, 4, 26), "Thông báo 6150/TB-BLĐTBXH năm 2024"),
    (NEW_YEAR, 2026, date(2026, 1, 2), date(2026, 1, 10), "Văn bản 12729/VPCP-KGVX năm 2025"),
    (NATIONAL, 2026, date(2026, 8, 31), date(2026, 8, 22), "Thông báo lịch nghỉ Quốc khánh năm 2026"),
)


class Holiday(NamedTuple):
    """One holiday of one year: the dates it surely falls on, and all its rules (second days, compensation, swaps)."""

    name: str
    core: frozenset[date]
    rules: tuple[DayRule, ...]


def holidays_of(year: int) -> list[DayRule]:
    """Every date of that calendar year that differs by law or by a known swap, in order. Years 2000-2099.

    A holiday on a Saturday or Sunday is listed too, for the reason it gives; its compensation is a rule of its own.
    """
    if not FIRST_DAY.year <= year <= LAST_DAY.year:
        raise Refused(
            N_("Năm {nam} nằm ngoài lịch ngày nghỉ lễ ({tu}–{den})"), nam=year, tu=FIRST_DAY.year, den=LAST_DAY.year
        )
    # A swap for New Year may lie in the year before it.
    nearby = [y for y in (year, year + 1) if y <= LAST_DAY.year]
    rules = {rule.date: rule for y in nearby for holiday in holidays_by_name(y) for rule in holiday.rules}
    return [rules[day] for day in sorted(rules) if day.year == year]


@lru_cache(maxsize=256)
def holidays_by_name(year: int) -> tuple[Holiday, ...]:
    """The holidays of a year, each with all its rules."""
    new_year, victory, labour = date(year, 1, 1), date(year, 4, 30), date(year, 5, 1)
    tet, hung_kings = _lunar(year)
    days: dict[date, str] = {new_year: NEW_YEAR, victory: VICTORY, labour: LABOUR}
    days |= dict.fromkeys(_tet_days(tet, year), TET) | dict.fromkeys(_national_days(year), NATIONAL)
    if hung_kings and hung_kings not in days:
        days[hung_kings] = HUNG_KINGS
    given: dict[str, list[DayRule]] = {}
    for day in sorted(days):
        given.setdefault(days[day], []).append(DayRule(day, DayKind.OFF, _reason(day, days[day], tet)))
    taken = set(days)
    for day in sorted(days):  # art. 111.3, in the order of the holidays so that two compensations do not share a day
        if day.weekday() >= 5:
            instead = _next_workday(day, taken)
            taken.add(instead)
            given[days[day]].append(
                DayRule(instead, DayKind.OFF, Reason(COMPENSATION, name=days[day], day=vn_date(day)))
            )
    for name, of_year, off, work, decision in SWAPS:
        if of_year == year:
            given[name] += [
                DayRule(off, DayKind.OFF, Reason(SWAPPED, name=name, day=vn_date(work), decision=decision)),
                DayRule(work, DayKind.WORK, Reason(MADE_UP[work.weekday()], day=vn_date(off))),
            ]
    core = {
        NEW_YEAR: {new_year},
        TET: {tet + timedelta(days=offset) for offset in (-1, 0, 1, 2)},
        HUNG_KINGS: {hung_kings} if hung_kings else set(),
        VICTORY: {victory},
        LABOUR: {labour},
        NATIONAL: {date(year, 9, 2)},
    }
    return tuple(Holiday(name, frozenset(core[name]), tuple(rules)) for name, rules in given.items())


def legal_days(
    years: Iterable[int] = range(FIRST_DAY.year, LAST_DAY.year + 1), known: Iterable[DayRule] = ()
) -> list[DayRule]:
    """The law's days of those years, then `known` over them: a calendar of somebody's own on the law's ground.

    Each date of `known` holds over the law's. Moreover a holiday on whose own dates `known` has a day off is taken
    wholly from `known` (its second days, compensation and swaps too): whoever lists a holiday lists it as decided.
    """
    known = list(known)
    off = {rule.date for rule in known if rule.kind == DayKind.OFF}
    rules = [
        rule for year in years for holiday in holidays_by_name(year) if not holiday.core & off for rule in holiday.rules
    ]
    return rules + known


@lru_cache(maxsize=32)
def legal_working_time(hours: OfficeHours = ORDINARY, known: tuple[DayRule, ...] = ()) -> WorkingTime:
    """Office hours on the law's calendar, with `known` over it as in `legal_days`."""
    return WorkingTime(hours, tuple(legal_days(known=known)))


def _tet_days(tet: date, year: int) -> list[date]:
    """One day of the old year and four of the new, or two and three where that saves a weekend (five from 2013)."""
    before = 1 if (tet - timedelta(days=1)).weekday() in (6, 0) else 2
    count = 5 if year >= 2013 else 4
    return [tet + timedelta(days=offset) for offset in range(-before, count - before)]


def _national_days(year: int) -> list[date]:
    """2/9 and, from 2021, the neighbour nearer a weekend: 1/9, or 3/9 when 2/9 is a Sunday, Monday or Thursday."""
    day = date(year, 9, 2)
    if year < 2021:
        return [day]
    return sorted([day, day + timedelta(days=1 if day.weekday() in (6, 0, 3) else -1)])


COMPENSATION = N_("nghỉ bù {name} (ngày {day} trùng ngày nghỉ hằng tuần)")
SWAPPED = N_("nghỉ hoán đổi dịp {name}, làm bù ngày {day} ({decision})")
MADE_UP = {5: N_("làm bù thứ Bảy cho ngày {day}"), 6: N_("làm bù Chủ nhật cho ngày {day}")}


def _next_workday(day: date, taken: set[date]) -> date:
    while day in taken or day.weekday() >= 5:
        day += timedelta(days=1)
    return day


def _reason(day: date, name: str, tet: date) -> str:
    if name != TET:
        return Reason(name)
    number = (day - tet).days + 1
    if number < 1:
        return Reason(N_("Tết Nguyên đán (giao thừa)") if number == 0 else N_("Tết Nguyên đán (giáp Tết)"))
    return Reason(N_("Tết Nguyên đán (mùng {number})"), number=str(number))


def _lunar(year: int) -> tuple[date, date | None]:
    """Mùng 1 Tết and Giỗ Tổ (10/3 lunar; a day off since 2007) of a year."""
    tets, kings = _lunar_dates()
    return tets[year], kings.get(year)


@lru_cache(maxsize=1)
def _lunar_dates() -> tuple[dict[int, date], dict[int, date]]:
    # Imported here because a process that reads its days from the database never needs it.
    import holidays

    years = range(FIRST_DAY.year, LAST_DAY.year + 1)
    found = holidays.country_holidays("VN", years=years, observed=False, language="en_US")
    tets = {day.year: day for day in found.get_named("Lunar New Year", lookup="exact")}
    kings = {day.year: day for day in found.get_named("Hung Kings' Commemoration Day", lookup="exact")}
    return tets, kings
