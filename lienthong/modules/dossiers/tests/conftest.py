"""Browsers for the people of the one-stop."""

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from lienthong.foundation.organizations import queries as organizations


@pytest.fixture
def browser(one_stop, now):
    """`browser("ngan")`: a signed-in client of that person."""
    made = {}

    def open_for(name: str) -> Client:
        if name not in made:
            post = one_stop.province.posts[name]
            person = organizations.people_in([post], now.date())[post][0]
            account = get_user_model().objects.create(username=name, person=person, person_name=person.name)
            made[name] = Client()
            made[name].force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")
        return made[name]

    return open_for
