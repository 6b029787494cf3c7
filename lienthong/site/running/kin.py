"""Child processes that do not outlive their parent, even when it is killed."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

_PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


def die_with_parent(parent: int, order: int = signal.SIGTERM) -> None:
    """Ask the kernel to send this process `order` when its parent, whose pid is `parent`, ends. Linux only."""
    if _libc is None:
        return
    _libc.prctl(_PR_SET_PDEATHSIG, order)
    if os.getppid() != parent:  # it ended before we asked
        os.kill(os.getpid(), order)


def bound_to_us(order: int = signal.SIGTERM) -> Callable[[], None]:
    """A `preexec_fn` for `subprocess` that binds the child to this process."""
    parent = os.getpid()
    return lambda: die_with_parent(parent, order)


def call(command: Sequence[str | Path], cwd: Path | None = None, capture: bool = False) -> tuple[int, str]:
    """Run a command to its end in our terminal; return its exit code and, with `capture`, what it printed.

    Ctrl-C reaches the child by itself; we wait for it to clean up instead of dying before it.
    """
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    child = None
    try:
        child = subprocess.Popen(
            command,
            cwd=cwd,
            text=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE if capture else None,
            preexec_fn=_as_before(before, bound_to_us()),
        )
        output, _ = child.communicate()
    finally:
        signal.signal(signal.SIGINT, before)
        if child is not None and child.poll() is None:
            child.terminate()
            child.wait()
    return child.returncode if child.returncode >= 0 else 128 - child.returncode, output or ""


def _as_before(interrupt: object, then: Callable[[], None]) -> Callable[[], None]:
    def start() -> None:
        signal.signal(signal.SIGINT, interrupt if callable(interrupt) else signal.SIG_DFL)
        then()

    return start
