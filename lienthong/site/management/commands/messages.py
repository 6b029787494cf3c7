"""`manage messages`: bring the English catalogue up to date with the code and show what has no translation yet."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from lienthong.site import messages

LANGUAGE = "en"


def catalogue() -> Path:
    """The English catalogue in the source."""
    return Path(settings.CHECKOUT) / "lienthong/site/locale" / LANGUAGE / "LC_MESSAGES/django.po"


class Command(BaseCommand):
    help = "Updates lienthong/site/locale/en/LC_MESSAGES/django.po and lists the sentences without a translation."

    def handle(self, *args: Any, **options: Any) -> None:
        found = messages.sentences(Path(settings.CHECKOUT) / "lienthong")
        missing = messages.update(catalogue(), LANGUAGE, found)
        for sentence in missing:
            self.stdout.write(f"{found[sentence][0]}: {sentence.text}")
        self.stdout.write(f"{len(found)} sentences, {len(missing)} without a translation")
