"""Figures of the whole house: each equals its records on random histories, and its meaning does not change unseen."""

from datetime import timedelta
from pathlib import Path
from random import Random

import pytest
from django.db import transaction
from django.db.utils import IntegrityError

from lienthong.foundation.measures import rules
from lienthong.foundation.measures.actions.count_all import count_all
from lienthong.foundation.measures.actions.keep_definitions import keep_definitions
from lienthong.foundation.measures.actions.settle import rebuild, settle
from lienthong.foundation.measures.models import Definition, Tally
from lienthong.foundation.measures.queries.definitions import fingerprint
from lienthong.foundation.measures.queries.figures import count, rows_of
from lienthong.foundation.measures.queries.scopes import scope
from lienthong.foundation.measures.rules import Period, month_of, year_of
from lienthong.foundation.measures.terms import How, Quantity
from lienthong.foundation.organizations.terms import SuccessionKind
from lienthong.modules.documents.models import Delivery, Incoming, Outgoing
from lienthong.modules.dossiers.models import Dossier, Payment, Rating
from lienthong.modules.procedures.models import Field
from lienthong.site.actions.succeed import succeed

HELD = Path(__file__).parent / "measures.txt"


@pytest.mark.django_db
def test_a_measure_whose_counting_changes_gets_a_new_version():
    """`measures.txt` holds code, version and a hash of what is counted: a change of the last asks for one of the second."""
    held = dict(line.rsplit(" ", 1) for line in HELD.read_text(encoding="ascii").splitlines())
    now = {f"{one.code} {one.version}": fingerprint(one) for one in rules.measures()}
    assert now == held, "raise the measure's version, then write its line into measures.txt"


def test_each_measure_says_in_words_what_it_counts():
    for one in rules.measures():
        assert one.numerator
        assert bool(one.under) == bool(one.denominator), one.code
        assert one.typed == (one.over is None), one.code
        assert not one.typed or one.note, one.code


def test_every_counted_quantity_can_be_opened():
    for quantity in rules.quantities():
        assert quantity.source.visible, quantity.code
        assert quantity.source.line, quantity.code


@pytest.mark.django_db
def test_records_that_were_there_before_are_counted_once_on_an_upgrade(history, now):
    settle()
    counted = {one.code: _shown(one, year_of(now.date())) for one in TALLIED}
    Tally.objects.all().delete()
    assert count_all(now=now)
    assert {one.code: _shown(one, year_of(now.date())) for one in TALLIED} == counted
    assert not count_all(now=now)


@pytest.mark.django_db
def test_an_upgrade_counts_again_only_where_a_measure_is_new_and_says_how_far_it_is(history, now):
    settle()
    count_all(now=now)
    Definition.objects.filter(measure="dossiers.paid_online").delete()
    Tally.objects.all().delete()
    told = []
    assert count_all(now=now, progress=lambda done, total: told.append((done, total)))
    assert set(Tally.objects.values_list("quantity", flat=True)) == {"dossiers.paid", "dossiers.paid_online"}
    assert told[0] == (0, len(told) - 1) and told[-1] == (len(told) - 1,) * 2


@pytest.mark.django_db
def test_an_upgrade_that_was_killed_before_its_definitions_were_kept_counts_again(history, now, monkeypatch):
    settle()
    sent = {one.code: _shown(one, year_of(now.date())) for one in TALLIED}["documents.sent"]
    Tally.objects.all().delete()
    with monkeypatch.context() as broken:
        broken.setattr("lienthong.foundation.measures.actions.count_all.keep_definitions", _killed)
        with pytest.raises(KeyboardInterrupt):
            count_all(now=now)
    assert not Definition.objects.exists()
    Tally.objects.all().delete()
    assert count_all(now=now)
    assert _shown(next(one for one in TALLIED if one.code == "documents.sent"), year_of(now.date())) == sent


def _killed(**_anything):
    raise KeyboardInterrupt


@pytest.mark.django_db
def test_definitions_are_kept_once(now):
    assert keep_definitions(now=now) == len(rules.measures())
    assert keep_definitions(now=now) == 0
    assert Definition.objects.get(measure="documents.sent").query.startswith("-- count")


@pytest.fixture
def history(one_stop, province, pdf, now):
    """Letters and dossiers through the acts, so that every kind of row is there."""
    from stories.history import some_of_everything

    return some_of_everything(province, one_stop, pdf, now)


def _plain(quantity: Quantity, period: Period) -> dict[int, int]:
    """The same by plain counting over the records, agency by agency."""
    found = {}
    for pk in scope("tinh").ids:
        rows = rows_of(quantity, period, [pk])
        n = rows.count() if quantity.amount is None else rows.aggregate(n=quantity.amount)["n"]
        if n:
            found[pk] = n
    return found


def _shown(quantity: Quantity, period: Period) -> dict[int, int]:
    from lienthong.foundation.measures.terms import Group, Measure, Unit

    measure = Measure("x", "x", Group.USE, Unit.COUNT, "x", period.start, quantity)
    return {pk: n for pk, n in count([measure], [period], scope("tinh")).by_agency(quantity, 0).items() if n}


def _province(quantity: Quantity, period: Period) -> tuple[int, int]:
    """How many in the whole province, and how many agencies have any."""
    from lienthong.foundation.measures.terms import AgenciesWith, Group, Measure, Unit

    measure = Measure("x", "x", Group.USE, Unit.COUNT, "x", period.start, quantity, AgenciesWith(quantity))
    found = count([measure], [period], scope("tinh")).figure(measure, 0)
    return found.over, found.under


TALLIED = [one for one in rules.quantities() if one.how == How.TALLIED]


def _equal(periods) -> None:
    for quantity in TALLIED:
        for period in periods:
            plain = _plain(quantity, period)
            assert _shown(quantity, period) == plain, (quantity.code, period.code)
            assert _province(quantity, period) == (sum(plain.values()), len(plain)), (quantity.code, period.code)


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(4))
def test_tallies_equal_the_records_after_whatever_happened_to_them(seed, history, now):
    dice = Random(seed)
    day = now.date()
    periods = [
        month_of(day),
        year_of(day),
        Period(day - timedelta(days=40), day + timedelta(days=1)),
        Period(day, day + rules.DAY),
    ]
    settle()
    _equal(periods)
    before = {one.code: _shown(one, year_of(day)) for one in TALLIED}
    for _turn in range(12):
        _something_happens(dice, now)
        if dice.random() < 0.5:
            settle()
    settle()
    assert {one.code: _shown(one, year_of(day)) for one in TALLIED} != before
    _equal(periods)
    rebuild(day - timedelta(days=400), day + timedelta(days=60))
    _equal(periods)


def _something_happens(dice: Random, now) -> None:
    """Corrections that no act makes, straight in the tables: what is counted by is moved, changed, taken away."""
    then = now - timedelta(days=dice.randint(0, 50), hours=dice.randint(0, 20))
    agencies = scope("tinh").ids
    fields = list(Field.objects.values_list("pk", flat=True))
    changes = [
        (Delivery, lambda: {"sent_at": then}),
        (Delivery, lambda: {"paper_too": bool(dice.randint(0, 1)), "channel": dice.choice(["here", "axis", "paper"])}),
        (Delivery, lambda: {"accepted_at": dice.choice([None, then, now])}),
        (Outgoing, lambda: {"issued_at": then}),
        (Incoming, lambda: {"arrived_at": then}),
        (Incoming, lambda: {"ended_at": then, "due_at": now}),
        (Incoming, lambda: {"agency_id": dice.choice(agencies)}),
        (Outgoing, lambda: {"agency_id": dice.choice(agencies)}),
        (Outgoing, lambda: {"signed": dice.choice([True, False, None])}),
        (Dossier, lambda: {"received_at": then, "channel": dice.choice(["direct", "online", "post"])}),
        (Dossier, lambda: {"decider_id": dice.choice(agencies)}),
        (
            Dossier,
            lambda: {"state": "ready", "ended_at": then, "punctuality": dice.choice(["", "early", "on_time", "late"])},
        ),
        (Payment, lambda: {"way": dice.choice(["cash", "online"])}),
        (Payment, lambda: {"paid_at": then}),
        (Payment, lambda: {"voided_at": dice.choice([None, now])}),
        (Dossier, lambda: {"field_id": dice.choice(fields)}),
        (Rating, lambda: {"grade": dice.choice(["very_good", "good", "bad"]), "at": then}),
    ]
    model, change = dice.choice(changes)
    ids = list(model.objects.values_list("pk", flat=True))
    if ids:
        try:
            with transaction.atomic():
                model.objects.filter(pk__in=dice.sample(ids, min(len(ids), 3))).update(**change())
        except IntegrityError:
            return  # the tables refuse it, so it did not happen


@pytest.mark.django_db
def test_after_a_merger_the_successor_has_its_own_figures_and_its_predecessors(history, province, now):
    """The commune goes into the department. What is still open moves there, what is done stays counted where it was; together they are
    what they were, and nothing is counted twice."""
    settle()
    period = month_of(now.date())
    before = {one.code: _shown(one, period) for one in TALLIED}
    succeed(
        kind=SuccessionKind.MERGE, predecessor_ids=[province.commune.pk], successor_ids=[province.department.pk], on=now.date(),
        legal_basis="Nghị quyết 12/NQ-HĐND", actor=province.actor("minh"), now=now,
    )  # fmt: skip
    settle()
    _equal([period])
    both = scope(f"cq-{province.department.pk}").ids
    assert province.commune.pk in both
    for one in TALLIED:
        was, now_is = before[one.code], _shown(one, period)
        assert sum(now_is.get(pk, 0) for pk in both) == sum(was.get(pk, 0) for pk in both), one.code
        assert sum(now_is.values()) == sum(was.values()), one.code
    assert _shown(next(one for one in TALLIED if one.code == "dossiers.done"), period)[province.commune.pk] == 1


@pytest.mark.django_db
def test_a_figure_of_a_year_is_one_question(history, now, django_assert_num_queries):
    settle()
    measures = [
        one
        for one in rules.measures()
        if all(not isinstance(x, Quantity) or x.how == How.TALLIED for x in one.countables)
    ]
    over = scope("tinh")
    with django_assert_num_queries(1):
        counts = count(measures, rules.months_up_to(now.date(), 12), over)
        for one in measures:
            counts.figure(one, 11)
