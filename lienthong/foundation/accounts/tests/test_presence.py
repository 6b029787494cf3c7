"""Working in the system is noted once a day, and counted as people, not as visits."""

import pytest

from lienthong.foundation.accounts.models import Presence
from stories.accounts import signed_in

pytestmark = pytest.mark.django_db


def test_a_day_in_the_system_is_one_row_however_many_pages(province, client):
    viewer = signed_in(client, province, "huong")
    for _page in range(3):
        viewer.get("/lam-viec/")
    (row,) = Presence.objects.all()
    assert row.agency_id == province.department.pk


def test_another_session_of_the_same_day_adds_nothing(province, client):
    signed_in(client, province, "huong").get("/lam-viec/")
    client.session.flush()
    client.logout()
    account = Presence.objects.get().person_id
    from django.contrib.auth import get_user_model

    client.force_login(
        get_user_model().objects.get(person_id=account), backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    client.get("/lam-viec/")
    assert Presence.objects.count() == 1


def test_nobody_is_noted_who_is_not_signed_in(client, db):
    client.get("/lam-viec/")
    client.get("/so-lieu/")
    assert not Presence.objects.exists()
