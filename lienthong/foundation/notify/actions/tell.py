"""Tell people something, once."""

from collections.abc import Iterable
from datetime import datetime

from lienthong.foundation.notify.models import Message, Preference


def tell(*, people: Iterable[int], title: str, address: str, once: str, now: datetime) -> None:
    """Put a message before each person (ids); a second call with the same `once` changes nothing.

    E-mail goes out later, from the worker (`notify.tasks`), to those who have an address and did not decline.
    """
    wanted = set(people)
    declined = set(Preference.objects.filter(person__in=wanted, email=False).values_list("person_id", flat=True))
    Message.objects.bulk_create(
        [
            Message(
                person_id=person, title=title[:500], address=address, at=now, once=once, by_email=person not in declined
            )
            for person in sorted(wanted)
        ],
        ignore_conflicts=True,
    )
