import pytest
from django.test import Client

from lienthong.foundation.access.rules import Forbidden
from lienthong.foundation.accounts.actions.end_sessions import end_sessions
from lienthong.foundation.accounts.actions.lock_account import lock_account
from lienthong.foundation.accounts.actions.open_account import open_account
from lienthong.foundation.accounts.actions.remove_second_step import remove_second_step
from lienthong.foundation.accounts.actions.reset_password import reset_password
from lienthong.foundation.accounts.actions.unlock_account import unlock_account
from lienthong.foundation.accounts.models import Account
from lienthong.foundation.organizations.models import Holding
from lienthong.foundation.trail.models import Entry
from lienthong.kit.refusal import Refused
from stories.accounts import PASSWORD, account_of, signed_in

pytestmark = pytest.mark.django_db
STAFF = "/lam-viec/quan-tri/tai-khoan/"


def person_of(province, name):
    return Holding.objects.get(post_id=province.posts[name]).person_id


def test_an_account_is_opened_with_a_password_that_must_be_changed(province, now):
    minh = province.actor("minh")
    account, password = open_account(person_id=person_of(province, "huong"), username="HuongTT", actor=minh, now=now)
    assert account.username == "huongtt"
    assert account.check_password(password)
    assert account.must_change_password
    entry = Entry.objects.latest("id")
    assert (entry.verb, entry.sentence) == ("accounts.open", "mở tài khoản huongtt cho Trần Thu Hương")
    assert password not in str(entry.__dict__)


def test_a_person_gets_one_account_and_a_name_is_taken_once(province, now):
    minh = province.actor("minh")
    open_account(person_id=person_of(province, "huong"), username="huongtt", actor=minh, now=now)
    for who, username in (("huong", "huong2"), ("khoa", "HUONGTT")):
        with pytest.raises(Refused):
            open_account(person_id=person_of(province, who), username=username, actor=minh, now=now)
    assert Account.objects.count() == 1


@pytest.mark.parametrize("name", ["lan", "chau", "huong"])
def test_only_administrators_look_after_accounts(client, province, now, name):
    account = account_of(province, "khoa")
    actor = province.actor(name)
    with pytest.raises(Forbidden):
        open_account(person_id=person_of(province, "huong"), username="huongtt", actor=actor, now=now)
    for act in (lock_account, reset_password, end_sessions, remove_second_step):
        with pytest.raises(Forbidden):
            act(account_id=account.pk, reason="thử", actor=actor, now=now)
    with pytest.raises(Forbidden):
        unlock_account(account_id=account.pk, actor=actor, now=now)
    account.refresh_from_db()
    assert account.is_active
    assert account.check_password(PASSWORD)
    assert account.session_epoch == 0
    signed_in(client, province, name)
    assert client.get(STAFF).status_code == 403


@pytest.mark.parametrize("act", [lock_account, reset_password, end_sessions])
def test_a_forced_sign_out_holds_at_the_next_request(province, now, act):
    browser, other = Client(), Client()
    signed_in(browser, province, "huong")
    signed_in(other, province, "khoa")
    assert browser.get("/lam-viec/").status_code == 200
    act(
        account_id=Account.objects.get(username="huong").pk,
        reason="nghi lộ mật khẩu",
        actor=province.actor("minh"),
        now=now,
    )
    away = browser.get("/lam-viec/")
    assert away.status_code == 302
    assert away["Location"].startswith("/tai-khoan/dang-nhap/")
    assert other.get("/lam-viec/").status_code == 200


def test_who_locks_the_own_account_is_refused(province, now):
    account = account_of(province, "minh")
    with pytest.raises(Refused):
        lock_account(account_id=account.pk, reason="thử", actor=province.actor("minh"), now=now)


def test_a_reset_password_replaces_the_old_one_and_the_counted_failures(client, province, now):
    account = account_of(province, "huong")
    for _ in range(7):
        client.post("/tai-khoan/dang-nhap/", {"login": "huong", "password": "sai"})
    _, password = reset_password(account_id=account.pk, reason="quên", actor=province.actor("minh"), now=now)
    assert client.post("/tai-khoan/dang-nhap/", {"login": "huong", "password": PASSWORD}).status_code == 200
    assert client.post("/tai-khoan/dang-nhap/", {"login": "huong", "password": password}).status_code == 302
    assert client.get("/lam-viec/")["Location"] == "/tai-khoan/mat-khau/"


def test_a_lost_second_step_is_taken_away_once(province, now):
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    account = account_of(province, "huong")
    TOTP.activate(account, generate_totp_secret())
    minh = province.actor("minh")
    remove_second_step(account_id=account.pk, reason="mất điện thoại", actor=minh, now=now)
    with pytest.raises(Refused):
        remove_second_step(account_id=account.pk, reason="mất điện thoại", actor=minh, now=now)


def test_the_list_finds_people_without_diacritics_with_few_queries(client, province, django_assert_max_num_queries):
    account_of(province, "huong")
    signed_in(client, province, "minh").get(
        "/lam-viec/phim-tat/"
    )  # the first page of a day notes that somebody is there
    with django_assert_max_num_queries(7):
        page = client.get(STAFF, {"q": "thu huong"}).content.decode()
    assert "Trần Thu Hương" in page
    assert "Ngô Bá Khoa" not in page
    without = client.get(STAFF, {"loc": "chua-co"}).content.decode()
    assert "Ngô Bá Khoa" in without
    assert "Trần Thu Hương" not in without


def test_the_password_is_shown_once_and_kept_nowhere(client, province):
    signed_in(client, province, "minh")
    address = f"{STAFF}mo/{person_of(province, 'khoa')}/"
    assert 'value="khoanb"' in client.get(address).content.decode()
    answer = client.post(address, {"username": "khoanb"})
    password = answer.context["password"]
    assert password in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    assert password not in client.get(STAFF).content.decode()
    again = client.post(address, {"username": "khoanb"})
    assert again.status_code == 422
    assert Client().post("/tai-khoan/dang-nhap/", {"login": "khoanb", "password": password}).status_code == 302


def test_refusals_of_the_pages_keep_what_was_typed(client, province):
    account = account_of(province, "huong")
    signed_in(client, province, "minh")
    assert client.post(f"{STAFF}{account.pk}/khoa/", {"reason": ""}).status_code == 422
    assert client.post(f"{STAFF}{account.pk}/khoa/", {"reason": "nghỉ hưu"}).status_code == 302
    twice = client.post(f"{STAFF}{account.pk}/khoa/", {"reason": "nghỉ hưu lần nữa"})
    assert twice.status_code == 422
    assert "nghỉ hưu lần nữa" in twice.content.decode()
    assert client.post(f"{STAFF}{account.pk}/mo-khoa/").status_code == 302
    account.refresh_from_db()
    assert account.is_active
