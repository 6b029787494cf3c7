"""Read the digital signatures that a file carries."""

import logging

from lienthong.foundation.files.models import StoredFile
from lienthong.foundation.files.queries import open_content
from lienthong.foundation.files.rules import Signature

logger = logging.getLogger(__name__)


def read_signatures(*, stored_id: int) -> list[Signature]:
    """The signatures of the stored file in their order, looked for once and kept; none in what is not a PDF."""
    stored = StoredFile.objects.defer("text").get(pk=stored_id)
    if stored.signatures is None:
        stored.signatures = [one.as_json() for one in _look_for(stored)]
        StoredFile.objects.filter(pk=stored.pk).update(signatures=stored.signatures)
    return stored.signed_by


def _look_for(stored: StoredFile) -> list[Signature]:
    if stored.extension != "pdf":
        return []
    # Here, and not above: the library weighs 25 MB, and only the worker looks for signatures.
    from lienthong.foundation.files.signatures_of_pdf import signatures_of_pdf

    try:
        with open_content(stored) as file:
            return signatures_of_pdf(file)
    except (ValueError, OSError) as error:
        logger.warning("no signatures from file %s: %s", stored.pk, error)
        return []
