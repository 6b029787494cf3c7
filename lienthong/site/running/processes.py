"""The processes of an installation: started, watched, started again when they die, ended together."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from lienthong.site.running.kin import bound_to_us
from lienthong.site.running.speech import say

GRACE_SECONDS = 20
HEALTHY_SECONDS = 60
LONGEST_PAUSE_SECONDS = 30
LOG_LIMIT = 20_000_000


def web_command(address: str, port: int, workers: int) -> list[str]:
    """Granian with few threads: a worker is one process and Python runs one request at a time in it."""
    return [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", address, "--port", str(port),
        "--workers", str(workers), "--blocking-threads", "1", "--no-ws", "--http", "auto",
        "--respawn-failed-workers", "--workers-kill-timeout", "10", "--log-level", "warning",
        "lienthong.site.running.web:application",
    ]  # fmt: skip


def worker_command() -> list[str]:
    """Procrastinate: jobs that acts have left in the database, and those that come with the clock."""
    return [sys.executable, "-m", "django", "procrastinate", "worker", "--shutdown-graceful-timeout", "15"]


@dataclass
class Child:
    """One process that is to run always. `log` None: it speaks on our own terminal."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    log: Path | None
    failures: int = 0
    _process: subprocess.Popen[bytes] | None = None
    _started: float = 0.0
    _next_start: float = 0.0

    @property
    def pid(self) -> int | None:
        """Its pid while it runs."""
        return self._process.pid if self._process else None

    def start(self) -> None:
        """Start it in a process group of its own, so that Ctrl-C reaches only us and we end it in order."""
        output = self._output()
        try:
            self._process = subprocess.Popen(
                self.command, env=dict(self.environment), stdin=subprocess.DEVNULL, stdout=output, stderr=output,
                start_new_session=True, preexec_fn=bound_to_us(),
            )  # fmt: skip
        finally:
            if output is not None:
                os.close(output)
        self._started = time.monotonic()

    def tend(self) -> bool:
        """Start it again when it has died, later each time. True when it was started now."""
        if self._process is not None and not self._ended():
            return False
        now = time.monotonic()
        if self._process is not None:
            code = self._collect()
            self.failures = 1 if now - self._started > HEALTHY_SECONDS else self.failures + 1
            pause = min(0.25 * 2 ** (self.failures - 1), LONGEST_PAUSE_SECONDS)
            self._next_start = now + pause
            say(
                f"Tiến trình {self.name} đã dừng (mã {code}), khởi động lại sau {pause:.1f} giây",
                f"{self.name} ended ({code}), starting it again",
            )
        if now < self._next_start:
            return False
        self.start()
        return True

    def renew(self) -> None:
        """Have it started afresh, for example because what it was connected to has gone."""
        self.failures = 0
        self.ask_to_end()

    def ask_to_end(self) -> None:
        """Let it finish what it is doing."""
        if self._process is not None and not self._ended():
            self._process.send_signal(signal.SIGTERM)

    def end(self, deadline: float) -> None:
        """Wait for it until `deadline` (monotonic seconds), then kill what is left of its group."""
        if self._process is None:
            return
        while not self._ended() and time.monotonic() < deadline:
            time.sleep(0.02)
        if not self._ended():
            self._kill_group()
            while not self._ended():
                time.sleep(0.02)
        self._collect()

    def _ended(self) -> bool:
        # It is looked at without being collected: until then its number cannot become another group's.
        assert self._process is not None
        flags = os.WEXITED | os.WNOHANG | os.WNOWAIT
        return os.waitid(os.P_PID, self._process.pid, flags) is not None

    def _collect(self) -> int:
        assert self._process is not None
        self._kill_group()
        code = self._process.wait()
        self._process = None
        return code

    def _kill_group(self) -> None:
        assert self._process is not None
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)

    def _output(self) -> int | None:
        if self.log is None:
            return None
        if self.log.exists() and self.log.stat().st_size > LOG_LIMIT:
            self.log.replace(self.log.with_suffix(".log.1"))
        return os.open(self.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)


@dataclass
class Family:
    """All children together; `on_change` is told whenever a pid has changed, `besides` is run twice a second."""

    children: list[Child]
    on_change: Callable[[], None] = lambda: None
    besides: Callable[[], None] = lambda: None
    _over: threading.Event = field(default_factory=threading.Event)

    def obey_signals(self) -> None:
        """Ctrl-C, SIGTERM and a closed terminal end the family."""
        for order in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(order, lambda *_: self._over.set())

    @property
    def is_over(self) -> bool:
        """Whether a signal has asked for the end."""
        return self._over.is_set()

    def start(self) -> None:
        """Start every child."""
        for child in self.children:
            child.start()
        self.on_change()

    def watch(self, until: Callable[[], bool] = lambda: False) -> None:
        """Tend the children until a signal comes or `until` says so."""
        while not self._over.wait(0.1) and not until():
            started = [child.tend() for child in self.children]
            if any(started):
                self.on_change()
            self.besides()

    def end(self) -> None:
        """End all: first asked, after twenty seconds killed. Nothing of them is left afterwards."""
        for child in self.children:
            child.ask_to_end()
        deadline = time.monotonic() + GRACE_SECONDS
        for child in self.children:
            child.end(deadline)
