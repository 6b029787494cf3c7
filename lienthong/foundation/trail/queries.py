"""Reading the trail back: the history of a record, and whether the chains still hold."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from django.db import connection, models

from lienthong.foundation.access.terms import Actor, Scope
from lienthong.foundation.trail.models import Anchor, Entry
from lienthong.kit.dates import start_of_day
from lienthong.kit.refusal import N_

_LINE = re.compile(r"^(\d+) (\d+) ([0-9a-f]{64})$")


def history(subjects: list[models.Model], limit: int = 200) -> list[Entry]:
    """What happened to these records, newest first. The caller has already obtained the records as a viewer."""
    where = models.Q()
    for subject in subjects:
        where |= models.Q(subject_kind=subject._meta.label_lower, subject_id=subject.pk)
    return list(Entry.objects.filter(where).order_by("-id")[:limit]) if subjects else []


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the page of the trail is narrowed to. `who` is part of a person's, post's or agency's name of the moment,
    `words` part of the sentence, `subject` a record ("documents.incoming", 15); `since` and `until` are included."""

    who: str = ""
    verb: str = ""
    words: str = ""
    since: date | None = None
    until: date | None = None
    subject_kind: str = ""
    subject_id: int | None = None


def entries(viewer: Actor, wanted: Wanted, *, before: int | None = None) -> models.QuerySet[Entry]:
    """What the viewer may read of the trail, newest first: its agency's chain (with those it has custody of), or
    everything. `before` is the `place` of the last entry already shown (its `no` in one chain, else its id)."""
    scope = viewer.scope("trail.read")
    found = Entry.objects.all()
    by = place_of(viewer)
    own = viewer.agency_id
    if scope is None or (scope != Scope.PROVINCE and own is None):
        return found.none()
    if scope != Scope.PROVINCE and own is not None:
        found = found.filter(chain__in=[own, *viewer.custody]) if viewer.custody else found.filter(chain=own)
    if before is not None:
        found = found.filter(**{f"{by}__lt": before})
    return _narrow(found, wanted).order_by(f"-{by}")


def place_of(viewer: Actor) -> str:
    """The column that orders what this viewer reads: one chain by its own numbers, which an index gives in order."""
    return "id" if viewer.scope("trail.read") == Scope.PROVINCE or viewer.custody else "no"


def _narrow(found: models.QuerySet[Entry], wanted: Wanted) -> models.QuerySet[Entry]:
    if wanted.who:
        found = found.filter(models.Q(person_name__icontains=wanted.who) | models.Q(post_name__icontains=wanted.who))
    if wanted.verb:
        found = found.filter(verb=wanted.verb)
    if wanted.words:
        found = found.filter(sentence__icontains=wanted.words)
    if wanted.since:
        found = found.filter(at__gte=start_of_day(wanted.since))
    if wanted.until:
        found = found.filter(at__lt=start_of_day(wanted.until + timedelta(days=1)))
    if wanted.subject_kind:
        found = found.filter(subject_kind=wanted.subject_kind, subject_id=wanted.subject_id)
    return found


def recent_verbs(viewer: Actor, among: int = 20_000) -> list[str]:
    """Which verbs stand among the newest entries that the viewer may read."""
    newest = entries(viewer, Wanted())[:among]
    return sorted(set(newest.values_list("verb", flat=True)))


@dataclass(frozen=True, slots=True)
class Broken:
    """An entry that does not fit its chain; `why` is a key of `WHY`."""

    chain: int
    no: int
    why: str


WHY = {
    "number": N_("số thứ tự không liền mạch"),
    "previous": N_("không khớp với dòng trước"),
    "hash": N_("nội dung đã bị sửa"),
    "end": N_("dòng cuối chuỗi bị mất hoặc bị thay"),
    "anchor": N_("khác với mốc đã ghi trong cơ sở dữ liệu"),
    "file": N_("khác với mốc đã ghi ra tệp"),
    "no_file": N_("mốc không có trong tệp mốc của ngày đó"),
    "bad_file": N_("tệp mốc có dòng không đọc được"),
}
LIMIT = 100

_VERIFY = """
SELECT chain, no,
       CASE WHEN no <> place THEN 'number'
            WHEN previous <> coalesce(before, ''::bytea) THEN 'previous'
            ELSE 'hash' END AS why
FROM (SELECT t.*, t AS e, row_number() OVER w AS place, lag(hash) OVER w AS before
      FROM trail_entry t WHERE %(chain)s::bigint IS NULL OR chain = %(chain)s
      WINDOW w AS (PARTITION BY chain ORDER BY no)) x
WHERE no <> place OR previous <> coalesce(before, ''::bytea)
   OR hash <> sha256(convert_to(trail_canonical(e), 'UTF8'))
ORDER BY chain, no LIMIT %(limit)s
"""

_ENDS = """
SELECT coalesce(c.chain, t.chain), coalesce(c.last_no, t.no)
FROM trail_chain c
FULL JOIN (SELECT DISTINCT ON (chain) chain, no, hash FROM trail_entry ORDER BY chain, no DESC) t ON t.chain = c.chain
WHERE (c.last_no IS DISTINCT FROM t.no OR c.last_hash IS DISTINCT FROM t.hash)
  AND (%(chain)s::bigint IS NULL OR coalesce(c.chain, t.chain) = %(chain)s)
ORDER BY 1 LIMIT %(limit)s
"""

_ANCHORS = """
SELECT a.chain, a.no FROM trail_anchor a LEFT JOIN trail_entry t ON t.chain = a.chain AND t.no = a.no
WHERE t.hash IS DISTINCT FROM a.hash AND (%(chain)s::bigint IS NULL OR a.chain = %(chain)s)
ORDER BY 1, 2 LIMIT %(limit)s
"""


def verify(chain: int | None = None) -> tuple[int, list[Broken]]:
    """How many entries were checked, and those that do not hold (at most LIMIT of each sort); one chain or all."""
    wanted = {"chain": chain, "limit": LIMIT}
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM trail_entry WHERE %(chain)s::bigint IS NULL OR chain = %(chain)s", wanted)
        total = cursor.fetchone()[0]
        cursor.execute(_VERIFY, wanted)
        broken = [Broken(*row) for row in cursor.fetchall()]
        cursor.execute(_ENDS, wanted)
        broken += [Broken(chain, no, "end") for chain, no in cursor.fetchall()]
        cursor.execute(_ANCHORS, wanted)
        broken += [Broken(chain, no, "anchor") for chain, no in cursor.fetchall()]
    return total, broken


def verify_files(folder: Path) -> tuple[int, list[Broken]]:
    """The same against the anchor files (`actions.anchor`), which lie outside the database: whoever rewrites a chain
    together with its anchors there does not reach these. How many lines were read, and what does not hold."""
    written: dict[tuple[int, int], str] = {}
    broken: list[Broken] = []
    days: dict[str, set[tuple[int, int]]] = {}
    for path in sorted(folder.glob("*.txt")):
        for line in path.read_text(encoding="ascii", errors="replace").splitlines():
            match = _LINE.match(line)
            if match is None:
                broken.append(Broken(0, 0, "bad_file"))
                continue
            key = (int(match[1]), int(match[2]))
            if written.setdefault(key, match[3]) != match[3]:
                broken.append(Broken(*key, "file"))
            days.setdefault(path.stem, set()).add(key)
    keys = list(written)
    for start in range(0, len(keys), 1000):
        broken += _unlike({key: written[key] for key in keys[start : start + 1000]})
    for day, chain, no in Anchor.objects.order_by("day", "chain").values_list("day", "chain", "no"):
        if (chain, no) not in days.get(f"{day:%Y-%m-%d}", set()):
            broken.append(Broken(chain, no, "no_file"))
    return len(written), broken[:LIMIT]


def _unlike(written: dict[tuple[int, int], str]) -> list[Broken]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT w.chain, w.no FROM unnest(%s::bigint[], %s::bigint[], %s::text[]) AS w(chain, no, hash) "
            "LEFT JOIN trail_entry t ON t.chain = w.chain AND t.no = w.no "
            "WHERE encode(t.hash, 'hex') IS DISTINCT FROM w.hash ORDER BY 1, 2",
            [[chain for chain, _ in written], [no for _, no in written], list(written.values())],
        )
        return [Broken(chain, no, "file") for chain, no in cursor.fetchall()]


def last_anchor() -> date | None:
    """The day of the newest anchor."""
    return Anchor.objects.order_by("-day").values_list("day", flat=True).first()
