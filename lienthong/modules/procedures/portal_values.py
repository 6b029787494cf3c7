"""The small values of the portal's JSON: texts without markup, numbers, times; and the ledger of what was unreadable."""

import html
import json
import re
from dataclasses import dataclass, field
from decimal import ROUND_CEILING, Decimal, InvalidOperation
from typing import Any

from lienthong.kit.refusal import N_
from lienthong.modules.procedures import portal_words
from lienthong.modules.procedures.terms import TermUnit

MAX_NUMBER = 10**15
_MAX_TIME = Decimal(10_000)
_MAX_LIST = 5_000
_BARE_TIME = 20  # "05 ngày làm việc": the figure says all that the words do
_COPIES = re.compile(r"(\d{1,4})\s*(?:bản|bộ|tờ|cái)\b[^\d]*", re.IGNORECASE)
_BREAK = re.compile(r"<\s*(?:br|/p|/div|/li|/tr|/h[1-6])\b[^<>]*>", re.IGNORECASE)
_TAG = re.compile(r"<\s*/?\s*[a-zA-Z][^<>]*>|<!--.*?-->", re.DOTALL)
_SPACES = re.compile(r"[^\S\n]+")
# Tags that stay after the entities are read: markup that was escaped twice.
_TWICE = re.compile(
    r"</?(?:p|br|b|i|u|strong|em|span|div|ul|ol|li|table|tbody|thead|tr|td|th|h[1-6]|a|font|img|sup|sub)\b[^<>]*>",
    re.IGNORECASE,
)
_PROGRAM = re.compile(r"<(script|style)\b.*?(?:</\1\s*>|$)", re.IGNORECASE | re.DOTALL)


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
    """Text without HTML, without what a database cannot keep; line breaks stay. A list of texts is one text of as many lines."""
    if isinstance(value, list):
        return "\n".join(filter(None, (clean(one) for one in value if not isinstance(one, list))))
    if value is None or isinstance(value, dict | bool):
        return ""
    text = str(value).replace("\x00", "").replace("\r", "\n").encode("utf-8", "ignore").decode("utf-8")
    if "<" in text or "&" in text:
        text = html.unescape(_TAG.sub("", _BREAK.sub("\n", _PROGRAM.sub("", text)))).replace("\x00", "")
        if _TWICE.search(text):
            text = html.unescape(_TWICE.sub("", _BREAK.sub("\n", _PROGRAM.sub("", text)))).replace("\x00", "")
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
        """A list that may be missing, or written as a JSON string; one object or one plain text stands for a list of one, the
        lines of a text for as many."""
        where = ".".join(filter(None, (inside, self.key(name))))
        value = data.get(self.key(name))
        if isinstance(value, str):
            if not value.strip():
                return []
            if value.lstrip()[0] not in "[{":
                value = [line for line in clean(value).split("\n") if line]
            else:
                try:
                    value = json.loads(value)
                except (ValueError, RecursionError):
                    self.refuse(where, N_("chuỗi không phải danh sách JSON"))
                    return []
        if isinstance(value, dict):
            value = [value]
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
        """How many copies; what is missing is none. "01 bản chính" is one."""
        if value is None or value == "":
            return 0
        number = self.number(value)
        if number is None and isinstance(value, str) and (match := _COPIES.fullmatch(value.strip())):
            number = Decimal(match[1])
        if number is None or not 0 <= number <= 1000 or number != int(number):
            self.refuse(where, N_("số bản không đọc được: {value}"), value=str(value)[:40])
            return 0
        return int(number)

    def term(self, time: Any, unit: Any, where: str) -> Term:
        """A time with its unit. The portal writes OTHER where only words say it; a figure beside it means nothing
        sure, so none is taken. Elsewhere words that say one time and its unit are that time ("05 ngày làm việc", "trong
        ngày"); they stay as the note where they say more. A month is 30 calendar days, which the note says."""
        if isinstance(time, dict):
            time, unit = time.get("qty", time.get("value")), unit or time.get("type") or time.get("unit")
        named, words, number = clean_line(unit), clean(time), self.number(time)
        if named.upper() == "OTHER":
            return Term(None, TermUnit.NONE, words if number is None and words.lower() != "theo mô tả" else "")
        known = portal_words.unit_named(named)
        if number is None:
            return self._in_words(words, where)
        if known is None:
            said = f"{words} {named}".strip() if named else ""
            if named:
                self.refuse(where, N_("đơn vị thời gian không rõ: {value}"), value=named[:40])
            elif number:
                self.refuse(where, N_("thời hạn không có đơn vị: {value}"), value=words[:40])
            return Term(None, TermUnit.NONE, said or (words if number else ""))
        if number == 0:
            return Term(None, TermUnit.NONE)
        return self._checked(number, *known, named, where)

    def _in_words(self, words: str, where: str) -> Term:
        found = portal_words.time_in(words)
        if found is None:
            if not portal_words.says_no_time(words):
                self.refuse(where, N_("thời hạn không đọc được: {value}"), value=words[:60])
            return Term(None, TermUnit.NONE, "" if words.lower() == "theo mô tả" else words)
        figure, named = found
        known = portal_words.unit_named(named)
        assert known is not None
        if figure == 0:
            return Term(Decimal(0), known[0], words)
        term = self._checked(figure, *known, named, where)
        is_bare = len(words) <= _BARE_TIME
        return term if is_bare or term.amount is None else Term(term.amount, term.unit, term.note or words)

    def _checked(self, number: Decimal, unit: TermUnit, times: Decimal, named: str, where: str) -> Term:
        amount = (number * times).quantize(Decimal("0.01")) if abs(number) < _MAX_TIME else _MAX_TIME
        if not Decimal("0.01") <= amount < _MAX_TIME:
            self.refuse(where, N_("thời hạn không đọc được: {value}"), value=f"{number:f}"[:40])
            return Term(None, TermUnit.NONE)
        if unit == TermUnit.CALENDAR_DAYS and amount != amount.to_integral_value():
            if amount > 1:  # a month and a half is 45 days; half a day is no part of a date
                amount = amount.to_integral_value(ROUND_CEILING).quantize(Decimal("0.01"))
            else:
                return Term(amount, TermUnit.WORKING_DAYS, f"{number.normalize():f} {named.lower()}".replace(".", ","))
        if times == portal_words.DAYS_OF_MONTH:
            return Term(
                amount, unit, f"{number.normalize():f} tháng, tính mỗi tháng {portal_words.DAYS_OF_MONTH} ngày."
            )
        if times != 1:
            return Term(amount, unit, f"{number.normalize():f} {named.lower()}")
        return Term(amount, unit)
