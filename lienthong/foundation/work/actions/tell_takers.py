"""Tell people that debts have come to their post."""

from collections.abc import Sequence
from datetime import datetime

from lienthong.foundation.access.terms import Actor
from lienthong.foundation.notify.actions.tell import tell
from lienthong.foundation.organizations.queries import people_in
from lienthong.foundation.work.models import HandOver
from lienthong.kit.dates import VIETNAM


def tell_takers(kept: Sequence[HandOver], actor: Actor, now: datetime) -> None:
    """One message for each post that took over, however many debts: whoever sits there or stands in hears of them,
    except the one who passed them on. In the caller's transaction, so nobody hears of what did not happen."""
    taken: dict[int, list[HandOver]] = {}
    for row in kept:
        taken.setdefault(row.to_post_id, []).append(row)
    people = people_in(list(taken), now.astimezone(VIETNAM).date())
    for post_id, rows in taken.items():
        first = rows[0]
        what = f"việc “{first.item.title}”" if len(rows) == 1 else f"{len(rows)} việc"
        tell(
            people=[person.pk for person in people.get(post_id, []) if person.pk != actor.person_id],
            title=f"{actor.person_name} chuyển cho ông, bà {what}: {first.reason}",
            address=first.item.address if len(rows) == 1 else "/lam-viec/", once=f"work.passed.{first.pk}", now=now,
        )  # fmt: skip
