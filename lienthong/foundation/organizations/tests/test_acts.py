"""The acts on agencies, units, posts and people: done, refused by rule, refused by right, done twice."""

from datetime import date, timedelta

import pytest

from lienthong.foundation.access.rules import Forbidden
from lienthong.foundation.access.terms import Duty
from lienthong.foundation.organizations import queries
from lienthong.foundation.organizations.actions.add_agency import add_agency
from lienthong.foundation.organizations.actions.add_code import add_code
from lienthong.foundation.organizations.actions.add_person import add_person, seat, unseat
from lienthong.foundation.organizations.actions.add_post import add_post
from lienthong.foundation.organizations.actions.add_unit import add_unit
from lienthong.foundation.organizations.actions.close_code import close_code
from lienthong.foundation.organizations.actions.close_post import close_post
from lienthong.foundation.organizations.actions.close_unit import close_unit
from lienthong.foundation.organizations.actions.edit_agency import edit_agency
from lienthong.foundation.organizations.actions.edit_contact import edit_contact
from lienthong.foundation.organizations.actions.edit_post import edit_post
from lienthong.foundation.organizations.actions.edit_unit import edit_unit
from lienthong.foundation.organizations.actions.end_substitution import end_substitution
from lienthong.foundation.organizations.actions.move_agency import move_agency
from lienthong.foundation.organizations.actions.move_duty import move_duty
from lienthong.foundation.organizations.actions.rename_agency import rename_agency
from lienthong.foundation.organizations.actions.substitute import substitute
from lienthong.foundation.organizations.models import (
    Agency,
    AgencyPast,
    Holding,
    Identifier,
    Person,
    Post,
    Substitution,
    Unit,
)
from lienthong.foundation.organizations.terms import Tier
from lienthong.foundation.trail.models import Entry
from lienthong.kit.refusal import Refused

pytestmark = pytest.mark.django_db
DETAILS = {
    "short_name": "SXD", "place": "Sơn Hải", "address": "Số 2 phố Biển", "email": "sxd@sonhai.example", "phone": "0200",
    "schedule_id": None,
}  # fmt: skip
DECISION = "Nghị quyết 12/NQ-HĐND"


@pytest.fixture
def minh(province):
    return province.actor("minh")


@pytest.fixture
def day(now):
    return now.date()


def trail(verb: str) -> int:
    return Entry.objects.filter(verb=f"organizations.{verb}").count()


# ---- details


def test_details_are_corrected_with_what_they_were(province, minh, now):
    edit_agency(agency_id=province.department.pk, actor=minh, now=now, **DETAILS)
    assert Agency.objects.get(pk=province.department.pk).address == "Số 2 phố Biển"
    entry = Entry.objects.get(verb="organizations.edit_agency")
    assert entry.details["address"] == ["", "Số 2 phố Biển"]


def test_correcting_nothing_leaves_no_entry(province, minh, now):
    edit_agency(agency_id=province.department.pk, actor=minh, now=now, **DETAILS)
    edit_agency(agency_id=province.department.pk, actor=minh, now=now, **DETAILS)
    assert trail("edit_agency") == 1


# ---- name


def test_a_renamed_agency_keeps_its_earlier_name_for_its_time(province, minh, now, day):
    old = province.department.name
    rename_agency(
        agency_id=province.department.pk, name="Sở Xây dựng và Giao thông", short_name="SXDGT", on=day, legal_basis=DECISION,
        actor=minh, now=now,
    )  # fmt: skip
    agency = Agency.objects.get(pk=province.department.pk)
    assert (agency.name, agency.short_name) == ("Sở Xây dựng và Giao thông", "SXDGT")
    assert queries.name_on(agency, day - timedelta(days=1)) == old
    assert queries.name_on(agency, day) == "Sở Xây dựng và Giao thông"
    assert list(queries.agencies(day, "xay dung va giao thong")) == [agency]


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"name": " "}, "tên mới"),
        ({"legal_basis": ""}, "căn cứ"),
        ({"name": "Sở Xây dựng", "short_name": "SXD"}, "giống hệt"),
        ({"on": date(2027, 1, 1)}, "phía trước"),
        ({"on": date(2025, 7, 1)}, "phải sau ngày bắt đầu"),
    ],
)
def test_a_rename_that_makes_no_sense_changes_nothing(province, minh, now, day, change, why):
    wanted = {"name": "Sở mới", "short_name": "SM", "on": day, "legal_basis": DECISION} | change
    with pytest.raises(Refused, match=why):
        rename_agency(agency_id=province.department.pk, actor=minh, now=now, **wanted)
    assert Agency.objects.get(pk=province.department.pk).name == "Sở Xây dựng"
    assert not AgencyPast.objects.exists()
    assert trail("rename_agency") == 0


def test_two_renames_leave_two_periods_without_a_hole(province, minh, now, day):
    for name, on in (("Sở A", day - timedelta(days=9)), ("Sở B", day)):
        rename_agency(
            agency_id=province.department.pk,
            name=name,
            short_name="S",
            on=on,
            legal_basis=DECISION,
            actor=minh,
            now=now,
        )
    first, second = AgencyPast.objects.order_by("valid_from")
    assert (first.valid_from, first.valid_to, second.valid_from, second.valid_to) == (
        date(2025, 7, 1), day - timedelta(days=9), day - timedelta(days=9), day,
    )  # fmt: skip
    agency = Agency.objects.get(pk=province.department.pk)
    assert [queries.name_on(agency, on) for on in (date(2025, 7, 1), day - timedelta(days=5), day)] == [
        "Sở Xây dựng", "Sở A", "Sở B",
    ]  # fmt: skip


# ---- place in the tree


def test_a_moved_agency_takes_all_below_it_along(province, minh, now, day):
    school = add_agency(
        name="Trường Hòa Thuận", short_name="", tier=Tier.SUBORDINATE, parent_id=province.commune.pk, code="",
        valid_from=day, actor=minh, now=now,
    )  # fmt: skip
    move_agency(
        agency_id=province.commune.pk, parent_id=province.department.pk, tier=Tier.COMMUNE, on=day, legal_basis=DECISION,
        actor=minh, now=now,
    )  # fmt: skip
    school.refresh_from_db()
    department = Agency.objects.get(pk=province.department.pk)
    assert school.path == f"{department.path}{province.commune.pk}/{school.pk}/"
    assert AgencyPast.objects.get().parent_id == province.committee.pk


def test_no_agency_can_stand_below_itself(province, minh, now, day):
    with pytest.raises(Refused, match="nằm dưới chính"):
        move_agency(
            agency_id=province.committee.pk, parent_id=province.department.pk, tier=Tier.PROVINCE, on=day,
            legal_basis=DECISION, actor=minh, now=now,
        )  # fmt: skip
    assert Agency.objects.get(pk=province.committee.pk).path == province.committee.path


# ---- identifiers


def test_a_further_identifier_leads_to_the_agency_and_a_closed_one_still_does(province, minh, now, day):
    made = add_code(agency_id=province.department.pk, code="h99.7x", valid_from=day, actor=minh, now=now)
    assert (made.code, made.scheme) == ("H99.7X", "new")
    close_code(code_id=made.pk, on=day + timedelta(days=1), actor=minh, now=now)
    assert queries.by_code("H99.7X", day + timedelta(days=9)) == province.department
    assert queries.codes_of([province.department.pk])[province.department.pk] == "H99.07"


def test_an_identifier_has_one_owner_forever(province, minh, now, day):
    made = add_code(agency_id=province.department.pk, code="H99.7X", valid_from=day, actor=minh, now=now)
    close_code(code_id=made.pk, on=day + timedelta(days=1), actor=minh, now=now)
    with pytest.raises(Refused, match="đã thuộc về"):
        add_code(agency_id=province.commune.pk, code="H99.7X", valid_from=day, actor=minh, now=now)
    with pytest.raises(Refused, match="đã kết thúc"):
        close_code(code_id=made.pk, on=day + timedelta(days=2), actor=minh, now=now)
    assert Identifier.objects.filter(code="H99.7X").count() == 1


def test_an_identifier_of_strange_letters_is_refused(province, minh, now, day):
    with pytest.raises(Refused, match="chỉ được gồm"):
        add_code(agency_id=province.department.pk, code="H99/07", valid_from=day, actor=minh, now=now)


# ---- units and posts


def test_a_unit_is_renamed_and_closed_once_it_is_empty(province, minh, now, day):
    unit = add_unit(
        agency_id=province.department.pk, name="Phòng Cũ", short_name="PC", valid_from=day, actor=minh, now=now
    )
    edit_unit(unit_id=unit.pk, name="Phòng Mới", short_name="PM", actor=minh, now=now)
    close_unit(unit_id=unit.pk, on=day + timedelta(days=1), actor=minh, now=now)
    unit.refresh_from_db()
    assert (unit.name, unit.valid_to) == ("Phòng Mới", day + timedelta(days=1))
    assert unit not in queries.units_of(province.department.pk, day + timedelta(days=1))
    with pytest.raises(Refused, match="đã kết thúc"):
        close_unit(unit_id=unit.pk, on=day + timedelta(days=2), actor=minh, now=now)


def test_a_unit_with_posts_is_not_closed(province, minh, now, day):
    with pytest.raises(Refused, match="còn 3 chức danh"):
        close_unit(unit_id=province.planning.pk, on=day, actor=minh, now=now)
    assert Unit.objects.get(pk=province.planning.pk).valid_to is None


def test_a_posts_rights_follow_its_duties(province, minh, now):
    edit_post(
        post_id=province.posts["huong"], name="Phó Trưởng phòng", unit_id=province.planning.pk,
        duties=[Duty.OFFICIAL, Duty.UNIT_HEAD], actor=minh, now=now,
    )  # fmt: skip
    assert province.actor("huong").may("documents.assign")
    assert province.actor("huong").post_name == "Phó Trưởng phòng"


def test_the_last_clerk_of_an_agency_stays(province, minh, now, day):
    with pytest.raises(Refused, match="văn thư cuối cùng"):
        edit_post(post_id=province.posts["oanh"], name="Văn thư", unit_id=None, duties=[], actor=minh, now=now)
    with pytest.raises(Refused, match="văn thư cuối cùng"):
        close_post(post_id=province.posts["oanh"], on=day, actor=minh, now=now)
    assert province.actor("oanh").may("documents.register")


def test_a_duty_moves_from_one_post_to_another(province, minh, now, day):
    move_duty(
        from_post_id=province.posts["oanh"], to_post_id=province.posts["khoa"], duty=Duty.CLERK, actor=minh, now=now
    )
    assert not province.actor("oanh").may("documents.register")
    assert province.actor("khoa").may("documents.register")
    assert set(province.actor("khoa").duties) == {Duty.OFFICIAL, Duty.CLERK}
    with pytest.raises(Refused, match="không có nhiệm vụ"):
        move_duty(
            from_post_id=province.posts["oanh"], to_post_id=province.posts["khoa"], duty=Duty.CLERK, actor=minh, now=now
        )
    close_post(post_id=province.posts["oanh"], on=day, actor=minh, now=now)
    assert queries.actor_for_post(province.posts["oanh"], day) is None


def test_a_duty_does_not_leave_its_agency(province, minh, now):
    with pytest.raises(Refused, match="cùng cơ quan"):
        move_duty(
            from_post_id=province.posts["oanh"], to_post_id=province.posts["gam"], duty=Duty.CLERK, actor=minh, now=now
        )
    assert province.actor("oanh").may("documents.register")


def test_ending_a_post_ends_its_seats_and_substitutions(province, minh, now, day):
    huong = Holding.objects.get(post=province.posts["huong"]).person
    substitute(
        post_id=province.posts["khoa"], person_id=huong.pk, valid_from=day, valid_to=day + timedelta(days=5),
        reason="Nghỉ phép", actor=minh, now=now,
    )  # fmt: skip
    on = day + timedelta(days=2)
    close_post(post_id=province.posts["khoa"], on=on, actor=minh, now=now)
    assert Holding.objects.get(post=province.posts["khoa"]).valid_to == on
    assert Substitution.objects.get().valid_to == on
    assert Post.objects.get(pk=province.posts["khoa"]).valid_to == on


# ---- people


def test_a_person_is_seated_once_and_leaves_on_a_day(province, minh, now, day):
    person = add_person(name="Đinh Văn Tâm", email="", post_id=None, valid_from=day, actor=minh, now=now)
    seat(person_id=person.pk, post_id=province.posts["khoa"], valid_from=day, actor=minh, now=now)
    with pytest.raises(Refused, match="đang giữ chức danh"):
        seat(person_id=person.pk, post_id=province.posts["khoa"], valid_from=day, actor=minh, now=now)
    with pytest.raises(Refused, match="phải sau ngày bắt đầu"):
        unseat(post_id=province.posts["khoa"], person_id=person.pk, last_day_after=day, actor=minh, now=now)
    unseat(
        post_id=province.posts["khoa"], person_id=person.pk, last_day_after=day + timedelta(days=1), actor=minh, now=now
    )
    assert queries.posts_of_person(person.pk, person.name, day)
    assert not queries.posts_of_person(person.pk, person.name, day + timedelta(days=1))
    with pytest.raises(Refused, match="không đang giữ"):
        unseat(post_id=province.posts["khoa"], person_id=person.pk, last_day_after=day, actor=minh, now=now)


def test_how_a_person_is_reached_is_not_kept_in_the_trail(province, minh, now):
    person = Holding.objects.get(post=province.posts["khoa"]).person
    edit_contact(person_id=person.pk, email="khoa2@sonhai.example", phone="0901", actor=minh, now=now)
    assert Person.objects.get(pk=person.pk).email == "khoa2@sonhai.example"
    entry = Entry.objects.get(verb="organizations.edit_contact")
    assert "khoa" not in f"{entry.sentence} {entry.details}"


# ---- substitution


def stand_in(province, now, actor, who="khoa", days=(0, 3), reason="Đi công tác"):
    person = Holding.objects.get(post=province.posts[who]).person
    start = now.date() + timedelta(days=days[0])
    return substitute(
        post_id=province.posts["huong"], person_id=person.pk, valid_from=start,
        valid_to=now.date() + timedelta(days=days[1]), reason=reason, actor=actor, now=now,
    )  # fmt: skip


def test_the_holder_names_who_acts_meanwhile_and_takes_it_back(province, now, day):
    huong = province.actor("huong")
    made = stand_in(province, now, huong)
    khoa = Holding.objects.get(post=province.posts["khoa"]).person
    posts = queries.posts_of_person(khoa.pk, khoa.name, day)
    assert [(one.post_id, one.standing_in) for one in posts] == [
        (province.posts["khoa"], ""), (province.posts["huong"], "Trần Thu Hương"),
    ]  # fmt: skip
    end_substitution(substitution_id=made.pk, actor=huong, now=now)
    assert len(queries.posts_of_person(khoa.pk, khoa.name, day)) == 1


def test_a_running_substitution_ends_today(province, now, day):
    huong = province.actor("huong")
    made = stand_in(province, now, huong, days=(-2, 3))
    end_substitution(substitution_id=made.pk, actor=huong, now=now)
    assert Substitution.objects.get().valid_to == day
    with pytest.raises(Refused, match="đã kết thúc"):
        end_substitution(substitution_id=made.pk, actor=huong, now=now)


@pytest.mark.parametrize(
    ("wanted", "why"),
    [
        ({"who": "huong"}, "đang giữ chính chức danh này"),
        ({"days": (3, 3)}, "phải sau ngày bắt đầu"),
        ({"reason": " "}, "lý do"),
    ],
)
def test_a_substitution_that_makes_no_sense_is_not_made(province, now, wanted, why):
    with pytest.raises(Refused, match=why):
        stand_in(province, now, province.actor("huong"), **wanted)
    assert not Substitution.objects.exists()


def test_the_same_substitute_is_not_named_twice_for_the_same_days(province, now):
    stand_in(province, now, province.actor("huong"))
    with pytest.raises(Refused, match="đã được cử"):
        stand_in(province, now, province.actor("huong"), days=(2, 9))
    assert Substitution.objects.count() == 1


def test_a_stranger_neither_makes_nor_ends_a_substitution(province, now):
    with pytest.raises(Forbidden):
        stand_in(province, now, province.actor("thinh"))
    made = stand_in(province, now, province.actor("minh"))
    with pytest.raises(Forbidden):
        end_substitution(substitution_id=made.pk, actor=province.actor("thinh"), now=now)
    assert Substitution.objects.count() == 1


# ---- rights


def test_whoever_does_not_hold_the_verb_changes_nothing(province, now, day):
    """A clerk, of all people close to these records, tries every act."""
    oanh, agency = province.actor("oanh"), province.department.pk
    khoa = Holding.objects.get(post=province.posts["khoa"])
    code = Identifier.objects.get(agency=agency)
    who = {"actor": oanh, "now": now}
    tries = [
        lambda: edit_agency(agency_id=agency, **DETAILS, **who),
        lambda: rename_agency(agency_id=agency, name="X", short_name="X", on=day, legal_basis=DECISION, **who),
        lambda: move_agency(agency_id=agency, parent_id=None, tier=Tier.OTHER, on=day, legal_basis=DECISION, **who),
        lambda: add_code(agency_id=agency, code="H99.8", valid_from=day, **who),
        lambda: close_code(code_id=code.pk, on=day, **who),
        lambda: add_unit(agency_id=agency, name="X", short_name="", valid_from=day, **who),
        lambda: edit_unit(unit_id=province.planning.pk, name="X", short_name="X", **who),
        lambda: close_unit(unit_id=province.planning.pk, on=day, **who),
        lambda: add_post(agency_id=agency, unit_id=None, name="X", duties=[], valid_from=day, **who),
        lambda: edit_post(post_id=province.posts["khoa"], name="X", unit_id=None, duties=["administrator"], **who),
        lambda: move_duty(from_post_id=province.posts["phuoc"], to_post_id=oanh.post_id, duty="leader", **who),
        lambda: close_post(post_id=province.posts["khoa"], on=day, **who),
        lambda: add_person(name="X", email="", post_id=None, valid_from=day, **who),
        lambda: seat(person_id=oanh.person_id, post_id=province.posts["phuoc"], valid_from=day, **who),
        lambda: unseat(post_id=province.posts["khoa"], person_id=khoa.person_id, last_day_after=day, **who),
        lambda: edit_contact(person_id=khoa.person_id, email="x@x.example", phone="", **who),
    ]  # fmt: skip
    before = Entry.objects.count()
    for attempt in tries:
        with pytest.raises(Forbidden):
            attempt()
    assert Entry.objects.count() == before
    assert Agency.objects.get(pk=agency).name == "Sở Xây dựng"
    assert province.actor("khoa").post_name == "Chuyên viên"
