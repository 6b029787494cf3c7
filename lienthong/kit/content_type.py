"""What a file is, told from its content and never from its name or from what the sender says.

``dangerous`` means that opening the file may run something: a program, a script, a macro, a page
with script. ``name_lies`` tells when the extension promises something else than the content.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import BinaryIO

from lienthong.kit import compound
from lienthong.kit.file_names import extension_of, safe_name
from lienthong.kit.refusal import Refused
from lienthong.kit.zip import Limits as ZipLimits
from lienthong.kit.zip import SafeZip

__all__ = ["HEAD", "ContentType", "Opener", "extension_of", "name_lies", "safe_name", "sniff"]

HEAD = 8192
"""How many bytes from the beginning ``sniff`` likes to see."""

Opener = Callable[[], AbstractContextManager[BinaryIO]]


@dataclass(frozen=True)
class ContentType:
    """``mime`` and usual ``extension`` (without dot, empty when unknown) of the content."""

    mime: str
    extension: str
    dangerous: bool = False


UNKNOWN = ContentType("application/octet-stream", "")
ZIP = ContentType("application/zip", "zip")
_PROGRAM = "application/x-executable"
_OPENXML = "application/vnd.openxmlformats-officedocument."

_BY_START: tuple[tuple[bytes, ContentType], ...] = (
    (b"\x7fELF", ContentType(_PROGRAM, "elf", True)),
    (b"\xfe\xed\xfa\xce", ContentType(_PROGRAM, "macho", True)),
    (b"\xfe\xed\xfa\xcf", ContentType(_PROGRAM, "macho", True)),
    (b"\xcf\xfa\xed\xfe", ContentType(_PROGRAM, "macho", True)),
    (b"\xca\xfe\xba\xbe", ContentType("application/java-vm", "class", True)),
    (b"L\x00\x00\x00\x01\x14\x02\x00", ContentType("application/x-ms-shortcut", "lnk", True)),
    (b"#!", ContentType("text/x-shellscript", "sh", True)),
    (b"%PDF-", ContentType("application/pdf", "pdf")),
    (b"Rar!\x1a\x07", ContentType("application/vnd.rar", "rar")),
    (b"7z\xbc\xaf\x27\x1c", ContentType("application/x-7z-compressed", "7z")),
    (b"\x1f\x8b\x08", ContentType("application/gzip", "gz")),
    (b"\x89PNG\r\n\x1a\n", ContentType("image/png", "png")),
    (b"\xff\xd8\xff", ContentType("image/jpeg", "jpg")),
    (b"II*\x00", ContentType("image/tiff", "tif")),
    (b"MM\x00*", ContentType("image/tiff", "tif")),
    (b"GIF87a", ContentType("image/gif", "gif")),
    (b"GIF89a", ContentType("image/gif", "gif")),
    (b"{\\rtf", ContentType("application/rtf", "rtf")),
    (b"SQLite format 3\x00", ContentType("application/vnd.sqlite3", "sqlite")),
)

_SCRIPTS = frozenset(
    [
        "bat",
        "cmd",
        "com",
        "vbs",
        "vbe",
        "js",
        "jse",
        "wsf",
        "wsh",
        "hta",
        "ps1",
        "psm1",
        "reg",
        "scr",
        "pif",
        "url",
        "jar",
        "msi",
        "msc",
        "cpl",
        "sh",
        "py",
        "php",
    ]
)

# What an extension may honestly contain. Office programs save and open across these families.
_WORD = {"doc", "docx", "rtf"}
_SHEET = {"xls", "xlsx"}
_SLIDES = {"ppt", "pptx"}
_TEXT = {"txt", "csv", "xml", "eml", "pem"}
_HONEST: dict[str, set[str]] = {
    "pdf": {"pdf"},
    "doc": _WORD, "docx": _WORD, "rtf": _WORD, "dot": _WORD, "dotx": _WORD,
    "xls": _SHEET, "xlsx": _SHEET, "ppt": _SLIDES, "pptx": _SLIDES, "pps": _SLIDES, "ppsx": _SLIDES,
    "docm": {"docm"}, "xlsm": {"xlsm"}, "pptm": {"pptm"},
    "odt": {"odt"}, "ods": {"ods"}, "odp": {"odp"},
    "zip": {"zip"}, "rar": {"rar"}, "7z": {"7z"}, "gz": {"gz"},
    "png": {"png"}, "jpg": {"jpg"}, "jpeg": {"jpg"}, "tif": {"tif"}, "tiff": {"tif"}, "gif": {"gif"},
    "bmp": {"bmp"}, "webp": {"webp"}, "mp4": {"mp4"}, "mp3": {"mp3"},
    "txt": _TEXT | {"html"}, "csv": _TEXT, "xml": {"xml"}, "edxml": {"xml"}, "html": {"html"}, "htm": {"html"},
    "eml": {"eml", "txt"}, "msg": {"msg"},
    "p7m": {"p7m", "pem"}, "p7s": {"p7m", "pem"}, "p7b": {"p7m", "pem"},
}  # fmt: skip


def sniff(head: bytes, name: str, opener: Opener | None = None) -> ContentType:
    """The type of content that begins with ``head`` (``HEAD`` bytes are enough).

    ``name`` only decides between types whose content looks the same (a script in plain text, csv and
    txt, a locked Office file). ``opener`` gives the whole content as a seekable file in a ``with``;
    it is needed to tell docx from zip and doc from xls. Never raises for strange content.
    """
    extension = extension_of(name)
    if head[:2] == b"MZ":
        return ContentType("application/vnd.microsoft.portable-executable", "exe", True)
    if head[:4] in (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08"):
        return _sniff_zip(opener)
    if head[:8] == compound.MAGIC:
        return _sniff_compound(extension, opener)
    for start, found in _BY_START:
        if head.startswith(start):
            return found
    if head[:2] == b"BM" and head[6:10] == b"\0\0\0\0":
        return ContentType("image/bmp", "bmp")
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return ContentType("image/webp", "webp")
    if head[4:8] == b"ftyp":
        return ContentType("video/mp4", "mp4")
    if head[:3] == b"ID3":
        return ContentType("audio/mpeg", "mp3")
    if head[:1] == b"\x30" and b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02" in head[:32]:
        return ContentType("application/pkcs7-mime", "p7m")
    text = _text_of(head, extension)
    if text is not None:
        return _sniff_text(text, extension)
    if b"%PDF-" in head[:1024]:
        return ContentType("application/pdf", "pdf")
    return UNKNOWN


def name_lies(name: str, found: ContentType) -> bool:
    """Whether the extension of ``name`` promises something else than ``found``.

    An unknown extension promises nothing. Related forms (a ``.doc`` holding RTF or docx) are honest.
    """
    honest = _HONEST.get(extension_of(name))
    return honest is not None and found.extension not in honest


def _sniff_zip(opener: Opener | None) -> ContentType:
    if opener is None:
        return ZIP
    try:
        with opener() as file:
            archive = SafeZip(file, ZipLimits(entries=20_000, total_bytes=1 << 60))
            names = {entry.raw_name for entry in archive.entries}
            if "mimetype" in names:
                entry = next(entry for entry in archive.entries if entry.raw_name == "mimetype")
                if entry.size <= 200:
                    kind = b"".join(archive.pieces(entry)).decode("ascii", "replace").strip()
                    by_kind = {
                        "application/vnd.oasis.opendocument.text": "odt",
                        "application/vnd.oasis.opendocument.spreadsheet": "ods",
                        "application/vnd.oasis.opendocument.presentation": "odp",
                    }
                    if kind in by_kind:
                        return ContentType(kind, by_kind[kind], any(name.startswith("Basic/") for name in names))
    except (Refused, OSError):
        return ZIP
    if "[Content_Types].xml" in names:
        macro = any(name.lower().endswith("vbaproject.bin") for name in names)
        for folder, extension, kind in (
            ("word/", "docx", "wordprocessingml.document"),
            ("xl/", "xlsx", "spreadsheetml.sheet"),
            ("ppt/", "pptx", "presentationml.presentation"),
        ):
            if any(name.startswith(folder) for name in names):
                if macro:
                    return ContentType("application/vnd.ms-office.macroEnabled", extension[:-1] + "m", True)
                return ContentType(_OPENXML + kind, extension)
    if "META-INF/MANIFEST.MF" in names and any(name.endswith(".class") for name in names):
        return ContentType("application/java-archive", "jar", True)
    if "AndroidManifest.xml" in names:
        return ContentType("application/vnd.android.package-archive", "apk", True)
    return ZIP


def _sniff_compound(extension: str, opener: Opener | None) -> ContentType:
    names: set[str] = set()
    if opener is not None:
        try:
            with opener() as file:
                root_class, names = compound.directory(file)
        except (compound.Broken, OSError):
            return ContentType("application/x-ole-storage", "ole")
        if root_class == compound.INSTALLER_CLASS:
            return ContentType("application/x-msi", "msi", True)
    macro = bool(names & {"Macros", "_VBA_PROJECT_CUR", "_VBA_PROJECT", "VBA"})
    if "WordDocument" in names:
        return ContentType("application/msword", "doc", macro)
    if "Workbook" in names or "Book" in names:
        return ContentType("application/vnd.ms-excel", "xls", macro)
    if "PowerPoint Document" in names:
        return ContentType("application/vnd.ms-powerpoint", "ppt", macro)
    if "__properties_version1.0" in names:
        return ContentType("application/vnd.ms-outlook", "msg")
    if "EncryptedPackage" in names:
        locked = extension if extension in ("docx", "xlsx", "pptx") else "docx"
        return ContentType("application/x-encrypted-office", locked)
    return ContentType("application/x-ole-storage", "ole")


def _text_of(head: bytes, extension: str) -> str | None:
    """The beginning as text, or None when it is not text."""
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return head.decode("utf-16", "replace")
    if head[:3] == codecs.BOM_UTF8:
        head = head[3:]
    if re.search(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]", head):
        return None
    try:
        return codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        # Old Vietnamese code pages: only a name that promises text makes such bytes text.
        if extension in _TEXT or extension in _SCRIPTS or extension in ("htm", "html"):
            return head.decode("latin-1")
        return None


def _sniff_text(text: str, extension: str) -> ContentType:
    start = text.lstrip("\ufeff \t\r\n")[:4000]
    lower = start.lower()
    if extension in _SCRIPTS:
        return ContentType("text/x-script", extension, True)
    if re.match(r"<!doctype html|<html|<head|<body|<script|<svg|<iframe", lower):
        return ContentType("text/html", "html", True)
    if lower.startswith("<?xml"):
        return _sniff_xml(lower)
    if lower.startswith("<!--") and "<html" in lower:
        return ContentType("text/html", "html", True)
    if start.startswith("-----BEGIN "):
        return ContentType("application/x-pem-file", "pem")
    if re.match(r"(?:[!-9;-~]+:[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*){2,}", start) and re.search(
        r"(?im)^(from|received|return-path|mime-version|message-id):", start
    ):
        return ContentType("message/rfc822", "eml")
    if not text:
        return ContentType("application/x-empty", extension if extension in _TEXT else "")
    if extension == "csv":
        return ContentType("text/csv", "csv")
    if start.startswith("<") and re.match(r"<[A-Za-z_][\w.:-]*[\s/>]", start):
        return ContentType("application/xml", "xml")
    return ContentType("text/plain", "txt")


def _sniff_xml(lower: str) -> ContentType:
    if re.search(r"<!doctype html|<html[\s>]", lower):
        return ContentType("application/xhtml+xml", "html", True)
    if re.search(r"<svg[\s>]", lower):
        return ContentType("image/svg+xml", "svg", True)
    if 'progid="word.document"' in lower:
        return ContentType("application/msword", "doc")
    if 'progid="excel.sheet"' in lower:
        return ContentType("application/vnd.ms-excel", "xls")
    return ContentType("application/xml", "xml")
