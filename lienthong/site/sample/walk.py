"""One dossier on its way: at each open step, its holder does what the plan says, some working hours later.

What may happen on the way (marks of a plan): supplement, supplement2 (asked for again), finance, suspension, opinion
(answered), opinion:open (not yet), silence (nobody answers), back (the leader sends it back once), reassign, apology, correct,
refuse, document (the result is an official document), post, undelivered, electronic, inward, housekeeping, rated:WHERE:GRADE.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from lienthong.foundation.access.terms import Seated
from lienthong.foundation.files.actions.store import store
from lienthong.modules.documents.rules import Attached, OutgoingDetails, Paper
from lienthong.modules.dossiers import queries
from lienthong.modules.dossiers.actions.answer_opinion import answer_opinion, record_silence
from lienthong.modules.dossiers.actions.apologise import apologise
from lienthong.modules.dossiers.actions.approve_silently import approve_silently
from lienthong.modules.dossiers.actions.ask_opinion import ask_opinion
from lienthong.modules.dossiers.actions.ask_supplement import ask_supplement
from lienthong.modules.dossiers.actions.assign_step import assign_step
from lienthong.modules.dossiers.actions.correct_receipt import Corrections, correct_receipt
from lienthong.modules.dossiers.actions.decide import decide
from lienthong.modules.dossiers.actions.end_early import stop, withdraw
from lienthong.modules.dossiers.actions.finish_step import finish_step
from lienthong.modules.dossiers.actions.keep_result import ResultDetails, keep_result, release_result
from lienthong.modules.dossiers.actions.name_agency import name_agency
from lienthong.modules.dossiers.actions.parcels import Trip, note_inward_parcel
from lienthong.modules.dossiers.actions.send_back import send_back
from lienthong.modules.dossiers.actions.suspend import resume, suspend
from lienthong.modules.dossiers.actions.take_over import take_over
from lienthong.modules.dossiers.actions.take_supplement import take_supplement
from lienthong.modules.dossiers.models import Consultation, Dossier, KeptResult, StepRun
from lienthong.modules.dossiers.rules import Handed
from lienthong.modules.dossiers.terms import HANDLING, DossierState, Outcome, PauseKind, RunState
from lienthong.modules.procedures.terms import StepKind
from lienthong.site.sample.flow import look_into_files
from lienthong.site.sample.giving import Giving
from lienthong.site.sample.papers import decision
from lienthong.site.sample.signing import sign

if TYPE_CHECKING:
    from lienthong.site.sample.applicants import Someone
    from lienthong.site.sample.cases import Plan
    from lienthong.site.sample.counter import Counter

_USUAL_HOURS = {StepKind.ASSIGN: 2, StepKind.DECIDE: 3}  # where no table says how long a step takes
_NOTES = ("", "", "Đủ điều kiện giải quyết.", "Đã đối chiếu cơ sở dữ liệu.", "Hồ sơ hợp lệ.")


class Walk:
    """The acts on one dossier, each put into the flow of events when the one before has happened."""

    def __init__(self, counter: Counter, plan: Plan, dossier: Dossier, desk: Seated, someone: Someone):
        self.counter, self.plan, self.pk, self.desk, self.someone = counter, plan, dossier.pk, desk, someone
        self.flow, self.random, self.clock, self.province = (
            counter.flow,
            counter.random,
            counter.clock,
            counter.province,
        )
        self.to_come = set(plan.marks)
        self._seen: set[int] = set()
        self.key, self.office = counter.decider(plan)

    def dossier(self) -> Dossier:
        return Dossier.objects.get(pk=self.pk)

    def later(self, now: datetime, hours: float, act: Callable[..., object], *values: object) -> None:
        """Let that happen after so many working hours."""
        self.flow.at(self.clock.later(now, max(0.05, hours)), partial(act, *values))

    def begin(self, now: datetime) -> None:
        """After the reception: by the state it has."""
        if self._mark("inward"):
            trip = Trip(
                self.someone.details.name,
                self.someone.home,
                self.someone.details.phone,
                28_600,
                self.counter.post_code(),
            )
            note_inward_parcel(dossier_id=self.pk, trip=trip, actor=self.desk, now=now)
        dossier = self.dossier()
        if dossier.state == DossierState.UNCLEAR:
            if self._mark("unclear"):
                self.later(now, self.random.uniform(2, 7), self._name_agency)
            return
        if self._mark("correct"):
            self.later(now, 0.4, self._correct)
        if dossier.state == DossierState.ON_THE_WAY:
            if self.plan.end != "way":
                self.later(now, self.random.uniform(1, 4), self._take_over)
            return
        self._clock_acts(dossier, now)
        self.look(now)

    def look(self, now: datetime) -> None:
        """Plan what the holder of every step that has just been opened will do."""
        for run in StepRun.objects.filter(dossier=self.pk, state=RunState.OPEN).exclude(pk__in=self._seen):
            self._seen.add(run.pk)
            hours = float(run.hours) if run.hours else self._unmeasured(run)
            self.later(now, hours * self.plan.pace * self.random.uniform(0.7, 1.2), self._at, run.pk)

    def _unmeasured(self, run: StepRun) -> float:
        if run.kind == StepKind.RETURN:
            return self.random.choice((1, 2, 4, 8, 16, 24))
        return _USUAL_HOURS.get(StepKind(run.kind), 0) or float(self.dossier().amount or 1) * 6

    def _mark(self, mark: str) -> bool:
        """Whether it is still to come; then it comes now."""
        there = mark in self.to_come
        self.to_come.discard(mark)
        return there

    def _actor(self, run: StepRun) -> Seated:
        assert run.item is not None
        return self.province.actor(run.item.holder_id)

    def _clock_acts(self, dossier: Dossier, now: datetime) -> None:
        """What depends on the due date, not on a step."""
        assert dossier.due_at is not None
        if self.plan.end == "silent":
            self.flow.at(dossier.due_at + timedelta(minutes=3), self._be_silent)
        if self._mark("apology"):
            self.flow.at(self.clock.earlier(dossier.due_at, 12), self._apologise)
        if self.plan.end in {"withdrawn", "stopped"}:
            self.later(now, float(dossier.amount or 1) * 3, self._end)

    # Acts at a step.

    def _at(self, run_id: int, now: datetime) -> None:
        run = StepRun.objects.select_related("item", "dossier").get(pk=run_id)
        dossier = run.dossier
        if run.state != RunState.OPEN or dossier.state not in {DossierState.IN_PROGRESS, DossierState.READY}:
            return
        if run.kind == StepKind.RETURN:
            Giving(self).give(now)
            return
        if run.kind == self.plan.end or (self.plan.end in {"silent", "withdrawn", "stopped"} and run.kind in HANDLING):
            if not self._asks(run, now):
                return
        elif self._interrupted(run, dossier, now):
            return
        else:
            self._pass(run, dossier, now)
            self.look(now)

    def _again(self, run: StepRun, now: datetime, hours: float = 3) -> None:
        self.later(now, hours, self._at, run.pk)

    def _interrupted(self, run: StepRun, dossier: Dossier, now: datetime) -> bool:
        """Whether something else comes before the step is passed."""
        if run.kind not in HANDLING:
            return run.kind == StepKind.DECIDE and self._sent_back(run, now)
        if self._mark("reassign") and self._reassigned(run, now):
            self._again(run, now)
            return True
        if self._asks(run, now):
            return True
        kind = next((one for one in ("supplement", "finance", "suspension") if self._stops(one)), "")
        if kind == "supplement":
            self._ask_supplement(run, now)
        elif kind:
            self._suspend(run, PauseKind(kind), now)
        return bool(kind)

    def _stops(self, kind: str) -> bool:
        return (
            self.plan.end == f"stopped:{kind}"
            or self._mark(kind)
            or (kind == "supplement" and self._mark("supplement2"))
        )

    def _asks(self, run: StepRun, now: datetime) -> bool:
        """Ask another agency, where the plan has it."""
        mark = next((one for one in ("opinion", "opinion:open", "silence") if self._mark(one)), "")
        if not mark:
            return False
        asked = "CAT" if self.key == "SXD" else "SNNMT" if self.key != "SNNMT" else "SXD"
        rows = ask_opinion(
            run_id=run.pk, agency_ids=[self.province.offices[asked].agency.pk], due_at=self.clock.later(now, 60 if mark == "opinion:open" else 20),
            question="Đề nghị cho ý kiến về nội dung thuộc lĩnh vực quản lý đối với hồ sơ này.", actor=self._actor(run), now=now,
        )  # fmt: skip
        if mark == "opinion":
            self.later(now, 11, self._answer, rows[0].pk, run)
        elif mark == "silence":
            self.later(now, 20.3, self._silence, run)
        return True

    def _answer(self, consultation_id: int, run: StepRun, now: datetime) -> None:
        row = Consultation.objects.select_related("item").get(pk=consultation_id)
        assert row.item is not None
        answer_opinion(
            consultation_id=row.pk, answer="Thống nhất với đề xuất; công trình bảo đảm khoảng cách an toàn theo quy chuẩn.",
            actor=self.province.actor(row.item.holder_id), now=now,
        )  # fmt: skip
        self._again(run, now)

    def _silence(self, run: StepRun, now: datetime) -> None:
        record_silence(now=now)
        self._again(run, now)

    def _ask_supplement(self, run: StepRun, now: datetime) -> None:
        papers = queries.papers(self.pk)
        chosen = self.random.sample(papers, k=min(2, len(papers)))
        again = self.dossier().supplements > 0
        lines = [
            f"{paper.name}: {self.random.choice(('bổ sung chữ ký và ngày tháng', 'nộp bản rõ nét', 'ghi đủ các mục'))}"
            for paper in chosen
        ]
        ask_supplement(
            run_id=run.pk, lines=lines, reason="Thành phần hồ sơ chưa bảo đảm yêu cầu để thẩm định.",
            paper_ids=[paper.pk for paper in chosen], answer_by=self.clock.later(now, 80), confirmed=again,
            actor=self._actor(run), now=now,
        )  # fmt: skip
        if self.plan.end != "stopped:supplement":
            self.later(now, self.random.uniform(6, 26), self._bring, lines, run)

    def _bring(self, lines: list[str], run: StepRun, now: datetime) -> None:
        papers = [Handed(line.split(":")[0], originals=1, note="bổ sung") for line in lines]
        take_supplement(dossier_id=self.pk, papers=papers, actor=self.desk, now=now)
        self._again(run, now, 4)

    def _suspend(self, run: StepRun, kind: PauseKind, now: datetime) -> None:
        reason = {
            PauseKind.FINANCE: "Chờ người sử dụng đất nộp tiền theo thông báo của cơ quan thuế.",
            PauseKind.SUSPENSION: "Tạm dừng chờ chủ dự án chỉnh sửa báo cáo theo kết luận của hội đồng thẩm định.",
        }[kind]
        suspend(run_id=run.pk, kind=kind, reason=reason, actor=self._actor(run), now=now)
        if self.plan.end != f"stopped:{kind}":
            self.later(now, self.random.uniform(20, 40), self._resume, run)

    def _resume(self, run: StepRun, now: datetime) -> None:
        note = "Đã nhận chứng từ nộp tiền." if "finance" in self.plan.marks else "Đã nhận báo cáo chỉnh sửa."
        resume(dossier_id=self.pk, note=note, actor=self._actor(run), now=now)
        self._again(run, now, 5)

    def _reassigned(self, run: StepRun, now: datetime) -> bool:
        unit = next((one for one in self.office.divisions.values() if one.unit.pk == run.unit_id), None)
        if unit is None or run.post_id == unit.head:
            return False
        other = next((one for one in unit.officials if one != run.post_id), unit.head)
        assign_step(
            run_id=run.pk,
            to_post_id=other,
            reason="Người thụ lý đi công tác",
            actor=self.province.actor(unit.head),
            now=now,
        )
        return True

    def _sent_back(self, run: StepRun, now: datetime) -> bool:
        if not self._mark("back"):
            return False
        send_back(
            run_id=run.pk,
            to_key="",
            reason="Dự thảo chưa nêu rõ căn cứ, đề nghị làm lại.",
            actor=self._actor(run),
            now=now,
        )
        self.look(now)
        return True

    def _pass(self, run: StepRun, dossier: Dossier, now: datetime) -> None:
        """End the step as its holder would, with the result where the next thing is to give it back."""
        actor = self._actor(run)
        has_table = dossier.process_id is not None
        if run.kind == StepKind.DECIDE:
            refused = "refuse" in self.plan.marks
            if not refused and not has_table:
                self._keep(dossier, actor, now)
            law = self.counter.lines[self.plan.code].entry.bases[0].code
            decide(
                run_id=run.pk, outcome=Outcome.REFUSED if refused else Outcome.GRANTED, actor=actor, now=now,
                reason=f"Không đủ điều kiện theo quy định tại {law}." if refused else "",
            )  # fmt: skip
            return
        if run.kind == StepKind.RELEASE and dossier.outcome != Outcome.REFUSED:
            self._keep(dossier, actor, now)
        to_post = self._official(run) if run.kind == StepKind.ASSIGN else None
        finish_step(run_id=run.pk, actor=actor, now=now, note=self.random.choice(_NOTES), to_post_id=to_post)

    def _official(self, run: StepRun) -> int | None:
        """Whom the head, or a leader without a table, chooses; None where other agencies follow by themselves."""
        if run.agency_id != self.office.agency.pk:
            return None
        units = [one for one in self.office.divisions.values() if one.unit.pk == run.unit_id]
        return self.random.choice((units or [self.random.choice(list(self.office.divisions.values()))])[0].officials)

    def _keep(self, dossier: Dossier, actor: Seated, now: datetime) -> KeptResult:
        line = self.counter.lines[self.plan.code]
        gain = line.entry.gains[0]
        until = (now + timedelta(days=30 * line.months)).date() if line.months else None
        result = ResultDetails(gain.name, gain.code, valid_to=until)
        if self._mark("document") and actor.may("documents.register"):
            return self._release(dossier, result, actor, now)
        number = f"{self.counter.number(self.key, gain.name):02d}/{now.year}"
        named = ResultDetails(gain.name, gain.code, number, valid_to=until)
        if self.plan.day % 4:  # most results are kept as a file as well
            named = replace(named, stored_id=self.counter.result_file(now), file_name="ket-qua.pdf")
        return keep_result(dossier_id=self.pk, result=named, actor=actor, now=now)

    def _release(self, dossier: Dossier, result: ResultDetails, actor: Seated, now: datetime) -> KeptResult:
        """The result as a decision of the agency, with its own number in the outgoing book."""
        signer = self.province.actor(self.office.leaders[0])
        code = self.flow.next_code("QD", "", self.office, now)
        file = decision(
            code=code, agency=self.office.agency.name, above="" if self.key[:2] == "x:" or self.key == "UBND" else "Ủy ban nhân dân tỉnh Sơn Hải",
            place=self.office.agency.place, subject=dossier.matter, applicant=dossier.applicant_name, position=signer.post_name,
            signer=signer.person_name, now=now, random=self.random,
        )  # fmt: skip
        file = sign(file, signer=signer.person_name, organisation=self.office.agency.name, at=now)
        stored = store(stream=io.BytesIO(file), name="quyet-dinh.pdf", now=now)
        subject = f"{dossier.matter[0].lower()}{dossier.matter[1:]}"
        kept = release_result(
            dossier_id=self.pk, result=result, actor=actor, now=now, attached=[Attached(stored.pk, "quyet-dinh.pdf")],
            paper=Paper("QD", "", subject, now.date(), signer_name=signer.person_name, signer_position=signer.post_name, pages=1),
            details=OutgoingDetails(archive_holder="Văn thư"),
        )  # fmt: skip
        assert kept.document_id is not None
        look_into_files(kept.document_id, now)
        return kept

    # Acts beside the steps.

    def _name_agency(self, now: datetime) -> None:
        name_agency(dossier_id=self.pk, agency_id=self.office.agency.pk, actor=self.desk, now=now)
        self._clock_acts(self.dossier(), now)
        self.look(now)

    def _take_over(self, now: datetime) -> None:
        dossier = self.dossier()
        assert dossier.item is not None
        take_over(dossier_id=self.pk, actor=self.province.actor(dossier.item.holder_id), now=now)
        self._clock_acts(self.dossier(), now)
        self.look(now)

    def _correct(self, now: datetime) -> None:
        if self.dossier().state not in {DossierState.IN_PROGRESS, DossierState.ON_THE_WAY}:
            return
        right = Corrections(phone=f"0900{self.random.randint(0, 999_999):06d}")
        correct_receipt(
            dossier_id=self.pk, right=right, reason="Ghi nhầm số điện thoại của người nộp", actor=self.desk, now=now
        )

    def _apologise(self, now: datetime) -> None:
        dossier = self.dossier()
        if dossier.state != DossierState.IN_PROGRESS or dossier.extended_at is not None or dossier.due_at is None:
            return
        apologise(
            dossier_id=self.pk, new_due=self.clock.later(dossier.due_at, 24), now=now, actor=self.province.actor(self.office.leaders[0]),
            reason="Phải xác minh thêm ranh giới thửa đất với các hộ liền kề",
        )  # fmt: skip

    def _be_silent(self, now: datetime) -> None:
        approve_silently(now=now)
        self.look(now)

    def _end(self, now: datetime) -> None:
        if self.dossier().ended_at is not None:
            return
        if self.plan.end == "withdrawn":
            withdraw(dossier_id=self.pk, reason="Người nộp đổi ý, xin rút lại giấy tờ gốc.", actor=self.desk, now=now)
            return
        housekeeping = "housekeeping" in self.plan.marks
        reason = (
            "Hồ sơ đã được giải quyết ở hệ thống cũ, đóng lại."
            if housekeeping
            else "Người nộp không phối hợp kiểm tra thực tế sau hai lần thông báo."
        )
        stop(
            dossier_id=self.pk,
            reason=reason,
            housekeeping=housekeeping,
            actor=self.province.actor(self.office.leaders[0]),
            now=now,
        )
