"""Agencies with their people for the bulk, and who sits where in all that are here."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from random import Random

from django.db import connection

from lienthong.foundation.numbering.models import Series
from lienthong.foundation.organizations.models import Agency, Holding, Identifier, Person, Post, Unit
from lienthong.foundation.organizations.terms import Tier
from lienthong.kit.text import person_sort_key, sort_key, vn_fold
from lienthong.site.sample import agencies as sample
from lienthong.site.sample import names
from lienthong.site.sample.bulk_tables import Rows

BEGINNING = date(2025, 7, 1)
_UNITS = (("Văn phòng", "VP"), ("Phòng Nghiệp vụ", "NV"), ("Phòng Tổng hợp", "TH"))
_OFFICIALS = 2


@dataclass
class Seat:
    """A post with the name of who sits there."""

    post: int
    title: str
    person: str


@dataclass
class Desk:
    """A unit: its head and its officials."""

    unit: int
    name: str
    short: str
    head: Seat
    officials: list[Seat] = field(default_factory=list)


@dataclass
class Office:
    """An agency here as the bulk needs it; `outgoing` and `incoming` are its general books, `books` those of single types."""

    agency: int
    name: str
    short: str
    code: str
    place: str
    clerk: Seat
    leader: Seat
    desks: list[Desk]
    outgoing: int
    incoming: int
    tier: int = Tier.COMMUNE
    books: dict[str, int] = field(default_factory=dict)


class _Tables:
    def __init__(self) -> None:
        self.agency = Rows(
            Agency, ["id", "name", "short_name", "sort_key", "folded", "tier", "parent_id", "path", "place"],
            is_here=True, valid_from=BEGINNING,
        )  # fmt: skip
        self.code = Rows(Identifier, ["id", "agency_id", "code"], scheme="new", valid_from=BEGINNING)
        self.unit = Rows(Unit, ["id", "agency_id", "name", "short_name", "place_in_list"], valid_from=BEGINNING)
        self.post = Rows(Post, ["id", "agency_id", "unit_id", "name", "duties", "place_in_list"], valid_from=BEGINNING)
        self.person = Rows(Person, ["id", "name", "sort_key", "email"])
        self.holding = Rows(Holding, ["id", "post_id", "person_id"], valid_from=BEGINNING)
        self.series = Rows(Series, ["id", "agency_id", "book", "name"], valid_from=BEGINNING)

    def settle(self) -> None:
        for rows in (self.agency, self.code, self.unit, self.post, self.person, self.holding, self.series):
            rows.settle()


def add_agencies(wanted: int, random: Random) -> None:
    """Communes, until so many agencies work here; the first one, if there is none, is the province's committee."""
    here = list(Agency.objects.filter(is_here=True).order_by("tier", "id").values_list("id", "path"))
    tables, people = _Tables(), names.people(random)
    root = here[0] if here else None
    for place in range(len(here), wanted):
        if root is None:
            root = _agency(tables, people, None, sample.COMMITTEE, "UBND", Tier.PROVINCE, "H99", sample.PROVINCE_NAME)
            continue
        name = f"Tân Hưng {place}"
        _agency(tables, people, root, f"Ủy ban nhân dân xã {name}", "UBND", Tier.COMMUNE, f"H99.{1000 + place}", name)
    tables.settle()


def _agency(
    tables: _Tables,
    people: Iterator[str],
    above: tuple[int, str] | None,
    name: str,
    short: str,
    tier: Tier,
    code: str,
    place: str,
) -> tuple[int, str]:
    pk = tables.agency.next_id()
    path = f"{above[1] if above else ''}{pk}/"
    tables.agency.add(
        pk, name, short, sort_key(name), vn_fold(name), int(tier), above[0] if above else "\\N", path, place
    )
    tables.code.add(tables.code.next_id(), pk, code)
    chairs: list[tuple[int | str, str, str]] = [("\\N", "Chủ tịch", "leader")]
    for at, (unit_name, unit_short) in enumerate(_UNITS):
        unit = tables.unit.next_id()
        tables.unit.add(unit, pk, unit_name, unit_short, at)
        chairs.append((unit, "Chánh Văn phòng" if unit_short == "VP" else "Trưởng phòng", "unit_head"))
        chairs += [(unit, "Chuyên viên", "official")] * _OFFICIALS
        if unit_short == "VP":
            chairs.append((unit, "Văn thư", "clerk"))
    for at, (place_of, title, duty) in enumerate(chairs):
        post, person, name_ = tables.post.next_id(), tables.person.next_id(), next(people)
        tables.post.add(post, pk, place_of, title, "{" + duty + "}", at)
        tables.person.add(person, name_, person_sort_key(name_), f"p{person}@sonhai.example")
        tables.holding.add(tables.holding.next_id(), post, person)
    for book, title in (("outgoing", "Văn bản đi"), ("incoming", "Văn bản đến")):
        tables.series.add(tables.series.next_id(), pk, book, title)
    return pk, path


_POSTS = """
SELECT p.agency_id, p.id, p.unit_id, p.name, p.duties, w.name FROM organizations_post p
JOIN LATERAL (SELECT person_id FROM organizations_holding h WHERE h.post_id = p.id AND h.valid_to IS NULL
              ORDER BY h.id LIMIT 1) h ON true
JOIN organizations_person w ON w.id = h.person_id
WHERE p.valid_to IS NULL ORDER BY p.place_in_list, p.id
"""


def offices() -> list[Office]:
    """Every agency here that has a clerk, a leader, a unit with head and officials, and both general books."""
    clerks: dict[int, Seat] = {}
    leaders: dict[int, Seat] = {}
    heads: dict[int, Seat] = {}
    officials: dict[int, list[Seat]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_POSTS)
        for agency, post, unit, title, duties, person in cursor.fetchall():
            seat = Seat(post, title, person)
            if "clerk" in duties:
                clerks.setdefault(agency, seat)
            if "leader" in duties:
                leaders.setdefault(agency, seat)
            if "unit_head" in duties:
                heads.setdefault(unit, seat)
            if "official" in duties and unit:
                officials.setdefault(unit, []).append(seat)
    desks: dict[int, list[Desk]] = {}
    for unit in Unit.objects.filter(valid_to__isnull=True).order_by("agency_id", "place_in_list", "id"):
        if unit.pk in heads and unit.pk in officials:
            desk = Desk(unit.pk, unit.name, unit.short_name, heads[unit.pk], officials[unit.pk])
            desks.setdefault(unit.agency_id, []).append(desk)
    books: dict[tuple[int, str], int] = {}
    special: dict[int, dict[str, int]] = {}
    for one in Series.objects.filter(valid_to__isnull=True).order_by("-id"):
        if not one.covers:
            books[one.agency_id, one.book] = one.pk
        elif one.book == "outgoing":
            special.setdefault(one.agency_id, {}).update(dict.fromkeys(one.covers, one.pk))
    codes = dict(Identifier.objects.filter(valid_to__isnull=True).values_list("agency_id", "code"))
    return [
        Office(
            one.pk, one.name, one.short_name, codes.get(one.pk, str(one.pk)), one.place, clerks[one.pk], leaders[one.pk],
            desks[one.pk], books[one.pk, "outgoing"], books[one.pk, "incoming"], one.tier, special.get(one.pk, {}),
        )
        for one in Agency.objects.filter(is_here=True, valid_to__isnull=True).order_by("id")
        if one.pk in clerks and one.pk in leaders and one.pk in desks
        and (one.pk, "outgoing") in books and (one.pk, "incoming") in books
    ]  # fmt: skip
