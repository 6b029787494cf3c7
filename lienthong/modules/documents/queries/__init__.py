"""Questions about documents. Every one that returns rows takes the viewer and returns only what that viewer may see."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import connection
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Left

from lienthong.foundation.access.rules import Forbidden, allows
from lienthong.foundation.access.terms import Scope, Seated
from lienthong.foundation.work import queries as work
from lienthong.kit.refusal import N_
from lienthong.modules.documents.models import (
    Assignment,
    Delivery,
    DeliveryState,
    Document,
    DocumentFile,
    Incoming,
    Instruction,
    Note,
    Outgoing,
    RecipientList,
    Reply,
    SenderRequest,
)
from lienthong.modules.documents.terms import OPEN_INCOMING, IncomingState

if TYPE_CHECKING:
    from lienthong.foundation.organizations.models import Agency

READ = "documents.read"
OPEN = (IncomingState.ARRIVED, *OPEN_INCOMING)


def _within(viewer: Seated, verb: str, prefix: str = "") -> Q | None:
    """Rows of the agencies that the viewer's scope covers, with what ended predecessors left; None when the scope is
    narrower than an agency."""
    scope = viewer.scope(verb)
    if scope is None:
        return Q(pk__in=[])
    if scope == Scope.PROVINCE:
        return Q()
    if scope == Scope.BRANCH:
        return Q(**{f"{prefix}agency__path__startswith": viewer.agency_path})
    if scope == Scope.AGENCY and viewer.custody:
        return Q(**{f"{prefix}agency_id__in": [viewer.agency_id, *viewer.custody]})
    if scope == Scope.AGENCY:
        return Q(**{f"{prefix}agency_id": viewer.agency_id})
    return None


def _assigned(viewer: Seated, verb: str) -> QuerySet:
    """Ids of the incoming documents that a viewer with a narrow scope reaches: those given to its post or, in the scope
    of a unit, to the unit; and those whose debt was handed over to its post. Each part is found through an index, so
    it grows with the viewer's own work, not with the installation."""
    given = Assignment.objects.filter(post_id=viewer.post_id)
    if viewer.scope(verb) == Scope.UNIT and viewer.unit_id is not None:
        given = Assignment.objects.filter(
            Q(post_id=viewer.post_id) | Q(unit_id=viewer.unit_id) | Q(post__unit_id=viewer.unit_id)
        )
    taken_over = Assignment.objects.filter(item__in=work.taken_over(viewer))
    return given.values("incoming_id").union(taken_over.values("incoming_id"))


def latest_given(viewer: Seated, start: int, count: int) -> list[int]:
    """Incoming ids of what was given to the viewer's own post or taken over by it, the latest given first; read from
    the end of an index, whatever the history."""
    rows = Assignment.objects.filter(_own(viewer)).order_by("-id")
    return list(rows.values_list("incoming_id", flat=True)[start : start + count])


def _own(viewer: Seated) -> Q:
    """Assignments given to the viewer's own post or taken over by it."""
    mine = Q(post_id=viewer.post_id)
    if taken := list(work.taken_over(viewer).values_list("item_id", flat=True)):
        mine |= Q(item__in=taken)  # asked apart: it is rare, and it costs the order of the index
    return mine


def as_lines(rows: QuerySet[Incoming]) -> QuerySet[Incoming]:
    """The same rows with the columns that a line of a list shows: the others cost more than the question."""
    return rows.select_related(None).select_related("document").only(*_LINE)


_LINE = (
    "arrival_number", "arrived_at", "assigned_to", "state", "due_at", "ended_at",
    "document__number", "document__notation", "document__issued_on", "document__issuer_name", "document__urgency",
    "document__type_name", "document__subject",
)  # fmt: skip


def rows_by_id(ids: list[int]) -> QuerySet[Incoming]:
    """The rows of ids that came from `latest_given`, with what a list shows of them."""
    return as_lines(Incoming.objects.filter(pk__in=ids))


def given_count(viewer: Seated, most: int) -> int:
    """How many documents were given to the viewer's own post, counted up to `most`."""
    return Assignment.objects.filter(post_id=viewer.post_id)[:most].count()


def incoming(viewer: Seated, verb: str = READ) -> QuerySet[Incoming]:
    """The incoming documents that the viewer may see."""
    rows = Incoming.objects.select_related("document", "agency").defer("document__body")
    within = _within(viewer, verb)
    if within is not None:
        return rows.filter(within)
    return rows.filter(pk__in=_assigned(viewer, verb))


def open_incoming(viewer: Seated) -> QuerySet[Incoming]:
    """Those of `incoming` on which something is still to be done. Found from the agency's open documents, which stay
    few, and not from all that a post was ever given."""
    rows = Incoming.objects.select_related("document", "agency").defer("document__body").filter(state__in=OPEN)
    within = _within(viewer, READ)
    if within is not None:
        return rows.filter(within)
    lines = Assignment.objects.filter(incoming_id=OuterRef("pk"))
    mine = _own(viewer)
    if viewer.scope(READ) == Scope.UNIT and viewer.unit_id is not None:
        mine |= Q(unit_id=viewer.unit_id) | Q(post__unit_id=viewer.unit_id)
    return rows.filter(Exists(lines.filter(mine)), agency_id__in=[viewer.agency_id, *viewer.custody])


def outgoing(viewer: Seated, verb: str = READ) -> QuerySet[Outgoing]:
    """The outgoing documents that the viewer may see: the agency's, the unit's, or those the post registered or
    that answer something assigned to it."""
    rows = Outgoing.objects.select_related("document", "agency", "unit").defer("document__body")
    within = _within(viewer, verb)
    if within is not None:
        return rows.filter(within)
    mine = Q(registered_by_id=viewer.post_id) | Q(
        Exists(Reply.objects.filter(outgoing_id=OuterRef("pk"), incoming__in=_assigned(viewer, verb)))
    )
    if viewer.scope(verb) == Scope.UNIT and viewer.unit_id is not None:
        mine |= Q(unit_id=viewer.unit_id)
    return rows.filter(mine, agency_id=viewer.agency_id)


def incoming_for(viewer: Seated, incoming_id: int, verb: str = READ) -> Incoming:
    """One incoming document, or Incoming.DoesNotExist: what may not be seen does not exist."""
    return incoming(viewer, verb).select_related("delivery").get(pk=incoming_id)


def outgoing_for(viewer: Seated, outgoing_id: int, verb: str = READ) -> Outgoing:
    """One outgoing document, or Outgoing.DoesNotExist: what may not be seen does not exist."""
    return outgoing(viewer, verb).get(pk=outgoing_id)


def locked_incoming(actor: Seated, verb: str, incoming_id: int) -> Incoming:
    """Obtain and permit: the row, locked until the transaction ends, or a refusal."""
    row = (
        Incoming.objects.select_for_update(of=("self",))
        .select_related("document", "agency")
        .defer("document__body")
        .get(pk=incoming_id)
    )
    posts = (
        []
        if (actor.scope(verb) or 0) >= Scope.AGENCY
        else Assignment.objects.filter(incoming=row).values_list("post_id", "post__unit_id")
    )
    _permit(actor, verb, row.agency, [post for post, _ in posts], [unit for _, unit in posts if unit])
    return row


def locked_outgoing(actor: Seated, verb: str, outgoing_id: int) -> Outgoing:
    """Obtain and permit an outgoing document: the row, locked until the transaction ends."""
    row = (
        Outgoing.objects.select_for_update(of=("self",))
        .select_related("document", "agency", "unit")
        .defer("document__body")
        .get(pk=outgoing_id)
    )
    _permit(actor, verb, row.agency, [row.registered_by_id], [row.unit_id] if row.unit_id else [])
    return row


def locked_assignment(actor: Seated, verb: str, assignment_id: int) -> Assignment:
    """An assignment together with its incoming document, both locked."""
    row = Assignment.objects.select_related("item", "post", "unit").get(pk=assignment_id)
    row.incoming = (
        Incoming.objects.select_for_update(of=("self",))
        .select_related("document", "agency")
        .defer("document__body")
        .get(pk=row.incoming_id)
    )
    _permit(actor, verb, row.incoming.agency, [row.item.holder_id], [row.unit_id] if row.unit_id else [])
    return row


def _permit(actor: Seated, verb: str, agency: "Agency", posts: list[int], units: list[int]) -> None:
    if not allows(actor, verb, agency_id=agency.pk, agency_path=agency.path, post_ids=posts, unit_ids=units):
        raise Forbidden(
            N_("Chức danh đang dùng không có quyền làm việc này với văn bản. Đổi chức danh ở đầu trang nếu có.")
        )


def files_of(viewer: Seated, row: Incoming | Outgoing) -> list[DocumentFile]:
    """The files of a document that the caller has obtained as this viewer; a withdrawn one has none any more."""
    if isinstance(row, Incoming) and row.state == IncomingState.WITHDRAWN:
        return []
    return list(
        DocumentFile.objects.filter(document_id=row.document_id, removed_at__isnull=True).select_related("stored")
    )


def file_for(viewer: Seated, file_id: int) -> DocumentFile:
    """A file whose document the viewer may read, on either side; DocumentFile.DoesNotExist otherwise."""
    file = DocumentFile.objects.select_related("stored").get(pk=file_id, removed_at__isnull=True)
    held = (
        incoming(viewer).filter(document_id=file.document_id).exclude(state=IncomingState.WITHDRAWN).exists()
        or outgoing(viewer).filter(document_id=file.document_id).exists()
    )
    if not held:
        raise DocumentFile.DoesNotExist
    return file


_IN_YEAR = "coalesce(extract(year FROM d.issued_on) = %(year)s, true)"
_SAME = """
SELECT i.id FROM documents_incoming i JOIN documents_document d ON d.id = i.document_id
WHERE i.agency_id = %(agency_id)s AND i.state <> 'returned' AND ({same}) ORDER BY i.id DESC LIMIT 5
"""


def duplicates(
    agency_id: int,
    *,
    code_folded: str,
    issuer_id: int | None,
    issuer_name: str,
    exchange_id: str,
    issued_on: date | None,
) -> list[Incoming]:
    """What the agency already has with the same identifier, or the same number, notation and issuer
    (30/2020/NĐ-CP annex VI, part I, III.1.h). Numbers begin anew every year (art. 15.1): what was issued in another year is
    another document."""
    same = []
    if exchange_id:
        same.append("d.exchange_id = %(exchange_id)s")
    if code_folded:
        by = "d.issuer_id = %(issuer_id)s" if issuer_id else "upper(d.issuer_name) = upper(%(issuer_name)s)"
        same.append(f"(d.code_folded = %(code_folded)s AND {by} AND {_IN_YEAR})")
    if not same:
        return []
    # Asked at every registration, and nearly always answered with nothing: the rows are fetched only when there are some.
    with connection.cursor() as cursor:
        cursor.execute(
            _SAME.format(same=" OR ".join(same)),
            {
                "agency_id": agency_id, "exchange_id": exchange_id, "code_folded": code_folded, "issuer_id": issuer_id,
                "issuer_name": issuer_name, "year": issued_on.year if issued_on else None,
            },
        )  # fmt: skip
        found = [row[0] for row in cursor.fetchall()]
    if not found:
        return []
    return list(Incoming.objects.select_related("document").filter(pk__in=found).order_by("-id"))


def instructions(row: Incoming) -> list[Instruction]:
    """The leaders' notes on a document that the caller has obtained, oldest first."""
    return list(Instruction.objects.filter(incoming=row).order_by("id"))


def assignments(row: Incoming) -> list[Assignment]:
    """All lines of who does what, leaders first, each with its debt."""
    order = {"lead": 0, "support": 1, "inform": 2}
    rows = Assignment.objects.filter(incoming=row).select_related("post", "unit", "item").order_by("id")
    return sorted(rows, key=lambda line: order[line.role])


def my_assignment(viewer: Seated, row: Incoming) -> Assignment | None:
    """The viewer's own open line, else its last one: by the debt, which may have been handed over to it."""
    mine = (
        Assignment.objects.filter(incoming=row)
        .filter(Q(item__holder_id=viewer.post_id))
        .select_related("item", "unit", "post")
    )
    return mine.filter(done_at__isnull=True).first() or mine.order_by("-id").first()


def notes(row: Incoming) -> list[Note]:
    """The handling notes of a document that the caller has obtained, newest first."""
    return list(Note.objects.filter(incoming=row).select_related("stored").order_by("-id"))


def replies_to(row: Incoming) -> list[Outgoing]:
    """Outgoing documents of the same agency that answer this one."""
    return list(
        Outgoing.objects.select_related("document").filter(
            pk__in=Reply.objects.filter(incoming=row).values("outgoing_id")
        )
    )


def answered_by(row: Outgoing) -> list[Incoming]:
    """Incoming documents of the same agency that this one answers."""
    return list(
        Incoming.objects.select_related("document").filter(
            pk__in=Reply.objects.filter(outgoing=row).values("incoming_id")
        )
    )


def open_requests(row: Incoming) -> list[SenderRequest]:
    """What its sender asks and nobody has answered yet."""
    return list(
        SenderRequest.objects.filter(incoming=row, answered_at__isnull=True)
        .select_related("replacement")
        .order_by("id")
    )


def open_request(row: Incoming, request_id: int) -> SenderRequest:
    """One of them; SenderRequest.DoesNotExist when it is not of this document or answered already."""
    return SenderRequest.objects.select_related("replacement").get(
        pk=request_id, incoming=row, answered_at__isnull=True
    )


def requests_of(row: Outgoing) -> list[SenderRequest]:
    """What the issuer asked of its receivers, with their answers."""
    return list(SenderRequest.objects.filter(delivery__outgoing=row).select_related("delivery").order_by("-id"))


def deliveries(row: Outgoing) -> QuerySet[Delivery]:
    """The deliveries of an outgoing document that the caller has obtained."""
    return Delivery.objects.filter(outgoing=row).select_related("agency")


def delivery_states(delivery_id: int) -> list[DeliveryState]:
    """Every code that a delivery went through, oldest first."""
    return list(DeliveryState.objects.filter(delivery_id=delivery_id).order_by("id"))


def overdue(viewer: Seated, now: datetime) -> QuerySet[Incoming]:
    """Open documents within the viewer's sight whose deadline has passed."""
    return incoming(viewer).filter(state__in=["registered", "assigned", "in_progress"], due_at__lt=now)


def duplicates_of(row: Incoming) -> list[Incoming]:
    """What the same agency already holds that looks like this row."""
    document = row.document
    known = duplicates(
        row.agency_id,
        code_folded=document.code_folded,
        issuer_id=document.issuer_id,
        issuer_name=document.issuer_name,
        exchange_id=document.exchange_id,
        issued_on=document.issued_on,
    )
    return [other for other in known if other.pk != row.pk]


def body_of(row: Incoming | Outgoing, limit: int = 20_000) -> str:
    """The text read out of the files, for the "as text" view of a document that the caller has obtained."""
    return Document.objects.filter(pk=row.document_id).values_list(Left("body", limit), flat=True).first() or ""


def duplicates_among(rows: list[Incoming]) -> dict[int, list[Incoming]]:
    """For a page of arrived rows of one agency: row id → what looks like it. One query for the whole page."""
    if not rows:
        return {}
    documents = [row.document for row in rows]
    same = Q(document__code_folded__in=[one.code_folded for one in documents if one.code_folded])
    same |= Q(document__exchange_id__in=[one.exchange_id for one in documents if one.exchange_id])
    near = list(
        Incoming.objects.select_related("document")
        .defer("document__body")
        .filter(same, agency_id=rows[0].agency_id)
        .exclude(state=IncomingState.RETURNED)
        .order_by("-id")[:500]
    )
    return {row.pk: [other for other in near if other.pk != row.pk and _alike(row, other)] for row in rows}


def _alike(one: Incoming, other: Incoming) -> bool:
    a, b = one.document, other.document
    if a.exchange_id and a.exchange_id == b.exchange_id:
        return True
    if not a.code_folded or a.code_folded != b.code_folded:
        return False
    if a.issued_on and b.issued_on and a.issued_on.year != b.issued_on.year:
        return False
    return a.issuer_id == b.issuer_id if a.issuer_id else a.issuer_name.lower() == b.issuer_name.lower()


def recipient_lists(viewer: Seated) -> list[RecipientList]:
    """The saved lists of the viewer's agency, each with `size` members."""
    return list(
        RecipientList.objects.filter(agency_id=viewer.agency_id).annotate(size=Count("members")).order_by("name")
    )


def list_ended(viewer: Seated, list_id: int, today: date) -> list[str]:
    """Names of the members of a saved list that have ended: nothing can be sent to them any more."""
    members = RecipientList.objects.filter(pk=list_id, agency_id=viewer.agency_id, members__valid_to__lte=today)
    return list(members.order_by("members__name").values_list("members__name", flat=True))


def list_members(viewer: Seated, list_id: int) -> list[int]:
    """Agency ids of a saved list of the viewer's agency."""
    return list(RecipientList.objects.filter(pk=list_id, agency_id=viewer.agency_id).values_list("members", flat=True))
