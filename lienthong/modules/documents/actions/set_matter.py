"""A document belongs to a larger matter, e.g. a dossier: from its page one sees which."""

from datetime import datetime

from django.db import transaction

from lienthong.foundation.access.terms import Seated
from lienthong.foundation.trail.actions.write import write
from lienthong.kit.refusal import N_, Refused
from lienthong.modules.documents import queries
from lienthong.modules.documents.models import Document, Outgoing

_WORDS, _ADDRESS = 300, 200


@transaction.atomic
def set_matter(*, outgoing_id: int, words: str, address: str, actor: Seated, now: datetime) -> Outgoing:
    """Write on the document what it belongs to: `words` (at most 300 characters, shown to all who hold it, so nothing personal)
    and `address` (at most 200, a page that checks by itself who may read it).

    A document of several matters names them all and leads to the first. Saying the same again changes nothing.
    """
    row = queries.outgoing_for(actor, outgoing_id)
    document = Document.objects.select_for_update().get(pk=row.document_id)
    words, address = words.strip(), address.strip()
    if not words or len(words) > _WORDS or len(address) > _ADDRESS:
        raise Refused(N_("Cần ghi văn bản thuộc việc nào, không quá {most} ký tự."), most=_WORDS)
    if words in document.matter:
        return row
    document.matter = "; ".join(filter(None, (document.matter, words)))[:_WORDS]
    document.matter_address = document.matter_address or address
    document.save(update_fields=["matter", "matter_address"])
    write(actor, "documents.set_matter", row, now, sentence=f"thuộc {words}")
    return row
