"""Chromium for the tests that look at pages."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from lienthong.site.running.speech import say

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
INSTALL = "apt-get install -y chromium"


def chromium() -> Path | None:
    """The browser that `LIENTHONG_CHROMIUM` names, else the system's; None when there is none."""
    given = os.environ.get("LIENTHONG_CHROMIUM")
    if given:
        return Path(given) if os.access(given, os.X_OK) else None
    return next((Path(found) for found in map(shutil.which, NAMES) if found), None)


def why_not() -> str:
    """Why browser tests are skipped; empty when they can run."""
    return "" if chromium() else f"no Chromium on this machine; as root: {INSTALL}"


def have_chromium() -> None:
    """Install Debian's Chromium when it is missing and we may; otherwise say how, and go on without it."""
    if chromium():
        return
    if os.geteuid() == 0 and shutil.which("apt-get"):
        say("Cài trình duyệt Chromium cho kiểm thử", "installing Chromium for the browser tests")
        for command in (["apt-get", "update", "-qq"], [*INSTALL.split(), "-qq", "--no-install-recommends"]):
            environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
            subprocess.run(command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, check=False)
    if not chromium():
        say(
            f"Không có Chromium, bỏ qua kiểm thử trên trình duyệt; để cài: sudo {INSTALL}",
            f"no Chromium: browser tests are skipped; to have it: sudo {INSTALL}",
        )
