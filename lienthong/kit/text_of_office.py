"""The text of a .docx, read safely and as a stream."""

from collections.abc import Iterator
from typing import IO, BinaryIO
from zipfile import BadZipFile, ZipFile

from lxml import etree

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PIECES = {f"{_WORD}p": "\n", f"{_WORD}br": "\n", f"{_WORD}cr": "\n", f"{_WORD}tab": "\t"}
_OF_TABLES = ("tbl", "tr", "tc", "gridSpan", "gridBefore", "vMerge")
MAX_XML = 64 * 1024 * 1024
MAX_SPAN = 63  # columns, the most that Word allows
FEWEST_COLUMNS = 3  # narrower tables only lay out a page: the head of a document, the signatures


def text_of_docx(file: BinaryIO, limit: int, rows: bool = False) -> str:
    """Paragraphs joined by line ends, at most `limit` characters. Raises ValueError for what is not a .docx.

    With `rows` a table of three columns or more gives a line for every row, its cells between " | ": an empty cell behind
    one that spans columns, the words again in a cell that continues the one above.
    """
    try:
        with ZipFile(file) as archive:
            entry = archive.getinfo("word/document.xml")
            if entry.file_size > MAX_XML:
                raise ValueError("document.xml is too large")
            parts: list[str] = []
            length = 0
            with archive.open(entry) as stream:
                for piece in _rowed(stream) if rows else _pieces(stream):
                    parts.append(piece)
                    length += len(piece)
                    if length > limit:
                        break
            return "".join(parts)[:limit]
    except (BadZipFile, KeyError, etree.XMLSyntaxError) as error:
        raise ValueError(str(error)) from error


def _nodes(stream: IO[bytes], names: tuple[str, ...]) -> Iterator[tuple[str, etree._Element]]:
    tags = tuple(f"{_WORD}{name}" for name in names)
    yield from etree.iterparse(
        stream, events=("start", "end"), tag=tags, resolve_entities=False, no_network=True, huge_tree=False
    )


def _pieces(stream: IO[bytes]) -> Iterator[str]:
    for event, node in _nodes(stream, ("t", "p", "br", "cr", "tab")):
        if event == "end":
            yield _PIECES.get(node.tag, node.text or "")
            node.clear()


class _Cell:
    def __init__(self) -> None:
        self.parts: list[str] = []
        self.span = 1
        self.continues = False

    def words(self) -> str:
        """The paragraphs in one line; a bullet is parted from what stands before it."""
        said = ""
        for line in "".join(self.parts).split("\n"):
            words = " ".join(line.replace("|", "/").split())
            parted = "; " if words[:1] in "-+•–" and said and said[-1] not in ";,.:" else " "
            said = f"{said}{parted}{words}" if said and words else said or words
        return said


class _Table:
    def __init__(self) -> None:
        self.rows: list[list[_Cell]] = []

    def lines(self) -> Iterator[str]:
        if max((sum(cell.span for cell in row) for row in self.rows), default=0) < FEWEST_COLUMNS or len(self.rows) < 2:
            yield from ("".join(cell.parts) for row in self.rows for cell in row)
            return
        above: dict[int, str] = {}
        for row in self.rows:
            line: list[str] = []
            for cell in row:
                words = above.get(len(line), "") if cell.continues else cell.words()
                above[len(line)] = words
                line += [words, *[""] * (cell.span - 1)]
            yield " | ".join(line) + "\n"


def _rowed(stream: IO[bytes]) -> Iterator[str]:
    """Pieces of text; a table is handed over as a whole when it ends, one inside a cell as the text of the cell."""
    tables: list[_Table] = []
    cells: list[_Cell] = []
    for event, node in _nodes(stream, ("t", "p", "br", "cr", "tab", *_OF_TABLES)):
        name = node.tag.removeprefix(_WORD)
        if event == "start":
            if name == "tbl":
                tables.append(_Table())
            elif name == "tr" and tables:
                tables[-1].rows.append([])
            elif name == "tc" and tables and tables[-1].rows:
                cells.append(_Cell())
                tables[-1].rows[-1].append(cells[-1])
            continue
        if name in ("gridSpan", "gridBefore", "vMerge"):
            _set(name, node.get(f"{_WORD}val") or "", cells, tables)
            continue
        if name == "tc" and cells:
            cells.pop()
        elif name == "tbl" and tables:
            done = tables.pop()
            yield from _kept(done.lines(), cells)
        elif name != "tr":
            yield from _kept([_PIECES.get(node.tag, node.text or "")], cells)
        node.clear()


def _kept(pieces: Iterator[str] | list[str], cells: list[_Cell]) -> Iterator[str]:
    """Pieces outside of tables; those inside belong to the cell that is open."""
    if cells:
        cells[-1].parts += pieces
    else:
        yield from pieces


def _set(name: str, value: str, cells: list[_Cell], tables: list[_Table]) -> None:
    if name == "vMerge" and cells:
        cells[-1].continues = value != "restart"
        return
    span = min(int(value), MAX_SPAN) if value.isdigit() and int(value) > 0 else 1
    if name == "gridSpan" and cells:
        cells[-1].span = span
    elif name == "gridBefore" and tables and tables[-1].rows and value.isdigit() and int(value) > 0:
        tables[-1].rows[-1].append(_Cell())
        tables[-1].rows[-1][-1].span = span
