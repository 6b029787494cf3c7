"""Write down what came out: in the store of results, and as an official document with its own number where it is one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from lienthong.foundation.access.rules import require
from lienthong.foundation.access.terms import Seated
from lienthong.foundation.trail.actions.write import write
from lienthong.kit.dates import VIETNAM
from lienthong.kit.refusal import N_, Refused
from lienthong.modules.documents import queries as documents
from lienthong.modules.documents.actions.register_outgoing import register_outgoing
from lienthong.modules.documents.actions.set_matter import set_matter
from lienthong.modules.documents.rules import Attached, OutgoingDetails, Paper
from lienthong.modules.documents.terms import OutgoingState
from lienthong.modules.dossiers import queries, rules
from lienthong.modules.dossiers.models import Dossier, DossierDocument, KeptResult
from lienthong.modules.dossiers.terms import DONE, OPEN, DocumentRole, DossierState


@dataclass(frozen=True, slots=True)
class ResultDetails:
    """What the result is. `number` is empty where the document system gives it."""

    name: str
    code: str = ""
    number: str = ""
    issued_on: date | None = None
    valid_to: date | None = None
    stored_id: int | None = None
    file_name: str = ""


@transaction.atomic
def keep_result(*, dossier_id: int, result: ResultDetails, actor: Seated, now: datetime) -> KeptResult:
    """A result with a number of its own, e.g. a licence of a specialised system or an extract from a register."""
    dossier = queries.locked_dossier(actor, "dossiers.handle", dossier_id)
    _require_at_decider(dossier, actor)
    kept = _keep(dossier, result, now)
    write(
        actor,
        "dossiers.keep_result",
        dossier,
        now,
        sentence=f"ghi kết quả {kept.name}" + (f", số {kept.number}" if kept.number else ""),
    )
    return kept


@transaction.atomic
def release_result(
    *,
    dossier_id: int,
    result: ResultDetails,
    paper: Paper,
    details: OutgoingDetails,
    attached: Sequence[Attached],
    actor: Seated,
    now: datetime,
) -> KeptResult:
    """The result is an official document: it enters the agency's outgoing book, gets its number there, and stands in the dossier
    as well; from either side one sees the other."""
    dossier = queries.locked_dossier(actor, "dossiers.handle", dossier_id)
    _require_at_decider(dossier, actor)
    outgoing = register_outgoing(paper=paper, details=details, attached=attached, actor=actor, now=now)
    document = outgoing.document
    kept = _keep(dossier, result, now, number=document.code, document_id=document.pk)
    DossierDocument.objects.create(
        dossier=dossier, document=document, outgoing=outgoing, role=DocumentRole.RESULT, at=now
    )
    _tell_document(dossier, outgoing.pk, actor, now)
    write(actor, "dossiers.release_result", dossier, now, sentence=f"ban hành kết quả {document.code}")
    return kept


@transaction.atomic
def link_document(
    *, dossier_id: int, outgoing_id: int, role: DocumentRole, actor: Seated, now: datetime
) -> DossierDocument:
    """An outgoing document of the actor's agency that exists already (a submission, a letter for opinion) belongs to the dossier;
    from either side one sees the other. A second time changes nothing."""
    dossier = queries.locked_dossier(actor, "dossiers.handle", dossier_id)
    rules.require_state(dossier.state, {*OPEN, *DONE}, N_("gắn văn bản"))
    outgoing = documents.outgoing_for(actor, outgoing_id)
    if outgoing.agency_id != actor.agency_id or outgoing.state == OutgoingState.VOID:
        raise Refused(N_("Chỉ gắn văn bản do chính cơ quan ban hành và còn số."))
    if role == DocumentRole.RESULT:
        raise Refused(N_("Kết quả giải quyết được gắn khi ban hành kết quả."))
    linked, made = DossierDocument.objects.get_or_create(
        dossier=dossier, document_id=outgoing.document_id, defaults={"outgoing": outgoing, "role": role, "at": now}
    )
    if made:
        _tell_document(dossier, outgoing.pk, actor, now)
        write(actor, "dossiers.link_document", dossier, now, sentence=f"gắn văn bản {outgoing.document.code}")
    return linked


def _tell_document(dossier: Dossier, outgoing_id: int, actor: Seated, now: datetime) -> None:
    """The document's page says what it belongs to: code and procedure, nothing personal, for receivers read it too."""
    words = " ".join(filter(None, ("hồ sơ", dossier.code, f"({dossier.version.name[:200]})")))
    address = f"/lam-viec/ho-so/{dossier.pk}/"
    set_matter(outgoing_id=outgoing_id, words=words, address=address, actor=actor, now=now)


def _require_at_decider(dossier: Dossier, actor: Seated) -> None:
    require(
        actor,
        "dossiers.handle",
        agency_id=dossier.decider_id,
        post_ids=[run.item.holder_id for run in queries.open_runs(dossier.pk) if run.item],
    )
    rules.require_state(dossier.state, {DossierState.IN_PROGRESS, *DONE}, N_("ghi kết quả"))


def _keep(
    dossier: Dossier, result: ResultDetails, now: datetime, number: str = "", document_id: int | None = None
) -> KeptResult:
    today = now.astimezone(VIETNAM).date()
    issued_on = result.issued_on or today
    if not result.name.strip():
        raise Refused(N_("Cần ghi tên kết quả."))
    if issued_on > today:
        raise Refused(N_("Ngày cấp kết quả ở tương lai."))
    if result.valid_to is not None and result.valid_to < issued_on:
        raise Refused(N_("Kết quả hết giá trị trước ngày cấp: xem lại hai ngày."))
    return KeptResult.objects.create(
        dossier=dossier, applicant_id=dossier.applicant_id, code=result.code, name=result.name.strip()[:1000],
        number=(number or result.number).strip()[:80], agency_id=dossier.decider_id, document_id=document_id,
        stored_id=result.stored_id, file_name=result.file_name[:200], issued_on=issued_on, valid_to=result.valid_to,
        created_at=now,
    )  # fmt: skip


@transaction.atomic
def revoke_result(*, result_id: int, reason: str, actor: Seated, now: datetime) -> KeptResult:
    """The result holds no longer and is not reused; it stays readable."""
    kept = KeptResult.objects.select_for_update(of=("self",)).get(pk=result_id)
    require(actor, "dossiers.decide", agency_id=kept.agency_id)
    if not reason.strip():
        raise Refused(N_("Cần ghi lý do và căn cứ thu hồi."))
    if kept.revoked_at is None:
        kept.revoked_at, kept.revoke_reason = now, reason.strip()[:500]
        kept.save(update_fields=["revoked_at", "revoke_reason"])
        write(
            actor,
            "dossiers.revoke_result",
            kept,
            now,
            sentence=f"thu hồi kết quả {kept.number or kept.name}: {reason.strip()}",
        )
    return kept
