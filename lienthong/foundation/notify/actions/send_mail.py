"""Send the waiting messages by e-mail."""

import logging
from datetime import datetime
from smtplib import SMTPRecipientsRefused

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction

from lienthong.foundation.notify.models import Letter, Message

logger = logging.getLogger(__name__)


def send_mail(*, now: datetime, limit: int = 200) -> int:
    """Send what waits, one short transaction a message, and return how many went out.

    A message is claimed by locking its row; the mail leaves before the row says so, hence a crash in between repeats
    one mail rather than losing it. An address that the mail server refuses for good is given up, so that it does not
    hold up those behind it. Nothing happens where no mail server is set.
    """
    if not settings.MAIL_ENABLED:
        return 0
    sent = 0
    connection = get_connection()
    while sent < limit:
        with transaction.atomic():
            message = (
                Message.objects.select_for_update(of=("self",), skip_locked=True)
                .select_related("person")
                .filter(by_email=True, emailed_at__isnull=True)
                .order_by("id")
                .first()
            )
            if message is None:
                break
            if message.person.email:
                sent += _sent(message, connection)
            message.emailed_at = now
            message.save(update_fields=["emailed_at"])
    return sent


def _sent(message: Message, connection: BaseEmailBackend) -> int:
    """1 when it went out, 0 when the server refuses the address for good; other failures are raised and tried again."""
    mail = EmailMessage(
        subject=" ".join(message.title.split()),
        body=f"{message.title}\n\n{settings.PUBLIC_ADDRESS}{message.address}\n",
        to=[message.person.email],
        connection=connection,
    )
    return _gone(mail, f"message {message.pk}")


def _gone(mail: EmailMessage, what: str) -> int:
    try:
        return mail.send()
    except SMTPRecipientsRefused as refusal:
        if any(code < 500 for code, _ in refusal.recipients.values()):
            raise
        logger.warning("%s: the mail server refuses the address", what)
        return 0


def send_letters(*, now: datetime, limit: int = 200) -> int:
    """The same for letters to people outside, whose address stands in the letter."""
    if not settings.MAIL_ENABLED:
        return 0
    sent = 0
    connection = get_connection()
    while sent < limit:
        with transaction.atomic():
            letter = (
                Letter.objects.select_for_update(skip_locked=True)
                .filter(emailed_at__isnull=True)
                .exclude(email="")
                .order_by("id")
                .first()
            )
            if letter is None:
                break
            mail = EmailMessage(letter.subject, letter.text, to=[letter.email], connection=connection)
            sent += _gone(mail, f"letter {letter.pk}")
            letter.emailed_at = now
            letter.save(update_fields=["emailed_at"])
    return sent
