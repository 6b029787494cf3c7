"""The scan hook: clamd where one is set (LIENTHONG_CLAMD), else nothing is claimed."""

import socket
import struct
from pathlib import Path

from django.conf import settings

from lienthong.kit.refusal import N_, Refused

CHUNK = 64 * 1024


def scan(path: Path) -> str:
    """`none` without a scanner, else `clean` or `infected`; an unreachable scanner refuses the file for now."""
    address = settings.CLAMD
    if not address:
        return "none"
    try:
        with _connect(address) as link, open(path, "rb") as file:
            link.sendall(b"zINSTREAM\0")
            while chunk := file.read(CHUNK):
                link.sendall(struct.pack("!L", len(chunk)) + chunk)
            link.sendall(struct.pack("!L", 0))
            answer = link.recv(4096)
    except OSError as error:
        raise Refused(N_("Chưa quét được mã độc nên chưa nhận tệp. Thử lại sau ít phút.")) from error
    return "infected" if b"FOUND" in answer else "clean"


def _connect(address: str) -> socket.socket:
    if address.startswith("/"):
        link = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        link.settimeout(30)
        link.connect(address)
        return link
    host, port = address.rsplit(":", 1)
    return socket.create_connection((host, int(port)), timeout=30)
