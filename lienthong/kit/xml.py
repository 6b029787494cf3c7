"""Safe streaming reading of XML that came from outside.

Nothing here trusts the sender: a DOCTYPE is refused (and with it every entity), nothing is fetched,
depth, number of elements and size are limited, and whatever is wrong ends in ``Refused`` with a
Vietnamese sentence saying what and where. Text is handed on in pieces, so a message of 200 MB
needs no more memory than one of 200 kB.
"""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import BinaryIO

from lxml import etree

from lienthong.kit.refusal import N_, Refused

CHUNK = 64 * 1024

_MISMATCH = {etree.ErrorTypes.ERR_TAG_NAME_MISMATCH, etree.ErrorTypes.ERR_LTSLASH_REQUIRED}
_ENCODING = {
    etree.ErrorTypes.ERR_UNSUPPORTED_ENCODING,
    etree.ErrorTypes.ERR_UNKNOWN_ENCODING,
    etree.ErrorTypes.ERR_INVALID_ENCODING,
    etree.ErrorTypes.ERR_ENCODING_NAME,
    etree.ErrorTypes.ERR_INVALID_CHAR,
    etree.ErrorTypes.I18N_CONV_FAILED,
    etree.ErrorTypes.I18N_NO_HANDLER,
}
_ENTITY = {etree.ErrorTypes.ERR_UNDECLARED_ENTITY, etree.ErrorTypes.WAR_UNDECLARED_ENTITY}
_CUT = {etree.ErrorTypes.ERR_DOCUMENT_END, etree.ErrorTypes.ERR_TAG_NOT_FINISHED}


@dataclass(frozen=True)
class Limits:
    """What a message may cost. Sizes in bytes.

    ``markup_bytes`` is everything that a target does not report as ``bulk`` (see ``Target``): tags,
    attributes, comments, short fields.
    """

    total_bytes: int = 1 << 30
    markup_bytes: int = 16 << 20
    elements: int = 200_000
    depth: int = 40


LIMITS = Limits()
SMALL = Limits(total_bytes=32 << 20)


class Target:
    """Receives a message piece by piece; subclasses override ``opened``, ``closed`` and ``data``.

    ``bulk`` counts the characters of large content that the subclass does not keep in memory.
    """

    def __init__(self, limits: Limits = LIMITS) -> None:
        self.limits = limits
        self.bulk = 0
        self.depth = 0
        self.elements = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        self.elements += 1
        if self.depth > self.limits.depth:
            raise Refused(
                N_("Tệp XML có các phần tử lồng nhau quá {gioi_han} tầng nên không được đọc."),
                gioi_han=self.limits.depth,
            )
        if self.elements > self.limits.elements:
            raise Refused(
                N_("Tệp XML có quá {gioi_han} phần tử nên không được đọc."),
                gioi_han=self.limits.elements,
            )
        self.opened(tag, attributes)

    def end(self, tag: str) -> None:
        self.depth -= 1
        self.closed(tag)

    def doctype(self, name: str, public: str | None, system: str | None) -> None:
        raise Refused(
            N_("Tệp XML có khai báo DOCTYPE ({ten}). Vì lý do an toàn, hệ thống không nhận DOCTYPE và thực thể."),
            ten=shorten(name or ""),
        )

    def data(self, text: str) -> None:
        """Take a piece of character data."""

    def opened(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins; ``tag`` may carry its namespace in braces."""

    def closed(self, tag: str) -> None:
        """An element ends."""

    def close(self) -> Target:
        return self


def local_name(tag: str) -> str:
    """The name of an element without namespace and without prefix."""
    return tag.rpartition("}")[2].rpartition(":")[2]


def shorten(value: str, length: int = 80) -> str:
    """A foreign value made fit to be shown inside a message: one line, printable, not long."""
    shown = "".join(c if c.isprintable() else " " for c in value[: length + 1])
    shown = " ".join(shown.split())
    return shown if len(value) <= length else shown[:length].rstrip() + "…"


def stream(source: BinaryIO, target: Target) -> None:
    """Read all of ``source`` into ``target``; raises ``Refused`` for anything that is not sound XML."""
    limits = target.limits
    head = source.read(CHUNK)
    if not head.strip():
        raise Refused(N_("Tệp rỗng, không có nội dung XML."))
    wide, encoding = _encoding_of(head)
    parser = etree.XMLParser(
        target=target,  # type: ignore[arg-type]
        encoding=encoding,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
    )
    fed = 0
    ended = False
    piece = head
    try:
        while piece:
            fed += len(piece)
            if fed > limits.total_bytes:
                raise Refused(
                    N_("Tệp XML lớn hơn {gioi_han} MB nên không được đọc."),
                    gioi_han=limits.total_bytes >> 20,
                )
            parser.feed(piece)
            # Line ends inside bulk text may be written as entities: an eighth is left for them.
            if fed - target.bulk * wide > limits.markup_bytes + CHUNK * wide + fed // 8:
                raise Refused(
                    N_("Phần thông tin của tệp XML (không kể tệp đính kèm) lớn hơn {gioi_han} MB nên không được đọc."),
                    gioi_han=limits.markup_bytes >> 20,
                )
            piece = source.read(CHUNK)
        ended = True
        parser.close()
    except etree.XMLSyntaxError as error:
        raise _refusal_of(error, ended) from None
    except (etree.LxmlError, UnicodeError, LookupError, AssertionError) as error:
        raise Refused(N_("Tệp XML không đọc được: nội dung bị hỏng hoặc sai bảng mã.")) from error


def parse(source: BinaryIO | bytes, limits: Limits = SMALL) -> etree._Element:
    """The whole tree of a small XML file, under the same rules as ``stream``."""
    target = _Tree(limits)
    stream(BytesIO(source) if isinstance(source, bytes) else source, target)
    return target.root


class _Tree(Target):
    def __init__(self, limits: Limits) -> None:
        super().__init__(limits)
        self._builder = etree.TreeBuilder()

    def opened(self, tag: str, attributes: dict[str, str]) -> None:
        self._builder.start(tag, attributes)  # type: ignore[arg-type]

    def closed(self, tag: str) -> None:
        self._builder.end(tag)

    def data(self, text: str) -> None:
        self._builder.data(text)

    @property
    def root(self) -> etree._Element:
        return self._builder.close()


def _encoding_of(head: bytes) -> tuple[int, str | None]:
    """Bytes per plain character, and an encoding to force where the declaration lies."""
    if head[:2] in (b"\xff\xfe", b"\xfe\xff") or head[:2] in (b"<\x00", b"\x00<"):
        return 2, None
    declaration = head[:200].partition(b"?>")[0].lower()
    # Some writers build the text in memory, where it is UTF-16, and save it as UTF-8 afterwards.
    if declaration.startswith((b"<?xml", b"\xef\xbb\xbf<?xml")) and b"utf-16" in declaration:
        return 1, "utf-8"
    return 1, None


def _refusal_of(error: etree.XMLSyntaxError, ended: bool) -> Refused:
    """``ended``: all that was sent had been read when the error showed."""
    code = error.code  # type: ignore[attr-defined]
    line, column = error.position if error.position else (0, 0)
    text = str(error.msg or "")
    where = {"dong": line, "cot": column}
    if code in _ENTITY:
        return Refused(N_("Tệp XML dùng thực thể không được phép (dòng {dong}, cột {cot})."), **where)
    if code in _MISMATCH:
        return Refused(
            N_("Tệp không phải XML đúng cú pháp: thẻ mở và thẻ đóng không khớp nhau (dòng {dong}, cột {cot})."), **where
        )
    if code in _ENCODING:
        return Refused(
            N_("Tệp XML có ký tự hoặc bảng mã không hợp lệ (dòng {dong}, cột {cot}); hãy gửi tệp mã UTF-8."), **where
        )
    if any(sign in text for sign in ("too big", "too long", "limit", "Excessive depth", "lookup")):
        return Refused(
            N_("Tệp XML có một phần liền mạch quá lớn (dòng {dong}, cột {cot}) nên không được đọc."), **where
        )
    if ended or code in _CUT:
        return Refused(N_("Tệp XML bị cắt cụt hoặc có phần thừa ở cuối (dòng {dong}, cột {cot})."), **where)
    return Refused(N_("Tệp không phải XML đúng cú pháp (dòng {dong}, cột {cot})."), **where)
