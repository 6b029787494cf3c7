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


def choose(actors: list[Actor], account: Account, post_id: int | None) -> Actor | None:
    """Of the posts of `posts_of`: the chosen one, else the last used, else the first; None when there is none today."""
    for wanted in (post_id, account.last_post_id):
        for actor in actors:
            if actor.post_id == wanted:
                return actor
    return actors[0] if actors else None


def actor_of(account: Account, post_id: int | None) -> Actor | None:
    """The actor an account acts as when this post was chosen."""
    return choose(posts_of(account), account, post_id)
