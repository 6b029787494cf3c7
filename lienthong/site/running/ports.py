"""Finding a free port, and keeping two installations from sharing one."""

from __future__ import annotations

import fcntl
import os
import socket
import tempfile
from dataclasses import dataclass
from pathlib import Path

from lienthong.site.running.speech import CannotRun, say

TRIED = 50


@dataclass
class Port:
    """A port of this machine that is ours while this object lives."""

    number: int
    _lock: int

    def release(self) -> None:
        """Let others have it."""
        os.close(self._lock)


def take(wanted: int, address: str = "127.0.0.1", exactly: bool = False) -> Port:
    """Take `wanted`, or the next free port, saying so; with `exactly`, refuse instead."""
    for number in range(wanted, min(wanted + TRIED, 65536)):
        lock = _reserve(number)
        if lock is not None and _is_free(number, address):
            if number != wanted:
                say(f"Cổng {wanted} đang bận, dùng cổng {number}", f"port {wanted} is taken, using {number}")
            return Port(number, lock)
        if lock is not None:
            os.close(lock)
        if exactly:
            raise CannotRun(f"Cổng {wanted} đang bận.", f"Port {wanted} is taken.", f"./lt serve --port {wanted + 1}")
    raise CannotRun(
        f"Không có cổng nào trống từ {wanted} đến {number}.", f"No port from {wanted} to {number} is free.", "./lt stop"
    )


def _is_free(number: int, address: str) -> bool:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        # Ports in TIME_WAIT are free; one that somebody listens on is not, even if he would share it.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, number))
            probe.listen(1)
        except OSError:
            return False
    return True


def _reserve(number: int) -> int | None:
    # Between looking and the web server's own binding another installation could look too.
    path = Path(tempfile.gettempdir()) / f"lienthong-port-{os.geteuid()}-{number}"
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
    except OSError:
        return None
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        return None
    return handle
