"""What the commands say on a terminal: Vietnamese first, English after it, always on stderr.

Standard output is left to results, so that `--json` stays clean. These lines are spoken before Django can be
loaded (its packages may not be installed yet), which is why they do not go through gettext.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from time import monotonic

EVERY = 5  # seconds between two lines about one long work


def say(vietnamese: str, english: str) -> None:
    """Print one progress line."""
    print(f"▸ {vietnamese} · {english}", file=sys.stderr, flush=True)


def said_now_and_then(vietnamese: str, english: str) -> Callable[[int, int], None]:
    """A progress(done, total) that prints a line at the beginning and then every five seconds, with the share that is done."""
    last = float("-inf")

    def progress(done: int, total: int) -> None:
        nonlocal last
        if monotonic() - last >= EVERY and done < total:
            last = monotonic()
            say(f"{vietnamese}: {100 * done // total} %", f"{english}: {100 * done // total}%")

    return progress


class CannotRun(Exception):
    """Nothing could be done (exit code 2).

    Carries what is missing in both languages and, where there is one, the line that mends it.
    """

    def __init__(self, vietnamese: str, english: str, mend: str = "") -> None:
        super().__init__(english)
        self.vietnamese = vietnamese
        self.english = english
        self.mend = mend

    def __str__(self) -> str:
        lines = [f"✗ {self.vietnamese}", f"  {self.english}"]
        if self.mend:
            lines += ["  Cách sửa · to mend it:", *(f"    {line}" for line in self.mend.splitlines())]
        return "\n".join(lines)
