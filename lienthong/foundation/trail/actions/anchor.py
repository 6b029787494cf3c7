"""Set today's ends of all chains aside, in the database and in a file outside it."""

from datetime import datetime
from pathlib import Path

from django.db import transaction

from lienthong.foundation.trail.models import Anchor, Chain
from lienthong.kit.dates import VIETNAM


@transaction.atomic
def anchor(*, now: datetime, folder: Path) -> int:
    """Write one anchor per chain for the day; a second run on the same day adds nothing. Returns how many."""
    day = now.astimezone(VIETNAM).date()
    have = set(Anchor.objects.filter(day=day).values_list("chain", flat=True))
    new = [
        Anchor(day=day, chain=chain.chain, no=chain.last_no, hash=chain.last_hash)
        for chain in Chain.objects.exclude(chain__in=have).order_by("chain")
    ]
    Anchor.objects.bulk_create(new)
    if new:
        folder.mkdir(parents=True, exist_ok=True)
        with open(folder / f"{day:%Y-%m-%d}.txt", "a", encoding="ascii") as file:
            for row in new:
                file.write(f"{row.chain} {row.no} {bytes(row.hash).hex()}\n")
    return len(new)
