"""A province's years of documents at once, for measuring: rows as the acts write them, but by COPY and without trail.

Time runs in minutes of working days (Monday to Friday, 07:30-11:30 and 13:00-17:00) up to `now`: what would happen
after it has not happened, so the latest documents are open and nearly all others finished.
"""

from bisect import bisect_right
from collections.abc import Callable
from datetime import datetime, timedelta
from io import BytesIO
from itertools import accumulate
from random import Random

from django.db import transaction

from lienthong.foundation.files.actions.store import store
from lienthong.foundation.measures.actions.load import loading
from lienthong.foundation.numbering.models import Counter
from lienthong.foundation.numbering.rules import written
from lienthong.kit.dates import VIETNAM
from lienthong.kit.text import vn_fold
from lienthong.site.sample import agencies as sample
from lienthong.site.sample.bulk_agencies import Office, add_agencies, offices
from lienthong.site.sample.bulk_rows import NULL, Coming, Tables
from lienthong.site.sample.bulk_tables import without_indexes
from lienthong.site.sample.bulk_words import Words

BATCH = 10_000
WORKING_DAYS = 250  # how far the history reaches back
DAY = 480  # minutes
_STUCK = 0.004  # of what arrives, so much is left lying at some step
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


@transaction.atomic
def fill(
    *,
    documents: int,
    agencies: int = 256,
    seed: int = 1,
    now: datetime,
    progress: Callable[[str], None] = lambda _: None,
) -> None:
    """Add so many documents, and agencies until so many work here. Four of ten documents are letters between them, to
    one to three receivers (one of five hundred to all); the others were entered by a clerk. The same seed, moment and
    installation give the same rows. Nothing is left of a fill that is stopped."""
    random = Random(seed)  # noqa: S311 - chance for a story, not for a secret
    add_agencies(agencies, random)
    tables = Tables()
    today = now.astimezone(VIETNAM).date()
    first = today - timedelta(weeks=WORKING_DAYS // 5 + 1)
    with loading(tables.names(), first, today + timedelta(days=1)), without_indexes(tables.names()):
        years = Years(tables, offices(), random, now, _days(now), Words(random))
        for done in range(documents):
            if done and done % BATCH == 0:
                tables.flush()
                if done % (10 * BATCH) == 0:
                    progress(f"{done:,} văn bản · documents".replace(",", "."))
            years.document(done * (years.end - 2) // documents)
        years.counters()
        tables.settle()
        progress("Lập lại chỉ mục, đếm lại số liệu · building the indexes again, counting figures")


class Years:
    """Writes documents, to be called in the order of time, so that numbers in the books follow the days. `days` are working days
    up to today and some after it."""

    def __init__(
        self,
        tables: Tables,
        here: list[Office],
        random: Random,
        now: datetime,
        days: list[str],
        words: Words,
        file: int | None = None,
    ):
        self.tables, self.here, self.random, self.now, self.words = tables, here, random, now, words
        self.days, self.clocks = days, _clocks()
        local = now.astimezone(VIETNAM)
        today = f"{local:%Y-%m-%d}"
        self.end = bisect_right(self.days, today) * DAY
        if self.days[self.end // DAY - 1] == today:
            self.end += bisect_right(self.clocks, f"{local:%H:%M}") - DAY
        # Large agencies write and receive more: the first fifth as much as all others.
        weights = [4 if place < len(here) / 5 else 1 for place in range(len(here))]
        self.heavy = list(accumulate(weights))
        self.last = {(one.series_id, one.year): one.last for one in Counter.objects.all()}
        self.file = file or store(stream=BytesIO(PDF), name="van-ban.pdf", now=now).pk

    def at(self, minute: int) -> str:
        """As the database reads it."""
        return f"{self.days[minute // DAY]} {self.clocks[minute % DAY]}:00+07"

    def office(self) -> Office:
        return self.here[bisect_right(self.heavy, self.random.random() * self.heavy[-1])]

    # What a year with a shape of its own says otherwise.

    def receives_outside(self) -> Office:
        """Whom somebody outside writes to."""
        return self.office()

    def is_stuck(self, _office: Office, _minute: int) -> bool:
        """Whether it is left lying at the step that would come then."""
        return self.random.random() < _STUCK

    def wait(self, _office: Office, _minute: int, minutes: int) -> int:
        """How long a step that usually takes so many minutes takes there."""
        return minutes

    def file_of(self, _office: Office, _minute: int) -> tuple[int, str]:
        """What opens for a letter, and whether it is digitally signed as the database reads it."""
        return self.file, NULL

    def is_with_paper(self, _office: Office, _minute: int) -> bool:
        """Whether the signed paper goes beside the electronic letter."""
        return False

    def to_others(self, outgoing: int, office: Office, minute: int) -> None:
        """Further receivers, who do not work here."""

    def take(self, series: int, year: int) -> int:
        number = self.last[series, year] = self.last.get((series, year), 0) + 1
        return number

    def document(self, minute: int) -> None:
        if self.random.random() < 0.4:
            self.letter(minute)
        else:
            self.from_outside(minute)

    def counters(self) -> None:
        Counter.objects.bulk_create(
            [Counter(series_id=series, year=year, last=last) for (series, year), last in self.last.items()],
            update_conflicts=True, unique_fields=["series", "year"], update_fields=["last"],
        )  # fmt: skip

    def from_outside(self, minute: int) -> None:
        """A clerk enters a paper or an e-mail: on record and numbered in one go."""
        random, office = self.random, self.receives_outside()
        issuer, short, _, place = random.choice(sample.OUTSIDE)
        kind, kind_name, type_short = self.words.kind()
        number, notation = str(random.randint(20, 99_999)), f"{type_short}-{short}" if type_short else short
        subject, at = self.words.subject(), self.at(minute)
        urgency = random.choice(_URGENCIES)
        document = self.tables.document.next_id()
        self.tables.document.add(
            document, NULL, issuer, number, notation, _folded(number, notation), "", kind, kind_name,
            self.days[max(0, minute // DAY - random.randint(1, 4))], place, subject, self.words.person(), "Thứ trưởng", urgency,
            random.randint(1, 12), "", f"{{{office.agency}}}", at,
        )  # fmt: skip
        channel = "paper" if random.random() < 0.5 else "email"
        coming = self.tables.coming(document, office, issuer, number, notation, kind_name, subject, urgency)
        coming.channel, coming.arrived = channel, at
        coming.paper = at if channel == "paper" else NULL
        self._register(coming, minute)
        self._handle(coming, minute)
        self.tables.add_incoming(coming)

    def letter(self, minute: int) -> None:
        """One agency here writes to others here."""
        random, office = self.random, self.office()
        kind, kind_name, type_short = self.words.kind()
        desk, year = random.choice(office.desks), int(self.days[minute // DAY][:4])
        series = office.books.get(kind, office.outgoing)
        ordinal = self.take(series, year)
        number = written(ordinal)
        notation = f"{type_short}-{office.short}" if type_short else f"{office.short}-{desk.short}"
        subject, at, urgency = self.words.subject(), self.at(minute), random.choice(_URGENCIES)
        receivers = self._receivers(office)
        sent = minute + random.randint(2, 30)
        issued = sent < self.end and random.random() > 0.002
        document = self.tables.document.next_id()
        self.tables.document.add(
            document, office.agency, office.name, number, notation, _folded(number, notation),
            f"{office.code},{year},{series}.{ordinal}", kind, kind_name, self.days[minute // DAY], office.place, subject,
            office.leader.person, office.leader.title, urgency, random.randint(1, 12), self.words.body(),
            "{" + ",".join(str(one) for one in sorted({office.agency, *(to.agency for to in receivers if issued)})) + "}", at,
        )  # fmt: skip
        file, signed = self.file_of(office, minute)
        self.tables.file.add(self.tables.file.next_id(), document, file, f"{number}.pdf")
        outgoing = self.tables.outgoing.next_id()
        self.tables.outgoing.add(
            outgoing, document, office.agency, desk.unit, series, year, ordinal, "issued" if issued else "registered",
            office.clerk.post, at, self.at(sent) if issued else NULL, f"Văn thư; {desk.name}", "Như trên; Lưu: VT" if issued else "",
            signed,
        )  # fmt: skip
        for to in receivers if issued else ():
            coming = self.tables.coming(document, to, office.name, number, notation, kind_name, subject, urgency)
            coming.paper_too = self.is_with_paper(office, minute)
            self._deliver(coming, outgoing, sent)
        if issued:
            self.to_others(outgoing, office, sent)

    def _receivers(self, office: Office) -> list[Office]:
        if self.random.random() < 0.002:
            return [one for one in self.here if one is not office]
        found = {one.agency: one for one in (self.office() for _ in range(self.random.choice((1, 1, 1, 2, 3))))}
        found.pop(office.agency, None)
        return list(found.values()) or [next(one for one in self.here if one is not office)]

    def _deliver(self, coming: Coming, outgoing: int, minute: int) -> None:
        coming.channel, coming.arrived = "here", self.at(minute)
        coming.open_delivery(outgoing, self.at(minute), self.at(minute + DAY))
        later = minute + self.wait(coming.office, minute, self.random.randint(5, 240))
        if later < self.end and not self.is_stuck(coming.office, minute):
            if self.random.random() < 0.005:
                coming.returned(self.at(later))
            else:
                self._register(coming, later)
                coming.registered(self.at(later))
                if coming.paper_too and later + DAY < self.end:
                    coming.paper = self.at(later + DAY)
                self._handle(coming, later)
        self.tables.add_incoming(coming)
        self.tables.add_delivery(coming)

    def _register(self, coming: Coming, minute: int) -> None:
        coming.year = int(self.days[minute // DAY][:4])
        coming.number = self.take(coming.office.incoming, coming.year)
        coming.put_before_leader(self.at(minute), self.at(minute + DAY))

    def _handle(self, coming: Coming, minute: int) -> None:
        """Leader, head of a unit, official: each a while later, as far as time has come."""
        random, steps = self.random, []
        for wait in (
            random.randint(30, 600),
            random.randint(20, 400),
            random.randint(60, 900),
            random.randint(120, 2400),
        ):
            minute += self.wait(coming.office, minute, wait)
            if minute >= self.end or self.is_stuck(coming.office, minute):
                break
            steps.append(minute)
        if not steps:
            return
        desk = random.choice(coming.office.desks)
        due = self.at((steps[0] // DAY + random.choice((3, 5, 5, 7, 10, 15))) * DAY + DAY - 1)
        coming.instruct(desk, self.at(steps[0]), due, self.words.instruction(desk.name))
        if len(steps) > 1:
            coming.hand_on(random.choice(desk.officials), self.at(steps[1]), due, self.words.hand_on())
        if len(steps) > 2:
            coming.start(self.at(steps[2]))
        if len(steps) > 3:
            coming.finish(self.at(steps[3]), self.words.result())


_URGENCIES = (0,) * 17 + (1, 1, 2)


def _folded(number: str, notation: str) -> str:
    return f"{number.lstrip('0') or number} {vn_fold(notation)}"


def _days(now: datetime) -> list[str]:
    """WORKING_DAYS working days up to today, and some after them for deadlines."""
    today = now.astimezone(VIETNAM).date()
    back = [today - timedelta(days=one) for one in range(2 * WORKING_DAYS)]
    past = [day for day in back if day.weekday() < 5][:WORKING_DAYS]
    ahead = [today + timedelta(days=one) for one in range(1, 60)]
    return [day.isoformat() for day in [*reversed(past), *(day for day in ahead if day.weekday() < 5)]]


def _clocks() -> list[str]:
    minutes = [*range(7 * 60 + 30, 11 * 60 + 30), *range(13 * 60, 17 * 60)]
    return [f"{one // 60:02d}:{one % 60:02d}" for one in minutes]
