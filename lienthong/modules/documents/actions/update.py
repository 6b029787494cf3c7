"""Change what is written of an issued document: a new version, which each receiver takes or refuses."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from lienthong.foundation.access.terms import Seated
from lienthong.foundation.trail.actions.write import write
from lienthong.kit.refusal import N_
from lienthong.modules.documents import queries, rules
from lienthong.modules.documents.actions.ask_receivers import ask_receivers
from lienthong.modules.documents.actions.put_on_record import attach
from lienthong.modules.documents.models import Document, DocumentFile, Outgoing
from lienthong.modules.documents.rules import Attached
from lienthong.modules.documents.terms import OutgoingState, Part, RequestKind


@dataclass(frozen=True, slots=True)
class Changes:
    """What may be corrected without a new number; None leaves the field as it is."""

    subject: str | None = None
    signer_name: str | None = None
    signer_position: str | None = None
    reply_by: date | None = None


@transaction.atomic
def update(
    *, outgoing_id: int, changes: Changes, attached: Sequence[Attached], reason: str, actor: Seated, now: datetime
) -> Outgoing:
    """Make a corrected version and ask the receivers to take it. The earlier version stays with every receiver who has
    not agreed; number and date never change. With files, they take the place of the earlier ones."""
    outgoing = queries.locked_outgoing(actor, "documents.issue", outgoing_id)
    rules.require_state(outgoing.state, {OutgoingState.ISSUED}, N_("cập nhật"))
    reason = rules.require_reason(reason)
    old = outgoing.document
    files = list(DocumentFile.objects.filter(document=old, removed_at__isnull=True))
    new = Document.objects.get(pk=old.pk)
    new.pk, new._state.adding, new.created_at = None, True, now
    for name in ("subject", "signer_name", "signer_position", "reply_by"):
        if (value := getattr(changes, name)) is not None:
            setattr(new, name, value)
    rules.require_complete(_as_paper(new), now.date())
    new.holders = [outgoing.agency_id]
    new.save(force_insert=True)
    attach(document=new, attached=attached or [Attached(file.stored_id, file.name, Part(file.part)) for file in files])
    outgoing.document = new
    outgoing.save(update_fields=["document"])
    asked = ask_receivers(
        outgoing=outgoing, kind=RequestKind.UPDATE, reason=reason, replacement=new, actor=actor, now=now
    )
    before = {name: str(getattr(old, name) or "") for name in ("subject", "signer_name", "signer_position", "reply_by")}
    after = {name: str(getattr(new, name) or "") for name in before}
    write(
        actor, "documents.update", outgoing, now, sentence=f"cập nhật, hỏi {asked} nơi nhận: {reason}",
        details={"before": before, "after": after},
    )  # fmt: skip
    return outgoing


def _as_paper(document: Document) -> rules.Paper:
    return rules.Paper(document.type_code, document.type_name, document.subject, document.issued_on)
