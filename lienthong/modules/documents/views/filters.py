"""What a list's address says."""

from typing import Any

from lienthong.foundation.organizations import queries as organizations
from lienthong.modules.documents import queries
from lienthong.modules.documents.queries.lists import Filter
from lienthong.web.fields import day_in, number_in, text_in
from lienthong.web.request import Request


def filter_from(request: Request) -> Filter:
    """Filters stand in the address, so that a list can be shared; what cannot be read is left out."""
    get = request.GET
    return Filter(
        tab=text_in(get, "loc", 40),
        words=text_in(get, "q"),
        issuer=text_in(get, "tac-gia"),
        signer=text_in(get, "nguoi-ky", 100),
        type_code=text_in(get, "loai", 20),
        unit_id=number_in(get, "don-vi"),
        agency_id=number_in(get, "co-quan"),
        since=day_in(get, "tu"),
        until=day_in(get, "den"),
    )


def agencies_in(request: Request, wanted: Filter) -> dict[str, Any]:
    """What a list shows of the agencies it is about: those that can be chosen, and the chosen one."""
    agencies = organizations.reached(request.actor, queries.READ)
    chosen = next((one for one in agencies if one.pk == wanted.agency_id), None)
    return {"agencies": agencies, "agency": chosen, "every": True}


def page_number(request: Request) -> int:
    """Which page the address asks for, 1 to 100,000."""
    return min(max(number_in(request.GET, "trang") or 1, 1), 100_000)
