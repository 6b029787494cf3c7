"""Tell somebody outside the administration something, once."""

from datetime import datetime

from lienthong.foundation.notify.models import Letter


def tell_outside(*, email: str, phone: str, subject: str, text: str, short: str, once: str, now: datetime) -> None:
    """Put a letter in the way: by e-mail where there is an address, by SMS (`short`, without diacritics where the gateway
    wants it) where there is a telephone. A second call with the same `once` changes nothing."""
    if not email and not phone:
        return
    Letter.objects.bulk_create(
        [
            Letter(
                email=email, phone=phone, subject=subject[:300], text=text[:2000], short=short[:300], at=now, once=once
            )
        ],
        ignore_conflicts=True,
    )
