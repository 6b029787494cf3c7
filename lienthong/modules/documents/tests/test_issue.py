"""Issuing: all receivers at once, or nobody (30/2020/NĐ-CP art. 18)."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lienthong.foundation.access.rules import Forbidden, system_actor
from lienthong.foundation.access.terms import Duty
from lienthong.foundation.organizations.actions.add_agency import add_agency
from lienthong.foundation.organizations.actions.add_post import add_post
from lienthong.foundation.organizations.models import Agency
from lienthong.foundation.organizations.terms import Tier
from lienthong.foundation.work.models import Item
from lienthong.kit.dates import vn_datetime
from lienthong.modules.documents.actions.issue import issue
from lienthong.modules.documents.models import Delivery, DeliveryState, Incoming, Outgoing
from lienthong.modules.documents.rules import NotReady, Recipient

pytestmark = pytest.mark.django_db


def test_a_receiver_inside_has_it_at_once_with_its_clerk_and_the_sender_sees_01(way, province):
    sent = way.issued(province.department)
    row = Incoming.objects.get()
    assert (row.agency, row.state, row.document_id) == (province.department, "arrived", sent.document_id)
    assert row.register_item.holder_id == province.posts["oanh"]
    assert row.register_item.address == f"/lam-viec/van-ban/den/{row.pk}/"
    assert vn_datetime(row.register_item.due_at) == "23/11/2026 09:00"  # Friday 09:00 + 1 working day
    assert DeliveryState.objects.get().code == Delivery.objects.get().code == "01"


def test_an_express_document_is_to_be_registered_within_half_an_hour(way, now):
    row = way.arrived(urgency=3)
    assert (row.register_item.due_at - now).total_seconds() == 1800
    assert row.register_item.urgency == 3


def test_a_receiver_with_an_identifier_only_waits_for_the_axis_and_one_without_gets_paper(way, province, now):
    nobody = add_agency(
        name="Hội Làm vườn",
        short_name="HLV",
        tier=Tier.OTHER,
        parent_id=None,
        code="",
        valid_from=now.date(),
        actor=system_actor(),
        now=now,
    )
    way.issued(province.ministry, nobody)
    assert dict(Delivery.objects.values_list("agency__name", "channel")) == {
        "Bộ Xây dựng": "axis",
        "Hội Làm vườn": "paper",
    }
    assert not Incoming.objects.exists()


def test_issuing_twice_delivers_once(way, province, now):
    sent = way.issued()
    with pytest.raises(NotReady):
        issue(
            outgoing_id=sent.pk,
            recipients=[Recipient(province.commune.pk)],
            to_places="",
            actor=province.actor("lan"),
            now=now,
        )
    assert Delivery.objects.count() == 1


def test_a_dissolved_receiver_stops_the_whole_issue(way, province, now):
    Agency.objects.filter(pk=province.commune.pk).update(valid_to=now.date())
    sent = way.registered()
    to = [Recipient(province.department.pk), Recipient(province.commune.pk)]
    with pytest.raises(NotReady, match="cơ quan kế thừa"):
        issue(outgoing_id=sent.pk, recipients=to, to_places="", actor=province.actor("lan"), now=now)
    assert not Incoming.objects.exists() and not Delivery.objects.exists()
    assert Outgoing.objects.get().state == "registered"


def test_another_agencys_clerk_cannot_issue_it(way, province, now):
    sent = way.registered()
    with pytest.raises(Forbidden):
        issue(
            outgoing_id=sent.pk,
            recipients=[Recipient(province.commune.pk)],
            to_places="",
            actor=province.actor("oanh"),
            now=now,
        )
    assert not Incoming.objects.exists()


def test_the_number_of_statements_does_not_depend_on_the_number_of_receivers(way, province, now):
    system = system_actor()
    agencies = []
    for place in range(40):
        agency = add_agency(
            name=f"Xã số {place}",
            short_name="UBND",
            tier=Tier.COMMUNE,
            parent_id=None,
            code="",
            valid_from=now.date(),
            actor=system,
            now=now,
        )
        add_post(
            agency_id=agency.pk,
            unit_id=None,
            name="Văn thư",
            duties=[Duty.CLERK],
            valid_from=now.date(),
            actor=system,
            now=now,
        )
        agencies.append(agency)

    def statements(receivers):
        sent = way.registered()
        with CaptureQueriesContext(
            connection,
        ) as queries:
            issue(
                outgoing_id=sent.pk,
                recipients=[Recipient(one.pk) for one in receivers],
                to_places="",
                actor=province.actor("lan"),
                now=now,
            )
        return len(queries)

    few, many = statements(agencies[:2]), statements(agencies)
    assert few == many
    assert Incoming.objects.count() == Item.objects.filter(kind="documents.register").count() == 42
