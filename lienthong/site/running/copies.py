"""`./lt backup FILE` and `./lt restore FILE`: the database, the files and the keys in one checked archive.

The archive is a tar of `database.dump` (PostgreSQL's custom format), the folders of the home that hold what
people have put in, and `manifest.json` with the SHA-256 of every member. It holds keys: it is made 0600.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import IO, Any

import psycopg
from psycopg.conninfo import conninfo_to_dict

import lienthong
from lienthong.site.running.cluster import cluster_of
from lienthong.site.running.places import Home
from lienthong.site.running.postgres import running
from lienthong.site.running.programs import choose
from lienthong.site.running.speech import CannotRun, say

FORMAT = 1
KEPT = ("files", "anchors", "secret-key")
DUMP = "database.dump"
MANIFEST = "manifest.json"


def backup(target: Path) -> int:
    """Write everything of this home to `target`, which must not exist yet."""
    if target.exists():
        raise CannotRun(f"Tệp {target} đã có.", f"{target} exists already.", f"./lt backup {target}.2")
    home = Home.here()
    if not os.environ.get("DATABASE_URL") and not (home.path / "cluster.json").exists():
        raise CannotRun(f"Chưa có dữ liệu trong {home.path}.", f"There is nothing in {home.path} yet.", "./lt demo")
    part = target.with_name(target.name + ".part")
    handle = os.open(part, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(handle, "wb") as file, running(home) as url, tempfile.TemporaryDirectory(dir=home.run) as spare:
            say("Sao lưu cơ sở dữ liệu", "dumping the database")
            dump = Path(spare) / DUMP
            # First the database, then the files: a file is stored before the record that names it.
            _postgres(home, "pg_dump", ["--format=custom", f"--file={dump}"], url)
            _pack(home, dump, file)
            file.flush()
            os.fsync(file.fileno())
        part.rename(target)
    finally:
        part.unlink(missing_ok=True)
    say(f"Đã sao lưu vào {target}", f"saved to {target}")
    return 0


def restore(source: Path) -> int:
    """Bring a backup back into an empty home; anything else is refused, and so is a damaged archive."""
    if not source.is_file():
        raise CannotRun(f"Không có tệp {source}.", f"There is no file {source}.", "./lt restore FILE")
    home = Home.here().make()
    with running(home) as url, tempfile.TemporaryDirectory(dir=home.run) as spare:
        _must_be_empty(home, url)
        say("Kiểm tra bản sao lưu", "checking the archive")
        folder = Path(spare)
        _unpack(source, folder)
        say("Phục hồi cơ sở dữ liệu", "restoring the database")
        options = ["--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction"]
        name = conninfo_to_dict(url)["dbname"]
        _postgres(home, "pg_restore", [*options, f"--dbname={name}", str(folder / DUMP)], url)
        for name in KEPT:
            if (folder / name).exists():
                shutil.rmtree(home.path / name, ignore_errors=True)  # empty folders: `_must_be_empty` has looked
                (folder / name).rename(home.path / name)
    say("Đã phục hồi", "restored")
    return 0


def _pack(home: Home, dump: Path, file: IO[bytes]) -> None:
    sums: dict[str, str] = {}
    with tarfile.open(fileobj=file, mode="w", format=tarfile.PAX_FORMAT) as archive:
        for name, path in _members(home, dump):
            with path.open("rb") as content:
                reader = _Summing(content)
                member = archive.gettarinfo(arcname=name, fileobj=content)
                member.uid = member.gid = 0
                member.uname = member.gname = ""
                archive.addfile(member, reader)
                sums[name] = reader.sum.hexdigest()
        made_at = datetime.now(UTC).isoformat(timespec="seconds")
        manifest = {"format": FORMAT, "version": lienthong.__version__, "made_at": made_at, "sha256": sums}
        text = json.dumps(manifest, indent=1).encode()
        about = tarfile.TarInfo(MANIFEST)
        about.size, about.mode = len(text), 0o600
        archive.addfile(about, io.BytesIO(text))


def _members(home: Home, dump: Path) -> Iterator[tuple[str, Path]]:
    yield DUMP, dump
    for name in KEPT:
        top = home.path / name
        found = [top] if top.is_file() else sorted(path for path in top.rglob("*") if path.is_file())
        yield from ((path.relative_to(home.path).as_posix(), path) for path in found)


def _unpack(source: Path, folder: Path) -> None:
    sums: dict[str, str] = {}
    manifest: dict[str, Any] | None = None
    try:
        with tarfile.open(source, mode="r:") as archive:
            for member in archive:
                content = archive.extractfile(member)
                if content is None or not _is_ours(member.name):
                    raise _damaged(source, f"unexpected member {member.name!r}")
                if member.name == MANIFEST:
                    manifest = json.load(content)
                    continue
                target = folder / member.name
                target.parent.mkdir(parents=True, exist_ok=True)
                reader = _Summing(content)
                with target.open("xb") as output:
                    shutil.copyfileobj(reader, output, 1 << 20)
                target.chmod(member.mode & 0o700)
                sums[member.name] = reader.sum.hexdigest()
    except (tarfile.TarError, EOFError, ValueError, FileExistsError) as error:
        raise _damaged(source, str(error)) from error
    if manifest is None or manifest.get("format") != FORMAT:
        raise _damaged(source, "no manifest of a known format")
    if manifest["sha256"] != sums:
        wrong = sorted(set(manifest["sha256"].items()) ^ set(sums.items()))
        raise _damaged(source, f"checksums differ, first at {wrong[0][0]}")


def _is_ours(name: str) -> bool:
    path = PurePosixPath(name)
    safe = not path.is_absolute() and ".." not in path.parts and "\\" not in name
    return safe and (name in (DUMP, MANIFEST) or path.parts[0] in KEPT)


def _damaged(source: Path, why: str) -> CannotRun:
    return CannotRun(
        f"Bản sao lưu {source} hỏng, không phục hồi gì.", f"{source} is damaged ({why}); nothing was restored."
    )


def _must_be_empty(home: Home, url: str) -> None:
    with psycopg.connect(url) as connection:
        row = connection.execute(
            "SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
            " WHERE c.relkind IN ('r', 'p') AND n.nspname NOT IN ('pg_catalog', 'information_schema')"
            " AND n.nspname NOT LIKE 'pg_toast%'"
        ).fetchone()
    used = [name for name in KEPT if (home.path / name).exists() and _has_content(home.path / name)]
    if (row and row[0]) or used:
        raise CannotRun(
            f"{home.path} đã có dữ liệu; chỉ phục hồi vào nơi trống.",
            f"{home.path} holds data already; a backup is restored only where there is none.",
            "LIENTHONG_HOME=/thu/muc/moi ./lt restore FILE",
        )


def _has_content(path: Path) -> bool:
    return path.is_file() or any(entry.is_file() for entry in path.rglob("*"))


def _postgres(home: Home, name: str, arguments: list[str], url: str) -> None:
    private = (home.path / "cluster.json").exists() and not os.environ.get("DATABASE_URL")
    programs = cluster_of(home).programs if private else choose()
    parts = conninfo_to_dict(url)
    names = {"host": "PGHOST", "port": "PGPORT", "user": "PGUSER", "password": "PGPASSWORD", "dbname": "PGDATABASE"}
    # By the environment: a command line can be read by every account of the machine.
    given = {names[key]: str(value) for key, value in parts.items() if key in names and value is not None}
    done = subprocess.run(
        [programs.path(name), *arguments], env={**os.environ, **given}, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        raise CannotRun(f"Lệnh {name} không chạy được.", f"{name} failed: {done.stderr.strip()[-2000:]}")


class _Summing:
    """Reads through to a file and keeps the SHA-256 of what passed."""

    def __init__(self, content: IO[bytes]) -> None:
        self._content = content
        self.sum = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        """As of a file."""
        piece = self._content.read(size)
        self.sum.update(piece)
        return piece
