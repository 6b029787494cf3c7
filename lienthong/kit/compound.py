"""The table of contents of an OLE compound file (doc, xls, ppt, msg, msi), no more than that."""

from __future__ import annotations

import struct
from typing import BinaryIO

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
INSTALLER_CLASS = bytes.fromhex("84100c0000000000c000000000000046")
_SECTORS = 256


class Broken(Exception):
    """The file is not a sound compound file."""


def directory(file: BinaryIO) -> tuple[bytes, set[str]]:
    """Class id of the root and the names of all streams and storages (at most a few thousand)."""
    file.seek(0)
    header = file.read(512)
    if len(header) < 512 or header[:8] != MAGIC:
        raise Broken
    shift = struct.unpack_from("<H", header, 30)[0]
    if shift not in (9, 12):
        raise Broken
    size = 1 << shift
    sector = struct.unpack_from("<L", header, 48)[0]
    tables = struct.unpack_from("<109L", header, 76)
    root_class, names = b"", set()
    seen: set[int] = set()
    while sector < 0xFFFFFFFA and sector not in seen and len(seen) < _SECTORS:
        seen.add(sector)
        data = _sector(file, sector, size)
        for at in range(0, size, 128):
            length = struct.unpack_from("<H", data, at + 64)[0]
            if data[at + 66] == 0 or not 2 <= length <= 64:
                continue
            names.add(data[at : at + length - 2].decode("utf-16-le", "replace"))
            if data[at + 66] == 5:
                root_class = data[at + 80 : at + 96]
        sector = _next(file, sector, size, tables)
    if not names:
        raise Broken
    return root_class, names


def _sector(file: BinaryIO, number: int, size: int) -> bytes:
    file.seek((number + 1) * size)
    data = file.read(size)
    if len(data) < size:
        # The last sector may be cut short by careless writers.
        data = data.ljust(size, b"\0")
    return data


def _next(file: BinaryIO, sector: int, size: int, tables: tuple[int, ...]) -> int:
    index, offset = divmod(sector, size // 4)
    if index >= len(tables) or tables[index] >= 0xFFFFFFFA:
        return 0xFFFFFFFE
    return struct.unpack_from("<L", _sector(file, tables[index], size), offset * 4)[0]
