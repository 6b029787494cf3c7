"""Correct the name of a unit."""

from datetime import datetime

from django.db import transaction

from lienthong.foundation.access.rules import require
from lienthong.foundation.access.terms import Actor
from lienthong.foundation.organizations import rules
from lienthong.foundation.organizations.models import Unit
from lienthong.foundation.trail.actions.write import write
from lienthong.kit.refusal import N_


@transaction.atomic
def edit_unit(*, unit_id: int, name: str, short_name: str, actor: Actor, now: datetime) -> Unit:
    """Name and the abbreviation that stands in the notation of official letters."""
    unit = Unit.objects.select_for_update().get(pk=unit_id)
    require(actor, "organizations.edit", agency_id=unit.agency_id)
    rules.require_alive(unit.name, unit.valid_to)
    before = unit.name
    unit.name, unit.short_name = rules.require_text(name, N_("Cần ghi tên đơn vị.")), short_name.strip()
    unit.save(update_fields=["name", "short_name"])
    write(actor, "organizations.edit_unit", unit, now, sentence=f"sửa đơn vị {before} thành {unit.name}")
    return unit
