import stat
import tarfile
from pathlib import Path

import psycopg
import pytest

from lienthong.site.running import postgres
from lienthong.site.running.copies import backup, restore
from lienthong.site.running.places import Home
from lienthong.site.running.speech import CannotRun


@pytest.fixture
def saved(own_home: Home, tmp_path: Path) -> Path:
    """A backup of a home with one table, one file and a key; the home itself is emptied again."""
    with postgres.running(own_home) as url, psycopg.connect(url) as connection:
        connection.execute("CREATE EXTENSION unaccent")
        connection.execute("CREATE TABLE letter (number int PRIMARY KEY, abstract text)")
        connection.execute("INSERT INTO letter VALUES (37, 'Kế hoạch chuyển đổi số')")
    stored = own_home.files / "ab" / "công văn.pdf"
    stored.parent.mkdir(parents=True)
    stored.write_bytes(b"%PDF-1.7" * 1000)
    (own_home.path / "secret-key").write_text("key")
    target = tmp_path / "saved.tar"
    assert backup(target) == 0
    postgres.destroy(own_home)
    stored.unlink()
    (own_home.path / "secret-key").unlink()
    return target


def test_a_backup_brings_back_rows_files_and_keys(own_home: Home, saved: Path) -> None:
    assert stat.S_IMODE(saved.stat().st_mode) == 0o600
    assert restore(saved) == 0
    with postgres.running(own_home) as url, psycopg.connect(url) as connection:
        assert connection.execute("SELECT * FROM letter").fetchall() == [(37, "Kế hoạch chuyển đổi số")]
    assert (own_home.files / "ab" / "công văn.pdf").read_bytes() == b"%PDF-1.7" * 1000
    assert (own_home.path / "secret-key").read_text() == "key"


def test_a_backup_is_not_restored_over_data(own_home: Home, saved: Path) -> None:
    assert restore(saved) == 0
    with pytest.raises(CannotRun, match="holds data already"):
        restore(saved)


def test_a_damaged_backup_restores_nothing(own_home: Home, saved: Path) -> None:
    content = bytearray(saved.read_bytes())
    place = content.index(b"%PDF-1.7%PDF")
    content[place] ^= 1
    saved.write_bytes(content)
    with pytest.raises(CannotRun, match="checksums differ"):
        restore(saved)
    with postgres.running(own_home) as url, psycopg.connect(url) as connection:
        assert connection.execute("SELECT to_regclass('letter')").fetchone() == (None,)


def test_a_backup_that_was_cut_off_restores_nothing(own_home: Home, saved: Path) -> None:
    saved.write_bytes(saved.read_bytes()[:9000])
    with pytest.raises(CannotRun, match="damaged"):
        restore(saved)


def test_a_backup_that_reaches_out_of_its_folder_is_refused(own_home: Home, tmp_path: Path) -> None:
    evil = tmp_path / "evil.tar"
    with tarfile.open(evil, "w") as archive:
        archive.addfile(tarfile.TarInfo("files/../../outside"))
    with pytest.raises(CannotRun, match="unexpected member"):
        restore(evil)


def test_a_backup_never_replaces_a_file(own_home: Home, saved: Path) -> None:
    before = saved.read_bytes()
    with pytest.raises(CannotRun, match="exists already"):
        backup(saved)
    assert saved.read_bytes() == before
