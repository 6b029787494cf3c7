"""Locks between processes that a `kill -9` cannot leave behind.

Every lock is `flock` on an open file: the kernel releases it when its holder ends, however it ends, so there is
no pid to compare and none that could have been given to another process meanwhile.
"""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from lienthong.site.running.speech import CannotRun, say

PATIENCE_SECONDS = 600
SPEAK_AFTER_SECONDS = 3


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Hold the lock file `path` exclusively; waits for others and says so after three seconds."""
    handle = _open(path)
    try:
        _wait(handle, path)
        yield
    finally:
        os.close(handle)


def _wait(handle: int, path: Path) -> None:
    began = time.monotonic()
    spoken = False
    while not _try(handle, fcntl.LOCK_EX):
        waited = time.monotonic() - began
        if waited > PATIENCE_SECONDS:
            raise CannotRun(f"Chờ khóa {path} quá lâu.", f"Waited too long for the lock {path}.", "./lt stop")
        if waited > SPEAK_AFTER_SECONDS and not spoken:
            say("Đang chờ một lệnh khác chạy xong", "waiting for another command to finish")
            spoken = True
        time.sleep(0.05)


class Hold:
    """A share in something that must stay as long as anyone needs it: the last one out puts it away.

    Take and release only while a lock that all sharers use is held; otherwise two could believe to be the last.
    """

    def __init__(self, path: Path) -> None:
        self._handle: int | None = _open(path)
        fcntl.flock(self._handle, fcntl.LOCK_SH)

    def release(self) -> bool:
        """Give the share back. True when nobody else has one."""
        if self._handle is None:
            return False
        last = _try(self._handle, fcntl.LOCK_EX)
        os.close(self._handle)
        self._handle = None
        return last


def is_held(path: Path) -> bool:
    """Whether any process has a `Hold` on this file now."""
    if not path.exists():
        return False
    handle = _open(path)
    try:
        return not _try(handle, fcntl.LOCK_EX)
    finally:
        os.close(handle)


def _open(path: Path) -> int:
    path.parent.mkdir(parents=True, exist_ok=True)
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)


def _try(handle: int, kind: int) -> bool:
    try:
        fcntl.flock(handle, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
