"""Register a signed document of one's own agency: here it gets its number and notation."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from django.db import transaction

from lienthong.foundation.access.rules import require
from lienthong.foundation.access.terms import Seated
from lienthong.foundation.codes import queries as codes
from lienthong.foundation.numbering import queries as numbering
from lienthong.foundation.numbering import rules as numbering_rules
from lienthong.foundation.numbering.actions.take import take
from lienthong.foundation.numbering.actions.use_reserved import use_reserved
from lienthong.foundation.organizations import queries as organizations
from lienthong.foundation.trail.actions.write import write
from lienthong.kit.dates import VIETNAM
from lienthong.kit.refusal import N_, Refused
from lienthong.modules.documents import queries, rules
from lienthong.modules.documents.actions.put_on_record import put_on_record
from lienthong.modules.documents.models import Outgoing, Reply
from lienthong.modules.documents.rules import Attached, OutgoingDetails, Paper
from lienthong.modules.documents.terms import DOCUMENT_TYPES


@transaction.atomic
def register_outgoing(
    *,
    paper: Paper,
    details: OutgoingDetails,
    attached: Sequence[Attached],
    actor: Seated,
    now: datetime,
    form_key: str | None = None,
) -> Outgoing:
    """Enter a signed document into the outgoing book (30/2020/NĐ-CP art. 15, 16).

    The agency's book for the type gives the number (or spends a reserved one) and the notation; a failure later in
    the act gives the number back. The same `form_key` a second time returns the first registration.
    """
    require(actor, "documents.register", agency_id=actor.agency_id)
    if form_key and (known := Outgoing.objects.filter(form_key=form_key, agency_id=actor.agency_id).first()):
        return known
    today = now.astimezone(VIETNAM).date()
    rules.require_complete(paper, today)
    rules.require_main_file(attached)
    agency = organizations.agency(actor.agency_id)
    unit = organizations.unit_of(agency.pk, details.unit_id) if details.unit_id else None
    series = numbering.series_for(agency.pk, "outgoing", paper.type_code)
    if series is None:
        raise Refused(N_("Cơ quan chưa có sổ văn bản đi cho loại này. Mở trang Dãy số văn bản để lập sổ."))
    kind = codes.entry(DOCUMENT_TYPES, paper.type_code)
    notation = numbering_rules.notation(
        series.pattern, type_short=kind.short, agency=agency.short_name, unit=unit.short_name if unit else ""
    )
    year = (paper.issued_on or today).year
    if details.reserved_number is not None:
        ordinal = use_reserved(series_id=series.pk, year=year, number=details.reserved_number, now=now)
    else:
        if year != today.year:
            raise Refused(N_("Ngày văn bản thuộc năm {year}: sổ năm đó đã khóa, chỉ dùng được số đã giữ."), year=year)
        ordinal = take(series_id=series.pk, year=year)
    identifier = organizations.codes_of([agency.pk]).get(agency.pk, str(agency.pk))
    paper = replace(
        paper, type_name=kind.name, issuer_id=agency.pk, issuer_name=agency.name, number=numbering_rules.written(ordinal),
        notation=notation, issued_on=paper.issued_on or today, place=paper.place or agency.place,
        exchange_id=rules.exchange_id(identifier, year, series.pk, ordinal),
    )  # fmt: skip
    document = put_on_record(paper=paper, holders=[agency.pk], attached=attached, now=now)
    outgoing = Outgoing.objects.create(
        document=document, agency=agency, unit=unit, series=series, year=year, ordinal=ordinal, registered_by_id=actor.post_id,
        registered_at=now, copies=details.copies, archive_holder=details.archive_holder, to_places=details.to_places,
        note=details.note, form_key=form_key,
    )  # fmt: skip
    link_replies(outgoing=outgoing, incoming_ids=details.replies_to, actor=actor)
    write(actor, "documents.register", outgoing, now, sentence=f"đăng ký văn bản đi, số {document.code}")
    return outgoing


def link_replies(*, outgoing: Outgoing, incoming_ids: Sequence[int], actor: Seated) -> None:
    """Note which incoming documents this one answers; only those the actor may read can be named."""
    known = queries.incoming(actor).filter(pk__in=incoming_ids, agency_id=outgoing.agency_id)
    Reply.objects.bulk_create([Reply(outgoing=outgoing, incoming=row) for row in known], ignore_conflicts=True)
