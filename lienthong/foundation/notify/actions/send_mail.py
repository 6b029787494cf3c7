"""Send the waiting messages by e-mail."""

from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction

from lienthong.foundation.notify.models import Message


def send_mail(*, now: datetime, limit: int = 200) -> int:
    """Send what waits, one short transaction a message, and return how many went out.

    A message is claimed by locking its row; the mail leaves before the row says so, hence a crash in between repeats
    one mail rather than losing it. Nothing happens where no mail server is set.
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
                EmailMessage(
                    subject=message.title,
                    body=f"{message.title}\n\n{settings.PUBLIC_ADDRESS}{message.address}\n",
                    to=[message.person.email],
                    connection=connection,
                ).send()
                sent += 1
            message.emailed_at = now
            message.save(update_fields=["emailed_at"])
    return sent
