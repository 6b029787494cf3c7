"""Take an edXML message in: as an incoming document, as a state of a sent one, or kept with the reason why not."""

import hashlib
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.db import transaction

from lienthong.foundation.access.rules import require
from lienthong.foundation.access.terms import Actor
from lienthong.foundation.files.actions.store import keep_as
from lienthong.kit.refusal import N_, Refused
from lienthong.modules.exchange.actions.take_document import take_document
from lienthong.modules.exchange.actions.take_status import take_status
from lienthong.modules.exchange.edxml.message import StatusPacket
from lienthong.modules.exchange.edxml.read import read
from lienthong.modules.exchange.models import Message
from lienthong.modules.exchange.terms import State

CHUNK = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one message: the rows written, worst state first. `reason` is untranslated, with `params`."""

    messages: list[Message]
    refusal: Refused | None = None

    @property
    def state(self) -> str:
        order = [State.REFUSED, State.PARKED, State.DONE, State.REPEATED]
        return min((message.state for message in self.messages), key=lambda state: order.index(State(state)))


def take_in(
    *, source: BinaryIO, file_name: str, actor: Actor, now: datetime, receiver_id: int | None = None
) -> Outcome:
    """Read one message and act on it, each message in one transaction. Whatever it was, it is kept as it came.

    `receiver_id` is the agency it is taken in for when none of those it names is here. A message taken in before makes
    nothing new.
    """
    require(actor, "exchange.take_in", agency_id=receiver_id or actor.agency_id)
    with _folder() as folder:
        raw, sha256, size = _copy(source, folder)
        if size == 0:
            raise Refused(N_("Tệp “{name}” trống."), name=file_name)
        spool = folder / "parts"
        spool.mkdir()
        try:
            with open(raw, "rb") as stream:
                packet = read(stream, spool=spool)
            kept = keep_as(path=raw, sha256=sha256, size=size, mime="application/xml", extension="edxml", now=now)
            with transaction.atomic():
                if isinstance(packet, StatusPacket):
                    made = [take_status(packet=packet, kept=kept, file_name=file_name, actor=actor, now=now)]
                else:
                    made = take_document(
                        packet=packet, kept=kept, file_name=file_name, actor=actor, now=now, receiver_id=receiver_id
                    )
        except Refused as refusal:
            return Outcome([_refused(raw, sha256, size, file_name, refusal, actor, now)], refusal)
    return Outcome(made)


def _refused(
    raw: Path, sha256: str, size: int, file_name: str, refusal: Refused, actor: Actor, now: datetime
) -> Message:
    """Keep what was refused, with the reason; the same refused file twice is one row."""
    kept = keep_as(path=raw, sha256=sha256, size=size, mime="application/octet-stream", extension="edxml", now=now)
    message, _ = Message.objects.get_or_create(
        direction="in", state=State.REFUSED, sha256=sha256,
        defaults={
            "kind": "unknown", "file_name": file_name[:200], "stored": kept, "reason": str(refusal)[:1000], "at": now,
            "title": file_name[:500],
        },
    )  # fmt: skip
    return message


def _copy(source: BinaryIO, folder: Path) -> tuple[Path, str, int]:
    """Write the message to disk as it comes, hashing on the way."""
    digest, size, path = hashlib.sha256(), 0, folder / "message"
    with open(path, "wb") as file:
        while chunk := source.read(CHUNK):
            size += len(chunk)
            if size > settings.MAX_BODY_BYTES:
                raise Refused(
                    N_("Gói tin lớn hơn {limit} MB, không nhận."), limit=settings.MAX_BODY_BYTES // 1024 // 1024
                )
            digest.update(chunk)
            file.write(chunk)
    return path, digest.hexdigest(), size


@contextmanager
def _folder() -> Iterator[Path]:
    root = Path(settings.FILES_ROOT) / "incoming"
    root.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(dir=root))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
