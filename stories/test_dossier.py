"""A dossier goes from the counter to the result, through everyone it needs."""

from datetime import datetime

import pytest

from lienthong.foundation.notify.models import Letter
from lienthong.foundation.work.models import Item
from lienthong.kit.dates import VIETNAM
from lienthong.modules.documents.models import Outgoing
from lienthong.modules.documents.rules import OutgoingDetails, Paper
from lienthong.modules.dossiers.actions.decide import decide
from lienthong.modules.dossiers.actions.finish_step import finish_step
from lienthong.modules.dossiers.actions.give_back import give_back
from lienthong.modules.dossiers.actions.keep_result import ResultDetails, release_result
from lienthong.modules.dossiers.actions.rate import rate_by_code
from lienthong.modules.dossiers.actions.tell_applicant import of_dossier
from lienthong.modules.dossiers.facts import ApplicantToBeTold
from lienthong.modules.dossiers.models import Dossier, KeptResult, Rating, Slip, StepRun, Tally
from lienthong.modules.dossiers.terms import DossierState, Grade, Outcome, ResultWay


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=VIETNAM)


@pytest.mark.django_db
def test_a_building_permit_goes_from_the_counter_to_the_applicants_hand(one_stop, pdf):
    dossier = one_stop.received(now=at(20, 9, 40))
    assert dossier.code == "H99.71.01-261120-0001"

    assert dossier.due_at.astimezone(VIETNAM).strftime("%H:%M") == "09:40"
    receipt = Slip.objects.get(dossier=dossier, kind="receipt")
    assert receipt.content["code"] == dossier.code and len(receipt.content["papers"]) == 3

    assign = one_stop.open_run(dossier)
    assert (assign.key, assign.item.holder_id) == ("2", one_stop.province.posts["quy"])
    finish_step(
        run_id=assign.pk, actor=one_stop.actor("quy"), now=at(20, 10), to_post_id=one_stop.province.posts["bao"]
    )
    handle = one_stop.open_run(dossier)
    assert (handle.key, handle.holder_name) == ("3", "Mai Gia Bảo")
    finish_step(run_id=handle.pk, actor=one_stop.actor("bao"), now=at(25, 15), note="đủ điều kiện")
    sign = one_stop.open_run(dossier)
    decide(run_id=sign.pk, outcome=Outcome.GRANTED, reason="", actor=one_stop.actor("dung"), now=at(26, 9))
    stamp = one_stop.open_run(dossier)
    kept = release_result(
        dossier_id=dossier.pk, result=ResultDetails("Giấy phép xây dựng"), details=OutgoingDetails(), attached=[pdf()],
        paper=Paper("QD", "", "Quyết định cấp phép xây dựng nhà ở riêng lẻ", at(26, 9).date()), actor=one_stop.actor("gam"), now=at(26, 10),
    )  # fmt: skip
    finish_step(run_id=stamp.pk, actor=one_stop.actor("gam"), now=at(26, 10))

    dossier.refresh_from_db()
    assert (dossier.state, dossier.outcome, dossier.punctuality) == (DossierState.READY, Outcome.GRANTED, "early")
    assert kept.number == Outgoing.objects.get().document.code
    of_dossier(ApplicantToBeTold(dossier.pk, "result", "result-x"), now=at(26, 10))
    assert Letter.objects.get(once="dossiers.result-x").email == "duyen@mail.example"

    give_back(
        dossier_id=dossier.pk,
        way=ResultWay.DESK,
        taken_by="Huỳnh Mỹ Duyên",
        actor=one_stop.actor("ngan"),
        now=at(27, 8),
    )
    dossier.refresh_from_db()
    assert dossier.state == DossierState.RETURNED and not StepRun.objects.filter(state="open").exists()
    assert not Item.objects.filter(kind__startswith="dossiers", done_at__isnull=True).exists()
    rate_by_code(code=dossier.code, grade=Grade.VERY_GOOD, criteria=[2, 2, 2, 1, 2], comment="", now=at(27, 9))
    assert Rating.objects.count() == 1
    counted = {(row.side, row.what): row.value for row in Tally.objects.exclude(side="branch")}
    assert counted["decider", "received"] == 1 and counted["decider", "done_early"] == 1


@pytest.mark.django_db
def test_a_procedure_without_a_table_runs_by_the_least_the_law_asks_for(one_stop):
    dossier = one_stop.received(version=one_stop.household)
    assert one_stop.open_run(dossier).item.holder_id == one_stop.province.posts["dung"]
    for _ in range(2):
        run = one_stop.open_run(dossier)
        finish_step(
            run_id=run.pk,
            actor=one_stop.holder(run),
            now=at(20, 10),
            to_post_id=one_stop.province.posts["bao"] if run.key == "2" else None,
        )
    run = one_stop.open_run(dossier)
    decide(
        run_id=run.pk,
        outcome=Outcome.REFUSED,
        reason="Ngành nghề bị cấm, điều 6",
        actor=one_stop.actor("dung"),
        now=at(20, 11),
    )
    dossier.refresh_from_db()
    assert (dossier.state, dossier.outcome) == (DossierState.READY, Outcome.REFUSED)
    assert not KeptResult.objects.exists()


@pytest.mark.django_db
def test_the_same_form_sent_twice_makes_one_dossier(one_stop, now):
    from lienthong.modules.dossiers.actions.receive import receive

    first = receive(intake=one_stop.intake(), actor=one_stop.actor("ngan"), now=now, form_key="k1")
    again = receive(intake=one_stop.intake(), actor=one_stop.actor("ngan"), now=now, form_key="k1")
    assert first.pk == again.pk and Dossier.objects.count() == 1
