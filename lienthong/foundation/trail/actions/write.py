"""Write what was done, in the transaction that did it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import models

from lienthong.foundation.access.terms import Actor
from lienthong.foundation.insert import insert
from lienthong.foundation.trail.models import Entry


def write(
    actor: Actor,
    verb: str,
    subject: models.Model | None,
    now: datetime,
    *,
    sentence: str,
    details: Mapping[str, Any] | None = None,
) -> None:
    """Append one entry. Call it last in an act: it locks the agency's chain until the transaction ends.

    `sentence` is what a person reads in the history ("vào sổ văn bản đến, số 4812"); `details` holds before/after.
    """
    insert(_entry(actor, verb, subject, now, sentence, details))


def write_many(
    actor: Actor, verb: str, subjects: Sequence[models.Model], now: datetime, *, sentences: list[str]
) -> None:
    """The same for many subjects of one act, in one statement."""
    Entry.objects.bulk_create(
        [
            _entry(actor, verb, subject, now, sentence, None)
            for subject, sentence in zip(subjects, sentences, strict=True)
        ]
    )


def _entry(
    actor: Actor,
    verb: str,
    subject: models.Model | None,
    now: datetime,
    sentence: str,
    details: Mapping[str, Any] | None,
) -> Entry:
    return Entry(
        chain=actor.agency_id or 0,
        no=0,
        at=now,
        verb=verb,
        sentence=sentence,
        person_id=actor.person_id,
        person_name=actor.person_name,
        post_id=actor.post_id,
        post_name=", ".join(filter(None, (actor.post_name, actor.agency_name))),
        standing_in=actor.standing_in,
        subject_kind=subject._meta.label_lower if subject is not None else "",
        subject_id=subject.pk if subject is not None else None,
        details=dict(details) if details else None,
        previous=b"",
        hash=b"",
    )
