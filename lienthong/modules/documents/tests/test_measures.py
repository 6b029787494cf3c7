"""Figures of documents follow the records: registered, sent, acknowledged, recalled, corrected."""

from datetime import timedelta

import pytest

from lienthong.foundation.measures import rules
from lienthong.foundation.measures.actions.settle import settle
from lienthong.foundation.measures.models import Tally, Touched
from lienthong.foundation.measures.queries.figures import count, rows_of
from lienthong.foundation.measures.queries.scopes import scope
from lienthong.foundation.measures.rules import month_of
from lienthong.modules.documents.actions.issue import issue
from lienthong.modules.documents.actions.register_incoming import register_incoming
from lienthong.modules.documents.actions.register_outgoing import register_outgoing
from lienthong.modules.documents.models import Delivery, Incoming
from lienthong.modules.documents.rules import OutgoingDetails, Paper, Recipient


@pytest.fixture
def sent(province, pdf, now):
    """The committee issues one document to the department and the commune."""
    clerk = province.actor("lan")
    outgoing = register_outgoing(
        paper=Paper("KH", "", "kiểm tra", now.date()), details=OutgoingDetails(), attached=[pdf()], actor=clerk, now=now
    )
    to = [Recipient(province.department.pk), Recipient(province.commune.pk, paper_too=True)]
    issue(outgoing_id=outgoing.pk, recipients=to, to_places="", actor=clerk, now=now)
    return outgoing


def figure(code, now, where="tinh"):
    settle()
    measure = rules.measure(code)
    period = month_of(now.date())
    return count([measure], [period], scope(where), period).figure(measure, 0)


def test_a_document_sent_to_two_agencies_is_two_exchanges(sent, now):
    assert figure("documents.sent", now).value == 2


def test_paper_in_parallel_counts_as_electronic_but_not_as_wholly(sent, now):
    assert figure("documents.electronic", now).value == 100
    wholly = figure("documents.wholly_electronic", now)
    assert (wholly.over, wholly.under, wholly.value) == (1, 2, 50)
    assert figure("documents.parallel", now).value == 50


def test_it_counts_at_the_sender_and_not_at_the_receiver(sent, province, now):
    assert figure("documents.sent", now, f"cq-{sent.agency_id}").value == 2
    assert figure("documents.sent", now, f"cq-{province.department.pk}").value == 0


def test_the_share_of_nothing_is_no_figure(province, now):
    assert figure("documents.electronic", now).value is None


def test_an_acknowledgement_of_the_same_day_counts_and_one_of_the_next_does_not(sent, province, now):
    here = Incoming.objects.get(agency=province.department)
    register_incoming(incoming_id=here.pk, actor=province.actor("oanh"), now=now + timedelta(hours=1), confirmed=True)
    assert figure("documents.acknowledged_same_day", now).over == 1
    Delivery.objects.filter(agency=province.department).update(accepted_at=now + timedelta(days=1))
    assert figure("documents.acknowledged_same_day", now).over == 0


def test_a_correction_by_hand_in_the_database_is_followed_too(sent, now):
    assert figure("documents.sent", now).value == 2
    Delivery.objects.filter(outgoing=sent).update(sent_at=now - timedelta(days=60))
    assert figure("documents.sent", now).value == 0
    assert figure("documents.sent", now - timedelta(days=60)).value == 2


def test_a_figure_opens_to_the_very_records_it_counts(sent, now):
    measure = rules.measure("documents.wholly_electronic")
    rows = rows_of(measure.over, month_of(now.date()), scope("tinh").ids)
    assert [row.agency.name for row in rows] == ["Sở Xây dựng"]
    assert rows.count() == figure("documents.wholly_electronic", now).over


def test_settling_twice_counts_nothing_twice(sent, now):
    settle()
    before = list(Tally.objects.order_by("id").values_list("quantity", "n"))
    assert settle() == 0
    assert list(Tally.objects.order_by("id").values_list("quantity", "n")) == before
    assert not Touched.objects.exists()


def test_an_agency_counts_as_using_the_system_once_it_has_sent(sent, now):
    using = figure("documents.agencies", now)
    assert using.over == 1
    assert using.under == len(scope("tinh").ids)
