"""Put content away by its hash."""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import IO

from django.conf import settings

from lienthong.foundation.files import rules
from lienthong.foundation.files.actions.scan import scan
from lienthong.foundation.files.models import StoredFile
from lienthong.foundation.files.queries import place_of
from lienthong.kit import content_type

CHUNK = 1024 * 1024
HEAD = 4096


def store(*, stream: IO[bytes], name: str, now: datetime) -> StoredFile:
    """Keep what the stream holds and return its row; the same content is kept once.

    The content is on disk before the row exists, so a crash leaves at worst a file without a row, never a row without
    its file. Refused: empty content, programs, a name that lies about the content, what the scanner calls infected.
    """
    with _temporary() as path:
        digest, size = hashlib.sha256(), 0
        with open(path, "wb") as file:
            while chunk := stream.read(CHUNK):
                digest.update(chunk)
                size += len(chunk)
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
        return keep(path=path, sha256=digest.hexdigest(), size=size, name=name, now=now)


def keep(*, path: Path, sha256: str, size: int, name: str, now: datetime) -> StoredFile:
    """The same for content that already lies in a file of which hash and size are known; the file is moved away."""
    with open(path, "rb") as file:
        kind = content_type.sniff(file.read(HEAD), name, lambda: open(path, "rb"))  # noqa: SIM115 - closed by the one who sniffs
    rules.require_acceptable(name=name, kind=kind, size=size)
    known = StoredFile.objects.filter(sha256=sha256).first()
    if known is not None and place_of(known).exists():
        return known
    verdict = scan(path)
    rules.require_clean(name, verdict)
    target = place_of(StoredFile(sha256=sha256))
    target.parent.mkdir(parents=True, exist_ok=True)
    os.replace(path, target)
    stored, _ = StoredFile.objects.get_or_create(
        sha256=sha256,
        defaults={"size": size, "mime": kind.mime, "extension": kind.extension, "scan": verdict, "created_at": now},
    )
    return stored


def keep_as(*, path: Path, sha256: str, size: int, mime: str, extension: str, now: datetime) -> StoredFile:
    """Keep a file whose type the caller knows and answers for: messages as they came, readable or not. Never shown
    inside a page."""
    stored = StoredFile(sha256=sha256, size=size, mime=mime, extension=extension, text="", created_at=now)
    target = place_of(stored)
    target.parent.mkdir(parents=True, exist_ok=True)
    if not target.exists():
        shutil.copyfile(path, target.with_suffix(".part"))
        os.replace(target.with_suffix(".part"), target)
    made, _ = StoredFile.objects.get_or_create(
        sha256=sha256, defaults={"size": size, "mime": mime, "extension": extension, "text": "", "created_at": now}
    )
    return made


def keep_bytes(content: bytes, *, mime: str, extension: str, now: datetime) -> StoredFile:
    """The same for a short content made by us."""
    with _temporary() as path:
        path.write_bytes(content)
        return keep_as(
            path=path,
            sha256=hashlib.sha256(content).hexdigest(),
            size=len(content),
            mime=mime,
            extension=extension,
            now=now,
        )


def store_message(*, stream: IO[bytes], now: datetime) -> StoredFile:
    """The same for a message made by us that may be long."""
    with _temporary() as path:
        digest, size = hashlib.sha256(), 0
        with open(path, "wb") as file:
            while chunk := stream.read(CHUNK):
                digest.update(chunk)
                size += len(chunk)
                file.write(chunk)
        return keep_as(
            path=path, sha256=digest.hexdigest(), size=size, mime="application/xml", extension="edxml", now=now
        )


@contextmanager
def _temporary() -> Iterator[Path]:
    folder = Path(settings.FILES_ROOT) / "incoming"
    folder.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=folder)
    os.close(descriptor)
    try:
        yield Path(name)
    finally:
        Path(name).unlink(missing_ok=True)
