"""Safe reading of ZIP files that came from outside.

Entry names are never used as paths, only shown. Number of entries, unpacked size and ratio are
limited, and the true output is counted, not what the file says about itself. Nothing is unpacked
to a folder: content comes out in pieces. Whatever is wrong ends in ``Refused``.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from lienthong.kit.file_names import safe_name
from lienthong.kit.refusal import N_, Refused

PIECE = 256 * 1024
_END = b"PK\x05\x06"
_END_SIZE = 22
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    IndexError,
    KeyError,
    NotImplementedError,
    OSError,
    OverflowError,
    RuntimeError,
    ValueError,
)


@dataclass(frozen=True)
class Limits:
    """What unpacking may cost. ``ratio`` is only looked at beyond ``ratio_from_bytes`` of output."""

    entries: int = 2_000
    directory_bytes: int = 4 << 20
    total_bytes: int = 1 << 30
    ratio: int = 200
    ratio_from_bytes: int = 16 << 20


LIMITS = Limits()


@dataclass(frozen=True)
class Entry:
    """One file inside. ``raw_name`` is the sender's text, never a path."""

    index: int
    raw_name: str
    size: int
    packed_size: int

    @property
    def name(self) -> str:
        """The name fit to be shown."""
        return safe_name(self.raw_name)


class SafeZip:
    """A ZIP file opened for reading; does not close ``file``. Raises ``Refused`` when it is not sound."""

    def __init__(self, file: BinaryIO, limits: Limits = LIMITS) -> None:
        self._limits = limits
        self._produced = 0
        try:
            _require_small_directory(file, limits)
            self._zip = zipfile.ZipFile(file)
            self._infos = self._zip.infolist()
        except _BROKEN as error:
            raise _broken() from error
        if len(self._infos) > limits.entries:
            raise _too_many(limits)
        if sum(info.file_size for info in self._infos) > limits.total_bytes:
            raise _too_large(limits)
        self.entries = tuple(
            Entry(index, shown, info.file_size, info.compress_size)
            for index, info in enumerate(self._infos)
            if not (shown := _shown_name(info)).endswith(("/", "\\"))
        )

    @property
    def encrypted(self) -> bool:
        """Whether any entry needs a password."""
        return any(info.flag_bits & 0x41 for info in self._infos)

    def pieces(self, entry: Entry) -> Iterator[bytes]:
        """The content of one entry, piece by piece, its checksum verified at the end."""
        info = self._infos[entry.index]
        if info.flag_bits & 0x41:
            raise Refused(N_("Tệp nén có mật khẩu ({ten}) nên không mở được."), ten=entry.name)
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise Refused(N_("Tệp nén dùng kiểu nén không được hỗ trợ ({ten})."), ten=entry.name)
        done = 0
        try:
            with self._zip.open(info) as content:
                while piece := content.read(PIECE):
                    done += len(piece)
                    self._produced += len(piece)
                    self._require_modest(done, info.compress_size)
                    yield piece
        except _BROKEN as error:
            raise _broken() from error
        if done != info.file_size:
            raise _broken()

    def _require_modest(self, done: int, packed: int) -> None:
        limits = self._limits
        if self._produced > limits.total_bytes:
            raise _too_large(limits)
        if done > limits.ratio_from_bytes and done > limits.ratio * max(packed, 1):
            raise Refused(
                N_("Tệp nén nở ra hơn {ti_le} lần khi giải nén (nghi là “bom nén”) nên không được nhận."),
                ti_le=limits.ratio,
            )


def _require_small_directory(file: BinaryIO, limits: Limits) -> None:
    """Look at the size of the table of contents before the library builds an object per entry."""
    length = file.seek(0, 2)
    tail_start = max(0, length - _END_SIZE - 0xFFFF)
    file.seek(tail_start)
    tail = file.read(length - tail_start)
    at = len(tail) - _END_SIZE
    if at < 0 or tail[at : at + 4] != _END or tail[-2:] != b"\0\0":
        at = tail.rfind(_END)
    if at < 0 or at + _END_SIZE > len(tail):
        raise _broken()
    count, size = struct.unpack_from("<HL", tail, at + 10)
    locator = at - 20
    if locator >= 0 and tail[locator : locator + 4] == b"PK\x06\x07":
        file.seek(max(0, tail_start + locator - 56))
        record = file.read(56)
        if len(record) < 56 or record[:4] != b"PK\x06\x06":
            raise _broken()
        count, size = struct.unpack_from("<QQ", record, 32)
    if count > limits.entries:
        raise _too_many(limits)
    if size > limits.directory_bytes:
        raise _too_many(limits)
    file.seek(0)


def _shown_name(info: zipfile.ZipInfo) -> str:
    """The entry's name; old packers write UTF-8 or a code page without saying so."""
    name = info.orig_filename
    if info.flag_bits & 0x800:
        return name
    try:
        return name.encode("cp437").decode("utf-8")
    except UnicodeError:
        return name


def _broken() -> Refused:
    return Refused(N_("Tệp nén bị hỏng hoặc không phải tệp ZIP."))


def _too_many(limits: Limits) -> Refused:
    return Refused(N_("Tệp nén có quá {gioi_han} tệp bên trong nên không được nhận."), gioi_han=limits.entries)


def _too_large(limits: Limits) -> Refused:
    return Refused(
        N_("Tệp nén chứa hơn {gioi_han} MB dữ liệu sau khi giải nén (nghi là “bom nén”) nên không được nhận."),
        gioi_han=limits.total_bytes >> 20,
    )
