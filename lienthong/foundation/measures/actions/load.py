"""Load many counted records at once: nothing is noticed row by row meanwhile, everything is counted at the end."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date

from django.db import connection

from lienthong.foundation.measures.actions.settle import rebuild

_TRIGGERS = r"""
SELECT tgrelid::regclass::text, tgname FROM pg_trigger
WHERE NOT tgisinternal AND tgname LIKE 'touch\_%%' AND tgrelid::regclass::text = ANY(%s) ORDER BY 1, 2
"""


@contextmanager
def loading(tables: Sequence[str], since: date, until: date) -> Iterator[None]:
    """Changes of these tables are not noticed within; afterwards `since` up to, without, `until` is counted anew, which must hold every
    day of what was loaded. Inside a transaction only: nobody else writes to the tables meanwhile, so nothing passes unseen."""
    assert connection.in_atomic_block
    with connection.cursor() as cursor:
        cursor.execute(_TRIGGERS, [list(tables)])
        triggers = cursor.fetchall()
    _switch(triggers, "DISABLE")
    yield
    _switch(triggers, "ENABLE")
    with connection.cursor() as cursor:
        # The planner knows nothing yet of what was loaded, and would look up a million rows one by one.
        cursor.execute("ANALYZE")
    rebuild(since, until)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE measures_tally")


def _switch(triggers: Sequence[tuple[str, str]], how: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # a table with checks that wait cannot be altered
        for table, name in triggers:
            cursor.execute(f'ALTER TABLE {table} {how} TRIGGER "{name}"')
