"""What agencies that end still have to finish becomes their successor's."""

from collections.abc import Sequence
from datetime import datetime

from django.db import connection, transaction

from lienthong.foundation.access.rules import require
from lienthong.foundation.access.terms import Seated
from lienthong.foundation.trail.actions.write import write_many
from lienthong.modules.documents.models import Document, Incoming
from lienthong.modules.documents.terms import OPEN_INCOMING, IncomingState

_HOLD = f"""
UPDATE {Document._meta.db_table} SET holders = ARRAY(SELECT DISTINCT unnest(holders || %(new)s::bigint[]) ORDER BY 1)
WHERE holders && %(old)s::bigint[] AND NOT holders @> %(new)s::bigint[]
"""  # noqa: S608 - a constant


@transaction.atomic
def inherit(*, from_agency_ids: Sequence[int], to_agency_ids: Sequence[int], actor: Seated, now: datetime) -> int:
    """Unfinished incoming documents stand in the first successor's lists from now on and are handled by its posts; a
    number they have already stays that of the old book. Finished ones stay where they are: the successors read them
    through custody, and find them, because they now hold them. Returns how many unfinished ones moved."""
    require(actor, "organizations.edit")
    if not from_agency_ids or not to_agency_ids:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(_HOLD, {"old": list(from_agency_ids), "new": list(to_agency_ids)})
    rows = list(
        Incoming.objects.select_for_update(of=("self",)).filter(
            agency__in=from_agency_ids, state__in=[IncomingState.ARRIVED, *OPEN_INCOMING]
        )
    )
    Incoming.objects.filter(pk__in=[row.pk for row in rows]).update(agency_id=to_agency_ids[0])
    write_many(
        actor,
        "documents.inherit",
        list(rows),
        now,
        sentences=["cơ quan kế thừa tiếp nhận để giải quyết tiếp"] * len(rows),
    )
    return len(rows)
