import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from lienthong.site.running.places import checkout

TOOLS = ("sh", "dirname", "readlink", "id", "cksum", "cat", "rm", "tail")
is_installed = pytest.mark.skipif(
    not (checkout() / ".venv/base.stamp").exists(), reason="this checkout was not installed by ./lt"
)


@pytest.fixture
def bare_path(tmp_path: Path) -> Path:
    """A folder of programs as on a machine without Python and without a package manager."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for name in TOOLS:
        found = shutil.which(name)
        assert found, name
        (folder / name).symlink_to(found)
    return folder


def run_lt(lt: Path, *arguments: str, cwd: Path, path: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [lt, *arguments],
        cwd=cwd,
        env={"PATH": path, "HOME": str(cwd), "LIENTHONG_HOME": str(cwd / "home")},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


def copy_of_lt(folder: Path) -> Path:
    (folder / "requirements").mkdir(parents=True)
    shutil.copy(checkout() / "requirements/base.txt", folder / "requirements")
    return Path(shutil.copy(checkout() / "lt", folder / "lt"))


def test_a_machine_without_python_gets_the_line_that_mends_it(tmp_path: Path, bare_path: Path) -> None:
    lt = copy_of_lt(tmp_path / "thư mục có dấu cách")
    told = run_lt(lt, "demo", cwd=tmp_path, path=str(bare_path))
    assert told.returncode == 2
    assert "Cần Python 3.11 trở lên." in told.stderr
    assert "apt-get install -y python3 python3-venv" in told.stderr


def test_a_python_that_is_too_old_does_not_count(tmp_path: Path, bare_path: Path) -> None:
    old = bare_path / "python3"
    old.write_text("#!/bin/sh\nexit 1\n")
    old.chmod(0o755)
    told = run_lt(copy_of_lt(tmp_path / "x"), "demo", cwd=tmp_path, path=str(bare_path))
    assert told.returncode == 2
    assert "Python 3.11 or later is needed." in told.stderr


@is_installed
def test_it_runs_from_any_folder_and_through_a_link(tmp_path: Path) -> None:
    link = tmp_path / "lienthong"
    link.symlink_to(checkout() / "lt")
    told = run_lt(link, "help", cwd=tmp_path, path=os.environ["PATH"])
    assert told.returncode == 0, told.stderr
    assert "demo" in told.stdout


@is_installed
def test_an_unknown_command_does_nothing_and_says_so(tmp_path: Path) -> None:
    told = run_lt(checkout() / "lt", "dmeo", cwd=tmp_path, path=os.environ["PATH"])
    assert told.returncode == 2
    assert "Không có lệnh 'dmeo'" in told.stderr
    assert not (tmp_path / "home").exists()


@is_installed
def test_a_plan_is_read_from_any_folder_without_a_database(tmp_path: Path) -> None:
    (tmp_path / "kế hoạch.txt").write_text("Đến năm 2026, 80% văn bản của các sở được ký số.\n", encoding="utf-8")
    path = os.environ["PATH"]
    told = run_lt(checkout() / "lt", "plan", "read", "kế hoạch.txt", "--json", cwd=tmp_path, path=path)
    assert told.returncode == 0, told.stderr
    (target,) = json.loads(told.stdout)["targets"]
    assert (target["value_low"], target["unit"], target["when"]) == (80, "%", "2026")
    assert not (tmp_path / "home").exists()


@is_installed
def test_a_plan_without_a_file_is_told_how_to_ask(tmp_path: Path) -> None:
    told = run_lt(checkout() / "lt", "plan", "write", "x", cwd=tmp_path, path=os.environ["PATH"])
    assert told.returncode == 2
    assert "Dùng: ./lt plan read" in told.stderr
