"""Accounts for the people of the small province."""

from lienthong.foundation.accounts.models import Account
from lienthong.foundation.organizations.models import Holding
from stories.people import Province

PASSWORD = "Một câu dễ nhớ 2026"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def account_of(province: Province, name: str, **fields) -> Account:
    """The account of one of the province's people, named like the key; made at the first call."""
    known = Account.objects.filter(username=name).first()
    if known:
        return known
    holding = Holding.objects.select_related("person").filter(post_id=province.posts[name]).get()
    account = Account(username=name, person=holding.person, person_name=holding.person.name, **fields)
    account.set_password(PASSWORD)
    account.save()
    return account


def signed_in(client, province: Province, name: str):
    """The client, signed in as this person."""
    client.force_login(account_of(province, name), backend=BACKEND)
    return client
