"""Try a refused or parked message once more."""

from datetime import datetime

from django.db import transaction

from lienthong.foundation.access.terms import Actor
from lienthong.foundation.files.queries import open_content
from lienthong.foundation.trail.actions.write import write
from lienthong.modules.exchange.actions.take_in import Outcome, take_in
from lienthong.modules.exchange.models import Message
from lienthong.modules.exchange.terms import State


@transaction.atomic
def retry(*, message: Message, actor: Actor, now: datetime) -> Outcome:
    """Take the kept message in again. If it now succeeds the old row says so; a second parked row is not left behind."""
    assert message.stored is not None  # a refused or parked message is always kept as it came
    with open_content(message.stored) as source:
        outcome = take_in(source=source, file_name=message.file_name, actor=actor, now=now, receiver_id=actor.agency_id)
    if outcome.state in {State.DONE, State.REPEATED}:
        message.state, message.reason = State.REPEATED, ""
        message.save(update_fields=["state", "reason"])
        write(actor, "exchange.retry", message, now, sentence=f"nhập lại gói tin {message.file_name}")
    elif outcome.state == State.PARKED:
        Message.objects.filter(pk__in=[made.pk for made in outcome.messages]).exclude(pk=message.pk).delete()
    return outcome
