"""What receivers do with a letter: register, distribute, hand on, note, finish, or send back."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from lienthong.kit.dates import vn_date
from lienthong.modules.documents.actions.assign import assign
from lienthong.modules.documents.actions.finish import finish
from lienthong.modules.documents.actions.instruct import instruct
from lienthong.modules.documents.actions.note import note
from lienthong.modules.documents.actions.receive_paper import receive_paper
from lienthong.modules.documents.actions.register_incoming import register_incoming
from lienthong.modules.documents.actions.return_to_sender import return_to_sender
from lienthong.modules.documents.models import Assignment, Incoming
from lienthong.modules.documents.rules import Given
from lienthong.modules.documents.terms import Purpose
from lienthong.site.sample import letters as written
from lienthong.site.sample import names
from lienthong.site.sample.letters import Letter, Step
from lienthong.site.sample.people import Division, Office

if TYPE_CHECKING:
    from lienthong.site.sample.flow import Flow

# How far each stage lets a letter go; `returned` leaves the road at once.
_ORDER = ("arrived", "registered", "given", "assigned", "progress", "finished")
# In a letter that letters.csv says nothing about: of ten, so many are finished, under way, given, left with the leader.
_USUAL = ("finished",) * 8 + ("progress", "assigned")
_RECENT = ("finished",) * 3 + ("progress",) * 3 + ("assigned", "given", "given", "registered")


class Handling:
    """Plans the receivers' acts as events of the flow."""

    def __init__(self, flow: Flow):
        self.flow, self.random, self.clock = flow, flow.random, flow.clock
        self.people = names.people(flow.random)

    def receive(self, letter: Letter, row: Incoming, key: str, now: datetime) -> None:
        """A letter has arrived by itself; its clerk registers it some time later."""
        step = self._step(letter, key, now)
        office = self.flow.province.offices[key]
        clerk = self.flow.province.actor(office.clerk)
        at = self.clock.later(now, self.random.uniform(0.1, 3.5) / (1 + 3 * letter.urgency))
        if step.stage == "returned":
            reason = "Văn bản gửi nhầm cơ quan: hồ sơ thuộc thẩm quyền của Sở Nông nghiệp và Môi trường."
            self.flow.at(at, lambda then: return_to_sender(incoming_id=row.pk, reason=reason, actor=clerk, now=then))
            return
        if step.stage == "arrived":
            return

        def register(then: datetime) -> None:
            done = register_incoming(incoming_id=row.pk, actor=clerk, now=then)
            if row.agency_id in {agency for one in letter.paper for agency in self.flow._agencies(one)}:
                self.flow.at(
                    self.clock.later(then, 9), lambda at: receive_paper(incoming_id=row.pk, actor=clerk, now=at)
                )
            self._distribute(letter, done, office, step, then)

        self.flow.at(at, register)

    def registered(self, letter: Letter, row: Incoming, key: str, now: datetime) -> None:
        """A letter that the clerk entered by hand has its number already."""
        self._distribute(letter, row, self.flow.province.offices[key], self._step(letter, key, now), now)

    def _step(self, letter: Letter, key: str, now: datetime) -> Step:
        for step in letter.steps:
            if step.office == key:
                return step
        age = (self.clock.now - now).days
        stage = self.random.choice(_USUAL if age >= 10 else _RECENT)
        division = self.random.choice(list(self.flow.province.offices[key].divisions))
        return Step(key, stage, division)

    def _reaches(self, step: Step, stage: str) -> bool:
        return _ORDER.index(step.stage) >= _ORDER.index(stage)

    def _distribute(self, letter: Letter, row: Incoming, office: Office, step: Step, now: datetime) -> None:
        if not self._reaches(step, "given"):
            return
        division = office.divisions[step.division or next(iter(office.divisions))]
        at = self.clock.later(now, self.random.uniform(0.3, 6) / (1 + 3 * letter.urgency))
        self.flow.at(at, lambda then: self._instruct(letter, row, office, division, step, then))

    def _instruct(
        self, letter: Letter, row: Incoming, office: Office, division: Division, step: Step, now: datetime
    ) -> None:
        leader = self.flow.province.actor(office.leaders[0])
        due_at = self.clock.deadline(step.due) if step.due is not None else self._some_day(now)
        text = self.random.choice(written.INSTRUCTIONS).format(division=division.unit.name, due=vn_date(due_at))
        text = text[0].upper() + text[1:]
        role = "inform" if row.purpose == Purpose.INFORM and step.due is None else "lead"
        given = [Given(role, unit_id=division.unit.pk)]
        others = [one for one in office.divisions.values() if one is not division]
        if role == "lead" and others and self.random.random() < 0.35:
            given.append(Given("support", unit_id=self.random.choice(others).unit.pk))
        if len(office.leaders) > 1 and self.random.random() < 0.3:
            given.append(Given("inform", post_id=self.random.choice(office.leaders[1:])))
        instruct(
            incoming_id=row.pk,
            text=text,
            given=given,
            due_at=max(due_at, now + timedelta(hours=4)),
            actor=leader,
            now=now,
        )
        if role == "lead" and self._reaches(step, "assigned"):
            at = self.clock.later(now, self.random.uniform(0.3, 4))
            self.flow.at(at, lambda then: self._hand_on(row, division, step, then))

    def _some_day(self, now: datetime) -> datetime:
        days = self.random.choice((5, 5, 7, 10, 10, 15))
        return self.clock.later(now, 8 * days).replace(hour=17, minute=0, second=0, microsecond=0)

    def _hand_on(self, row: Incoming, division: Division, step: Step, now: datetime) -> None:
        head = self.flow.province.actor(division.head)
        line = Assignment.objects.get(incoming=row, post_id=division.head)
        post = division.officials[min(step.official, len(division.officials)) - 1]
        given = [Given("lead", post_id=post)]
        if len(division.officials) > 1 and self.random.random() < 0.25:
            other = next(one for one in division.officials if one != post)
            given.append(Given("support", post_id=other))
        made = assign(assignment_id=line.pk, text=self.random.choice(written.HAND_ON), given=given, actor=head, now=now)
        if self._reaches(step, "progress"):
            at = self.clock.later(now, self.random.uniform(2, 10))
            self.flow.at(at, lambda then: self._progress(made[0], post, step, then))

    def _progress(self, line: Assignment, post: int, step: Step, now: datetime) -> None:
        actor = self.flow.province.actor(post)
        note(assignment_id=line.pk, text=self.random.choice(written.NOTES), attached=None, actor=actor, now=now)
        if step.stage == "finished":
            at = self.clock.later(now, self.random.uniform(3, 30))
            result = self.random.choice(written.RESULTS)
            self.flow.at(at, lambda then: finish(assignment_id=line.pk, result=result, actor=actor, now=then))
