"""The counters of the sample: what lies on them, who brings it, and the acts that the clock itself does."""

import io
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from random import Random
from typing import Any
from zlib import crc32

from lienthong.foundation.access.rules import system_actor
from lienthong.foundation.access.terms import Seated
from lienthong.foundation.files.actions.store import store
from lienthong.modules.citizens.actions.keep_applicant import keep_applicant
from lienthong.modules.citizens.models import Applicant
from lienthong.modules.dossiers.actions.apologise import watch_deadlines
from lienthong.modules.dossiers.actions.note_payment import Paid, note_payment
from lienthong.modules.dossiers.actions.publish_times import publish_times
from lienthong.modules.dossiers.actions.receive import receive
from lienthong.modules.dossiers.actions.turn_away import turn_away
from lienthong.modules.dossiers.models import Dossier, KeptResult
from lienthong.modules.dossiers.rules import Handed, Intake
from lienthong.modules.dossiers.terms import DossierState, PaidBy, PaperForm, ResultWay, SlipKind
from lienthong.modules.procedures import queries as catalogue
from lienthong.modules.procedures.models import Case, Component, Version
from lienthong.site.sample import cases, procedures, processes
from lienthong.site.sample.applicants import Applicants, Someone
from lienthong.site.sample.cases import Plan
from lienthong.site.sample.centres import BUSY
from lienthong.site.sample.flow import Flow
from lienthong.site.sample.papers import scan, simulated
from lienthong.site.sample.people import Office
from lienthong.site.sample.walk import Walk

_REFUSALS = (
    "Hồ sơ không thuộc thẩm quyền giải quyết của cơ quan; đã hướng dẫn nộp tại nơi có thẩm quyền.",
    "Ngành, nghề đăng ký thuộc danh mục cấm đầu tư kinh doanh.",
)

PAID_BY_PHONE = 35  # of a hundred who pay at the counter


def _watch(now: datetime) -> None:
    """What the clock does every day, for those whose date may be less than two working days away; they come first."""
    near = Dossier.objects.filter(
        state=DossierState.IN_PROGRESS, due_at__lt=now + timedelta(days=5), extended_at__isnull=True
    )
    if many := near.count():
        watch_deadlines(now=now, limit=many)


class Counter:
    """Puts the dossiers of the sample into the flow of events. Chance comes from a source of its own, so that the letters stay
    as they are without it."""

    def __init__(self, flow: Flow, random: Random, how_many: int = cases.HOW_MANY):
        self.flow, self.random, self.clock, self.province = flow, random, flow.clock, flow.province
        self.applicants, self.how_many = Applicants(random), how_many
        self.busy = [name for name in BUSY if f"x:{name}" in self.province.offices]
        self.lines = {one.entry.code: one for one in procedures.facts()}
        self.versions: dict[str, Version] = {}
        self.numbers: dict[tuple[str, str], int] = {}
        self._cases: dict[str, list[Case]] = {}
        self._components: dict[int, list[Component]] = {}
        self._known: dict[str, tuple[Applicant, Someone]] = {}
        self._scan: int | None = None
        self._bills = 0
        self._result: int | None = None

    def enter(self) -> None:
        """Enter procedures and processes."""
        begin, system = self.clock.now - timedelta(days=60), system_actor()
        self.versions = procedures.enter(self.province, system, begin)
        processes.enter(self.province, self.versions, self.busy, system, begin)

    def open(self) -> None:
        """Let the dossiers and the daily acts happen at their times."""
        self.enter()
        plans = cases.plans(list(self.lines.values()), self.busy, self.random, self.how_many)
        for plan in plans:
            self.flow.at(self.clock.back(plan.day, plan.time), partial(self._begin, plan))
        for day in range(42, -1, -1):
            self.flow.at(self.clock.back(day, "07:35"), _watch)
        self.flow.at(self.clock.back(0, "06:00"), lambda now: publish_times(now=now))

    def desk(self, plan: Plan) -> Seated:
        """The officer who receives: the first counter what is written out, so that whoever signs in there finds it."""
        desks = self.province.centres[plan.desk].desks
        return self.province.actor(desks[0] if plan in cases.WRITTEN else self.random.choice(desks))

    def decider(self, plan: Plan) -> tuple[str, Office]:
        """Who is competent: the office's key and the office."""
        by = plan.by or self.lines[plan.code].by
        key = f"x:{plan.desk or self.busy[0]}" if by == procedures.COMMUNES else by
        return key, self.province.offices[key]

    def _begin(self, plan: Plan, now: datetime) -> None:
        actor = self.desk(plan)
        applicant, someone = self._applicant(plan, actor, now)
        if plan.end == "turned:refusal":
            intake = self._intake(plan, applicant, someone, now)
            turn_away(
                intake=intake,
                kind=SlipKind.REFUSAL,
                lines=[],
                reason=self.random.choice(_REFUSALS),
                actor=actor,
                now=now,
            )
        elif plan.end == "turned:supplement":
            intake = self._intake(plan, applicant, someone, now, complete=False)
            turn_away(
                intake=intake, kind=SlipKind.SUPPLEMENT, lines=[], reason="Hồ sơ chưa đủ thành phần theo quy định.", actor=actor, now=now
            )  # fmt: skip
        else:
            intake = self._intake(plan, applicant, someone, now)
            dossier = receive(intake=intake, actor=actor, now=now, form_key=None)
            self._pay(plan, dossier, actor, now)
            Walk(self, plan, dossier, actor, someone).begin(now)

    def _pay(self, plan: Plan, dossier: Dossier, actor: Seated, now: datetime) -> None:
        """Who files by wire pays by wire; at the counter some show the code on their phone, the others pay in cash."""
        fee = self.lines[plan.code].entry.ways[0].fees[0]
        if not fee.amount:
            return
        self._bills += 1
        by_wire = dossier.channel == "online" or crc32(str(self._bills).encode()) % 100 < PAID_BY_PHONE
        way = PaidBy.ONLINE if by_wire else PaidBy.CASH
        bill = f"{now:%y%m%d}{self._bills:06d}" if by_wire else f"BL{self._bills:05d}"
        note_payment(dossier_id=dossier.pk, paid=Paid(fee.name, fee.amount, way, bill, now), actor=actor, now=now)

    def _applicant(self, plan: Plan, actor: Seated, now: datetime) -> tuple[Applicant, Someone]:
        if plan.who in self._known and plan.who:
            return self._known[plan.who]
        line = self.lines[plan.code]
        commune = plan.desk or plan.by.removeprefix("x:")
        firm = not line.persons or (line.firms and self.random.random() < 0.35)
        someone = self.applicants.firm(commune) if firm else self.applicants.person(commune, now.year)
        kept = keep_applicant(details=someone.details, actor=actor, now=now)
        if plan.who:
            self._known[plan.who] = (kept, someone)
        return kept, someone

    def _intake(
        self, plan: Plan, applicant: Applicant, someone: Someone, now: datetime, complete: bool = True
    ) -> Intake:
        version = self.versions[plan.code]
        own = self._cases.setdefault(plan.code, catalogue.cases(version.pk))
        case = own[0]
        unclear = plan.end == "unclear" or "unclear" in plan.marks
        way = (
            ResultWay.POST
            if "post" in plan.marks
            else ResultWay.ELECTRONIC
            if "electronic" in plan.marks
            else ResultWay.DESK
        )
        channel = "online" if "online" in plan.marks else "post" if "inward" in plan.marks else "direct"
        agent: dict[str, Any] = {}
        if "agent" in plan.marks:
            other = self.applicants.person(plan.desk, now.year).details
            agent = {
                "agent_name": other.name, "agent_identity": other.number, "agent_phone": other.phone,
                "agent_paper": f"Giấy ủy quyền ngày {now:%d/%m/%Y}",
            }  # fmt: skip
        return Intake(
            applicant_id=applicant.pk, version_id=version.pk, case_id=case.pk,
            decider_id=None if unclear else self.decider(plan)[1].agency.pk,
            matter=self.applicants.matter(plan.code, version.name, someone), channel=channel, result_way=way,
            result_address=someone.home if way == ResultWay.POST else "",
            papers=self._papers(case, applicant, channel, complete, plan, now), **agent,
        )  # fmt: skip

    def _papers(
        self, case: Case, applicant: Applicant, channel: str, complete: bool, plan: Plan, now: datetime
    ) -> list[Handed]:
        papers: list[Handed] = []
        for row in self._components.setdefault(case.pk, catalogue.components([case.pk])):
            if not row.required and self.random.random() < 0.45:
                continue
            if not complete and papers:
                break  # what else the law asks for is missing
            kept = None
            if row.code and plan.who:
                kept = KeptResult.objects.filter(applicant=applicant, code=row.code, revoked_at__isnull=True).last()
            if kept is not None:
                papers.append(Handed(row.name, row.pk, PaperForm.REUSED, reused_id=kept.pk))
            elif channel == "online":
                stored = self._scanned(now)
                papers.append(
                    Handed(row.name, row.pk, PaperForm.SCAN, copies=1, stored_id=stored, file_name="ban-quet.pdf")
                )
            else:
                form = PaperForm.ORIGINAL
                if not row.originals:
                    form = self.random.choice((PaperForm.CERTIFIED, PaperForm.COPY))
                paper = Handed(
                    row.name, row.pk, form, originals=row.originals, copies=row.copies or int(not row.originals)
                )
                if plan.day % 5:  # on most days the counter scans what it gets
                    paper = replace(paper, stored_id=self._scanned(now), file_name="ban-quet.pdf")
                papers.append(paper)
        return papers

    def result_file(self, now: datetime) -> int:
        """What opens for a result that is no document of its own."""
        if self._result is None:
            self._result = store(stream=io.BytesIO(simulated(now)), name="ket-qua.pdf", now=now).pk
        return self._result

    def _scanned(self, now: datetime) -> int:
        """One scan serves all dossiers filed by wire: the same content is stored once anyway."""
        if self._scan is None:
            self._scan = store(stream=io.BytesIO(scan(now)), name="ban-quet.pdf", now=now).pk
        return self._scan

    def number(self, office: str, code: str) -> int:
        """The next number in an office's register of a kind of result."""
        self.numbers[office, code] = self.numbers.get((office, code), 0) + 1
        return self.numbers[office, code]

    def post_code(self) -> str:
        """A tracking number such as the post gives."""
        return f"CK{self.random.randint(0, 999_999_999):09d}VN"
