"""The lists of incoming and outgoing documents: filters, one page, counts that do not grow with history."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db import connection
from django.db.models import Count, Exists, Func, OuterRef, Q, QuerySet, TextField
from django.db.models.expressions import RawSQL

from lienthong.foundation.access.terms import Scope, Seated
from lienthong.kit.dates import VIETNAM, start_of_day
from lienthong.kit.text import vn_fold
from lienthong.modules.documents import queries
from lienthong.modules.documents.models import Assignment, Delivery, Document, Outgoing
from lienthong.modules.documents.terms import OPEN_INCOMING, IncomingState, OutgoingState

PAGE = 50
COUNT_LIMIT = 10_000


@dataclass(frozen=True, slots=True)
class Filter:
    """What a list is narrowed to; every field is optional. `since` and `until` are dates, both included."""

    tab: str = ""
    words: str = ""
    issuer: str = ""
    signer: str = ""
    type_code: str = ""
    unit_id: int | None = None
    agency_id: int | None = None
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list; `total` is counted up to COUNT_LIMIT (`more` says that it was cut)."""

    rows: list = field(default_factory=list)
    number: int = 1
    total: int = 0
    more: bool = False

    @property
    def first(self) -> int:
        return (self.number - 1) * PAGE + 1 if self.rows else 0

    @property
    def last(self) -> int:
        return (self.number - 1) * PAGE + len(self.rows)


class _Fold(Func):
    """The database's folding of a name, so that a filter ignores diacritics too."""

    function = "vn_fold"
    output_field = TextField()


def matching(rows: QuerySet, words: str, viewer: Seated) -> QuerySet:
    """Rows whose document holds these words one after another, with or without diacritics; `123/QĐ-UBND` finds that
    number. The index covers the text together with the agencies that hold the document.

    The documents are found first, the newest COUNT_LIMIT of them: how many a phrase brings is what the planner cannot
    know, and with a subquery it joined a million rows one by one.
    """
    folded = vn_fold(words)
    if not folded:
        return rows
    held = "AND holders @> ARRAY[%s]::bigint[]" if (viewer.scope(queries.READ) or 0) <= Scope.AGENCY else ""
    values = (folded, viewer.agency_id, COUNT_LIMIT) if held else (folded, COUNT_LIMIT)
    with connection.cursor() as cursor:
        cursor.execute(_FOUND.format(held=held), values)
        found = [row[0] for row in cursor.fetchall()]
    return rows.filter(document_id__in=RawSQL("SELECT unnest(%s::bigint[])", [found]))


_FOUND = f"""
SELECT id FROM {Document._meta.db_table} WHERE search @@ phraseto_tsquery('simple', %s) {{held}} ORDER BY id DESC LIMIT %s
"""  # noqa: S608 - constants


def _narrow(rows: QuerySet, wanted: Filter, viewer: Seated, moment: str) -> QuerySet:
    rows = matching(rows, wanted.words, viewer)
    if wanted.since:
        rows = rows.filter(**{f"{moment}__gte": start_of_day(wanted.since)})
    if wanted.until:
        rows = rows.filter(**{f"{moment}__lt": start_of_day(wanted.until) + timedelta(days=1)})
    if wanted.issuer:
        rows = rows.alias(issuer_folded=_Fold("document__issuer_name")).filter(
            issuer_folded__contains=vn_fold(wanted.issuer)
        )
    if wanted.signer:
        rows = rows.alias(signer_folded=_Fold("document__signer_name")).filter(
            signer_folded__contains=vn_fold(wanted.signer)
        )
    if wanted.agency_id:
        rows = rows.filter(agency_id=wanted.agency_id)
    if wanted.type_code:
        rows = rows.filter(document__type_code=wanted.type_code)
    return rows


def incoming_page(viewer: Seated, wanted: Filter, number: int, now: datetime) -> Page:
    """One page of the incoming documents the viewer may see, newest first, with the columns that a list shows. A fixed
    number of queries.

    An official's whole list is read from the end of the index of what was given to the post, latest given first.
    """
    if wanted == Filter() and viewer.scope(queries.READ) == Scope.OWN:
        return _given_page(viewer, number)
    seen = queries.open_incoming(viewer) if wanted.tab in _OPEN_TABS else queries.incoming(viewer)
    rows = queries.as_lines(_narrow(seen, wanted, viewer, "arrived_at"))
    if wanted.tab == "qua-han":
        rows = rows.filter(state__in=OPEN_INCOMING, due_at__lt=now)
    elif wanted.tab == "dang-xu-ly":
        rows = rows.filter(state__in=[IncomingState.ASSIGNED, IncomingState.IN_PROGRESS])
    elif wanted.tab in _INCOMING_TABS:
        rows = rows.filter(state=_INCOMING_TABS[wanted.tab])
    if wanted.unit_id:
        rows = rows.filter(Exists(Assignment.objects.filter(incoming_id=OuterRef("pk"), unit_id=wanted.unit_id)))
    return _page(rows.order_by("-arrived_at", "-id"), number, bool(vn_fold(wanted.words)))


def arrived_page(viewer: Seated, number: int) -> Page:
    """One page of what arrived and is not registered yet, whole rows: they are compared with what is there already."""
    rows = queries.open_incoming(viewer).select_related("register_item").filter(state=IncomingState.ARRIVED)
    return _page(rows.order_by("-arrived_at", "-id"), number)


_OPEN_TABS = {"cho-vao-so", "cho-phan-phoi", "dang-xu-ly", "qua-han"}
_INCOMING_TABS = {
    "cho-vao-so": IncomingState.ARRIVED,
    "cho-phan-phoi": IncomingState.REGISTERED,
    "hoan-thanh": IncomingState.FINISHED,
    "tra-lai": IncomingState.RETURNED,
    "thu-hoi": IncomingState.WITHDRAWN,
}


def incoming_counts(viewer: Seated, now: datetime, agency_id: int | None = None) -> dict[str, int]:
    """Tab → how many, for the tabs whose rows are work still to do: those stay few however long the history is. Of one
    agency when it is given."""
    rows = queries.open_incoming(viewer)
    if agency_id:
        rows = rows.filter(agency_id=agency_id)
    late = Count("pk", filter=Q(state__in=OPEN_INCOMING, due_at__lt=now))
    counted = rows.order_by().values("state").annotate(n=Count("pk"), late=late)
    found = {state: (n, late) for state, n, late in counted.values_list("state", "n", "late")}
    many = {state: found.get(state, (0, 0))[0] for state in IncomingState}
    return {
        "cho-vao-so": many[IncomingState.ARRIVED],
        "cho-phan-phoi": many[IncomingState.REGISTERED],
        "dang-xu-ly": many[IncomingState.ASSIGNED] + many[IncomingState.IN_PROGRESS],
        "qua-han": sum(late for _n, late in found.values()),
    }


def outgoing_page(viewer: Seated, wanted: Filter, number: int) -> Page:
    """One page of the outgoing documents the viewer may see, newest first."""
    rows = _narrow(queries.outgoing(viewer), wanted, viewer, "registered_at")
    if wanted.tab in _OUTGOING_TABS:
        rows = rows.filter(state=_OUTGOING_TABS[wanted.tab])
    if wanted.unit_id:
        rows = rows.filter(unit_id=wanted.unit_id)
    return _page(rows.order_by("-registered_at", "-id"), number)


_OUTGOING_TABS = {
    "cho-phat-hanh": OutgoingState.REGISTERED,
    "da-phat-hanh": OutgoingState.ISSUED,
    "thu-hoi": OutgoingState.RECALLED,
    "thay-the": OutgoingState.REPLACED,
    "huy-so": OutgoingState.VOID,
}


def waiting_to_issue(viewer: Seated) -> int:
    """How many registered documents are not sent yet; counted up to 1000."""
    return queries.outgoing(viewer).filter(state=OutgoingState.REGISTERED)[:1000].count()


def _page(rows: QuerySet, number: int, searched: bool = False) -> Page:
    """One page. Of a search of incoming documents the ids are found once, for the page and for the total."""
    start = (number - 1) * PAGE
    if searched:
        ids = list(rows.values_list("pk", flat=True)[: COUNT_LIMIT + 1])
        order = {pk: place for place, pk in enumerate(ids[start : start + PAGE])}
        found = sorted(queries.rows_by_id(list(order)), key=lambda row: order[row.pk])
        return Page(found, number, min(len(ids), COUNT_LIMIT), len(ids) > COUNT_LIMIT)
    found = list(rows[start : start + PAGE + 1])
    if len(found) <= PAGE and number == 1:
        return Page(found, 1, len(found))
    total = rows.order_by()[: COUNT_LIMIT + 1].values("pk").count()
    return Page(found[:PAGE], number, min(total, COUNT_LIMIT), total > COUNT_LIMIT)


def _given_page(viewer: Seated, number: int) -> Page:
    start = (number - 1) * PAGE
    ids = queries.latest_given(viewer, start, PAGE + 1)
    found = {row.pk: row for row in queries.rows_by_id(ids[:PAGE])}
    rows = [found[pk] for pk in ids[:PAGE] if pk in found]
    if len(ids) <= PAGE and number == 1:
        return Page(rows, 1, len(rows))
    total = queries.given_count(viewer, COUNT_LIMIT + 1)
    return Page(rows, number, min(total, COUNT_LIMIT), total > COUNT_LIMIT)


def receivers_of(outgoing_ids: list[int]) -> dict[int, int]:
    """Outgoing id → how many receivers, for rows that the caller has obtained. One query."""
    rows = Delivery.objects.filter(outgoing__in=outgoing_ids).values("outgoing_id").annotate(n=Count("pk"))
    return dict(rows.values_list("outgoing_id", "n"))


def progress(row: Outgoing) -> dict[str, int]:
    """Code → how many deliveries stand there, for an outgoing document that the caller has obtained."""
    rows = queries.deliveries(row).order_by().values("code").annotate(n=Count("pk"))
    return dict(rows.values_list("code", "n"))


def progress_by_tier(row: Outgoing) -> list[tuple[int, dict[str, int]]]:
    """(tier, code → how many), by tier."""
    found: dict[int, dict[str, int]] = {}
    rows = queries.deliveries(row).order_by().values("agency__tier", "code").annotate(n=Count("pk"))
    for tier, code, count in rows.values_list("agency__tier", "code", "n"):
        found.setdefault(tier, {})[code] = count
    return sorted(found.items())


def deliveries_page(row: Outgoing, *, tab: str, words: str, code: str | None, number: int) -> Page:
    """Deliveries with trouble first: returned, not arrived, arrived and not registered, then the rest by code."""
    rows = queries.deliveries(row)
    if tab == "can-xu-ly":
        rows = rows.filter(code__in=["", "01", "02"])
    elif tab == "ban-giay":
        rows = rows.filter(Q(paper_too=True) | Q(channel="paper"))
    for word in vn_fold(words).split():
        rows = rows.filter(agency__folded__contains=word)
    if code is not None:
        rows = rows.filter(code=code)
    trouble = RawSQL("CASE code WHEN '02' THEN 0 WHEN '' THEN 1 WHEN '01' THEN 2 ELSE 3 END", [])
    return _page(
        rows.annotate(trouble=trouble).order_by("trouble", "-code", "agency__tier", "agency__sort_key"), number
    )


def sent_within(row: Outgoing) -> dict[str, object]:
    """How quickly receivers registered: how many the same day, the median time, how many on paper besides."""
    found = queries.deliveries(row).filter(accepted_at__isnull=False).values_list("sent_at", "accepted_at")
    times = [(sent, accepted) for sent, accepted in found.order_by("accepted_at") if accepted is not None]
    waits = sorted(accepted - sent for sent, accepted in times)
    same_day = sum(
        1 for sent, accepted in times if sent.astimezone(VIETNAM).date() == accepted.astimezone(VIETNAM).date()
    )
    return {
        "same_day": same_day,
        "median": waits[len(waits) // 2] if waits else None,
        "paper": queries.deliveries(row).filter(paper_too=True).count(),
        "paper_only": queries.deliveries(row).filter(channel="paper").count(),
    }
