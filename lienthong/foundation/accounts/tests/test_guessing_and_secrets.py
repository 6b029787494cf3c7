"""What guards the second step at rest, and signing in against one address that tries many names."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from axes.models import AccessAttempt
from cryptography.fernet import InvalidToken
from django.db import connection
from django.test import Client

from lienthong.foundation.accounts import secrets_at_rest
from stories.accounts import PASSWORD, account_of

pytestmark = pytest.mark.django_db
SIGN_IN = "/tai-khoan/dang-nhap/"


def sign_in(name, password=PASSWORD, **headers):
    return Client(**headers).post(SIGN_IN, {"login": name, "password": password})


def in_the_database() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(data::text, ' ') FROM mfa_authenticator")
        return cursor.fetchone()[0]


def test_neither_the_apps_secret_nor_a_recovery_code_stands_in_the_database(province):
    account, secret = account_of(province, "huong"), generate_totp_secret()
    totp = TOTP.activate(account, secret)
    codes = RecoveryCodes.activate(account)
    kept = in_the_database()
    seed = secrets_at_rest.shown(Authenticator.objects.get(type="recovery_codes").data["seed"])
    assert [word for word in (secret, seed, *codes.get_unused_codes()) if word in kept] == []
    assert secrets_at_rest.shown(totp.instance.data["secret"]) == secret


def test_the_same_secret_never_looks_the_same():
    assert secrets_at_rest.hidden("JBSWY3DP") != secrets_at_rest.hidden("JBSWY3DP")


def test_another_installations_key_or_a_changed_value_reads_nothing(settings):
    kept = secrets_at_rest.hidden("JBSWY3DP")
    with pytest.raises(InvalidToken):
        secrets_at_rest.shown(kept[:-6] + ("A" if kept[-6] != "A" else "B") + kept[-5:])
    settings.SECRET_KEY = "another"
    with pytest.raises(InvalidToken):
        secrets_at_rest.shown(kept)


def test_after_the_key_was_changed_the_earlier_one_still_reads(settings):
    kept, earlier = secrets_at_rest.hidden("JBSWY3DP"), settings.SECRET_KEY
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another", [earlier]
    assert secrets_at_rest.shown(kept) == "JBSWY3DP"


def test_a_secret_from_before_they_were_hidden_is_still_good():
    assert secrets_at_rest.shown("JBSWY3DPEHPK3PXP") == "JBSWY3DPEHPK3PXP"


@pytest.fixture
def few(settings):
    """The limit of an address, made small: the real one is for an office behind one address."""
    assert settings.SIGN_IN_FAILURES_PER_ADDRESS >= 100
    settings.SIGN_IN_FAILURES_PER_ADDRESS = 10


def try_names(count, **headers):
    return [sign_in(f"ten-{place}", "sai", **headers).status_code for place in range(count)]


def test_an_address_that_tries_many_names_has_to_wait(province, few):
    account_of(province, "huong")
    assert try_names(9) == [200] * 9
    assert try_names(2)[-1] == 429
    assert sign_in("huong").status_code == 429, "even the right password, from there"
    assert sign_in("huong", REMOTE_ADDR="10.1.2.3").status_code == 302, "but not from elsewhere"


def test_the_address_is_free_again_after_a_quarter_of_an_hour(province, few):
    account_of(province, "huong")
    try_names(11)
    for attempt in AccessAttempt.objects.all():
        AccessAttempt.objects.filter(pk=attempt.pk).update(attempt_time=attempt.attempt_time - timedelta(minutes=16))
    assert sign_in("huong").status_code == 302


def test_an_office_behind_one_address_may_mistype_for_a_while(province):
    account_of(province, "huong")
    assert set(try_names(40)) == {200}
    assert sign_in("huong").status_code == 302


def test_behind_a_proxy_the_address_is_the_one_the_proxy_wrote(province, few, settings):
    settings.HTTPS = True
    account_of(province, "huong")
    try_names(11, HTTP_X_FORWARDED_FOR="203.0.113.9, 10.1.2.3")
    assert set(AccessAttempt.objects.values_list("ip_address", flat=True)) == {"10.1.2.3"}
    assert sign_in("huong", HTTP_X_FORWARDED_FOR="203.0.113.9, 10.1.2.3").status_code == 429
    assert sign_in("huong", HTTP_X_FORWARDED_FOR="10.1.2.3, 10.9.9.9").status_code == 302


def test_a_proxy_that_does_not_say_for_whom_it_asks_is_never_locked(province, few, settings):
    settings.HTTPS = True
    account_of(province, "huong")
    try_names(11)
    assert sign_in("huong").status_code == 302


def test_without_a_proxy_nobody_chooses_the_own_address(province, few):
    account_of(province, "huong")
    for place in range(11):
        try_names(1, HTTP_X_FORWARDED_FOR=f"10.0.0.{place}")
        sign_in(f"khac-{place}", "sai", HTTP_X_FORWARDED_FOR=f"10.0.0.{place}")
    assert sign_in("huong").status_code == 429
