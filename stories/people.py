"""A small province of named posts that every test shares. All names are invented."""

from dataclasses import dataclass, field
from datetime import date, datetime

from lienthong.foundation.access.rules import system_actor
from lienthong.foundation.access.terms import Actor, Duty
from lienthong.foundation.numbering.actions.open_series import open_series
from lienthong.foundation.organizations import queries as organizations
from lienthong.foundation.organizations.actions.add_agency import add_agency
from lienthong.foundation.organizations.actions.add_person import add_person
from lienthong.foundation.organizations.actions.add_post import add_post
from lienthong.foundation.organizations.actions.add_unit import add_unit
from lienthong.foundation.organizations.models import Agency, Holding, Person, Unit
from lienthong.foundation.organizations.terms import Tier
from lienthong.kit.dates import VIETNAM

BEGINNING = date(2025, 7, 1)
FRIDAY = datetime(2026, 11, 20, 9, 0, tzinfo=VIETNAM)
FRIDAY_DATE = FRIDAY.date()


@dataclass
class Province:
    """The people's committee writes; the construction department and the commune of Hòa Thuận receive."""

    committee: Agency
    department: Agency
    commune: Agency
    ministry: Agency
    planning: Unit
    posts: dict[str, int] = field(default_factory=dict)

    def actor(self, name: str, on: date = FRIDAY_DATE) -> Actor:
        """lan: clerk of the committee · chau: its chairman · oanh: clerk of the department · phuoc: its director ·
        thinh: head of its planning unit · huong, khoa: officials there · gam: clerk of the commune · dung: chairman of
        the commune · minh: administrator."""
        actor = organizations.actor_for_post(self.posts[name], on)
        assert actor is not None, name
        return actor


def make_province() -> Province:
    system, now = system_actor(), datetime(2026, 1, 5, 8, 0, tzinfo=VIETNAM)

    def agency(name, short, tier, parent=None, code="", place="Sơn Hải"):
        return add_agency(
            name=name, short_name=short, tier=tier, parent_id=parent.pk if parent else None, code=code, place=place,
            valid_from=BEGINNING, actor=system, now=now,
        )  # fmt: skip

    committee = agency("Ủy ban nhân dân tỉnh Sơn Hải", "UBND", Tier.PROVINCE, code="H99")
    department = agency("Sở Xây dựng", "SXD", Tier.DEPARTMENT, committee, "H99.07")
    commune = agency("Ủy ban nhân dân xã Hòa Thuận", "UBND", Tier.COMMUNE, committee, "H99.71", "Hòa Thuận")
    ministry = agency("Bộ Xây dựng", "BXD", Tier.CENTRAL, code="G17", place="Hà Nội")
    office = add_unit(
        agency_id=committee.pk, name="Văn phòng", short_name="VP", valid_from=BEGINNING, actor=system, now=now
    )
    planning = add_unit(
        agency_id=department.pk,
        name="Phòng Quản lý xây dựng",
        short_name="QLXD",
        valid_from=BEGINNING,
        actor=system,
        now=now,
    )
    province = Province(committee, department, commune, ministry, planning)

    def seat(key, person, post, agency, duties, unit=None):
        made = add_post(
            agency_id=agency.pk,
            unit_id=unit.pk if unit else None,
            name=post,
            duties=duties,
            valid_from=BEGINNING,
            actor=system,
            now=now,
        )
        add_person(
            name=person, email=f"{key}@sonhai.example", post_id=made.pk, valid_from=BEGINNING, actor=system, now=now
        )
        province.posts[key] = made.pk

    seat("lan", "Phạm Ngọc Lan", "Văn thư", committee, [Duty.CLERK], office)
    seat("chau", "Trương Minh Châu", "Chủ tịch", committee, [Duty.LEADER])
    seat("oanh", "Bùi Kim Oanh", "Văn thư", department, [Duty.CLERK])
    seat("phuoc", "Đặng Hữu Phước", "Giám đốc", department, [Duty.LEADER])
    seat("thinh", "Hoàng Đức Thịnh", "Trưởng phòng", department, [Duty.UNIT_HEAD], planning)
    seat("huong", "Trần Thu Hương", "Chuyên viên", department, [Duty.OFFICIAL], planning)
    seat("khoa", "Ngô Bá Khoa", "Chuyên viên", department, [Duty.OFFICIAL], planning)
    seat("gam", "Lý Hồng Gấm", "Văn thư", commune, [Duty.CLERK])
    seat("dung", "Vũ Tiến Dũng", "Chủ tịch", commune, [Duty.LEADER])
    seat("minh", "Phan Nhật Minh", "Quản trị viên", committee, [Duty.ADMINISTRATOR], office)
    for one in (committee, department, commune):
        open_series(agency_id=one.pk, book="outgoing", name="Văn bản đi", covers=[], pattern="", actor=system, now=now)
        open_series(agency_id=one.pk, book="incoming", name="Văn bản đến", covers=[], pattern="", actor=system, now=now)
    return province


def known_province() -> Province:
    """The small province that stands in this database already."""
    named = {agency.name: agency for agency in Agency.objects.all()}
    planning = Unit.objects.get(name="Phòng Quản lý xây dựng")
    keys = Person.objects.exclude(email="").values_list("email", "pk")
    posts = {email.split("@")[0]: Holding.objects.get(person_id=pk).post_id for email, pk in keys}
    return Province(
        named["Ủy ban nhân dân tỉnh Sơn Hải"], named["Sở Xây dựng"], named["Ủy ban nhân dân xã Hòa Thuận"], named["Bộ Xây dựng"],
        planning, posts,
    )  # fmt: skip
