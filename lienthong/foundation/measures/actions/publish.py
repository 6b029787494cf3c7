"""Show a measure to everybody, or stop showing it."""

from datetime import datetime

from django.db import transaction

from lienthong.foundation.access.rules import require
from lienthong.foundation.access.terms import Seated
from lienthong.foundation.measures import rules
from lienthong.foundation.measures.models import Publication
from lienthong.foundation.trail.actions.write import write
from lienthong.kit.dates import VIETNAM


@transaction.atomic
def publish(*, measure: str, shown: bool, actor: Seated, now: datetime) -> None:
    """Doing it twice changes nothing."""
    require(actor, "measures.publish", agency_id=actor.agency_id)
    code = rules.measure(measure).code
    if shown:
        day = now.astimezone(VIETNAM).date()
        _row, made = Publication.objects.get_or_create(
            measure=code, defaults={"since": day, "by_name": actor.person_name}
        )
        changed = made
    else:
        changed = bool(Publication.objects.filter(measure=code).delete()[0])
    if changed:
        sentence = f"{'công bố' if shown else 'thôi công bố'} chỉ tiêu {code}"
        write(actor, "measures.publish", None, now, sentence=sentence)
