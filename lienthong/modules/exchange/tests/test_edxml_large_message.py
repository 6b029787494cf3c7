"""A message of 200 MB is taken in without the process growing by 64 MB."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[4]

WRITE_AND_READ = """
import json, sys
from pathlib import Path
from lienthong.modules.exchange.edxml.read import read

def peak():
    # VmHWM is this program's own highest mark; ru_maxrss would start from that of the process that started it.
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))

source, spool = Path(sys.argv[1]), Path(sys.argv[2])
before = peak()
with source.open("rb") as message:
    packet = read(message, spool=spool)
after = peak()
(attachment,) = packet.attachments
print(json.dumps({"grown_kb": after - before, "size": attachment.size, "sha256": attachment.sha256,
                  "extension": attachment.type.extension}))
"""


@pytest.mark.parametrize("line_end", [b"", b"\r\n"], ids=["one line", "many lines"])
def test_a_message_of_200_mb_needs_less_than_64_mb(tmp_path: Path, line_end: bytes) -> None:
    import base64
    import hashlib

    block = (b"%PDF-1.7\n" + bytes(range(256)) * 12)[: 57 * 48]
    lines = [base64.b64encode(block[at : at + 57]) for at in range(0, len(block), 57)]
    encoded = (line_end.join(lines) + line_end) * 64
    digest, size = hashlib.sha256(), 0
    message = tmp_path / "message.edxml"
    with message.open("wb") as out:
        out.write(
            b"<edXML><edXMLEnvelope><edXMLHeader><MessageHeader><From><OrganId>H99</OrganId></From>"
            b"<DocumentId>H99,1</DocumentId></MessageHeader></edXMLHeader></edXMLEnvelope><AttachmentEncoded>"
            b"<Attachment><AttachmentName>a.pdf</AttachmentName><ContentTransferEncoded>"
        )
        while out.tell() < 200_000_000:
            out.write(encoded)
            digest.update(block * 64)
            size += len(block) * 64
        out.write(b"</ContentTransferEncoded></Attachment></AttachmentEncoded></edXML>")
    spool = tmp_path / "spool"
    spool.mkdir()
    done = subprocess.run(
        [sys.executable, "-c", WRITE_AND_READ, str(message), str(spool)],
        capture_output=True, text=True, check=True, cwd=ROOT, timeout=120,
    )  # fmt: skip
    found = json.loads(done.stdout)
    message.unlink()
    for each in spool.iterdir():
        each.unlink()
    assert (found["size"], found["sha256"], found["extension"]) == (size, digest.hexdigest(), "pdf")
    assert found["grown_kb"] < 64 * 1024
