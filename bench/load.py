"""A server of its own, and clients that ask it: wrk where it is installed, else threads of this Python."""

import http.client
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench import ground, p95
from lienthong.site.running.processes import web_command

_LUA = 'done = function(s, l, r) io.write(string.format("p95us %d bad %d\\n", l:percentile(95), s.errors.status)) end'


@dataclass(frozen=True, slots=True)
class Load:
    """What the clients saw."""

    per_second: float
    p95_ms: float
    requests: int


@contextmanager
def server(documents: int | str, workers: int) -> Iterator[tuple[int, int]]:
    """granian over the installation with so many documents, as `./lt serve` starts it: (port, process id)."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = os.environ | {
        "DATABASE_URL": ground.conninfo(documents), "DJANGO_SETTINGS_MODULE": "bench.measured_site",
        "PYTHONPATH": str(Path(__file__).resolve().parents[1]),
    }  # fmt: skip
    child = subprocess.Popen(web_command("127.0.0.1", port, workers), env=environment, start_new_session=True)
    try:
        _wait(port)
        yield port, child.pid
    finally:
        os.killpg(child.pid, signal.SIGTERM)
        try:
            child.wait(15)
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)


def _wait(port: int) -> None:
    for _ in range(300):
        try:
            ask(port, "/khoe", "")
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError("the server did not answer within 30 seconds")


def ask(port: int, path: str, cookie: str) -> tuple[int, bytes]:
    """One answer: its status and its body."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", path, headers={"Cookie": cookie, "Host": "localhost"})
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer.status, body


def press(port: int, path: str, cookie: str, *, clients: int, seconds: int) -> Load:
    """So many clients, each asking again as soon as it is answered. Raises where an answer is not a page."""
    status, _ = ask(port, path, cookie)
    if status != 200:
        raise RuntimeError(f"{path} answered {status}")
    return (_wrk if shutil.which("wrk") else _threads)(port, path, cookie, clients, seconds)


def _wrk(port: int, path: str, cookie: str, clients: int, seconds: int) -> Load:
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        script.write(_LUA)
        script.flush()
        done = subprocess.run(
            ["wrk", "-t1", f"-c{clients}", f"-d{seconds}s", "--timeout", "30s", "-s", script.name,
             "-H", f"Cookie: {cookie}", "-H", "Host: localhost", f"http://127.0.0.1:{port}{path}"],
            capture_output=True, text=True, check=True,
        )  # fmt: skip
    tail, bad = map(int, re.search(r"p95us (\d+) bad (\d+)", done.stdout).groups())
    if bad:
        raise RuntimeError(f"{path}: {bad} answers were errors")
    rate, count = re.search(r"Requests/sec:\s+([\d.]+)", done.stdout), re.search(r"(\d+) requests in", done.stdout)
    return Load(float(rate.group(1)), tail / 1000, int(count.group(1)))


_CLIENT = """
import http.client, sys, threading, time
port, path, cookie, clients, seconds = int(sys.argv[1]), sys.argv[2], sys.argv[3], int(sys.argv[4]), float(sys.argv[5])
end, took = time.monotonic() + seconds, []
def one():
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    while time.monotonic() < end:
        began = time.monotonic()
        connection.request("GET", path, headers={"Cookie": cookie, "Host": "localhost"})
        answer = connection.getresponse(); answer.read()
        assert answer.status == 200, answer.status
        took.append(time.monotonic() - began)
threads = [threading.Thread(target=one) for _ in range(clients)]
[thread.start() for thread in threads]; [thread.join() for thread in threads]
print(*took)
"""


def _threads(port: int, path: str, cookie: str, clients: int, seconds: int) -> Load:
    given = [str(port), path, cookie, str(clients), str(seconds)]
    done = subprocess.run([sys.executable, "-c", _CLIENT, *given], capture_output=True, text=True, check=True)
    took = [float(one) for one in done.stdout.split()]
    return Load(len(took) / seconds, p95(took) * 1000, len(took))
