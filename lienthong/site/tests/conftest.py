import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from lienthong.site.running import postgres
from lienthong.site.running.places import Home

# What a test run sets for its own server must not reach the servers that are tested here.
OURS = ("DATABASE_URL", "LIENTHONG_POSTGRES", "LIENTHONG_POSTGRES_SETTINGS", "LIENTHONG_PUBLIC_ADDRESS")


@pytest.fixture
def own_home(monkeypatch: pytest.MonkeyPatch) -> Iterator[Home]:
    """An empty home of this test's own, which root's server account can reach too."""
    for name in OURS:
        monkeypatch.delenv(name, raising=False)
    path = Path(tempfile.mkdtemp(prefix="lienthong-own-"))
    path.chmod(0o711)
    monkeypatch.setenv("LIENTHONG_HOME", str(path))
    home = Home(path)
    yield home
    for name in OURS:
        os.environ.pop(name, None)
    postgres.destroy(home)
    shutil.rmtree(path)
