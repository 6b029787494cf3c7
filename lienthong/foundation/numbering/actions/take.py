"""Give out the next number of a book."""

from django.db import connection

_TAKE = """
INSERT INTO numbering_counter AS c (series_id, year, last) VALUES (%s, %s, %s)
ON CONFLICT (series_id, year) DO UPDATE SET last = c.last + EXCLUDED.last RETURNING last
"""


def take(*, series_id: int, year: int, count: int = 1) -> int:
    """The next number of the series in the year, starting from 1 on 1 January (30/2020/NĐ-CP art. 15.1).

    With `count` > 1 that many numbers are taken and the last of them is returned. The counter's row stays locked
    until the caller's transaction ends: if that fails the number was never given, so there is no gap. Call it inside
    a transaction only.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("numbering.take outside a transaction would leave gaps")
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, [series_id, year, count])
        return cursor.fetchone()[0]
