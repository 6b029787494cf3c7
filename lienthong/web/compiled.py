"""The Jinja2 environment of what stands on every page and on every line of a list (decisions/0006).

A compiled part sees only what it is given by name, escapes everything, and fails on a name that it was not given."""

from collections.abc import Callable
from typing import Any

import jinja2
from django.utils.translation import gettext

from lienthong.web.templatetags import parts

_FUNCTIONS: dict[str, Callable[..., Any]] = {
    "_": gettext, "icon": parts.icon, "due": parts.due, "urgent": parts.urgent, "query": parts.query_with,
}  # fmt: skip


def environment(**options: Any) -> jinja2.Environment:
    """As Django's settings ask for it: the filters of our Django templates are filters here too, the tags functions."""
    made = jinja2.Environment(
        loader=options["loader"], auto_reload=options["auto_reload"], autoescape=True, undefined=jinja2.StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    made.filters.update(parts.register.filters)
    made.globals.update(_FUNCTIONS)
    return made
