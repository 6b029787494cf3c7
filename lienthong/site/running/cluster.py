"""The private cluster of one installation: where it lies, how it is made, what its settings are."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from lienthong.site.running.accounts import Account, server_account
from lienthong.site.running.places import Home
from lienthong.site.running.programs import Programs, choose
from lienthong.site.running.speech import CannotRun, say

DATABASE = "lienthong"
ROLE = "lienthong"
SUPERUSER = "postgres"
PORT = 5432
# A Unix socket's address has room for 107 bytes; the server adds its own file name to the folder.
LONGEST_SOCKET_FOLDER = 107 - len(f"/.s.PGSQL.{PORT}")

SETTINGS = {
    "listen_addresses": "",
    "port": str(PORT),
    "unix_socket_permissions": "0700",
    "max_connections": "200",
    "max_locks_per_transaction": "128",
    "shared_buffers": "256MB",
    "effective_cache_size": "1GB",
    "work_mem": "16MB",
    "maintenance_work_mem": "128MB",
    "max_wal_size": "2GB",
    "checkpoint_timeout": "15min",
    "wal_compression": "on",
    "random_page_cost": "1.1",
    # Compiling a query costs more than running any of ours: a peer's pages took seconds because of it.
    "jit": "off",
    # A document that was acknowledged as issued must survive a power cut.
    "fsync": "on",
    "synchronous_commit": "on",
    "full_page_writes": "on",
    "password_encryption": "scram-sha-256",
    "timezone": "Asia/Ho_Chi_Minh",
    "log_timezone": "Asia/Ho_Chi_Minh",
    "lc_messages": "C",
    "default_text_search_config": "pg_catalog.simple",
    "logging_collector": "off",
    "log_line_prefix": "%m [%p] ",
    "log_min_duration_statement": "2000",
}


@dataclass(frozen=True)
class Cluster:
    """A cluster's folders and programs; made by `cluster_of`."""

    folder: Path
    account: Account
    programs: Programs
    sockets: Path
    passwords: dict[str, str]

    @property
    def data(self) -> Path:
        """PostgreSQL's data folder."""
        return self.folder / "data"

    def url(self, role: str = ROLE, database: str = DATABASE) -> str:
        """The address to connect to, through the socket."""
        password = quote(self.passwords[role], safe="")
        return f"postgresql://{role}:{password}@/{database}?host={quote(str(self.sockets), safe='')}&port={PORT}"

    def environment(self) -> dict[str, str]:
        """A bare environment for the server's programs: nothing of the caller's settings reaches them."""
        return {"PATH": "/usr/bin:/bin", "HOME": str(self.folder), "LC_ALL": "C", "TZ": "UTC"}

    def is_made(self) -> bool:
        """Whether `initdb` has run to its end here."""
        return (self.data / "PG_VERSION").is_file()

    def make(self) -> None:
        """Create the cluster. Interrupted work is thrown away: only a finished one gets its real name."""
        say("Tạo cơ sở dữ liệu riêng", "creating the private database")
        fresh = self.folder / "data.new"
        shutil.rmtree(fresh, ignore_errors=True)
        with tempfile.NamedTemporaryFile("w", dir=self.folder, prefix="pw", encoding="ascii") as secret:
            secret.write(self.passwords[SUPERUSER])
            secret.flush()
            self.account.give(Path(secret.name))
            command = [str(self.programs.path("initdb")), "-D", str(fresh), f"--username={SUPERUSER}"]
            command += [f"--pwfile={secret.name}", "--auth=scram-sha-256", "--data-checksums", "--encoding=UTF8"]
            made = self.run([*command, "--no-instructions", *self._locale()])
        if made.returncode != 0:
            raise CannotRun(
                "Không tạo được cơ sở dữ liệu riêng.",
                f"The private database could not be created: {made.stderr.strip()}",
                "./lt doctor",
            )
        fresh.rename(self.data)

    def run(self, command: list[str]) -> subprocess.CompletedProcess[str]:
        """Run one of the programs to its end under the server's account."""
        return subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            cwd=self.folder,
            env=self.environment(),
            **self.account.switch(),
        )

    def _locale(self) -> list[str]:
        # One order of text on every machine: the system's libraries would sort differently after an upgrade.
        if self.programs.major >= 17:
            return ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        return ["--locale=C.UTF-8"]

    def write_settings(self) -> None:
        """Write our settings; done before every start, so that a new version's settings reach old clusters."""
        settings = {**SETTINGS, **_chosen_settings(), "unix_socket_directories": str(self.sockets)}
        lines = [f"{name} = '{value.replace(chr(39), chr(39) * 2)}'" for name, value in settings.items()]
        own = self.data / "lienthong.conf"
        own.write_text("\n".join(lines) + "\n", encoding="utf-8")
        self.account.give(own)
        main = self.data / "postgresql.conf"
        text = main.read_text(encoding="utf-8")
        if "include 'lienthong.conf'" not in text:
            main.write_text(text + "\ninclude 'lienthong.conf'\n", encoding="utf-8")


def cluster_of(home: Home) -> Cluster:
    """The cluster of this home; its folders are made when they are not there, the database itself is not."""
    account = server_account()
    folder = _folder(home.make(), account)
    version = folder / "data" / "PG_VERSION"
    programs = choose(int(version.read_text().strip()) if version.is_file() else None)
    if not programs.runnable_by(account):
        programs = programs.copied_to(_made(folder / "programs", 0o755, account))
    return Cluster(folder, account, programs, _sockets(home, folder, account), _passwords(home))


def existing_folder(home: Home) -> Path | None:
    """Where this home's cluster lies, or None when it has none yet."""
    note = home.path / "cluster.json"
    if not note.is_file():
        return None
    folder = Path(json.loads(note.read_text(encoding="utf-8"))["folder"])
    return folder if folder.is_dir() else None


def _chosen_settings() -> dict[str, str]:
    # LIENTHONG_POSTGRES_SETTINGS: name=value, separated by semicolons; for tests and for large machines.
    pairs = [pair for pair in os.environ.get("LIENTHONG_POSTGRES_SETTINGS", "").split(";") if "=" in pair]
    return {name.strip(): value.strip() for name, value in (pair.split("=", 1) for pair in pairs)}


def _folder(home: Home, account: Account) -> Path:
    """Inside the home, unless root's server account cannot reach it there: then under /var/lib.

    Opening the way (chmod of a parent such as /root) would expose what the administrator closed.
    """
    known = existing_folder(home)
    if known:
        return known
    inside = home.path / "cluster"
    folder = inside if account.reaches(home.path) else Path("/var/lib") / f"lienthong-{home.mark}"
    _made(folder, 0o700, account)
    (home.path / "cluster.json").write_text(json.dumps({"folder": str(folder)}), encoding="utf-8")
    # So that a person who finds the folder under /var/lib knows whose it is.
    (folder / "belongs-to").write_text(f"{home.path}\n", encoding="utf-8")
    return folder


def _sockets(home: Home, folder: Path, account: Account) -> Path:
    inside = folder / "sockets"
    if len(os.fsencode(inside)) <= LONGEST_SOCKET_FOLDER:
        return _made(inside, 0o700, account)
    base = Path(os.environ.get("XDG_RUNTIME_DIR") or ("/run" if not account.own else tempfile.gettempdir()))
    return _made(base / f"lienthong-{home.mark}", 0o700, account)


def _made(folder: Path, mode: int, account: Account) -> Path:
    if not folder.exists():
        folder.mkdir(parents=True)
        folder.chmod(mode)
        account.give(folder)
    # In a shared folder such as /tmp somebody else could have put a folder or a link of this name first.
    about = folder.lstat()
    if folder.is_symlink() or about.st_uid not in (account.uid, os.geteuid()):
        raise CannotRun(
            f"Thư mục {folder} thuộc tài khoản khác.",
            f"The folder {folder} belongs to another account.",
            f"rm -r {folder}",
        )
    return folder


def _passwords(home: Home) -> dict[str, str]:
    path = home.keys / "postgres.json"
    if not path.is_file():
        passwords = {ROLE: secrets.token_urlsafe(32), SUPERUSER: secrets.token_urlsafe(32)}
        fresh = path.with_suffix(".new")
        fresh.unlink(missing_ok=True)
        handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            json.dump(passwords, file)
        fresh.rename(path)
    return dict(json.loads(path.read_text(encoding="ascii")))
