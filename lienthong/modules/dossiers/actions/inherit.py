"""An agency ends: its open dossiers are its successor's."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from lienthong.foundation.access.rules import require
from lienthong.foundation.access.terms import Actor
from lienthong.foundation.trail.actions.write import write_many
from lienthong.modules.dossiers.models import Consultation, Dossier, StepRun
from lienthong.modules.dossiers.terms import DONE, OPEN, DossierState, RunState


@transaction.atomic
def inherit(*, from_agency_ids: Sequence[int], to_agency_id: int | None, actor: Actor, now: datetime) -> int:
    """Dossiers that are open, or wait to be collected, stand with the first successor from now on: code, deadline, process and
    papers stay. Their debts move with `work.inherit`. Finished ones stay where they are and are read through custody.
    Returns how many moved."""
    require(actor, "organizations.edit")
    if to_agency_id is None or not from_agency_ids:
        return 0
    alive = [*OPEN, *(DONE - {DossierState.RETURNED})]
    rows = list(
        Dossier.objects.select_for_update(of=("self",))
        .filter(decider__in=from_agency_ids, state__in=alive)
        .order_by("id")
    )
    Dossier.objects.filter(pk__in=[row.pk for row in rows]).update(decider_id=to_agency_id)
    Dossier.objects.filter(coordinator__in=from_agency_ids, state__in=alive).update(coordinator_id=to_agency_id)
    received = Dossier.objects.filter(received_by__in=from_agency_ids, state__in=alive)
    received.update(received_by_id=to_agency_id)
    StepRun.objects.filter(agency__in=from_agency_ids, state=RunState.OPEN).update(agency_id=to_agency_id)
    Consultation.objects.filter(agency__in=from_agency_ids, answered_at__isnull=True).update(agency_id=to_agency_id)
    write_many(
        actor, "dossiers.inherit", rows, now,
        sentences=["cơ quan kế thừa tiếp nhận để giải quyết tiếp"] * len(rows),
    )  # fmt: skip
    return len(rows)
