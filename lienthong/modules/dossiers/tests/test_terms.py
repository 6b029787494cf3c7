"""Dated cases of the statutory time, worked out by hand from the law beside each, through the acts that people do."""

import csv
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from lienthong.foundation.calendar.actions.set_schedule import set_schedule
from lienthong.foundation.trail.models import Entry
from lienthong.kit.dates import VIETNAM
from lienthong.kit.refusal import Refused
from lienthong.modules.dossiers.actions.apologise import apologise, watch_deadlines
from lienthong.modules.dossiers.actions.ask_opinion import ask_opinion
from lienthong.modules.dossiers.actions.ask_supplement import ask_supplement
from lienthong.modules.dossiers.actions.correct_receipt import Corrections, correct_receipt
from lienthong.modules.dossiers.actions.decide import decide
from lienthong.modules.dossiers.actions.finish_step import finish_step
from lienthong.modules.dossiers.actions.suspend import resume, suspend
from lienthong.modules.dossiers.actions.take_over import take_over
from lienthong.modules.dossiers.actions.take_supplement import take_supplement
from lienthong.modules.dossiers.models import Dossier
from lienthong.modules.dossiers.rules import Handed
from lienthong.modules.dossiers.terms import Outcome, PauseKind
from lienthong.modules.procedures.models import Method

pytestmark = pytest.mark.django_db
with (Path(__file__).parent / "golden_terms.csv").open(encoding="utf-8", newline="") as lines:
    CASES = list(csv.DictReader(lines))


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=VIETNAM)


def _supplement(one_stop, dossier, asked, brought):
    run = one_stop.open_run(dossier)
    ask_supplement(run_id=run.pk, lines=["Ảnh"], reason="Thiếu", confirmed=True, actor=one_stop.holder(run), now=asked)
    papers = [Handed("Ảnh", originals=1)]
    take_supplement(dossier_id=dossier.pk, papers=papers, actor=one_stop.actor("ngan"), now=brought)


def _pause(kind):
    def stop(one_stop, dossier, since, until):
        run = one_stop.open_run(dossier)
        suspend(run_id=run.pk, kind=kind, reason="Theo quy định", actor=one_stop.holder(run), now=since)
        resume(dossier_id=dossier.pk, note="", actor=one_stop.actor("dung"), now=until)

    return stop


def _opinion(one_stop, dossier, asked, until):
    run = one_stop.open_run(dossier)
    ask_opinion(
        run_id=run.pk, agency_ids=[one_stop.province.department.pk], question="Quy hoạch?", due_at=until,
        actor=one_stop.holder(run), now=asked,
    )  # fmt: skip


def _extend(one_stop, dossier, said, until):
    apologise(dossier_id=dossier.pk, new_due=until, reason="Chờ trích đo", actor=one_stop.actor("dung"), now=said)


def _correct(one_stop, dossier, done, until):
    correct_receipt(
        dossier_id=dossier.pk,
        right=Corrections(due_at=until),
        reason="Ghi nhầm",
        actor=one_stop.actor("ngan"),
        now=done,
    )


EVENTS = {
    "take": lambda one_stop, dossier, at: take_over(dossier_id=dossier.pk, actor=one_stop.actor("gam"), now=at),
    "supplement": _supplement,
    "finance": _pause(PauseKind.FINANCE),
    "suspension": _pause(PauseKind.SUSPENSION),
    "opinion": _opinion,
    "extend": _extend,
    "correct": _correct,
}


def received(one_stop, case) -> Dossier:
    """Received at the commune's own centre, or at the provincial one for the commune."""
    Method.objects.filter(version=one_stop.household).update(amount=Decimal(case["amount"]), unit=case["unit"])
    if case["hours"]:
        schedule = set_schedule(
            schedule_id=None, name="Có thứ Bảy", hours=f"07:30-11:30,13:00-17:00; {case['hours']}", is_default=False,
            actor=one_stop.actor("minh"), now=moment("2026-01-05T08:00"),
        )  # fmt: skip
        one_stop.province.commune.schedule = schedule
        one_stop.province.commune.save()
    who = {"own": "ngan", "elsewhere": "tuyet"}[case["counter"]]
    return one_stop.received(now=moment(case["received"]), who=who, version=one_stop.household)


@pytest.mark.parametrize("case", CASES, ids=[f"{n}: {one['law'][:40]}" for n, one in enumerate(CASES, 2)])
def test_the_due_time_is_the_one_of_the_law(case, one_stop):
    dossier = received(one_stop, case)
    for event in filter(None, (part.strip() for part in case["events"].split(";"))):
        name, *moments = event.split()
        EVENTS[name](one_stop, dossier, *map(moment, moments))
    dossier.refresh_from_db()
    assert dossier.due_at == moment(case["due"]), case["law"]


def test_the_receipt_promises_what_the_clock_says(one_stop):
    from lienthong.modules.dossiers.models import Slip

    dossier = received(one_stop, CASES[0])
    assert Slip.objects.get(dossier=dossier).content["due_at"] == dossier.due_at.astimezone(VIETNAM).isoformat(
        timespec="minutes"
    )


def test_a_second_extension_is_refused(one_stop):
    """61/2018/NĐ-CP, art. 19.8: at most once, also after a supplement made the time begin anew."""
    dossier = received(one_stop, CASES[0])
    _extend(one_stop, dossier, moment("2026-11-24T08:00"), moment("2026-11-30T09:00"))
    _supplement(one_stop, dossier, moment("2026-11-24T09:00"), moment("2026-11-25T09:00"))
    with pytest.raises(Refused):
        _extend(one_stop, dossier, moment("2026-11-27T08:00"), moment("2026-12-04T09:00"))


@pytest.mark.parametrize(
    ("said", "expected"),
    [("2026-11-24T17:30", "early"), ("2026-11-25T08:00", "late"), ("2026-11-26T08:00", "late")],
)
def test_a_new_date_given_later_than_a_day_before_the_old_one_cures_nothing(said, expected, one_stop):
    """61/2018/NĐ-CP, art. 19.8: at the latest a day before."""
    dossier = received(one_stop, CASES[0])
    _extend(one_stop, dossier, moment(said), moment("2026-11-30T09:00"))
    done = moment("2026-11-27T09:00")
    for _ in range(2):
        run = one_stop.open_run(dossier)
        to = one_stop.province.posts["bao"] if run.key == "2" else None
        finish_step(run_id=run.pk, actor=one_stop.holder(run), now=done, to_post_id=to)
    run = one_stop.open_run(dossier)
    decide(run_id=run.pk, outcome=Outcome.REFUSED, reason="Bị cấm", actor=one_stop.actor("dung"), now=done)
    dossier.refresh_from_db()
    assert dossier.punctuality == expected


@pytest.mark.parametrize(("asked", "noted"), [("2026-11-25T16:59", False), ("2026-11-26T07:30", True)])
def test_a_supplement_asked_for_after_three_working_days_is_written_down_as_such(asked, noted, one_stop):
    """61/2018/NĐ-CP, art. 19.4: 03 working days from the day of reception, which is not counted (20 November): 23, 24, 25."""
    dossier = received(one_stop, CASES[0])
    _supplement(one_stop, dossier, moment(asked), moment("2026-11-27T09:00"))
    entry = Entry.objects.get(verb="dossiers.ask_supplement")
    assert ("sau 03 ngày làm việc kể từ khi tiếp nhận" in entry.sentence) == noted


@pytest.mark.parametrize(
    ("when", "amount", "unit"),
    [
        ("2026-11-20T09:40", "3", "working_days"),
        ("2026-11-20T16:59", "2", "working_days"),
        ("2026-11-20T17:30", "2", "working_days"),  # due at an opening
        ("2026-02-12T09:00", "2", "working_days"),  # due on the first day after Tết
        ("2025-12-30T16:00", "2", "working_days"),  # due on the first day after New Year
        ("2026-11-19T10:00", "3", "calendar_days"),  # due at 24:00 of a Monday
        ("2026-11-20T15:00", "10", "working_hours"),
    ],
)
def test_the_apology_is_out_on_an_earlier_day_than_the_due_one(when, amount, unit, one_stop):
    """61/2018/NĐ-CP, art. 19.8: at the latest a day before, also when the worker runs three times less often than it does."""
    case = {"counter": "own", "hours": "", "received": when, "amount": amount, "unit": unit}
    dossier = received(one_stop, case)
    due_at = dossier.due_at
    at = max(dossier.received_at, due_at - timedelta(days=3 if unit == "calendar_days" else 12))
    while at < due_at and dossier.extended_at is None:
        watch_deadlines(now=at)
        dossier.refresh_from_db()
        at += timedelta(minutes=30)
    assert dossier.extended_at is not None and not dossier.extended_late
    assert dossier.extended_at.astimezone(VIETNAM).date() < due_at.astimezone(VIETNAM).date()
    assert dossier.due_at > due_at
