"""Identifiers of agencies: which scheme a code follows, and how the old form reads in the new one."""

import re

from lienthong.foundation.organizations.terms import Scheme

_OLD = re.compile(r"^[0-9A-Z]{3}\.[0-9A-Z]{2}\.[0-9A-Z]{2}\.[A-Z][0-9]{2}$")
_NEW = re.compile(r"^[A-Z][0-9]{2}(\.[0-9A-Z]+)*$")
_ALLOWED = re.compile(r"^[0-9A-Z.]{1,35}$")
MAX_LENGTH = 35


def scheme_of(code: str) -> Scheme | None:
    """OLD for `000.00.12.H53`, NEW for `H53.12`, None for what follows neither form (it may still be an alias)."""
    if _OLD.match(code):
        return Scheme.OLD
    if _NEW.match(code) and len(code) <= MAX_LENGTH:
        return Scheme.NEW
    return None


def is_allowed(code: str) -> bool:
    """Whether the text can be an identifier at all: 1-35 of 0-9, A-Z and dots (QĐ 20/2020/QĐ-TTg)."""
    return bool(_ALLOWED.match(code))


def as_new(code: str) -> str:
    """`000.00.15.H31` → `H31.15`: groups reversed, zero groups dropped. A guess only where an agency was renumbered."""
    groups = [group for group in reversed(code.split(".")) if group.strip("0")]
    return ".".join(groups)


def likely_old(code: str) -> str:
    """The old form that a code with lost or misplaced dots was probably meant to be, or "": `000.1137.H53` →
    `000.11.37.H53`. A hint for people; nothing is ever stored from it."""
    bare = code.replace(".", "")
    guess = f"{bare[:3]}.{bare[3:5]}.{bare[5:7]}.{bare[7:]}"
    return guess if _OLD.match(guess) else ""
