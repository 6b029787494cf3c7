"""End an identifier."""

from datetime import date, datetime

from django.db import transaction

from lienthong.foundation.access.rules import require
from lienthong.foundation.access.terms import Actor
from lienthong.foundation.organizations import rules
from lienthong.foundation.organizations.models import Identifier
from lienthong.foundation.trail.actions.write import write


@transaction.atomic
def close_code(*, code_id: int, on: date, actor: Actor, now: datetime) -> Identifier:
    """We no longer write it from `on`; what still arrives under it is understood all the same. It is never given to
    another agency."""
    row = Identifier.objects.select_for_update(of=("self",)).select_related("agency").get(pk=code_id)
    require(actor, "organizations.edit", agency_id=row.agency_id)
    rules.require_alive(row.code, row.valid_to)
    rules.require_after(on, row.valid_from)
    row.valid_to = on
    row.save(update_fields=["valid_to"])
    write(actor, "organizations.close_code", row.agency, now, sentence=f"đóng mã định danh {row.code}")
    return row
