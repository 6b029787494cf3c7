"""A letter leaves one agency, is registered in another, is handled there, and its sender sees each state."""

from datetime import timedelta

import pytest

from lienthong.modules.documents import queries
from lienthong.modules.documents.actions.assign import assign
from lienthong.modules.documents.actions.finish import finish
from lienthong.modules.documents.actions.instruct import instruct
from lienthong.modules.documents.actions.issue import issue
from lienthong.modules.documents.actions.note import note
from lienthong.modules.documents.actions.register_incoming import register_incoming
from lienthong.modules.documents.actions.register_outgoing import register_outgoing
from lienthong.modules.documents.models import Delivery, Incoming
from lienthong.modules.documents.rules import Given, OutgoingDetails, Paper, Recipient

pytestmark = pytest.mark.django_db


def test_a_letter_travels_from_the_committee_to_the_official_who_handles_it(province, pdf, now):
    lan, oanh, phuoc, thinh, huong = (province.actor(name) for name in ("lan", "oanh", "phuoc", "thinh", "huong"))
    sent = register_outgoing(
        paper=Paper("KH", "", "Kế hoạch chuyển đổi số tỉnh Sơn Hải năm 2027", now.date(), signer_name="Trương Minh Châu"),
        details=OutgoingDetails(), attached=[pdf()], actor=lan, now=now,
    )  # fmt: skip
    assert sent.document.code == "01/KH-UBND"
    issue(
        outgoing_id=sent.pk,
        recipients=[Recipient(province.department.pk), Recipient(province.ministry.pk)],
        to_places="",
        actor=lan,
        now=now,
    )

    def state():
        return Delivery.objects.get(outgoing=sent, agency=province.department).code

    assert state() == "01"
    here = Incoming.objects.get(agency=province.department)
    assert [row.pk for row in queries.incoming(oanh)] == [here.pk]
    assert not queries.incoming(huong).exists()

    register_incoming(incoming_id=here.pk, actor=oanh, now=now + timedelta(minutes=5))
    assert state() == "03"
    due = now + timedelta(days=5)
    instruct(
        incoming_id=here.pk,
        text="Giao Phòng Quản lý xây dựng chủ trì.",
        given=[Given("lead", unit_id=province.planning.pk)],
        due_at=due,
        actor=phuoc,
        now=now,
    )
    assert state() == "04"
    line = queries.my_assignment(thinh, queries.incoming_for(thinh, here.pk))
    assign(
        assignment_id=line.pk,
        text="Chị Hương thụ lý.",
        given=[Given("lead", post_id=province.posts["huong"])],
        actor=thinh,
        now=now,
    )
    mine = queries.my_assignment(huong, queries.incoming_for(huong, here.pk))
    assert mine.due_at == due
    note(assignment_id=mine.pk, text="Đã hẹn khảo sát.", attached=None, actor=huong, now=now)
    assert state() == "05"
    finish(assignment_id=mine.pk, result="Đã đăng ký nhiệm vụ.", actor=huong, now=now)
    assert state() == "06"
    here.refresh_from_db()
    assert here.state == "finished" and here.arrival_number == 1
    assert queries.my_assignment(thinh, here).done_at is not None
    assert Delivery.objects.get(agency=province.ministry).code == ""
