"""Digital signatures inside a PDF, checked by pyHanko."""

from typing import Any, BinaryIO

from asn1crypto.x509 import Certificate
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation.generic_cms import validate_sig_integrity
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import SignatureCoverageLevel

from lienthong.foundation.files.rules import Signature

# What a strange file makes the library raise; it must cost the file its signatures, never the worker its life.
_UNREADABLE = (
    PdfError,
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
    NotImplementedError,
    RecursionError,
    OSError,
)
_HARMLESS = (ModificationLevel.NONE, ModificationLevel.LTA_UPDATES, ModificationLevel.FORM_FILLING)


def signatures_of_pdf(file: BinaryIO) -> list[Signature]:
    """The signatures in their order. Sound means that nobody changed what was signed and that the key of the certificate signed it;
    who issued the certificate, and whether it held that day, is not asked here. ValueError for what is no readable PDF."""
    try:
        found = PdfFileReader(file, strict=False).embedded_regular_signatures
    except _UNREADABLE as error:
        raise ValueError(f"no readable PDF: {error}") from error
    return [_signature(one) for one in found]


def _signature(found: EmbeddedPdfSignature) -> Signature:
    try:
        names = _names(found.signer_cert)
        at = found.self_reported_timestamp
    except _UNREADABLE:
        return Signature("", "", None, sound=False)
    return Signature(names.get("common_name", ""), names.get("organization_name", ""), at, sound=_is_sound(found))


def _is_sound(found: EmbeddedPdfSignature) -> bool:
    try:
        intact, valid = validate_sig_integrity(
            found.signer_info, found.signer_cert, expected_content_type="data", actual_digest=found.compute_digest()
        )
        if not (intact and valid):
            return False
        if found.evaluate_signature_coverage() == SignatureCoverageLevel.ENTIRE_FILE:
            return True
        # Later signatures and what they need may follow; other changes may not.
        found.compute_integrity_info()
    except _UNREADABLE:
        return False
    return getattr(found.diff_result, "modification_level", ModificationLevel.OTHER) in _HARMLESS


def _names(certificate: Certificate) -> dict[str, str]:
    """Parts of the owner's name; of several with one name the last."""
    found: dict[str, Any] = certificate.subject.native
    return {key: value if isinstance(value, str) else str(value[-1]) for key, value in found.items()}
