"""Two rows turn out to be one person."""

from datetime import datetime

from django.db import transaction

from lienthong.foundation.access.rules import require
from lienthong.foundation.access.terms import Seated
from lienthong.foundation.trail.actions.write import write
from lienthong.kit.refusal import N_, Refused
from lienthong.modules.citizens import queries
from lienthong.modules.citizens.models import Applicant, Identity


@transaction.atomic
def merge(*, applicant_id: int, into_id: int, reason: str, actor: Seated, now: datetime) -> Applicant:
    """The first row leads to the second from now on, with all its numbers. Dossiers keep the name and number they were
    received with; later ones belong to the row that stays. Refused without a reason or with itself."""
    require(actor, "citizens.edit", agency_id=actor.agency_id)
    if not reason.strip():
        raise Refused(N_("Cần ghi lý do gộp."))
    # Both are locked, the lower first, so that of two people who merge the same pair crosswise the second sees it done.
    wanted = Applicant.objects.select_for_update().filter(pk__in=[applicant_id, into_id]).order_by("id")
    if len(list(wanted.values_list("pk", flat=True))) != len({applicant_id, into_id}):
        raise Applicant.DoesNotExist
    goes, stays = queries.applicant(applicant_id), queries.applicant(into_id)
    if goes.pk == stays.pk:
        raise Refused(N_("Hai dòng này đã là một người."))
    Identity.objects.filter(applicant=goes).update(applicant=stays)
    goes.merged_into, goes.updated_at = stays, now
    goes.save(update_fields=["merged_into", "updated_at"])
    for name in ("address", "phone", "email", "born_on", "sex"):
        if not getattr(stays, name) and getattr(goes, name):
            setattr(stays, name, getattr(goes, name))
    stays.updated_at = now
    stays.save()
    write(
        actor,
        "citizens.merge",
        stays,
        now,
        sentence=f"gộp hai dòng của một người: {reason.strip()[:200]}",
        details={"from": goes.pk},
    )
    return stays
