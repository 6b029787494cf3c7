"""The year of the sample province, in bulk beside the acts: both are compared here, with few communes and few records."""

from collections import Counter as Count
from datetime import date, datetime
from random import Random

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from lienthong.foundation.files.models import StoredFile
from lienthong.foundation.files.rules import is_signed
from lienthong.foundation.measures import rules as measuring
from lienthong.foundation.measures.actions.settle import settle
from lienthong.foundation.measures.models import Touched
from lienthong.foundation.measures.queries.figures import count, rows_of
from lienthong.foundation.measures.queries.scopes import scope
from lienthong.foundation.measures.rules import Period, month_of
from lienthong.foundation.measures.terms import Quantity
from lienthong.foundation.organizations.terms import Tier
from lienthong.foundation.trail import queries as trail
from lienthong.foundation.trail.models import Entry
from lienthong.foundation.work.models import Item
from lienthong.kit.dates import VIETNAM
from lienthong.modules.documents.models import Delivery, DocumentFile, Incoming, Outgoing
from lienthong.modules.documents.queries import numbers
from lienthong.modules.dossiers.models import (
    Counter,
    Dossier,
    DossierPaper,
    KeptResult,
    Parcel,
    Pause,
    Payment,
    Rating,
    Slip,
    StepRun,
    Tally,
)
from lienthong.modules.dossiers.terms import DONE, DossierState, RunState
from lienthong.site.sample import agencies, build
from lienthong.site.sample.centres import BUSY
from lienthong.site.sample.counter import Counter as Desk
from lienthong.site.sample.flow import Clock, Flow
from lienthong.site.sample.year import Scale, Year

FRIDAY = datetime(2026, 11, 20, 16, 45, tzinfo=VIETNAM)
BEGAN = date(2025, 7, 1)  # these agencies work since then
YEAR = "sample.year"
pytestmark = [pytest.mark.slow, pytest.mark.django_db]


@pytest.fixture(scope="module", autouse=True)
def sample(django_db_setup, django_db_blocker):
    """Built once for all tests of this module, and gone afterwards."""
    few = [one for one in agencies.communes() if one.name in BUSY]
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock(), transaction.atomic():
        patch.setattr(agencies, "communes", lambda: few)
        province = build.structure(Random(1), FRIDAY)
        flow = Flow(province, Random(1), Clock(FRIDAY), lambda _: None)
        desk = Desk(flow, Random("hồ sơ 1"), how_many=0)
        desk.open()
        year = Year(flow, desk, Random("năm 1"), Scale(1500, 500), lambda _: None)
        year.begin()
        flow.run([])
        year.end()
        build.open_accounts(province, FRIDAY)
        settle()
        yield
        transaction.set_rollback(True)


def of_the_year(model) -> set[int]:
    return set(
        Entry.objects.filter(verb=YEAR, subject_kind=model._meta.label_lower).values_list("subject_id", flat=True)
    )


def months() -> list[Period]:
    """The last twelve, the running one included."""
    found = [month_of(FRIDAY.date())]
    while len(found) < 12:
        found.append(found[-1].before())
    return found


def test_every_month_of_the_last_twelve_has_letters_from_every_tier_and_dossiers_in_every_tier():
    for month in months():
        within = {"gte": month.start, "lt": month.end}
        sent = Delivery.objects.filter(**{f"sent_at__date__{how}": day for how, day in within.items()})
        senders = set(sent.values_list("outgoing__agency__tier", flat=True))
        assert {Tier.PROVINCE, Tier.DEPARTMENT, Tier.COMMUNE} <= senders, month
        received = Dossier.objects.filter(**{f"received_at__date__{how}": day for how, day in within.items()})
        assert {Tier.DEPARTMENT, Tier.COMMUNE} <= set(received.values_list("decider__tier", flat=True)), month


def test_what_is_sent_goes_electronic_more_and_more_and_more_is_filed_online():
    def share(rows, **what) -> float:
        return rows.filter(**what).count() / rows.count()

    early, late = ({"lt": date(2026, 1, 1)}, {"gte": date(2026, 7, 1)})
    for rows, at, what in (
        (
            Delivery.objects.filter(outgoing__in=of_the_year(Outgoing)),
            "sent_at",
            {"channel": "here", "paper_too": False},
        ),
        (Dossier.objects.filter(pk__in=of_the_year(Dossier)), "received_at", {"channel": "online"}),
    ):
        before, after = (
            share(rows.filter(**{f"{at}__date__{how}": day for how, day in when.items()}), **what)
            for when in (early, late)
        )
        assert after > before + 0.1


def test_every_tallied_quantity_equals_plain_counting_and_nothing_waits_to_be_counted():
    assert not Touched.objects.exists()
    over = scope("tinh")
    for period in (Period(BEGAN, FRIDAY.date() + measuring.DAY), *months()[:3]):
        for measure in measuring.measures():
            if measure.typed:
                continue
            figure = count([measure], [period], over).figure(measure, 0)
            for what, n in ((measure.over, figure.over), (measure.under, figure.under)):
                if isinstance(what, Quantity) and what.amount is None and n is not None:
                    assert n == rows_of(what, period, over.ids, measure.parts).count(), what.code


def test_the_boards_say_what_the_records_say():
    received, done = Dossier.objects.filter(code__isnull=False), Dossier.objects.filter(state__in=sorted(DONE))
    for side, what, rows, by in (
        ("decider", "received", received, "decider"),
        ("receiver", "received", received, "received_by"),
        ("decider", "received_online", received.filter(channel="online"), "decider"),
        ("decider", "done", done, "decider"),
        ("decider", "done_late", done.filter(punctuality="late"), "decider"),
        ("agency", "returned", done.filter(state=DossierState.RETURNED), "decider"),
        ("decider", "rated", Dossier.objects.filter(pk__in=Rating.objects.values("dossier")), "decider"),
    ):
        tallied = Count()
        for agency, n in Tally.objects.filter(side=side, what=what).values_list("agency", "value"):
            tallied[agency] += n
        assert tallied == Count(rows.values_list(by, flat=True)), (side, what)


def test_the_trail_holds_the_books_have_no_gap_and_every_record_says_where_it_comes_from():
    assert trail.verify()[1] == []
    total, faults = numbers.verify()
    assert total > 900 and faults == []
    for model in (Outgoing, Incoming, Dossier):
        told = set(Entry.objects.filter(subject_kind=model._meta.label_lower).values_list("subject_id", flat=True))
        assert set(model.objects.values_list("pk", flat=True)) <= told


def test_codes_of_the_year_and_of_the_acts_are_one_row_without_gap():
    for counter in Counter.objects.filter(what="code"):
        codes = Dossier.objects.filter(received_by=counter.agency_id, code__contains=f"-{counter.since:%y%m%d}-")
        given = sorted(int(code.rsplit("-", 1)[1]) for code in codes.values_list("code", flat=True))
        assert given == list(range(1, counter.last + 1))


def test_numbers_of_slips_are_given_once_and_none_is_left_out():
    kinds = {counter.what for counter in Counter.objects.exclude(what="code")}
    for kind in kinds - {"control"}:
        for counter in Counter.objects.filter(what=kind):
            rows = Slip.objects.filter(kind=kind, at__year=counter.since.year)
            own = rows.filter(dossier__received_by=counter.agency_id) | rows.filter(dossier__decider=counter.agency_id)
            given = {int(number) for number in own.values_list("number", flat=True)}
            assert set(range(1, counter.last + 1)) <= given, (kind, counter.since)


# Where the state of a row says which columns are filled: model → the columns that tell states apart, and its dossier's column.
STATES = {
    Dossier: ("state || ' ' || outcome || ' ' || result_way || ' ' || (process_id IS NULL)", "id"),
    StepRun: ("state || ' ' || kind || ' ' || (hours IS NULL)", "dossier_id"),
    DossierPaper: ("form || ' ' || (stored_id IS NULL) || ' ' || round", "dossier_id"),
    KeptResult: ("(stored_id IS NULL)::text || (valid_to IS NULL)", "dossier_id"),
    Rating: ("way || (comment = '')", "dossier_id"),
    Parcel: ("(delivered_at IS NULL)::text || inward", "dossier_id"),
    Payment: ("way", "dossier_id"),
    Pause: ("kind || (ended_at IS NULL)", "dossier_id"),
    Slip: ("kind || (replaced_by_id IS NULL) || (reason = '')", "dossier_id"),
}
# What the applicant has or not, what the act was told, and what only some offices have.
LOOSE = {
    "email", "note", "unit_id", "coordinator_id", "agent_name", "agent_identity", "agent_phone", "agent_paper", "extended_at",
    "extended_late", "housekeeping", "foreign_code", "result_address", "supplements", "asked", "by_name", "spent_minutes",
    "document_id", "file_name", "copies", "component_id", "punctuality", "counts_from", "item_id", "form_key", "now_at",
}  # fmt: skip


def filled(model, dossiers: set[int]) -> dict[str, set[frozenset[str]]]:
    """State → the sets of columns that hold something in rows of that state that belong to these dossiers."""
    state, of = STATES[model]
    names = [field.column for field in model._meta.concrete_fields if field.column not in LOOSE]
    held = ", ".join(f"coalesce({name}::text, '') NOT IN ('', '{{}}', '0', 'f')" for name in names)
    found: dict[str, set[frozenset[str]]] = {}
    with connection.cursor() as cursor:
        table = model._meta.db_table
        cursor.execute(f"SELECT DISTINCT ({state})::text, {held} FROM {table} WHERE {of} = ANY(%s)", [list(dossiers)])
        for value, *row in cursor.fetchall():
            found.setdefault(value, set()).add(frozenset(name for name, holds in zip(names, row, strict=True) if holds))
    return found


@pytest.mark.parametrize("model", STATES, ids=lambda model: model.__name__)
def test_rows_of_the_year_fill_the_columns_that_acts_fill_in_every_state(model):
    year = of_the_year(Dossier)
    acts = set(Dossier.objects.values_list("pk", flat=True)) - year
    by_acts, by_year = filled(model, acts), filled(model, year)
    assert by_year.keys() & by_acts.keys()
    for state in by_year.keys() & by_acts.keys():
        assert by_year[state] <= by_acts[state], state


def test_every_dossier_of_the_year_is_whole():
    year = Dossier.objects.filter(pk__in=of_the_year(Dossier))
    assert year.count() > 350
    for one in year.filter(state__in=[DossierState.IN_PROGRESS, DossierState.STOPPED_CLOCK, DossierState.READY]):
        runs = StepRun.objects.filter(dossier=one, state=RunState.OPEN)
        assert runs.exists() and one.now_at
        assert all(run.item is not None and run.item.done_at is None for run in runs.select_related("item"))
    ended = year.filter(state=DossierState.RETURNED)
    assert not StepRun.objects.filter(state=RunState.OPEN, dossier__in=ended).exists()
    assert not year.filter(received_at__gte=FRIDAY).exists()
    for moment in (Item, "opened_at"), (StepRun, "started_at"), (Rating, "at"), (Slip, "at"):
        assert not moment[0].objects.filter(**{f"{moment[1]}__gt": FRIDAY}).exists(), moment


def test_what_is_called_signed_carries_a_sound_signature_and_nothing_else_does():
    sound = {row.pk: is_signed(row.signed_by) for row in StoredFile.objects.all()}
    file = dict(DocumentFile.objects.filter(part="main").values_list("document_id", "stored_id"))
    rows = list(Outgoing.objects.filter(document__in=list(file)).values_list("document_id", "signed"))
    assert {signed for _, signed in rows} == {True, False}
    assert all(signed == sound[file[document]] for document, signed in rows)


def test_fees_are_paid_more_and_more_by_wire():
    halves = []
    for before in (True, False):
        rows = Payment.objects.filter(
            **{"paid_at__lt" if before else "paid_at__gte": datetime(2026, 5, 1, tzinfo=VIETNAM)}
        )
        assert rows.count() > 30
        halves.append(rows.filter(way="online").count() / rows.count())
    assert halves[0] < halves[1]


def test_a_second_start_builds_nothing_twice(monkeypatch, capsys):
    def again(**_: object) -> None:
        raise AssertionError("built a second time")

    monkeypatch.setattr(build, "build", again)
    before = Dossier.objects.count(), Incoming.objects.count()
    call_command("sample_province")
    assert (Dossier.objects.count(), Incoming.objects.count()) == before
    assert "vanthu.sxd" in capsys.readouterr().out
