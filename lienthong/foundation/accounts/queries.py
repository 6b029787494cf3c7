"""From a signed-in account to the actor it acts as; and whose accounts an administrator looks after."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from lienthong.foundation.access.rules import Forbidden, allows
from lienthong.foundation.access.terms import Actor, Scope, Seated
from lienthong.foundation.accounts.models import Account, Presence
from lienthong.foundation.organizations.queries import posts_of_person
from lienthong.kit.dates import VIETNAM
from lienthong.kit.refusal import N_
from lienthong.kit.text import vn_fold


def posts_of(account: Account, now: datetime | None = None) -> list[Seated]:
    """All posts the account's person may act through now."""
    if account.person_id is None:
        return []
    on = (now or datetime.now(VIETNAM)).astimezone(VIETNAM).date()
    return posts_of_person(account.person_id, account.person_name, on)


def choose(actors: list[Seated], account: Account, post_id: int | None) -> Seated | None:
    """Of the posts of `posts_of`: the chosen one, else the last used, else the first; None when there is none today."""
    for wanted in (post_id, account.last_post_id):
        for actor in actors:
            if actor.post_id == wanted:
                return actor
    return actors[0] if actors else None


_STAFF = """
SELECT w.id, w.name, coalesce(p.name, ''), coalesce(u.name, ''), a.id, coalesce(a.name, ''), coalesce(a.path, ''),
       c.id, coalesce(c.username, ''), coalesce(c.is_active, false),
       coalesce(c.must_change_password, false), c.last_login,
       (SELECT count(*) FROM mfa_authenticator m WHERE m.user_id = c.id AND m.type IN ('totp', 'webauthn'))
FROM organizations_person w
LEFT JOIN LATERAL (SELECT h.post_id FROM organizations_holding h WHERE h.person_id = w.id AND h.valid_from <= %(on)s
                   AND (h.valid_to IS NULL OR h.valid_to > %(on)s) ORDER BY h.id LIMIT 1) h ON true
LEFT JOIN organizations_post p ON p.id = h.post_id LEFT JOIN organizations_unit u ON u.id = p.unit_id
LEFT JOIN organizations_agency a ON a.id = p.agency_id
LEFT JOIN accounts_account c ON c.person_id = w.id
WHERE {where} ORDER BY w.sort_key, w.id LIMIT %(limit)s OFFSET %(start)s
"""
_ABOUT = {
    "chua-co": "c.id IS NULL",
    "bi-khoa": "NOT c.is_active",
    "chua-doi": "c.must_change_password AND c.is_active",
}


@dataclass(frozen=True, slots=True)
class Staff:
    """A person with the place where they sit and the account, if any (`account_id` None). `second_steps` counts the
    authenticator apps and keys."""

    person_id: int
    name: str
    post_name: str
    unit_name: str
    agency_id: int | None
    agency_name: str
    agency_path: str
    account_id: int | None
    username: str
    is_active: bool
    must_change_password: bool
    last_login: datetime | None
    second_steps: int


def staff(
    viewer: Actor, now: datetime, *, words: str = "", about: str = "", start: int = 0, limit: int = 50
) -> list[Staff]:
    """People whose accounts the viewer manages, by name; `words` searches names, sign-in names and agencies without
    diacritics, `about` is one of chua-co, bi-khoa, chua-doi."""
    where = ["true"]
    values: dict[str, Any] = {"on": now.astimezone(VIETNAM).date(), "start": start, "limit": limit}
    scope = viewer.scope("accounts.manage")
    if scope is None:
        return []
    if scope < Scope.PROVINCE:
        where.append("a.path LIKE %(path)s" if scope == Scope.BRANCH else "a.id = %(agency)s")
        values |= {"path": viewer.agency_path + "%", "agency": viewer.agency_id}
    if about in _ABOUT:
        where.append(_ABOUT[about])
    for place, word in enumerate(vn_fold(words).split()[:6]):
        where.append(
            f"(vn_fold(w.name) LIKE %(w{place})s OR c.username LIKE %(w{place})s OR a.folded LIKE %(w{place})s)"
        )
        values[f"w{place}"] = f"%{word}%"
    with connection.cursor() as cursor:
        cursor.execute(_STAFF.format(where=" AND ".join(where)), values)
        return [Staff(*row) for row in cursor.fetchall()]


def one_of_staff(viewer: Actor, person_id: int, now: datetime) -> Staff | None:
    """One person whose account the viewer manages; None when there is none in reach."""
    scope = viewer.scope("accounts.manage")
    if scope is None:
        return None
    with connection.cursor() as cursor:
        cursor.execute(
            _STAFF.format(where="w.id = %(person)s"),
            {"on": now.astimezone(VIETNAM).date(), "start": 0, "limit": 1, "person": person_id},
        )
        row = cursor.fetchone()
    found = Staff(*row) if row else None
    if found and allows(viewer, "accounts.manage", agency_id=found.agency_id, agency_path=found.agency_path):
        return found
    return None


def account_for(viewer: Actor, account_id: int, now: datetime) -> Account | None:
    """An account that the viewer manages, or None."""
    account = Account.objects.filter(pk=account_id, person__isnull=False).first()
    if account is None or account.person_id is None or one_of_staff(viewer, account.person_id, now) is None:
        return None
    return account


def names_like(stem: str) -> set[str]:
    """Sign-in names that begin so: to suggest one that is free."""
    return set(Account.objects.filter(username__startswith=stem).values_list("username", flat=True))


def locked_for(actor: Actor, account_id: int, now: datetime) -> Account:
    """Obtain and permit: the account, locked until the transaction ends, or a refusal."""
    account = Account.objects.select_for_update(of=("self",)).get(pk=account_id)
    if account.person_id is None or one_of_staff(actor, account.person_id, now) is None:
        raise Forbidden(N_("Tài khoản này ngoài phạm vi quản trị của ông, bà."))
    return account


def presences() -> QuerySet[Presence]:
    """Who worked in the system on which day: for counting."""
    return Presence.objects.all()


def presences_seen(viewer: Actor) -> QuerySet[Presence]:
    """Those that the viewer may see by name: all for whoever manages accounts, none for others."""
    rows = Presence.objects.select_related("person", "agency")
    return rows if viewer.may("accounts.manage") else rows.none()
