import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psutil
import pytest

from lienthong.site.running.places import Home, checkout
from lienthong.site.running.ports import take
from lienthong.site.running.processes import Child
from lienthong.site.running.speech import CannotRun
from lienthong.site.tests.started import Site, answers, eventually, free_port, name_of, processes_of


@pytest.fixture
def site(own_home: Home) -> Iterator[Site]:
    site = Site(own_home, free_port())
    yield site
    site.end()


def test_ctrl_c_leaves_nothing_running(site: Site) -> None:
    assert site.first_words()["address"] == f"http://localhost:{site.port}"
    assert answers(site.port)
    names = " ".join(" ".join(process.cmdline()) for process in processes_of(site.home))
    assert "granian" in names
    assert "procrastinate worker" in names
    site.process.send_signal(signal.SIGINT)
    assert site.process.wait(40) == 0
    assert processes_of(site.home) == []
    assert not answers(site.port)


def test_what_is_killed_comes_back_and_a_killed_supervisor_leaves_no_web_or_worker(site: Site) -> None:
    site.first_words()
    worker = site.pid_of("procrastinate")

    os.kill(site.pid_of("granian"), signal.SIGKILL)
    assert eventually(lambda: answers(site.port)), site.log.read_text()

    os.kill(worker, signal.SIGKILL)
    assert eventually(lambda: _has_new(site, "procrastinate", worker)), site.log.read_text()

    postmaster = int((site.home.path / "cluster/data/postmaster.pid").read_text().split("\n")[0])
    os.kill(postmaster, signal.SIGKILL)
    assert eventually(lambda: "the database was started again" in site.log.read_text())
    assert eventually(lambda: answers(site.port)), site.log.read_text()

    site.process.kill()
    site.process.wait()
    assert eventually(lambda: {name_of(process) for process in processes_of(site.home)} <= {"postgres", ""})
    ended = subprocess.run([sys.executable, "-m", "lienthong", "stop"], cwd=checkout(), capture_output=True, check=True)
    assert "stopped" in ended.stderr.decode()
    assert eventually(lambda: processes_of(site.home) == [])


def _has_new(site: Site, words: str, old: int) -> bool:
    try:
        return site.pid_of(words) != old
    except (AssertionError, psutil.Error):
        return False


def test_a_second_site_in_the_same_home_is_refused_and_stop_ends_the_first(site: Site) -> None:
    address = site.first_words()["address"]
    second = Site(site.home, site.port)
    assert second.process.wait(30) == 2
    assert address in second.log.read_text()
    subprocess.run([sys.executable, "-m", "lienthong", "stop"], cwd=checkout(), check=True)
    assert site.process.wait(10) == 0
    assert processes_of(site.home) == []


def test_a_taken_port_is_reported_and_the_next_free_one_used(capsys: pytest.CaptureFixture[str]) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as other:
        taken = other.getsockname()[1]
        port = take(taken)
        try:
            assert port.number > taken
            said = capsys.readouterr().err
            assert f"Cổng {taken} đang bận" in said
            assert f"using {port.number}" in said
        finally:
            port.release()


def test_two_that_look_for_a_port_at_once_get_different_ones() -> None:
    first = take(free_port())
    second = take(first.number)
    assert second.number != first.number
    first.release()
    second.release()


def test_a_port_that_was_asked_for_exactly_is_not_replaced() -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as other, pytest.raises(CannotRun):
        take(other.getsockname()[1], exactly=True)


def test_a_child_that_keeps_dying_is_started_again_later_each_time(tmp_path: Path) -> None:
    child = Child("short", [sys.executable, "-c", ""], dict(os.environ), tmp_path / "log")
    child.start()
    starts = []
    began = time.monotonic()
    while len(starts) < 3 and time.monotonic() - began < 20:
        if child.tend():
            starts.append(time.monotonic())
        time.sleep(0.01)
    child.end(time.monotonic() + 5)
    assert starts[2] - starts[1] > starts[1] - starts[0] + 0.2
