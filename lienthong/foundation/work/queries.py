"""A post's debts. Everybody sees those of the posts they act through; nobody else's."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, F, Q, QuerySet

from lienthong.foundation.access.terms import Seated
from lienthong.foundation.work.models import Extension, HandOver, Item
from lienthong.kit.dates import VIETNAM, start_of_day


def running(viewer: Seated) -> QuerySet[Item]:
    """Open debts of the viewer's post whose clock runs."""
    return Item.objects.filter(holder_id=viewer.post_id, done_at__isnull=True, paused_at__isnull=True)


def mine(viewer: Seated, *, kinds: Sequence[str] = (), role: str = "", start: int = 0, limit: int = 200) -> list[Item]:
    """Open debts of the viewer's post, by deadline, those without one last."""
    found = running(viewer)
    if kinds:
        found = found.filter(kind__in=kinds)
    if role:
        found = found.filter(role=role)
    return list(found.order_by(F("due_at").asc(nulls_last=True), "-urgency", "id")[start : start + limit])


def stopped(viewer: Seated) -> list[Item]:
    """Open debts whose clock stands still."""
    return list(
        Item.objects.filter(holder_id=viewer.post_id, done_at__isnull=True, paused_at__isnull=False).order_by(
            "paused_at"
        )
    )


@dataclass(frozen=True, slots=True)
class Tally:
    """How many open, running debts of one kind and role: `late` by now, `today` still due before the day ends."""

    kind: str
    role: str
    all: int
    late: int
    today: int


def tallies(viewer: Seated, now: datetime) -> list[Tally]:
    """The viewer's open, running debts by kind and role. One query."""
    midnight = start_of_day(now.astimezone(VIETNAM).date() + timedelta(days=1))
    rows = (
        running(viewer)
        .values("kind", "role")
        .annotate(
            all=Count("id"),
            late=Count("id", filter=Q(due_at__lt=now)),
            today=Count("id", filter=Q(due_at__gte=now, due_at__lt=midnight)),
        )
        .order_by("kind", "role")
    )
    return [Tally(**row) for row in rows]


def decisions(viewer: Seated, item_ids: Sequence[int]) -> dict[int, int]:
    """Decision item → the request for more time that it asks the viewer's post to decide."""
    rows = Extension.objects.filter(
        decision_item__in=item_ids, decider_id=viewer.post_id, decided_at__isnull=True
    ).values_list("decision_item_id", "id")
    return dict(rows)


def extension_for(viewer: Seated, extension_id: int) -> Extension | None:
    """A request for more time that the viewer's post asked or decides; None otherwise."""
    return (
        Extension.objects.select_related("item", "asked_by", "asked_by__unit", "item__holder")
        .filter(Q(decider_id=viewer.post_id) | Q(asked_by_id=viewer.post_id), pk=extension_id)
        .first()
    )


def mine_among(viewer: Seated, item_ids: Sequence[int]) -> list[Item]:
    """Those of these debts that are open and the viewer's own, stopped ones too."""
    return list(Item.objects.filter(pk__in=item_ids, holder_id=viewer.post_id, done_at__isnull=True).order_by("id"))


def open_extension(item_id: int) -> Extension | None:
    """The undecided request for more time on an item the caller has obtained."""
    return Extension.objects.filter(item_id=item_id, decided_at__isnull=True).first()


def open_of(post_ids: Sequence[int]) -> list[Item]:
    """All open debts of these posts, stopped ones too: for acts that end posts."""
    return list(Item.objects.filter(holder__in=post_ids, done_at__isnull=True).order_by("id"))


def taken_over(viewer: Seated) -> QuerySet:
    """Ids of the debts that were handed over to the viewer's post and are held by it still: few, found by index."""
    return HandOver.objects.filter(to_post_id=viewer.post_id, item__holder_id=viewer.post_id).values("item_id")
