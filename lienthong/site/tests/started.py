"""A site started as `./lt serve` starts it, for tests that look at it from outside."""

import http.client
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from typing import Any

import psutil

from lienthong.site.running.places import Home, checkout

SMALL = "lienthong.site.tests.small_site"


def eventually(holds: Callable[[], bool], seconds: float = 30) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if holds():
            return True
        time.sleep(0.05)
    return False


def free_port() -> int:
    with closing(socket.create_server(("127.0.0.1", 0))) as probe:
        return int(probe.getsockname()[1])


def answers(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/khoe")
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def name_of(process: psutil.Process) -> str:
    """What it is called; "" when it has ended since it was found."""
    try:
        return process.name()
    except psutil.Error:
        return ""


def processes_of(home: Home) -> list[psutil.Process]:
    """Every living process that was started for this home."""
    found = []
    for process in psutil.process_iter():
        try:
            ours = process.environ().get("LIENTHONG_HOME") == str(home.path)
            database = process.name() == "postgres" and process.cwd().startswith(str(home.path))
            if (ours or database) and process.pid != os.getpid() and process.status() != psutil.STATUS_ZOMBIE:
                found.append(process)
        except psutil.Error:
            continue
    return found


class Site:
    def __init__(self, home: Home, port: int, settings: str = SMALL) -> None:
        self.home, self.port = home, port
        command = [sys.executable, "-m", "lienthong", "serve", "--port", str(port), "--workers", "1", "--json"]
        environment = {**os.environ, "DJANGO_SETTINGS_MODULE": settings}
        self.log = home.path / "test.log"
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                command, cwd=checkout(), env=environment, stdout=subprocess.PIPE, stderr=log, start_new_session=True
            )

    def first_words(self) -> dict[str, Any]:
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        assert line, self.log.read_text()
        return dict(json.loads(line))

    def pid_of(self, words: str) -> int:
        for process in psutil.Process(self.process.pid).children():
            if words in " ".join(process.cmdline()):
                return process.pid
        raise AssertionError(f"no {words} among the children")

    def end(self) -> None:
        """Kill it and wait until nothing of it but the database runs; the test's home ends that."""
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        eventually(lambda: not [p for p in processes_of(self.home) if name_of(p) not in {"postgres", ""}])
