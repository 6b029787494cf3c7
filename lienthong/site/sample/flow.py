"""What happens to the letters: a calendar of events, each an act at its moment, up to now and not beyond."""

import heapq
import io
from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from functools import partial
from random import Random
from zlib import crc32

from django.db import connection

from lienthong.foundation.calendar.queries import working_time
from lienthong.foundation.calendar.rules import due_at, is_open, next_opening
from lienthong.foundation.codes.models import Code as CodeEntry
from lienthong.foundation.files.actions.store import store
from lienthong.foundation.numbering import queries as numbering
from lienthong.foundation.numbering import rules as number_rules
from lienthong.kit.dates import VIETNAM
from lienthong.modules.documents.actions import read_signatures, read_text, tell_people
from lienthong.modules.documents.actions.enter_incoming import enter_incoming
from lienthong.modules.documents.actions.issue import issue
from lienthong.modules.documents.actions.register_outgoing import register_outgoing
from lienthong.modules.documents.actions.void_number import void_number
from lienthong.modules.documents.facts import FilesAttached, Issued
from lienthong.modules.documents.models import Incoming, Outgoing
from lienthong.modules.documents.rules import Attached, OutgoingDetails, Paper, Recipient
from lienthong.modules.documents.terms import DOCUMENT_TYPES, Channel, Purpose
from lienthong.site.sample import letters as written
from lienthong.site.sample.agencies import COASTAL
from lienthong.site.sample.handling import Handling
from lienthong.site.sample.letters import Letter
from lienthong.site.sample.people import Office, Province
from lienthong.site.sample.signing import sign

SIGNED = 90  # of a hundred letters of agencies here so many are digitally signed


def learn_sizes() -> None:
    """Let the database count its rows: within one great transaction nobody else does, and it would look things up as if
    the tables were empty."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def look_into_files(document_id: int, now: datetime) -> None:
    """What the worker does with the files of a document."""
    fact = FilesAttached(document_id=document_id)
    read_text.of_document(fact, now=now)
    read_signatures.of_document(fact, now=now)


class Clock:
    """Working moments around `now`."""

    def __init__(self, now: datetime):
        self.now, self.working_time = now, working_time()

    def _open_on(self, day: date) -> bool:
        return is_open(datetime.combine(day, time(9), VIETNAM), self.working_time)

    def back(self, days: int, at: str) -> datetime:
        """That time of day `days` working days ago; 0 is today, or the last working day if that time is still to come."""
        hour, minute = map(int, at.split(":"))
        day, left = self.now.date(), days
        while left or not self._open_on(day):
            left -= self._open_on(day)
            day -= timedelta(days=1)
        moment = datetime.combine(day, time(hour, minute), VIETNAM)
        return moment if moment < self.now else self.back(days + 1, at)

    def deadline(self, days: int) -> datetime:
        """17:00 so many working days from today, before it when negative; today's is always still to come."""
        day, left = self.now.date(), abs(days)
        step = timedelta(days=1 if days > 0 else -1)
        while left:
            day += step
            left -= self._open_on(day)
        moment = datetime.combine(day, time(17), VIETNAM)
        if days == 0 and moment <= self.now:
            return max(self.now + timedelta(minutes=20), datetime.combine(day, time(23, 30), VIETNAM))
        return moment

    def later(self, at: datetime, hours: float) -> datetime:
        """After so many working hours."""
        return due_at(at, round(hours, 2), "working_hours", self.working_time)

    def earlier(self, at: datetime, hours: float) -> datetime:
        """A working moment at least so many hours of the clock before."""
        return self.opening(at - timedelta(hours=hours * 3))

    def opening(self, at: datetime) -> datetime:
        return next_opening(at, self.working_time)


class Flow:
    """Runs the events in the order of time, so that numbers in the books follow the days."""

    def __init__(self, province: Province, random: Random, clock: Clock, progress: Callable[[str], None]):
        self.province, self.random, self.clock, self.progress = province, random, clock, progress
        self.types = {one.code: one.name for one in CodeEntry.objects.filter(list=DOCUMENT_TYPES)}
        self.issued: dict[str, Outgoing] = {}
        self.arrived: dict[tuple[str, str], Incoming] = {}  # (letter, office) → the row there
        self.key_of = {office.agency.pk: key for key, office in province.offices.items()}
        self._events: list[tuple[datetime, int, Callable[[datetime], object]]] = []
        self._count = 0
        self.handling = Handling(self)

    def at(self, moment: datetime, act: Callable[[datetime], object]) -> None:
        """Let it happen then; what lies after now does not happen (yet)."""
        if moment < self.clock.now:
            heapq.heappush(self._events, (moment, self._count, act))
            self._count += 1

    def run(self, letters: Sequence[Letter]) -> None:
        for letter in letters:
            begin = self._enter if letter.sender not in self.province.offices else self._send
            self.at(self.clock.back(letter.day, letter.time), partial(begin, letter))
        done = 0
        while self._events:
            moment, _, act = heapq.heappop(self._events)
            act(moment)
            done += 1
            if done % 500 == 0:
                self.progress(f"{done} thao tác · {done} acts")
            if done % 1000 == 0:
                learn_sizes()

    def _send(self, letter: Letter, now: datetime) -> None:
        """An office here registers its letter and issues it a little later."""
        office = self.province.offices[letter.sender]
        actor = self.province.actor(office.clerk)
        signer = self.province.actor(office.leaders[min(letter.sign, len(office.leaders)) - 1])
        division = office.divisions.get(letter.unit)
        names = [self._title(key) for key in (*letter.to, *letter.inform)]
        file = written.on_paper(
            letter, type_name=self.types[letter.type_code], code=self._code(letter, office, now), agency=office.agency.name,
            above="" if letter.sender == "UBND" or letter.sender.startswith("x:") else "Ủy ban nhân dân tỉnh Sơn Hải",
            place=office.agency.place, receivers=names, position=signer.post_name, signer=signer.person_name, at=now, random=self.random,
        )  # fmt: skip
        if crc32(letter.key.encode()) % 100 < SIGNED:
            file = sign(file, signer=signer.person_name, organisation=office.agency.name, at=now)
        answered = self.arrived.get((letter.replies, letter.sender))
        row = register_outgoing(
            paper=Paper(
                letter.type_code, "", letter.subject, now.date(), signer_name=signer.person_name, signer_position=signer.post_name,
                urgency=letter.urgency, pages=letter.pages,
            ),
            details=OutgoingDetails(
                unit_id=division.unit.pk if division else None, archive_holder="Văn thư" + (f"; {division.unit.name}" if division else ""),
                replies_to=(answered.pk,) if answered else (),
            ),
            attached=[self._attached(file, f"{letter.key}.pdf", now)], actor=actor, now=now,
        )  # fmt: skip
        look_into_files(row.document_id, now)
        self.issued[letter.key] = row
        if letter.end == "void":
            self.at(
                self.clock.later(now, 2),
                lambda then: void_number(
                    outgoing_id=row.pk, reason="Lãnh đạo rút lại văn bản sau khi lấy số.", actor=actor, now=then
                ),
            )
        elif not letter.end:
            self.at(now + timedelta(minutes=self.random.randint(2, 15)), lambda then: self._issue(letter, row, then))

    def _issue(self, letter: Letter, row: Outgoing, now: datetime) -> None:
        actor = self.province.actor(self.province.offices[letter.sender].clerk)
        chosen = self._recipients(letter, row.agency_id)
        names = [self._title(key) for key in letter.inform]
        issue(
            outgoing_id=row.pk,
            recipients=chosen,
            to_places="; ".join(["Như trên", *names, "Lưu: VT"]),
            actor=actor,
            now=now,
        )
        tell_people.of_issue(Issued(outgoing_id=row.pk), now=now)
        row.refresh_from_db()
        for here in Incoming.objects.filter(delivery__outgoing=row).select_related("document").order_by("id"):
            key = self.key_of[here.agency_id]
            self.arrived[(letter.key, key)] = here
            self.handling.receive(letter, here, key, now)

    def _recipients(self, letter: Letter, own: int) -> list[Recipient]:
        paper = {agency for key in letter.paper for agency in self._agencies(key)}
        purposes = {agency: Purpose.INFORM for key in letter.inform for agency in self._agencies(key)}
        purposes |= {agency: Purpose.ACT for key in letter.to for agency in self._agencies(key)}
        purposes.pop(own, None)
        return [Recipient(agency, purpose, agency in paper) for agency, purpose in sorted(purposes.items())]

    def _agencies(self, key: str) -> list[int]:
        """@all, @so, @xa, @bien, an office, or somebody outside."""
        if key == "@all":
            return [*self._agencies("@so"), *self._agencies("@xa")]
        if key == "@so":
            return [office.agency.pk for office in self.province.departments()]
        if key == "@xa":
            return [office.agency.pk for office in self.province.communes()]
        if key == "@bien":
            return [self.province.offices[f"x:{name}"].agency.pk for name in COASTAL]
        office = self.province.offices.get(key)
        return [office.agency.pk if office else self.province.outside[key].pk]

    def _title(self, key: str) -> str:
        groups = {"@so": "Các sở, ban, ngành", "@xa": "Ủy ban nhân dân các xã, phường, đặc khu"}
        groups["@bien"] = "Ủy ban nhân dân các xã, phường, đặc khu ven biển"
        groups["@all"] = f"{groups['@so']}; {groups['@xa']}"
        if key in groups:
            return groups[key]
        office = self.province.offices.get(key)
        return office.agency.name if office else self.province.outside[key].name

    def _code(self, letter: Letter, office: Office, now: datetime) -> str:
        return self.next_code(letter.type_code, letter.unit if letter.unit in office.divisions else "", office, now)

    def next_code(self, type_code: str, unit: str, office: Office, now: datetime) -> str:
        """The number that the book gives next, so that the printed page says it too."""
        series = numbering.series_for(office.agency.pk, "outgoing", type_code)
        assert series is not None
        short = CodeEntry.objects.get(list=DOCUMENT_TYPES, code=type_code).short
        notation = number_rules.notation(series.pattern, type_short=short, agency=office.agency.short_name, unit=unit)
        return f"{number_rules.written(numbering.last_number(series.pk, now.year) + 1)}/{notation}"

    def _enter(self, letter: Letter, now: datetime) -> None:
        """A letter from outside: the receiver's clerk enters it."""
        issuer = self.province.outside[letter.sender]
        notation = written.OUTSIDE_NOTATIONS.get(letter.sender, "")
        number = str(self.random.randint(120, 9900)) if notation else f"{self.random.randint(3, 60):02}"
        signed = now - timedelta(days=self.random.randint(1, 4))
        signer = next(self.handling.people)
        position = "Thứ trưởng" if issuer.name.startswith("Bộ") else ("Phó Chủ nhiệm" if notation else "Giám đốc")
        for key in letter.to:
            office = self.province.offices[key]
            file = written.on_paper(
                letter, type_name=self.types[letter.type_code], code="/".join(filter(None, (number, notation))), agency=issuer.name,
                above="", place=issuer.place, receivers=[office.agency.name], position=position, signer=signer, at=signed, random=self.random,
            )  # fmt: skip
            row = enter_incoming(
                paper=Paper(
                    letter.type_code, self.types[letter.type_code], letter.subject, signed.date(), number=number, notation=notation,
                    issuer_id=issuer.pk, issuer_name=issuer.name, place=issuer.place, signer_name=signer, signer_position=position,
                    urgency=letter.urgency, pages=letter.pages,
                ),
                channel=Channel(letter.channel), attached=[self._attached(file, f"{letter.key}.pdf", now)],
                arrived_at=now - timedelta(minutes=self.random.randint(5, 50)), actor=self.province.actor(office.clerk), now=now,
            )  # fmt: skip
            look_into_files(row.document_id, now)
            self.arrived[(letter.key, key)] = row
            self.handling.registered(letter, row, key, now)

    def _attached(self, content: bytes, name: str, now: datetime) -> Attached:
        return Attached(store(stream=io.BytesIO(content), name=name, now=now).pk, name)
