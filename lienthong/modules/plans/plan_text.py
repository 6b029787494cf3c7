"""The text of a plan's file: plain text (UTF-8, UTF-16), .docx or .pdf, told by content and not by name."""

import codecs
import io
import unicodedata
from typing import BinaryIO

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from lienthong.kit.content_type import HEAD, sniff
from lienthong.kit.refusal import N_, Refused
from lienthong.kit.text_of_office import text_of_docx
from lienthong.kit.zip import SafeZip

MOST_BYTES = 64 << 20
MOST_CHARACTERS = 5_000_000  # a plan of 200 pages has half a million
_FEW = 40  # letters; a scan has none, or the stamp of the scanning program
_PER_PAGE = 8
_SAMPLE = 200_000
_FEW_TO_JUDGE = 200
_ONLY_VIETNAMESE = frozenset("ăđơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ")
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def text_of_plan(file: BinaryIO, name: str) -> str:
    """All text of the file, pages and paragraphs joined by line ends. Raises `Refused` for what holds no readable text."""
    content = file.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise Refused(N_("Tệp “{name}” lớn hơn {limit} MB nên không đọc được."), name=name, limit=MOST_BYTES >> 20)
    if not content.strip(b"\0 \t\r\n"):
        raise Refused(N_("Tệp “{name}” trống. Kiểm tra lại tệp rồi gửi lại."), name=name)
    kind = sniff(content[:HEAD], name, lambda: io.BytesIO(content)).extension
    if kind == "pdf":
        text = _of_pdf(content, name)
    elif kind == "docx":
        text = _of_docx(content, name)
    elif kind in {"doc", "rtf", "odt", "xlsx", "xls", "pptx", "zip", "html"} or kind in {
        "png",
        "jpg",
        "tif",
        "gif",
        "bmp",
        "webp",
    }:
        raise _unknown(name)
    else:
        text = _decoded(content, name)
    if not any(char.isalpha() for char in text):
        raise Refused(N_("Tệp “{name}” không có chữ nào để đọc."), name=name)
    if not _is_vietnamese(text):
        raise Refused(
            N_(
                "Tệp “{name}” không phải văn bản tiếng Việt có dấu nên không đọc được chỉ tiêu, nhiệm vụ. "
                "Gửi bản tiếng Việt có đủ dấu."
            ),
            name=name,
        )
    return text.replace("\x00", "")[:MOST_CHARACTERS]


def _is_vietnamese(text: str) -> bool:
    """Whether the marks that only Vietnamese has are among the letters; short texts are not judged."""
    letters = [char for char in unicodedata.normalize("NFC", text[:_SAMPLE]).lower() if char.isalpha()]
    return len(letters) < _FEW_TO_JUDGE or sum(char in _ONLY_VIETNAMESE for char in letters) > len(letters) // 50


def _of_docx(content: bytes, name: str) -> str:
    SafeZip(io.BytesIO(content))
    try:
        return text_of_docx(io.BytesIO(content), MOST_CHARACTERS, rows=True)
    except ValueError as error:
        raise Refused(N_("Tệp “{name}” bị hỏng nên không đọc được."), name=name) from error


def _of_pdf(content: bytes, name: str) -> str:
    pieces: list[str] = []
    length = 0
    try:
        reader = PdfReader(io.BytesIO(content))
        if reader.is_encrypted and not reader.decrypt(""):
            raise Refused(N_("Tệp “{name}” có mật khẩu nên không đọc được. Bỏ mật khẩu rồi gửi lại."), name=name)
        pages = len(reader.pages)
        for page in reader.pages:
            pieces.append(page.extract_text())
            length += len(pieces[-1])
            if length > MOST_CHARACTERS:
                break
    except (
        PyPdfError,
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        IndexError,
        RecursionError,
        OSError,
        ImportError,
    ) as error:
        raise Refused(N_("Tệp “{name}” bị hỏng nên không đọc được."), name=name) from error
    text = "\n".join(pieces)
    if sum(map(str.isalpha, text)) < max(_FEW, _PER_PAGE * pages):
        raise Refused(
            N_(
                "Tệp “{name}” là bản quét (ảnh chụp), bên trong không có chữ để đọc. "
                "Dùng bản điện tử gốc (docx, pdf có chữ) hoặc nhận dạng chữ (OCR) trước."
            ),
            name=name,
        )
    return text


def _decoded(content: bytes, name: str) -> str:
    encodings = [encoding for mark, encoding in _MARKS if content.startswith(mark)]
    if not encodings:
        encodings = ["utf-8"]
        zeros = content[:4000].count(0)
        if zeros > len(content[:4000]) // 8:  # UTF-16 without a mark: spaces and line ends have a zero half
            encodings = ["utf-16-le" if content[1:4000:2].count(0) >= zeros // 2 else "utf-16-be"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if sum(1 for char in text[:4000] if ord(char) < 32 and char not in "\t\n\r\x0b\x0c") < 8:
            return text
    raise _unknown(name)


def _unknown(name: str) -> Refused:
    return Refused(
        N_(
            "Tệp “{name}” không phải văn bản đọc được. Lưu lại thành .docx, .pdf có chữ hoặc .txt mã UTF-8 "
            "(văn bản gõ bằng phông TCVN3, VNI cần chuyển sang Unicode) rồi thử lại."
        ),
        name=name,
    )
