"""Permission = verb × scope held by a post. Nothing here knows what a verb is about."""

from collections.abc import Iterable, Mapping
from typing import Any

from lienthong.foundation.access.terms import Actor, Scope
from lienthong.kit.declare import Module
from lienthong.kit.refusal import N_, Refused, Said

_grants: dict[str, dict[str, Scope]] = {}
_labels: dict[str, str] = {}


class Forbidden(Refused):
    """The actor's post does not hold the verb, or its scope does not reach the row."""


def install(modules: Iterable[Module]) -> None:
    """Take over what the modules declare; called once at start by the site."""
    _grants.clear()
    _labels.clear()
    for module in modules:
        for verb in module.verbs:
            if verb.code in _labels:
                raise ValueError(f"verb declared twice: {verb.code}")
            _labels[verb.code] = verb.label
    for module in modules:
        for duty, verbs in module.grants.items():
            for code, scope in verbs.items():
                if code not in _labels:
                    raise ValueError(f"{module.code} grants an undeclared verb: {code}")
                _grants.setdefault(duty, {})[code] = Scope[scope.upper()]


def labels() -> Mapping[str, str]:
    """Verb code → what it is called."""
    return _labels


def grants() -> Mapping[str, Mapping[str, Scope]]:
    """Duty → verb → scope, as declared."""
    return _grants


def verbs_of(duties: Iterable[str]) -> dict[str, Scope]:
    """What a post with these duties may do; of two scopes the wider one holds."""
    held: dict[str, Scope] = {}
    for duty in duties:
        for verb, scope in _grants.get(duty, {}).items():
            held[verb] = max(held.get(verb, scope), scope)
    return held


def system_actor(name: str = "Hệ thống") -> Actor:
    """The installation itself: migrations, automatic reactions, imports at the command line."""
    return Actor(
        person_id=None, person_name=name, post_id=None, post_name="", unit_id=None, unit_name="", agency_id=None,
        agency_name="", agency_path="", verbs=dict.fromkeys(_labels, Scope.PROVINCE),
    )  # fmt: skip


def allows(
    actor: Actor,
    verb: str,
    *,
    agency_id: int | None = None,
    agency_path: str = "",
    unit_ids: Iterable[int] = (),
    post_ids: Iterable[int] = (),
) -> bool:
    """Whether the actor's verb reaches a row held by these posts, units and this agency. What an ended agency held is
    its successor's (`Actor.custody`)."""
    scope = actor.scope(verb)
    if scope is None:
        return False
    if scope == Scope.PROVINCE:
        return True
    if scope == Scope.BRANCH and agency_path and agency_path.startswith(actor.agency_path):
        return True
    if scope >= Scope.AGENCY:
        return agency_id is not None and (agency_id == actor.agency_id or agency_id in actor.custody)
    if scope == Scope.UNIT and actor.unit_id is not None and actor.unit_id in set(unit_ids):
        return True
    return actor.post_id is not None and actor.post_id in set(post_ids)


def require(actor: Actor, verb: str, **row: Any) -> None:
    """Raise `Forbidden` unless `allows` says yes."""
    if not allows(actor, verb, **row):
        raise Forbidden(N_("Chức danh của ông, bà không có quyền: {verb}."), verb=Said(_labels.get(verb, verb)))
