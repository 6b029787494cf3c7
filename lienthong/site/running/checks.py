"""`./lt test` and `./lt check`: everything that has to hold before a change goes in."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import time
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from lienthong.site.running import browser, parts, postgres
from lienthong.site.running.kin import call
from lienthong.site.running.places import Home, checkout
from lienthong.site.running.prepare import translations
from lienthong.site.running.speech import say

# A test database is thrown away after the run, so a power cut may take it. Kills of the server are tested on
# clusters of their own, with the settings of a real one.
QUICK_SETTINGS = "fsync=off;synchronous_commit=off;full_page_writes=off"
PROCESSES = "2"
STRUCTURE_TESTS = ("structure", "docs", "house")


def test(arguments: list[str]) -> int:
    """Run pytest on everything, or on what `arguments` name; returns pytest's exit code."""
    parts.front_end()
    browser.have_chromium()
    # Paths on the command line are meant from where the person stands; pytest runs in the checkout.
    named = [_from_here(argument) for argument in arguments]
    spread = [] if any(word.startswith(("-n", "--numprocesses", "--pdb")) for word in named) else ["-n", PROCESSES]
    with _test_home():
        say("Chạy kiểm thử", "running the tests")
        code, _ = call([sys.executable, "-m", "pytest", *spread, *named], cwd=checkout())
    return code


def check() -> int:
    """The fast gate: format, lint, types, contracts, migrations, structure. 0 when all hold, 1 otherwise."""
    failed = []
    with _test_home():
        for name, command in _steps():
            began = time.monotonic()
            code, output = call(command, cwd=checkout(), capture=True)
            mark = "✓" if code == 0 else "✗"
            print(f"{mark} {name} ({time.monotonic() - began:.1f} s)", flush=True)
            if code != 0:
                failed.append(name)
                print(output, flush=True)
    if failed:
        print(f"✗ {', '.join(failed)}", file=sys.stderr)
    return 1 if failed else 0


def _steps() -> Iterator[tuple[str, list[str]]]:
    known = tomllib.loads((checkout() / "pyproject.toml").read_text(encoding="utf-8")).get("tool", {})
    python = [sys.executable, "-m"]
    sources = [name for name in ("lienthong", "stories") if (checkout() / name).is_dir()]
    if "ruff" in known:
        yield "format", [*python, "ruff", "format", "--check", *sources]
        yield "lint", [*python, "ruff", "check", *sources]
    if "mypy" in known:
        yield "types", [*python, "mypy", "lienthong"]
    if "importlinter" in known:
        yield "contracts", [*python, "importlinter.cli", "lint"]
    yield "migrations", [*python, "django", "makemigrations", "--check", "--dry-run"]
    folder = checkout() / "lienthong/site/tests"
    tests = [str(path) for word in STRUCTURE_TESTS for path in sorted(folder.glob(f"test_*{word}*.py"))]
    if tests:
        yield "structure", [*python, "pytest", "-q", "-p", "no:cacheprovider", *dict.fromkeys(tests)]


@contextmanager
def _test_home() -> Iterator[None]:
    """A home of this run's own, with its server; both are gone afterwards.

    What killed runs have left is cleared away first.
    """
    root = checkout() / ".lienthong-tests"
    root.mkdir(exist_ok=True)
    for old in root.iterdir():
        if not postgres.is_in_use(Home(old)) and time.time() - old.stat().st_mtime > 60:
            _remove(old)
    path = Path(tempfile.mkdtemp(dir=root))
    path.chmod(0o711)
    home = Home(path).make()
    os.environ["LIENTHONG_HOME"] = str(path)
    os.environ.setdefault("LIENTHONG_POSTGRES_SETTINGS", QUICK_SETTINGS)
    try:
        translations(home)
        with postgres.running(home) as url:
            given = os.environ.get("DATABASE_URL")
            os.environ["DATABASE_URL"] = url
            try:
                yield
            finally:
                if given is None:
                    del os.environ["DATABASE_URL"]
    finally:
        _remove(path)


def _remove(path: Path) -> None:
    postgres.destroy(Home(path))
    shutil.rmtree(path, ignore_errors=True)


def _from_here(argument: str) -> str:
    place, separator, name = argument.partition("::")
    here = Path(place)
    if argument.startswith("-") or here.is_absolute() or not here.exists():
        return argument
    return f"{here.resolve()}{separator}{name}"
