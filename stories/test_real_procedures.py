"""Real procedures, with their real components and times, and real tables of steps walk from the counter to the applicant."""

from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest

from lienthong.foundation.access.rules import system_actor
from lienthong.foundation.calendar.queries import working_time
from lienthong.foundation.calendar.rules import due_at
from lienthong.kit.dates import VIETNAM
from lienthong.modules.dossiers import queries as queries_of_dossiers
from lienthong.modules.dossiers.actions.decide import decide
from lienthong.modules.dossiers.actions.finish_step import finish_step
from lienthong.modules.dossiers.actions.give_back import give_back
from lienthong.modules.dossiers.actions.keep_result import ResultDetails, keep_result
from lienthong.modules.dossiers.models import Dossier, StepRun
from lienthong.modules.dossiers.rules import Handed
from lienthong.modules.dossiers.terms import DossierState, Outcome, ResultWay
from lienthong.modules.procedures import portal_file, process_file, queries
from lienthong.modules.procedures.actions.import_procedures import import_procedures
from lienthong.modules.procedures.actions.import_processes import import_processes
from lienthong.modules.procedures.actions.offer import offer
from lienthong.modules.procedures.models import Process, Version

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
CATALOGUE, TABLES = DATA / "procedures" / "procedures.jsonl", DATA / "processes" / "internal-process-steps.jsonl"
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not CATALOGUE.exists(), reason="../shared/data/procedures is not here"),
]
MONDAY = datetime(2026, 11, 16, 9, 0, tzinfo=VIETNAM)
BIRTH, PERMIT, LAND = "1.001193", "1.013225", "1.115474"


@pytest.fixture
def catalogue(one_stop):
    """The real catalogue, offered by the commune."""
    with CATALOGUE.open("rb") as lines:
        report = import_procedures(entries=portal_file.read(lines), source="thử", actor=system_actor(), now=MONDAY)
    assert not report.refused
    for code in (BIRTH, PERMIT, LAND):
        version = queries.version_by_code(code, MONDAY.date())
        assert version is not None
        offer(
            procedure_id=version.procedure_id, agency_ids=[one_stop.province.commune.pk], valid_from=MONDAY.date(),
            actor=system_actor(), now=MONDAY,
        )  # fmt: skip


def walk(one_stop, dossier: Dossier, now: datetime) -> Dossier:
    """Every step by whoever holds it, until the applicant has the result."""
    for _ in range(40):
        dossier.refresh_from_db()
        if dossier.state == DossierState.READY:
            break
        run = StepRun.objects.select_related("item").filter(dossier=dossier, state="open").order_by("id").first()
        actor = one_stop.holder(run)
        if run.kind == "decide":
            decide(run_id=run.pk, outcome=Outcome.GRANTED, reason="", actor=actor, now=now)
            continue
        if not queries_of_dossiers.results(dossier.pk):
            keep_result(
                dossier_id=dossier.pk,
                result=ResultDetails("Kết quả", number="01"),
                actor=one_stop.actor("dung"),
                now=now,
            )
        finish_step(run_id=run.pk, actor=actor, now=now)
    give_back(
        dossier_id=dossier.pk, way=ResultWay.DESK, taken_by="Huỳnh Mỹ Duyên", actor=one_stop.actor("ngan"), now=now
    )
    dossier.refresh_from_db()
    return dossier


@pytest.mark.parametrize("code", [BIRTH, PERMIT, LAND])
def test_a_real_procedure_goes_through_with_its_components_and_its_time(one_stop, catalogue, code):
    version = queries.version_by_code(code, MONDAY.date())
    for case in queries.cases(version.pk):
        papers = [
            Handed(row.name[:1000], row.pk, originals=row.originals or 1, copies=row.copies)
            for row in queries.components([case.pk])
        ]
        assert papers
        dossier = one_stop.received(now=MONDAY, version=version, case_id=case.pk, papers=papers)
        amount, unit, _note = queries.statutory(version.pk, case.pk, "direct")
        assert amount is not None and dossier.amount == amount
        assert dossier.due_at == due_at(MONDAY, amount, unit, working_time())
        assert walk(one_stop, dossier, MONDAY.replace(hour=15)).state == DossierState.RETURNED
        break


def test_every_real_table_of_steps_can_be_walked_to_its_end(one_stop, catalogue):
    """Tied to one procedure after the other; hours add up as the table says."""
    with TABLES.open("rb") as lines:
        tables = process_file.read_jsonl(lines)
    report = import_processes(tables=tables, source="thử", actor=system_actor(), now=MONDAY)
    assert len(report.refused) == 0 and Process.objects.exclude(agency=one_stop.province.commune).count() == 44
    version = queries.version_by_code(BIRTH, MONDAY.date())
    for process in Process.objects.exclude(agency=one_stop.province.commune).order_by("id"):
        Process.objects.filter(procedure=version.procedure).update(procedure=None)
        Process.objects.filter(pk=process.pk).update(procedure=version.procedure)
        steps = queries.steps(process.pk)
        dossier = one_stop.received(
            now=MONDAY,
            version=Version.objects.get(pk=version.pk),
            case_id=None,
            papers=[Handed("Tờ khai", originals=1)],
        )
        assert dossier.process_id == process.pk
        done = walk(one_stop, dossier, MONDAY.replace(hour=16))
        assert done.state == DossierState.RETURNED
        counted = sum((run.hours or Decimal(0)) for run in StepRun.objects.filter(dossier=dossier))
        assert counted == sum((step.hours or Decimal(0)) for step in steps)
