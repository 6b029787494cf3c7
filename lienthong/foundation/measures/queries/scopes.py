"""Over whom a figure is counted: the province, a tier, an agency with those it followed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from lienthong.foundation.measures.rules import Period
from lienthong.foundation.organizations import queries as organizations
from lienthong.foundation.organizations.terms import TIER_LABELS, Tier
from lienthong.kit.refusal import N_, Refused

if TYPE_CHECKING:
    from lienthong.foundation.organizations.models import Agency

PROVINCE = "tinh"


@dataclass(frozen=True, slots=True)
class Scope:
    """`code` is "tinh", "cap-4" (a tier) or "cq-17" (an agency, with its predecessors; "nhanh-17" with those below it too). `agencies` are
    all it covers, ended ones too, by id; `label` is a marked sentence or a name."""

    code: str
    label: str
    agencies: dict[int, Agency]
    agency: Agency | None = None

    @property
    def ids(self) -> list[int]:
        return list(self.agencies)


def scope(code: str) -> Scope:
    """The scope that a code names; refused when there is none such here."""
    kind, _dash, number = code.partition("-")
    here = organizations.all_here()
    if code in ("", PROVINCE):
        return Scope(PROVINCE, N_("Toàn tỉnh"), {one.pk: one for one in here})
    if kind == "cap" and number.isdigit() and int(number) in list(Tier):
        tier = Tier(int(number))
        return Scope(code, TIER_LABELS[tier], {one.pk: one for one in here if one.tier == tier})
    if kind in ("cq", "nhanh") and number.isdigit():
        found = next((one for one in here if one.pk == int(number)), None)
        if found is not None:
            chosen = {found.pk, *organizations.predecessors(found.pk)}
            if kind == "nhanh":
                chosen |= {one.pk for one in here if one.path.startswith(found.path)}
            return Scope(code, found.name, {one.pk: one for one in here if one.pk in chosen}, found)
    raise Refused(N_("Không có phạm vi “{code}”."), code=code[:40])


def there(agency: Agency, period: Period) -> bool:
    """Whether the agency was there on any day of the period."""
    ended: date | None = agency.valid_to
    return agency.valid_from < period.end and (ended is None or ended > period.start)
