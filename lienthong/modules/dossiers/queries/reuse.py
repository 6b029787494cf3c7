"""Results of the store that may stand in for papers, and what a counter receives most."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models import Q, Sum

from lienthong.foundation.access.terms import Seated
from lienthong.modules.citizens import queries as citizens
from lienthong.modules.dossiers.models import KeptResult, Tally
from lienthong.modules.procedures import queries as procedures

if TYPE_CHECKING:
    from lienthong.modules.procedures.models import Version


def of_applicant(applicant_id: int, codes: Iterable[str], on: date) -> dict[str, KeptResult]:
    """Code → the applicant's newest result of it that holds on that day and was not revoked."""
    rows = KeptResult.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=on),
        applicant__in=citizens.ids_of(applicant_id),
        code__in=list(codes),
        revoked_at__isnull=True,
    )
    return {row.code: row for row in rows.select_related("stored").order_by("issued_on", "id")}


def frequent(viewer: Seated, now: datetime, limit: int = 8) -> list[Version]:
    """What the viewer's counter received most in the last month, as it is in force today."""
    since = now.date() - timedelta(days=30)
    rows = Tally.objects.filter(side="receiver", agency_id=viewer.agency_id, what="received", day__gte=since)
    ids = [row["procedure_id"] for row in rows.values("procedure_id").annotate(n=Sum("value")).order_by("-n")[:limit]]
    found = {version.procedure_id: version for version in procedures.catalogue(now.date()).filter(procedure__in=ids)}
    return [found[pk] for pk in ids if pk in found]
