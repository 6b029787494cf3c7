"""Instruction, handing on, notes, finishing, returning: who may, what follows, what does not (art. 21, 23, 24)."""

from datetime import timedelta

import pytest

from lienthong.foundation.access.rules import Forbidden
from lienthong.foundation.work.actions.hand_over import hand_over
from lienthong.foundation.work.models import Item
from lienthong.kit.refusal import Refused
from lienthong.modules.documents import queries
from lienthong.modules.documents.actions.assign import assign
from lienthong.modules.documents.actions.finish import finish
from lienthong.modules.documents.actions.forward import forward
from lienthong.modules.documents.actions.instruct import instruct
from lienthong.modules.documents.actions.note import note
from lienthong.modules.documents.actions.receive_paper import receive_paper
from lienthong.modules.documents.actions.return_to_sender import return_to_sender
from lienthong.modules.documents.actions.see import see
from lienthong.modules.documents.actions.start import start
from lienthong.modules.documents.models import Assignment, Delivery, Note, Viewing
from lienthong.modules.documents.rules import Given, NotReady

pytestmark = pytest.mark.django_db


def line_of(province, name, row):
    return queries.my_assignment(province.actor(name), row)


def open_items(province, name):
    return Item.objects.filter(holder_id=province.posts[name], done_at__isnull=True, kind="documents.handle")


def test_each_named_person_owes_what_the_leader_wrote(way, province, now):
    due = now + timedelta(days=3)
    row = way.given(
        Given("lead", post_id=province.posts["huong"]), Given("support", post_id=province.posts["khoa"], due_at=now + timedelta(days=1)),
        Given("inform", unit_id=province.planning.pk), due_at=due,
    )  # fmt: skip
    assert (row.state, row.due_at) == ("assigned", due)
    assert open_items(province, "huong").get().due_at == due
    assert open_items(province, "khoa").get().due_at == now + timedelta(days=1)
    assert open_items(province, "thinh").get().due_at is None
    assert not Item.objects.filter(pk=row.distribute_item_id, done_at__isnull=True).exists()
    assert Delivery.objects.get().code == "04"


def test_only_a_leader_of_the_agency_instructs(way, province, now):
    row = way.taken_in()
    for name in ("oanh", "huong", "thinh", "dung", "chau"):
        with pytest.raises(Forbidden):
            instruct(
                incoming_id=row.pk,
                text="x",
                given=[Given("lead", post_id=province.posts["huong"])],
                due_at=None,
                actor=province.actor(name),
                now=now,
            )
    assert not Assignment.objects.exists()


def test_a_second_lead_and_a_deadline_in_the_past_are_refused_and_nothing_is_given(way, province, now):
    row = way.given()
    phuoc = province.actor("phuoc")
    with pytest.raises(Refused, match="một nơi chủ trì"):
        instruct(
            incoming_id=row.pk,
            text="",
            given=[Given("lead", post_id=province.posts["khoa"])],
            due_at=None,
            actor=phuoc,
            now=now,
        )
    with pytest.raises(Refused, match="đã qua"):
        instruct(
            incoming_id=row.pk,
            text="",
            given=[Given("support", post_id=province.posts["khoa"])],
            due_at=now,
            actor=phuoc,
            now=now,
        )
    with pytest.raises(Refused, match="đã được giao"):
        instruct(
            incoming_id=row.pk,
            text="",
            given=[Given("support", post_id=province.posts["huong"])],
            due_at=None,
            actor=phuoc,
            now=now,
        )
    assert Assignment.objects.count() == 1


def test_a_document_that_all_only_need_to_know_is_finished_by_distributing_it(way, province):
    row = way.given(Given("inform", post_id=province.posts["huong"]))
    assert row.state == "finished" and Delivery.objects.get().code == "06"


def test_a_units_head_hands_on_within_the_unit_and_no_later_than_the_units_deadline(way, province, now):
    due = now + timedelta(days=3)
    row = way.given(Given("lead", unit_id=province.planning.pk), due_at=due)
    line = line_of(province, "thinh", row)
    thinh = province.actor("thinh")
    with pytest.raises(Refused, match="hạn của đơn vị"):
        assign(
            assignment_id=line.pk,
            text="",
            given=[Given("lead", province.posts["huong"], due_at=due + timedelta(days=1))],
            actor=thinh,
            now=now,
        )
    with pytest.raises(Refused, match="trong đơn vị"):
        assign(assignment_id=line.pk, text="", given=[Given("lead", province.posts["oanh"])], actor=thinh, now=now)
    assert not open_items(province, "huong").exists()
    assign(
        assignment_id=line.pk,
        text="",
        given=[Given("lead", province.posts["huong"]), Given("support", province.posts["khoa"])],
        actor=thinh,
        now=now,
    )
    assert open_items(province, "huong").get().due_at == due
    assert not open_items(province, "thinh").exists()


def test_the_first_note_of_the_lead_starts_the_work_and_a_supporters_does_not(way, province, now):
    row = way.given(Given("lead", post_id=province.posts["huong"]), Given("support", post_id=province.posts["khoa"]))
    note(
        assignment_id=line_of(province, "khoa", row).pk,
        text="Ý kiến",
        attached=None,
        actor=province.actor("khoa"),
        now=now,
        opinion_given=True,
    )
    row.refresh_from_db()
    assert row.state == "assigned" and not open_items(province, "khoa").exists()
    note(
        assignment_id=line_of(province, "huong", row).pk,
        text="Đã hẹn",
        attached=None,
        actor=province.actor("huong"),
        now=now,
    )
    row.refresh_from_db()
    assert row.state == "in_progress" and Delivery.objects.get().code == "05"


def test_starting_twice_tells_the_sender_once(way, province, now):
    row = way.given()
    line = line_of(province, "huong", row)
    start(assignment_id=line.pk, actor=province.actor("huong"), now=now)
    start(assignment_id=line.pk, actor=province.actor("huong"), now=now)
    assert [state.code for state in queries.delivery_states(row.delivery_id)] == ["01", "03", "04", "05"]


def test_when_the_lead_finishes_the_document_is_finished_and_the_others_are_released(way, province, now):
    row = way.given(Given("lead", post_id=province.posts["huong"]), Given("support", post_id=province.posts["khoa"]))
    finish(
        assignment_id=line_of(province, "huong", row).pk, result="Đã trả lời", actor=province.actor("huong"), now=now
    )
    row.refresh_from_db()
    assert (row.state, row.end_reason) == ("finished", "Đã trả lời")
    assert not Item.objects.filter(done_at__isnull=True).exists()
    with pytest.raises(NotReady):
        note(
            assignment_id=line_of(province, "khoa", row).pk,
            text="muộn",
            attached=None,
            actor=province.actor("khoa"),
            now=now,
        )
    assert not Note.objects.exists()


def test_a_colleague_cannot_finish_what_is_not_given_to_them(way, province, now):
    row = way.given()
    line = line_of(province, "huong", row)
    for name in ("khoa", "oanh", "gam"):
        with pytest.raises(Forbidden):
            finish(assignment_id=line.pk, result="", actor=province.actor(name), now=now)
    row.refresh_from_db()
    assert row.state == "assigned"


def test_forwarding_brings_in_supporters_but_never_a_new_lead(way, province, now):
    row = way.given()
    line, huong = line_of(province, "huong", row), province.actor("huong")
    with pytest.raises(Refused, match="Chuyển giao"):
        forward(
            assignment_id=line.pk, text="", given=[Given("lead", post_id=province.posts["khoa"])], actor=huong, now=now
        )
    forward(
        assignment_id=line.pk,
        text="Xin ý kiến",
        given=[Given("support", post_id=province.posts["khoa"])],
        actor=huong,
        now=now,
    )
    assert queries.incoming_for(province.actor("khoa"), row.pk) == row


def test_seeing_ends_what_was_only_for_information_and_is_kept_once_a_day(way, province, now):
    row = way.given(Given("lead", post_id=province.posts["huong"]), Given("inform", post_id=province.posts["khoa"]))
    khoa = province.actor("khoa")
    see(document_id=row.document_id, line=line_of(province, "khoa", row), actor=khoa, now=now)
    see(document_id=row.document_id, line=line_of(province, "khoa", row), actor=khoa, now=now)
    assert Viewing.objects.filter(person_id=khoa.person_id).count() == 1
    assert not open_items(province, "khoa").exists()


def test_a_returned_document_tells_its_sender_why_and_owes_nothing_more(way, province, now):
    row = way.taken_in()
    with pytest.raises(Refused, match="lý do"):
        return_to_sender(incoming_id=row.pk, reason=" ", actor=province.actor("oanh"), now=now)
    return_to_sender(incoming_id=row.pk, reason="Thiếu phụ lục 2", actor=province.actor("oanh"), now=now)
    delivery = Delivery.objects.get()
    assert (delivery.code, delivery.remark) == ("02", "Thiếu phụ lục 2")
    assert not Item.objects.filter(done_at__isnull=True).exists()
    with pytest.raises(NotReady):
        return_to_sender(incoming_id=row.pk, reason="lại", actor=province.actor("oanh"), now=now)


def test_a_distributed_document_is_not_returned_any_more(way, province, now):
    row = way.given()
    with pytest.raises(NotReady):
        return_to_sender(incoming_id=row.pk, reason="nhầm", actor=province.actor("oanh"), now=now)
    row.refresh_from_db()
    assert row.state == "assigned"


def test_the_paper_copy_is_noted_once_and_gets_no_number_of_its_own(way, province, now):
    row = way.taken_in()
    receive_paper(incoming_id=row.pk, actor=province.actor("oanh"), now=now)
    with pytest.raises(NotReady):
        receive_paper(incoming_id=row.pk, actor=province.actor("oanh"), now=now)
    row.refresh_from_db()
    assert row.paper_received_at == now and row.arrival_number == 1


def test_whoever_takes_a_debt_over_sees_the_document_and_may_finish_it(way, province, now):
    row = way.given()
    item = open_items(province, "huong").get()
    hand_over(
        item_ids=[item.pk],
        to_post_id=province.posts["khoa"],
        reason="Nghỉ phép",
        actor=province.actor("huong"),
        now=now,
    )
    khoa = province.actor("khoa")
    assert list(queries.incoming(khoa)) == [row]
    finish(assignment_id=line_of(province, "khoa", row).pk, result="xong", actor=khoa, now=now)
    row.refresh_from_db()
    assert row.state == "finished"
