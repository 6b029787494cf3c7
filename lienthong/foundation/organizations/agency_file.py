"""A CSV file of agencies: read, checked row by row, and put in order. Pure: knows no table.

Columns `ma_dinh_danh,ten,dia_ban,dia_chi,cap,ma_cap_tren`; `ma_cap_tren` is the identifier of the agency above.

A row with something wrong is one of three things:

- **kept**: the agency is clear, only a detail is not. Its identifier belongs to another agency already, or has neither
  of the official forms, or there is none; its tier is blank. The agency is loaded, without the detail, and named.
- **repeated**: the same agency a second time (same identifier, same name). Nothing is lost by leaving it out.
- **refused**: no agency can be made of it (no name, tier not understood, unknown or circular superior). Such a file is
  loaded only when told to go on without these rows.
"""

import csv
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TextIO

from lienthong.foundation.organizations import rules
from lienthong.foundation.organizations.terms import Tier
from lienthong.kit.refusal import N_, Refused
from lienthong.kit.text import vn_fold

CODE, NAME, PLACE, ADDRESS, TIER, PARENT = COLUMNS = ("ma_dinh_danh", "ten", "dia_ban", "dia_chi", "cap", "ma_cap_tren")
NAME_LENGTH = 300
MOST_ROWS = 100_000
MOST_LEVELS = 15
# Typed by machines: zero-width characters, and the Icelandic eth that looks like Đ.
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad")) | dict.fromkeys(range(32), " ")
_LOOKALIKE = str.maketrans("ÐðƉ", "ĐđĐ")
_LEVELS = {"1", "2", "3", "4", "5"}
_COMMITTEE = r"^(ubnd|uy ban nhan dan)( cap)? "
_DISTRICT = re.compile(_COMMITTEE + r"(huyen|thi xa|quan|thanh pho|tp) ")
_COMMUNE = re.compile(_COMMITTEE + r"(xa|phuong|thi tran|dac khu) ")
_PROVINCE = re.compile(_COMMITTEE + r"(tinh|thanh pho) ")


class Outcome(StrEnum):
    """What becomes of a row with a fault."""

    KEPT = "kept"
    REPEATED = "repeated"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Line:
    """One row as it stands in the file, cleaned of blanks; `number` is the file's line number, the header being 1."""

    number: int
    code: str
    name: str
    place: str
    address: str
    tier: str
    parent: str


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one row: where, which text, why (a sentence with its values), and what becomes of the row."""

    line: int
    column: str
    value: str
    why: Refused
    outcome: Outcome


@dataclass(slots=True)
class Entry:
    """An agency to be made. `parent_line` points into the file, `parent_id` at an agency that is there already."""

    line: Line
    tier: Tier
    code: str
    level: int = 1
    parent_line: int | None = None
    parent_id: int | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """An agency that is there already; `names` are all it ever had, folded; `level` counts from 1 at the root."""

    pk: int
    names: frozenset[str]
    tier: int
    parent_id: int | None
    level: int


@dataclass(slots=True)
class Plan:
    """What a file comes to: agencies to make, superiors first; how many are there already; what is wrong."""

    entries: list[Entry] = field(default_factory=list)
    unchanged: int = 0
    faults: list[Fault] = field(default_factory=list)

    @property
    def refused(self) -> list[Fault]:
        return [fault for fault in self.faults if fault.outcome == Outcome.REFUSED]


def read(file: TextIO) -> list[Line]:
    """The rows of the file. Refused as a whole: not UTF-8, a missing column, broken quoting, too many rows."""
    try:
        reader = csv.DictReader(file)
        missing = [name for name in COLUMNS if name not in [clean(one) for one in reader.fieldnames or []]]
        if missing:
            raise Refused(
                N_("Tệp thiếu cột: {columns}. Dòng đầu phải là: {all}."),
                columns=", ".join(missing),
                all=",".join(COLUMNS),
            )
        reader.fieldnames = [clean(one) for one in reader.fieldnames or []]
        lines = []
        for row in reader:
            values = {name: clean(row.get(name) or "") for name in COLUMNS}
            if any(values.values()):
                lines.append(_line(reader.line_num, values))
            if len(lines) > MOST_ROWS:
                raise Refused(N_("Tệp có hơn {most} dòng. Chia thành nhiều tệp."), most=MOST_ROWS)
    except UnicodeDecodeError:
        raise Refused(N_("Tệp không phải là văn bản UTF-8. Lưu lại dưới dạng CSV UTF-8 rồi nhập.")) from None
    except csv.Error as error:
        raise Refused(N_("Tệp CSV hỏng: {error}."), error=str(error)) from None
    return lines


def _line(number: int, values: Mapping[str, str]) -> Line:
    return Line(
        number, values[CODE].upper(), values[NAME], values[PLACE], values[ADDRESS], values[TIER], values[PARENT].upper()
    )


def clean(text: str) -> str:
    """NFC, without invisible characters and doubled blanks, with the Vietnamese Đ where a look-alike was typed."""
    text = unicodedata.normalize("NFC", text).translate(_INVISIBLE).translate(_LOOKALIKE)
    return " ".join(text.split())


class Check:
    """Goes through the rows once and makes the plan."""

    def __init__(
        self, lines: Iterable[Line], by_code: Mapping[str, Known], by_name: Mapping[tuple[str, int | None], int]
    ):
        self.lines = list(lines)
        self.by_code, self.by_name = by_code, by_name
        self.first: dict[str, Line] = {}  # code → the first line that has it
        self.faults: dict[int, list[Fault]] = {}
        self.resolved: dict[int, Entry | int | None] = {}  # line → to make, already there, or refused
        for line in self.lines:
            if line.code:
                self.first.setdefault(line.code, line)

    def plan(self) -> Plan:
        """Superiors before those below them, whatever their order in the file."""
        plan = Plan()
        order: list[Entry] = []
        for line in self.lines:
            self._resolve(line, order)
        plan.entries = order
        plan.unchanged = sum(1 for one in self.resolved.values() if isinstance(one, int))
        plan.faults = [fault for number in sorted(self.faults) for fault in self.faults[number]]
        return plan

    def _resolve(self, line: Line, order: list[Entry]) -> None:
        """Walk up to a superior that is settled, then settle the way down; no recursion, so a long chain cannot
        exhaust the stack."""
        way: list[Line] = []
        at: Line | None = line
        while at is not None and at.number not in self.resolved:
            if at in way:
                for one in way[way.index(at) :]:
                    self._refuse(one, PARENT, one.parent, N_("cấp trên vòng lại chính nó ({code})"), code=one.parent)
                break
            way.append(at)
            at = None if at.parent in self.by_code or not at.parent else self.first.get(at.parent)
        for one in reversed(way):
            if one.number not in self.resolved:
                self._settle(one, order)

    def _settle(self, line: Line, order: list[Entry]) -> None:
        if not line.name:
            return self._refuse(line, NAME, "", N_("thiếu tên cơ quan"))
        if len(line.name) > NAME_LENGTH:
            return self._refuse(
                line,
                NAME,
                line.name[:40] + "…",
                N_("tên dài {n} ký tự, nhiều nhất {most}"),
                n=len(line.name),
                most=NAME_LENGTH,
            )
        if line.tier and line.tier not in _LEVELS:
            return self._refuse(line, TIER, line.tier, N_("không có cấp “{tier}”, chỉ có 1 đến 5"), tier=line.tier)
        entry = Entry(line, Tier.OTHER, line.code)
        above: int | None = None
        if line.parent:
            if (known := self.by_code.get(line.parent)) is not None:
                entry.parent_id, above, entry.level = known.pk, known.tier, known.level + 1
            elif (higher := self.first.get(line.parent)) is None:
                return self._refuse(
                    line, PARENT, line.parent, N_("không có cơ quan cấp trên mang mã {code}"), code=line.parent
                )
            elif isinstance(made := self.resolved.get(higher.number), Entry):
                entry.parent_line, above, entry.level = higher.number, made.tier, made.level + 1
            else:
                return self._refuse(line, PARENT, line.parent, N_("cấp trên ở dòng {n} bị từ chối"), n=higher.number)
        if entry.level > MOST_LEVELS:
            return self._refuse(line, PARENT, line.parent, N_("quá {most} bậc cấp trên"), most=MOST_LEVELS)
        entry.tier = tier_for(line, above)
        self._identify(line, entry, order)
        return None

    def _identify(self, line: Line, entry: Entry, order: list[Entry]) -> None:
        """Whose code it is, and whether the agency is there already."""
        folded = vn_fold(line.name)
        reasons: list[tuple[str, str, Refused]] = []
        known, first = self.by_code.get(line.code), self.first.get(line.code)
        if first is not None and first is not line:
            if vn_fold(first.name) == folded:
                self._fault(line, CODE, line.code, Refused(N_("lặp lại dòng {n}"), n=first.number), Outcome.REPEATED)
                self.resolved[line.number] = None
                return
            reasons.append(
                (
                    CODE,
                    line.code,
                    Refused(
                        N_("mã đã có ở dòng {n} ({name}); nhập cơ quan này không kèm mã"),
                        n=first.number,
                        name=first.name,
                    ),
                )
            )
            entry.code = ""
        elif known is not None and folded not in known.names:
            reasons.append(
                (
                    CODE,
                    line.code,
                    Refused(N_("mã đã thuộc về một cơ quan khác trong danh bạ; nhập cơ quan này không kèm mã")),
                )
            )
            entry.code = ""
        elif known is not None:
            self.resolved[line.number] = known.pk
        if entry.code and not rules.is_allowed(entry.code):
            reasons.append(
                (
                    CODE,
                    line.code,
                    Refused(
                        N_("mã sai: chỉ gồm A-Z, chữ số, dấu chấm, tối đa 35 ký tự; nhập cơ quan này không kèm mã")
                    ),
                )
            )
            entry.code = ""
        elif entry.code and rules.scheme_of(entry.code) is None:
            reasons.append((CODE, line.code, self._odd(entry.code)))
        elif not line.code:
            reasons.append((CODE, "", Refused(N_("không có mã định danh"))))
        if not line.tier:
            reasons.append((TIER, "", Refused(N_("cấp để trống, xếp vào “Cơ quan, tổ chức khác”"))))
        for column, value, why in reasons:
            self._fault(line, column, value, why, Outcome.KEPT)
        if line.number in self.resolved:
            return
        there = None if entry.code or entry.parent_line else self.by_name.get((folded, entry.parent_id))
        self.resolved[line.number] = entry if there is None else there
        if there is None:
            order.append(entry)

    def _odd(self, code: str) -> Refused:
        likely = rules.likely_old(code)
        if likely and likely not in self.by_code and likely not in self.first:
            return Refused(N_("mã sai mẫu, có lẽ là {likely}; giữ nguyên văn làm bí danh"), likely=likely)
        return Refused(N_("mã sai mẫu, không phải dạng 000.00.00.X00 hay X00.00; giữ nguyên văn làm bí danh"))

    def _refuse(self, line: Line, column: str, value: str, msgid: str, **params: object) -> None:
        self._fault(line, column, value, Refused(msgid, **params), Outcome.REFUSED)
        self.resolved[line.number] = None

    def _fault(self, line: Line, column: str, value: str, why: Refused, outcome: Outcome) -> None:
        self.faults.setdefault(line.number, []).append(Fault(line.number, column, value, why, outcome))


def tier_for(line: Line, above: int | None) -> Tier:
    """The house's tier of a row: `cap` counts levels from 1, whoever stands at the root; the root and the name tell
    whether 2 is a department or a district, and 3 a commune or something subordinate."""
    name = vn_fold(line.name)
    if not line.tier:
        return Tier.OTHER
    if line.tier == "1":
        province = re.search(r"(^|\.)H[0-9]{2}$", line.code) or _PROVINCE.match(name)
        return Tier.PROVINCE if province else Tier.CENTRAL
    if _COMMUNE.match(name):
        return Tier.COMMUNE
    if line.tier == "2" and above in (Tier.PROVINCE, None):
        return Tier.DISTRICT if _DISTRICT.match(name) else Tier.DEPARTMENT
    return Tier.SUBORDINATE


def short_name_of(name: str) -> str:
    """What usually stands in the notations of the best-known kinds of agencies (UBND, SXD, BTP); else empty: an agency
    decides on its own abbreviation (30/2020/NĐ-CP annex I, II.3)."""
    folded = vn_fold(name)
    if re.match(_COMMITTEE, folded):
        return "UBND"
    if re.match(r"^(so|bo) ", folded) and " - " not in name and len(folded.split()) <= 12:
        return "".join(
            word[0] for word in re.split(r"[\s,]+", name) if word and vn_fold(word) not in {"va", ""}
        ).upper()
    return ""
