"""The life of one dossier of the year as rows: its clock, its steps, its result."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from lienthong.foundation.access.terms import Duty, Seated
from lienthong.foundation.calendar.rules import due, working_time_between
from lienthong.foundation.work.models import Item
from lienthong.foundation.work.models import Pause as ItemPause
from lienthong.modules.dossiers import rules
from lienthong.modules.dossiers.models import Dossier, DossierPaper, KeptResult, Parcel, Pause, Rating, StepRun
from lienthong.modules.dossiers.queries import rules_of_day
from lienthong.modules.dossiers.rules import PlainStep
from lienthong.modules.dossiers.terms import HANDLING, DossierState, Grade, Outcome, ResultWay, RunState, SlipKind
from lienthong.modules.procedures.terms import STEP_LABELS, StepKind
from lienthong.site.sample.applicants import Someone
from lienthong.site.sample.giving import COMMENTS, MARKS
from lienthong.site.sample.year_shape import character, grown
from lienthong.site.sample.year_steps import Walked, Way

if TYPE_CHECKING:
    from lienthong.site.sample.year_counter import YearCounter
    from lienthong.site.sample.year_dossiers import Offer

_REASON = "Thành phần hồ sơ chưa bảo đảm yêu cầu để thẩm định."
_WANTED = ("bổ sung chữ ký và ngày tháng", "nộp bản rõ nét", "ghi đủ các mục")
_UNTIL = 80 * 60  # minutes that the applicant is given
# The rules of a day are asked for once.
_same_day_until, _after_supplement = lru_cache(rules_of_day.same_day_until), lru_cache(rules_of_day.after_supplement)


@dataclass(slots=True)
class Life:
    """One dossier with what is needed to write its rows."""

    counter: YearCounter
    dossier: Dossier
    offer: Offer
    way: Way
    someone: Someone
    desk: Seated
    papers: list[DossierPaper]
    official: int
    kept: str = ""

    def write(self, minute: int) -> None:
        """All rows but the applicant's and the papers'."""
        counter, dossier = self.counter, self.dossier
        self._begin_clock()
        first = counter.desk.receipt(dossier, self.papers, dossier.received_at)
        self._stop()
        if self.dossier.supplements:
            self._supplement(first)
        else:
            counter.tables.slip.put(first)
        self._received(minute)
        for one in self.way.walked:
            self._step(one)
        if self.way.ready is not None:
            self._ready(self.way.ready)
        if self.way.returned is not None:
            self._returned(self.way.returned)
        counter.tables.dossier.put(dossier)

    # The clock.

    def _begin_clock(self) -> None:
        dossier, time_there = self.dossier, self.counter.working_time
        until = _same_day_until(dossier.received_at.date())
        begins = rules.clock_start(dossier.received_at, dossier.unit, time_there)
        dossier.begins_at = dossier.counts_from = begins
        ends = rules.term_end(begins, dossier.amount, dossier.unit, time_there, until)
        dossier.due_at = dossier.promised_at = ends

    def _stop(self) -> None:
        """The stop for papers, and the deadline after it by the rule of the day."""
        dossier, timeline, time_there = self.dossier, self.counter.timeline, self.counter.working_time
        stop = self.way.pause(timeline.end)
        if stop is None:
            return
        day, asked = dossier.received_at.date(), timeline.moment(stop[0])
        row = Pause(
            dossier_id=dossier.pk, kind="supplement", reason=_REASON, started_at=asked, answer_by=timeline.closing(stop[0] + _UNTIL),
            due_before=dossier.due_at, asked_by=self._actor(self._post(self._paused().step)).person_name,
        )  # fmt: skip
        dossier.supplements = 1
        if stop[1] is None:
            dossier.state, dossier.now_at = DossierState.STOPPED_CLOCK, "Chờ người nộp bổ sung"
        else:
            row.ended_at = ended = timeline.moment(stop[1])
            if _after_supplement(day) == "anew":
                until = _same_day_until(day)
                dossier.counts_from = rules.clock_start(ended, dossier.unit, time_there)
                dossier.due_at = rules.term_end(ended, dossier.amount, dossier.unit, time_there, until)
            elif dossier.amount and dossier.counts_from:
                amount, since = rules.plain(dossier.amount), dossier.counts_from
                dossier.due_at = due(since, amount, dossier.unit, time_there, [(asked, ended)]).at
            row.due_after = dossier.due_at
        self.counter.tables.pause.put(row)
        self.counter.tables.count(dossier, ("supplement",), asked)

    def _paused(self) -> Walked:
        return next(one for one in self.way.walked if one.asked is not None)

    def _supplement(self, first: object) -> None:
        """The request, and the receipt anew once the papers are there."""
        from lienthong.modules.dossiers.models import Slip

        assert isinstance(first, Slip)
        counter, one = self.counter, self._paused()
        timeline, tables = counter.timeline, counter.tables
        assert one.asked is not None and one.brought is not None
        chosen = self.papers[0]
        lines = [f"{chosen.name}: {counter.random.choice(_WANTED)}"]
        at, who = timeline.moment(one.asked), self._actor(self._post(one.step)).person_name
        content = {"lines": lines, "reason": _REASON, "contact": who, "contact_phone": ""}
        tables.slip.put(counter.desk.slip(self.dossier, SlipKind.SUPPLEMENT, content, at, who, _REASON))
        if one.brought < timeline.end:
            came = timeline.moment(one.brought)
            brought = DossierPaper(
                dossier_id=self.dossier.pk, place=1, name=chosen.name, form="original", originals=1, note="bổ sung", round=1, at=came
            )  # fmt: skip
            tables.paper.put(brought)
            again = counter.desk.receipt(self.dossier, [*self.papers, brought], came, "Nhận đủ hồ sơ bổ sung")
            tables.slip.put(again)
            first.replaced_by_id = again.pk
        tables.slip.put(first)

    # The steps.

    def _actor(self, post: int) -> Seated:
        return self.counter.province.actor(post)

    def _post(self, step: PlainStep) -> int:
        """Who does it, as `start_steps` finds it; after a head's step in the same agency the official whom the head chose."""
        office = self.offer.office
        own = {None, office.agency.pk}
        before = [one for one in self.offer.steps if step.key in one.next and one.kind == StepKind.ASSIGN]
        if step.kind != StepKind.ASSIGN and any(one.agency_id in own for one in before):
            return self.official
        if step.unit_id is not None:
            return self.counter.heads[step.unit_id][0].head
        if step.duty == Duty.DESK:
            return self.desk.post_id
        if step.duty == Duty.OFFICIAL:
            return self.official
        return office.clerk if step.duty == Duty.CLERK else office.leaders[0]

    def _received(self, minute: int) -> None:
        """The counter's own step, done on reception."""
        step, dossier, at = self.offer.steps[0], self.dossier, self.counter.timeline.moment(minute)
        self.counter.tables.run.put(
            StepRun(
                dossier_id=dossier.pk, key=step.key, kind=step.kind, name=step.name, agency_id=self.desk.agency_id,
                unit_id=self.desk.unit_id, post_id=self.desk.post_id, holder_name=self.desk.person_name, hours=step.hours,
                state=RunState.DONE, started_at=at, done_at=at, done_by=self.desk.person_name, given_by=self.desk.person_name,
            )
        )  # fmt: skip

    def _step(self, one: Walked) -> None:
        dossier, step, timeline = self.dossier, one.step, self.counter.timeline
        who = self._actor(self._post(step))
        began = timeline.moment(one.began)
        minutes = round(float(step.hours) * 60) if step.hours else 0
        stopped = one.asked is not None and one.asked < timeline.end
        if stopped and one.asked and one.brought and minutes:
            minutes += min(one.brought, timeline.end) - one.asked
        inner = timeline.closing(one.began + minutes) if minutes else None
        done = timeline.moment(one.done) if one.done is not None else None
        until = None if step.kind in {StepKind.RETURN, StepKind.ARCHIVE} else dossier.due_at
        item = Item(
            kind="dossiers.step", verb=STEP_LABELS[StepKind(step.kind)], title=dossier.matter[:600],
            about=f"{dossier.code} · {dossier.applicant_name}"[:300], address=f"/lam-viec/ho-so/{dossier.pk}/",
            holder_id=who.post_id, opened_at=began, due_at=inner or until, done_at=done, outcome=step.name if done else "",
        )  # fmt: skip
        self.counter.tables.item.put(item)
        if stopped:
            self._stop_item(item, one)
            self.counter.tables.item.lines.pop()
            self.counter.tables.item.put(item)
        giver = next((early for early in self.way.walked if early.done == one.began), None)
        given_by = self._actor(self._post(giver.step)).person_name if giver else self.desk.person_name
        self.counter.tables.run.put(
            StepRun(
                dossier_id=dossier.pk, key=step.key, kind=step.kind, name=step.name, agency_id=who.agency_id, unit_id=who.unit_id,
                post_id=who.post_id, holder_name=who.person_name, item_id=item.pk, hours=step.hours,
                state=RunState.DONE if done else RunState.OPEN, started_at=began, due_at=inner, done_at=done,
                done_by=who.person_name if done else "", given_by=given_by,
                punctuality=rules.punctuality(done, inner) if done and inner else "",
            )
        )  # fmt: skip
        if done is None:
            where = f"{step.name}, {who.unit_name or who.agency_name}"
            if dossier.state != DossierState.STOPPED_CLOCK:
                dossier.now_at = "; ".join(filter(None, (dossier.now_at, where)))[:300]
        elif step.kind == self._result_step() and not dossier.outcome:
            self._decided(one)

    def _stop_item(self, item: Item, one: Walked) -> None:
        timeline = self.counter.timeline
        assert one.asked is not None and one.brought is not None
        came = timeline.moment(one.brought) if one.brought < timeline.end else None
        asked = timeline.moment(one.asked)
        if came is None:
            item.paused_at = asked
        self.counter.tables.item_pause.put(ItemPause(item_id=item.pk, reason=_REASON, started_at=asked, ended_at=came))

    def _result_step(self) -> str:
        return StepKind.RELEASE if self.offer.process else StepKind.DECIDE

    def _decided(self, one: Walked) -> None:
        """What came out, in the store where something was granted."""
        counter, dossier, offer = self.counter, self.dossier, self.offer
        assert one.done is not None
        at = counter.timeline.moment(one.done)
        if counter.random.random() < 0.035:
            dossier.outcome = Outcome.REFUSED
            dossier.end_reason = f"Không đủ điều kiện theo quy định tại {offer.law}."
            return
        dossier.outcome = Outcome.GRANTED
        name, code = offer.result
        key = (offer.key, name, at.year)
        counter.results[key] = counter.results.get(key, 0) + 1
        number = f"{counter.results[key]:02d}/{at.year}"
        share = grown(counter.timeline.progress(one.done), 0.4, 0.88) * character(offer.key, "kết quả", 0.7, 1.15)
        stored = counter.random.random() < share
        self.kept = f"{name}, số {number}"
        counter.tables.kept.put(
            KeptResult(
                dossier_id=dossier.pk, applicant_id=dossier.applicant_id, code=code, name=name, number=number,
                agency_id=offer.office.agency.pk, stored_id=counter.file if stored else None,
                file_name="ket-qua.pdf" if stored else "", issued_on=at.date(), created_at=at,
                valid_to=at.date() + timedelta(days=30 * offer.months) if offer.months else None,
            )
        )  # fmt: skip

    # The end.

    def _ready(self, minute: int) -> None:
        counter, dossier = self.counter, self.dossier
        at = counter.timeline.moment(minute)
        assert dossier.begins_at is not None
        dossier.state, dossier.ended_at = DossierState.READY, at
        dossier.punctuality = rules.statutory_punctuality(at, dossier.due_at, dossier.supplements)
        pause = self.way.pause(counter.timeline.end)
        stops = [(counter.timeline.moment(pause[0]), counter.timeline.moment(pause[1]))] if pause and pause[1] else []
        spent = working_time_between(dossier.begins_at, max(at, dossier.begins_at), counter.working_time, stops)
        dossier.spent_minutes = rules.minutes(spent)
        handled = [one for one in self.way.walked if one.step.kind in HANDLING]
        officer = self._post(handled[-1].step) if handled else None
        counter.tables.count(
            dossier, ("done", f"done_{dossier.punctuality}", f"outcome_{dossier.outcome}"), at, officer
        )

    def _returned(self, minute: int) -> None:
        counter, dossier, random = self.counter, self.dossier, self.counter.random
        at = counter.timeline.moment(minute)
        way = ResultWay(dossier.result_way)
        dossier.state, dossier.returned_at, dossier.now_at = DossierState.RETURNED, at, ""
        counter.tables.count(dossier, ("returned", f"returned_{way}"), at)
        if way == ResultWay.DESK:
            counter.later(minute, lambda: counter.desk.taken(dossier, self.kept, at))
        elif way == ResultWay.POST:
            handed = counter.timeline.moment(max(self.way.ready or 0, minute - 480))
            counter.tables.parcel.put(
                Parcel(
                    dossier_id=dossier.pk, to_name=dossier.applicant_name, to_phone=dossier.phone, to_address=self.someone.home,
                    cost=30_000, tracking=f"CK{random.randint(0, 999_999_999):09d}VN", state="Đã phát cho người nhận", state_at=at,
                    handed_at=handed, delivered_at=at,
                )
            )  # fmt: skip
        if random.random() < 0.5:
            self._rated(minute, way)

    def _rated(self, minute: int, way: ResultWay) -> None:
        counter, dossier, random = self.counter, self.dossier, self.counter.random
        bad = character(self.offer.key, "hài lòng", 0.02, 0.1) * (4 if dossier.punctuality == "late" else 1)
        bad += 0.05 if dossier.supplements else 0
        grade = Grade(random.choices(("very_good", "good", "bad"), (0.62 - bad / 2, 0.38 - bad / 2, bad))[0])
        desk = way == ResultWay.DESK and random.random() < 0.6
        at = counter.timeline.moment(
            minute if desk else min(minute + random.randint(30, 600), counter.timeline.end - 1)
        )
        marks = list(MARKS[grade])
        random.shuffle(marks)
        counter.tables.rating.put(
            Rating(
                dossier_id=dossier.pk, grade=grade, criteria=marks, comment=random.choice(COMMENTS[grade]),
                way="desk" if desk else "code", agency_id=self.offer.office.agency.pk, officer_id=self.desk.post_id, at=at,
            )
        )  # fmt: skip
        counter.tables.count(dossier, ("rated", f"rated_{grade}"), at, self.desk.post_id)
