"""Tie one more identifier to an agency."""

from datetime import date, datetime

from django.db import transaction

from lienthong.foundation.access.rules import require
from lienthong.foundation.access.terms import Actor
from lienthong.foundation.organizations import rules
from lienthong.foundation.organizations.actions.add_agency import add_identifier
from lienthong.foundation.organizations.models import Agency, Identifier
from lienthong.foundation.trail.actions.write import write
from lienthong.kit.refusal import N_


@transaction.atomic
def add_code(*, agency_id: int, code: str, valid_from: date, actor: Actor, now: datetime) -> Identifier:
    """Old form, new form or whatever others call it: any of them leads here (QĐ 20/2020/QĐ-TTg)."""
    agency = Agency.objects.get(pk=agency_id)
    require(actor, "organizations.edit", agency_id=agency_id)
    rules.require_alive(agency.name, agency.valid_to)
    code = rules.require_text(code, N_("Cần ghi mã định danh."), length=60)
    made = add_identifier(agency=agency, code=code, valid_from=valid_from)
    write(actor, "organizations.add_code", agency, now, sentence=f"thêm mã định danh {made.code} cho {agency.name}")
    return made
