"""Names to sign in with, and the password that is given once. No Django."""

import re
import secrets
from collections.abc import Container

from lienthong.kit.refusal import N_, Refused
from lienthong.kit.text import vn_fold

_USERNAME = re.compile(r"^[a-z0-9][a-z0-9._-]{2,59}$")
# No letters or figures that look alike on paper: 0 O o, 1 l I.
_LEGIBLE = "abcdefghijkmnpqrstuvwxyz23456789"


def require_username(text: str) -> str:
    """The name in small letters; refused when it holds anything but letters, figures, dots, hyphens, underscores."""
    name = text.strip().lower()
    if not _USERNAME.match(name):
        raise Refused(
            N_("Tên đăng nhập gồm 3 đến 60 chữ thường không dấu, chữ số, dấu chấm, gạch ngang, bắt đầu bằng chữ, số.")
        )
    return name


def suggest_username(person_name: str, taken: Container[str]) -> str:
    """`Trần Thu Hương` → `huongtt`, the given name and the initials before it; `huongtt2` when that is taken."""
    words = vn_fold(person_name).split()
    if not words:
        return ""
    stem = words[-1] + "".join(word[0] for word in words[:-1])
    stem = stem if len(stem) > 2 else stem.ljust(3, "0")
    if stem not in taken:
        return stem
    return next(f"{stem}{number}" for number in range(2, 10_000) if f"{stem}{number}" not in taken)


def one_time_password() -> str:
    """Three groups of four legible signs (about 60 bits), to be read out or handed over on paper."""
    return "-".join("".join(secrets.choice(_LEGIBLE) for _ in range(4)) for _ in range(3))
