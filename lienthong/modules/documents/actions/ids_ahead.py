"""Ids of incoming documents before their rows: a debt can then say at once where it leads."""

from django.db import connection

_TAKE = "SELECT nextval(pg_get_serial_sequence('documents_incoming', 'id')) FROM generate_series(1, %s)"


def ids_ahead(count: int) -> list[int]:
    """So many ids for rows that the caller inserts in this transaction; an id that is not used is only skipped."""
    if not count:
        return []
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, [count])
        return [row[0] for row in cursor.fetchall()]
