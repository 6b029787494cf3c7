"""Types by content, and names that lie about them."""

from __future__ import annotations

import struct
import zipfile
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lienthong.kit.compound import INSTALLER_CLASS, MAGIC
from lienthong.kit.content_type import ContentType, name_lies, sniff


def of(content: bytes, name: str = "") -> ContentType:
    return sniff(content[:8192], name, lambda: BytesIO(content))


def packed(*names: str, **contents: bytes) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, contents.get(name, b"x"))
    return out.getvalue()


def compound_file(*names: str, root_class: bytes = bytes(16)) -> bytes:
    """A compound file of one table sector and as many directory sectors as the names need."""
    entries = b""
    for number, name in enumerate(("Root Entry", *names)):
        text = name.encode("utf-16-le") + b"\0\0"
        kind = 5 if number == 0 else 2
        entries += text.ljust(64, b"\0") + struct.pack("<HB", len(text), kind) + bytes(13)
        entries += (root_class if number == 0 else bytes(16)) + bytes(32)
    entries = entries.ljust(-(-len(entries) // 512) * 512, b"\0")
    count = len(entries) // 512
    table = [0xFFFFFFFD] + [n + 2 for n in range(count - 1)] + [0xFFFFFFFE]
    table += [0xFFFFFFFF] * (128 - len(table))
    header = MAGIC + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6)
    header += bytes(6) + struct.pack("<LLL", 0, 1, 1) + struct.pack("<LL", 0, 4096)
    header = header.ljust(76, b"\0") + struct.pack("<L", 0) + b"\xff" * 432
    return header + struct.pack("<128L", *table) + entries


@pytest.mark.parametrize(
    ("content", "name", "extension", "dangerous"),
    [
        (b"%PDF-1.7\n...", "", "pdf", False),
        (b"\x00\x01 some prefix %PDF-1.4", "", "pdf", False),
        (b"MZ\x90\x00", "", "exe", True),
        (b"MZ\x90\x00 %PDF-1.4", "a.pdf", "exe", True),
        (b"\x7fELF\x02", "", "elf", True),
        (b"#!/bin/sh\n", "", "sh", True),
        (b"Rar!\x1a\x07\x01\x00", "", "rar", False),
        (b"7z\xbc\xaf\x27\x1c", "", "7z", False),
        (b"\x89PNG\r\n\x1a\n", "", "png", False),
        (b"\xff\xd8\xff\xe0", "", "jpg", False),
        (b"II*\x00", "", "tif", False),
        (b"MM\x00*", "", "tif", False),
        (b"{\\rtf1", "", "rtf", False),
        ("Kính gửi: Sở Nội vụ".encode(), "", "txt", False),
        ("stt,tên\n1,Nguyễn".encode(), "a.csv", "csv", False),
        ("stt,tên\n1,Nguyễn".encode(), "a.dat", "txt", False),
        (b'<?xml version="1.0"?><edXML/>', "", "xml", False),
        (b"<edXML a='1'>", "", "xml", False),
        (b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><w/>', "", "doc", False),
        (b"<!DOCTYPE html><html>", "", "html", True),
        (b"  <script>alert(1)</script>", "a.txt", "html", True),
        (b'<?xml version="1.0"?><svg xmlns="x">', "", "svg", True),
        (b"echo off\r\n", "a.bat", "bat", True),
        (b"From: a@b.vn\r\nTo: c@d.vn\r\n\r\nxin", "", "eml", False),
        (b"\x30\x82\x01\x00\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02", "", "p7m", False),
        (b"-----BEGIN PKCS7-----\n", "", "pem", False),
        (b"\x00\x01\x02\x03", "", "", False),
        (b"", "", "", False),
    ],
)
def test_the_type_is_told_from_the_content(content: bytes, name: str, extension: str, dangerous: bool) -> None:
    found = of(content, name)
    assert (found.extension, found.dangerous) == (extension, dangerous)


@pytest.mark.parametrize(
    ("names", "extension", "dangerous"),
    [
        (("[Content_Types].xml", "word/document.xml"), "docx", False),
        (("[Content_Types].xml", "xl/workbook.xml"), "xlsx", False),
        (("[Content_Types].xml", "ppt/presentation.xml"), "pptx", False),
        (("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"), "docm", True),
        (("META-INF/MANIFEST.MF", "A.class"), "jar", True),
        (("a.txt",), "zip", False),
    ],
)
def test_kinds_of_zip_are_told_apart(names: tuple[str, ...], extension: str, dangerous: bool) -> None:
    found = of(packed(*names))
    assert (found.extension, found.dangerous) == (extension, dangerous)


def test_an_open_document_is_told_by_its_own_label() -> None:
    content = packed("mimetype", "content.xml", mimetype=b"application/vnd.oasis.opendocument.text")
    assert of(content).extension == "odt"


def test_a_zip_that_cannot_be_opened_is_still_a_zip() -> None:
    assert of(b"PK\x03\x04 and nothing more").extension == "zip"


@pytest.mark.parametrize(
    ("names", "extension", "dangerous"),
    [
        (("WordDocument",), "doc", False),
        (("1Table", "a", "b", "c", "d", "WordDocument"), "doc", False),
        (("Workbook",), "xls", False),
        (("Workbook", "_VBA_PROJECT_CUR"), "xls", True),
        (("PowerPoint Document",), "ppt", False),
        (("__properties_version1.0",), "msg", False),
        (("Other",), "ole", False),
    ],
)
def test_old_office_files_are_told_apart(names: tuple[str, ...], extension: str, dangerous: bool) -> None:
    found = of(compound_file(*names))
    assert (found.extension, found.dangerous) == (extension, dangerous)


def test_an_installer_dressed_as_a_document_is_dangerous() -> None:
    found = of(compound_file("WordDocument", root_class=INSTALLER_CLASS), "bao cao.doc")
    assert found.dangerous
    assert name_lies("bao cao.doc", found)


def test_a_locked_office_file_keeps_the_kind_its_name_says() -> None:
    found = of(compound_file("EncryptedPackage", "EncryptionInfo"), "luong.xlsx")
    assert found.extension == "xlsx"


@pytest.mark.parametrize(
    ("name", "content", "lies"),
    [
        ("tờ trình.pdf", b"%PDF-1.7", False),
        ("tờ trình.PDF", b"%PDF-1.7", False),
        ("tờ trình.pdf", b"MZ\x90", True),
        ("tờ trình.pdf", b"<html>", True),
        ("tờ trình.pdf", b"\x00\x01\x02", True),
        ("anh.jpg", b"\x89PNG\r\n\x1a\n", True),
        ("anh.jpeg", b"\xff\xd8\xff", False),
        ("van ban.doc", b"{\\rtf1", False),
        ("van ban.doc", b"<?xml version='1.0'?><edXML/>", True),
        ("bang.csv", b"a,b", False),
        ("ghi chu", b"MZ\x90", False),
        ("la.xyz", b"MZ\x90", False),
        ("goi.zip", b"PK\x05\x06" + bytes(18), False),
        ("goi.docx", b"PK\x05\x06" + bytes(18), True),
    ],
)
def test_a_name_that_promises_another_type_lies(name: str, content: bytes, lies: bool) -> None:
    assert name_lies(name, of(content, name)) is lies


@given(st.binary(max_size=400), st.sampled_from([b"", b"PK\x03\x04", MAGIC, b"<?xml", b"MZ"]), st.text(max_size=20))
def test_no_content_breaks_the_sniffing(content: bytes, start: bytes, name: str) -> None:
    found = of(start + content, name)
    assert found.mime
    assert name_lies(name, found) in (True, False)


@given(st.data())
def test_no_damaged_compound_file_breaks_the_sniffing(data: st.DataObject) -> None:
    content = bytearray(compound_file("WordDocument", "1Table", "Data", "a", "b"))
    for _ in range(data.draw(st.integers(1, 5))):
        content[data.draw(st.integers(8, len(content) - 1))] = data.draw(st.integers(0, 255))
    assert of(bytes(content)).mime
