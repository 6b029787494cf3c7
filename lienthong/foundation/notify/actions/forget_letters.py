"""Forget whom letters went to, when nobody needs it any more."""

from datetime import datetime, timedelta

from lienthong.foundation.notify.models import Letter

KEPT = timedelta(days=365)


def forget_letters(*, now: datetime) -> int:
    """Letters older than a year go: the trail of the matter says that somebody was told (91/2025/QH15 art. 3, limited
    keeping). Returns how many."""
    return Letter.objects.filter(at__lt=now - KEPT).delete()[0]
