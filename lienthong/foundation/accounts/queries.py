"""From a signed-in account to the actor it acts as."""

from datetime import datetime

from lienthong.foundation.access.terms import Actor
from lienthong.foundation.accounts.models import Account
from lienthong.foundation.organizations.queries import posts_of_person
from lienthong.kit.dates import VIETNAM


def posts_of(account: Account, now: datetime | None = None) -> list[Actor]:
    """All posts the account's person may act through now."""
    if account.person_id is None:
        return []
    on = (now or datetime.now(VIETNAM)).astimezone(VIETNAM).date()
    return posts_of_person(account.person_id, account.person_name, on)


def actor_of(account: Account, post_id: int | None) -> Actor | None:
    """The chosen post, else the last used, else the first; None when the person holds no post today."""
    actors = posts_of(account)
    for wanted in (post_id, account.last_post_id):
        for actor in actors:
            if actor.post_id == wanted:
                return actor
    return actors[0] if actors else None
