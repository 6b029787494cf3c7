"""Taking in edXML: reading a 370 kB message, the whole act, and how much a 200 MB message raises the process."""

import base64
import hashlib
import json
import os
import random
import subprocess
import sys
import tempfile
import zipfile
import zlib
from io import BytesIO
from pathlib import Path

from lxml import etree

from bench import Result, Size, below, duration, ground, median, timed
from lienthong.foundation.organizations.queries import codes_of
from lienthong.modules.exchange.actions.take_in import take_in
from lienthong.modules.exchange.edxml.read import read

CONTENT = 262_000  # bytes of the attachment: its message has some 370 kB
LARGE = 200_000_000
_HEAD = (
    "<edXML><edXMLEnvelope><edXMLHeader><MessageHeader><From><OrganId>G17</OrganId><OrganName>Bộ Xây dựng</OrganName></From>"
    "<To><OrganId>{to}</OrganId></To><Code><CodeNumber>{no}</CodeNumber><CodeNotation>BXD-QLN</CodeNotation></Code>"
    "<PromulgationInfo><Place>Hà Nội</Place><PromulgationDate>2026-03-02</PromulgationDate></PromulgationInfo>"
    "<DocumentType><Type>2</Type><TypeName>Công văn</TypeName></DocumentType><Subject>kiểm tra an toàn {no}</Subject>"
    "<DocumentId>G17,2026,{no}</DocumentId></MessageHeader></edXMLHeader></edXMLEnvelope><AttachmentEncoded>"
    "<Attachment><AttachmentName>cong-van.pdf</AttachmentName><ContentTransferEncoded>"
)
_TAIL = "</ContentTransferEncoded></Attachment></AttachmentEncoded></edXML>"


def run(size: Size, say) -> list[Result]:
    """Reading beside its floor, plain and zipped; the act beside the same floor; memory in a process of its own."""
    ground.use(size.small, say)
    (actor,) = ground.actors("clerk", 1)
    to, rounds, found = codes_of([actor.agency_id])[actor.agency_id], size.rounds * 4, []
    with tempfile.TemporaryDirectory() as folder:
        for name, zipped in (("take_in_370kB", False), ("take_in_370kB_zipped", True)):
            ours, floor = [], []
            for number in range(rounds + 1):
                raw = _message(to, number, zipped)
                floor.append(timed(lambda raw=raw, zipped=zipped: _floor(raw, Path(folder), zipped)))
                ours.append(timed(lambda raw=raw: read(BytesIO(raw), spool=folder)))
            note = f"{len(raw) // 1000} kB" + ("; the floor unzips too" if zipped else "")
            found.append(duration(name, median(ours[1:]) * 1000, median(floor[1:]) * 1000, 0.5, "ms", rounds, note))
        acts = []
        first = int(ground.now().timestamp() * 1000)
        for number in range(rounds):
            raw = _message(to, first + number, False)
            acts.append(
                timed(lambda raw=raw: take_in(source=BytesIO(raw), file_name="a.edxml", actor=actor, now=ground.now()))
            )
        floor_ms = found[0].floor
        found.append(duration(
            "take_in_act", median(acts) * 1000, floor_ms, 0.5, "ms", rounds,
            "read, kept twice on disk, ten rows in one transaction; the floor is that of reading",
        ))  # fmt: skip
    return [*found, _memory()]


def _message(to: str, number: int, zipped: bool) -> bytes:
    content = b"%PDF-1.7\n" + random.Random(number).randbytes(CONTENT)
    if zipped:
        packed = BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("cong-van.pdf", content)
        content = packed.getvalue()
    head = _HEAD.format(to=to, no=number).encode()
    return head + base64.encodebytes(content) + _TAIL.encode()


def _floor(raw: bytes, folder: Path, zipped: bool) -> None:
    """lxml parse + Base64 + SHA-256 + write, and the same unzip."""
    root = etree.fromstring(raw, etree.XMLParser(huge_tree=True, resolve_entities=False))
    text = root.findtext(".//ContentTransferEncoded")
    content = base64.b64decode(text)
    if zipped:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            content = archive.read(archive.namelist()[0])
    (folder / hashlib.sha256(content).hexdigest()).write_bytes(content)


_READ = """
import json, sys
from pathlib import Path
from lienthong.modules.exchange.edxml.read import read
def peak():  # not getrusage: its peak includes the process that started this one
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))
before = peak()
with open(sys.argv[1], "rb") as message:
    read(message, spool=Path(sys.argv[2]))
print(json.dumps(peak() - before))
"""


def _memory() -> Result:
    """The peak of a fresh process before and after reading."""
    block = base64.encodebytes(zlib.compress(os.urandom(57 * 3000)) + bytes(57))[: 77 * 2000]
    with tempfile.TemporaryDirectory() as folder:
        message = Path(folder) / "message.edxml"
        with open(message, "wb") as out:
            out.write(_HEAD.format(to="H99", no=1).encode())
            while out.tell() < LARGE:
                out.write(block)
            out.write(_TAIL.encode())
        spool = Path(folder) / "spool"
        spool.mkdir()
        done = subprocess.run(
            [sys.executable, "-c", _READ, str(message), str(spool)], capture_output=True, text=True, check=True
        )
    return below("take_in_200MB_memory", json.loads(done.stdout) / 1024, 64, "MB", 1, "growth of the peak")
