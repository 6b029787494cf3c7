"""Agencies, units, posts and people of the sample province, each by its act."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from random import Random

from lienthong.foundation.access.rules import system_actor
from lienthong.foundation.access.terms import Duty, Seated
from lienthong.foundation.numbering.actions.open_series import open_series
from lienthong.foundation.organizations import queries as organizations
from lienthong.foundation.organizations.actions.add_agency import add_agency
from lienthong.foundation.organizations.actions.add_person import add_person
from lienthong.foundation.organizations.actions.add_post import add_post
from lienthong.foundation.organizations.actions.add_unit import add_unit
from lienthong.foundation.organizations.models import Agency, Unit
from lienthong.foundation.organizations.terms import Tier
from lienthong.kit.text import vn_fold
from lienthong.site.sample import agencies, names

BEGINNING = date(2025, 7, 1)


@dataclass
class Division:
    """A unit with its people: posts by id."""

    unit: Unit
    head: int
    officials: list[int] = field(default_factory=list)


@dataclass
class Office:
    """An agency here with the posts that letters pass through."""

    agency: Agency
    clerk: int = 0
    leaders: list[int] = field(default_factory=list)
    desks: list[int] = field(default_factory=list)
    divisions: dict[str, Division] = field(default_factory=dict)
    head_title: str = "Giám đốc"


@dataclass
class Province:
    """The whole fictional province; `offices` by key (UBND, SXD, x:Hòa Thuận), `centres` (one-stop) by the commune's name,
    "" for the provincial one, `outside` by code or name."""

    offices: dict[str, Office] = field(default_factory=dict)
    centres: dict[str, Office] = field(default_factory=dict)
    outside: dict[str, Agency] = field(default_factory=dict)
    administrator: int = 0
    on: date = BEGINNING
    _actors: dict[int, Seated] = field(default_factory=dict)

    def actor(self, post_id: int) -> Seated:
        """Who acts through a post; looked up once."""
        if post_id not in self._actors:
            found = organizations.actor_for_post(post_id, self.on)
            assert found is not None, post_id
            self._actors[post_id] = found
        return self._actors[post_id]

    def departments(self) -> list[Office]:
        return [office for key, office in self.offices.items() if key != "UBND" and not key.startswith("x:")]

    def communes(self) -> list[Office]:
        return [office for key, office in self.offices.items() if key.startswith("x:")]


class Builder:
    """Makes the province at one moment, from one source of chance."""

    def __init__(self, random: Random, now: datetime):
        self.random, self.now, self.system = random, now, system_actor()
        self.people: Iterator[str] = names.people(random)
        self.addresses: set[str] = set()
        self.province = Province(on=now.date())

    def build(self) -> Province:
        committee = self._committee()
        for one in agencies.DEPARTMENTS:
            self.province.offices[one.key] = self._department(one, committee.agency)
        for commune in agencies.communes():
            self.province.offices[f"x:{commune.name}"] = self._commune(commune, committee.agency)
        for name, short, code, place in agencies.OUTSIDE:
            self.province.outside[code] = self._agency(name, short, Tier.CENTRAL, None, code, place)
        for name, short, place in agencies.ON_PAPER:
            self.province.outside[name] = self._agency(name, short, Tier.OTHER, None, "", place)
        return self.province

    def _committee(self) -> Office:
        agency = self._agency(
            agencies.COMMITTEE, "UBND", Tier.PROVINCE, None, agencies.PROVINCE_CODE, agencies.PROVINCE_NAME
        )
        office = Office(agency, head_title="Chủ tịch")
        office.leaders = [self._seat(office, "Chủ tịch", [Duty.LEADER])]
        office.leaders += [self._seat(office, "Phó Chủ tịch", [Duty.LEADER]) for _ in range(3)]
        units = (
            ("Văn phòng", "VP"),
            ("Khối Kinh tế, ngân sách", "KTNS"),
            ("Khối Nội chính, văn xã", "NCVX"),
            ("Khối Đô thị, hạ tầng", "ĐTHT"),
        )
        self._divisions(office, units, "Trưởng khối", officials=2)
        home = office.divisions["VP"].unit
        office.clerk = self._seat(office, "Văn thư", [Duty.CLERK], home)
        self.province.administrator = self._seat(office, "Quản trị hệ thống", [Duty.ADMINISTRATOR], home)
        self._books(office, [("Quyết định", ["QD"]), ("Kế hoạch", ["KH"]), ("Văn bản đi", [])])
        self.province.offices["UBND"] = office
        return office

    def _department(self, one: agencies.Department, above: Agency) -> Office:
        code = f"{agencies.PROVINCE_CODE}.{one.number}"
        tier = Tier.SUBORDINATE if one.key == agencies.CENTRE else Tier.DEPARTMENT
        office = Office(
            self._agency(one.name, one.short, tier, above, code, agencies.PROVINCE_NAME), head_title=one.head
        )
        office.leaders = [self._seat(office, one.head, [Duty.LEADER])]
        deputy = f"Phó {one.head[0].lower()}{one.head[1:]}" if " " in one.head else f"Phó {one.head}"
        office.leaders += [self._seat(office, deputy.replace("Phó giám", "Phó Giám"), [Duty.LEADER]) for _ in range(2)]
        self._divisions(office, one.units, "Trưởng phòng", officials=2)
        home = next(iter(office.divisions.values())).unit
        office.clerk = self._seat(office, "Văn thư", [Duty.CLERK], home)
        self._books(office, [("Văn bản đi", [])])
        return office

    def _commune(self, one: agencies.Commune, above: Agency) -> Office:
        code = f"{agencies.PROVINCE_CODE}.{one.number}"
        office = Office(self._agency(one.title, "UBND", Tier.COMMUNE, above, code, one.name), head_title="Chủ tịch")
        office.leaders = [
            self._seat(office, "Chủ tịch", [Duty.LEADER]),
            self._seat(office, "Phó Chủ tịch", [Duty.LEADER]),
        ]
        economy = ("Phòng Kinh tế", "KT") if one.kind == "xã" else ("Phòng Kinh tế, Hạ tầng và Đô thị", "KTHTĐT")
        self._divisions(
            office,
            (("Văn phòng HĐND và UBND", "VP"), economy, ("Phòng Văn hóa - Xã hội", "VHXH")),
            "Trưởng phòng",
            officials=1,
        )
        office.clerk = self._seat(office, "Văn thư", [Duty.CLERK], office.divisions["VP"].unit)
        self._books(office, [("Văn bản đi", [])])
        return office

    def _divisions(self, office: Office, units: Sequence[tuple[str, str]], head: str, officials: int) -> None:
        for name, short in units:
            unit = add_unit(
                agency_id=office.agency.pk,
                name=name,
                short_name=short,
                valid_from=BEGINNING,
                actor=self.system,
                now=self.now,
            )
            title = "Chánh Văn phòng" if name.startswith("Văn phòng") else head
            division = Division(unit, self._seat(office, title, [Duty.UNIT_HEAD], unit))
            division.officials = [self._seat(office, "Chuyên viên", [Duty.OFFICIAL], unit) for _ in range(officials)]
            office.divisions[short] = division

    def _agency(self, name: str, short: str, tier: Tier, above: Agency | None, code: str, place: str) -> Agency:
        return add_agency(
            name=name, short_name=short, tier=tier, parent_id=above.pk if above else None, code=code, valid_from=BEGINNING,
            actor=self.system, now=self.now, place=place,
        )  # fmt: skip

    def _seat(self, office: Office, title: str, duties: list[Duty], unit: Unit | None = None) -> int:
        post = add_post(
            agency_id=office.agency.pk, unit_id=unit.pk if unit else None, name=title, duties=duties, valid_from=BEGINNING,
            actor=self.system, now=self.now,
        )  # fmt: skip
        name = next(self.people)
        add_person(
            name=name, email=self._address(name), post_id=post.pk, valid_from=BEGINNING, actor=self.system, now=self.now
        )
        return post.pk

    def _address(self, name: str) -> str:
        """An address at a domain that can never exist (RFC 2606)."""
        words = vn_fold(name).split()
        stem = words[-1] + "".join(word[0] for word in words[:-1])
        number = ""
        while f"{stem}{number}" in self.addresses:
            number = str(int(number or 1) + 1)
        self.addresses.add(f"{stem}{number}")
        return f"{stem}{number}@sonhai.example"

    def _books(self, office: Office, outgoing: Sequence[tuple[str, list[str]]]) -> None:
        for name, covers in outgoing:
            open_series(
                agency_id=office.agency.pk,
                book="outgoing",
                name=name,
                covers=covers,
                pattern="",
                actor=self.system,
                now=self.now,
            )
        open_series(
            agency_id=office.agency.pk,
            book="incoming",
            name="Văn bản đến",
            covers=[],
            pattern="",
            actor=self.system,
            now=self.now,
        )
