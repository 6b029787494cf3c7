"""Fifty clerks race, processes and the database are killed: nothing lost, nothing twice, no gap."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from lienthong.site.running.cluster import existing_folder
from lienthong.site.running.places import Home
from lienthong.site.running.postgres import ensure_running, postmaster, stop

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """A database server of our own, migrated once; the tests kill what they like without hurting others."""
    home = Home(tmp_path_factory.mktemp("kill") / "home")
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("DATABASE_URL", raising=False)
        url = ensure_running(home).url
        run(home, url, "from django.core.management import call_command; call_command('migrate', verbosity=0)")
        yield home
        stop(home)


@pytest.fixture
def installation(server, monkeypatch):
    """A fresh copy of the migrated database with the small province in it: (home, address)."""
    monkeypatch.delenv("DATABASE_URL", raising=False)
    address = ensure_running(server).url
    name = f"kill_{random.randrange(10**9)}"
    with psycopg.connect(address, autocommit=True, dbname="postgres") as link:
        link.execute(f"CREATE DATABASE {name} TEMPLATE lienthong")
    own = make_conninfo(address, dbname=name)
    run(server, own, SET_UP)
    return server, own


def environment(home: Home, address: str) -> dict[str, str]:
    return {
        **os.environ, "DATABASE_URL": address, "LIENTHONG_HOME": str(home.path), "DJANGO_SETTINGS_MODULE": "lienthong.site.settings",
    }  # fmt: skip


def run(home: Home, address: str, code: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", "import django; django.setup()\n" + code], cwd=ROOT, env=environment(home, address),
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


def clerks(installation: tuple[Home, str], what: str, count: int, seed: int) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, "-m", "stories.clerks", what, str(count), str(seed)], cwd=ROOT, env=environment(*installation),
        stderr=subprocess.PIPE,
    )  # fmt: skip


def issued(installation: tuple[Home, str]) -> int:
    """Checks the whole installation and says how many letters were issued."""
    return int(run(*installation, CHECK).split()[-1])


def test_fifty_clerks_take_five_thousand_numbers_while_some_are_killed(installation):
    rng = random.Random(7)
    running = [clerks(installation, "numbers", 100, seed) for seed in range(10)]
    for _ in range(3):  # three of them die in the middle of their work and are replaced
        time.sleep(3 + rng.random())
        victim = rng.randrange(10)
        running[victim].send_signal(signal.SIGKILL)
        running[victim].wait()
        running[victim] = clerks(installation, "numbers", 100, 100 + victim)
    errors = [process.communicate(timeout=240)[1].decode() for process in running]
    assert [error for error in errors if "Traceback" in error] == []
    assert int(run(*installation, LAST).split()[-1]) >= 5000
    issued(installation)


def until_more(installation, seen: int) -> None:
    """Wait for the first letter of a process that was just started, however busy the machine is."""
    with psycopg.connect(installation[1], autocommit=True) as link:
        for _ in range(600):
            row = link.execute("SELECT count(*) FROM documents_outgoing WHERE state = 'issued'").fetchone()
            if row and row[0] > seen:
                return
            time.sleep(0.1)
    raise AssertionError("no letter was issued within a minute")


def test_a_clerks_process_killed_at_any_moment_leaves_no_half_issued_letter(installation):
    rng, seen = random.Random(11), 0
    for seed in range(4):
        process = clerks(installation, "letters", 1000, seed)
        until_more(installation, seen)
        time.sleep(rng.random())
        process.send_signal(signal.SIGKILL)
        process.wait()
        time.sleep(0.2)  # the server notices that its client is gone and rolls back
        now = issued(installation)
        assert now > seen
        seen = now


def test_a_database_killed_while_letters_are_issued_comes_back_whole(installation):
    """The whole server dies with -9, several times; what was acknowledged is there after it comes back."""
    home, _address = installation
    seen = 0
    for seed in range(3):
        process = clerks(installation, "letters", 1000, seed)
        until_more(installation, seen)
        time.sleep(0.5)
        postmaster(existing_folder(home)).kill()
        process.wait(timeout=60)
        ensure_running(home)
        now = issued(installation)
        assert now > seen
        seen = now


def test_fifty_desks_receive_while_some_are_killed(installation):
    """Codes without gap or twin; each dossier has its receipt, its papers, exactly one step to do, and its place in the counts."""
    rng = random.Random(13)
    run(*installation, ONE_STOP)
    running = [clerks(installation, "dossiers", 15, seed) for seed in range(10)]
    for turn in range(3):
        time.sleep(3 + rng.random())
        victim = rng.randrange(10)
        running[victim].send_signal(signal.SIGKILL)
        running[victim].wait()
        # Forms of its own: one that was sent before leads to the dossier that is there, at whatever step.
        running[victim] = clerks(installation, "dossiers", 15, 100 * (turn + 1) + victim)
    errors = [process.communicate(timeout=300)[1].decode() for process in running]
    assert [error for error in errors if "Traceback" in error] == []
    assert int(run(*installation, DOSSIERS).split()[-1]) >= 500


SET_UP = """
import io
from datetime import datetime
from lienthong.foundation.files.actions.store import store
from lienthong.kit.dates import VIETNAM
from stories.people import make_province
make_province()
store(stream=io.BytesIO(b"%PDF-1.4 x"), name="a.pdf", now=datetime.now(VIETNAM))
"""
LAST = """
from lienthong.foundation.numbering.models import Counter
print(Counter.objects.get(series__book="outgoing").last)
"""
CHECK = """
from stories.whole import assert_whole
from lienthong.modules.documents.models import Outgoing
assert_whole()
print(Outgoing.objects.filter(state="issued").count())
"""
ONE_STOP = """
from stories.one_stop import make_one_stop
from stories.people import known_province
make_one_stop(known_province())
"""
DOSSIERS = """
from stories.whole import assert_dossiers_whole
print(assert_dossiers_whole())
"""
