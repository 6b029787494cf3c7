"""`./lt demo`, `./lt serve` and `./lt stop`: one installation of web and workers, from nothing to Ctrl-C."""

from __future__ import annotations

import http.client
import json
import os
import shutil
import signal
import sys
import time
from collections.abc import Callable
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

from lienthong.site.running import parts, postgres
from lienthong.site.running.kin import call
from lienthong.site.running.locks import Hold, alone, is_held
from lienthong.site.running.places import Home
from lienthong.site.running.ports import take
from lienthong.site.running.processes import Child, Family, web_command, worker_command
from lienthong.site.running.speech import CannotRun, say

HEALTH_PATH = "/khoe"
HEALTH_SECONDS = 120
STOP_SECONDS = 40
EVERYWHERE = ("", "0.0.0.0", "::")  # noqa: S104 - compared with, not bound


@dataclass(frozen=True)
class Wishes:
    """What the command line asked for."""

    port: int = 8000
    exact_port: bool = False
    address: str = "127.0.0.1"
    workers: int = 2
    sample: bool = False
    scale: str | None = None
    fresh: bool = False
    json: bool = False


def serve(wishes: Wishes) -> int:
    """Run until Ctrl-C or SIGTERM. 0 when it ended in order."""
    home = Home.here().make()
    private = not os.environ.get("DATABASE_URL")
    with ExitStack() as stack:
        stack.enter_context(_only_one(home))
        if wishes.fresh:
            _begin_anew(home)
        if wishes.sample:
            _mark_as_demo(home)
        parts.front_end()
        os.environ["DATABASE_URL"] = stack.enter_context(postgres.running(home))
        port = take(wishes.port, wishes.address, exactly=wishes.exact_port)
        stack.callback(port.release)
        origin = f"http://{_reachable(wishes.address)}:{port.number}"
        os.environ.setdefault("LIENTHONG_PUBLIC_ADDRESS", origin)
        sign_ins = _prepared(wishes)
        family = _family(home, wishes, port.number)
        family.besides = _database_watch(home, family) if private else family.besides
        family.obey_signals()
        try:
            family.start()
            _wait_until_healthy(family, wishes.address, port.number)
            if not family.is_over:
                _note(home, family, origin)
                _announce(origin, sign_ins, wishes)
            family.watch()
        finally:
            say("Đang dừng", "stopping")
            family.end()
            _note_path(home).unlink(missing_ok=True)
            # Otherwise `running` would take our own private address for a server that is not ours to stop.
            os.environ.pop("DATABASE_URL", None)
    return 0


def stop() -> int:
    """End whatever of this home still runs, started by whom it may be."""
    home = Home.here()
    if not home.path.is_dir():
        say("Không có gì đang chạy", "nothing is running")
        return 0
    ended = _end_site(home)
    ended = postgres.stop(home) or ended
    say(*(("Đã dừng", "stopped") if ended else ("Không có gì đang chạy", "nothing is running")))
    return 0


def note_of(home: Home) -> dict[str, Any] | None:
    """Address and processes of the site that runs in this home; None when none does."""
    if not is_held(_site_lock(home)):
        return None
    try:
        return dict(json.loads(_note_path(home).read_text(encoding="utf-8")))
    except (OSError, ValueError):
        return {}


def _only_one(home: Home) -> ExitStack:
    stack = ExitStack()
    with alone(home.run / "site.door"):
        if is_held(_site_lock(home)):
            address = (note_of(home) or {}).get("address", "?")
            raise CannotRun(
                f"Hệ thống này đang chạy tại {address}.", f"This installation is running at {address}.", "./lt stop"
            )
        hold = Hold(_site_lock(home))
    stack.callback(hold.release)
    return stack


def _prepared(wishes: Wishes) -> list[dict[str, Any]]:
    say("Chuẩn bị dữ liệu", "preparing the data")
    command = [sys.executable, "-m", "lienthong.site.running.prepare"]
    if wishes.sample:
        command += ["--sample", *(["--scale", wishes.scale] if wishes.scale else [])]
    code, output = call(command, capture=True)
    if code in (130, 143):
        raise KeyboardInterrupt
    if code != 0:
        raise CannotRun(
            "Không chuẩn bị được dữ liệu; lỗi ở trên.", "Preparing failed; the error is above.", "./lt doctor"
        )
    lines = (line for line in output.splitlines() if line.lstrip().startswith("{"))
    return [json.loads(line) for line in lines]


def _family(home: Home, wishes: Wishes, port: int) -> Family:
    # A demo's terminal is for its address and sign-ins; a service's log belongs to who started it.
    logs = home.logs if wishes.sample else None
    children = [
        Child("web", web_command(wishes.address, port, wishes.workers), os.environ, logs and logs / "web.log"),
        Child("worker", worker_command(), os.environ, logs and logs / "worker.log"),
    ]
    family = Family(children)
    family.on_change = lambda: _note(home, family, None)
    return family


def _database_watch(home: Home, family: Family) -> Callable[[], None]:
    last = time.monotonic()

    def look() -> None:
        nonlocal last
        if time.monotonic() - last > 0.5:
            last = time.monotonic()
            if postgres.revive(home):
                say("Cơ sở dữ liệu đã được khởi động lại", "the database was started again")
                # A job worker does not listen again by itself; web workers find a broken connection and reopen it.
                family.children[-1].renew()

    return look


def _wait_until_healthy(family: Family, address: str, port: int) -> None:
    deadline = time.monotonic() + HEALTH_SECONDS
    web = family.children[0]

    def decided() -> bool:
        return _is_healthy(address, port) or web.failures >= 3 or time.monotonic() > deadline

    family.watch(until=decided)
    if not family.is_over and not _is_healthy(address, port):
        tail = "" if web.log is None else "\n".join(web.log.read_text(errors="replace").splitlines()[-15:])
        raise CannotRun("Trang web không trả lời.", f"The web server does not answer {HEALTH_PATH} on {port}.", tail)


def _is_healthy(address: str, port: int) -> bool:
    # Asked by number, not by name: on another address of this machine somebody else may answer.
    there = "127.0.0.1" if address in EVERYWHERE else address
    connection = http.client.HTTPConnection(there, port, timeout=2)
    known_as = os.environ.get("LIENTHONG_HOSTS", "localhost").split(",")[0].strip().lstrip("*.") or "localhost"
    try:
        connection.request("GET", HEALTH_PATH, headers={"Host": known_as})
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _reachable(address: str) -> str:
    # Passkeys need a name: browsers do not offer them on a bare number.
    if address in EVERYWHERE or address == "127.0.0.1":
        return "localhost"
    return f"[{address}]" if ":" in address else address


def _announce(origin: str, sign_ins: list[dict[str, Any]], wishes: Wishes) -> None:
    if wishes.json:
        print(json.dumps({"address": origin, "sign_ins": sign_ins}, ensure_ascii=False), flush=True)
        return
    print(f"\n  Liên Thông: {origin}\n", flush=True)
    if sign_ins:
        columns = list(sign_ins[0])
        width = {name: max(len(str(row.get(name, ""))) for row in sign_ins) for name in columns}
        for row in sign_ins:
            print("  " + "  ".join(str(row.get(name, "")).ljust(width[name]) for name in columns).rstrip())
    print("\n  Ctrl-C để dừng · to stop\n", flush=True)


def _begin_anew(home: Home) -> None:
    """Throw a demo's data away; an installation that was not made by `demo` is never touched."""
    if os.environ.get("DATABASE_URL"):
        raise CannotRun(
            "--fresh chỉ dùng với cơ sở dữ liệu riêng.",
            "--fresh is for the private database only.",
            "unset DATABASE_URL",
        )
    if (home.path / "cluster.json").exists() and not _demo_mark(home).exists():
        raise CannotRun(
            f"{home.path} không phải dữ liệu dùng thử nên không xóa.",
            f"{home.path} was not made by demo, so it is not deleted.",
            "LIENTHONG_HOME=… ./lt demo --fresh",
        )
    say("Xóa dữ liệu dùng thử cũ", "deleting the old demo")
    postgres.destroy(home)
    for folder in (home.files, home.path / "anchors", home.path / "uploads"):
        shutil.rmtree(folder, ignore_errors=True)


def _mark_as_demo(home: Home) -> None:
    if not (home.path / "cluster.json").exists():
        _demo_mark(home).touch()


def _end_site(home: Home) -> bool:
    note = note_of(home)
    try:
        left = json.loads(_note_path(home).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        left = {"supervisor": None, "children": []}
    supervisor = _still(*left["supervisor"]) if note is not None and left["supervisor"] else None
    if supervisor:
        _end_in_order(home, supervisor)
    ended = supervisor is not None
    for pid, started in left["children"]:
        orphan = _still(pid, started)
        if orphan:
            ended = True
            with suppress(ProcessLookupError):
                os.killpg(pid, signal.SIGKILL)
    _note_path(home).unlink(missing_ok=True)
    return ended


def _end_in_order(home: Home, supervisor: psutil.Process) -> None:
    # The lock tells that it has finished: a process that nobody has collected would still be counted as there.
    with suppress(psutil.NoSuchProcess):
        supervisor.send_signal(signal.SIGTERM)
        deadline = time.monotonic() + STOP_SECONDS
        while is_held(_site_lock(home)) and time.monotonic() < deadline:
            time.sleep(0.05)
        if is_held(_site_lock(home)):
            supervisor.kill()


def _still(pid: int, started: float) -> psutil.Process | None:
    """The process, if that number still means the one that was noted."""
    with suppress(psutil.Error):
        process = psutil.Process(pid)
        if abs(process.create_time() - started) < 1 and process.status() != psutil.STATUS_ZOMBIE:
            return process
    return None


def _note(home: Home, family: Family, origin: str | None) -> None:
    path = _note_path(home)
    if origin is None:
        origin = (note_of(home) or {}).get("address")
    children = []
    for child in family.children:
        with suppress(psutil.Error):
            if child.pid:
                children.append([child.pid, psutil.Process(child.pid).create_time()])
    note = {"address": origin, "supervisor": [os.getpid(), psutil.Process().create_time()], "children": children}
    fresh = path.with_suffix(".new")
    fresh.write_text(json.dumps(note), encoding="utf-8")
    fresh.replace(path)


def _note_path(home: Home) -> Path:
    return home.run / "site.json"


def _site_lock(home: Home) -> Path:
    return home.run / "site.lock"


def _demo_mark(home: Home) -> Path:
    return home.path / "demo"
