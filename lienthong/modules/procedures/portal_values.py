"""The small values of the portal's JSON: texts without markup, numbers, times; and the ledger of what was unreadable."""

import html
import json
import re
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from lienthong.kit.refusal import N_
from lienthong.modules.procedures.terms import TermUnit

MAX_NUMBER = 10**15
_MAX_TIME = Decimal(10_000)
_MAX_LIST = 5_000
_BREAK = re.compile(r"<\s*(?:br|/p|/div|/li|/tr|/h[1-6])\b[^<>]*>", re.IGNORECASE)
_TAG = re.compile(r"<\s*/?\s*[a-zA-Z][^<>]*>|<!--.*?-->", re.DOTALL)
_SPACES = re.compile(r"[^\S\n]+")
_UNITS = {
    "WORKING_DAY": TermUnit.WORKING_DAYS,
    "DAY": TermUnit.CALENDAR_DAYS,
    "HOUR": TermUnit.WORKING_HOURS,
    "MONTH": TermUnit.CALENDAR_DAYS,
}
_DAYS_OF_MONTH = 30


@dataclass(frozen=True, slots=True)
class Refusal:
    """What could not be read: the line of the file, the place within it ("" for the whole line), and why in Vietnamese
    (a sentence with its values still apart)."""

    line: int
    where: str
    msgid: str
    params: tuple[tuple[str, str], ...] = ()

    @property
    def why(self) -> str:
        return self.msgid.format(**dict(self.params))


@dataclass(frozen=True, slots=True)
class Term:
    """A length of time; `amount` None where words alone say it."""

    amount: Decimal | None
    unit: TermUnit
    note: str = ""


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper that a case asks for; `heading` is the group it was published under."""

    code: str
    name: str
    originals: int
    copies: int
    required: bool
    forms: tuple[str, ...] = ()
    heading: str = ""


@dataclass(frozen=True, slots=True)
class Situation:
    """A case with its papers; own time where the ways to file do not say it."""

    code: str
    name: str
    amount: Decimal | None
    unit: TermUnit
    note: str
    papers: tuple[Paper, ...] = ()


def clean(value: Any) -> str:
    """Text without HTML, without what a database cannot keep; line breaks stay."""
    if value is None or isinstance(value, dict | list | bool):
        return ""
    text = str(value).replace("\x00", "").replace("\r", "\n").encode("utf-8", "ignore").decode("utf-8")
    if "<" in text or "&" in text:
        text = html.unescape(_TAG.sub("", _BREAK.sub("\n", text))).replace("\x00", "")
    lines = (_SPACES.sub(" ", line).strip() for line in text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def clean_line(value: Any) -> str:
    """The same on one line."""
    return " ".join(clean(value).split())


@dataclass
class Ledger:
    """Reads values of one procedure by their logical names and writes down what it could not read."""

    line: int
    keys: dict[str, str]
    refusals: list[Refusal] = field(default_factory=list)

    def key(self, name: str) -> str:
        return self.keys.get(name, name)

    def refuse(self, where: str, msgid: str, **params: str) -> None:
        self.refusals.append(Refusal(self.line, where, msgid, tuple(params.items())))

    def items(self, data: dict[str, Any], name: str, inside: str = "") -> list[Any]:
        """A list that may be missing, or written as a JSON string."""
        where = ".".join(filter(None, (inside, self.key(name))))
        value = data.get(self.key(name))
        if isinstance(value, str):
            if not value.strip():
                return []
            try:
                value = json.loads(value)
            except (ValueError, RecursionError):
                self.refuse(where, N_("chuỗi không phải danh sách JSON"))
                return []
        if value is None:
            return []
        if not isinstance(value, list):
            self.refuse(where, N_("không phải danh sách"))
            return []
        if len(value) > _MAX_LIST:
            self.refuse(where, N_("danh sách dài hơn {most} mục; phần sau bị bỏ"), most=str(_MAX_LIST))
        return value[:_MAX_LIST]

    def names(self, data: dict[str, Any], name: str, most: int) -> tuple[str, ...]:
        """Names from a list of texts or of objects with a name, each once."""
        found: list[str] = []
        for one in self.items(data, name):
            text = clean_line(one.get("name") if isinstance(one, dict) else one)
            if text and text not in found:
                found.append(self.cut(text, most, self.key(name)))
        return tuple(found)

    def pairs(self, data: dict[str, Any], name: str, most: int) -> list[tuple[str, str]]:
        """(code, name) of a list of objects; a bare text is a name."""
        found: list[tuple[str, str]] = []
        for one in self.items(data, name):
            is_object = isinstance(one, dict)
            code = clean_line(one.get("code")) if is_object else ""
            text = clean_line(one.get("name") if is_object else one) or code
            if text and (code, text) not in found:
                found.append((code, self.cut(text, most, self.key(name))))
        return found

    def cut(self, text: str, most: int, where: str) -> str:
        if len(text) > most:
            self.refuse(where, N_("dài hơn {most} ký tự; phần sau bị cắt"), most=str(most))
        return text[:most]

    def number(self, value: Any) -> Decimal | None:
        """A number, also one written as text with a comma; None when it is none."""
        if isinstance(value, bool) or value is None:
            return None
        try:
            found = Decimal(str(value).strip().replace(",", "."))
        except InvalidOperation:
            return None
        return found if found.is_finite() else None

    def count(self, value: Any, where: str) -> int:
        """How many copies; what is missing is none."""
        if value is None or value == "":
            return 0
        number = self.number(value)
        if number is None or not 0 <= number <= 1000 or number != int(number):
            self.refuse(where, N_("số bản không đọc được: {value}"), value=str(value)[:40])
            return 0
        return int(number)

    def term(self, time: Any, unit: Any, where: str) -> Term:
        """A time with its unit. The portal writes OTHER where only words say it; a figure beside it means nothing
        sure, so none is taken. A month is 30 calendar days, which the note says."""
        named = clean_line(unit).upper()
        words = clean(time)
        number = self.number(time)
        known = _UNITS.get(named)
        if known is None:
            if named not in ("", "OTHER"):
                self.refuse(where, N_("đơn vị thời gian không rõ: {value}"), value=named[:40])
            said = words if number is None and words.lower() != "theo mô tả" else ""
            return Term(None, TermUnit.NONE, said)
        if number is None:
            if words:
                self.refuse(where, N_("thời hạn không đọc được: {value}"), value=words[:60])
            return Term(None, TermUnit.NONE, words)
        if number == 0:
            return Term(None, TermUnit.NONE)
        if not Decimal("0.01") <= number < (_MAX_TIME / _DAYS_OF_MONTH if named == "MONTH" else _MAX_TIME):
            self.refuse(where, N_("thời hạn không đọc được: {value}"), value=str(number)[:40])
            return Term(None, TermUnit.NONE)
        if named == "MONTH":
            note = f"{number.normalize():f} tháng, tính mỗi tháng {_DAYS_OF_MONTH} ngày."
            return Term((number * _DAYS_OF_MONTH).quantize(Decimal("0.01")), known, note)
        return Term(number.quantize(Decimal("0.01")), known)
