"""Where content lies. Whether somebody may read it is decided by the owning module before it asks here."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

from lienthong.foundation.files.models import StoredFile


def place_of(stored: StoredFile) -> Path:
    """The path of the content: two levels of folders by hash."""
    digest = stored.sha256
    return Path(settings.FILES_ROOT) / digest[:2] / digest[2:4] / digest


def open_content(stored: StoredFile) -> BinaryIO:
    """The content, open for reading; the caller closes it."""
    return open(place_of(stored), "rb")


@dataclass(frozen=True, slots=True)
class Unsound:
    """A stored content that is `missing`, `unreadable`, or `changed`: hash or size are no longer what they were."""

    stored_id: int
    sha256: str
    why: str


CHUNK = 1024 * 1024


def verify(progress: Callable[[int, int], None] | None = None) -> tuple[int, list[Unsound]]:
    """Read every stored content once and compare it with its hash: how many there are, and what does not hold.

    `progress(done, total)` is called after each file. Memory stays one chunk, however large the files are.
    """
    total, done, faults = StoredFile.objects.count(), 0, []
    for stored in StoredFile.objects.defer("text").order_by("pk").iterator(chunk_size=500):
        if why := _fault(stored):
            faults.append(Unsound(stored.pk, stored.sha256, why))
        done += 1
        if progress:
            progress(done, total)
    return done, faults


def _fault(stored: StoredFile) -> str:
    digest, size = hashlib.sha256(), 0
    try:
        with open_content(stored) as file:
            while chunk := file.read(CHUNK):
                digest.update(chunk)
                size += len(chunk)
    except FileNotFoundError:
        return "missing"
    except OSError:
        return "unreadable"
    return "" if digest.hexdigest() == stored.sha256 and size == stored.size else "changed"
