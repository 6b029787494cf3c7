"""What must not happen when things go wrong: too many files, an act cut off between two writes, holidays changed afterwards."""

from datetime import datetime

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from lienthong.foundation.calendar.models import SpecialDay
from lienthong.kit.dates import VIETNAM
from lienthong.modules.dossiers.actions.answer_opinion import answer_opinion
from lienthong.modules.dossiers.actions.apologise import apologise, watch_deadlines
from lienthong.modules.dossiers.actions.ask_opinion import ask_opinion
from lienthong.modules.dossiers.actions.ask_supplement import ask_supplement
from lienthong.modules.dossiers.actions.correct_receipt import Corrections, correct_receipt
from lienthong.modules.dossiers.actions.decide import decide
from lienthong.modules.dossiers.actions.end_early import stop, withdraw
from lienthong.modules.dossiers.actions.finish_step import finish_step
from lienthong.modules.dossiers.actions.give_back import give_back
from lienthong.modules.dossiers.actions.keep_result import ResultDetails, keep_result
from lienthong.modules.dossiers.actions.receive import receive
from lienthong.modules.dossiers.actions.send_back import send_back
from lienthong.modules.dossiers.actions.suspend import resume, suspend
from lienthong.modules.dossiers.actions.take_over import take_over
from lienthong.modules.dossiers.actions.take_supplement import take_supplement
from lienthong.modules.dossiers.models import Consultation, Dossier, DossierPaper, Slip
from lienthong.modules.dossiers.rules import Handed
from lienthong.modules.dossiers.terms import Outcome, PauseKind, ResultWay
from lienthong.modules.dossiers.tests.test_pages import HOME, intake_data
from lienthong.modules.procedures.models import Component

pytestmark = pytest.mark.django_db


def scan(number: int) -> SimpleUploadedFile:
    content = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\n%" + str(number).encode() + b"\n%%EOF\n"
    return SimpleUploadedFile(f"giay-to-{number}.pdf", content, content_type="application/pdf")


def components(one_stop, count: int) -> list[Component]:
    case = one_stop.permit_case
    own = [Component(case=case, place=10 + n, name=f"Giấy tờ {n}", required=False) for n in range(count)]
    return Component.objects.bulk_create(own)


def test_two_hundred_scans_at_once_are_kept_each_with_its_paper(one_stop, browser):
    own = components(one_stop, 197)
    data = intake_data(one_stop)
    for number, one in enumerate([*Component.objects.filter(case=one_stop.permit_case)]):
        data |= {
            f"c{one.pk}-ok": "1",
            f"c{one.pk}-form": "original",
            f"c{one.pk}-originals": "1",
            f"c{one.pk}-file": scan(number),
        }
    response = browser("ngan").post(f"{HOME}tiep-nhan/", data)
    assert response.status_code == 302, response.content.decode()[:3000]
    papers = DossierPaper.objects.filter(dossier=Dossier.objects.get())
    assert len(own) + 3 == papers.count() == papers.filter(stored__isnull=False).count()


def test_more_files_than_a_dossier_takes_are_refused_in_words_and_nothing_is_kept(one_stop, browser):
    components(one_stop, 198)
    data = intake_data(one_stop)
    for number, one in enumerate([*Component.objects.filter(case=one_stop.permit_case)]):
        data |= {f"c{one.pk}-ok": "1", f"c{one.pk}-originals": "1", f"c{one.pk}-file": scan(number)}
    response = browser("ngan").post(f"{HOME}tiep-nhan/", data)
    assert response.status_code == 422 and "nhiều nhất 200" in response.content.decode()
    assert not Dossier.objects.exists()


def test_a_form_of_far_too_many_files_is_answered_in_words(one_stop, browser):
    files = {f"f{number}": SimpleUploadedFile(f"{number}.txt", b"x") for number in range(501)}
    response = browser("ngan").post(f"{HOME}tiep-nhan/", files)
    assert response.status_code == 400 and "nhiều nhất 500 tệp" in response.content.decode()


def at(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=VIETNAM)


def test_a_holiday_added_after_the_receipt_moves_the_promise_neither_by_itself_nor_by_a_stop(one_stop):
    dossier = one_stop.at_step("3", now=at(20, 9))
    assert dossier.due_at == at(1, 9, month=12)
    SpecialDay.objects.create(date=at(26, 0).date(), kind="off", reason="Nghỉ bù")
    run = one_stop.open_run(dossier)
    suspend(run_id=run.pk, kind=PauseKind.FINANCE, reason="Nộp thuế", actor=one_stop.holder(run), now=at(23, 9))
    resume(dossier_id=dossier.pk, note="", actor=one_stop.actor("dung"), now=at(24, 9))
    dossier.refresh_from_db()
    assert dossier.due_at == at(2, 9, month=12)  # one working day of stop, as it was promised, and not two


def test_slips_and_the_due_date_run_over_new_year_by_the_day_of_each(one_stop):
    eve = one_stop.received(now=at(31, 23, 59, month=12), version=one_stop.household)
    new = one_stop.received(now=datetime(2027, 1, 1, 0, 0, tzinfo=VIETNAM), version=one_stop.household)
    numbers = [Slip.objects.get(dossier=one).number for one in (eve, new)]
    assert [eve.code[-11:], new.code[-11:]] == ["261231-0001", "270101-0001"] and numbers == ["01", "01"]
    assert eve.due_at == new.due_at  # both count from the first opening of the year


class Cut(Exception):
    """The process was killed here."""


def everything() -> str:
    """A mark of every row of every table."""
    tables = sorted({model._meta.db_table for model in apps.get_models(include_auto_created=True)})
    parts = " UNION ALL ".join(
        f"SELECT '{table}', count(*), md5(string_agg(t::text, '|' ORDER BY t::text)) FROM \"{table}\" t"
        for table in tables
    )
    with connection.cursor() as cursor:
        cursor.execute(parts)
        return str(sorted(cursor.fetchall()))  # parallel workers answer in any order


def cut_after(writes: int):
    """Lets so many writes through and ends the act before the next."""
    done = 0

    def wrapper(execute, sql, params, many, context):
        nonlocal done
        if sql.lstrip().upper().startswith(("INSERT", "UPDATE", "DELETE")):
            if done == writes:
                raise Cut
            done += 1
        return execute(sql, params, many, context)

    return connection.execute_wrapper(wrapper)


def _asked(one_stop):
    dossier = one_stop.at_step("3", now=at(20, 9))
    run = one_stop.open_run(dossier)
    ask_supplement(run_id=run.pk, lines=["Ảnh"], reason="Thiếu", actor=one_stop.holder(run), now=at(20, 10))
    return dossier


def _suspended(one_stop):
    dossier = one_stop.at_step("3", now=at(20, 9))
    run = one_stop.open_run(dossier)
    suspend(run_id=run.pk, kind=PauseKind.FINANCE, reason="Thuế", actor=one_stop.holder(run), now=at(20, 10))
    return dossier


def _consulted(one_stop):
    dossier = one_stop.at_step("3", now=at(20, 9))
    _ask(one_stop, dossier)
    return dossier


def _ask(one_stop, dossier):
    run = one_stop.open_run(dossier)
    ask_opinion(
        run_id=run.pk, agency_ids=[one_stop.province.department.pk], question="Quy hoạch?", due_at=at(24, 9),
        actor=one_stop.holder(run), now=at(20, 10),
    )  # fmt: skip


def _ready(one_stop):
    dossier = one_stop.at_step("4", now=at(20, 9))
    now, gam = at(20, 10), one_stop.actor("gam")
    run = one_stop.open_run(dossier)
    decide(run_id=run.pk, outcome=Outcome.GRANTED, reason="", actor=one_stop.actor("dung"), now=now)
    keep_result(dossier_id=dossier.pk, result=ResultDetails("Giấy phép", number="12/GPXD"), actor=gam, now=now)
    finish_step(run_id=one_stop.open_run(dossier).pk, actor=gam, now=now)
    return dossier


def _run(one_stop, dossier):
    run = one_stop.open_run(dossier)
    return {"run_id": run.pk, "actor": one_stop.holder(run), "now": at(20, 11)}


def _of(dossier, one_stop, who):
    return {"dossier_id": dossier.pk, "actor": one_stop.actor(who), "now": at(20, 11)}


def _step(key):
    return lambda one_stop: one_stop.at_step(key, now=at(20, 9))


ACTS = {
    "receive": (lambda s: None, lambda s, _: receive(intake=s.intake(), actor=s.actor("ngan"), now=at(20, 9))),
    "take over": (lambda s: s.received(who="tuyet", now=at(20, 9)), lambda s, d: take_over(**_of(d, s, "gam"))),
    "finish": (_step("3"), lambda s, d: finish_step(**_run(s, d))),
    "send back": (_step("4"), lambda s, d: send_back(to_key="", reason="Thiếu", **_run(s, d))),
    "decide": (_step("4"), lambda s, d: decide(outcome=Outcome.GRANTED, reason="", **_run(s, d))),
    "ask supplement": (_step("3"), lambda s, d: ask_supplement(lines=["Ảnh"], reason="Thiếu", **_run(s, d))),
    "take supplement": (_asked, lambda s, d: take_supplement(papers=[Handed("Ảnh", originals=1)], **_of(d, s, "ngan"))),
    "suspend": (_step("3"), lambda s, d: suspend(kind=PauseKind.FINANCE, reason="Thuế", **_run(s, d))),
    "resume": (_suspended, lambda s, d: resume(note="", **_of(d, s, "dung"))),
    "ask opinion": (_step("3"), _ask),
    "answer opinion": (
        _consulted,
        lambda s, d: answer_opinion(
            consultation_id=Consultation.objects.get().pk, answer="Phù hợp", actor=s.actor("phuoc"), now=at(20, 11)
        ),
    ),
    "apologise": (_step("3"), lambda s, d: apologise(new_due=at(4, 9, month=12), reason="Chờ", **_of(d, s, "dung"))),
    "correct": (
        _step("3"), lambda s, d: correct_receipt(right=Corrections(copies=2), reason="Nhầm", **_of(d, s, "ngan")),
    ),
    "withdraw": (_step("3"), lambda s, d: withdraw(reason="Không xây nữa", **_of(d, s, "ngan"))),
    "stop": (_step("3"), lambda s, d: stop(reason="Người nộp không phối hợp", **_of(d, s, "dung"))),
    "give back": (_ready, lambda s, d: give_back(way=ResultWay.DESK, taken_by="Huỳnh Mỹ Duyên", **_of(d, s, "ngan"))),
}  # fmt: skip


@pytest.mark.parametrize("name", ACTS)
def test_an_act_cut_off_between_any_two_writes_leaves_everything_as_it_was(name, one_stop):
    prepare, act = ACTS[name]
    dossier = prepare(one_stop)
    before, writes = everything(), 0
    while True:
        try:
            with cut_after(writes):
                act(one_stop, dossier)
            break
        except Cut:
            assert everything() == before, f"{name} left something after {writes} writes"
            writes += 1
    assert writes > 2 and everything() != before


def test_the_watch_over_deadlines_cut_off_anywhere_apologises_once_in_the_end(one_stop):
    dossier = one_stop.at_step("3", now=at(20, 9))
    before, writes = everything(), 0
    while True:
        try:
            with cut_after(writes):
                assert watch_deadlines(now=at(30, 9, 30)) == (0, 1)
            break
        except Cut:
            assert everything() == before
            writes += 1
    dossier.refresh_from_db()
    assert writes > 2 and dossier.extended_at == at(30, 9, 30)
    assert watch_deadlines(now=at(30, 9, 40)) == (0, 0)
