import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import hotp_value
from axes.models import AccessAttempt
from django.test import Client
from django.urls import reverse

from lienthong.foundation.accounts.models import Account
from stories.accounts import PASSWORD, account_of, signed_in

pytestmark = pytest.mark.django_db
SIGN_IN = "/tai-khoan/dang-nhap/"


def sign_in(client, name, password=PASSWORD, **more):
    return client.post(SIGN_IN, {"login": name, "password": password, **more})


def confirm(client):
    """What matters for the account's safety asks for the password once more."""
    return client.post("/tai-khoan/xac-nhan/", {"password": PASSWORD})


def code_now(secret: str, ahead: int = 0) -> str:
    return f"{hotp_value(secret, int(time.time()) // 30 + ahead):06d}"


def test_the_sign_in_page_is_where_the_settings_say(client, settings):
    assert reverse("account_login") == settings.LOGIN_URL
    page = client.get(SIGN_IN)
    assert page.status_code == 200
    assert "Tên đăng nhập" in page.content.decode()


def test_who_is_not_signed_in_is_sent_to_sign_in_and_back(client, province):
    account_of(province, "huong")
    away = client.get("/lam-viec/tim/?q=x")
    assert away.status_code == 302
    assert away["Location"] == f"{SIGN_IN}?next=/lam-viec/tim/?q=x"
    back = sign_in(client, "HUONG ", next="/lam-viec/tim/")
    assert back["Location"] == "/lam-viec/tim/"
    assert client.get("/lam-viec/").status_code == 200


def test_a_wrong_password_and_an_unknown_name_read_the_same(client, province):
    account_of(province, "huong")
    wrong, unknown = (sign_in(client, name, "sai mật khẩu").content.decode() for name in ("huong", "khong-co"))
    sentence = "Tên đăng nhập hoặc mật khẩu không đúng."
    assert sentence in wrong
    assert sentence in unknown


def test_after_seven_failures_even_the_right_password_waits(client, province):
    account_of(province, "huong")
    for turn in range(6):
        assert sign_in(client, "huong" if turn % 2 else "Huong", "sai").status_code == 200, turn
    locked = sign_in(client, "huong", "sai")
    assert locked.status_code == 429
    assert "15 phút" in locked.content.decode()
    assert sign_in(client, "huong").status_code == 429
    assert client.get("/lam-viec/").status_code == 302


def test_a_quarter_of_an_hour_later_the_right_password_opens_again(client, province):
    from datetime import timedelta

    account_of(province, "huong")
    for _ in range(7):
        sign_in(client, "huong", "sai")
    attempt = AccessAttempt.objects.get(username="huong")
    AccessAttempt.objects.update(attempt_time=attempt.attempt_time - timedelta(minutes=16))
    assert sign_in(client, "huong").status_code == 302


def test_others_sign_in_while_one_name_is_locked(client, province):
    account_of(province, "huong"), account_of(province, "khoa")
    for _ in range(7):
        sign_in(client, "huong", "sai")
    assert sign_in(Client(), "khoa").status_code == 302


def test_nobody_signs_up(client, db):
    for address in ("/tai-khoan/dang-ky/", "/tai-khoan/signup/", "/accounts/signup/"):
        for answer in (client.get(address), client.post(address, {"username": "la", "password1": PASSWORD})):
            assert answer.status_code == 404, address
    assert not Account.objects.exists()


def test_a_locked_account_does_not_sign_in(client, province):
    account_of(province, "huong", is_active=False)
    sign_in(client, "huong")
    assert client.get("/lam-viec/").status_code == 302


def test_the_code_of_the_app_is_asked_after_the_password(client, province):
    account = account_of(province, "huong")
    sign_in(client, "huong")
    assert client.get("/tai-khoan/hai-lop/ung-dung/")["Location"].startswith("/tai-khoan/xac-nhan/")
    assert client.post("/tai-khoan/xac-nhan/", {"password": "sai"}).status_code == 200
    confirm(client)
    page = client.get("/tai-khoan/hai-lop/ung-dung/")
    secret = page.context["form"].secret
    assert "data:image/svg+xml" in page.content.decode()
    client.post("/tai-khoan/hai-lop/ung-dung/", {"code": code_now(secret)})
    assert set(Authenticator.objects.filter(user=account).values_list("type", flat=True)) == {"totp", "recovery_codes"}
    codes = client.get("/tai-khoan/hai-lop/ma-du-phong/").context["unused_codes"]

    other = Client()
    halfway = sign_in(other, "huong")
    assert halfway["Location"] == "/tai-khoan/dang-nhap/buoc-hai/"
    assert other.get("/lam-viec/").status_code == 302, "the password alone opens nothing"
    refused = other.post("/tai-khoan/dang-nhap/buoc-hai/", {"code": "000000"})
    assert "Mã không đúng" in refused.content.decode()
    other.post("/tai-khoan/dang-nhap/buoc-hai/", {"code": codes[0]})
    assert other.get("/lam-viec/").status_code == 200, "a recovery code stands in for the telephone"
    again = Client()
    sign_in(again, "huong")
    again.post("/tai-khoan/dang-nhap/buoc-hai/", {"code": codes[0]})
    assert again.get("/lam-viec/").status_code == 302, "and is good once"


def test_a_code_of_the_app_completes_the_sign_in(client, province):
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    secret = generate_totp_secret()
    TOTP.activate(account_of(province, "huong"), secret)
    sign_in(client, "huong")
    code = code_now(secret)
    client.post("/tai-khoan/dang-nhap/buoc-hai/", {"code": code})
    assert client.get("/lam-viec/").status_code == 200
    other = Client()
    sign_in(other, "huong")
    other.post("/tai-khoan/dang-nhap/buoc-hai/", {"code": code})
    assert other.get("/lam-viec/").status_code == 302, "a code is good once"


def test_guessing_codes_locks_like_guessing_passwords(client, province):
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    TOTP.activate(account_of(province, "huong"), generate_totp_secret())
    sign_in(client, "huong")
    answers = [client.post("/tai-khoan/dang-nhap/buoc-hai/", {"code": f"00000{n}"}).status_code for n in range(8)]
    assert answers == [200] * 6 + [429, 429]
    assert sign_in(Client(), "huong").status_code == 429


def test_a_given_password_must_be_changed_before_anything_else(client, province):
    account = account_of(province, "huong", must_change_password=True)
    sign_in(client, "huong")
    assert client.get("/lam-viec/")["Location"] == "/tai-khoan/mat-khau/"
    assert "do quản trị viên cấp" in client.get("/tai-khoan/mat-khau/").content.decode()
    new = "câu khác cũng dễ nhớ 26"
    done = client.post("/tai-khoan/mat-khau/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert done["Location"] == "/lam-viec/"
    account.refresh_from_db()
    assert not account.must_change_password
    assert client.get("/lam-viec/").status_code == 200
    assert sign_in(Client(), "huong", new).status_code == 302


@pytest.mark.parametrize("weak", ["ngan-9-ky", "1234567890123", "password123", "phamngoclan", PASSWORD])
def test_a_weak_password_is_refused_and_the_old_one_stays(client, province, weak):
    account = account_of(province, "lan")
    account.username = "phamngoclan"
    account.save(update_fields=["username"])
    sign_in(client, "phamngoclan")
    answer = client.post("/tai-khoan/mat-khau/", {"oldpassword": PASSWORD, "password1": weak, "password2": weak})
    assert answer.status_code == 200
    assert 'class="errors"' in answer.content.decode()
    account.refresh_from_db()
    assert account.check_password(PASSWORD)


def test_a_person_sees_own_sessions_and_ends_the_others(client, province):
    account_of(province, "huong")
    office, phone = client, Client(HTTP_USER_AGENT="Trình duyệt điện thoại")
    sign_in(office, "huong"), sign_in(phone, "huong")
    page = office.get("/tai-khoan/phien/").content.decode()
    assert "Trình duyệt điện thoại" in page
    assert "phiên này" in page
    office.post("/tai-khoan/phien/")
    assert phone.get("/lam-viec/").status_code == 302
    assert office.get("/lam-viec/").status_code == 200


def test_changing_the_password_ends_the_other_sessions(client, province):
    account_of(province, "huong")
    other = Client()
    sign_in(client, "huong"), sign_in(other, "huong")
    new = "câu khác cũng dễ nhớ 26"
    client.post("/tai-khoan/mat-khau/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert client.get("/lam-viec/").status_code == 200
    assert other.get("/lam-viec/").status_code == 302


def test_who_holds_no_post_today_is_told_so(client, province):
    from datetime import date

    from lienthong.foundation.organizations.models import Holding

    Holding.objects.filter(post_id=province.posts["khoa"]).update(valid_to=date(2025, 12, 31))
    signed_in(client, province, "khoa")
    page = client.get("/lam-viec/")
    assert page.status_code == 403
    assert "không giữ chức danh nào" in page.content.decode()


@pytest.mark.parametrize(
    "name",
    [
        "account_overview",
        "account_change_password",
        "mfa_activate_totp",
        "mfa_list_webauthn",
        "mfa_add_webauthn",
        "usersessions_list",
    ],
)
def test_the_pages_of_the_own_account_open_and_are_closed_to_strangers(client, province, name):
    assert client.get(reverse(name)).status_code == 302
    account_of(province, "huong")
    sign_in(client, "huong")
    confirm(client)
    assert client.get(reverse(name)).status_code == 200
