"""Fixtures that all tests share: the small province, and the clock of a Friday morning."""

import io

import pytest

from stories.people import FRIDAY, Province, make_province

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path):
    """Every test keeps its files in its own folder."""
    settings.FILES_ROOT = tmp_path / "files"
    settings.ANCHORS_ROOT = tmp_path / "anchors"


@pytest.fixture
def now():
    return FRIDAY


@pytest.fixture
def province(db) -> Province:
    return make_province()


@pytest.fixture
def pdf(db, now):
    """Stores a small PDF and returns it as the main file of a document; distinct texts give distinct contents."""
    from lienthong.foundation.files.actions.store import store
    from lienthong.modules.documents.rules import Attached

    def make(name: str = "van-ban.pdf", text: str = "") -> Attached:
        stored = store(stream=io.BytesIO(PDF + text.encode()), name=name, now=now)
        return Attached(stored.pk, name)

    return make
