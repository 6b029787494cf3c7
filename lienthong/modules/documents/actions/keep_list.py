"""Keep a list of receivers under a name."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from lienthong.foundation.access.rules import require
from lienthong.foundation.access.terms import Seated
from lienthong.foundation.organizations import queries as organizations
from lienthong.foundation.trail.actions.write import write
from lienthong.kit.refusal import N_, Refused
from lienthong.modules.documents.models import RecipientList


@transaction.atomic
def keep_list(*, name: str, agency_ids: Sequence[int], actor: Seated, now: datetime) -> RecipientList:
    """Make the list, or give a list of that name these members."""
    require(actor, "documents.issue", agency_id=actor.agency_id)
    if not name.strip() or not agency_ids:
        raise Refused(N_("Danh sách cần có tên và ít nhất một cơ quan."))
    if len(organizations.agencies_by_id(list(agency_ids))) != len(set(agency_ids)):
        raise Refused(N_("Một nơi nhận không còn trong danh bạ. Chọn lại nơi nhận."))
    kept, _ = RecipientList.objects.get_or_create(agency_id=actor.agency_id, name=name.strip()[:200])
    kept.members.set(agency_ids)
    write(
        actor,
        "documents.keep_list",
        kept,
        now,
        sentence=f"lưu danh sách nơi nhận “{kept.name}”, {len(set(agency_ids))} cơ quan",
    )
    return kept


@transaction.atomic
def drop_list(*, list_id: int, actor: Seated, now: datetime) -> None:
    """Remove a list; documents already sent by it are untouched."""
    require(actor, "documents.issue", agency_id=actor.agency_id)
    kept = RecipientList.objects.get(pk=list_id, agency_id=actor.agency_id)
    write(actor, "documents.drop_list", kept, now, sentence=f"bỏ danh sách nơi nhận “{kept.name}”")
    kept.delete()
