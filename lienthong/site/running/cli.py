"""The table of commands behind `./lt`."""

from __future__ import annotations

import os
import sys

from lienthong.site.running.places import Home
from lienthong.site.running.postgres import running


def main(argv: list[str]) -> int:
    """Temporary core: `manage …` with the private database running."""
    home = Home.here()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lienthong.site.settings")
    os.environ["LIENTHONG_HOME"] = str(home.path)
    assert argv and argv[0] == "manage"
    with running(home) as url:
        os.environ["DATABASE_URL"] = url
        from django.core.management import execute_from_command_line

        execute_from_command_line(["lt manage", *argv[1:]])
    return 0
