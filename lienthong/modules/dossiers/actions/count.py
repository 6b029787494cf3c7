"""Count as it happens, for the boards; add the rows up now and then."""

from collections.abc import Iterable
from datetime import datetime

from django.db import connection, transaction

from lienthong.kit.dates import VIETNAM
from lienthong.modules.dossiers.models import Dossier

_COUNT = """
INSERT INTO dossiers_tally (side, agency_id, procedure_id, officer_id, day, what, value)
SELECT side, agency, procedure, officer, %(day)s::date, what, 1
FROM unnest(%(sides)s::varchar[], %(agencies)s::bigint[], %(procedures)s::bigint[], %(officers)s::bigint[])
  AS key (side, agency, procedure, officer), unnest(%(whats)s::varchar[]) AS what
"""


def count(dossier: Dossier, whats: Iterable[str], now: datetime, officer_id: int | None = None) -> None:
    """Add one to each of `whats` for everybody who counts it (see `Tally`), in one statement. Rows are only added, so that two acts
    at one agency never wait for each other."""
    procedure = dossier.version.procedure_id
    keys: list[tuple[str, int, int | None, int | None]] = [("receiver", dossier.received_by_id, procedure, None)]
    if dossier.decider is not None:
        above = [int(part) for part in dossier.decider.path.split("/") if part]
        keys += [("decider", dossier.decider.pk, procedure, None), ("agency", dossier.decider.pk, None, None)]
        keys += [("branch", one, procedure, None) for one in above]
        if officer_id is not None:
            keys.append(("officer", dossier.decider.pk, None, officer_id))
    sides, agencies, procedures, officers = (list(column) for column in zip(*keys, strict=True))
    with connection.cursor() as cursor:
        cursor.execute(
            _COUNT,
            {
                "day": now.astimezone(VIETNAM).date(), "whats": list(whats), "sides": sides, "agencies": agencies,
                "procedures": procedures, "officers": officers,
            },
        )  # fmt: skip


_ADD_UP = """
WITH gone AS (
  DELETE FROM dossiers_tally WHERE (side, agency_id, day) IN (
    SELECT side, agency_id, day FROM dossiers_tally GROUP BY side, agency_id, day HAVING count(*) > %s LIMIT %s)
  RETURNING side, agency_id, procedure_id, officer_id, day, what, value)
INSERT INTO dossiers_tally (side, agency_id, procedure_id, officer_id, day, what, value)
SELECT side, agency_id, procedure_id, officer_id, day, what, sum(value) FROM gone
GROUP BY side, agency_id, procedure_id, officer_id, day, what
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
