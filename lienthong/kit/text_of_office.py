"""The text of a .docx, read safely and as a stream."""

from typing import BinaryIO
from zipfile import BadZipFile, ZipFile

from lxml import etree

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PIECES = {f"{_WORD}p": "\n", f"{_WORD}br": "\n", f"{_WORD}cr": "\n", f"{_WORD}tab": "\t"}
MAX_XML = 64 * 1024 * 1024


def text_of_docx(file: BinaryIO, limit: int) -> str:
    """Paragraphs joined by line ends, at most `limit` characters. Raises ValueError for what is not a .docx."""
    try:
        with ZipFile(file) as archive:
            entry = archive.getinfo("word/document.xml")
            if entry.file_size > MAX_XML:
                raise ValueError("document.xml is too large")
            parts: list[str] = []
            length = 0
            with archive.open(entry) as stream:
                for _, node in etree.iterparse(
                    stream,
                    tag=tuple(f"{_WORD}{name}" for name in ("t", "p", "br", "cr", "tab")),
                    resolve_entities=False,
                    no_network=True,
                    huge_tree=False,
                ):
                    piece = _PIECES.get(node.tag, node.text or "")
                    parts.append(piece)
                    length += len(piece)
                    node.clear()
                    if length > limit:
                        break
            return "".join(parts)[:limit]
    except (BadZipFile, KeyError, etree.XMLSyntaxError) as error:
        raise ValueError(str(error)) from error
