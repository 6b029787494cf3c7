"""Where things lie: the checkout, and the home of one installation."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path


def checkout() -> Path:
    """The folder that holds `lt`, `package.json` and the package `lienthong`."""
    return Path(__file__).resolve().parents[3]


def home_path() -> Path:
    """`LIENTHONG_HOME`, or `.lienthong` in the checkout; absolute."""
    chosen = os.environ.get("LIENTHONG_HOME")
    return Path(chosen).expanduser().resolve() if chosen else checkout() / ".lienthong"


@dataclass(frozen=True)
class Home:
    """One installation's folder: private database, files, keys, locks, logs."""

    path: Path

    @classmethod
    def here(cls) -> Home:
        """The home that the environment names."""
        return cls(home_path())

    def make(self) -> Home:
        """Create the folder when it is not there; others may pass through it (0711) but not list it.

        The database server of root runs as `nobody` and must be able to reach its cluster inside; everything
        that is secret has its own 0700 folder or 0600 file.
        """
        for folder, mode in ((self.path, 0o711), (self.run, 0o700), (self.logs, 0o700), (self.keys, 0o700)):
            if not folder.is_dir():
                folder.mkdir(parents=True, exist_ok=True)
                folder.chmod(mode)
        return self

    @property
    def run(self) -> Path:
        """Locks and notes about what is running."""
        return self.path / "run"

    @property
    def logs(self) -> Path:
        """Logs of the processes that are started here."""
        return self.path / "logs"

    @property
    def keys(self) -> Path:
        """Secret keys, 0600 each."""
        return self.path / "keys"

    @property
    def files(self) -> Path:
        """Stored attachments."""
        return self.path / "files"

    @property
    def mark(self) -> str:
        """Twelve hexadecimal digits that tell this home from every other on the machine."""
        return hashlib.sha256(os.fsencode(self.path)).hexdigest()[:12]
