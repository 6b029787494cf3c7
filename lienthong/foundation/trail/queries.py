"""Reading the trail back: the history of a record, and whether the chains still hold."""

from dataclasses import dataclass

from django.db import connection, models

from lienthong.foundation.trail.models import Entry


def history(subjects: list[models.Model], limit: int = 200) -> list[Entry]:
    """What happened to these records, newest first. The caller has already obtained the records as a viewer."""
    where = models.Q()
    for subject in subjects:
        where |= models.Q(subject_kind=subject._meta.label_lower, subject_id=subject.pk)
    return list(Entry.objects.filter(where).order_by("-id")[:limit]) if subjects else []


@dataclass(frozen=True, slots=True)
class Broken:
    """An entry whose hash, predecessor or number does not fit; `why` is for the operator."""

    chain: int
    no: int
    why: str


_VERIFY = """
SELECT chain, no,
       CASE WHEN no <> place THEN 'number'
            WHEN previous <> coalesce(before, ''::bytea) THEN 'previous'
            WHEN hash <> sha256(convert_to(trail_canonical(e), 'UTF8')) THEN 'hash' END AS why
FROM (SELECT t.*, t AS e, row_number() OVER w AS place, lag(hash) OVER w AS before
      FROM trail_entry t WINDOW w AS (PARTITION BY chain ORDER BY no)) x
WHERE no <> place OR previous <> coalesce(before, ''::bytea)
   OR hash <> sha256(convert_to(trail_canonical(e), 'UTF8'))
ORDER BY chain, no LIMIT 100
"""

_ENDS = """
SELECT c.chain, c.last_no, coalesce(max(t.no), 0)
FROM trail_chain c LEFT JOIN trail_entry t ON t.chain = c.chain GROUP BY c.chain, c.last_no
HAVING c.last_no <> coalesce(max(t.no), 0)
"""

_ANCHORS = """
SELECT a.chain, a.no FROM trail_anchor a LEFT JOIN trail_entry t ON t.chain = a.chain AND t.no = a.no
WHERE t.hash IS DISTINCT FROM a.hash ORDER BY 1, 2 LIMIT 100
"""


def verify() -> tuple[int, list[Broken]]:
    """How many entries were checked, and those that do not hold (at most 100)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM trail_entry")
        total = cursor.fetchone()[0]
        cursor.execute(_VERIFY)
        broken = [Broken(*row) for row in cursor.fetchall()]
        cursor.execute(_ENDS)
        broken += [Broken(chain, last, "missing at the end") for chain, last, _ in cursor.fetchall()]
        cursor.execute(_ANCHORS)
        broken += [Broken(chain, no, "differs from its anchor") for chain, no in cursor.fetchall()]
    return total, broken
