"""The one-stop of the small province: two centres, their desks, officials of the commune, and two procedures. Invented."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from lienthong.foundation.access.rules import system_actor
from lienthong.foundation.access.terms import Duty
from lienthong.foundation.organizations.actions.add_agency import add_agency
from lienthong.foundation.organizations.actions.add_person import add_person
from lienthong.foundation.organizations.actions.add_post import add_post
from lienthong.foundation.organizations.actions.add_unit import add_unit
from lienthong.foundation.organizations.models import Agency, Unit
from lienthong.foundation.organizations.terms import Tier
from lienthong.kit.dates import VIETNAM
from lienthong.kit.text import vn_fold
from lienthong.modules.citizens.actions.keep_applicant import keep_applicant
from lienthong.modules.citizens.models import Applicant
from lienthong.modules.citizens.rules import Details
from lienthong.modules.dossiers.actions.finish_step import finish_step
from lienthong.modules.dossiers.actions.receive import receive
from lienthong.modules.dossiers.models import Dossier, StepRun
from lienthong.modules.dossiers.rules import Handed, Intake
from lienthong.modules.procedures.models import (
    Case,
    Component,
    Field,
    Method,
    Offering,
    Procedure,
    Process,
    ProcessStep,
    Version,
)
from lienthong.modules.procedures.terms import Channel, ServiceLevel, StepKind, TermUnit
from stories.people import BEGINNING, FRIDAY, Province


@dataclass
class OneStop:
    """ngan: desk of the commune's centre · tuyet: desk of the provincial centre · bao: official of the commune's office of
    economy · quy: its head."""

    province: Province
    commune_centre: Agency
    province_centre: Agency
    economy: Unit
    building: Version  # a building permit: 7 working days, process of six steps
    household: Version  # a household business: 3 working days, no process
    permit_case: Case
    applicant: Applicant

    def actor(self, name: str):
        return self.province.actor(name)

    def intake(self, version: Version | None = None, decider: Agency | None = None, **rest) -> Intake:
        """What lies on the counter: complete papers of the building permit for the commune, unless told otherwise."""
        version = version or self.building
        components = Component.objects.filter(case__version=version)
        papers = [Handed(row.name, row.pk, originals=1) for row in components]
        case = Case.objects.filter(version=version).first()
        fields = {
            "applicant_id": self.applicant.pk, "version_id": version.pk, "case_id": case.pk if case else None,
            "decider_id": (decider or self.province.commune).pk, "matter": version.name, "papers": papers,
        }  # fmt: skip
        return Intake(**{**fields, **rest})

    def received(self, now: datetime = FRIDAY, who: str = "ngan", **rest) -> Dossier:
        return receive(intake=self.intake(**rest), actor=self.actor(who), now=now)

    def open_run(self, dossier: Dossier, key: str | None = None) -> StepRun:
        rows = StepRun.objects.filter(dossier=dossier, state="open")
        return (rows.get(key=key) if key else rows.order_by("id").first()) or rows.get()

    def at_step(self, key: str, now: datetime = FRIDAY, **rest) -> Dossier:
        """A dossier that has come to that step, each one before finished by its holder."""
        dossier = self.received(now=now, **rest)
        for _ in range(10):
            run = self.open_run(dossier)
            if run.key == key:
                return Dossier.objects.get(pk=dossier.pk)
            finish_step(
                run_id=run.pk,
                actor=self.holder(run),
                now=now,
                to_post_id=self.province.posts["bao"] if run.key == "2" else None,
            )
        raise AssertionError(key)

    def holder(self, run: StepRun):
        from lienthong.foundation.organizations import queries as organizations

        return organizations.actor_for_post(run.item.holder_id, FRIDAY.date())


def make_one_stop(province: Province) -> OneStop:
    system, now = system_actor(), datetime(2026, 1, 5, 8, 0, tzinfo=VIETNAM)

    def centre(name, parent, code):
        return add_agency(
            name=name, short_name="TTPVHCC", tier=Tier.SUBORDINATE, parent_id=parent.pk, code=code, place=parent.place,
            valid_from=BEGINNING, actor=system, now=now,
        )  # fmt: skip

    at_commune = centre("Trung tâm Phục vụ hành chính công xã Hòa Thuận", province.commune, "H99.71.01")
    at_province = centre("Trung tâm Phục vụ hành chính công tỉnh Sơn Hải", province.committee, "H99.01.05")
    economy = add_unit(
        agency_id=province.commune.pk,
        name="Phòng Kinh tế",
        short_name="KT",
        valid_from=BEGINNING,
        actor=system,
        now=now,
    )

    def seat(key, person, post, agency, duties, unit=None):
        made = add_post(
            agency_id=agency.pk, unit_id=unit.pk if unit else None, name=post, duties=duties, valid_from=BEGINNING,
            actor=system, now=now,
        )  # fmt: skip
        add_person(
            name=person, email=f"{key}@sonhai.example", post_id=made.pk, valid_from=BEGINNING, actor=system, now=now
        )
        province.posts[key] = made.pk

    seat("ngan", "Đỗ Kim Ngân", "Công chức tiếp nhận", at_commune, [Duty.DESK])
    seat("tuyet", "Lâm Bạch Tuyết", "Công chức tiếp nhận", at_province, [Duty.DESK])
    seat("quy", "Hồ Phú Quý", "Trưởng phòng", province.commune, [Duty.UNIT_HEAD], economy)
    seat("bao", "Mai Gia Bảo", "Chuyên viên", province.commune, [Duty.OFFICIAL], economy)
    building, case = _building_permit(province, economy)
    return OneStop(
        province, at_commune, at_province, economy, building, _household_business(province), case,
        keep_applicant(
            details=Details("Huỳnh Mỹ Duyên", number="091191000347", phone="0900000412", address="Khóm 4, xã Hòa Thuận", email="duyen@mail.example"),
            actor=province.actor("ngan"), now=now,
        ),
    )  # fmt: skip


def _version(code: str, name: str, field: Field, days: int, agency: Agency) -> Version:
    procedure = Procedure.objects.create(code=code)
    version = Version.objects.create(
        procedure=procedure, no=1, name=name, folded=vn_fold(f"{name} {code}"), field=field, tiers=["commune"],
        service_level=ServiceLevel.PARTIAL, subjects=["Công dân Việt Nam"], valid_from=BEGINNING,
    )  # fmt: skip
    for place, channel in enumerate((Channel.DIRECT, Channel.ONLINE, Channel.POST), 1):
        Method.objects.create(
            version=version, place=place, channel=channel, amount=Decimal(days), unit=TermUnit.WORKING_DAYS
        )
    Offering.objects.create(procedure=procedure, agency=agency, valid_from=BEGINNING)
    return version


def _building_permit(province: Province, economy: Unit) -> tuple[Version, Case]:
    field = Field.objects.create(code="G17-XD01", name="Hoạt động xây dựng")
    version = _version("9.900001", "Cấp giấy phép xây dựng nhà ở riêng lẻ", field, 7, province.commune)
    case = Case.objects.create(version=version, place=1, name="Nhà ở riêng lẻ")
    for place, (name, required) in enumerate(
        (("Đơn đề nghị cấp giấy phép xây dựng", True), ("Bản vẽ thiết kế", True), ("Bản cam kết", False)), 1
    ):
        Component.objects.create(case=case, place=place, name=name, originals=1, required=required)
    process = Process.objects.create(
        procedure=version.procedure, agency=province.commune, name=version.name, valid_from=BEGINNING
    )
    rows = (
        ("1", StepKind.RECEIVE, "Tiếp nhận", "desk", None, Decimal(4), ["2"], ""),
        ("2", StepKind.ASSIGN, "Phân công", "unit_head", economy, Decimal(4), ["3"], ""),
        ("3", StepKind.HANDLE, "Thẩm định, thực địa", "official", None, Decimal(36), ["4"], "2"),
        ("4", StepKind.DECIDE, "Ký giấy phép", "leader", None, Decimal(8), ["5"], "3"),
        ("5", StepKind.RELEASE, "Vào sổ, đóng dấu", "clerk", None, Decimal(4), ["6"], ""),
        ("6", StepKind.RETURN, "Trả kết quả", "desk", None, None, [], ""),
    )
    for place, (key, kind, name, duty, unit, hours, following, back) in enumerate(rows, 1):
        ProcessStep.objects.create(
            process=process, key=key, place=place, kind=kind, name=name, duty=duty, unit=unit, hours=hours, next=following,
            back_to=back,
        )  # fmt: skip
    return version, case


def _household_business(province: Province) -> Version:
    field = Field.objects.create(code="G13-KD01", name="Thành lập và hoạt động của hộ kinh doanh")
    return _version("9.900002", "Đăng ký thành lập hộ kinh doanh", field, 3, province.commune)


SUNDAY = date(2026, 11, 22)
