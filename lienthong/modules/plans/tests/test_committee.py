"""The steering committee: who sits from when until when, what was concluded."""

import io
from datetime import date, timedelta

import pytest

from conftest import PDF
from lienthong.foundation.access.rules import Forbidden
from lienthong.foundation.files.actions.store import store
from lienthong.kit.refusal import Refused
from lienthong.modules.plans.actions.keep_minutes import keep_minutes
from lienthong.modules.plans.actions.seat_member import seat_member
from lienthong.modules.plans.actions.unseat_member import unseat_member
from lienthong.modules.plans.models import Member, Minutes
from lienthong.modules.plans.queries import committee
from stories.accounts import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def seat(steered, province, now):
    def do(whom="chau", role="Trưởng ban", since=date(2026, 3, 1), who="lan"):
        return seat_member(
            plan_id=steered.pk, post_id=province.posts[whom], role=role, since=since, actor=province.actor(who), now=now
        )

    return do


@pytest.fixture
def minutes(steered, province, now):
    def do(conclusion="Giao Sở Xây dựng nối phần mềm trước 30/9.", held_on=None, who="lan", paper=True):
        stored = store(stream=io.BytesIO(PDF), name="ket-luan.pdf", now=now) if paper else None
        return keep_minutes(
            plan_id=steered.pk, held_on=held_on or now.date(), conclusion=conclusion, stored=stored,
            file_name="ket-luan.pdf", actor=province.actor(who), now=now,
        )  # fmt: skip

    return do


def test_a_member_sits_with_the_name_of_who_held_the_post(seat, steered):
    seat()
    seat("phuoc", "Ủy viên")
    assert [(one.name, one.role) for one in committee.members(steered.pk)] == [
        ("Trương Minh Châu", "Trưởng ban"),
        ("Đặng Hữu Phước", "Ủy viên"),
    ]


def test_nobody_sits_twice_at_once_but_may_come_back(seat, steered, province, now):
    first = seat()
    with pytest.raises(Refused, match="đã ở trong"):
        seat(role="Ủy viên")
    unseat_member(plan_id=steered.pk, member_id=first.pk, until=date(2026, 5, 1), actor=province.actor("lan"), now=now)
    seat(since=date(2026, 6, 1))
    assert [one.until for one in committee.members(steered.pk)] == [None, date(2026, 5, 1)]


@pytest.mark.parametrize(
    ("given", "says"), [({"role": " "}, "vai trò"), ({"since": date(2020, 1, 1)}, "không có ai giữ")]
)  # fmt: skip
def test_no_seat_without_role_or_holder(seat, given, says):
    with pytest.raises(Refused, match=says):
        seat(**given)
    assert not Member.objects.exists()


def test_the_issuer_alone_seats_and_unseats(seat, steered, province, now):
    with pytest.raises(Forbidden):
        seat(who="phuoc")
    assert not Member.objects.exists()
    made = seat()
    with pytest.raises(Forbidden):
        unseat_member(plan_id=steered.pk, member_id=made.pk, until=now.date(), actor=province.actor("oanh"), now=now)
    assert Member.objects.get().until is None


def test_who_left_has_left_once_and_not_before_coming(seat, steered, province, now):
    made, actor = seat(), province.actor("lan")
    with pytest.raises(Refused, match="trước ngày tham gia"):
        unseat_member(plan_id=steered.pk, member_id=made.pk, until=date(2026, 2, 1), actor=actor, now=now)
    unseat_member(plan_id=steered.pk, member_id=made.pk, until=date(2026, 5, 1), actor=actor, now=now)
    with pytest.raises(Refused, match="đã thôi"):
        unseat_member(plan_id=steered.pk, member_id=made.pk, until=date(2026, 6, 1), actor=actor, now=now)
    assert Member.objects.get().until == date(2026, 5, 1)


def test_minutes_are_kept_once_with_their_paper(minutes, steered):
    made = minutes()
    assert made.stored_id and made.file_name == "ket-luan.pdf" and made.by_name == "Phạm Ngọc Lan"
    with pytest.raises(Refused, match="đã được lưu"):
        minutes()
    assert Minutes.objects.count() == 1


def test_minutes_without_paper_name_no_file(minutes):
    assert minutes(paper=False).file_name == ""


def test_no_minutes_without_conclusion_or_of_a_meeting_to_come(minutes, now):
    with pytest.raises(Refused, match="kết luận gì"):
        minutes(conclusion="  ")
    with pytest.raises(Refused, match="chưa đến"):
        minutes(held_on=now.date() + timedelta(days=1))
    assert not Minutes.objects.exists()


def test_the_issuer_alone_keeps_minutes(minutes):
    with pytest.raises(Forbidden):
        minutes(who="huong")
    assert not Minutes.objects.exists()


def test_the_page_seats_somebody_of_another_agency(steered, province, client):
    viewer = signed_in(client, province, "lan")
    address = f"/lam-viec/ke-hoach/{steered.pk}/ban-chi-dao/cu/?co-quan={province.department.pk}"
    assert "Đặng Hữu Phước" in viewer.get(address).content.decode()
    assert "Đặng Hữu Phước" not in viewer.get(address.split("?")[0]).content.decode()
    typed = {"post": province.posts["phuoc"], "role": "Ủy viên", "since": "2026-03-01"}
    page = viewer.post(address, typed, follow=True).content.decode()
    assert "Đã cử Đặng Hữu Phước" in page
    made = Member.objects.get()
    page = viewer.post(
        f"/lam-viec/ke-hoach/{steered.pk}/ban-chi-dao/{made.pk}/thoi/", {"until": "2026-05-01"}, follow=True
    ).content.decode()
    assert "01/03/2026 – 30/04/2026" in page


def test_the_page_keeps_minutes_and_gives_their_paper_to_every_reader(steered, province, client):
    viewer = signed_in(client, province, "lan")
    paper = io.BytesIO(PDF)
    paper.name = "kết luận.pdf"
    typed = {"held_on": "2026-03-01", "conclusion": "Giao Sở Xây dựng.", "paper": paper}
    page = viewer.post(
        f"/lam-viec/ke-hoach/{steered.pk}/ban-chi-dao/bien-ban/luu/", typed, follow=True
    ).content.decode()
    assert "Giao Sở Xây dựng." in page and "kết luận.pdf" in page
    made = Minutes.objects.get()
    answer = signed_in(client, province, "huong").get(
        f"/lam-viec/ke-hoach/{steered.pk}/ban-chi-dao/bien-ban/{made.pk}/tep/"
    )
    assert b"".join(answer.streaming_content) == PDF
    assert client.get(f"/lam-viec/ke-hoach/{steered.pk}/ban-chi-dao/bien-ban/{made.pk + 1}/tep/").status_code == 404


def test_a_program_is_no_paper(steered, province, client):
    program = io.BytesIO(b"MZ" + b"\0" * 200)
    program.name = "bien-ban.exe"
    answer = signed_in(client, province, "lan").post(
        f"/lam-viec/ke-hoach/{steered.pk}/ban-chi-dao/bien-ban/luu/",
        {"held_on": "2026-03-01", "conclusion": "Giữ câu này.", "paper": program},
    )
    assert answer.status_code == 422 and "Giữ câu này." in answer.content.decode()
    assert not Minutes.objects.exists()
