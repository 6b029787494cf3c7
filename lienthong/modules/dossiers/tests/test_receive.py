"""Receiving: codes, clocks, three agencies, refusals."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from lienthong.foundation.access.rules import Forbidden
from lienthong.foundation.organizations.actions.close_code import close_code
from lienthong.foundation.trail.models import Entry
from lienthong.kit.dates import VIETNAM
from lienthong.kit.refusal import Refused
from lienthong.modules.dossiers.actions.name_agency import name_agency
from lienthong.modules.dossiers.actions.receive import receive
from lienthong.modules.dossiers.actions.take_over import take_over
from lienthong.modules.dossiers.actions.turn_away import turn_away
from lienthong.modules.dossiers.models import Dossier, DossierPaper, KeptResult, Slip, StepRun, Tally
from lienthong.modules.dossiers.rules import Handed
from lienthong.modules.dossiers.terms import DossierState, PaperForm, ResultWay, SlipKind

pytestmark = pytest.mark.django_db


def at(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=VIETNAM)


def test_codes_run_through_the_day_and_begin_anew_the_next(one_stop):
    codes = [
        one_stop.received(now=at(20, 8)).code,
        one_stop.received(now=at(20, 9)).code,
        one_stop.received(now=at(23, 8)).code,
    ]
    assert codes == ["H99.71.01-261120-0001", "H99.71.01-261120-0002", "H99.71.01-261123-0001"]


def test_the_last_minute_of_a_year_and_the_first_of_the_next_have_codes_of_their_own_days(one_stop):
    before = one_stop.received(now=datetime(2026, 12, 31, 23, 59, tzinfo=VIETNAM))
    after = one_stop.received(now=datetime(2027, 1, 1, 0, 0, tzinfo=VIETNAM))
    assert (before.code, after.code) == ("H99.71.01-261231-0001", "H99.71.01-270101-0001")
    numbers = list(Slip.objects.filter(kind="receipt").order_by("id").values_list("number", flat=True))
    assert numbers == ["01", "01"]


def test_a_code_given_elsewhere_is_kept_as_it_came(one_stop):
    dossier = one_stop.received(foreign_code="G15.99.01-261119-021234")
    assert dossier.code == "G15.99.01-261119-021234"
    assert one_stop.received().code.endswith("-0001")


def test_the_clock_at_the_own_counter_begins_at_once_and_is_true_to_the_hour(one_stop):
    dossier = one_stop.received(now=at(20, 9, 40), version=one_stop.household)
    assert dossier.state == DossierState.IN_PROGRESS and dossier.begins_at == at(20, 9, 40)
    assert dossier.due_at == at(25, 9, 40)  # Friday + 3 working days: Monday 23, Tuesday 24, Wednesday 25


def test_what_comes_after_hours_counts_from_the_next_opening(one_stop):
    dossier = one_stop.received(now=at(20, 17, 30), version=one_stop.household)
    assert dossier.begins_at == at(23, 7, 30)


def test_for_an_agency_elsewhere_the_clock_waits_until_that_agency_has_it(one_stop):
    dossier = one_stop.received(who="tuyet", now=at(20, 9))
    assert (dossier.state, dossier.begins_at) == (DossierState.ON_THE_WAY, None)
    assert dossier.promised_at == at(1, 9, month=12)  # 7 working days from the same morning
    with pytest.raises(Dossier.DoesNotExist):
        take_over(dossier_id=dossier.pk, actor=one_stop.actor("bao"), now=at(20, 10))
    taken = take_over(dossier_id=dossier.pk, actor=one_stop.actor("gam"), now=at(23, 8))
    assert taken.begins_at == at(23, 8) and taken.due_at == at(2, 8, month=12)
    first, second = Slip.objects.filter(dossier=dossier, kind="receipt").order_by("id")
    assert first.replaced_by_id == second.pk and first.content["due_at"] != second.content["due_at"]


def test_received_elsewhere_after_three_the_promise_counts_from_the_next_morning(one_stop):
    dossier = one_stop.received(who="tuyet", now=at(20, 15, 30))
    assert dossier.promised_at == at(2, 7, 30, month=12)


def test_without_a_competent_agency_it_waits_without_code_and_clock(one_stop):
    dossier = receive(intake=replace(one_stop.intake(), decider_id=None), actor=one_stop.actor("ngan"), now=at(20, 9))
    assert (dossier.state, dossier.code, dossier.due_at) == (DossierState.UNCLEAR, None, None)
    assert not Slip.objects.exists() and not StepRun.objects.exists()
    named = name_agency(
        dossier_id=dossier.pk, agency_id=one_stop.province.commune.pk, actor=one_stop.actor("ngan"), now=at(20, 14)
    )
    assert named.code and named.begins_at == at(20, 14) and Slip.objects.count() == 1
    dossier.item.refresh_from_db()
    assert dossier.item.done_at is not None


def test_a_missing_required_paper_is_refused_and_leaves_nothing(one_stop):
    intake = one_stop.intake()
    with pytest.raises(Refused, match="Còn thiếu"):
        receive(intake=replace(intake, papers=intake.papers[1:]), actor=one_stop.actor("ngan"), now=at(20, 9))
    assert not Dossier.objects.exists() and not Slip.objects.exists() and not Tally.objects.exists()
    assert one_stop.received().code.endswith("0001")


def test_only_a_desk_receives(one_stop):
    with pytest.raises(Forbidden):
        receive(intake=one_stop.intake(), actor=one_stop.actor("bao"), now=at(20, 9))
    assert not Dossier.objects.exists()


def test_an_old_version_of_a_procedure_is_refused(one_stop):
    one_stop.building.valid_to = at(1, 0).date()
    one_stop.building.save()
    with pytest.raises(Refused, match="bản mới"):
        one_stop.received(now=at(20, 9))


def test_a_counter_without_identifier_gives_no_code_and_says_so(one_stop):
    from lienthong.foundation.access.rules import system_actor
    from lienthong.foundation.organizations import queries as organizations

    code = organizations.codes(one_stop.commune_centre.pk)[0]
    close_code(code_id=code.pk, on=at(19, 0).date(), actor=system_actor(), now=at(19, 9))
    with pytest.raises(Refused, match="mã định danh"):
        one_stop.received(now=at(20, 9))
    assert not Dossier.objects.exists()


def test_results_by_post_need_an_address(one_stop):
    with pytest.raises(Refused, match="địa chỉ"):
        one_stop.received(result_way=ResultWay.POST)


def test_two_hundred_papers_are_taken_and_one_more_is_refused(one_stop):
    own = [Handed(f"Giấy tờ {n}", originals=1) for n in range(197)]
    base = list(one_stop.intake().papers)
    dossier = one_stop.received(papers=[*base, *own])
    assert DossierPaper.objects.filter(dossier=dossier).count() == 200
    with pytest.raises(Refused, match="nhiều nhất 200"):
        one_stop.received(papers=[*base, *own, Handed("thừa", originals=1)])


def test_a_refusal_at_the_counter_is_recorded_with_its_slip_and_no_code(one_stop):
    dossier = turn_away(
        intake=one_stop.intake(), kind=SlipKind.REFUSAL, lines=[], reason="Không thuộc đối tượng, điều 5",
        actor=one_stop.actor("ngan"), now=at(20, 9),
    )  # fmt: skip
    assert (dossier.state, dossier.code) == (DossierState.NOT_RECEIVED, None)
    assert Slip.objects.get().content["reason"].startswith("Không thuộc")
    assert not StepRun.objects.exists()
    with pytest.raises(Refused, match="lý do"):
        turn_away(
            intake=one_stop.intake(),
            kind=SlipKind.REFUSAL,
            lines=[],
            reason=" ",
            actor=one_stop.actor("ngan"),
            now=at(20, 9),
        )


def test_a_kept_result_that_holds_is_reused_and_one_that_has_ended_is_refused(one_stop):
    def kept(valid_to):
        return KeptResult.objects.create(
            applicant=one_stop.applicant, code="KQ.1", name="Giấy chứng nhận", issued_on=at(1, 0).date(), valid_to=valid_to,
            created_at=at(1, 8),
        )  # fmt: skip

    good, ended = kept(None), kept(at(19, 0).date())
    base = list(one_stop.intake().papers)
    reused = replace(base[0], form=PaperForm.REUSED, originals=0, reused_id=good.pk)
    dossier = one_stop.received(now=at(20, 9), papers=[reused, *base[1:]])
    assert DossierPaper.objects.get(dossier=dossier, reused=good).form == PaperForm.REUSED
    with pytest.raises(Refused, match="hết giá trị"):
        one_stop.received(now=at(20, 9), papers=[replace(reused, reused_id=ended.pk), *base[1:]])


def test_receiving_writes_one_entry_of_the_trail(one_stop):
    before = Entry.objects.count()
    dossier = one_stop.received()
    entries = Entry.objects.filter(subject_kind="dossiers.dossier", subject_id=dossier.pk)
    assert [entry.verb for entry in entries] == ["dossiers.receive"] and Entry.objects.count() == before + 1


def test_holidays_changed_afterwards_move_no_promise(one_stop):
    from lienthong.foundation.calendar.models import SpecialDay

    dossier = one_stop.received(now=at(20, 9))
    promised, printed = dossier.due_at, Slip.objects.get().content["due_at"]
    SpecialDay.objects.create(date=at(23, 0).date(), kind="off", reason="Nghỉ bù")
    dossier.refresh_from_db()
    assert dossier.due_at == promised and Slip.objects.get().content["due_at"] == printed
    later = one_stop.received(now=at(20, 10))
    assert later.due_at - dossier.due_at > timedelta(hours=1)


def test_the_applicant_and_the_one_who_got_the_first_step_are_told_after_the_commit(one_stop, monkeypatch):
    from lienthong.modules.dossiers.facts import ApplicantToBeTold, StepsGiven

    told: list[object] = []
    monkeypatch.setattr("lienthong.modules.dossiers.actions.receive.put", lambda *facts: told.extend(facts))
    dossier = one_stop.received()
    run = one_stop.open_run(dossier)
    assert told == [ApplicantToBeTold(dossier.pk, "received", f"received-{dossier.pk}"), StepsGiven((run.pk,))]


def test_what_is_done_the_same_day_is_due_before_the_office_closes(one_stop):
    from lienthong.modules.procedures.models import Method

    Method.objects.filter(version=one_stop.household).update(amount=0)
    assert one_stop.received(now=at(20, 9), version=one_stop.household).due_at == at(20, 17)
    assert one_stop.received(now=at(20, 18), version=one_stop.household).due_at == at(23, 17)


def test_a_dossier_may_name_who_co_ordinates_and_that_agency_sees_it(one_stop):
    from lienthong.modules.dossiers import queries

    dossier = one_stop.received(coordinator_id=one_stop.province.department.pk)
    assert queries.dossier_for(one_stop.actor("phuoc"), dossier.pk).coordinator_id == one_stop.province.department.pk
    for outsider in ("tuyet", "lan"):  # the chairman above both agencies may open it: his board counts it
        with pytest.raises(Dossier.DoesNotExist):
            queries.dossier_for(one_stop.actor(outsider), dossier.pk)


def test_the_centre_of_a_commune_is_no_counter_of_a_department(one_stop):
    department = one_stop.province.department
    own = one_stop.received(who="tuyet", version=one_stop.household, decider=department)
    elsewhere = one_stop.received(who="ngan", version=one_stop.household, decider=department)
    assert (own.state, elsewhere.state) == (DossierState.IN_PROGRESS, DossierState.ON_THE_WAY)
