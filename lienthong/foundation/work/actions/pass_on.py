"""Move debts to other posts: part of handing over and of inheriting."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from lienthong.foundation.work.models import Extension, HandOver, Item


def pass_on(items: Sequence[Item], to: Mapping[int, int], reason: str, now: datetime) -> list[HandOver]:
    """Give each item to the post `to[item.pk]`, keep who had it, and let decisions on more time go along. Returns what
    was kept, in the order of the items."""
    kept = HandOver.objects.bulk_create(
        [
            HandOver(item=item, from_post_id=item.holder_id, to_post_id=to[item.pk], reason=reason, at=now)
            for item in items
        ]
    )
    for item in items:
        item.holder_id = to[item.pk]
    Item.objects.bulk_update(items, ["holder"])
    asked = list(Extension.objects.filter(decision_item__in=[item.pk for item in items], decided_at__isnull=True))
    for extension in asked:
        extension.decider_id = to[extension.decision_item_id]  # type: ignore[index]  # filtered by it just above
    Extension.objects.bulk_update(asked, ["decider"])
    return kept
