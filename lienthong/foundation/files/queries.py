"""Where content lies. Whether somebody may read it is decided by the owning module before it asks here."""

from pathlib import Path
from typing import BinaryIO

from django.conf import settings

from lienthong.foundation.files.models import StoredFile


def place_of(stored: StoredFile) -> Path:
    """The path of the content: two levels of folders by hash."""
    digest = stored.sha256
    return Path(settings.FILES_ROOT) / digest[:2] / digest[2:4] / digest


def open_content(stored: StoredFile) -> BinaryIO:
    return open(place_of(stored), "rb")
