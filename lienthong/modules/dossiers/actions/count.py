"""Count as it happens, for the boards; add the rows up now and then."""

from collections.abc import Iterable
from datetime import datetime

from django.db import connection, transaction

from lienthong.kit.dates import VIETNAM
from lienthong.modules.dossiers.models import Dossier, Tally


def count(dossier: Dossier, whats: Iterable[str], now: datetime, officer_id: int | None = None) -> None:
    """Add one to each of `whats` at the agency that decides (and, for what the counter does, at the one that received). Rows
    are only added, so that two acts at one agency never wait for each other."""
    day, rows = now.astimezone(VIETNAM).date(), []
    for what in whats:
        for side, agency_id in (("decider", dossier.decider_id), ("receiver", dossier.received_by_id)):
            if agency_id is not None:
                rows.append(
                    Tally(
                        side=side, agency_id=agency_id, field_id=dossier.field_id, officer_id=officer_id, day=day, what=what,
                        procedure_id=dossier.version.procedure_id, value=1,
                    )
                )  # fmt: skip
    Tally.objects.bulk_create(rows)


_ADD_UP = """
WITH gone AS (
  DELETE FROM dossiers_tally WHERE (side, agency_id, day) IN (
    SELECT side, agency_id, day FROM dossiers_tally GROUP BY side, agency_id, day HAVING count(*) > %s LIMIT %s)
  RETURNING side, agency_id, field_id, procedure_id, officer_id, day, what, value)
INSERT INTO dossiers_tally (side, agency_id, field_id, procedure_id, officer_id, day, what, value)
SELECT side, agency_id, field_id, procedure_id, officer_id, day, what, sum(value) FROM gone
GROUP BY side, agency_id, field_id, procedure_id, officer_id, day, what
"""
MANY = 200  # rows of one agency and day


@transaction.atomic
def add_up(limit: int = 1000) -> int:
    """Make one row of all rows of a key, where an agency's day has many. One statement: a reader sees either the many or the
    one. What acts add meanwhile is not seen and stays for the next time. Returns how many rows are left of those days."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('dossiers.add_up'))")
        cursor.execute(_ADD_UP, [MANY, limit])
        return cursor.rowcount
