"""Fixtures that all tests share: the small province, and the clock of a Friday morning."""

import io

import pytest
from hypothesis import HealthCheck, settings

from stories.one_stop import OneStop, make_one_stop
from stories.people import FRIDAY, Province, make_province

# Timing never decides a test: a busy machine is no fault of the code.
settings.register_profile("lienthong", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("lienthong")

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
def one_stop(province) -> OneStop:
    return make_one_stop(province)


@pytest.fixture
def pdf(db, now):
    """Stores a small PDF and returns it as the main file of a document; distinct texts give distinct contents."""
    return _pdf_maker(now)


@pytest.fixture
def pdf_committed(committed, now):
    """The same in the database of `committed`."""
    return _pdf_maker(now)


def _pdf_maker(now):
    from lienthong.foundation.files.actions.store import store
    from lienthong.modules.documents.rules import Attached

    def make(name: str = "van-ban.pdf", text: str = "") -> Attached:
        stored = store(stream=io.BytesIO(PDF + text.encode()), name=name, now=now)
        return Attached(stored.pk, name)

    return make


@pytest.fixture
def transactional_db(django_db_setup, django_db_blocker):
    """A database of this test's own, a copy of the empty one, where transactions really commit: for workers, other
    processes and other threads. It stands in the place of pytest-django's fixture (which prepares the database for
    tests that use one of this name), because emptying every table afterwards is what the trail refuses."""
    from django.db import connection, connections

    with django_db_blocker.unblock():
        before = connection.settings_dict["NAME"]
        assert before.startswith("test_"), "this would copy a database that is not the tests'"
        name = f"{before}_own"
        connections.close_all()
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
            cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{before}"')
        connection.settings_dict["NAME"] = name
        forget_what_is_kept()
        try:
            yield name
        finally:
            forget_what_is_kept()
            connections.close_all()
            connection.settings_dict["NAME"] = before
            with connection._nodb_cursor() as cursor:
                cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture
def committed(transactional_db):
    """The name of that database."""
    return transactional_db


def forget_what_is_kept() -> None:
    """A copied database gives the same stamps to other contents."""
    from lienthong.foundation.calendar import queries as calendar
    from lienthong.foundation.organizations import queries as organizations
    from lienthong.modules.procedures import queries as procedures

    for module in (calendar, organizations, procedures):
        module.forget()
