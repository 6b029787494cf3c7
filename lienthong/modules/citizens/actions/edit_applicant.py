"""What is written of an applicant was wrong or is out of date."""

from datetime import datetime

from django.db import transaction

from lienthong.foundation.access.rules import require
from lienthong.foundation.access.terms import Seated
from lienthong.foundation.trail.actions.write import write
from lienthong.kit.dates import VIETNAM
from lienthong.kit.refusal import N_, Refused
from lienthong.kit.text import vn_fold
from lienthong.modules.citizens import queries, rules
from lienthong.modules.citizens.actions.keep_applicant import lock_number
from lienthong.modules.citizens.models import Applicant, Identity
from lienthong.modules.citizens.rules import Details

_WRITTEN = ("kind", "name", "born_on", "sex", "address", "phone", "email")


@transaction.atomic
def edit_applicant(*, applicant_id: int, details: Details, actor: Seated, now: datetime) -> Applicant:
    """The details as they are right, and a further number where one is given; dossiers keep what they were received with.

    Unlike at the counter an empty field empties what was there. A number that names somebody else is refused: whether the
    two are one person is for merging to say. The trail names the fields, not what stood in them.
    """
    require(actor, "citizens.edit", agency_id=actor.agency_id)
    rules.require_details(details, now.astimezone(VIETNAM).date())
    Applicant.objects.select_for_update().get(pk=applicant_id)
    row = queries.applicant(applicant_id)
    wanted = {
        "kind": details.kind, "name": details.name.strip(), "born_on": details.born_on, "sex": details.sex,
        "address": details.address.strip()[:500], "phone": rules.clean_phone(details.phone), "email": details.email.strip(),
    }  # fmt: skip
    changed = [name for name in _WRITTEN if wanted[name] != getattr(row, name)]
    for name in changed:
        setattr(row, name, wanted[name])
    if _add_number(row, details):
        changed.append("number")
    if not changed:
        raise Refused(N_("Chưa sửa mục nào."))
    row.folded, row.updated_at = vn_fold(row.name)[:400], now
    row.save()
    write(actor, "citizens.update", row, now, sentence="sửa thông tin người nộp", details={"changed": changed})
    return row


def _add_number(row: Applicant, details: Details) -> bool:
    number = rules.clean_number(details.scheme, details.number)
    if not number:
        return False
    lock_number(details.scheme, number)
    known = queries.by_number(details.scheme, number)
    if known is not None and known.pk == row.pk:
        return False
    if known is None:
        Identity.objects.create(applicant=row, scheme=details.scheme, number=number)
        return True
    raise Refused(N_("Số này đang là của người nộp khác. Nếu là cùng một người thì dùng Gộp."))
