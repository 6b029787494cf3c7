"""What a module says of itself in its `module.py`: plain declarations that `site/wiring.py` collects."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Verb:
    """One thing a post may be allowed to do; `code` is `module.verb`, `label` is shown to administrators."""

    code: str
    label: str


@dataclass(frozen=True, slots=True)
class MenuEntry:
    """A line in the workspace's left column, shown to whoever holds `verb` in any scope.

    `count` names a counter that `site/home` knows how to read, or "" for none.
    """

    group: str
    label: str
    address: str
    icon: str
    verb: str
    count: str = ""


@dataclass(frozen=True, slots=True)
class WorkKind:
    """A kind of debt in `work.Item`: its code, the filter it stands under and its icon."""

    code: str
    label: str
    icon: str


@dataclass(frozen=True, slots=True)
class Module:
    """The table of contents of one module.

    `grants` maps a duty code to `{verb code: scope name}`; scopes are those of `foundation.access.terms.Scope`.
    """

    code: str
    label: str
    verbs: tuple[Verb, ...] = ()
    grants: dict[str, dict[str, str]] = field(default_factory=dict)
    menu: tuple[MenuEntry, ...] = ()
    work_kinds: tuple[WorkKind, ...] = ()
