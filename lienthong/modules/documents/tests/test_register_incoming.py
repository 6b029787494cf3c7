"""Taking an arrived document into the book (30/2020/NĐ-CP art. 22)."""

import pytest

from lienthong.foundation.access.rules import Forbidden
from lienthong.modules.documents import queries
from lienthong.modules.documents.actions.enter_incoming import enter_incoming
from lienthong.modules.documents.actions.register_incoming import register_incoming
from lienthong.modules.documents.models import Delivery, Document, Incoming
from lienthong.modules.documents.rules import Duplicate, NotReady, Paper
from lienthong.modules.documents.terms import Channel

pytestmark = pytest.mark.django_db


def enter(way, code=("37", "KH-BXD"), issuer="Bộ Xây dựng", **more):
    return enter_incoming(
        paper=Paper("KH", "Kế hoạch", "Kế hoạch nhà ở", way.now.date(), *code, issuer_name=issuer), channel=Channel.PAPER,
        attached=[way.pdf("ban-quet.pdf")], arrived_at=way.now, actor=way.province.actor("oanh"), now=way.now, **more,
    )  # fmt: skip


def test_the_arrival_number_runs_on_through_paper_and_electronic_documents_alike(way, province, now):
    paper = enter(way)
    row = register_incoming(incoming_id=way.arrived().pk, actor=province.actor("oanh"), now=now)
    assert (paper.arrival_number, row.arrival_number) == (1, 2)
    assert row.register_item.__class__.objects.get(pk=row.register_item_id).done_at == now
    assert row.distribute_item.holder_id == province.posts["phuoc"]
    assert Delivery.objects.get().code == "03" and Delivery.objects.get().accepted_at == now


def test_a_registered_document_is_not_registered_again(way, province, now):
    row = way.taken_in()
    with pytest.raises(NotReady):
        register_incoming(incoming_id=row.pk, actor=province.actor("oanh"), now=now)
    assert Incoming.objects.get().arrival_number == 1


def test_a_document_that_seems_to_be_there_is_held_until_the_clerk_confirms(way):
    first = enter(way)
    with pytest.raises(Duplicate) as refusal:
        enter(way, ("037", "kh-bxd"), "bộ xây dựng")
    assert [row.pk for row in refusal.value.known] == [first.pk]
    assert Incoming.objects.count() == 1
    assert enter(way, confirmed=True).arrival_number == 2


def test_the_same_number_from_another_issuer_is_another_document(way):
    enter(way)
    assert enter(way, issuer="Bộ Công Thương").arrival_number == 2


def test_the_same_number_of_another_year_is_another_document(way, province, now):
    """Numbers begin anew every year: what came last year is no reason to stop."""
    row = way.arrived()
    earlier = row.document.issued_on.replace(year=row.document.issued_on.year - 1)
    before = Document.objects.create(
        issuer_id=row.document.issuer_id, issuer_name=row.document.issuer_name, number=row.document.number,
        notation=row.document.notation, code_folded=row.document.code_folded, type_code="CV", type_name="Công văn",
        issued_on=earlier, subject="của năm trước", holders=[row.agency_id], created_at=now,
    )  # fmt: skip
    old = Incoming.objects.create(document=before, agency_id=row.agency_id, channel="paper", arrived_at=now)
    assert queries.duplicates_of(row) == [] and queries.duplicates_among([row])[row.pk] == []
    assert register_incoming(incoming_id=row.pk, actor=province.actor("oanh"), now=now).arrival_number == 1
    Document.objects.filter(pk=before.pk).update(issued_on=row.document.issued_on)
    row.refresh_from_db()
    assert [one.pk for one in queries.duplicates_of(row)] == [old.pk]


def test_only_the_receivers_clerk_registers(way, province, now):
    row = way.arrived()
    for name in ("huong", "phuoc", "gam", "lan"):
        with pytest.raises(Forbidden):
            register_incoming(incoming_id=row.pk, actor=province.actor(name), now=now)
    row.refresh_from_db()
    assert row.state == "arrived" and row.arrival_number is None


def test_the_same_form_sent_twice_is_one_entry(way):
    assert enter(way, form_key="f").pk == enter(way, form_key="f").pk


def test_what_cannot_be_entered_takes_no_number(way):
    with pytest.raises(Exception, match="tác giả"):
        enter(way, issuer="  ")
    assert enter(way).arrival_number == 1
