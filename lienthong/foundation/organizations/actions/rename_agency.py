"""Give an agency another name from a day on."""

from datetime import date, datetime

from django.db import transaction

from lienthong.foundation.access.rules import require
from lienthong.foundation.access.terms import Actor
from lienthong.foundation.organizations import rules
from lienthong.foundation.organizations.actions.keep_past import keep_past
from lienthong.foundation.organizations.models import Agency
from lienthong.foundation.trail.actions.write import write
from lienthong.kit.dates import VIETNAM, vn_date
from lienthong.kit.refusal import N_, Refused
from lienthong.kit.text import sort_key, vn_fold


@transaction.atomic
def rename_agency(
    *, agency_id: int, name: str, short_name: str, on: date, legal_basis: str, actor: Actor, now: datetime
) -> Agency:
    """The earlier name stays with its period (`queries.name_on`); documents of that time keep it."""
    agency = Agency.objects.select_for_update().get(pk=agency_id)
    require(actor, "organizations.edit", agency_id=agency_id)
    rules.require_alive(agency.name, agency.valid_to)
    rules.require_begun(on, now.astimezone(VIETNAM).date())
    name = rules.require_text(name, N_("Cần ghi tên mới."))
    legal_basis = rules.require_text(legal_basis, N_("Cần ghi căn cứ: số, ngày của quyết định."))
    if (name, short_name.strip()) == (agency.name, agency.short_name):
        raise Refused(N_("Tên mới giống hệt tên đang có."))
    before = agency.name
    keep_past(agency, on, legal_basis)
    agency.name, agency.short_name = name, short_name.strip()
    agency.sort_key, agency.folded = sort_key(name)[:700], vn_fold(name)[:400]
    agency.save(update_fields=["name", "short_name", "sort_key", "folded"])
    write(
        actor, "organizations.rename_agency", agency, now,
        sentence=f"đổi tên {before} thành {name} từ {vn_date(on)} ({legal_basis})",
    )  # fmt: skip
    return agency
