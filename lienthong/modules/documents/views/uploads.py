"""Files that come with a form."""

from collections.abc import Sequence
from datetime import datetime

from django.core.files.uploadedfile import UploadedFile

from lienthong.foundation.files.actions.store import store
from lienthong.kit.content_type import safe_name
from lienthong.modules.documents.rules import Attached
from lienthong.modules.documents.terms import Part


def stored(files: Sequence[UploadedFile], now: datetime) -> list[Attached]:
    """Put uploaded files away; the first is the document, the others are attachments. Refused files raise `Refused`."""
    return [
        Attached(
            store(stream=file, name=file.name or "", now=now).pk,
            safe_name(file.name or ""),
            Part.MAIN if place == 0 else Part.ATTACHMENT,
        )
        for place, file in enumerate(files)
    ]
