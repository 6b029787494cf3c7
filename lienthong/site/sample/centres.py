"""The one-stop centres of the sample province: one for the province, one for every commune, each with its counters."""

from random import Random

from lienthong.foundation.access.terms import Duty
from lienthong.foundation.organizations.terms import Tier
from lienthong.site.sample import agencies, names
from lienthong.site.sample.agencies import CENTRE
from lienthong.site.sample.people import Builder, Office

# Where several officers receive: the communes in which dossiers happen.
BUSY = ("Hòa Thuận", "Sơn Hải", "Tân Lập", "Bến Thuyền", "Vạn Chài", "Hòn Sứ")


def open_centres(builder: Builder) -> None:
    """Counters of the provincial centre, and a centre below every commune. Its people come from a source of their own, so
    that the others stay who they were."""
    before, builder.people = builder.people, names.people(Random("quầy một cửa"))  # noqa: S311 - chance for a story
    province = builder.province
    centre = province.offices[CENTRE]
    counters = centre.divisions["TNTKQ"].unit
    centre.desks = [
        builder._seat(centre, f"Công chức tiếp nhận, quầy {place}", [Duty.DESK], counters) for place in (1, 2, 3)
    ]
    for commune in agencies.communes():
        above = province.offices[f"x:{commune.name}"].agency
        office = Office(builder._agency(
            f"Trung tâm Phục vụ hành chính công {commune.kind} {commune.name}", CENTRE, Tier.SUBORDINATE, above,
            f"{agencies.PROVINCE_CODE}.{commune.number}.01", commune.name,
        ))  # fmt: skip
        places = ("1", "2") if commune.name in BUSY else ("",)
        titles = [f"Công chức tiếp nhận, quầy {place}" if place else "Công chức tiếp nhận" for place in places]
        office.desks = [builder._seat(office, title, [Duty.DESK]) for title in titles]
        province.centres[commune.name] = office
    province.centres[""] = centre
    builder.people = before
