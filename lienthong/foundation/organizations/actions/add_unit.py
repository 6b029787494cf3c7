"""Enter a unit of an agency."""

from datetime import date, datetime

from django.db import transaction

from lienthong.foundation.access.rules import require
from lienthong.foundation.access.terms import Actor
from lienthong.foundation.organizations.models import Unit
from lienthong.foundation.trail.actions.write import write
from lienthong.kit.refusal import N_, Refused


@transaction.atomic
def add_unit(*, agency_id: int, name: str, short_name: str, valid_from: date, actor: Actor, now: datetime) -> Unit:
    """A division; its short name stands in the notation of official letters."""
    require(actor, "organizations.edit", agency_id=agency_id)
    if not name.strip():
        raise Refused(N_("Cần ghi tên đơn vị."))
    unit = Unit.objects.create(
        agency_id=agency_id, name=name.strip(), short_name=short_name.strip(), valid_from=valid_from,
        place_in_list=Unit.objects.filter(agency_id=agency_id).count(),
    )  # fmt: skip
    write(actor, "organizations.add_unit", unit, now, sentence=f"thêm đơn vị {unit.name}")
    return unit
