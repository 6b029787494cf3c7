"""A refusal in the reader's language."""

from django.utils.translation import gettext as _

from lienthong.kit.refusal import Refused, Said


def told(refusal: Refused) -> str:
    """The sentence, translated, with its values; those that are marked sentences themselves are translated too."""
    values = {name: _(value) if isinstance(value, Said) else value for name, value in refusal.params.items()}
    return _(refusal.msgid).format(**values)
