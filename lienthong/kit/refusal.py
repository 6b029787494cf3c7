"""How pure code says no: one exception that carries a Vietnamese sentence and its values."""

from __future__ import annotations


def N_(msgid: str) -> str:
    """Mark a sentence for translation without translating it."""
    return msgid


class Said(str):
    """A value of a refusal that is itself a marked sentence: a door that speaks to people translates it too."""

    __slots__ = ()


class Refused(Exception):
    """Something was asked for that may not or cannot be done; the message is for people.

    ``msgid`` is the untranslated sentence, ``params`` its values: a door that speaks to people
    translates ``msgid`` and formats it again.
    """

    def __init__(self, msgid: str, **params: object) -> None:
        super().__init__(msgid)
        self.msgid = msgid
        self.params = params

    def __str__(self) -> str:
        return self.msgid.format(**self.params)
