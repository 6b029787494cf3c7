import os
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import textwrap
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
import psycopg
import pytest

from lienthong.site.running import postgres
from lienthong.site.running.cluster import LONGEST_SOCKET_FOLDER, cluster_of, existing_folder
from lienthong.site.running.locks import is_held
from lienthong.site.running.places import Home, checkout
from lienthong.site.running.programs import choose
from lienthong.site.running.speech import CannotRun

HAS_SYSTEM_PROGRAMS = any(Path("/usr/lib/postgresql").glob("*/bin/initdb"))

USER = """
    import sys, time
    import psycopg
    from lienthong.site.running.places import Home
    from lienthong.site.running.postgres import running
    with running(Home.here()) as url:
        with psycopg.connect(url) as connection:
            print(connection.execute("SELECT pg_postmaster_start_time()::text").fetchone()[0], flush=True)
        sys.stdin.read()
"""


def another_user() -> subprocess.Popen[str]:
    """A process that uses the server until its standard input is closed; prints when the server was started."""
    return subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(USER)],
        cwd=checkout(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def first_line(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def is_running(home: Home) -> bool:
    folder = existing_folder(home)
    return folder is not None and postgres.postmaster(folder) is not None


def main_process(home: Home) -> psutil.Process:
    folder = existing_folder(home)
    assert folder is not None
    process = postgres.postmaster(folder)
    assert process is not None
    return process


def value(url: str, query: str) -> object:
    with psycopg.connect(url) as connection:
        row = connection.execute(query).fetchone()  # type: ignore[call-overload]
        assert row is not None
        return row[0]


def eventually(holds: Callable[[], bool], seconds: float = 20) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if holds():
            return True
        time.sleep(0.05)
    return False


def test_the_last_user_puts_the_server_away(own_home: Home) -> None:
    with postgres.running(own_home) as url:
        assert value(url, "SELECT 1") == 1
        with postgres.running(own_home) as again:
            assert again == url
        assert is_running(own_home)
    assert not is_running(own_home)


def test_a_server_that_was_asked_to_stay_stays_until_it_is_stopped(own_home: Home) -> None:
    server = postgres.ensure_running(own_home)
    with postgres.running(own_home):
        pass
    assert value(server.url, "SELECT 1") == 1
    assert postgres.stop(own_home)
    assert not is_running(own_home)
    assert not postgres.stop(own_home)


def test_a_server_in_use_by_another_process_is_left_running_and_a_killed_user_no_longer_counts(own_home: Home) -> None:
    other = another_user()
    started = first_line(other)
    with postgres.running(own_home) as url:
        assert value(url, "SELECT pg_postmaster_start_time()::text") == started
    assert is_running(own_home)

    other.kill()
    other.wait()
    with postgres.running(own_home):
        pass
    assert not is_running(own_home)
    assert not is_held(own_home.run / "postgres.holders")


def test_starters_at_once_share_one_server(own_home: Home) -> None:
    users = [another_user() for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        started = set(pool.map(first_line, users))
    assert len(started) == 1
    assert started != {""}
    for user in users:
        user.communicate("")
    assert not is_running(own_home)


@pytest.mark.parametrize(
    "programs",
    [
        "wheel",
        pytest.param("system", marks=pytest.mark.skipif(not HAS_SYSTEM_PROGRAMS, reason="no system PostgreSQL here")),
    ],
)
def test_rows_that_were_committed_are_there_after_a_kill(
    own_home: Home, monkeypatch: pytest.MonkeyPatch, programs: str
) -> None:
    monkeypatch.setenv("LIENTHONG_POSTGRES", programs)
    url = postgres.ensure_running(own_home).url
    with psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE kept (number int)")
    with psycopg.connect(url, autocommit=True) as connection:
        for number in range(200):
            connection.execute("INSERT INTO kept VALUES (%s)", [number])
        unfinished = psycopg.connect(url)
        unfinished.execute("INSERT INTO kept VALUES (-1)")
        main_process(own_home).send_signal(signal.SIGKILL)
        assert eventually(lambda: not is_running(own_home))

        assert postgres.revive(own_home)

    assert value(url, "SELECT array_agg(number ORDER BY number) FROM kept") == list(range(200))
    assert not postgres.revive(own_home)


def test_a_stale_note_with_the_pid_of_a_living_process_does_not_hinder_the_start(own_home: Home) -> None:
    with postgres.running(own_home):
        cluster = cluster_of(own_home)
        note = (cluster.data / "postmaster.pid").read_text()
    # The stranger has the server's own account: for that one PostgreSQL itself would give up.
    stranger = subprocess.Popen(["sleep", "60"], **cluster.account.switch())
    try:
        stale = note.replace(note.split("\n", 1)[0], str(stranger.pid), 1)
        for path in (cluster.data / "postmaster.pid", cluster.sockets / ".s.PGSQL.5432.lock"):
            path.write_text(stale)
            cluster.account.give(path)
        with postgres.running(own_home) as url:
            assert value(url, "SELECT 1") == 1
        assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()


def test_a_dead_server_that_nobody_has_collected_does_not_count_as_running(own_home: Home) -> None:
    url = postgres.ensure_running(own_home).url
    process = main_process(own_home)
    process.send_signal(signal.SIGKILL)
    # Our own child: it stays a zombie until somebody waits for it.
    assert eventually(lambda: process.status() == psutil.STATUS_ZOMBIE)
    assert not is_running(own_home)
    assert postgres.ensure_running(own_home).url == url
    assert value(url, "SELECT 1") == 1


def test_a_creation_that_was_interrupted_is_begun_again(own_home: Home) -> None:
    cluster = cluster_of(own_home)
    half = cluster.folder / "data.new"
    half.mkdir()
    (half / "PG_VERSION").write_text("18\n")
    with postgres.running(own_home) as url:
        assert value(url, "SELECT 1") == 1
    assert not half.exists()


def test_the_server_has_the_settings_that_we_rely_on(own_home: Home) -> None:
    with postgres.running(own_home) as url:
        for name, expected in {
            "jit": "off",
            "fsync": "on",
            "synchronous_commit": "on",
            "full_page_writes": "on",
            "data_checksums": "on",
            "listen_addresses": "",
            "server_encoding": "UTF8",
        }.items():
            assert value(url, f"SELECT current_setting('{name}')") == expected, name
        assert value(url, "SELECT rolsuper FROM pg_roles WHERE rolname = current_user") is False
        assert value(url, "SELECT upper('đường')") == "ĐƯỜNG"
        with psycopg.connect(url) as connection:
            for extension in ("unaccent", "pg_trgm", "btree_gist"):
                connection.execute(f"CREATE EXTENSION {extension}")  # type: ignore[call-overload]


def test_nobody_enters_without_the_password(own_home: Home) -> None:
    with postgres.running(own_home) as url:
        password = url.split(":")[2].split("@")[0]
        with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
            psycopg.connect(url.replace(password, "wrong"))
    secret = own_home.keys / "postgres.json"
    assert stat.S_IMODE(secret.stat().st_mode) == 0o600


def test_a_home_with_a_very_long_path_gets_its_socket_elsewhere(own_home: Home) -> None:
    deep = Home(own_home.path / ("x" * 60) / ("y" * 60))
    try:
        with postgres.running(deep) as url:
            assert value(url, "SELECT 1") == 1
        assert len(os.fsencode(cluster_of(deep).sockets)) <= LONGEST_SOCKET_FOLDER
    finally:
        sockets = cluster_of(deep).sockets
        postgres.destroy(deep)
        shutil.rmtree(sockets)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root's server changes its account")
def test_a_closed_folder_of_root_stays_closed(own_home: Home) -> None:
    closed = Path(tempfile.mkdtemp(prefix="lienthong-closed-"))
    inside = Home(closed / "home")
    try:
        with postgres.running(inside) as url:
            assert value(url, "SELECT 1") == 1
            assert main_process(inside).username() == "nobody"
        folder = existing_folder(inside)
        assert folder is not None
        assert closed not in folder.parents
        assert (folder / "belongs-to").read_text().strip() == str(inside.path)
        assert stat.S_IMODE(closed.stat().st_mode) == 0o700
    finally:
        postgres.destroy(inside)
        shutil.rmtree(closed)


def test_a_copy_of_the_programs_runs_by_itself(own_home: Home, tmp_path: Path) -> None:
    copy = choose().copied_to(tmp_path) if choose().from_wheel else pytest.skip("the wheel has no programs here")
    assert copy.major == choose().major
    assert tmp_path in copy.bin.parents
    told = subprocess.run([copy.path("pg_dump"), "--version"], capture_output=True, text=True, check=True)
    assert str(copy.major) in told.stdout


def test_a_database_of_another_version_is_refused_with_the_line_that_mends_it() -> None:
    with pytest.raises(CannotRun) as refused:
        choose(wanted_major=12)
    assert "postgresql-12" in refused.value.mend


def test_a_given_address_is_used_as_it_is(own_home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://there/else")
    with postgres.running(own_home) as url:
        assert url == "postgresql://there/else"
    assert existing_folder(own_home) is None


def test_a_server_whose_end_nobody_collects_is_stopped_all_the_same(own_home: Home) -> None:
    # The parent stops the world for itself, so its child, the server, stays in the table after its end.
    parent = another_user()
    first_line(parent)
    os.kill(parent.pid, signal.SIGSTOP)
    try:
        began = time.monotonic()
        assert postgres.stop(own_home)
        assert time.monotonic() - began < 10
        assert not is_running(own_home)
    finally:
        parent.kill()
        parent.wait()
