"""Which facts have which reactions; filled from `site/wiring.py`, which stands at the top and knows everybody."""

from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any

Reaction = Callable[..., None]
_reactions: dict[str, tuple[Reaction, ...]] = {}
_classes: dict[str, type] = {}


def install(table: Mapping[type, tuple[Reaction, ...]]) -> None:
    """Take over the table fact class → reactions."""
    _reactions.clear()
    _classes.clear()
    for fact, reactions in table.items():
        _classes[name_of(fact)] = fact
        _reactions[name_of(fact)] = reactions


def name_of(fact: type) -> str:
    """`documents.Issued`: the module's name and the class's."""
    return f"{fact.__module__.split('.')[-2]}.{fact.__name__}"


def jobs_of(fact: Any) -> list[dict[str, Any]]:
    """What has to be done because of a fact: one job per reaction, so that each is retried for itself."""
    name = name_of(type(fact))
    return [
        {"fact": name, "reaction": f"{reaction.__module__}.{reaction.__qualname__}", "data": asdict(fact)}
        for reaction in _reactions.get(name, ())
    ]


def find(fact: str, reaction: str, data: Mapping[str, Any]) -> tuple[Reaction, Any] | None:
    """The reaction and the fact of a job; None when that reaction is no longer wired."""
    for candidate in _reactions.get(fact, ()):
        if f"{candidate.__module__}.{candidate.__qualname__}" == reaction:
            return candidate, _classes[fact](**data)
    return None
