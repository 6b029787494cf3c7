"""Names of files that came from outside, made fit to be shown, stored as text and offered on saving."""

from __future__ import annotations

import re
import unicodedata

NAME_LENGTH = 200
NAMELESS = "tep-khong-ten"
_FORBIDDEN = re.compile(r'[<>:"|?*]')
_DEVICE = re.compile(r"(?i)^(con|prn|aux|nul|com\d|lpt\d)(\.|$)")
_DROPPED = {"Cc", "Cf", "Cs", "Co", "Cn"}


def safe_name(name: str) -> str:
    """A display name: no path, no control or direction characters, at most 200 characters, never empty.

    ``..\\..\\bao cao.pdf`` becomes ``bao cao.pdf``. The result is still only a name to show: content
    is stored by its hash, never under this name.
    """
    name = re.split(r"[/\\]", name)[-1]
    name = "".join(
        " " if char in "\t\n\r\u2028\u2029" else char
        for char in name
        if char in "\t\n\r" or unicodedata.category(char) not in _DROPPED
    )
    name = unicodedata.normalize("NFC", name)
    name = " ".join(_FORBIDDEN.sub("_", name).split()).strip(". ")
    if not name:
        return NAMELESS
    if _DEVICE.match(name):
        name = "_" + name
    if len(name) > NAME_LENGTH:
        stem, dot, extension = name.rpartition(".")
        if dot and len(extension) <= 16:
            name = stem[: NAME_LENGTH - len(extension) - 1].rstrip(". ") + "." + extension
        else:
            name = name[:NAME_LENGTH].rstrip(". ")
    return name


def extension_of(name: str) -> str:
    """The extension in lower case without its dot, empty when there is none."""
    stem, dot, extension = name.rpartition(".")
    extension = extension.strip().lower()
    return extension if dot and stem and len(extension) <= 16 and extension.isalnum() else ""
