"""A year of work, and the end of the year before, for the sample province: rows as the acts write them, by COPY, with one entry
in the trail for each record that says so. The last two months are the acts'; what is added to them takes its numbers in the
order of time together with them."""

import heapq
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from io import BytesIO
from random import Random

from django.db import connection, models

from lienthong.foundation.access.rules import system_actor
from lienthong.foundation.files.actions.read_signatures import read_signatures
from lienthong.foundation.files.actions.store import store
from lienthong.foundation.trail.actions.write import write, write_many
from lienthong.kit.text import dotted
from lienthong.modules.documents.models import Incoming, Outgoing
from lienthong.modules.dossiers.models import Dossier
from lienthong.site.sample.bulk_agencies import offices
from lienthong.site.sample.bulk_rows import Tables
from lienthong.site.sample.bulk_tables import Rows, without_indexes
from lienthong.site.sample.counter import Counter
from lienthong.site.sample.flow import Flow
from lienthong.site.sample.papers import simulated
from lienthong.site.sample.signing import sign
from lienthong.site.sample.year_counter import YearCounter
from lienthong.site.sample.year_dossiers import DossierTables, Numbers, Offers
from lienthong.site.sample.year_letters import YearLetters
from lienthong.site.sample.year_shape import DOSSIERS, LETTERS, Timeline

ACTS = 42  # working days back from which on the acts of the sample happen
_BATCH = 10_000
_SORTED = frozenset({Dossier, Outgoing, Incoming})  # lists sort by their ids: taken one by one, others in blocks
_BLOCK = 500
_MOST = 20_000  # with more documents and dossiers one entry in the trail speaks for all
_SENTENCE = "sinh ra cùng tỉnh mẫu để có số liệu cả năm, không qua từng thao tác"


@dataclass(frozen=True, slots=True)
class Scale:
    """How many documents and dossiers there are from the beginning to now, beside those of the acts, and how many agencies work
    here at least."""

    documents: int
    dossiers: int
    agencies: int = 0


USUAL = Scale(2400, 3600)


class Year:
    """`begin` before the acts run, `end` after them."""

    def __init__(
        self,
        flow: Flow,
        counter: Counter,
        random: Random,
        scale: Scale,
        progress: Callable[[str], None] = lambda _: None,
    ):
        self.flow, self.progress, self.done = flow, progress, 0
        self.timeline = Timeline(flow.clock.now, flow.clock.working_time)
        file, signed_file = _files(flow.clock.now)
        self.letter_tables, self.dossier_tables, self.numbers = Tables(), DossierTables(), Numbers()
        self.dossier_tables.item.ids_of = self.letter_tables.item
        province = flow.province
        self.letters = YearLetters(
            self.letter_tables, offices(), self.timeline, random, file=file, signed_file=signed_file,
            quiet=[province.offices[key].agency.pk for key in ("UBND", "SXD") if key in province.offices],
            outside=[(one.pk, one.name) for one in province.outside.values()],
        )  # fmt: skip
        self.counter = YearCounter(
            province, Offers(counter.lines, counter.versions), self.dossier_tables, self.numbers, self.timeline, random,
            flow.clock.working_time, file, self.later,
        )  # fmt: skip
        self.system, self.live, self.each = system_actor(), False, scale.documents + scale.dossiers < _MOST
        self.told = (
            (self.letter_tables.outgoing, "agency_id"),
            (self.letter_tables.incoming, "agency_id"),
            (self.dossier_tables.dossier, "decider_id"),
        )
        self._told: dict[type[models.Model], int] = {}
        self._events: list[tuple[int, int, Callable[[], object]]] = []
        self._count = 0
        for minute in self.timeline.spread(scale.documents, LETTERS, random):
            self.later(minute, partial(self.letters.document, minute))
        for minute in self.timeline.spread(scale.dossiers, DOSSIERS, random):
            self.later(minute, partial(self.counter.dossier, minute))

    def later(self, minute: int, act: Callable[[], object]) -> None:
        """Let it happen in that minute."""
        self._count += 1
        heapq.heappush(self._events, (minute, self._count, act))

    def tables(self) -> list[Rows]:
        return [*self.dossier_tables.all(), *self.letter_tables.all()]

    def begin(self) -> None:
        """Everything before the acts; what comes later is put among them. A year of many records is made at once: then the
        numbers that acts take come after all others."""
        since = self.flow.clock.back(ACTS, "07:30")
        first = self.timeline.index(since) if self.each else self.timeline.end
        with without_indexes([rows.model._meta.db_table for rows in self.tables()]):
            while self._events and self._events[0][0] < first:
                self._happen(heapq.heappop(self._events)[2], since)
            self._say_whence(since)
            self._flush()
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        self.letters.counters()
        self.numbers.keep()
        self.letters.live = self.counter.lately = self.live = True
        for rows in self.tables():
            rows.share_ids(1 if rows.model in _SORTED and self.each else _BLOCK)
        self._hand_on()

    def _hand_on(self) -> None:
        """Put what is left among the acts; what comes up while it happens as well."""
        events, self._events = self._events, []
        for minute, _, act in events:
            self.flow.at(self.timeline.moment(minute), partial(self._live, act))

    def _live(self, act: Callable[[], object], now: datetime) -> None:
        self._happen(act, now)
        self._hand_on()

    def _happen(self, act: Callable[[], object], now: datetime) -> None:
        act()
        self.done += 1
        if self.live:
            self._say_whence(now)
        if self.done % _BATCH == 0:
            self._flush()
            many = dotted(self.done)
            self.progress(f"{many} văn bản, hồ sơ · documents, dossiers")

    def _say_whence(self, now: datetime) -> None:
        """One entry for every record that waits to be written and has none, in the chain of its agency."""
        if not self.each:
            return
        for rows, column in self.told:
            place = rows.columns.index(column)
            found: dict[int, list[models.Model]] = {}
            for line in rows.lines[self._told.get(rows.model, 0) :]:
                values = line.split("\t", place + 1)
                found.setdefault(int(values[place]), []).append(rows.model(pk=int(values[0])))
            self._told[rows.model] = len(rows.lines)
            for agency, records in found.items():
                actor = replace(self.system, agency_id=agency)
                write_many(actor, "sample.year", records, now, sentences=[_SENTENCE] * len(records))

    def _flush(self) -> None:
        self.dossier_tables.tallies()
        for rows in self.tables():
            rows.flush()
        self._told.clear()

    def end(self) -> None:
        """Write what waits, count it for the boards, and say in the trail where it comes from."""
        self._flush()
        if not self.each:
            said = f"{_SENTENCE}: {self.done} văn bản, hồ sơ"
            write(self.system, "sample.year", None, self.flow.clock.now, sentence=said)


def _files(now: datetime) -> tuple[int, int]:
    """What opens for everything of the year: one page, and the same page digitally signed."""
    page = simulated(now)
    signed = sign(page, signer="Chữ ký mô phỏng", organisation="Tỉnh mẫu Sơn Hải", at=now)
    ids = [store(stream=BytesIO(content), name="mo-phong.pdf", now=now).pk for content in (page, signed)]
    for pk in ids:
        read_signatures(stored_id=pk)
    return ids[0], ids[1]
