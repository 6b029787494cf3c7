"""Registering incoming documents in one process, beside the same rows by bare psycopg in the same transactions."""

import time
from datetime import datetime

import psycopg
from django.db import connection

from bench import Result, Size, ground, median, rate, timed
from lienthong.foundation.access.terms import Actor
from lienthong.foundation.numbering import queries as numbering
from lienthong.foundation.numbering.actions.take import _TAKE
from lienthong.foundation.trail.models import Entry
from lienthong.foundation.work.models import Item
from lienthong.modules.documents.actions.enter_incoming import enter_incoming
from lienthong.modules.documents.models import Document, Incoming
from lienthong.modules.documents.rules import Paper
from lienthong.modules.documents.terms import Channel

ACTS = 150


def run(size: Size, say) -> list[Result]:
    """Rounds of both in turn, the median of each."""
    ground.use(size.small, say)
    (actor,) = ground.actors("clerk", 1)
    now = ground.now()
    first = int(time.time() * 1000)
    samples = [_enter(first, actor, now)]
    with psycopg.connect(ground.conninfo(size.small)) as bare:
        floor_of = _Floor(bare, samples[0])
        ours, floor = [], []
        for turn in range(1, size.rounds + 1):
            start = first + turn * ACTS
            ours.append(timed(lambda start=start: [_enter(start + at, actor, now) for at in range(ACTS)]))
            floor.append(timed(lambda: [floor_of.write() for _ in range(ACTS)]))
    return [rate("register_incoming", ACTS / median(ours), ACTS / median(floor), 0.35, "acts/s", size.rounds * ACTS)]


def _enter(number: int, actor: Actor, now: datetime) -> Incoming:
    paper = Paper(
        "CV", "Công văn", f"kiểm tra an toàn chịu lực công trình công cộng {number}", now.date(), number=str(number),
        notation="BXD-QLN", issuer_name="Bộ Xây dựng", place="Hà Nội", signer_name="Lý Tấn Phát", signer_position="Thứ trưởng", pages=3,
    )  # fmt: skip
    return enter_incoming(paper=paper, channel=Channel.PAPER, attached=(), arrived_at=now, actor=actor, now=now)


class _Floor:
    """Writes the rows of one act again and again: number, document, debt, incoming row, trail with its trigger."""

    def __init__(self, bare: psycopg.Connection, row: Incoming):
        self.bare, self.year = bare, row.year
        series = numbering.series_for(row.agency_id, "incoming")
        assert series is not None
        self.series = series.pk
        entry = Entry.objects.filter(subject_kind="documents.incoming", subject_id=row.pk).get()
        self.document = _insert(Document, row.document_id, ["id"])
        self.item = _insert(Item, row.distribute_item_id, ["id"])
        self.incoming = _insert(Incoming, row.pk, ["id", "document_id", "arrival_number", "distribute_item_id"])
        self.entry = _insert(Entry, entry.pk, ["id", "subject_id"])

    def write(self) -> None:
        with self.bare.cursor() as cursor, self.bare.transaction():
            number = cursor.execute(_TAKE, [self.series, self.year, 1]).fetchone()[0]
            document = self._one(cursor, self.document)
            item = self._one(cursor, self.item)
            incoming = self._one(cursor, self.incoming, document, number, item)
            self._one(cursor, self.entry, incoming)

    @staticmethod
    def _one(cursor, insert: tuple[str, list], *changing) -> int:
        statement, fixed = insert
        return cursor.execute(statement, [*changing, *fixed]).fetchone()[0]


def _insert(model, pk: int, changing: list[str]) -> tuple[str, list]:
    """The statement that writes such a row again, and the values that stay as they are; `changing` come first."""
    table = model._meta.db_table
    names = [field.column for field in model._meta.concrete_fields if field.column not in changing]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(names)} FROM {table} WHERE id = %s", [pk])
        fixed = list(cursor.fetchone())
    columns = [name for name in changing if name != "id"] + names
    marks = ", ".join(["%s"] * len(columns))
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks}) RETURNING id", fixed
