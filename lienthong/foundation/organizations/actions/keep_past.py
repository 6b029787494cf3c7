"""Keep what an agency was until a day, before it becomes something else."""

from datetime import date

from lienthong.foundation.organizations import rules
from lienthong.foundation.organizations.models import Agency, AgencyPast


def keep_past(agency: Agency, on: date, legal_basis: str) -> AgencyPast:
    """The agency's present name and place, from when they held until before `on`. Part of the acts that change them."""
    before = AgencyPast.objects.filter(agency=agency).order_by("-valid_to").values_list("valid_to", flat=True).first()
    since = before or agency.valid_from
    rules.require_after(on, since)
    return AgencyPast.objects.create(
        agency=agency, name=agency.name, short_name=agency.short_name, parent_id=agency.parent_id, tier=agency.tier,
        valid_from=since, valid_to=on, legal_basis=legal_basis,
    )  # fmt: skip
