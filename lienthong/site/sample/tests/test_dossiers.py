"""The one-stop of the sample province, without the letters and with few communes: everything that can happen to a dossier
happens in it, and what is counted equals what is there."""

from collections import Counter as Count
from datetime import datetime
from decimal import Decimal
from random import Random

import pytest
from django.db import transaction
from django.db.models import F, Sum

from lienthong.foundation.organizations.models import Agency
from lienthong.foundation.trail import queries as trail
from lienthong.foundation.work.models import Item
from lienthong.kit.dates import VIETNAM
from lienthong.modules.citizens.models import Applicant, Identity
from lienthong.modules.dossiers.models import (
    Consultation,
    Counter,
    Dossier,
    DossierDocument,
    DossierPaper,
    Parcel,
    Pause,
    Rating,
    Slip,
    StepRun,
    Tally,
)
from lienthong.modules.dossiers.terms import (
    ENDED,
    DossierState,
    Grade,
    Outcome,
    PauseKind,
    Punctuality,
    RunState,
    SlipKind,
)
from lienthong.modules.procedures import queries as catalogue
from lienthong.modules.procedures.models import Offering, Procedure, Process
from lienthong.modules.procedures.rules import hours_of, longest_hours
from lienthong.site.sample import agencies, build, cases, procedures
from lienthong.site.sample.applicants import Applicants
from lienthong.site.sample.centres import BUSY
from lienthong.site.sample.counter import Counter as Desk
from lienthong.site.sample.flow import Clock, Flow

FRIDAY = datetime(2026, 11, 20, 16, 45, tzinfo=VIETNAM)
pytestmark = [pytest.mark.slow, pytest.mark.django_db]  # without the mark no test database would be made


@pytest.fixture(scope="module", autouse=True)
def sample(django_db_setup, django_db_blocker):
    """Built once for all tests of this module, and gone afterwards."""
    few = [one for one in agencies.communes() if one.name in BUSY]
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock(), transaction.atomic():
        patch.setattr(agencies, "communes", lambda: few)
        province = build.structure(Random(1), FRIDAY)
        flow = Flow(province, Random(1), Clock(FRIDAY), lambda _: None)
        Desk(flow, Random("hồ sơ 1")).open()
        flow.run([])
        yield
        transaction.set_rollback(True)


def test_every_state_and_outcome_of_a_dossier_occurs():
    assert set(Dossier.objects.values_list("state", flat=True)) == set(DossierState)
    assert set(Dossier.objects.values_list("outcome", flat=True)) == set(Outcome)
    assert set(Dossier.objects.exclude(punctuality="").values_list("punctuality", flat=True)) == set(Punctuality)


def test_the_clock_stands_for_every_cause_now_and_has_been_let_run_again_after_each():
    assert set(Pause.objects.filter(ended_at__isnull=True).values_list("kind", flat=True)) == set(PauseKind)
    assert set(Pause.objects.filter(ended_at__isnull=False).values_list("kind", flat=True)) == set(PauseKind)
    assert Dossier.objects.filter(supplements=2).exists()


def test_every_paper_that_the_desk_gives_out_has_been_given_and_a_corrected_one_is_kept():
    assert set(Slip.objects.values_list("kind", flat=True)) == set(SlipKind) - {SlipKind.CONTROL}
    turned = Slip.objects.filter(dossier__state=DossierState.NOT_RECEIVED)
    assert set(turned.values_list("kind", flat=True)) == {SlipKind.SUPPLEMENT, SlipKind.REFUSAL}
    assert Slip.objects.filter(kind=SlipKind.RECEIPT, replaced_by__isnull=False, dossier__supplements=0).exists()


def test_opinions_are_answered_passed_over_in_silence_and_awaited():
    assert Consultation.objects.filter(answered_at__isnull=False).exists()
    assert Consultation.objects.filter(silent_at__isnull=False, answered_at__isnull=True).exists()
    assert Consultation.objects.filter(silent_at__isnull=True, answered_at__isnull=True).exists()


def test_dossiers_go_back_are_extended_and_are_handled_by_units_side_by_side():
    assert StepRun.objects.filter(state=RunState.SENT_BACK).exists()
    assert StepRun.objects.filter(attempt=2, state=RunState.DONE).exists()
    assert Dossier.objects.filter(extended_at__isnull=False).exists()
    together = Count(StepRun.objects.filter(state=RunState.OPEN).values_list("dossier", flat=True))
    assert max(together.values()) >= 2
    assert Dossier.objects.filter(state=DossierState.IN_PROGRESS, due_at__lt=FRIDAY).exists()
    assert Dossier.objects.filter(housekeeping=True).exists()


def test_papers_and_results_travel_by_post_are_reused_and_are_official_documents():
    assert Parcel.objects.filter(inward=True).exists()
    assert Parcel.objects.filter(inward=False, delivered_at__isnull=False).exists()
    assert Parcel.objects.filter(failed_at__isnull=False, dossier__state=DossierState.READY).exists()
    assert DossierPaper.objects.filter(reused__isnull=False).exists()
    for one in DossierDocument.objects.select_related("document", "outgoing"):
        assert one.outgoing is not None and one.document.code
    assert DossierDocument.objects.filter(role="result").exists()


def test_applicants_rate_in_every_grade_at_the_desk_and_by_code():
    assert set(Rating.objects.values_list("grade", flat=True)) == set(Grade)
    assert set(Rating.objects.values_list("way", flat=True)) == {"desk", "code"}


@pytest.mark.parametrize("code", ["1.001193", "1.001612", "1.013225", "1.115743"])
def test_the_four_named_procedures_walk_from_desk_to_return(code):
    done = Dossier.objects.filter(version__procedure__code=code, state=DossierState.RETURNED, outcome=Outcome.GRANTED)
    one = done.exclude(process=None).first()
    assert one is not None
    wanted = {step.key for step in catalogue.steps(one.process_id)}
    assert set(StepRun.objects.filter(dossier=one, state=RunState.DONE).values_list("key", flat=True)) == wanted


def test_codes_have_no_gap_and_no_twin():
    counters = Counter.objects.filter(what="code")
    assert counters.exists()
    for counter in counters:
        codes = Dossier.objects.filter(received_by=counter.agency_id, code__contains=f"-{counter.since:%y%m%d}-")
        numbers = sorted(int(code.rsplit("-", 1)[1]) for code in codes.values_list("code", flat=True))
        assert numbers == list(range(1, counter.last + 1))
    assert Dossier.objects.filter(code__isnull=False).count() == sum(counter.last for counter in counters)


def test_every_figure_of_the_tally_equals_counting():
    received = Dossier.objects.filter(code__isnull=False)
    assert _tally("decider", "received") == Count(received.values_list("decider", flat=True))
    assert _tally("receiver", "received") == Count(received.values_list("received_by", flat=True))
    assert _tally("decider", "received_online") == Count(
        received.filter(channel="online").values_list("decider", flat=True)
    )
    done = Dossier.objects.filter(state__in=[DossierState.READY, DossierState.ON_DELIVERY, DossierState.RETURNED])
    assert _tally("decider", "done") == Count(done.values_list("decider", flat=True))
    for punctuality in Punctuality:
        found = done.filter(punctuality=punctuality).values_list("decider", flat=True)
        assert _tally("decider", f"done_{punctuality}") == Count(found)
    for state in (DossierState.WITHDRAWN, DossierState.STOPPED):
        assert _tally("decider", state) == Count(Dossier.objects.filter(state=state).values_list("decider", flat=True))
    turned = Dossier.objects.filter(state=DossierState.NOT_RECEIVED)
    assert _tally("receiver", "turned_away") == Count(turned.values_list("received_by", flat=True))
    asked = Dossier.objects.filter(code__isnull=False).aggregate(n=Sum("supplements"))["n"]
    assert sum(_tally("decider", "supplement").values()) == asked
    root = Agency.objects.get(name=agencies.COMMITTEE)
    assert _tally("branch", "received")[root.pk] == received.count()


def _tally(side: str, what: str) -> Count:
    rows = Tally.objects.filter(side=side, what=what).values_list("agency").annotate(n=Sum("value"))
    return Count(dict(rows))


def test_every_dossier_is_whole():
    for state in (DossierState.IN_PROGRESS, DossierState.STOPPED_CLOCK):
        for one in Dossier.objects.filter(state=state):
            assert StepRun.objects.filter(dossier=one, state=RunState.OPEN).exists(), one
    assert not StepRun.objects.filter(state=RunState.OPEN, dossier__state__in=ENDED).exists()
    open_items = Item.objects.filter(kind="dossiers.step", done_at__isnull=True).count()
    assert open_items == StepRun.objects.filter(state=RunState.OPEN).count()
    assert not Dossier.objects.filter(received_at__gte=FRIDAY).exists()
    assert not StepRun.objects.filter(done_at__lt=F("started_at")).exists()
    total, broken = trail.verify()
    assert total > 0 and broken == []


def test_the_catalogue_has_forty_procedures_and_tables_whose_hours_sum_to_the_statutory_time():
    assert Procedure.objects.count() >= 40
    assert set(Procedure.objects.values_list("pk", flat=True)) == set(
        Offering.objects.values_list("procedure", flat=True)
    )
    tables = Process.objects.select_related("procedure")
    assert len({one.procedure_id for one in tables}) >= 12
    for table in tables:
        version = catalogue.version_on(table.procedure_id, FRIDAY.date())
        amount, unit, _ = catalogue.statutory(version.pk, None, "direct")
        wanted = hours_of(amount, unit)
        if wanted is not None:
            assert longest_hours(catalogue.steps(table.pk)) == wanted, table.name
    assert any(len(step.next) > 1 for table in tables for step in catalogue.steps(table.pk))
    silent = catalogue.version_by_code("2.001955", FRIDAY.date())
    assert silent.silent_approval


def test_nobody_real_is_meant():
    assert Applicant.objects.exists()
    for number in Identity.objects.values_list("number", flat=True):
        assert number.startswith(("099", "00"))
    for one in Applicant.objects.all():
        assert one.phone.startswith("0900") and (not one.email or one.email.endswith(".example"))


def test_the_same_seed_gives_the_same_dossiers():
    lines = procedures.facts()
    first, again = (cases.plans(lines, BUSY, Random("hồ sơ 7")) for _ in range(2))
    assert first == again and len(first) == cases.HOW_MANY
    assert cases.plans(lines, BUSY, Random("hồ sơ 8")) != first
    people = [Applicants(Random(3)).person("Hòa Thuận", 2026) for _ in range(2)]
    assert people[0] == people[1]


def test_times_and_fees_in_the_catalogue_are_figures():
    for line in procedures.facts():
        assert line.entry.ways[0].amount > Decimal(0)
        assert line.entry.situations[0].papers and line.entry.bases and line.entry.gains[0].name
