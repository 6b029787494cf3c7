"""Attachments on their way in: Base64 text to bytes, hash, type, unpacking, a place to lie.

Small content waits in memory until its name is known, larger content goes straight to a spool file,
so memory does not grow with the message.
"""

from __future__ import annotations

import binascii
import hashlib
import os
import tempfile
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, Union

from lienthong.kit import content_type, xml, zip
from lienthong.kit.content_type import ContentType
from lienthong.kit.file_names import NAMELESS, extension_of, safe_name
from lienthong.kit.refusal import N_, Refused
from lienthong.modules.exchange.edxml.message import Attachment, Remark

SpoolPlace = Union[str, "os.PathLike[str]", Callable[[], BinaryIO]]

_FLUSH = 128 * 1024
_BLANK = b" \t\r\n"


@dataclass(frozen=True)
class Limits:
    """What one message may cost. ``unpacked_bytes`` counts all attachments as kept; sizes in bytes."""

    xml: xml.Limits = xml.LIMITS
    zip: zip.Limits = zip.LIMITS
    field_bytes: int = 64 * 1024
    attachments: int = 200
    unpacked_bytes: int = 1 << 30
    held_bytes: int = 1 << 20


LIMITS = Limits()


class Spool:
    """Where content is put: a directory (files stay, under names of our own) or a maker of open files."""

    def __init__(self, place: SpoolPlace) -> None:
        self._make = place if callable(place) else None
        self._directory = None if callable(place) else Path(place)
        self._open: dict[int, tuple[BinaryIO, Path | None]] = {}
        self._kept: list[tuple[BinaryIO | None, Path | None]] = []

    def new(self) -> BinaryIO:
        path = None
        if self._make is not None:
            file = self._make()
        else:
            handle, name = tempfile.mkstemp(prefix="edxml-", suffix=".part", dir=self._directory)
            file, path = os.fdopen(handle, "w+b"), Path(name)
        self._open[id(file)] = (file, path)
        return file

    def keep(self, file: BinaryIO) -> tuple[BinaryIO | None, Path | None]:
        """The handle at its beginning, or (for a directory) the path of the closed file."""
        kept: tuple[BinaryIO | None, Path | None]
        _, path = self._open.pop(id(file))
        if path is None:
            file.flush()
            file.seek(0)
            kept = file, None
        else:
            file.close()
            kept = None, path
        self._kept.append(kept)
        return kept

    def drop(self, file: BinaryIO) -> None:
        _, path = self._open.pop(id(file))
        file.close()
        if path is not None:
            path.unlink(missing_ok=True)

    def drop_all(self) -> None:
        """Leave nothing behind of a message that was refused."""
        for file, _ in list(self._open.values()):
            self.drop(file)
        for kept, path in self._kept:
            if kept is not None:
                kept.close()
            if path is not None:
                path.unlink(missing_ok=True)
        self._kept.clear()


class Content:
    """Receives the Base64 text of one attachment."""

    def __init__(self, spool: Spool, limits: Limits, room: int) -> None:
        self._spool = spool
        self._limits = limits
        self._room = room
        self._pieces: list[str] = []
        self._waiting = 0
        self._carry = b""
        self._wrapped = False
        self._ended = False
        self._held: list[bytes] = []
        self._file: BinaryIO | None = None
        self._hash = hashlib.sha256()
        self.size = 0

    def feed(self, piece: str) -> None:
        self._pieces.append(piece)
        self._waiting += len(piece)
        if self._waiting >= _FLUSH:
            self._flush()

    def _flush(self, last: bool = False) -> None:
        try:
            data = self._carry + "".join(self._pieces).encode("ascii").strip(_BLANK)
        except UnicodeEncodeError:
            raise _not_base64() from None
        self._pieces.clear()
        self._waiting = 0
        if self._wrapped:
            data = data.translate(None, _BLANK)
        if not data:
            return
        if self._ended:
            raise _not_base64()
        try:
            decoded = self._decode(data, last)
        except binascii.Error:
            if self._wrapped:
                raise _not_base64() from None
            self._wrapped = True
            data = data.translate(None, _BLANK)
            try:
                decoded = self._decode(data, last)
            except binascii.Error:
                raise _not_base64() from None
        self._take(decoded)

    def _decode(self, data: bytes, last: bool) -> bytes:
        whole = len(data) & ~3
        rest = data[whole:]
        if rest and last:
            # Some writers leave the padding out.
            data, whole, rest = data + b"=" * (-len(data) % 4), whole + 4, b""
        decoded = binascii.a2b_base64(data if whole == len(data) else data[:whole], strict_mode=True)
        self._carry = rest
        self._ended = data[whole - 1 : whole] == b"="
        if self._ended and rest:
            raise binascii.Error
        return decoded

    def _take(self, decoded: bytes) -> None:
        self.size += len(decoded)
        if self.size > self._room:
            raise too_large(self._limits)
        if self._file is None and self.size <= self._limits.held_bytes:
            self._held.append(decoded)
            return
        if self._file is None:
            self._file = self._spool.new()
            for part in self._held:
                self._write(self._file, part)
            self._held.clear()
        self._write(self._file, decoded)

    def _write(self, file: BinaryIO, part: bytes) -> None:
        file.write(part)
        self._hash.update(part)

    def settle(self, described: Attachment) -> tuple[Attachment, list[Remark]]:
        """The received file: typed, unpacked where it was only packed for the journey, lying in the spool."""
        try:
            self._flush(last=True)
            file = self._file if self._file is not None else BytesIO(b"".join(self._held))
            self._held.clear()
            return self._settled(file, described)
        except Refused as reason:
            raise Refused(N_("Tệp đính kèm “{ten}”: {ly_do}"), ten=described.name or NAMELESS, ly_do=reason) from reason

    def _settled(self, file: BinaryIO, described: Attachment) -> tuple[Attachment, list[Remark]]:
        remarks: list[Remark] = []
        name, found, unpacked = described.name, _sniff(file, described.name), False
        size = self.size
        if found == content_type.ZIP and extension_of(name) != "zip":
            archive = zip.SafeZip(
                file, replace(self._limits.zip, total_bytes=min(self._room, self._limits.zip.total_bytes))
            )
            if archive.encrypted:
                raise Refused(N_("tệp nén có mật khẩu nên không mở được."))
            if len(archive.entries) == 1:
                entry = archive.entries[0]
                name = name or entry.name
                inner, size, digest = self._unpack(archive, entry)
                if file is self._file:
                    self._spool.drop(file)
                file, found, unpacked = inner, _sniff(inner, name), True
            else:
                remarks.append(
                    Remark(
                        N_("Tệp đính kèm “{ten}” là tệp nén có {so} tệp bên trong nên được giữ nguyên."),
                        (("ten", name or NAMELESS), ("so", len(archive.entries))),
                    )
                )
        if not unpacked and self._file is None:
            content = file.getbuffer()  # type: ignore[attr-defined]
            file = self._spool.new()
            self._write(file, content)
        if not unpacked:
            digest = self._hash.hexdigest()
        self.size = size
        kept, path = self._spool.keep(file)
        name = name or NAMELESS
        lies = content_type.name_lies(name, found)
        remarks += _type_remarks(name, found, lies)
        return (
            replace(
                described, name=name, size=size, sha256=digest, type=found,
                lies=lies, unpacked=unpacked, path=path, file=kept,
            ),
            remarks,
        )  # fmt: skip

    def _unpack(self, archive: zip.SafeZip, entry: zip.Entry) -> tuple[BinaryIO, int, str]:
        out, size, digest = self._spool.new(), 0, hashlib.sha256()
        for piece in archive.pieces(entry):
            size += len(piece)
            out.write(piece)
            digest.update(piece)
        return out, size, digest.hexdigest()


def too_large(limits: Limits) -> Refused:
    """The refusal of a message whose attachments are too large together."""
    return Refused(
        N_("Các tệp đính kèm lớn hơn {gioi_han} MB nên gói tin không được nhận."), gioi_han=limits.unpacked_bytes >> 20
    )


def shown_name(raw: str) -> tuple[str, list[Remark]]:
    """The name to show for what the sender wrote, "" when nothing was written."""
    if not raw:
        return "", []
    name = safe_name(raw)
    if "/" in raw or "\\" in raw:
        remark = Remark(
            N_("Tên tệp đính kèm “{goc}” có đường dẫn; chỉ giữ tên “{ten}”."),
            (("goc", xml.shorten(raw)), ("ten", name)),
        )
        return name, [remark]
    return name, []


def _sniff(file: BinaryIO, name: str) -> ContentType:
    file.seek(0)
    return content_type.sniff(file.read(content_type.HEAD), name, lambda: nullcontext(file))


def _type_remarks(name: str, found: ContentType, lies: bool) -> list[Remark]:
    remarks = []
    if lies:
        remarks.append(
            Remark(
                N_("Tệp đính kèm “{ten}” có nội dung thuộc loại {loai}, không đúng với đuôi tệp."),
                (("ten", name), ("loai", found.mime)),
            )
        )
    if found.dangerous:
        remarks.append(
            Remark(
                N_("Tệp đính kèm “{ten}” có thể chạy chương trình khi mở ({loai})."),
                (("ten", name), ("loai", found.mime)),
            )
        )
    return remarks


def _not_base64() -> Refused:
    return Refused(N_("nội dung không phải Base64 hợp lệ."))
