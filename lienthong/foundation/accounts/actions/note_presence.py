"""Note that somebody works in the system today."""

from datetime import date

from lienthong.foundation.access.terms import Seated
from lienthong.foundation.accounts.models import Presence


def note_presence(*, actor: Seated, day: date) -> None:
    """Once a day for each agency one acts for; a second call changes nothing. No trail: it is no act."""
    Presence.objects.bulk_create(
        [Presence(person_id=actor.person_id, agency_id=actor.agency_id, day=day)], ignore_conflicts=True
    )
