"""`./lt doctor`: what this machine has, what is missing, and the line that mends it."""

from __future__ import annotations

import json
import os
import platform
import shutil
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass

import psycopg

import lienthong
from lienthong.site.running import browser, parts, postgres
from lienthong.site.running.accounts import server_account
from lienthong.site.running.cluster import existing_folder
from lienthong.site.running.places import Home
from lienthong.site.running.programs import choose
from lienthong.site.running.serving import note_of
from lienthong.site.running.speech import CannotRun

LEAST_FREE_GIGABYTES = 2


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at."""

    name: str
    good: bool
    needed: bool
    what: str
    mend: str = ""


def doctor(as_json: bool) -> int:
    """Print the findings; 0 when nothing that is needed is missing, otherwise 2."""
    findings = list(_findings(Home.here()))
    if as_json:
        print(json.dumps([asdict(finding) for finding in findings], ensure_ascii=False, indent=1))
    else:
        for finding in findings:
            mark = "✓" if finding.good else ("✗" if finding.needed else "–")
            print(f"{mark} {finding.name:<12} {finding.what}")
            if not finding.good and finding.mend:
                print(f"  {'':<12} → {finding.mend}")
    return 0 if all(finding.good or not finding.needed for finding in findings) else 2


def _findings(home: Home) -> Iterator[Finding]:
    yield Finding("lienthong", True, True, f"{lienthong.__version__}, {home.path}")
    yield Finding("python", True, True, f"{platform.python_version()}, {sys.prefix}")
    yield _database(home)
    yield _disk(home)
    yield Finding("front-end", parts.is_current(), False, "node_modules", "./lt demo")
    found = browser.chromium()
    yield Finding("chromium", bool(found), False, str(found or "không có · none (tests)"), browser.INSTALL)
    note = note_of(home)
    yield Finding("site", True, False, str(note.get("address")) if note else "không chạy · not running")


def _database(home: Home) -> Finding:
    if url := os.environ.get("DATABASE_URL"):
        try:
            with psycopg.connect(url, connect_timeout=10) as connection:
                version = connection.info.server_version // 10000
        except psycopg.Error as error:
            return Finding("database", False, True, f"DATABASE_URL: {str(error).strip()}", "DATABASE_URL=…")
        return Finding("database", version >= 15, True, f"DATABASE_URL: PostgreSQL {version}", "PostgreSQL ≥ 15")
    try:
        folder = existing_folder(home)
        version_file = folder / "data" / "PG_VERSION" if folder else None
        made = version_file is not None and version_file.is_file()
        programs = choose(int(version_file.read_text()) if version_file and made else None)
    except CannotRun as problem:
        return Finding("database", False, True, problem.vietnamese, problem.mend)
    state = "đang chạy · running" if folder and postgres.postmaster(folder) else "đang nghỉ · at rest"
    account = "" if server_account().own else " (nobody)"
    return Finding(
        "database", True, True, f"PostgreSQL {programs.major}{account}, {folder or 'chưa tạo · not made yet'}, {state}"
    )


def _disk(home: Home) -> Finding:
    place = next(folder for folder in (home.path, *home.path.parents) if folder.exists())
    free = shutil.disk_usage(place).free / 1e9
    return Finding("disk", free >= LEAST_FREE_GIGABYTES, True, f"{free:.1f} GB", "df -h")
