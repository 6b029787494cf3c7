"""The national portal's procedures, as its interface answers or flattened, read into one tree. No database, no framework.

One JSON object a line (JSONL), or one JSON list, or one object over several lines. Each object says by its keys in which
of the two forms it is written. What cannot be read becomes a `Refusal` that names the line and the place; the rest of the
procedure stays usable. Only where code or name are missing is nothing left to use.

Groups of papers that one applicant brings together ("giấy tờ phải nộp", "phải xuất trình") become headings within one
case; groups that are alternatives ("đối với công trình theo tuyến") become cases of their own. Published notes among the
papers ("lưu ý") are not papers: they become the case's note.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from lienthong.kit.refusal import N_
from lienthong.kit.text import vn_fold
from lienthong.modules.procedures import portal_cases
from lienthong.modules.procedures.portal_values import MAX_NUMBER, Ledger, Refusal, Situation, clean, clean_line
from lienthong.modules.procedures.portal_words import channels_named, day_in, is_dong, is_yes, money_in, time_in
from lienthong.modules.procedures.terms import Channel, ServiceLevel, TermUnit, Tier

__all__ = ["Basis", "Charge", "Entry", "Gain", "Paragraph", "Refusal", "Way", "read"]

_TIERS = {"bo": Tier.MINISTRY, "tinh": Tier.PROVINCE, "xa": Tier.COMMUNE, "khac": Tier.OTHER}
_TIER_FLAGS = {
    "isMinistry": Tier.MINISTRY,
    "isProvince": Tier.PROVINCE,
    "isWard": Tier.COMMUNE,
    "isOtherAgency": Tier.OTHER,
}
_FEES = {"FEE": N_("Phí"), "SERVICE_FEE": N_("Lệ phí"), "PRICE_LEVEL": N_("Mức giá")}
_UNSAID = frozenset({"receiving_place", "keywords", "decided_on", "published_on", "authorized"})  # when flattened
_RAW_MARKS = ("executionMethods", "executionCases", "executionSteps", "categoriesDetails", "isWard")
_NO_JSON = N_("dòng không phải JSON")
_OPENINGS = ("[", "{", "[{")
_ENVELOPES = ("data", "items", "content", "result", "results")
# Logical name → (key as the portal answers, key when flattened).
_KEYS = {
    "steps": ("executionSteps", "steps"),
    "methods": ("executionMethods", "methods"),
    "channel": ("submissionMethod", "channel"),
    "time": ("processingTime", "time"),
    "unit": ("processingTimeUnit", "unit"),
    "way_note": ("description", "note"),
    "fee": ("value", "amount"),
    "fee_note": ("description", "note"),
    "currency": ("currencyName", "currency"),
    "groups": ("executionCases", "cases"),
    "papers": ("profileComponents", "components"),
    "originals": ("originalQty", "original"),
    "copies": ("copyQty", "copy"),
    "forms": ("attachments", "forms"),
    "sub_cases": ("cases", "processing_cases"),
    "sub_time": ("processingDay", "processing"),
    "bases": ("legalBasisesDetails", "legal_bases"),
    "gains": ("resultsDetails", "results"),
    "fields": ("categoriesDetails", "fields"),
    "subjects": ("subjectTypesDetails", "subjects"),
    "executing": ("departmentsExecuting", "executing_agencies"),
    "authority": ("departmentsAuthority", "authority"),
    "authorized": ("departmentsAuthorized", "authorized"),
    "coordinating": ("departmentsCoordinating", "coordinating"),
    "conditions": ("requirementsAndConditions", "conditions"),
    "decision_no": ("decisionNo", "decision_no"),
    "issuer": ("departmentPromulgateName", "promulgator"),
    "whole": ("isFullProcess", "full_online"),
    "anywhere": ("isNonTerritorial", "non_territorial"),
}


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of how it is done."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Charge:
    """A fee in đồng; None where the note says it."""

    name: str
    amount: int | None
    note: str


@dataclass(frozen=True, slots=True)
class Way:
    """One way to file, its time and fees."""

    channel: Channel
    amount: Decimal | None
    unit: TermUnit
    note: str
    fees: tuple[Charge, ...] = ()


@dataclass(frozen=True, slots=True)
class Basis:
    """A law it rests on."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Gain:
    """A result it gives."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A procedure as the file has it; names are those of the tables. `line` is where it began; `unsaid` names what this
    form of file never says, so that its silence is not taken for a change."""

    line: int
    code: str
    name: str
    field_code: str
    field_name: str
    tiers: tuple[Tier, ...] = ()
    service_level: ServiceLevel = ServiceLevel.INFORMATION
    subjects: tuple[str, ...] = ()
    executing: tuple[str, ...] = ()
    authority: tuple[str, ...] = ()
    authorized: tuple[str, ...] = ()
    coordinating: tuple[str, ...] = ()
    receiving_place: str = ""
    conditions: str = ""
    keywords: str = ""
    decision_no: str = ""
    decided_on: date | None = None
    issuer_name: str = ""
    published_on: date | None = None
    non_territorial: bool = False
    stages: tuple[Paragraph, ...] = ()
    ways: tuple[Way, ...] = ()
    situations: tuple[Situation, ...] = ()
    bases: tuple[Basis, ...] = ()
    gains: tuple[Gain, ...] = ()
    unsaid: frozenset[str] = field(default=frozenset(), compare=False)
    refusals: tuple[Refusal, ...] = field(default=(), compare=False)


def read(lines: Iterable[bytes]) -> Iterator[Entry | Refusal]:
    """The procedures of a file one after another; a whole line that is of no use comes as a `Refusal`.

    What is wrong inside a usable procedure stands in its `refusals`.
    """
    begun = False
    rest = enumerate(lines, start=1)
    for number, raw in rest:
        text, refusal = _decoded(raw, number)
        if refusal is not None:
            yield refusal
        elif text in _OPENINGS and not begun:  # one document over many lines, unless it turns out to be none
            later = list(rest)
            whole = "\n".join([text, *(_decoded(one, at)[0] for at, one in later)])
            if _parsed(whole) is not None:
                yield from _objects(whole, number)
                return
            yield Refusal(number, "", _NO_JSON)
            yield from _rest(later)
            return
        elif text:
            begun = True
            yield from _objects(text, number)


def _rest(lines: Iterable[tuple[int, bytes]]) -> Iterator[Entry | Refusal]:
    for number, raw in lines:
        text, refusal = _decoded(raw, number)
        if refusal is not None:
            yield refusal
        elif text:
            yield from _objects(text, number)


def _parsed(text: str) -> Any:
    """What the JSON says; None when it is none."""
    try:
        return json.loads(text, parse_constant=_no_constant)
    except (ValueError, RecursionError):
        return None


def _decoded(raw: bytes, number: int) -> tuple[str, Refusal | None]:
    try:
        return raw.decode("utf-8-sig").strip(), None
    except UnicodeDecodeError:
        return "", Refusal(number, "", N_("dòng không phải chữ UTF-8"))


def _objects(text: str, number: int) -> Iterator[Entry | Refusal]:
    found = _parsed(text)
    if found is None:
        yield Refusal(number, "", _NO_JSON)
        return
    for one in _unwrapped(found):
        if isinstance(one, dict):
            yield _entry(one, number)
        else:
            yield Refusal(number, "", N_("không phải một thủ tục (thiếu mã và tên)"))


def _no_constant(name: str) -> Any:
    raise ValueError(name)


def _unwrapped(found: Any) -> list[Any]:
    """The procedures in what an interface answers: themselves, a list, or an envelope around them."""
    for _depth in range(4):
        if isinstance(found, list):
            return found
        if not isinstance(found, dict) or "code" in found:
            break
        inner = next((found[key] for key in _ENVELOPES if isinstance(found.get(key), dict | list)), None)
        if inner is None:
            break
        found = inner
    return [found]


def _entry(data: dict[str, Any], line: int) -> Entry | Refusal:
    form = 0 if any(key in data for key in _RAW_MARKS) else 1
    book = Ledger(line, {name: keys[form] for name, keys in _KEYS.items()})
    code = clean_line(data.get("code"))
    name = clean_line(data.get("name"))
    if not code or len(code) > 60:
        return Refusal(line, "code", N_("thiếu mã thủ tục, hoặc mã dài hơn 60 ký tự"))
    if not name:
        return Refusal(line, "name", N_("thủ tục không có tên"))
    fields = book.items(data, "fields")
    of_field = next((one for one in fields if isinstance(one, dict) and clean_line(one.get("code"))), None)
    if of_field is None:
        of_field = _field_by_name(fields, book)
    ways = _ways(data, book)
    proposed = data.get("procedureProposal")
    if isinstance(proposed, list):
        proposed = next(iter(proposed), None)
    proposal: dict[str, Any] = proposed if isinstance(proposed, dict) else {}
    return Entry(
        line=line,
        code=code,
        name=book.cut(name, 1000, "name"),
        field_code=clean_line(of_field.get("code"))[:40],
        field_name=clean_line(of_field.get("name"))[:300] or clean_line(of_field.get("code"))[:40],
        tiers=_tiers(data, form, book),
        service_level=_level(data, ways, book),
        subjects=book.names(data, "subjects", 300),
        executing=book.names(data, "executing", 500) or _one_name(data.get("executing_agency")),
        authority=book.names(data, "authority", 500),
        authorized=book.names(data, "authorized", 500),
        coordinating=book.names(data, "coordinating", 500),
        receiving_place=clean(data.get("dossierReceivingAddresses")),
        conditions=clean(data.get(book.key("conditions"))),
        keywords=clean_line(data.get("keywords"))[:1000],
        decision_no=(clean_line(data.get(book.key("decision_no"))) or clean_line(proposal.get("proposalNumber")))[:60],
        decided_on=_day(proposal.get("decisionDate"), "procedureProposal.decisionDate", book),
        issuer_name=clean_line(data.get(book.key("issuer")))[:300],
        published_on=_day(proposal.get("publicationDate"), "procedureProposal.publicationDate", book),
        non_territorial=is_yes(data.get(book.key("anywhere"))),
        stages=_stages(data, book),
        ways=ways,
        situations=portal_cases.situations(data, book, [(way.amount, way.unit, way.note, way.channel) for way in ways]),
        bases=tuple(Basis(code[:100], name) for code, name in book.pairs(data, "bases", 1500)),
        gains=tuple(Gain(code[:60], name) for code, name in book.pairs(data, "gains", 1000)),
        unsaid=_UNSAID if form else frozenset(),
        refusals=tuple(book.refusals),
    )


def _field_by_name(fields: list[Any], book: Ledger) -> dict[str, str]:
    """A field without a code gets one from its name, so that procedures of one field stand together."""
    name = next(
        (found for one in fields if (found := clean_line(one.get("name") if isinstance(one, dict) else one))), ""
    )
    if not name:
        book.refuse(book.key("fields"), N_("không có lĩnh vực; xếp vào “Lĩnh vực khác”"))
        return {"code": "KHAC", "name": "Lĩnh vực khác"}
    book.refuse(book.key("fields"), N_("lĩnh vực {name} không có mã; đặt mã theo tên"), name=name[:60])
    return {"code": vn_fold(name).upper().replace(" ", "-")[:40], "name": name}


def _one_name(value: Any) -> tuple[str, ...]:
    name = clean_line(value)[:500]
    return (name,) if name else ()


def _tiers(data: dict[str, Any], form: int, book: Ledger) -> tuple[Tier, ...]:
    if form == 0:
        found = [tier for key, tier in _TIER_FLAGS.items() if is_yes(data.get(key))]
    else:
        found = []
        for place, name in enumerate(book.items(data, "levels")):
            tier = _TIERS.get(vn_fold(clean_line(name)))
            if tier is None:
                book.refuse(f"levels[{place}]", N_("cấp thực hiện không rõ: {value}"), value=clean_line(name)[:60])
            elif tier not in found:
                found.append(tier)
    order = list(Tier)
    return tuple(sorted(found, key=order.index))


def _level(data: dict[str, Any], ways: tuple[Way, ...], book: Ledger) -> ServiceLevel:
    if is_yes(data.get(book.key("whole"))):
        return ServiceLevel.FULL
    if any(way.channel == Channel.ONLINE for way in ways):
        return ServiceLevel.PARTIAL
    return ServiceLevel.INFORMATION


def _day(value: Any, where: str, book: Ledger) -> date | None:
    if value is None or value == "":
        return None
    found = day_in(value)
    if found is None:
        book.refuse(where, N_("ngày không đọc được: {value}"), value=str(value)[:40])
    return found


def _stages(data: dict[str, Any], book: Ledger) -> tuple[Paragraph, ...]:
    value = data.get(book.key("steps"))
    if isinstance(value, str) and not value.lstrip().startswith("["):
        text = clean(value)
        return (Paragraph("", text),) if text else ()
    found = []
    for one in book.items(data, "steps"):
        if isinstance(one, dict):
            name, text = clean_line(one.get("name")), clean(one.get("description"))
        else:
            name, text = "", clean(one)
        if name or text:
            if len(name) > 500:
                name, text = "", f"{name}\n{text}".strip()
            found.append(Paragraph(name, text))
    return tuple(found)


def _ways(data: dict[str, Any], book: Ledger) -> tuple[Way, ...]:
    found = []
    for place, one in enumerate(book.items(data, "methods")):
        where = f"{book.key('methods')}[{place}]"
        if isinstance(one, str):
            one = _way_in_words(one, book)
        if not isinstance(one, dict):
            book.refuse(where, N_("cách thức thực hiện không đọc được"))
            continue
        named = one.get(book.key("channel"))
        channels = channels_named(named)
        if not channels:
            said = clean_line(named).upper()[:40]
            book.refuse(f"{where}.{book.key('channel')}", N_("hình thức nộp không rõ: {value}"), value=said)
            continue
        term = book.term(one.get(book.key("time")), one.get(book.key("unit")), where)
        note = "\n".join(filter(None, (term.note, clean(one.get(book.key("way_note"))))))
        fees = _fees(one, book, where)
        found += [Way(channel, term.amount, term.unit, note, fees) for channel in channels]
    return tuple(found)


def _way_in_words(text: str, book: Ledger) -> dict[str, Any]:
    """A way to file that is one text: "Trực tuyến: 05 ngày làm việc"."""
    channel, _colon, rest = clean_line(text).partition(":")
    time = rest.strip() if time_in(rest) else ""
    return {book.key("channel"): channel, book.key("time"): time, book.key("way_note"): "" if time else text}


def _fees(way: dict[str, Any], book: Ledger, where: str) -> tuple[Charge, ...]:
    found = []
    for place, one in enumerate(book.items(way, "fees", where)):
        at = f"{where}.fees[{place}]"
        if isinstance(one, str):
            one = {book.key("fee"): one}
        if not isinstance(one, dict):
            book.refuse(at, N_("phí, lệ phí không đọc được"))
            continue
        value, note = one.get(book.key("fee")), clean(one.get(book.key("fee_note")))
        amount, said = None, ""
        if value is not None and value != "":
            amount = money_in(value)
            if not is_dong(one.get(book.key("currency"))):
                said, amount = f"{clean_line(value)} {clean_line(one.get(book.key('currency')))}", None
            elif amount is None or not 0 <= amount <= MAX_NUMBER:
                said, amount = clean_line(value), None
                book.refuse(f"{at}.{book.key('fee')}", N_("số tiền không đọc được: {value}"), value=str(value)[:40])
            elif isinstance(value, str) and "/" in value:
                said = clean_line(value)  # "8.000đ/bản": what it is paid for
        note = "\n".join(filter(None, (said, note)))
        charge = Charge(_FEES.get(clean_line(one.get("type")), "Phí"), amount, note)
        if charge not in found and (amount is not None or note):
            found.append(charge)
    return tuple(found)
