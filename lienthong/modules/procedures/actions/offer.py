"""Say which agency decides a procedure, from when until when."""

from datetime import date, datetime

from django.db import transaction

from lienthong.foundation.access.rules import require
from lienthong.foundation.access.terms import Actor
from lienthong.foundation.organizations import queries as organizations
from lienthong.foundation.trail.actions.write import write
from lienthong.kit.refusal import N_, Refused
from lienthong.modules.procedures.models import Offering, Procedure


@transaction.atomic
def offer(*, procedure_id: int, agency_ids: list[int], valid_from: date, actor: Actor, now: datetime) -> list[Offering]:
    """These agencies decide the procedure from a day on; those that do already are left as they are. Refused for an
    agency that is not of this installation or has ended by then."""
    require(actor, "procedures.edit")
    procedure = Procedure.objects.select_for_update(no_key=True).get(pk=procedure_id)
    found = organizations.agencies(valid_from, here_only=True).filter(pk__in=agency_ids)
    agencies = list(found.order_by("id"))
    if len(agencies) != len(set(agency_ids)):
        raise Refused(N_("Chỉ cơ quan đang làm việc trên hệ thống này mới nhận được thủ tục."))
    doing = set(
        Offering.objects.filter(procedure=procedure, agency__in=agencies, valid_to__isnull=True).values_list(
            "agency_id", flat=True
        )
    )
    made = Offering.objects.bulk_create(
        Offering(procedure=procedure, agency=agency, valid_from=valid_from)
        for agency in agencies
        if agency.pk not in doing
    )
    if made:
        names = ", ".join(row.agency.name for row in made)
        write(
            actor, "procedures.offer", procedure, now,
            sentence=f"giao thủ tục {procedure.code} cho {names[:300]} từ ngày {valid_from:%d/%m/%Y}",
        )  # fmt: skip
    return made
