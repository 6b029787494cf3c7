"""Read the text out of a file, for search."""

import logging
from io import StringIO

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from lienthong.foundation.files.models import StoredFile
from lienthong.foundation.files.queries import open_content, place_of
from lienthong.kit.text_of_office import text_of_docx

LIMIT = 400_000  # characters; a tsvector holds 1 MB
logger = logging.getLogger(__name__)


def read_text(*, stored_id: int) -> str:
    """The text of the stored file, read once and kept; empty when there is none to read (a scan, a picture)."""
    stored = StoredFile.objects.get(pk=stored_id)
    if stored.text is not None:
        return stored.text
    text, pages = "", None
    try:
        if stored.extension == "pdf":
            text, pages = _of_pdf(stored)
        elif stored.extension == "docx":
            with open_content(stored) as file:
                text = text_of_docx(file, LIMIT)
        elif stored.extension in {"txt", "csv", "html", "xml"} and stored.size < 8 * LIMIT:
            text = place_of(stored).read_text(encoding="utf-8", errors="replace")[:LIMIT]
    except (PyPdfError, ValueError, KeyError, RecursionError, OSError) as error:
        logger.warning("no text from file %s: %s", stored.pk, error)
    text = text.replace("\x00", "")
    StoredFile.objects.filter(pk=stored.pk).update(text=text, pages=pages)
    return text


def _of_pdf(stored: StoredFile) -> tuple[str, int]:
    out = StringIO()
    with open_content(stored) as file:
        reader = PdfReader(file)
        for page in reader.pages:
            out.write(page.extract_text() + "\n")
            if out.tell() > LIMIT:
                break
        return out.getvalue()[:LIMIT], len(reader.pages)
