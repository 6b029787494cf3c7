"""Secrets that the database keeps so that only this installation can read them (its SECRET_KEY is not in the database)."""

import base64

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.utils.crypto import salted_hmac

_MARK = "gAAAA"  # how every Fernet token begins; no base32 secret and no hexadecimal seed does


def hidden(text: str) -> str:
    """Encrypted and signed with a key that is derived from SECRET_KEY."""
    return _keys().encrypt(text.encode()).decode()


def shown(kept: str) -> str:
    """What was hidden, also under an earlier SECRET_KEY (SECRET_KEY_FALLBACKS); a secret from before they were hidden is
    kept as it is. Raises cryptography.fernet.InvalidToken when the key is another or the value was changed."""
    return _keys().decrypt(kept.encode()).decode() if kept.startswith(_MARK) else kept


def _keys() -> MultiFernet:
    return MultiFernet([Fernet(_derived(key)) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)])


def _derived(secret: str | bytes) -> bytes:
    digest = salted_hmac("lienthong.foundation.accounts.secrets", "key", secret=secret, algorithm="sha256").digest()
    return base64.urlsafe_b64encode(digest)
