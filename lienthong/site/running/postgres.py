"""The private PostgreSQL server: one per home, started when first needed, put away by the last who needed it.

With `DATABASE_URL` set, that server is used and nothing is started or stopped.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psutil
import psycopg
from psycopg import sql

from lienthong.site.running import cluster as clusters
from lienthong.site.running.cluster import Cluster, cluster_of, existing_folder
from lienthong.site.running.locks import Hold, alone, is_held
from lienthong.site.running.places import Home
from lienthong.site.running.speech import CannotRun, say

# Recovery after a power cut reads the whole write-ahead log again; nothing is gained by giving up early.
START_SECONDS = 600
STOP_SECONDS = 120
LOG_LIMIT = 10_000_000


@dataclass(frozen=True)
class Server:
    """A server that answers."""

    url: str
    private: bool


def ensure_running(home: Home) -> Server:
    """Start the private server unless it answers already. It then stays until `stop` is called."""
    if os.environ.get("DATABASE_URL"):
        return Server(os.environ["DATABASE_URL"], private=False)
    home.make()
    with alone(_control(home)):
        server = _started(home)
        _keep(home).touch()
        return server


@contextmanager
def running(home: Home) -> Iterator[str]:
    """Give the address of a server that answers for as long as the block runs.

    The last of all processes that are inside such a block stops the server, unless `ensure_running` asked to
    keep it. A process that is killed counts as having left.
    """
    if os.environ.get("DATABASE_URL"):
        yield os.environ["DATABASE_URL"]
        return
    home.make()
    with alone(_control(home)):
        hold = Hold(_holders(home))
        try:
            server = _started(home)
        except BaseException:
            hold.release()
            raise
    try:
        yield server.url
    finally:
        with alone(_control(home)):
            if hold.release() and not _keep(home).exists():
                _stop(home)


def revive(home: Home) -> bool:
    """Start the private server again if it has died under its holders. True when that was needed."""
    folder = existing_folder(home)
    if folder and postmaster(folder):
        return False
    with alone(_control(home)):
        _started(home)
    return True


def stop(home: Home) -> bool:
    """Stop the private server whoever holds it. True when one was running."""
    if not home.path.is_dir():
        return False
    with alone(_control(home)):
        _keep(home).unlink(missing_ok=True)
        return _stop(home)


def is_in_use(home: Home) -> bool:
    """Whether some process is inside a `running` block for this home."""
    return is_held(_holders(home))


def destroy(home: Home) -> None:
    """Stop the server and delete its cluster with everything in it."""
    stop(home)
    folder = existing_folder(home)
    if folder:
        shutil.rmtree(folder)
        (home.path / "cluster.json").unlink()


def postmaster(folder: Path) -> psutil.Process | None:
    """The main process of the server whose cluster lies in `folder`; None when it is not running.

    The pid in PostgreSQL's own note is believed only if that process really works in this data folder: after a
    crash the number may belong to anybody, or to a dead process that nobody has collected.
    """
    data = folder / "data"
    try:
        process = psutil.Process(int((data / "postmaster.pid").read_text().split("\n", 1)[0]))
    except (OSError, ValueError, psutil.Error):
        return None
    return process if _works_in(process, data) else None


def _works_in(process: psutil.Process, data: Path) -> bool:
    try:
        alive = process.status() not in (psutil.STATUS_ZOMBIE, psutil.STATUS_DEAD)
        return alive and "postgres" in process.name() and process.cwd() == os.path.realpath(data)
    except psutil.Error:
        return False


def _at_work_in(data: Path) -> list[psutil.Process]:
    return [process for process in psutil.process_iter() if _works_in(process, data)]


def _have_ended(processes: list[psutil.Process], data: Path, patience: float) -> bool:
    """Wait at most `patience` seconds. A dead process counts as ended although nobody has collected it.

    In a container whose first process collects no orphans, a stopped server stays in the table for ever.
    """
    deadline = time.monotonic() + patience
    while any(_works_in(process, data) for process in processes):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.01)
    for process in processes:
        with suppress(ChildProcessError, psutil.Error):
            os.waitpid(process.pid, os.WNOHANG)
    return True


def _started(home: Home) -> Server:
    cluster = cluster_of(home)
    if not _answers(cluster):
        if not cluster.is_made():
            cluster.make()
        _start(home, cluster)
        _prepare(cluster)
    return Server(cluster.url(), private=True)


def _answers(cluster: Cluster) -> bool:
    try:
        psycopg.connect(cluster.url(), connect_timeout=5).close()
    except psycopg.OperationalError:
        return False
    return True


def _start(home: Home, cluster: Cluster) -> None:
    if postmaster(cluster.folder) is None:
        _clear_away_the_dead(cluster)
        cluster.write_settings()
        server = _launch(home, cluster)
    else:
        server = None
    began = time.monotonic()
    spoken = False
    while not _accepts(cluster):
        if server is not None and server.poll() is not None:
            raise _failure(home)
        waited = time.monotonic() - began
        if waited > START_SECONDS:
            raise _failure(home)
        if waited > 3 and not spoken:
            say("Cơ sở dữ liệu đang phục hồi", "the database is recovering")
            spoken = True
        time.sleep(0.02)


def _clear_away_the_dead(cluster: Cluster) -> None:
    """Wait for the children of a killed server, then remove the notes that it left.

    PostgreSQL refuses to start when the number in its note is that of any living process of the same account,
    which in a container is likely, so the notes go once nobody works in the data folder.
    """
    left = _at_work_in(cluster.data)
    if not _have_ended(left, cluster.data, 10):
        for process in left:
            with suppress(psutil.NoSuchProcess):
                process.kill()
        _have_ended(left, cluster.data, 10)
    (cluster.data / "postmaster.pid").unlink(missing_ok=True)
    for name in (f".s.PGSQL.{clusters.PORT}", f".s.PGSQL.{clusters.PORT}.lock"):
        (cluster.sockets / name).unlink(missing_ok=True)


def _launch(home: Home, cluster: Cluster) -> subprocess.Popen[bytes]:
    log = _log(home)
    if log.exists() and log.stat().st_size > LOG_LIMIT:
        log.replace(log.with_suffix(".log.1"))
    with log.open("ab") as output:
        # Its own session: Ctrl-C on the terminal is for us, and we stop the server when all who use it are done.
        return subprocess.Popen(
            [cluster.programs.path("postgres"), "-D", cluster.data],
            stdin=subprocess.DEVNULL, stdout=output, stderr=output, start_new_session=True,
            cwd=cluster.folder, env=cluster.environment(), **cluster.account.switch(),
        )  # fmt: skip


def _accepts(cluster: Cluster) -> bool:
    try:
        psycopg.connect(cluster.url(clusters.SUPERUSER, "postgres"), connect_timeout=5).close()
    except psycopg.OperationalError:
        return False
    return True


def _prepare(cluster: Cluster) -> None:
    """Make the role and the database of the programme. The role is not a superuser: it may not switch off triggers."""
    with psycopg.connect(cluster.url(clusters.SUPERUSER, "postgres"), autocommit=True) as connection:
        role, name = sql.Identifier(clusters.ROLE), sql.Identifier(clusters.DATABASE)
        password = sql.Literal(cluster.passwords[clusters.ROLE])
        if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [clusters.ROLE]).fetchone():
            connection.execute(sql.SQL("CREATE ROLE {} LOGIN CREATEDB PASSWORD {}").format(role, password))
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [clusters.DATABASE]).fetchone():
            connection.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(name, role))


def _stop(home: Home) -> bool:
    folder = existing_folder(home)
    process = postmaster(folder) if folder else None
    if folder is None or process is None:
        return False
    # SIGINT: roll back what is open, disconnect, write a checkpoint. SIGQUIT leaves the rest to recovery.
    for order, patience in ((signal.SIGINT, STOP_SECONDS), (signal.SIGQUIT, 20), (signal.SIGKILL, 10)):
        with suppress(psutil.NoSuchProcess):
            process.send_signal(order)
        if _have_ended([process], folder / "data", patience):
            return True
    raise CannotRun("Không dừng được cơ sở dữ liệu.", "The database could not be stopped.", f"kill -9 {process.pid}")


def _failure(home: Home) -> CannotRun:
    log = _log(home)
    tail = log.read_text(encoding="utf-8", errors="replace").splitlines()[-12:]
    return CannotRun("Cơ sở dữ liệu không khởi động được.", f"The database did not start; see {log}.", "\n".join(tail))


def _control(home: Home) -> Path:
    return home.run / "postgres.lock"


def _holders(home: Home) -> Path:
    return home.run / "postgres.holders"


def _keep(home: Home) -> Path:
    return home.run / "postgres.keep"


def _log(home: Home) -> Path:
    return home.logs / "postgres.log"
