"""Under which account of the machine the private database server runs.

PostgreSQL refuses to run as root. When root starts an installation, its server runs as `nobody`; no account is
created and no folder of root's is opened.
"""

from __future__ import annotations

import os
import pwd
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Account:
    """A user and its group; `own` when it is the one that runs this command."""

    uid: int
    gid: int
    own: bool

    def switch(self) -> dict[str, Any]:
        """Arguments for `subprocess` that start a program under this account."""
        return {} if self.own else {"user": self.uid, "group": self.gid, "extra_groups": []}

    def give(self, path: Path) -> None:
        """Hand a file or an empty folder over to this account."""
        if not self.own:
            os.chown(path, self.uid, self.gid)

    def reaches(self, folder: Path) -> bool:
        """Whether this account may pass through every existing folder on the way to `folder`."""
        if self.own:
            return True
        for step in (folder, *folder.parents):
            if step.exists():
                about = step.stat()
                needed = stat.S_IXUSR if about.st_uid == self.uid else stat.S_IXOTH
                if not about.st_mode & needed:
                    return False
        return True


def server_account() -> Account:
    """The account for the database server."""
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid(), own=True)
    try:
        entry = pwd.getpwnam("nobody")
    except KeyError:
        return Account(65534, 65534, own=False)
    return Account(entry.pw_uid, entry.pw_gid, own=False)
