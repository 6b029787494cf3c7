"""Correct what is written about an agency; what has a history (name, superior) has acts of its own."""

from datetime import datetime

from django.db import transaction

from lienthong.foundation.access.rules import require
from lienthong.foundation.access.terms import Actor
from lienthong.foundation.organizations import rules
from lienthong.foundation.organizations.models import Agency
from lienthong.foundation.trail.actions.write import write


@transaction.atomic
def edit_agency(
    *, agency_id: int, short_name: str, place: str, address: str, email: str, phone: str, schedule_id: int | None,
    actor: Actor, now: datetime,
) -> Agency:  # fmt: skip
    """Set these details; `schedule_id` None means the default office hours. Nothing changed: no entry in the trail.

    A notation uses `short_name` from the next document on; documents keep what they were given.
    """
    agency = Agency.objects.select_for_update().get(pk=agency_id)
    require(actor, "organizations.edit", agency_id=agency_id)
    rules.require_alive(agency.name, agency.valid_to)
    wanted = {
        "short_name": short_name.strip(), "place": place.strip(), "address": address.strip(), "email": email.strip(),
        "phone": phone.strip(), "schedule_id": schedule_id,
    }  # fmt: skip
    changed = {name: [getattr(agency, name), value] for name, value in wanted.items() if getattr(agency, name) != value}
    if not changed:
        return agency
    for name, (_, value) in changed.items():
        setattr(agency, name, value)
    agency.save(update_fields=list(changed))
    write(
        actor,
        "organizations.edit_agency",
        agency,
        now,
        sentence=f"sửa thông tin cơ quan {agency.name}",
        details=changed,
    )
    return agency
