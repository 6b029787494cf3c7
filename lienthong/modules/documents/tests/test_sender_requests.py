"""Recall, update and replacement are tasks for the receiver's clerk, never an automatic change (art. 18.3, 18.4)."""

import pytest

from lienthong.foundation.access.rules import Forbidden
from lienthong.foundation.work.models import Item
from lienthong.kit.refusal import Refused
from lienthong.modules.documents import queries
from lienthong.modules.documents.actions.answer_request import answer_request
from lienthong.modules.documents.actions.issue import issue
from lienthong.modules.documents.actions.keep_list import drop_list, keep_list
from lienthong.modules.documents.actions.recall import recall
from lienthong.modules.documents.actions.remind_receivers import remind_receivers
from lienthong.modules.documents.actions.replace import replace
from lienthong.modules.documents.actions.update import Changes, update
from lienthong.modules.documents.actions.void_number import void_number
from lienthong.modules.documents.models import DocumentFile, Incoming, Outgoing, RecipientList, SenderRequest
from lienthong.modules.documents.queries import lists
from lienthong.modules.documents.rules import NotReady, Recipient

pytestmark = pytest.mark.django_db


def ask_back(way, reason="Sai số liệu"):
    row = way.given()
    recall(outgoing_id=row.delivery.outgoing_id, reason=reason, actor=way.province.actor("lan"), now=way.now)
    return Incoming.objects.get(pk=row.pk)


def test_a_recall_freezes_the_senders_copy_and_asks_the_clerk(way, province):
    row = ask_back(way)
    sent = Outgoing.objects.get()
    assert (sent.state, sent.end_reason) == ("recalled", "Sai số liệu")
    assert row.state == "assigned"
    assert SenderRequest.objects.get().item.holder_id == province.posts["oanh"]


def test_an_agreed_recall_takes_content_and_work_away_and_keeps_the_record(way, province, now):
    row = ask_back(way)
    huong = province.actor("huong")
    file = queries.files_of(huong, row)[0]
    assert queries.file_for(huong, file.pk)
    answer_request(
        request_id=SenderRequest.objects.get().pk, agreed=True, answer="", actor=province.actor("oanh"), now=now
    )
    row.refresh_from_db()
    assert row.state == "withdrawn" and row.arrival_number == 1 and "Sai số liệu" in row.end_reason
    assert queries.files_of(huong, row) == []
    with pytest.raises(DocumentFile.DoesNotExist):
        queries.file_for(huong, file.pk)
    found = lists.incoming_page(province.actor("oanh"), lists.Filter(words="chuyển đổi số"), 1, now)
    assert found.rows == []
    assert not Item.objects.filter(done_at__isnull=True).exists()
    assert [state.code for state in queries.delivery_states(row.delivery_id)][-2:] == ["13", "15"]


def test_a_refused_recall_needs_a_reason_and_changes_nothing(way, province, now):
    row = ask_back(way)
    request = SenderRequest.objects.get()
    with pytest.raises(Refused, match="lý do"):
        answer_request(request_id=request.pk, agreed=False, answer="", actor=province.actor("oanh"), now=now)
    answer_request(request_id=request.pk, agreed=False, answer="Đã xử lý xong", actor=province.actor("oanh"), now=now)
    row.refresh_from_db()
    assert row.state == "assigned" and queries.files_of(province.actor("huong"), row)
    assert [state.code for state in queries.delivery_states(row.delivery_id)][-1] == "16"
    with pytest.raises(NotReady):
        answer_request(request_id=request.pk, agreed=True, answer="", actor=province.actor("oanh"), now=now)


def test_only_the_receivers_clerk_answers(way, province, now):
    ask_back(way)
    for name in ("lan", "huong", "phuoc", "gam"):
        with pytest.raises(Forbidden):
            answer_request(
                request_id=SenderRequest.objects.get().pk, agreed=True, answer="", actor=province.actor(name), now=now
            )
    assert SenderRequest.objects.get().answered_at is None


def test_a_document_is_recalled_once_and_by_its_own_clerk(way, province, now):
    sent = way.issued()
    with pytest.raises(Forbidden):
        recall(outgoing_id=sent.pk, reason="x", actor=province.actor("oanh"), now=now)
    recall(outgoing_id=sent.pk, reason="x", actor=province.actor("lan"), now=now)
    with pytest.raises(NotReady):
        recall(outgoing_id=sent.pk, reason="x", actor=province.actor("lan"), now=now)
    assert SenderRequest.objects.count() == 1


def test_an_update_reaches_only_the_receivers_who_take_it(way, province, now):
    sent = way.issued(province.department, province.commune)
    at = {row.agency_id: row for row in Incoming.objects.all()}
    update(
        outgoing_id=sent.pk,
        changes=Changes(subject="Kế hoạch đã sửa"),
        attached=[],
        reason="Sửa trích yếu",
        actor=province.actor("lan"),
        now=now,
    )
    request = SenderRequest.objects.get(incoming=at[province.department.pk])
    answer_request(request_id=request.pk, agreed=True, answer="", actor=province.actor("oanh"), now=now)
    for row in at.values():
        row.refresh_from_db()
    assert at[province.department.pk].document.subject == "Kế hoạch đã sửa"
    assert at[province.commune.pk].document.subject == "Kế hoạch chuyển đổi số năm 2027"
    assert Outgoing.objects.get().document.code == "01/KH-UBND"
    assert queries.files_of(province.actor("oanh"), at[province.department.pk])


def test_a_replacement_must_be_another_issued_document_of_the_agency(way, province, now):
    old, new = way.issued(), way.registered("Kế hoạch mới")
    lan = province.actor("lan")
    with pytest.raises(NotReady):
        replace(outgoing_id=old.pk, by_outgoing_id=new.pk, reason="Sai nội dung", actor=lan, now=now)
    issue(outgoing_id=new.pk, recipients=[Recipient(province.department.pk)], to_places="", actor=lan, now=now)
    replace(outgoing_id=old.pk, by_outgoing_id=new.pk, reason="Sai nội dung", actor=lan, now=now)
    old.refresh_from_db()
    assert (old.state, old.replaced_by_id) == ("replaced", new.pk)
    assert SenderRequest.objects.get().replacement_id == new.document_id


def test_a_void_number_stays_taken(way, province, now):
    row = way.registered()
    with pytest.raises(Refused, match="lý do"):
        void_number(outgoing_id=row.pk, reason="", actor=province.actor("lan"), now=now)
    void_number(outgoing_id=row.pk, reason="In nhầm", actor=province.actor("lan"), now=now)
    assert way.registered().ordinal == 2
    with pytest.raises(NotReady):
        issue(
            outgoing_id=row.pk,
            recipients=[Recipient(province.department.pk)],
            to_places="",
            actor=province.actor("lan"),
            now=now,
        )


def test_reminding_reaches_those_who_have_not_registered_once_a_day(way, province, now):
    from lienthong.foundation.notify.models import Message

    sent = way.issued(province.department, province.commune)
    lan = province.actor("lan")
    assert remind_receivers(outgoing_id=sent.pk, actor=lan, now=now) == 2
    remind_receivers(outgoing_id=sent.pk, actor=lan, now=now)
    assert Message.objects.count() == 2


def test_a_saved_list_belongs_to_its_agency(way, province, now):
    kept = keep_list(
        name="Khối xây dựng",
        agency_ids=[province.department.pk, province.commune.pk],
        actor=province.actor("lan"),
        now=now,
    )
    assert queries.list_members(province.actor("oanh"), kept.pk) == []
    assert sorted(queries.list_members(province.actor("lan"), kept.pk)) == sorted(
        [province.department.pk, province.commune.pk]
    )
    with pytest.raises(RecipientList.DoesNotExist):
        drop_list(list_id=kept.pk, actor=province.actor("oanh"), now=now)
    drop_list(list_id=kept.pk, actor=province.actor("lan"), now=now)
    assert not RecipientList.objects.exists()
