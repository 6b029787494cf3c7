"""Put an agency, with all below it, under another one."""

from datetime import date, datetime

from django.db import transaction

from lienthong.foundation.access.rules import require
from lienthong.foundation.access.terms import Actor
from lienthong.foundation.organizations import rules
from lienthong.foundation.organizations.actions.keep_past import keep_past
from lienthong.foundation.organizations.models import Agency
from lienthong.foundation.organizations.terms import Tier
from lienthong.foundation.trail.actions.write import write
from lienthong.kit.dates import VIETNAM, vn_date
from lienthong.kit.refusal import N_, Refused


@transaction.atomic
def move_agency(
    *, agency_id: int, parent_id: int | None, tier: int, on: date, legal_basis: str, actor: Actor, now: datetime
) -> Agency:
    """From `on` the agency stands under `parent_id` (None: under nobody), at this tier."""
    agency = Agency.objects.select_for_update().get(pk=agency_id)
    require(actor, "organizations.edit", agency_id=agency_id)
    rules.require_alive(agency.name, agency.valid_to)
    rules.require_begun(on, now.astimezone(VIETNAM).date())
    legal_basis = rules.require_text(legal_basis, N_("Cần ghi căn cứ: số, ngày của quyết định."))
    if (agency.parent_id, agency.tier) == (parent_id, tier):
        raise Refused(N_("Cơ quan đang ở đúng vị trí này."))
    parent = Agency.objects.select_for_update().get(pk=parent_id) if parent_id else None
    place_below(agency, parent, on, legal_basis, tier=tier)
    where = f"trực thuộc {parent.name}" if parent else "không trực thuộc cơ quan nào"
    write(
        actor, "organizations.move_agency", agency, now,
        sentence=f"chuyển {agency.name} sang {where} từ {vn_date(on)} ({legal_basis})",
    )  # fmt: skip
    return agency


def place_below(agency: Agency, parent: Agency | None, on: date, legal_basis: str, tier: int | None = None) -> None:
    """Keep the past, set the new superior, and let the paths of everything below follow. Part of other acts too."""
    if parent is not None:
        rules.require_alive(parent.name, parent.valid_to)
        if parent.path.startswith(agency.path):
            raise Refused(N_("{parent} nằm dưới chính {agency}."), parent=parent.name, agency=agency.name)
    keep_past(agency, on, legal_basis)
    old = agency.path
    agency.parent, agency.tier = parent, Tier(agency.tier if tier is None else tier)
    agency.path = f"{parent.path if parent else ''}{agency.pk}/"
    agency.save(update_fields=["parent", "tier", "path"])
    below = list(Agency.objects.filter(path__startswith=old).exclude(pk=agency.pk).only("path"))
    for one in below:
        one.path = agency.path + one.path[len(old) :]
    Agency.objects.bulk_update(below, ["path"])
