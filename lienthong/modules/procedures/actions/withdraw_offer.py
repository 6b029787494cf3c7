"""An agency no longer decides a procedure."""

from datetime import date, datetime

from django.db import transaction

from lienthong.foundation.access.rules import require
from lienthong.foundation.access.terms import Actor
from lienthong.foundation.trail.actions.write import write
from lienthong.kit.refusal import N_, Refused
from lienthong.modules.procedures.models import Offering


@transaction.atomic
def withdraw_offer(*, offering_id: int, valid_to: date, actor: Actor, now: datetime) -> Offering:
    """`valid_to` is the first day on which it no longer does; dossiers received before finish there."""
    require(actor, "procedures.edit")
    row = Offering.objects.select_for_update(of=("self",)).select_related("procedure", "agency").get(pk=offering_id)
    if row.valid_to is not None:
        raise Refused(N_("{agency} đã thôi làm thủ tục này."), agency=row.agency.name)
    if valid_to <= row.valid_from:
        raise Refused(N_("Ngày thôi phải sau ngày bắt đầu."))
    row.valid_to = valid_to
    row.save(update_fields=["valid_to"])
    write(
        actor, "procedures.withdraw_offer", row.procedure, now,
        sentence=f"{row.agency.name} thôi làm thủ tục {row.procedure.code} từ ngày {valid_to:%d/%m/%Y}",
    )  # fmt: skip
    return row
