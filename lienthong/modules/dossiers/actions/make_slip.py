"""Make the printed papers of the one-stop: a number, and the values they are printed from."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from lienthong.foundation.access.terms import Actor, Seated
from lienthong.foundation.insert import insert
from lienthong.foundation.organizations import queries as organizations
from lienthong.foundation.organizations.terms import Tier
from lienthong.kit.dates import VIETNAM
from lienthong.modules.dossiers.actions.take_number import slip_number
from lienthong.modules.dossiers.models import Dossier, DossierPaper, Slip
from lienthong.modules.dossiers.queries.printed import heading_of
from lienthong.modules.dossiers.terms import PAPER_LABELS, PaperForm, ResultWay, SlipKind
from lienthong.modules.procedures.terms import TermUnit

if TYPE_CHECKING:
    from lienthong.foundation.organizations.models import Agency


def make_slip(
    *,
    dossier: Dossier,
    kind: SlipKind,
    content: Mapping[str, Any],
    actor: Actor,
    now: datetime,
    agency_id: int | None = None,
    reason: str = "",
) -> Slip:
    """Number the slip in the agency's row of its kind for the year and keep what it is printed from. A former slip of the kind
    that `replaces` names stays and leads to this one."""
    agency = (
        dossier.received_by if agency_id in {None, dossier.received_by_id} else organizations.agency(agency_id or 0)
    )
    number = slip_number(agency.pk, kind, now)
    slip = Slip(
        dossier=dossier, kind=kind, number=f"{number:02d}",
        content={
            "heading": heading_of(_counter_of(dossier, agency)), "signed": actor.post_id is not None, **applicant_of(dossier), **content,
        },
        at=now, by_name=actor.person_name, reason=reason[:1000],
    )  # fmt: skip
    insert(slip)
    return slip


def contact_of(actor: Seated, now: datetime) -> dict[str, str]:
    """Whom the applicant may ask about a supplement (form 02): the officer, with the telephone number kept of the officer."""
    today = now.astimezone(VIETNAM).date()
    people = organizations.people_in([actor.post_id], today).get(actor.post_id, [])
    phone = next((person.phone for person in people if person.pk == actor.person_id), "")
    return {"contact": actor.person_name, "contact_phone": phone}


def _counter_of(dossier: Dossier, agency: "Agency") -> "Agency":
    """A paper of the deciding agency bears the name of its own centre where that is the counter; the number is the
    agency's."""
    own = dossier.received_by
    return own if own.tier == Tier.SUBORDINATE and own.parent_id == agency.pk else agency


def applicant_of(dossier: Dossier) -> dict[str, Any]:
    """What every form says of the dossier and its owner, as it stands now."""
    return {
        "code": dossier.code or "",
        "name": dossier.applicant_name,
        "identity": dossier.identity,
        "address": dossier.address,
        "phone": dossier.phone,
        "email": dossier.email,
        "agent_name": dossier.agent_name,
        "agent_identity": dossier.agent_identity,
        "agent_phone": dossier.agent_phone,
        "agent_paper": dossier.agent_paper,
        "matter": dossier.matter,
        "procedure_code": dossier.version.procedure.code,
        "procedure": dossier.version.name,
        "received_by": dossier.received_by.name,
        "decider": dossier.decider.name if dossier.decider else "",
        "received_at": moment(dossier.received_at),
    }


def receipt_content(dossier: Dossier, papers: list[DossierPaper]) -> dict[str, Any]:
    """What the receipt says beyond that (form 01, 03/2025/TT-VPCP)."""
    return {
        "papers": [line(paper) for paper in papers],
        "copies": dossier.copies,
        "amount": f"{dossier.amount.normalize():f}" if dossier.amount is not None else "",
        "unit": str(TermUnit(dossier.unit)),
        "due_at": moment(dossier.due_at),
        "result_way": str(ResultWay(dossier.result_way)),
        "result_address": dossier.result_address,
        "receiver": dossier.receiver_name,
    }


def line(paper: DossierPaper) -> dict[str, Any]:
    """One line of the list of papers."""
    return {
        "name": paper.name, "form": str(PAPER_LABELS[PaperForm(paper.form)]), "originals": paper.originals, "copies": paper.copies,
        "note": paper.note,
    }  # fmt: skip


def moment(at: datetime | None) -> str:
    """A time as slips keep it: ISO, Viet Nam's time, to the minute; "" for none."""
    return at.astimezone(VIETNAM).isoformat(timespec="minutes") if at else ""
