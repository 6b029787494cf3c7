"""Many rows at once: COPY with the columns and defaults of the models, and tables without their indexes meanwhile."""

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.db import connection, models

_FOREIGN_KEYS = """
SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
WHERE contype = 'f' AND conrelid::regclass::text = ANY(%s) ORDER BY conname
"""
_IDS = "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)"
_INDEXES = """
SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index i
WHERE indrelid::regclass::text = ANY(%s)
  AND NOT EXISTS (SELECT 1 FROM pg_constraint c WHERE c.conindid = i.indexrelid) ORDER BY 1
"""


class Rows:
    """Lines of one table waiting to be copied. `varying` are the columns that `add` is given, in that order; all others
    hold the model's default, or what `fixed` says. Texts must be free of tabs, line ends and backslashes."""

    def __init__(self, model: type[models.Model], varying: Iterable[str], **fixed: Any):
        self.model = model
        self.lines: list[str] = []
        names = [field.attname for field in model._meta.concrete_fields]
        given = tuple(varying)
        assert set(given) | set(fixed) <= set(names), (set(given) | set(fixed)) - set(names)
        rest = [field for field in model._meta.concrete_fields if field.attname not in given]
        self.columns = [*given, *(field.attname for field in rest)]
        constants = [_text(fixed.get(field.attname, field.get_default())).replace("%", "%%") for field in rest]
        self.line = "\t".join(["%s"] * len(given) + constants) + "\n"
        self.block = 0
        self.ahead: list[int] = []
        self.ids_of: Rows | None = None  # other lines of the same table, which give the ids
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT coalesce(max(id), 0) FROM {model._meta.db_table}")  # noqa: S608 - a table's name
            self.last_id = cursor.fetchone()[0]

    def share_ids(self, block: int) -> None:
        """From now on acts write to the table as well: so many ids at a time are taken from the database."""
        self.settle()
        self.block = block

    def next_id(self) -> int:
        if self.ids_of:
            return self.ids_of.next_id()
        if self.block:
            if not self.ahead:
                with connection.cursor() as cursor:
                    cursor.execute(_IDS, [self.model._meta.db_table, self.block])
                    self.ahead = [row[0] for row in reversed(cursor.fetchall())]
            return self.ahead.pop()
        self.last_id += 1
        return self.last_id

    def add(self, *values: Any) -> None:
        """One line; None is written `\\N` by the caller."""
        self.lines.append(self.line % values)

    def put(self, row: models.Model) -> None:
        """One line from a whole row, where `varying` is every column; its id is taken when it has none."""
        if row.pk is None:
            row.pk = self.next_id()
        self.lines.append("\t".join([_text(getattr(row, name)) for name in self.columns]) + "\n")

    def flush(self) -> None:
        """Send what waits."""
        if not self.lines:
            return
        statement = f"COPY {self.model._meta.db_table} ({', '.join(self.columns)}) FROM STDIN"
        with connection.cursor() as cursor, cursor.copy(statement) as copy:
            copy.write("".join(self.lines).encode())
        self.lines.clear()

    def settle(self) -> None:
        """Let the next id that an act takes be a new one."""
        self.flush()
        if self.block or self.ids_of:
            return
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT setval(pg_get_serial_sequence(%s, 'id'), greatest(%s, 1))",
                [self.model._meta.db_table, self.last_id],
            )


def _text(value: Any) -> str:
    if value is None:
        return "\\N"
    if isinstance(value, bool):
        return "t" if value else "f"
    if isinstance(value, list):
        return "{" + ",".join(map(str, value)) + "}"
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False).replace("\\", "\\\\")
    if isinstance(value, date):
        return value.isoformat()
    return str(value)


def whole(model: type[models.Model]) -> Rows:
    """Lines of a table that are put as whole rows."""
    return Rows(model, [field.attname for field in model._meta.concrete_fields])


@contextmanager
def without_indexes(tables: list[str]) -> Iterator[None]:
    """Take foreign keys and plain indexes (not primary keys and unique constraints) away from these tables and put the
    same ones back afterwards: checking and sorting once is many times quicker than a million times. Inside a
    transaction only, so that nobody ever sees the tables without them."""
    assert connection.in_atomic_block
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(_FOREIGN_KEYS, [tables])
        keys = cursor.fetchall()
        for table, name, _ in keys:
            cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
        cursor.execute(_INDEXES, [tables])
        indexes = cursor.fetchall()
        for name, _ in indexes:
            cursor.execute(f"DROP INDEX {name}")
    yield
    with connection.cursor() as cursor:
        for _, definition in indexes:
            cursor.execute(definition)
        for table, name, definition in keys:
            cursor.execute(f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {definition}')
        cursor.execute("ANALYZE " + ", ".join(tables))
