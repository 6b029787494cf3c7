"""Send the waiting letters as text messages, through the adapter that the installation has chosen."""

import logging
from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string

from lienthong.foundation.notify.models import Letter

logger = logging.getLogger(__name__)
Sender = Callable[[str, str], None]


def demo(phone: str, text: str) -> None:
    """The adapter of a demonstration: writes the message into the log, with the number masked, and sends nothing."""
    logger.info("SMS to %s: %s", phone[:3] + "•" * max(0, len(phone) - 6) + phone[-3:], text)


def send_sms(*, now: datetime, limit: int = 200) -> int:
    """Hand over what waits, one short transaction a letter; how many went out. Nothing happens where no gateway is set.

    `LIENTHONG_SMS` names a function (phone, text) that raises when the gateway did not take the message: the letter then
    waits for the next round.
    """
    if not settings.SMS_SENDER:
        return 0
    sender: Sender = import_string(settings.SMS_SENDER)
    sent = 0
    while sent < limit:
        with transaction.atomic():
            letter = (
                Letter.objects.select_for_update(skip_locked=True)
                .filter(sms_at__isnull=True)
                .exclude(phone="")
                .order_by("id")
                .first()
            )
            if letter is None:
                break
            sender(letter.phone, letter.short or letter.subject)
            letter.sms_at = now
            letter.save(update_fields=["sms_at"])
            sent += 1
    return sent
