"""A body of 5 GB, sent to the server as `./lt serve` runs it: refused by its header, nothing kept, no memory taken."""

import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from lienthong.site.running.places import Home
from lienthong.site.tests.started import Site, answers, free_port

GIANT = 5 * 1024**3
LIMIT = 8 * 1024**2
PIECE = b"x" * 65_536
MOST_SENT = LIMIT + 4 * 1024**2
# The limit is greater than this: a server that read what it may before refusing would be seen.
MOST_GROWTH = 6 * 1024**2
FORM = "multipart/form-data; boundary=b"
OPENING = b'--b\r\nContent-Disposition: form-data; name="files"; filename="a.pdf"\r\n\r\n%PDF-1.7\n'


@pytest.fixture
def site(own_home: Home, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    monkeypatch.setenv("LIENTHONG_MAX_UPLOAD_MB", str(LIMIT // 1024**2))
    site = Site(own_home, free_port(), "lienthong.site.settings")
    site.first_words()
    yield site
    site.end()


def _web(site: Site) -> list[psutil.Process]:
    master = psutil.Process(site.pid_of("granian"))
    return [master, *master.children(recursive=True)]


def _peak(processes: list[psutil.Process]) -> int:
    """Sum of the greatest memory that each process ever had, bytes."""
    total = 0
    for process in processes:
        status = Path(f"/proc/{process.pid}/status").read_text()
        total += int(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1]) * 1024
    return total


def _kept(home: Home) -> dict[str, int]:
    """Every file below the folders that uploads can reach, with its size."""
    folders = (home.files, home.path / "uploads")
    return {str(p): p.stat().st_size for folder in folders for p in folder.rglob("*") if p.is_file()}


def _send(port: int, path: str, headers: str, frame: Callable[[bytes], bytes]) -> tuple[bytes, int]:
    """What the server says, and how many bytes of body it let us send before it said so or closed."""
    sent = 0
    with socket.create_connection(("127.0.0.1", port), timeout=20) as link:
        link.sendall(f"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: {FORM}\r\n{headers}\r\n\r\n".encode())
        answer = b""
        link.settimeout(5)
        try:
            link.sendall(frame(OPENING))
            while sent < MOST_SENT:
                link.sendall(frame(PIECE))
                sent += len(PIECE)
        except OSError:
            pass
        try:
            while part := link.recv(65_536):
                answer += part
        except OSError:
            pass
    return answer, sent


def _whole(piece: bytes) -> bytes:
    return piece


def _chunk(piece: bytes) -> bytes:
    return f"{len(piece):x}\r\n".encode() + piece + b"\r\n"


@pytest.mark.slow
def test_a_body_of_five_gigabytes_is_refused_and_leaves_nothing_behind(site: Site) -> None:
    assert answers(site.port)
    kept, web = _kept(site.home), _web(site)
    high = _peak(web)
    for path in ("/tai-khoan/dang-nhap/", "/lam-viec/van-ban/den/vao-so/"):
        answer, sent = _send(site.port, path, f"Content-Length: {GIANT}", _whole)
        assert answer.startswith(b"HTTP/1.1 413 "), answer
        assert "Tệp gửi lên quá lớn: mỗi lần nhiều nhất 8 MB." in answer.decode()
        assert sent <= MOST_SENT
        answer, sent = _send(site.port, path, "Transfer-Encoding: chunked", _chunk)
        assert answer.startswith(b"HTTP/1.1 411 "), answer
        assert "Dữ liệu gửi lên không ghi độ dài nên không được nhận." in answer.decode()
        assert answers(site.port)
    assert _kept(site.home) == kept
    assert _peak(web) - high < MOST_GROWTH
    assert {process.pid for process in _web(site)} == {process.pid for process in web}


@pytest.mark.slow
def test_a_client_that_waits_to_be_asked_for_its_body_is_never_asked(site: Site) -> None:
    """What curl does with a large file: it sends the header alone and waits for "100 Continue"."""
    with socket.create_connection(("127.0.0.1", site.port), timeout=20) as link:
        link.sendall(
            f"POST /lam-viec/ HTTP/1.1\r\nHost: localhost\r\nContent-Type: {FORM}\r\nContent-Length: {GIANT}\r\n"
            "Expect: 100-continue\r\n\r\n".encode()
        )
        assert link.recv(65_536).startswith(b"HTTP/1.1 413 ")
    assert answers(site.port)
