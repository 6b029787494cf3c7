"""From the portal's groups of papers and its timed sub-cases to the cases that a desk officer chooses among."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from lienthong.kit.refusal import N_
from lienthong.kit.text import clip, vn_fold
from lienthong.modules.procedures.portal_values import Ledger, Paper, Situation, Term, clean, clean_line
from lienthong.modules.procedures.portal_words import is_yes
from lienthong.modules.procedures.terms import Channel, TermUnit

_NONE = Term(None, TermUnit.NONE)
_MOST_CROSSED = 30
_LONGEST_NAME = 400
_NOTES = ("luu y", "ghi chu", "chu y")
_TOGETHER = ("giay to", "thanh phan ho so", "ho so gom", "ho so bao gom", "giay to phai nop", "giay to khac")
_LABEL = re.compile(r"^[\s*+\-–•]*(?:\(?[0-9a-zđ]{1,2}(?:\.[0-9]+)*[).]\s+)?", re.IGNORECASE)
_FOR_WHOM = re.compile(r"((?:đối với|trường hợp|trong trường hợp)\b.*)", re.IGNORECASE | re.DOTALL)

TimedWay = tuple[Decimal | None, TermUnit, str, Channel]


@dataclass(frozen=True, slots=True)
class _Set:
    name: str
    papers: tuple[Paper, ...]
    note: str


@dataclass(frozen=True, slots=True)
class _SubCase:
    code: str
    name: str
    term: Term


def situations(data: dict[str, Any], book: Ledger, ways: Sequence[TimedWay]) -> tuple[Situation, ...]:
    """The cases of a procedure.

    A sub-case's own time counts where the sub-cases differ among themselves, or where no way to file has a time; else
    the time is the way's. Where one channel has several times and nothing else tells them apart, each time is a case.
    """
    sets = _sets(data, book)
    subs = _sub_cases(data, book)
    terms = {(sub.term.amount, sub.term.unit) for sub in subs if sub.term.amount is not None}
    timed = any(amount is not None for amount, *_rest in ways)
    if len(terms) > 1:
        if len(sets) * len(subs) <= _MOST_CROSSED:
            return tuple(_crossed(one, sub, len(sets) > 1) for one in sets for sub in subs)
        book.refuse(
            book.key("sub_cases"),
            N_("có {n} trường hợp thời hạn không gắn được với nhóm giấy tờ; lấy thời hạn theo cách nộp"),
            n=str(len(subs)),
        )
    if len(terms) == 1 and not timed:
        amount, unit = next(iter(terms))
        return tuple(Situation("", one.name, amount, unit, one.note, one.papers) for one in sets)
    if len(sets) == 1 and len(terms) <= 1 and (told := _told_apart(ways)):
        one = sets[0]
        return tuple(Situation("", name, amount, unit, one.note, one.papers) for name, amount, unit in told)
    return tuple(Situation("", one.name, None, TermUnit.NONE, one.note, one.papers) for one in sets)


def _crossed(one: _Set, sub: _SubCase, many: bool) -> Situation:
    name = f"{one.name}: {sub.name}" if many and one.name else sub.name
    return Situation(sub.code, name[:1000], sub.term.amount, sub.term.unit, one.note, one.papers)


def _told_apart(ways: Sequence[TimedWay]) -> list[tuple[str, Decimal, TermUnit]]:
    """(name, amount, unit) of each time where one channel has several; an increase ("tăng thêm") is none of them."""
    found: dict[tuple[Decimal, TermUnit], str] = {}
    per_channel: dict[Channel, set[tuple[Decimal, TermUnit]]] = {}
    for amount, unit, note, channel in ways:
        if amount is None or "tăng thêm" in note.lower():
            continue
        per_channel.setdefault(channel, set()).add((amount, unit))
        match = _FOR_WHOM.search(note)
        found.setdefault((amount, unit), clip(clean_line(match[1]), 300) if match else "")
    if not any(len(times) > 1 for times in per_channel.values()):
        return []
    return [(name or "Trường hợp thông thường", amount, unit) for (amount, unit), name in found.items()]


def _sets(data: dict[str, Any], book: Ledger) -> list[_Set]:
    """Sets of papers: what all bring, joined to each alternative."""
    shared: list[Paper] = []
    alternatives: list[tuple[str, tuple[Paper, ...]]] = []
    notes: list[str] = []
    groups = book.items(data, "groups")
    bare = all(isinstance(group, str) for group in groups)
    for place, group in enumerate(groups):
        where = f"{book.key('groups')}[{place}]"
        if bare:  # papers where groups of papers belong
            group = {book.key("papers"): [group]}
        if not isinstance(group, dict):
            book.refuse(where, N_("trường hợp hồ sơ không đọc được"))
            continue
        name = _named(clean_line(group.get("name")))
        if len(name) > _LONGEST_NAME:  # somebody wrote the papers where the name of their group belongs
            notes.append(clean(group.get("name")))
            name = ""
        folded = vn_fold(name)
        if folded.startswith(_NOTES):
            notes += [clean(one.get("name")) for one in book.items(group, "papers", where) if isinstance(one, dict)]
        elif not folded or folded.startswith(_TOGETHER):
            shared += _papers(group, book, where, name if folded else "")
        else:
            alternatives.append((name, tuple(_papers(group, book, where, ""))))
    note = "\n".join(filter(None, notes))
    if not alternatives:
        return [_Set("", tuple(shared), note)]
    if len(alternatives) == 1 and not shared:
        return [_Set(*alternatives[0], note)]
    return [_Set(name, (*papers, *shared), note) for name, papers in alternatives]


def _named(name: str) -> str:
    """A group's name without the mark of its list and the colon at its end."""
    return _LABEL.sub("", name).rstrip(" :;.").strip()


def _papers(group: dict[str, Any], book: Ledger, inside: str, heading: str) -> list[Paper]:
    found = []
    for place, one in enumerate(book.items(group, "papers", inside)):
        where = f"{inside}.{book.key('papers')}[{place}]"
        if isinstance(one, str):
            one = {"name": one}
        name = re.sub(r"^[-–*•]\s+", "", clean(one.get("name"))) if isinstance(one, dict) else ""
        if not name:
            book.refuse(where, N_("giấy tờ không có tên"))
            continue
        forms = []
        for form in book.items(one, "forms", where):
            title = clean_line(form.get("fileName") or form.get("name") if isinstance(form, dict) else form)
            if title:
                forms.append(title[:300])
        found.append(
            Paper(
                clean_line(one.get("code"))[:60],
                name,
                book.count(one.get(book.key("originals")), f"{where}.{book.key('originals')}"),
                book.count(one.get(book.key("copies")), f"{where}.{book.key('copies')}"),
                is_yes(one.get("required")),
                tuple(forms),
                heading[:300],
            )
        )
    return found


def _sub_cases(data: dict[str, Any], book: Ledger) -> list[_SubCase]:
    """The timed sub-cases, those that say the same once."""
    found: list[_SubCase] = []
    for place, one in enumerate(book.items(data, "sub_cases")):
        where = f"{book.key('sub_cases')}[{place}]"
        if isinstance(one, str):
            one = {"name": one}
        if not isinstance(one, dict):
            book.refuse(where, N_("trường hợp thời hạn không đọc được"))
            continue
        time = one.get(book.key("sub_time"))
        term = book.term(time.get("qty"), time.get("type"), where) if isinstance(time, dict) else _NONE
        name = clean_line(one.get("name"))[:1000]
        known = [sub for sub in found if (sub.name, sub.term) == (name, term)]
        if not known:
            found.append(_SubCase(clean_line(one.get("code"))[:60], name, term))
    return sorted(found, key=lambda sub: sub.code)
