"""Many rows at once: COPY with the columns and defaults of the models, and tables without their indexes meanwhile."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.db import connection, models

_FOREIGN_KEYS = """
SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
WHERE contype = 'f' AND conrelid::regclass::text = ANY(%s) ORDER BY conname
"""
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
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT coalesce(max(id), 0) FROM {model._meta.db_table}")  # noqa: S608 - a table's name
            self.last_id = cursor.fetchone()[0]

    def next_id(self) -> int:
        self.last_id += 1
        return self.last_id

    def add(self, *values: Any) -> None:
        """One line; None is written `\\N` by the caller."""
        self.lines.append(self.line % values)

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
    if isinstance(value, date):
        return value.isoformat()
    return str(value)


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
