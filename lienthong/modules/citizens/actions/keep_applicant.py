"""Find the applicant by number, or make a new one: the same person is not made twice."""

from datetime import datetime

from django.db import connection, transaction

from lienthong.foundation.access.rules import require
from lienthong.foundation.access.terms import Seated
from lienthong.foundation.trail.actions.write import write
from lienthong.kit.dates import VIETNAM
from lienthong.kit.text import vn_fold
from lienthong.modules.citizens import queries, rules
from lienthong.modules.citizens.models import Applicant, Identity
from lienthong.modules.citizens.rules import Details
from lienthong.modules.citizens.terms import IdentityScheme


@transaction.atomic
def keep_applicant(*, details: Details, actor: Seated, now: datetime) -> Applicant:
    """The applicant with this number, brought up to date with what is new and not empty; else a new one.

    Two desks that enter the same number at the same moment get the same row. A former number (the nine digits of the
    old card) that names nobody yet is added. Where it names a row of the same name and birth date, that row is the person and
    gets the new number; where name or date differ it is left alone, because some old numbers were given twice: merging is
    a decision of its own.
    """
    require(actor, "citizens.edit", agency_id=actor.agency_id)
    rules.require_details(details, now.astimezone(VIETNAM).date())
    number = rules.clean_number(details.scheme, details.number)
    phone = rules.clean_phone(details.phone)
    if number:
        lock_number(details.scheme, number)
        if known := queries.by_number(details.scheme, number):
            return _brought_up_to_date(known, details, phone, actor, now)
        if former := _by_former_number(details):
            Identity.objects.create(applicant=former, scheme=details.scheme, number=number)
            return _brought_up_to_date(former, details, phone, actor, now)
    row = Applicant.objects.create(
        kind=details.kind, name=details.name.strip(), folded=vn_fold(details.name)[:400], born_on=details.born_on,
        sex=details.sex, address=details.address.strip()[:500], phone=phone, email=details.email.strip(), created_at=now,
        updated_at=now,
    )  # fmt: skip
    if number:
        Identity.objects.create(applicant=row, scheme=details.scheme, number=number)
    _add_old_number(row, details)
    write(actor, "citizens.keep", row, now, sentence="ghi người nộp hồ sơ mới")
    return row


def lock_number(scheme: str, number: str) -> None:
    """Whoever writes a number down waits here for others who write the same one, until their transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"applicant {scheme} {number}"])


def _by_former_number(details: Details) -> Applicant | None:
    """Who stood here with the old card's number, when it surely is the same person."""
    if not details.old_number:
        return None
    lock_number(IdentityScheme.OLD_ID, details.old_number)
    known = queries.by_number(IdentityScheme.OLD_ID, details.old_number)
    if known is None or known.folded != vn_fold(details.name)[:400]:
        return None
    if any(one.scheme == details.scheme for one in queries.identities(known.pk)):
        return None  # nobody has two personal numbers: one of them is wrong, or these are two people
    is_born_otherwise = known.born_on is not None and details.born_on is not None and known.born_on != details.born_on
    return None if is_born_otherwise else known


def _brought_up_to_date(row: Applicant, details: Details, phone: str, actor: Seated, now: datetime) -> Applicant:
    wanted = {
        "name": details.name.strip(), "address": details.address.strip()[:500], "phone": phone,
        "email": details.email.strip(), "born_on": details.born_on, "sex": details.sex,
    }  # fmt: skip
    changed = [name for name, value in wanted.items() if value and value != getattr(row, name)]
    _add_old_number(row, details)
    if not changed:
        return row
    for name in changed:
        setattr(row, name, wanted[name])
    row.folded, row.updated_at = vn_fold(row.name)[:400], now
    row.save(update_fields=[*changed, "folded", "updated_at"])
    write(actor, "citizens.update", row, now, sentence="cập nhật thông tin người nộp", details={"changed": changed})
    return row


def _add_old_number(row: Applicant, details: Details) -> None:
    if details.old_number and queries.by_number(IdentityScheme.OLD_ID, details.old_number) is None:
        Identity.objects.create(applicant=row, scheme=IdentityScheme.OLD_ID, number=details.old_number)
