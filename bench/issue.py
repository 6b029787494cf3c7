"""Issuing one document to 256 agencies, beside bare `executemany` of the same rows in one transaction."""

from io import BytesIO

import psycopg
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bench import Result, Size, below, duration, ground, median, timed
from lienthong.foundation.access.terms import Actor
from lienthong.foundation.files.actions.store import store
from lienthong.foundation.organizations.models import Agency
from lienthong.foundation.trail.models import Entry
from lienthong.foundation.work.models import Item
from lienthong.modules.documents.actions.issue import issue
from lienthong.modules.documents.actions.register_outgoing import register_outgoing
from lienthong.modules.documents.models import Delivery, DeliveryState, Document, Incoming, Outgoing
from lienthong.modules.documents.rules import Attached, OutgoingDetails, Paper, Recipient

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
RECEIVERS = 256


def run(size: Size, say) -> list[Result]:
    """Rounds of both in turn; then the number of statements for 256 receivers against that for two."""
    ground.use(size.small, say)
    (actor,) = ground.actors("clerk", 1)
    others = Agency.objects.filter(is_here=True).exclude(pk=actor.agency_id).order_by("pk")
    receivers = list(others.values_list("pk", flat=True)[:RECEIVERS])
    ours, floor = [], []
    with psycopg.connect(ground.conninfo(size.small)) as bare:
        for turn in range(size.rounds + 1):
            row = _registered(actor)
            took = timed(lambda row=row: _issue(row, receivers, actor))
            copy = _Copy(bare, row, _registered(actor))
            again = timed(copy.write)
            if turn:  # the first one warms both
                ours.append(took)
                floor.append(again)
    per = 1e6 / len(receivers)
    statements = {count: _statements(actor, receivers[:count]) for count in (2, len(receivers))}
    many, few = statements[len(receivers)], statements[2]
    return [
        duration(
            "issue_256",
            median(ours) * per,
            median(floor) * per,
            0.25,
            "µs/delivery",
            size.rounds,
            f"{len(receivers)} receivers",
        ),
        below(
            "issue_statements_added",
            many - few,
            1,
            "statements",
            1,
            f"{many} for {len(receivers)} receivers, {few} for 2",
        ),
    ]


def _registered(actor: Actor) -> Outgoing:
    now = ground.now()
    file = Attached(store(stream=BytesIO(PDF), name="ke-hoach.pdf", now=now).pk, "ke-hoach.pdf")
    return register_outgoing(
        paper=Paper("KH", "", "chuyển đổi số năm sau", now.date()),
        details=OutgoingDetails(),
        attached=[file],
        actor=actor,
        now=now,
    )


def _issue(row: Outgoing, receivers: list[int], actor: Actor) -> None:
    issue(
        outgoing_id=row.pk,
        recipients=[Recipient(one) for one in receivers],
        to_places="",
        actor=actor,
        now=ground.now(),
    )


def _statements(actor: Actor, receivers: list[int]) -> int:
    row = _registered(actor)
    with CaptureQueriesContext(connection) as seen:
        _issue(row, receivers, actor)
    return len(seen)


def _rows(model, **where) -> tuple[list[str], list[tuple]]:
    names = [field.attname for field in model._meta.concrete_fields]
    return names, list(model.objects.filter(**where).order_by("pk").values_list(*names))


class _Copy:
    """The rows of one issue under new ids, ready to be written for another registered document."""

    def __init__(self, bare: psycopg.Connection, done: Outgoing, blank: Outgoing):
        self.bare, self.blank = bare, blank
        self.holders = Document.objects.get(pk=done.document_id).holders
        incoming = Incoming.objects.filter(delivery__outgoing_id=done.pk)
        parts = {
            Delivery: _rows(Delivery, outgoing_id=done.pk),
            DeliveryState: _rows(DeliveryState, delivery__outgoing_id=done.pk),
            Item: _rows(Item, pk__in=incoming.values("register_item_id")),
            Incoming: _rows(Incoming, delivery__outgoing_id=done.pk),
            Entry: _rows(Entry, subject_kind="documents.outgoing", subject_id=done.pk, verb="documents.issue"),
        }
        ids = {
            model: dict(zip([row[0] for row in rows], self._ids(model, len(rows)), strict=True))
            for model, (_, rows) in parts.items()
        }
        self.statements = [_statement(model, names) for model, (names, _) in parts.items()]
        self.rows = [[self._moved(model, names, row, ids) for row in rows] for model, (names, rows) in parts.items()]

    def _ids(self, model, count: int) -> list[int]:
        asked = "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)"
        with self.bare.transaction():
            return [row[0] for row in self.bare.execute(asked, [model._meta.db_table, count]).fetchall()]

    def _moved(self, model, names: list[str], row: tuple, ids: dict) -> list:
        values = dict(zip(names, row, strict=True))
        values["id"] = ids[model][values["id"]]
        if model is DeliveryState or model is Incoming:
            values["delivery_id"] = ids[Delivery][values["delivery_id"]]
        if model is Incoming:
            values |= {"document_id": self.blank.document_id, "register_item_id": ids[Item][values["register_item_id"]]}
        if model is Delivery:
            values["outgoing_id"] = self.blank.pk
        if model is Entry:
            values["subject_id"] = self.blank.pk
        return list(values.values())

    def write(self) -> None:
        with self.bare.transaction(), self.bare.cursor() as cursor:
            for statement, rows in zip(self.statements, self.rows, strict=True):
                cursor.executemany(statement, rows)
            cursor.execute(
                "UPDATE documents_document SET holders = %s WHERE id = %s", [self.holders, self.blank.document_id]
            )
            cursor.execute(
                "UPDATE documents_outgoing SET state = 'issued', issued_at = now() WHERE id = %s", [self.blank.pk]
            )


def _statement(model, names: list[str]) -> str:
    return f"INSERT INTO {model._meta.db_table} ({', '.join(names)}) VALUES ({', '.join(['%s'] * len(names))})"
