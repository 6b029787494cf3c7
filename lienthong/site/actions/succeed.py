"""Let agencies follow one another, with everything they hold."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction

from lienthong.foundation.access.terms import Seated
from lienthong.foundation.numbering.actions.close_series import close_books_of
from lienthong.foundation.organizations.actions.succeed import succeed as organizations_succeed
from lienthong.foundation.organizations.terms import SuccessionKind
from lienthong.foundation.work.actions.inherit import inherit
from lienthong.modules.documents.actions.inherit import inherit as inherit_documents
from lienthong.modules.dossiers.actions.inherit import inherit as inherit_dossiers

if TYPE_CHECKING:
    from lienthong.foundation.organizations.models import Agency


@dataclass(frozen=True, slots=True)
class Passed:
    """What one succession did: who ended, and how much open work, how many unfinished documents, dossiers and books went
    along."""

    ended: "tuple[Agency, ...]"
    debts: int
    documents: int
    dossiers: int
    books: int


@transaction.atomic
def succeed(
    *, kind: SuccessionKind, predecessor_ids: Sequence[int], successor_ids: Sequence[int], on: date, legal_basis: str,
    actor: Seated, now: datetime, stays: bool = False,
) -> Passed:  # fmt: skip
    """All or nothing: the agencies (`organizations.actions.succeed`), their open debts, their unfinished documents and
    dossiers, their books. Of several successors the first takes over the work; all of them may read what was held."""
    ended = organizations_succeed(
        kind=kind, predecessor_ids=predecessor_ids, successor_ids=successor_ids, on=on, legal_basis=legal_basis, stays=stays,
        actor=actor, now=now,
    )  # fmt: skip
    ids = [agency.pk for agency in ended]
    heir = successor_ids[0] if successor_ids else None
    debts = inherit(from_agency_ids=ids, to_agency_id=heir, reason=legal_basis, actor=actor, now=now)
    documents = inherit_documents(from_agency_ids=ids, to_agency_ids=successor_ids, actor=actor, now=now)
    dossiers = inherit_dossiers(from_agency_ids=ids, to_agency_id=heir, actor=actor, now=now)
    books = close_books_of(agency_ids=ids, actor=actor, now=now)
    return Passed(tuple(ended), debts, documents, dossiers, books)
