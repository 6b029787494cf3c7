"""Digital signatures of the sample: certificates that nobody vouches for, so that no reader can take them for real ones."""

import io
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from asn1crypto.keys import PrivateKeyInfo
from asn1crypto.x509 import Certificate
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko_certvalidator.registry import SimpleCertificateStore

_ROOM = (
    4096  # characters for a signature in hexadecimal; to find out how many it needs the library would sign once more
)


class _AtThatTime(PdfSigner):
    """Signs as if it were another moment: the sample tells of days gone by."""

    at: datetime

    def init_signing_session(self, *args: Any, **options: Any) -> Any:
        session = super().init_signing_session(*args, **options)
        session.system_time = self.at
        return session


def sign(content: bytes, *, signer: str, organisation: str, at: datetime, field: str = "ChuKySo") -> bytes:
    """The PDF with one more signature of that person, made at that moment."""
    made = _AtThatTime(PdfSignatureMetadata(field_name=field), signer=_certified(signer, organisation, at.year))
    made.at = at
    out = io.BytesIO()
    made.sign_pdf(IncrementalPdfFileWriter(io.BytesIO(content)), output=out, bytes_reserved=_ROOM)
    return out.getvalue()


@cache
def _certified(signer: str, organisation: str, year: int) -> SimpleSigner:
    key = generate_private_key(SECP256R1())
    name = x509.Name(
        [
            x509.NameAttribute(NameOID.COMMON_NAME, signer[:64]),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisation[:64]),
        ]
    )
    since = datetime(year, 1, 1)  # noqa: DTZ001 - a certificate counts in UTC, and a day more or less is nothing here
    made = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number(), since)
    made = made.not_valid_after(since + timedelta(days=731))
    made = made.add_extension(
        x509.KeyUsage(
            digital_signature=True, content_commitment=True, key_encipherment=False, data_encipherment=False,
            key_agreement=False, key_cert_sign=False, crl_sign=False, encipher_only=False, decipher_only=False,
        ),
        critical=True,
    )  # fmt: skip
    certificate = made.sign(key, SHA256()).public_bytes(Encoding.DER)
    private = key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    return SimpleSigner(
        signing_cert=Certificate.load(certificate), signing_key=PrivateKeyInfo.load(private),
        cert_registry=SimpleCertificateStore(),
    )  # fmt: skip
