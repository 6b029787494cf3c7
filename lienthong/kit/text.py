"""Vietnamese text: folding for search, sorting by the Vietnamese alphabet, cutting for display."""

import re
import unicodedata

# Order of the Vietnamese alphabet; f, j, w, z stand where a dictionary puts the foreign letters.
_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
# Tone order used by Vietnamese dictionaries: level, huyền, hỏi, ngã, sắc, nặng.
_TONES = {"": "0", "̀": "1", "̉": "2", "̃": "3", "́": "4", "̣": "5"}
_LETTER_MARKS = {"̆", "̂", "̛"}
_RANK = {letter: chr(0x41 + place) for place, letter in enumerate(_ALPHABET)}
_NOT_ALNUM = re.compile(r"[^a-z0-9]+")


def vn_fold(text: str) -> str:
    """`Kế hoạch 37/KH-UBND` → `ke hoach 37 kh ubnd`; the database function of the same name agrees (a test proves it)."""
    plain = unicodedata.normalize("NFD", text).lower().replace("đ", "d")
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    return _NOT_ALNUM.sub(" ", plain).strip()


def dotted(number: int) -> str:
    """1.250.000, as Vietnamese write it."""
    return f"{number:,}".replace(",", ".")


def sort_key(text: str) -> str:
    """A plain-ASCII key whose byte order is the Vietnamese alphabetical order: letters first, then tones."""
    letters, tones = [], []
    for char in unicodedata.normalize("NFC", text).lower():
        parts = unicodedata.normalize("NFD", char)
        base = unicodedata.normalize("NFC", parts[0] + "".join(mark for mark in parts[1:] if mark in _LETTER_MARKS))
        tone = next((mark for mark in parts[1:] if mark in _TONES), "")
        if base in _RANK:
            letters.append("1" + _RANK[base])
            tones.append(_TONES[tone])
        elif char.isdigit():
            letters.append("0" + char)
        elif char.isspace() or not char.isalnum():
            letters.append(" ")
    return "".join(letters) + "!" + "".join(tones)


def person_sort_key(full_name: str) -> str:
    """People are listed by given name, the last word, then by the rest from the left."""
    words = full_name.split()
    return sort_key(" ".join(words[-1:] + words[:-1]))


def initials(full_name: str) -> str:
    """`Trần Thu Hương` → `TH`: the two words that tell people apart."""
    words = full_name.split()
    return "".join(word[0] for word in words[-2:]).upper()


def titled(type_name: str, subject: str) -> str:
    """`Kế hoạch` and `Triển khai đợt 2` → `Kế hoạch Triển khai đợt 2`; a subject that says its type already stays."""
    return f"{type_name} {subject}" if type_name and not says_type(type_name, subject) else subject


def says_type(type_name: str, subject: str) -> bool:
    """Whether the subject begins with the whole words of the type's name, in whatever case."""
    head, rest = subject[: len(type_name)], subject[len(type_name) :]
    return head.lower() == type_name.lower() and not rest[:1].isalnum()


def clip(text: str, length: int) -> str:
    """At most `length` characters, cut at a word with an ellipsis."""
    if len(text) <= length:
        return text
    return text[: length - 1].rsplit(" ", 1)[0] + "…"
