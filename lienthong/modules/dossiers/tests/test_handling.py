"""Steps, stops, opinions, apologies, ends."""

from datetime import datetime, timedelta

import pytest

from lienthong.foundation.access.rules import Forbidden, system_actor
from lienthong.foundation.work.models import Item
from lienthong.kit.dates import VIETNAM
from lienthong.kit.refusal import Refused
from lienthong.modules.dossiers.actions.answer_opinion import answer_opinion, record_silence
from lienthong.modules.dossiers.actions.apologise import apologise, watch_deadlines
from lienthong.modules.dossiers.actions.approve_silently import approve_silently
from lienthong.modules.dossiers.actions.ask_opinion import ask_opinion
from lienthong.modules.dossiers.actions.ask_supplement import ask_supplement
from lienthong.modules.dossiers.actions.assign_step import assign_step
from lienthong.modules.dossiers.actions.decide import decide
from lienthong.modules.dossiers.actions.end_early import stop, withdraw
from lienthong.modules.dossiers.actions.finish_step import finish_step
from lienthong.modules.dossiers.actions.inherit import inherit
from lienthong.modules.dossiers.actions.keep_result import ResultDetails, keep_result
from lienthong.modules.dossiers.actions.send_back import restart_step, send_back
from lienthong.modules.dossiers.actions.suspend import resume, suspend
from lienthong.modules.dossiers.actions.take_supplement import take_supplement
from lienthong.modules.dossiers.models import Dossier, KeptResult, Pause, Slip, StepRun
from lienthong.modules.dossiers.rules import Handed
from lienthong.modules.dossiers.terms import DossierState, Outcome, PauseKind, RunState
from lienthong.modules.procedures.models import Process, ProcessStep

pytestmark = pytest.mark.django_db


def at(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=VIETNAM)


def test_a_step_finished_twice_says_who_did_it_and_begins_nothing_twice(one_stop):
    dossier = one_stop.at_step("3", now=at(20, 9))
    run = one_stop.open_run(dossier)
    finish_step(run_id=run.pk, actor=one_stop.actor("bao"), now=at(20, 10))
    with pytest.raises(Refused, match="đã xong"):
        finish_step(run_id=run.pk, actor=one_stop.actor("bao"), now=at(20, 10))
    assert StepRun.objects.filter(dossier=dossier, key="4").count() == 1


def test_a_person_who_does_not_hold_the_step_is_refused(one_stop):
    dossier = one_stop.at_step("3")
    with pytest.raises(Forbidden):
        finish_step(run_id=one_stop.open_run(dossier).pk, actor=one_stop.actor("gam"), now=at(20, 10))
    assert one_stop.open_run(dossier).key == "3"


def test_a_head_gives_a_step_to_somebody_else_with_its_deadline(one_stop):
    dossier = one_stop.at_step("3", now=at(20, 9))
    run = one_stop.open_run(dossier)
    given = assign_step(
        run_id=run.pk,
        to_post_id=one_stop.province.posts["quy"],
        reason="đi công tác",
        actor=one_stop.actor("quy"),
        now=at(20, 10),
    )
    assert given.item.holder_id == one_stop.province.posts["quy"] and given.due_at == run.due_at


def test_inner_deadlines_count_office_hours_and_say_on_whose_step_time_was_lost(one_stop):
    dossier = one_stop.at_step("3", now=at(20, 9))
    run = one_stop.open_run(dossier)
    assert run.due_at == at(26, 14, 30)  # 36 office hours from Friday 09:00: 6½, 4 × 8 and ½... counted by the calendar
    finish_step(run_id=run.pk, actor=one_stop.actor("bao"), now=at(27, 9))
    run.refresh_from_db()
    assert run.punctuality == "late"


def test_a_dossier_goes_back_with_a_reason_and_comes_to_the_same_official(one_stop):
    dossier = one_stop.at_step("4")
    run = one_stop.open_run(dossier)
    with pytest.raises(Refused, match="lý do"):
        send_back(run_id=run.pk, to_key="", reason=" ", actor=one_stop.actor("dung"), now=at(20, 10))
    send_back(run_id=run.pk, to_key="", reason="thiếu biên bản thực địa", actor=one_stop.actor("dung"), now=at(20, 10))
    again = one_stop.open_run(dossier)
    assert (again.key, again.attempt, again.post_id) == ("3", 2, one_stop.province.posts["bao"])
    run.refresh_from_db()
    assert run.state == RunState.SENT_BACK


def test_a_step_can_be_begun_again_by_another_person(one_stop):
    dossier = one_stop.at_step("3")
    restart_step(
        dossier_id=dossier.pk,
        key="3",
        to_post_id=one_stop.province.posts["quy"],
        reason="hỏng",
        actor=one_stop.actor("dung"),
        now=at(20, 11),
    )
    run = one_stop.open_run(dossier)
    assert (run.attempt, run.item.holder_id) == (2, one_stop.province.posts["quy"])


def test_a_supplement_stops_every_clock_and_the_time_begins_anew(one_stop):
    dossier = one_stop.at_step("3", now=at(20, 9), version=one_stop.building)
    run = one_stop.open_run(dossier)
    ask_supplement(
        run_id=run.pk, lines=["Bản vẽ có dấu"], reason="thiếu dấu", actor=one_stop.actor("bao"), now=at(23, 9)
    )
    dossier.refresh_from_db()
    run.item.refresh_from_db()
    assert dossier.state == DossierState.STOPPED_CLOCK and run.item.paused_at is not None
    with pytest.raises(Refused):
        finish_step(run_id=run.pk, actor=one_stop.actor("bao"), now=at(24, 9))
    take_supplement(
        dossier_id=dossier.pk,
        papers=[Handed("Bản vẽ có dấu", originals=1)],
        actor=one_stop.actor("ngan"),
        now=at(27, 9),
    )
    dossier.refresh_from_db()
    assert dossier.counts_from == at(27, 9) and dossier.due_at == at(8, 9, month=12)
    first, second = Slip.objects.filter(dossier=dossier, kind="receipt").order_by("id")
    assert first.replaced_by_id == second.pk
    run.refresh_from_db()
    assert run.due_at > at(26, 14, 30)


def test_the_rule_of_the_day_may_let_the_clock_resume_instead(one_stop):
    from lienthong.foundation.codes.models import Code

    Code.objects.filter(list="dossier-rule").update(valid_to=at(1, 0).date())
    Code.objects.create(list="dossier-rule", code="supplement", name="resume", valid_from=at(1, 0).date())
    dossier = one_stop.at_step("3", now=at(20, 9))
    due_before = dossier.due_at
    ask_supplement(
        run_id=one_stop.open_run(dossier).pk, lines=["x"], reason="y", actor=one_stop.actor("bao"), now=at(23, 9)
    )
    take_supplement(
        dossier_id=dossier.pk, papers=[Handed("x", originals=1)], actor=one_stop.actor("ngan"), now=at(25, 9)
    )
    dossier.refresh_from_db()
    assert due_before == at(1, 9, month=12) and dossier.due_at == at(3, 9, month=12)
    assert dossier.counts_from == at(20, 9)


def test_a_second_request_is_refused_unless_confirmed_and_then_counts_as_late(one_stop):
    dossier = one_stop.at_step("3", now=at(20, 9))
    run = one_stop.open_run(dossier)
    ask = {"run_id": run.pk, "lines": ["x"], "reason": "y", "actor": one_stop.actor("bao")}
    ask_supplement(**ask, now=at(20, 10))
    take_supplement(
        dossier_id=dossier.pk, papers=[Handed("x", originals=1)], actor=one_stop.actor("ngan"), now=at(20, 11)
    )
    with pytest.raises(Refused, match="một lần"):
        ask_supplement(**ask, now=at(20, 13))
    assert Pause.objects.count() == 1
    ask_supplement(**ask, now=at(20, 13), confirmed=True)
    take_supplement(
        dossier_id=dossier.pk, papers=[Handed("x", originals=1)], actor=one_stop.actor("ngan"), now=at(20, 14)
    )
    decide_all(one_stop, dossier, at(20, 15))
    dossier.refresh_from_db()
    assert dossier.punctuality == "late" and dossier.ended_at < dossier.due_at


def decide_all(one_stop, dossier, now):
    """From step 3 to the counter."""
    finish_step(run_id=one_stop.open_run(dossier).pk, actor=one_stop.actor("bao"), now=now)
    decide(
        run_id=one_stop.open_run(dossier).pk, outcome=Outcome.GRANTED, reason="", actor=one_stop.actor("dung"), now=now
    )
    keep_result(
        dossier_id=dossier.pk, result=ResultDetails("Giấy phép", number="12/GPXD"), actor=one_stop.actor("gam"), now=now
    )
    finish_step(run_id=one_stop.open_run(dossier).pk, actor=one_stop.actor("gam"), now=now)


def test_a_suspension_keeps_what_was_left(one_stop):
    dossier = one_stop.at_step("3", now=at(20, 9))
    suspend(
        run_id=one_stop.open_run(dossier).pk,
        kind=PauseKind.FINANCE,
        reason="nộp tiền sử dụng đất",
        actor=one_stop.actor("bao"),
        now=at(23, 9),
    )
    resume(dossier_id=dossier.pk, note="", actor=one_stop.actor("dung"), now=at(25, 9))
    dossier.refresh_from_db()
    assert dossier.due_at == at(3, 9, month=12) and dossier.state == DossierState.IN_PROGRESS


def test_nothing_is_ready_without_a_result_and_nothing_moves(one_stop):
    dossier = one_stop.at_step("4")
    decide(
        run_id=one_stop.open_run(dossier).pk,
        outcome=Outcome.GRANTED,
        reason="",
        actor=one_stop.actor("dung"),
        now=at(20, 10),
    )
    stamp = one_stop.open_run(dossier)
    with pytest.raises(Refused, match="Chưa có kết quả"):
        finish_step(run_id=stamp.pk, actor=one_stop.actor("gam"), now=at(20, 11))
    dossier.refresh_from_db()
    assert dossier.state == DossierState.IN_PROGRESS and one_stop.open_run(dossier).pk == stamp.pk


def test_a_refusal_needs_its_legal_reason(one_stop):
    dossier = one_stop.at_step("4")
    with pytest.raises(Refused, match="căn cứ pháp lý"):
        decide(
            run_id=one_stop.open_run(dossier).pk,
            outcome=Outcome.REFUSED,
            reason="",
            actor=one_stop.actor("dung"),
            now=at(20, 10),
        )
    dossier.refresh_from_db()
    assert dossier.outcome == ""


def test_an_opinion_holds_the_step_until_it_is_answered(one_stop):
    dossier = one_stop.at_step("3", now=at(20, 9))
    run = one_stop.open_run(dossier)
    row = ask_opinion(
        run_id=run.pk,
        agency_ids=[one_stop.province.department.pk],
        question="Có thuộc quy hoạch?",
        due_at=at(24, 9),
        actor=one_stop.actor("bao"),
        now=at(20, 10),
    )[0]
    with pytest.raises(Refused, match="Sở Xây dựng"):
        finish_step(run_id=run.pk, actor=one_stop.actor("bao"), now=at(20, 11))
    answer_opinion(consultation_id=row.pk, answer="Không", actor=one_stop.actor("phuoc"), now=at(23, 9))
    with pytest.raises(Refused):
        answer_opinion(consultation_id=row.pk, answer="Có", actor=one_stop.actor("phuoc"), now=at(23, 10))
    finish_step(run_id=run.pk, actor=one_stop.actor("bao"), now=at(23, 11))
    assert one_stop.open_run(dossier).key == "4"


def test_silence_is_recorded_once_and_frees_the_step(one_stop):
    dossier = one_stop.at_step("3", now=at(20, 9))
    run = one_stop.open_run(dossier)
    ask_opinion(
        run_id=run.pk,
        agency_ids=[one_stop.province.department.pk],
        question="?",
        due_at=at(20, 15),
        actor=one_stop.actor("bao"),
        now=at(20, 10),
    )
    assert record_silence(now=at(20, 14)) == 0
    assert (record_silence(now=at(20, 16)), record_silence(now=at(20, 16))) == (1, 0)
    finish_step(run_id=run.pk, actor=one_stop.actor("bao"), now=at(20, 16))


def test_an_apology_is_made_once(one_stop):
    dossier = one_stop.at_step("3", now=at(20, 9))
    for wrong, reason in ((at(25, 9), "bận"), (at(4, 9, month=12), " ")):
        with pytest.raises(Refused):
            apologise(dossier_id=dossier.pk, new_due=wrong, reason=reason, actor=one_stop.actor("dung"), now=at(24, 9))
    apologise(
        dossier_id=dossier.pk,
        new_due=at(4, 9, month=12),
        reason="nhiều hồ sơ",
        actor=one_stop.actor("dung"),
        now=at(24, 9),
    )
    dossier.refresh_from_db()
    assert dossier.due_at == at(4, 9, month=12) and dossier.promised_at == at(1, 9, month=12)
    with pytest.raises(Refused, match="một lần"):
        apologise(
            dossier_id=dossier.pk,
            new_due=at(9, 9, month=12),
            reason="nữa",
            actor=one_stop.actor("dung"),
            now=at(2, 9, month=12),
        )
    assert Slip.objects.filter(dossier=dossier, kind="apology").count() == 1


def test_nobody_can_miss_the_apology(one_stop):
    dossier = one_stop.at_step("3", now=at(20, 9))  # due Tuesday 1 December 09:00
    assert watch_deadlines(now=at(26, 8)) == (0, 0)
    assert watch_deadlines(now=at(27, 10)) == (1, 0)  # within two working days: the leader is asked
    assert Item.objects.filter(kind="dossiers.apology", done_at__isnull=True).count() == 1
    assert watch_deadlines(now=at(27, 11)) == (0, 0)
    assert watch_deadlines(now=at(30, 9, 30)) == (0, 1)  # within one: what is left to do no longer fits
    dossier.refresh_from_db()
    assert dossier.extended_at == at(30, 9, 30) and dossier.due_at > at(1, 9, month=12)
    assert Slip.objects.get(dossier=dossier, kind="apology").content["reason"]
    assert not Item.objects.filter(kind="dossiers.apology", done_at__isnull=True).exists()
    assert watch_deadlines(now=at(30, 9, 40)) == (0, 0)


def test_when_handling_ends_nobody_still_owes_an_apology_or_an_opinion(one_stop):
    dossier = one_stop.at_step("3", now=at(20, 9))
    ask_opinion(
        run_id=one_stop.open_run(dossier).pk, agency_ids=[one_stop.province.department.pk], question="?", due_at=at(20, 15),
        actor=one_stop.actor("bao"), now=at(20, 10),
    )  # fmt: skip
    record_silence(now=at(20, 16))
    assert watch_deadlines(now=at(27, 10)) == (1, 0)
    owed = Item.objects.filter(kind__in=["dossiers.apology", "dossiers.opinion"], done_at__isnull=True)
    assert owed.count() == 2
    decide_all(one_stop, dossier, at(27, 14))
    dossier.refresh_from_db()
    assert dossier.state == DossierState.READY and dossier.item_id is None and not owed.exists()


def test_silence_of_the_administration_is_a_yes_where_the_law_says_so(one_stop):
    one_stop.building.silent_approval = True
    one_stop.building.save()
    dossier = one_stop.at_step("3", now=at(20, 9))
    other = one_stop.received(version=one_stop.household, now=at(20, 9))
    assert approve_silently(now=at(30, 9)) == 0
    assert approve_silently(now=at(1, 9, 1, month=12)) == 1
    dossier.refresh_from_db()
    other.refresh_from_db()
    assert (dossier.state, dossier.outcome) == (DossierState.READY, Outcome.SILENT)
    assert other.state == DossierState.IN_PROGRESS and KeptResult.objects.count() == 1


def test_a_withdrawn_dossier_owes_nobody_anything(one_stop):
    dossier = one_stop.at_step("3")
    withdraw(dossier_id=dossier.pk, reason="không xây nữa", actor=one_stop.actor("ngan"), now=at(20, 10))
    assert not Item.objects.filter(kind__startswith="dossiers", done_at__isnull=True).exists()
    with pytest.raises(Refused):
        withdraw(dossier_id=dossier.pk, reason="lần nữa", actor=one_stop.actor("ngan"), now=at(20, 11))


def test_only_the_leader_stops_a_dossier_and_the_notice_is_made(one_stop):
    dossier = one_stop.at_step("3")
    with pytest.raises(Forbidden):
        stop(dossier_id=dossier.pk, reason="x", actor=one_stop.actor("ngan"), now=at(20, 10))
    stop(dossier_id=dossier.pk, reason="Tòa án thụ lý tranh chấp", actor=one_stop.actor("dung"), now=at(20, 10))
    assert Slip.objects.filter(dossier=dossier, kind="stop").count() == 1


def test_a_new_process_changes_nothing_under_a_running_dossier(one_stop):
    dossier = one_stop.at_step("3")
    old = Process.objects.get(agency=one_stop.province.commune)
    old.valid_to = at(20, 0).date()
    old.save()
    new = Process.objects.create(
        procedure=one_stop.building.procedure,
        agency=one_stop.province.commune,
        name="mới",
        no=2,
        valid_from=at(20, 0).date(),
    )
    ProcessStep.objects.create(process=new, key="1", place=1, kind="receive", name="Nhận", duty="desk", next=["2"])
    ProcessStep.objects.create(process=new, key="2", place=2, kind="return", name="Trả", duty="desk")
    decide_all(one_stop, dossier, at(20, 10))
    dossier.refresh_from_db()
    assert dossier.process_id == old.pk and dossier.state == DossierState.READY


def test_parallel_steps_join_before_what_follows_both(one_stop):
    process = Process.objects.get(agency=one_stop.province.commune)
    ProcessStep.objects.filter(process=process, key="2").update(next=["3", "3b"])
    ProcessStep.objects.create(
        process=process, key="3b", place=9, kind="inspect", name="Kiểm tra thực địa", unit=one_stop.economy, duty="unit_head",
        next=["4"],
    )  # fmt: skip
    dossier = one_stop.received(now=at(20, 9))
    finish_step(run_id=one_stop.open_run(dossier).pk, actor=one_stop.actor("quy"), now=at(20, 9))
    open_keys = sorted(StepRun.objects.filter(dossier=dossier, state="open").values_list("key", flat=True))
    assert open_keys == ["3", "3b"]
    first = one_stop.open_run(dossier, "3b")
    finish_step(run_id=first.pk, actor=one_stop.holder(first), now=at(20, 10))
    assert [run.key for run in StepRun.objects.filter(dossier=dossier, state="open")] == ["3"]
    second = one_stop.open_run(dossier, "3")
    finish_step(run_id=second.pk, actor=one_stop.holder(second), now=at(20, 11))
    assert one_stop.open_run(dossier).key == "4"


def test_open_dossiers_of_a_dissolved_agency_go_to_its_successor(one_stop):
    open_one, done = one_stop.at_step("3"), one_stop.at_step("3")
    withdraw(dossier_id=done.pk, reason="x", actor=one_stop.actor("ngan"), now=at(20, 10))
    moved = inherit(
        from_agency_ids=[one_stop.province.commune.pk],
        to_agency_id=one_stop.province.department.pk,
        actor=system_actor(),
        now=at(20, 11),
    )
    assert moved == 1
    assert Dossier.objects.get(pk=open_one.pk).decider_id == one_stop.province.department.pk
    assert Dossier.objects.get(pk=done.pk).decider_id == one_stop.province.commune.pk


def test_working_time_spent_leaves_stops_out(one_stop):
    dossier = one_stop.at_step("3", now=at(20, 8))
    run = one_stop.open_run(dossier)
    suspend(run_id=run.pk, kind=PauseKind.SUSPENSION, reason="chờ tòa", actor=one_stop.actor("bao"), now=at(20, 9))
    resume(dossier_id=dossier.pk, note="", actor=one_stop.actor("dung"), now=at(20, 15))
    decide_all(one_stop, dossier, at(20, 16))
    dossier.refresh_from_db()
    assert dossier.spent_minutes == 120
    assert timedelta(minutes=dossier.spent_minutes) == timedelta(hours=2)
