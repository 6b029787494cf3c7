"""Questions about applicants: asked by a desk that receives, or through a dossier that the caller has obtained."""

from django.db import connection

from lienthong.foundation.access.rules import require
from lienthong.foundation.access.terms import Seated
from lienthong.kit.text import vn_fold
from lienthong.modules.citizens.models import Applicant, Identity
from lienthong.modules.citizens.terms import IdentityScheme

READ = "citizens.read"
_ORDER = [IdentityScheme.PERSONAL, IdentityScheme.BUSINESS, IdentityScheme.AGENCY, IdentityScheme.PASSPORT]


def applicant(pk: int) -> Applicant:
    """One applicant, or the one it was merged into; Applicant.DoesNotExist when there is none."""
    row = Applicant.objects.get(pk=pk)
    for _ in range(20):
        if row.merged_into_id is None:
            return row
        row = Applicant.objects.get(pk=row.merged_into_id)
    return row


def ids_of(applicant_id: int) -> list[int]:
    """The ids under which dossiers and results of an applicant stand: its own and those that were merged into it."""
    found, newest = {applicant_id}, {applicant_id}
    while newest:
        newest = set(Applicant.objects.filter(merged_into__in=newest).values_list("pk", flat=True)) - found
        found |= newest
    return sorted(found)


def by_number(scheme: str, number: str) -> Applicant | None:
    """Whom a number names now."""
    found = Identity.objects.filter(scheme=scheme, number=number).first()
    return applicant(found.applicant_id) if found else None


_NUMBER = """
SELECT number FROM citizens_identity WHERE applicant_id = %s ORDER BY coalesce(array_position(%s::varchar[], scheme), 99), id LIMIT 1
"""


def number_of(applicant_id: int) -> str:
    """The number to write on papers: the personal or business one before the others; "" for none."""
    with connection.cursor() as cursor:
        cursor.execute(_NUMBER, [applicant_id, [str(scheme) for scheme in _ORDER]])
        row = cursor.fetchone()
    return row[0] if row else ""


def identities(applicant_id: int) -> list[Identity]:
    """All numbers of an applicant."""
    return list(Identity.objects.filter(applicant=applicant_id).order_by("id"))


def find(viewer: Seated, words: str, limit: int = 10) -> list[Applicant]:
    """Applicants by a number (whole) or by name without diacritics; for a desk only. Merged rows do not come."""
    require(viewer, READ, agency_id=viewer.agency_id)
    words = words.strip()
    digits = "".join(words.split()).upper()
    if any(char.isdigit() for char in digits):
        ids = Identity.objects.filter(number=digits).values("applicant_id")
        return [applicant(row.pk) for row in Applicant.objects.filter(pk__in=ids)[:limit]]
    folded = vn_fold(words)
    if len(folded) < 2:
        return []
    rows = Applicant.objects.filter(merged_into__isnull=True, folded__startswith=folded)
    return list(rows.order_by("folded", "id")[:limit])


def namesakes(viewer: Seated, row: Applicant, limit: int = 3) -> list[Applicant]:
    """Others of the same name, born on the same day: perhaps the same person under another number. None where the day of birth
    is not known; for a desk only."""
    require(viewer, READ, agency_id=viewer.agency_id)
    if row.born_on is None:
        return []
    same = Applicant.objects.filter(merged_into__isnull=True, folded=row.folded, born_on=row.born_on)
    return list(same.exclude(pk=row.pk).order_by("id")[:limit])
