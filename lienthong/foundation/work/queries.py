"""A post's debts. Everybody sees those of the posts they act through; nobody else's."""

from datetime import datetime

from django.db.models import Count, F, Q

from lienthong.foundation.access.terms import Actor
from lienthong.foundation.work.models import Extension, Item


def mine(viewer: Actor, *, kind: str = "", role: str = "", limit: int = 200) -> list[Item]:
    """Open debts of the viewer's post, by deadline, those without one last."""
    found = Item.objects.filter(holder_id=viewer.post_id, done_at__isnull=True, paused_at__isnull=True)
    if kind:
        found = found.filter(kind=kind)
    if role:
        found = found.filter(role=role)
    return list(found.order_by(F("due_at").asc(nulls_last=True), "-urgency", "id")[:limit])


def stopped(viewer: Actor) -> list[Item]:
    """Open debts whose clock stands still."""
    return list(
        Item.objects.filter(holder_id=viewer.post_id, done_at__isnull=True, paused_at__isnull=False).order_by(
            "paused_at"
        )
    )


def counts(viewer: Actor, now: datetime) -> dict[str, dict[str, int]]:
    """Kind → {all, late} of the viewer's open, running debts. One query."""
    rows = (
        Item.objects.filter(holder_id=viewer.post_id, done_at__isnull=True, paused_at__isnull=True)
        .values("kind")
        .annotate(all=Count("id"), late=Count("id", filter=Q(due_at__lt=now)))
    )
    return {row["kind"]: {"all": row["all"], "late": row["late"]} for row in rows}


def open_extension(item_id: int) -> Extension | None:
    """The undecided request for more time on an item the caller has obtained."""
    return Extension.objects.filter(item_id=item_id, decided_at__isnull=True).first()
