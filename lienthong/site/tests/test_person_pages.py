from datetime import timedelta

import pytest
from django.db import DatabaseError

from lienthong.foundation.notify.actions.tell import tell
from lienthong.foundation.notify.models import Message
from lienthong.modules.documents.actions.issue import issue
from lienthong.modules.documents.actions.register_outgoing import register_outgoing
from lienthong.modules.documents.rules import OutgoingDetails, Paper, Recipient
from stories.accounts import signed_in

pytestmark = pytest.mark.django_db
SEARCH = "/lam-viec/tim/"


@pytest.fixture
def plan(province, pdf, now):
    """A plan of the committee that has arrived in the department."""
    lan = province.actor("lan")
    sent = register_outgoing(
        paper=Paper(
            "KH", "", "Kế hoạch chuyển đổi số tỉnh Sơn Hải năm 2027", now.date(), signer_name="Trương Minh Châu"
        ),
        details=OutgoingDetails(),
        attached=[pdf()],
        actor=lan,
        now=now,
    )
    issue(outgoing_id=sent.pk, recipients=[Recipient(province.department.pk)], to_places="", actor=lan, now=now)
    return sent


@pytest.mark.parametrize("words", ["chuyển đổi số", "chuyen doi so", "CHUYEN DOI", "01/KH-UBND", "01/kh-ubnd"])
def test_search_finds_with_and_without_diacritics_and_by_number(client, province, plan, words):
    page = signed_in(client, province, "oanh").get(SEARCH, {"q": words})
    assert [row.document.subject for row in page.context["found"].incoming.rows] == [plan.document.subject]
    assert "số tỉnh Sơn Hải" in page.content.decode()


def test_search_shows_nobody_what_they_may_not_see(client, province, plan):
    for name in ("huong", "gam", "minh"):
        found = signed_in(client, province, name).get(SEARCH, {"q": "chuyen doi so"}).context["found"]
        assert not found.incoming.rows, name
        assert not found.outgoing.rows, name
    found = signed_in(client, province, "chau").get(SEARCH, {"q": "chuyen doi so"}).context["found"]
    assert len(found.outgoing.rows) == 1


@pytest.mark.parametrize(
    ("filters", "hits"),
    [
        ({"nguoi-ky": "Minh Châu"}, 1),
        ({"nguoi-ky": "Ai đó"}, 0),
        ({"tac-gia": "Sơn Hải"}, 1),
        ({"ten-loai": "KH"}, 1),
        ({"ten-loai": "QĐ"}, 0),
        ({"tu": "2026-11-20", "den": "2026-11-20"}, 1),
        ({"tu": "2026-11-21"}, 0),
        ({"q": "chuyen doi", "tu": "khong-phai-ngay"}, 1),
    ],
)
def test_filters_narrow_what_was_found(client, province, plan, filters, hits):
    found = signed_in(client, province, "oanh").get(SEARCH, filters).context["found"]
    assert len(found.incoming.rows) == hits


def test_the_directory_finds_agencies_and_people(client, province):
    signed_in(client, province, "huong")
    found = client.get(SEARCH, {"q": "xay dung"}).context["found"]
    assert {agency.name for agency in found.agencies} == {"Sở Xây dựng", "Bộ Xây dựng"}
    people = client.get(SEARCH, {"q": "thinh hoang"}).context["found"].people
    assert [(one.name, one.post_name, one.agency_name) for one in people] == [
        ("Hoàng Đức Thịnh", "Trưởng phòng", "Sở Xây dựng")
    ]


@pytest.mark.parametrize(
    "words", ["%", "_", "'; DROP TABLE x; --", "<script>alert(1)</script>", "\x00", "a" * 500, "🙂"]
)
def test_search_survives_strange_words(client, province, words):
    answer = signed_in(client, province, "oanh").get(SEARCH, {"q": words})
    assert answer.status_code == 200
    assert "<script>alert" not in answer.content.decode()


def test_an_empty_search_shows_nothing_and_says_how(client, province, plan):
    page = signed_in(client, province, "oanh").get(SEARCH)
    assert not page.context["found"].asked
    assert "Không dấu cũng được" in page.content.decode()


def test_messages_lead_on_and_are_then_read(client, province, now):
    huong, khoa = province.actor("huong"), province.actor("khoa")
    for n in range(3):
        tell(
            people=[huong.person_id, khoa.person_id],
            title=f"Sắp đến hạn {n}",
            address="/lam-viec/phim-tat/",
            once=f"t{n}",
            now=now,
        )
    signed_in(client, province, "huong")
    page = client.get("/lam-viec/thong-bao/").content.decode()
    assert "3 thông báo chưa đọc" in page
    assert page.index("Sắp đến hạn 2") < page.index("Sắp đến hạn 0"), "newest first"
    first = Message.objects.filter(person_id=huong.person_id).earliest("id")
    assert client.get(f"/lam-viec/thong-bao/{first.pk}/")["Location"] == "/lam-viec/phim-tat/"
    assert "Sắp đến hạn 0" not in client.get("/lam-viec/thong-bao/", {"loc": "chua-doc"}).content.decode()
    client.post("/lam-viec/thong-bao/")
    assert "Đã đọc hết" in client.get("/lam-viec/thong-bao/").content.decode()
    assert Message.objects.filter(person_id=khoa.person_id, read_at__isnull=True).count() == 3


def test_a_message_of_somebody_else_does_not_exist(client, province, now):
    khoa = province.actor("khoa")
    tell(people=[khoa.person_id], title="Riêng", address="/lam-viec/", once="r", now=now)
    message = Message.objects.get()
    assert signed_in(client, province, "huong").get(f"/lam-viec/thong-bao/{message.pk}/").status_code == 404
    message.refresh_from_db()
    assert message.read_at is None


def test_the_bell_counts_up_to_ninety_nine(client, province, now):
    huong = province.actor("huong")
    for n in range(120):
        tell(people=[huong.person_id], title="x", address="/lam-viec/", once=str(n), now=now + timedelta(seconds=n))
    assert "Thông báo, 99+ chưa đọc" in signed_in(client, province, "huong").get("/lam-viec/").content.decode()


def test_every_page_carries_a_policy_without_inline_script(client, province):
    from html.parser import HTMLParser

    class Inline(HTMLParser):
        found: list[str] = []

        def handle_starttag(self, tag, attrs):
            attrs = dict(attrs)
            if tag == "script" and "src" not in attrs and attrs.get("type") != "application/json":
                self.found.append(self.get_starttag_text())
            if "style" in attrs or tag == "style" or any(name.startswith("on") for name in attrs):
                self.found.append(self.get_starttag_text())

    addresses = ["/tai-khoan/dang-nhap/", "/khong-co-trang-nay/"]
    answers = [client.get(address) for address in addresses]
    signed_in(client, province, "huong")
    answers += [
        client.get(address)
        for address in (
            "/lam-viec/",
            "/lam-viec/tim/?q=so",
            "/lam-viec/thong-bao/",
            "/lam-viec/phim-tat/",
            "/tai-khoan/",
            "/tai-khoan/khoa/",
        )
    ]
    for answer in answers:
        policy = answer["Content-Security-Policy"]
        assert "default-src 'self'" in policy
        assert "unsafe" not in policy
        Inline.found = []
        Inline().feed(answer.content.decode())
        assert not Inline.found


def test_the_language_is_vietnamese_whatever_the_browser_prefers(client, province):
    page = client.get("/tai-khoan/dang-nhap/", headers={"accept-language": "en-US,en;q=0.9"})
    assert '<html lang="vi">' in page.content.decode()
    assert page["Content-Language"] == "vi"
    refused = client.post("/tai-khoan/dang-nhap/", {}, headers={"accept-language": "en"})
    assert "This field" not in refused.content.decode()
    assert "Trường này" in refused.content.decode()


def test_health_answers_strangers_and_says_when_the_database_is_away(client, db, monkeypatch):
    assert client.get("/khoe").json() == {"database": "ok"}

    class Away:
        def cursor(self):
            raise DatabaseError

    monkeypatch.setattr("lienthong.site.health.connection", Away())
    assert client.get("/khoe").status_code == 503


def test_the_page_for_a_lost_address_is_plain_for_strangers_and_framed_for_staff(client, province):
    stranger = client.get("/khong-co-trang-nay/")
    assert stranger.status_code == 404
    assert "Không có trang này" in stranger.content.decode()
    staff = signed_in(client, province, "huong").get("/lam-viec/khong-co-trang-nay/")
    assert staff.status_code == 404
    assert "Việc của tôi" in staff.content.decode()
