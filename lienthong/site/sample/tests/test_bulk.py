"""The bulk writes rows as the acts do, by another road: both are compared here."""

from datetime import datetime, timedelta

import pytest
from django.db import connection

from lienthong.foundation.measures import rules
from lienthong.foundation.measures.models import Touched
from lienthong.foundation.measures.queries.figures import count, rows_of
from lienthong.foundation.measures.queries.scopes import scope
from lienthong.foundation.measures.rules import Period
from lienthong.foundation.measures.terms import Quantity
from lienthong.foundation.numbering.models import Counter
from lienthong.foundation.work.models import Item
from lienthong.kit.dates import VIETNAM
from lienthong.modules.documents.actions.assign import assign
from lienthong.modules.documents.actions.enter_incoming import enter_incoming
from lienthong.modules.documents.actions.finish import finish
from lienthong.modules.documents.actions.instruct import instruct
from lienthong.modules.documents.actions.issue import issue
from lienthong.modules.documents.actions.register_incoming import register_incoming
from lienthong.modules.documents.actions.register_outgoing import register_outgoing
from lienthong.modules.documents.actions.return_to_sender import return_to_sender
from lienthong.modules.documents.actions.start import start
from lienthong.modules.documents.models import (
    Assignment,
    Delivery,
    DeliveryState,
    Document,
    DocumentFile,
    Incoming,
    Instruction,
    Outgoing,
)
from lienthong.modules.documents.queries import numbers
from lienthong.modules.documents.rules import Given, OutgoingDetails, Paper, Recipient
from lienthong.modules.documents.terms import Channel
from lienthong.site.sample import bulk

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=VIETNAM)
# Where the state of a row says which columns are filled: model → the columns that tell states apart.
STATES = {
    Outgoing: "state",
    Incoming: "state || ' ' || channel",
    Delivery: "code",
    DeliveryState: "code",
    Item: "kind || ' ' || (done_at IS NOT NULL) || ' ' || (parent_id IS NOT NULL)",
    Assignment: "(parent_id IS NOT NULL) || ' ' || (done_at IS NOT NULL)",
    Instruction: "''",
    DocumentFile: "''",
    Document: "(issuer_id IS NOT NULL)::text",
}
# Columns that an act fills from what the clerk typed, so that both ways are right.
TYPED = {
    "due_at",
    "end_reason",
    "remark",
    "unit_id",
    "body",
    "to_places",
    "archive_holder",
    "pages",
    "place",
    "note",
    "urgency",
}


def filled(model) -> dict[str, set[frozenset[str]]]:
    """State → the sets of columns that hold something (not null, not empty) in rows of that state."""
    names = [field.column for field in model._meta.concrete_fields if field.column not in TYPED]
    held = ", ".join(f"coalesce({name}::text, '') NOT IN ('', '{{}}')" for name in names)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT DISTINCT ({STATES[model]})::text, {held} FROM {model._meta.db_table}")
        found: dict[str, set[frozenset[str]]] = {}
        for state, *row in cursor.fetchall():
            found.setdefault(state, set()).add(frozenset(name for name, holds in zip(names, row, strict=True) if holds))
    return found


def by_acts(province, pdf) -> None:
    """A letter stopped at each step of its way, one handed on in the unit, one returned, and papers by hand."""
    clerk, receiver, leader = province.actor("lan"), province.actor("oanh"), province.actor("phuoc")
    head, official = province.actor("thinh"), province.actor("huong")
    moments = iter(NOW - timedelta(minutes=10) + timedelta(seconds=one) for one in range(600))
    for stop in ("registered", "arrived", "returned", "taken", "given", "handed", "started", "finished"):
        sent = register_outgoing(
            paper=Paper("KH", "", f"đến bước {stop}", NOW.date(), signer_name="Lý Tấn Phát", signer_position="Chủ tịch"),
            details=OutgoingDetails(), attached=[pdf()], actor=clerk, now=next(moments),
        )  # fmt: skip
        row = None
        if stop != "registered":
            to = [Recipient(province.department.pk)]
            issue(outgoing_id=sent.pk, recipients=to, to_places="", actor=clerk, now=next(moments))
            row = Incoming.objects.get(delivery__outgoing=sent)
        if stop == "returned":
            return_to_sender(incoming_id=row.pk, reason="Nhầm nơi nhận.", actor=receiver, now=next(moments))
        elif stop not in ("registered", "arrived"):
            register_incoming(incoming_id=row.pk, actor=receiver, now=next(moments))
            _go_on(row.pk, stop, leader, head, official, province, moments)
    for channel in (Channel.PAPER, Channel.EMAIL):
        for place, stop in enumerate(("taken", "given", "handed", "started", "finished")):
            now = next(moments)
            paper = Paper(
                "CV", "Công văn", "bằng giấy", NOW.date(), number=f"{channel}{place}", notation="BXD", issuer_name="Bộ Xây dựng",
                signer_name="Lý Tấn Phát", signer_position="Thứ trưởng",
            )  # fmt: skip
            row = enter_incoming(paper=paper, channel=channel, attached=(), arrived_at=now, actor=receiver, now=now)
            _go_on(row.pk, stop, leader, head, official, province, moments)


def _go_on(pk, stop, leader, head, official, province, moments) -> None:
    steps = ("taken", "given", "handed", "started", "finished").index(stop)
    if steps > 0:
        given, due = [Given("lead", unit_id=province.planning.pk)], NOW + timedelta(days=5)
        instruct(incoming_id=pk, text="Giao chủ trì", given=given, due_at=due, actor=leader, now=next(moments))
    if steps > 1:
        line = Assignment.objects.get(incoming_id=pk)
        given = [Given("lead", post_id=province.posts["huong"])]
        (made,) = assign(assignment_id=line.pk, text="Thụ lý", given=given, actor=head, now=next(moments))
    if steps > 2:
        start(assignment_id=made.pk, actor=official, now=next(moments))
    if steps > 3:
        finish(assignment_id=made.pk, result="Đã trả lời.", actor=official, now=next(moments))


@pytest.mark.django_db
def test_bulk_rows_fill_the_columns_that_acts_fill_in_every_state(province, pdf):
    by_acts(province, pdf)
    acted = {model: filled(model) for model in STATES}
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        tables = ", ".join(model._meta.db_table for model in STATES)
        cursor.execute(f"TRUNCATE {tables}, numbering_counter CASCADE")
    bulk.fill(documents=3000, agencies=6, now=NOW)
    for model in STATES:
        bulked = filled(model)
        assert bulked, model
        for state, sets in bulked.items():
            assert sets <= acted[model].get(state, set()), (model.__name__, state)


@pytest.mark.django_db
def test_bulk_numbers_have_no_gap_and_go_on_after_those_given_before(province, pdf):
    by_acts(province, pdf)
    before = dict(Counter.objects.values_list("series_id", "last"))
    bulk.fill(documents=300, agencies=6, now=NOW)
    total, faults = numbers.verify()
    assert faults == []
    assert total > 300
    assert all(Counter.objects.get(series_id=series, year=2026).last >= last for series, last in before.items())


@pytest.mark.django_db
def test_after_a_bulk_the_acts_go_on_with_fresh_ids(province, pdf):
    bulk.fill(documents=200, agencies=6, now=NOW)
    by_acts(province, pdf)
    assert numbers.verify()[1] == []


@pytest.mark.django_db
def test_most_bulk_documents_are_finished_and_some_are_open(province):
    bulk.fill(documents=2000, agencies=6, now=NOW)
    finished = Incoming.objects.filter(state="finished").count()
    assert finished / Incoming.objects.count() > 0.9
    assert Incoming.objects.filter(state__in=["arrived", "registered", "assigned", "in_progress"]).count() > 20
    assert Document.objects.count() == 2000


@pytest.mark.django_db
def test_after_a_bulk_every_figure_equals_its_records_and_nothing_waits_to_be_counted(province):
    bulk.fill(documents=1000, agencies=6, now=NOW)
    assert not Touched.objects.exists()
    year, over = Period(NOW.date() - timedelta(days=400), NOW.date() + timedelta(days=1)), scope("tinh")
    for measure in rules.measures():
        if measure.code.startswith("documents.") and not measure.typed:
            figure = count([measure], [year], over).figure(measure, 0)
            for what, n in ((measure.over, figure.over), (measure.under, figure.under)):
                if isinstance(what, Quantity):
                    assert n == rows_of(what, year, over.ids, measure.parts).count(), what.code


@pytest.mark.django_db
def test_after_a_bulk_changes_are_noticed_again(province):
    bulk.fill(documents=100, agencies=6, now=NOW)
    Incoming.objects.filter(pk=Incoming.objects.first().pk).update(arrived_at=NOW - timedelta(days=90))
    assert Touched.objects.filter(source="documents.incoming").count() == 2  # the day it left and the day it came to
