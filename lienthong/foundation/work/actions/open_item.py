"""Open debts."""

from collections.abc import Iterable, Mapping
from typing import Any

from lienthong.foundation.insert import insert
from lienthong.foundation.work.models import Item


def open_item(**fields: Any) -> Item:
    """Open one debt; the fields are those of `Item`. The caller's act has decided that the holder owes it."""
    item = Item(**fields)
    insert(item)
    return item


def open_items(debts: Iterable[Mapping[str, Any]]) -> list[Item]:
    """Open many in one statement; ids are set on return."""
    return Item.objects.bulk_create([Item(**fields) for fields in debts])
