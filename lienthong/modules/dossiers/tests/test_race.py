"""Two people at the same moment, each in a transaction of their own that really commits."""

import threading
from dataclasses import replace

import pytest
from django.db import connection, connections

from lienthong.foundation.organizations import queries as organizations
from lienthong.kit.refusal import Refused
from lienthong.modules.citizens.actions.keep_applicant import keep_applicant
from lienthong.modules.citizens.actions.merge import merge
from lienthong.modules.citizens.models import Applicant, Identity
from lienthong.modules.citizens.rules import Details
from lienthong.modules.dossiers.actions.finish_step import finish_step
from lienthong.modules.dossiers.actions.receive import receive
from lienthong.modules.dossiers.models import Dossier, Slip, StepRun
from lienthong.modules.procedures import queries as procedures
from stories.one_stop import make_one_stop
from stories.people import make_province


@pytest.fixture
def one_stop(committed):
    """The one-stop in a database of this test's own. What a process keeps of catalogue and directory goes with the database:
    the numbers that tell it of changes come from sequences, which another copy counts again."""
    yield make_one_stop(make_province())
    for module in (procedures, organizations):
        for name, kept in vars(module).items():
            if name.startswith("_kept") and hasattr(kept, "cache_clear"):
                kept.cache_clear()


def at_once(*acts):
    """Run the acts in threads that start together; returns what each gave or raised, in order."""
    gate, outcomes = threading.Barrier(len(acts)), [None] * len(acts)

    def run(place, act):
        try:
            connection.ensure_connection()
            gate.wait(timeout=30)
            outcomes[place] = act()
        except Exception as error:
            outcomes[place] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for one in threads:
        one.start()
    for one in threads:
        one.join(timeout=60)
    assert not any(one.is_alive() for one in threads)
    return outcomes


def test_of_two_officers_who_finish_one_step_one_succeeds_and_the_next_step_begins_once(one_stop, now):
    for _round in range(5):
        dossier = one_stop.at_step("3")
        run, bao, head = one_stop.open_run(dossier), one_stop.actor("bao"), one_stop.actor("quy")
        outcomes = at_once(
            lambda run=run, who=bao: finish_step(run_id=run.pk, actor=who, now=now),
            lambda run=run, who=head: finish_step(run_id=run.pk, actor=who, now=now),
        )
        refused = [one for one in outcomes if isinstance(one, Refused)]
        assert len(refused) == 1 and "Bước này đã xong" in refused[0].msgid, outcomes
        assert sum(isinstance(one, Dossier) for one in outcomes) == 1, outcomes
        assert StepRun.objects.filter(dossier=dossier, key="4").count() == 1
        assert list(StepRun.objects.filter(dossier=dossier, state="open").values_list("key", flat=True)) == ["4"]


def test_two_desks_that_enter_one_new_number_make_one_applicant(one_stop, now):
    for number in ("091191000501", "091191000502", "091191000503"):
        outcomes = at_once(
            *(
                lambda who=who, number=number: keep_applicant(
                    details=Details("Võ Thị Sáu Nhỏ", number=number), actor=one_stop.actor(who), now=now
                )
                for who in ("ngan", "tuyet")
            )
        )
        assert all(isinstance(one, Applicant) for one in outcomes), outcomes
        assert len({one.pk for one in outcomes}) == 1
        assert Identity.objects.filter(number=number).count() == 1
    assert Applicant.objects.filter(name="Võ Thị Sáu Nhỏ").count() == 3


def test_one_form_sent_twice_at_once_makes_one_dossier(one_stop, now):
    intake, actor = one_stop.intake(), one_stop.actor("ngan")
    for key in ("k-1", "k-2", "k-3"):
        outcomes = at_once(*[lambda key=key: receive(intake=intake, actor=actor, now=now, form_key=key)] * 3)
        assert all(isinstance(one, Dossier) for one in outcomes), outcomes
        assert len({one.pk for one in outcomes}) == 1
        assert Dossier.objects.filter(form_key=key).count() == 1
    assert Slip.objects.filter(kind="receipt").count() == 3
    assert [row[-4:] for row in Dossier.objects.order_by("id").values_list("code", flat=True)] == [
        "0001",
        "0002",
        "0003",
    ]


def test_codes_of_desks_that_receive_at_once_run_without_gap_or_twin(one_stop, now):
    intake, actor = one_stop.intake(), one_stop.actor("ngan")
    bad = replace(intake, papers=())
    outcomes = at_once(
        *[
            lambda wanted=wanted: receive(intake=wanted, actor=actor, now=now)
            for wanted in [intake, bad, intake, intake, bad, intake, intake, intake]
        ]
    )
    assert sum(isinstance(one, Refused) for one in outcomes) == 2
    numbers = sorted(int(code[-4:]) for code in Dossier.objects.values_list("code", flat=True))
    assert numbers == [1, 2, 3, 4, 5, 6]


def test_two_rows_merged_crosswise_at_once_end_as_one_and_lead_nowhere_else(one_stop, now):
    desk = one_stop.actor("ngan")
    for _round in range(5):
        pair = [keep_applicant(details=Details("Lê Thị Hai Nơi"), actor=desk, now=now).pk for _ in range(2)]
        outcomes = at_once(
            *(
                lambda goes=goes, stays=stays: merge(
                    applicant_id=goes, into_id=stays, reason="Một người", actor=desk, now=now
                )
                for goes, stays in (pair, reversed(pair))
            )
        )
        assert sorted(type(one).__name__ for one in outcomes) == ["Applicant", "Refused"], outcomes
        assert Applicant.objects.filter(pk__in=pair, merged_into__isnull=True).count() == 1
