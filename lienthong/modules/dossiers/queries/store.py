"""The store of results: what the viewer's agency issued or holds a dossier for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from lienthong.foundation.access.terms import Scope, Seated
from lienthong.kit.text import vn_fold
from lienthong.modules.citizens import queries as citizens
from lienthong.modules.dossiers import queries
from lienthong.modules.dossiers.models import Dossier, KeptResult

PAGE = 50
COUNT_LIMIT = 1_000
STATES = ("", "con", "het", "thu-hoi")  # all, holds, ended, revoked


@dataclass(frozen=True, slots=True)
class Page:
    """One page, newest first; `readable` are the ids of the dossiers on it that the viewer may open."""

    rows: Sequence[KeptResult]
    readable: set[int]
    number: int
    total: int
    more: bool

    @property
    def first(self) -> int:
        return (self.number - 1) * PAGE + 1 if self.rows else 0

    @property
    def last(self) -> int:
        return (self.number - 1) * PAGE + len(self.rows)


def results(viewer: Seated) -> QuerySet[KeptResult]:
    """The results within the viewer's sight: issued by its agency, or out of a dossier that its agency received, decided or
    co-ordinated; with a narrower right, out of the dossiers that the viewer handles."""
    scope = viewer.scope(queries.READ)
    if scope is None:
        return KeptResult.objects.none()
    if scope == Scope.PROVINCE:
        return KeptResult.objects.all()
    if scope == Scope.BRANCH:
        return KeptResult.objects.filter(
            Q(agency__path__startswith=viewer.agency_path) | Q(dossier__in=queries.dossiers(viewer).values("pk"))
        )
    if scope == Scope.AGENCY:
        ids = [viewer.agency_id, *viewer.custody]
        held = Q(decider__in=ids) | Q(received_by__in=ids) | Q(coordinator__in=ids)
        ours = Exists(
            Dossier.objects.filter(held, pk=OuterRef("dossier_id"))
        )  # asked row by row: the newest page is found at once
        return KeptResult.objects.filter(Q(agency__in=ids) | Q(ours))
    return KeptResult.objects.filter(dossier__in=queries.held_by(viewer))


def result_for(viewer: Seated, pk: int) -> KeptResult:
    """One result within the viewer's sight; KeptResult.DoesNotExist otherwise."""
    return results(viewer).select_related("agency", "applicant", "stored", "dossier", "document").get(pk=pk)


def of_applicant(viewer: Seated, applicant_id: int) -> list[KeptResult]:
    """The results of one applicant within the viewer's sight, under every row that was merged into it, newest first."""
    rows = results(viewer).filter(applicant__in=citizens.ids_of(applicant_id))
    return list(rows.select_related("agency", "dossier").order_by("-issued_on", "-id")[:100])


def page(viewer: Seated, words: str, state: str, today: date, number: int) -> Page:
    """A search by number or code (as written, whole or from its beginning), by name of the applicant without diacritics, or by
    name of the result; narrowed to what holds, has ended or was revoked."""
    rows = _in_state(results(viewer), state, today)
    if words.strip():
        rows = _matching(rows, words.strip())
    start = (number - 1) * PAGE
    found = list(rows.select_related("agency", "applicant", "dossier", "stored").order_by("-id")[start : start + PAGE])
    total = rows.order_by()[: COUNT_LIMIT + 1].count() if number > 1 or len(found) == PAGE else len(found)
    ids = [row.dossier_id for row in found if row.dossier_id is not None]
    readable = set(queries.dossiers(viewer).filter(pk__in=ids).values_list("pk", flat=True))
    return Page(found, readable, number, min(total, COUNT_LIMIT), total > COUNT_LIMIT)


def _in_state(rows: QuerySet[KeptResult], state: str, today: date) -> QuerySet[KeptResult]:
    if state == "con":
        return rows.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=today), revoked_at__isnull=True)
    if state == "het":
        return rows.filter(valid_to__lt=today, revoked_at__isnull=True)
    if state == "thu-hoi":
        return rows.filter(revoked_at__isnull=False)
    return rows


def _matching(rows: QuerySet[KeptResult], text: str) -> QuerySet[KeptResult]:
    if any(char.isdigit() for char in text):
        return rows.filter(
            Q(number__istartswith=text) | Q(code__iexact=text) | Q(dossier__code=text.upper()) | Q(dossier__code__endswith=text.upper())
        )  # fmt: skip
    for word in vn_fold(text).split():
        rows = rows.filter(applicant__folded__contains=word)
    return rows
