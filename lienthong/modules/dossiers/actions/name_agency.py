"""Say which agency is competent for a dossier that waits because nobody knew."""

from datetime import datetime

from django.db import transaction

from lienthong.foundation.access.terms import Seated
from lienthong.foundation.organizations import queries as organizations
from lienthong.foundation.outbox.actions.put import put
from lienthong.foundation.trail.actions.write import write
from lienthong.foundation.work.actions.close_item import close_item
from lienthong.kit.dates import VIETNAM
from lienthong.kit.refusal import N_, Refused
from lienthong.modules.dossiers import queries, rules
from lienthong.modules.dossiers.actions.count import count
from lienthong.modules.dossiers.actions.make_slip import make_slip, receipt_content
from lienthong.modules.dossiers.actions.receive import begin, set_clock
from lienthong.modules.dossiers.actions.take_number import dossier_code
from lienthong.modules.dossiers.facts import ApplicantToBeTold
from lienthong.modules.dossiers.models import Dossier
from lienthong.modules.dossiers.terms import DossierState, SlipKind
from lienthong.modules.procedures import queries as procedures


@transaction.atomic
def name_agency(
    *, dossier_id: int, agency_id: int, actor: Seated, now: datetime, due_by_hand: datetime | None = None
) -> Dossier:
    """The dossier gets its competent agency, its code and its receipt, and the clock by the rule from now."""
    dossier = queries.locked_dossier(actor, "dossiers.receive", dossier_id)
    rules.require_state(dossier.state, {DossierState.UNCLEAR}, N_("xác định cơ quan giải quyết"))
    today = now.astimezone(VIETNAM).date()
    agency = organizations.agency(agency_id)
    if agency.valid_to is not None and agency.valid_to <= today:
        raise Refused(N_("{agency} đã thôi hoạt động. Chọn cơ quan kế thừa."), agency=agency.name)
    dossier.decider = agency
    dossier.process = procedures.process_for(dossier.version.procedure_id, agency.pk, today)
    dossier.code = dossier.foreign_code or dossier_code(dossier.received_by_id, now)
    set_clock(dossier, now=now, by_hand=due_by_hand)
    if dossier.item_id:
        close_item(item_ids=[dossier.item_id], outcome=agency.name, now=now)
        dossier.item = None
    dossier.save()
    given = begin(dossier=dossier, actor=actor, now=now)
    make_slip(
        dossier=dossier, kind=SlipKind.RECEIPT, content=receipt_content(dossier, queries.papers(dossier.pk)), actor=actor,
        now=now,
    )  # fmt: skip
    count(dossier, ("received", f"received_{dossier.channel}"), now, actor.post_id)
    put(ApplicantToBeTold(dossier_id=dossier.pk, about="received", once=f"received-{dossier.pk}"), *given)
    write(actor, "dossiers.name_agency", dossier, now, sentence=f"xác định cơ quan giải quyết: {agency.name}")
    return dossier
