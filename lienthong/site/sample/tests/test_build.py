"""The sample province, without the letters to everybody and with few communes: every state of a document can be looked at in it."""

import csv
from datetime import datetime
from pathlib import Path

import pytest

from lienthong.foundation.trail import queries as trail
from lienthong.kit.dates import VIETNAM
from lienthong.modules.documents.models import Incoming, Outgoing
from lienthong.modules.documents.queries import numbers
from lienthong.modules.documents.terms import IncomingState, OutgoingState
from lienthong.site.sample import agencies, build, letters
from lienthong.site.sample.year import Scale

FRIDAY = datetime(2026, 11, 20, 16, 45, tzinfo=VIETNAM)


def _named() -> set[str]:
    """The communes that letters.csv speaks of."""
    rows = csv.DictReader((Path(letters.__file__).parent / "letters.csv").open(encoding="utf-8"))
    text = ";".join(value for row in rows for value in row.values() if value)
    return {one.name for one in agencies.communes() if f"x:{one.name}" in text}


@pytest.mark.slow
@pytest.mark.django_db
def test_every_state_of_a_document_occurs_in_the_sample(monkeypatch):
    everywhere, all_letters = {"@all", "@xa", "@bien"}, letters.letters
    monkeypatch.setattr(
        build, "letters", lambda year: [one for one in all_letters(year) if not everywhere & {*one.to, *one.inform}]
    )
    few = [one for one in agencies.communes() if one.name in _named()]
    monkeypatch.setattr(agencies, "communes", lambda: few)
    build.build(seed=1, now=FRIDAY, scale=Scale(300, 200))
    assert set(Incoming.objects.values_list("state", flat=True)) == set(IncomingState)
    assert set(Outgoing.objects.values_list("state", flat=True)) == set(OutgoingState)
    assert trail.verify()[1] == []
    assert numbers.verify()[1] == []
