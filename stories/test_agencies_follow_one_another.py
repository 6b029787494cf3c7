"""Agencies merge, split and end: nothing open is lost, nothing that was held becomes unreadable."""

from datetime import timedelta

import pytest

from lienthong.foundation.access.rules import Forbidden
from lienthong.foundation.notify.models import Message
from lienthong.foundation.numbering.models import Series
from lienthong.foundation.organizations import queries as organizations
from lienthong.foundation.organizations.actions.add_agency import add_agency
from lienthong.foundation.organizations.models import Agency, Holding, Identifier, Post, Succession, Unit
from lienthong.foundation.organizations.terms import SuccessionKind, Tier
from lienthong.foundation.work.actions.extend import ask, decide
from lienthong.foundation.work.actions.hand_over import hand_over
from lienthong.foundation.work.actions.open_item import open_item
from lienthong.foundation.work.models import Extension, HandOver, Item
from lienthong.kit.refusal import Refused
from lienthong.modules.documents import queries
from lienthong.modules.documents.actions import tell_people
from lienthong.modules.documents.actions.answer_request import answer_request
from lienthong.modules.documents.actions.finish import finish
from lienthong.modules.documents.actions.instruct import instruct
from lienthong.modules.documents.actions.issue import issue
from lienthong.modules.documents.actions.recall import recall
from lienthong.modules.documents.actions.register_incoming import register_incoming
from lienthong.modules.documents.actions.register_outgoing import register_outgoing
from lienthong.modules.documents.facts import RequestMade
from lienthong.modules.documents.models import Delivery, DeliveryState, Incoming, SenderRequest
from lienthong.modules.documents.queries import lists, numbers
from lienthong.modules.documents.rules import Given, OutgoingDetails, Paper, Recipient
from lienthong.site.actions.end_post import end_post
from lienthong.site.actions.succeed import succeed

pytestmark = pytest.mark.django_db
DECISION = "Nghị quyết 12/NQ-HĐND"


@pytest.fixture
def letter(province, pdf, now):
    """Sends a letter from the committee to the commune; returns the commune's row."""

    def make(subject: str) -> Incoming:
        lan = province.actor("lan")
        sent = register_outgoing(
            paper=Paper("KH", "", subject, now.date(), signer_name="Trương Minh Châu"), details=OutgoingDetails(),
            attached=[pdf(text=subject)], actor=lan, now=now,
        )  # fmt: skip
        issue(outgoing_id=sent.pk, recipients=[Recipient(province.commune.pk)], to_places="", actor=lan, now=now)
        return Incoming.objects.get(document=sent.document)

    return make


def merge(province, now, **change):
    wanted = {
        "kind": SuccessionKind.MERGE, "predecessor_ids": [province.commune.pk], "successor_ids": [province.department.pk],
        "on": now.date(), "legal_basis": DECISION, "actor": province.actor("minh"), "now": now,
    }  # fmt: skip
    return succeed(**(wanted | change))


def test_the_successor_reads_what_the_predecessor_held_and_finishes_what_was_open(province, letter, now):
    gam, dung, oanh, phuoc = (province.actor(name) for name in ("gam", "dung", "oanh", "phuoc"))
    done, waiting, new = letter("Việc đã xong"), letter("Việc chờ phân phối"), letter("Việc chờ vào sổ")
    for row in (done, waiting):
        register_incoming(incoming_id=row.pk, actor=gam, now=now)
    instruct(incoming_id=done.pk, text="", given=[Given("lead", post_id=gam.post_id)], due_at=None, actor=dung, now=now)
    mine = queries.my_assignment(gam, queries.incoming_for(gam, done.pk))
    finish(assignment_id=mine.pk, result="Xong.", actor=gam, now=now)
    assert not queries.incoming(oanh).exists()

    passed = merge(province, now)

    assert (len(passed.ended), passed.debts, passed.documents, passed.books) == (1, 2, 2, 2)
    oanh, phuoc = province.actor("oanh"), province.actor("phuoc")
    assert oanh.custody == (province.commune.pk,)
    assert set(queries.incoming(oanh)) == {done, waiting, new}
    found = lists.incoming_page(oanh, lists.Filter(words="viec da xong"), 1, now)
    assert [row.pk for row in found.rows] == [done.pk]
    assert queries.files_of(oanh, queries.incoming_for(oanh, done.pk))
    # What waited for the clerk waits for the successor's clerk, what waited for the chairman for its director.
    assert Item.objects.get(pk=new.register_item_id).holder_id == oanh.post_id
    waiting.refresh_from_db()
    assert Item.objects.get(pk=waiting.distribute_item_id).holder_id == phuoc.post_id
    row = register_incoming(incoming_id=new.pk, actor=oanh, now=now)
    assert (row.agency_id, row.series.agency_id, row.arrival_number) == (
        province.department.pk,
        province.department.pk,
        1,
    )
    assert Delivery.objects.get(pk=new.delivery_id).code == "03"
    instruct(
        incoming_id=waiting.pk,
        text="",
        given=[Given("lead", unit_id=province.planning.pk)],
        due_at=None,
        actor=phuoc,
        now=now,
    )
    assert queries.incoming(province.actor("thinh")).get() == waiting
    assert numbers.verify()[1] == []


def test_an_ended_agency_ends_with_everything_of_it(province, now):
    merge(province, now)
    on = now.date()
    commune = Agency.objects.get(pk=province.commune.pk)
    assert commune.valid_to == on
    assert {row.valid_to for row in Post.objects.filter(agency=commune)} == {on}
    assert {row.valid_to for row in Holding.objects.filter(post__agency=commune)} == {on}
    assert {row.valid_to for row in Identifier.objects.filter(agency=commune)} == {on}
    assert not Unit.objects.filter(agency=commune, valid_to__isnull=True).exists()
    assert not Series.objects.filter(agency=commune, valid_to__isnull=True).exists()
    assert commune not in organizations.agencies(on)
    assert organizations.by_code("H99.71", on) == province.department
    assert organizations.actor_for_post(province.posts["gam"], on) is None


def test_agencies_below_an_ended_one_stand_under_its_successor(province, now):
    minh, on = province.actor("minh"), now.date()
    school = add_agency(
        name="Trường Hòa Thuận", short_name="", tier=Tier.SUBORDINATE, parent_id=province.commune.pk, code="",
        valid_from=on - timedelta(days=1), actor=minh, now=now,
    )  # fmt: skip
    merge(province, now)
    school.refresh_from_db()
    assert school.parent_id == province.department.pk
    assert school.path == f"{Agency.objects.get(pk=province.department.pk).path}{school.pk}/"


def test_custody_passes_on_through_several_successions(province, now):
    merge(province, now)
    merge(province, now, predecessor_ids=[province.department.pk], successor_ids=[province.committee.pk])
    assert province.actor("lan").custody == tuple(sorted([province.department.pk, province.commune.pk]))
    assert organizations.by_code("H99.71", now.date()) == province.committee


def test_a_part_that_is_split_off_takes_no_custody_of_what_goes_on(province, now):
    passed = succeed(
        kind=SuccessionKind.SPLIT, predecessor_ids=[province.commune.pk], successor_ids=[province.department.pk],
        on=now.date(), legal_basis=DECISION, stays=True, actor=province.actor("minh"), now=now,
    )  # fmt: skip
    assert passed.ended == ()
    assert Agency.objects.get(pk=province.commune.pk).valid_to is None
    assert province.actor("oanh").custody == ()
    assert Succession.objects.get().successor_id == province.department.pk
    assert province.actor("gam").may("documents.register")


def finished(province, row, now):
    """The commune registers the row, its clerk settles it."""
    gam = province.actor("gam")
    register_incoming(incoming_id=row.pk, actor=gam, now=now)
    instruct(
        incoming_id=row.pk, text="", given=[Given("lead", post_id=gam.post_id)], due_at=None, actor=province.actor("dung"),
        now=now,
    )  # fmt: skip
    mine = queries.my_assignment(gam, queries.incoming_for(gam, row.pk))
    finish(assignment_id=mine.pk, result="Xong.", actor=gam, now=now)


def test_a_recall_after_a_merger_reaches_the_successor_for_what_the_predecessor_had_finished(province, letter, now):
    row = letter("Việc đã xong")
    finished(province, row, now)
    merge(province, now)

    recall(outgoing_id=row.delivery.outgoing_id, reason="Sai số liệu", actor=province.actor("lan"), now=now)

    request, oanh = SenderRequest.objects.get(), province.actor("oanh")
    assert request.item is not None and request.item.holder_id == oanh.post_id
    tell_people.of_requests(RequestMade(row.delivery.outgoing_id, "recall", "Sai số liệu", [request.pk]), now=now)
    clerk = Holding.objects.get(post=province.posts["oanh"]).person
    assert Message.objects.filter(person=clerk, once=f"documents.request.{request.pk}").count() == 1
    answer_request(request_id=request.pk, agreed=True, answer="", actor=oanh, now=now)
    row.refresh_from_db()
    assert (row.state, row.agency_id) == ("withdrawn", province.commune.pk)
    assert lists.incoming_page(oanh, lists.Filter(words="viec da xong"), 1, now).rows == []
    assert DeliveryState.objects.filter(delivery=row.delivery_id).order_by("-id").first().code == "15"


def test_a_recall_after_two_mergers_reaches_who_works_now(province, letter, now):
    row = letter("Việc đã xong")
    finished(province, row, now)
    lan = province.actor("lan")
    merge(province, now)
    merge(province, now, predecessor_ids=[province.department.pk], successor_ids=[province.committee.pk])
    recall(outgoing_id=row.delivery.outgoing_id, reason="Sai số liệu", actor=lan, now=now)
    assert SenderRequest.objects.get().item.holder_id == province.posts["lan"]


def test_taking_a_recalled_copy_out_leaves_the_successors_own_copy_findable(province, pdf, now):
    lan = province.actor("lan")
    sent = register_outgoing(
        paper=Paper("KH", "", "Kế hoạch chung", now.date()),
        details=OutgoingDetails(),
        attached=[pdf()],
        actor=lan,
        now=now,
    )
    both = [Recipient(province.commune.pk), Recipient(province.department.pk)]
    issue(outgoing_id=sent.pk, recipients=both, to_places="", actor=lan, now=now)
    old, own = (Incoming.objects.get(agency=agency) for agency in (province.commune, province.department))
    finished(province, old, now)
    register_incoming(incoming_id=own.pk, actor=province.actor("oanh"), now=now)
    merge(province, now)
    recall(outgoing_id=sent.pk, reason="Sai số liệu", actor=lan, now=now)
    oanh = province.actor("oanh")
    assert SenderRequest.objects.filter(item__holder_id=oanh.post_id).count() == 2
    answer_request(request_id=SenderRequest.objects.get(incoming=old).pk, agreed=True, answer="", actor=oanh, now=now)
    own.refresh_from_db()
    assert own.state == "registered"
    assert own in lists.incoming_page(oanh, lists.Filter(words="ke hoach chung"), 1, now).rows


def test_who_takes_over_at_a_merger_is_told_once_a_post(province, letter, now):
    letter("Việc chờ vào sổ")
    letter("Việc khác chờ vào sổ")
    merge(province, now)
    clerk = Holding.objects.get(post=province.posts["oanh"]).person
    (told,) = Message.objects.filter(person=clerk)
    assert told.title == f"Phan Nhật Minh chuyển cho ông, bà 2 việc: {DECISION}"


def test_both_successors_of_a_divided_agency_may_read_and_the_first_does_the_work(province, letter, now):
    row = letter("Việc chờ vào sổ")
    succeed(
        kind=SuccessionKind.SPLIT, predecessor_ids=[province.commune.pk],
        successor_ids=[province.department.pk, province.committee.pk], on=now.date(), legal_basis=DECISION,
        actor=province.actor("minh"), now=now,
    )  # fmt: skip
    assert province.actor("lan").custody == province.actor("oanh").custody == (province.commune.pk,)
    assert Item.objects.get(pk=row.register_item_id).holder_id == province.posts["oanh"]


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"legal_basis": " "}, "căn cứ"),
        ({"on": "tomorrow"}, "phía trước"),
        ({"predecessor_ids": []}, "ít nhất một"),
        ({"successor_ids": []}, "đúng một"),
        ({"successor_ids": "same"}, "kế thừa chính mình"),
        ({"stays": True}, "Chỉ khi tách"),
        ({"kind": SuccessionKind.SPLIT}, "từ hai cơ quan"),
        ({"successor_ids": "ministry"}, "chưa có chức danh"),
        ({"kind": SuccessionKind.DISSOLVE, "successor_ids": []}, "việc đang mở"),
    ],
)
def test_a_succession_that_makes_no_sense_changes_nothing(province, letter, now, change, why):
    letter("Việc chờ vào sổ")
    named = {
        "tomorrow": now.date() + timedelta(days=1),
        "same": [province.commune.pk],
        "ministry": [province.ministry.pk],
    }
    change = {name: named.get(value, value) if isinstance(value, str) else value for name, value in change.items()}
    with pytest.raises(Refused, match=why):
        merge(province, now, **change)
    assert Agency.objects.get(pk=province.commune.pk).valid_to is None
    assert not Succession.objects.exists()
    assert not HandOver.objects.exists()
    assert province.actor("gam").may("documents.register")


def test_an_agency_ends_once(province, now):
    merge(province, now)
    with pytest.raises(Refused, match="đã kết thúc"):
        merge(province, now)
    assert Succession.objects.count() == 1


def test_only_administrators_let_agencies_end(province, now):
    with pytest.raises(Forbidden):
        merge(province, now, actor=province.actor("chau"))
    assert Agency.objects.get(pk=province.commune.pk).valid_to is None


def test_an_agency_without_work_may_be_dissolved_without_a_successor(province, now):
    passed = merge(
        province, now, kind=SuccessionKind.DISSOLVE, predecessor_ids=[province.ministry.pk], successor_ids=[]
    )
    assert [agency.pk for agency in passed.ended] == [province.ministry.pk]
    assert organizations.by_code("G17", now.date()) == province.ministry


def test_a_post_ends_after_its_work_has_gone_to_another(province, now):
    minh, khoa, huong = province.actor("minh"), province.posts["khoa"], province.posts["huong"]
    item = open_item(
        kind="documents.handle", verb="Xử lý", title="công văn", address="/lam-viec/", holder_id=khoa, opened_at=now
    )
    with pytest.raises(Refused, match="còn 1 việc"):
        end_post(post_id=khoa, to_post_id=None, on=now.date(), actor=minh, now=now)
    assert Post.objects.get(pk=khoa).valid_to is None
    with pytest.raises(Refused, match="cùng cơ quan"):
        end_post(post_id=khoa, to_post_id=province.posts["gam"], on=now.date(), actor=minh, now=now)
    with pytest.raises(Forbidden):
        end_post(post_id=khoa, to_post_id=huong, on=now.date(), actor=province.actor("phuoc"), now=now)
    assert end_post(post_id=khoa, to_post_id=huong, on=now.date(), actor=minh, now=now) == 1
    item.refresh_from_db()
    assert item.holder_id == huong
    assert Post.objects.get(pk=khoa).valid_to == now.date()


def test_whoever_takes_over_a_question_for_more_time_can_answer_it(province, now):
    thinh, huong = province.actor("thinh"), province.actor("huong")
    item = open_item(
        kind="documents.handle", verb="Xử lý", title="công văn", address="/lam-viec/", holder_id=huong.post_id,
        opened_at=now, due_at=now + timedelta(days=2),
    )  # fmt: skip
    asked = ask(
        item_id=item.pk, wanted_due_at=now + timedelta(days=9), reason="Chờ số liệu", decider_id=thinh.post_id, actor=huong,
        now=now,
    )  # fmt: skip
    hand_over(
        item_ids=[asked.decision_item_id],
        to_post_id=province.posts["phuoc"],
        reason="Đi công tác",
        actor=thinh,
        now=now,
    )
    assert Extension.objects.get().decider_id == province.posts["phuoc"]
    decide(extension_id=asked.pk, granted=True, answer="", actor=province.actor("phuoc"), now=now)
    item.refresh_from_db()
    assert item.due_at == now + timedelta(days=9)
