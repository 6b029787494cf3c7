from datetime import datetime, timedelta

import pytest
from django.test import Client

from lienthong.foundation.notify.models import Message
from lienthong.foundation.organizations.actions.substitute import substitute
from lienthong.foundation.organizations.models import Holding
from lienthong.foundation.trail.models import Entry
from lienthong.foundation.work.actions.extend import ask
from lienthong.foundation.work.actions.pause import pause
from lienthong.foundation.work.models import HandOver, Item
from lienthong.kit.dates import VIETNAM
from lienthong.site.views import clock, home
from stories.accounts import account_of, signed_in

pytestmark = pytest.mark.django_db


def owe(province, who, title, due_at=None, **fields):
    values = {
        "kind": "documents.handle", "verb": "Xử lý", "title": title, "address": "/lam-viec/van-ban/den/1/",
        "holder_id": province.posts[who], "opened_at": datetime(2026, 11, 2, 8, tzinfo=VIETNAM), "due_at": due_at,
    }  # fmt: skip
    return Item.objects.create(**values | fields)


@pytest.fixture
def friday(monkeypatch, now):
    """The doors' clock stands at Friday, 20/11/2026, 9:00."""
    for view in ("home", "decide", "hand_over", "notices", "search"):
        monkeypatch.setattr(f"lienthong.site.views.{view}.now", lambda: now)
    return now


def test_debts_stand_in_five_groups_by_deadline(client, province, friday):
    owe(province, "huong", "không hạn")
    owe(province, "huong", "tháng sau", friday + timedelta(days=30))
    owe(province, "huong", "tuần này", friday + timedelta(days=7, hours=14, minutes=59))
    owe(province, "huong", "sau bảy ngày", friday + timedelta(days=7, hours=15))
    owe(province, "huong", "nửa đêm nay", friday + timedelta(hours=14, minutes=59))
    owe(province, "huong", "vừa trễ", friday - timedelta(seconds=1))
    owe(province, "khoa", "của người khác", friday)
    page = signed_in(client, province, "huong").get("/lam-viec/")
    found = [(group.title, [item.title for item in group.items]) for group in page.context["groups"]]
    assert found == [
        ("Quá hạn", ["vừa trễ"]),
        ("Hôm nay", ["nửa đêm nay"]),
        ("Trong 7 ngày tới", ["tuần này"]),
        ("Sau đó", ["sau bảy ngày", "tháng sau"]),
        ("Không có hạn", ["không hạn"]),
    ]
    text = page.content.decode()
    assert "6 việc đang chờ, 1 việc quá hạn, 1 việc phải xong hôm nay" in text
    assert "của người khác" not in text


def test_counters_are_filters_and_shareable(client, province, friday):
    owe(province, "huong", "xử lý một")
    owe(province, "huong", "xử lý hai", role="support")
    owe(province, "huong", "đề nghị", kind="documents.request")
    signed_in(client, province, "huong")
    assert client.get("/lam-viec/").context["tabs"] == [
        ("documents.handle", "Văn bản đến", 2),
        ("documents.request", "Đề nghị của bên gửi", 1),
    ]
    narrowed = client.get("/lam-viec/", {"loai": "documents.handle", "vai-tro": "support"}).content.decode()
    assert "xử lý hai" in narrowed
    assert "xử lý một" not in narrowed


def test_stopped_debts_stand_apart(client, province, friday):
    item = owe(province, "huong", "chờ bổ sung", friday + timedelta(days=2))
    pause(item_id=item.pk, reason="chờ bên gửi", now=friday)
    signed_in(client, province, "huong")
    page = client.get("/lam-viec/").content.decode()
    assert "chờ bổ sung" not in page
    assert "1 việc đang dừng" in page
    assert "chờ bổ sung" in client.get("/lam-viec/", {"dung": "1"}).content.decode()


def test_an_empty_list_says_what_would_stand_there(client, province):
    assert "sẽ tự hiện ở đây" in signed_in(client, province, "gam").get("/lam-viec/").content.decode()


def test_the_number_of_queries_does_not_grow_with_the_list(client, province, friday, django_assert_max_num_queries):
    for n in range(130):
        owe(province, "huong", f"việc {n}", friday + timedelta(hours=n))
    signed_in(client, province, "huong")
    client.get("/lam-viec/")
    with django_assert_max_num_queries(8):
        page = client.get("/lam-viec/")
    assert page.content.decode().count('class="task"') == home.PAGE
    assert client.get("/lam-viec/", {"trang": "2"}).content.decode().count('class="task"') == 30


def test_the_frame_costs_two_queries(client, province, django_assert_num_queries):
    signed_in(client, province, "oanh")
    client.get("/lam-viec/phim-tat/")
    with django_assert_num_queries(4):  # session, account; posts, counters
        page = client.get("/lam-viec/phim-tat/").content.decode()
    assert "Chờ vào sổ" in page


def test_the_menu_shows_only_what_the_post_may_use(client, province):
    huong = signed_in(Client(), province, "huong").get("/lam-viec/phim-tat/").content.decode()
    minh = signed_in(Client(), province, "minh").get("/lam-viec/phim-tat/").content.decode()
    assert "Chờ vào sổ" not in huong
    assert "/lam-viec/quan-tri/" not in huong
    assert "/lam-viec/quan-tri/tai-khoan/" in minh


def test_chosen_debts_are_handed_to_a_colleague_with_the_reason(client, province, friday):
    mine = [owe(province, "huong", f"việc {n}") for n in range(3)]
    other = owe(province, "khoa", "việc của anh Khoa")
    signed_in(client, province, "huong")
    address = f"/lam-viec/chuyen-giao/?viec={mine[0].pk}&viec={mine[2].pk}&viec={other.pk}"
    form = client.get(address).content.decode()
    assert "Ngô Bá Khoa" in form
    assert "Phạm Ngọc Lan" not in form, "she sits in another agency"
    refused = client.post(address, {"to": province.posts["khoa"], "reason": " "})
    assert refused.status_code == 422
    outside = client.post(address, {"to": province.posts["lan"], "reason": "nghỉ phép"})
    assert outside.status_code == 422
    assert not HandOver.objects.exists()
    client.post(address, {"to": province.posts["khoa"], "reason": "nghỉ phép"})
    held = dict(Item.objects.values_list("pk", "holder_id"))
    assert held[mine[0].pk] == held[mine[2].pk] == province.posts["khoa"]
    assert held[mine[1].pk] == province.posts["huong"]
    assert Entry.objects.filter(verb="work.hand_over").count() == 2


def test_whoever_gets_work_handed_over_is_told_and_whoever_hands_it_over_is_not(client, province, friday, stands_in):
    item = owe(province, "khoa", "hồ sơ cầu Bến Thủy", address="/lam-viec/van-ban/den/7/")
    signed_in(client, province, "khoa")
    form = {"to": province.posts["thinh"], "reason": "Đi học"}
    client.post(f"/lam-viec/chuyen-giao/?viec={item.pk}", form)
    told = Message.objects.get(person=Holding.objects.get(post=province.posts["thinh"]).person)
    assert told.title == "Ngô Bá Khoa chuyển cho ông, bà việc “hồ sơ cầu Bến Thủy”: Đi học"
    assert told.address == "/lam-viec/van-ban/den/7/"
    stand_in = province.actor("huong").person_id
    assert Message.objects.filter(person_id=stand_in).count() == 1, "the substitute hears of it too"
    assert not Message.objects.filter(person_id=province.actor("khoa").person_id).exists()


def test_a_refused_hand_over_tells_nobody(client, province, friday):
    item = owe(province, "khoa", "hồ sơ")
    signed_in(client, province, "khoa")
    client.post(f"/lam-viec/chuyen-giao/?viec={item.pk}", {"to": province.posts["thinh"], "reason": "  "})
    assert not Message.objects.exists()


def test_nothing_chosen_leads_back_to_choosing(client, province):
    away = signed_in(client, province, "huong").get("/lam-viec/chuyen-giao/")
    assert away["Location"] == "/lam-viec/?chon=1"


@pytest.fixture
def asked(province, friday):
    item = owe(province, "huong", "rà soát nhà ở xã hội", friday + timedelta(days=3))
    return ask(
        item_id=item.pk,
        wanted_due_at=friday + timedelta(days=10),
        reason="Chờ số liệu của xã.",
        decider_id=province.posts["phuoc"],
        actor=province.actor("huong"),
        now=friday,
    )


def test_a_request_for_time_leads_from_home_to_its_decision(client, province, friday, asked):
    signed_in(client, province, "phuoc")
    address = f"/lam-viec/gia-han/{asked.pk}/"
    assert f'href="{address}"' in client.get("/lam-viec/").content.decode()
    page = client.get(address).content.decode()
    assert "Chờ số liệu của xã." in page
    assert "Trần Thu Hương" in page
    assert client.post(address, {"granted": "0", "answer": ""}).status_code == 422, "a no needs a reason"
    client.post(address, {"granted": "1", "answer": "Làm sớm hơn nếu được."})
    asked.refresh_from_db()
    asked.item.refresh_from_db()
    assert asked.granted
    assert asked.item.due_at == asked.wanted_due_at
    assert address not in client.get("/lam-viec/").content.decode()
    assert "Đã đồng ý" in client.get(address).content.decode()


def test_the_asker_reads_but_does_not_decide(client, province, friday, asked):
    signed_in(client, province, "huong")
    address = f"/lam-viec/gia-han/{asked.pk}/"
    assert "Đang chờ người giao việc quyết định" in client.get(address).content.decode()
    client.post(address, {"granted": "1", "answer": ""})
    asked.refresh_from_db()
    assert asked.decided_at is None


def test_a_request_of_others_does_not_exist_for_the_rest(client, province, friday, asked):
    assert signed_in(client, province, "khoa").get(f"/lam-viec/gia-han/{asked.pk}/").status_code == 404


@pytest.fixture
def stands_in(province, now):
    """Huong acts for Thinh around the day on which the test runs."""
    today = clock.now().date()
    substitute(
        post_id=province.posts["thinh"],
        person_id=province.actor("huong").person_id,
        valid_from=today - timedelta(days=1),
        valid_to=today + timedelta(days=3),
        reason="đi công tác",
        actor=province.actor("thinh"),
        now=now,
    )


def test_a_substitute_acts_through_the_other_post(client, province, stands_in):
    owe(province, "thinh", "việc của trưởng phòng")
    signed_in(client, province, "huong")
    before = client.get("/lam-viec/").content.decode()
    assert "việc của trưởng phòng" not in before
    assert "thay Hoàng Đức Thịnh" in before, "the switch offers it"
    away = client.post("/lam-viec/chuc-danh/", {"post": province.posts["thinh"]})
    assert away["Location"] == "/lam-viec/"
    after = client.get("/lam-viec/").content.decode()
    assert "việc của trưởng phòng" in after
    assert "làm thay Hoàng Đức Thịnh" in after
    again = signed_in(Client(), province, "huong").get("/lam-viec/").content.decode()
    assert "việc của trưởng phòng" in again, "the next session starts with the post last used"


def test_nobody_acts_through_a_post_that_is_not_theirs(client, province):
    owe(province, "thinh", "việc của trưởng phòng")
    signed_in(client, province, "huong")
    assert client.post("/lam-viec/chuc-danh/", {"post": province.posts["thinh"]}).status_code == 403
    session = client.session
    session["post"] = province.posts["thinh"]
    session.save()
    assert "việc của trưởng phòng" not in client.get("/lam-viec/").content.decode()


def test_after_switching_one_is_not_led_out_of_the_site(client, province, stands_in):
    signed_in(client, province, "huong")
    away = client.post("/lam-viec/chuc-danh/", {"post": province.posts["thinh"], "next": "https://xau.example/"})
    assert away["Location"] == "/lam-viec/"


def test_the_root_leads_staff_to_their_work(client, province):
    account_of(province, "huong")
    assert client.get("/")["Location"].startswith("/tai-khoan/dang-nhap/")
    assert signed_in(client, province, "huong").get("/")["Location"] == "/lam-viec/"
