"""What the public page counts, and that it counts only."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lienthong.kit.dates import VIETNAM
from lienthong.modules.dossiers.actions.end_early import withdraw
from lienthong.modules.dossiers.models import Dossier
from lienthong.modules.dossiers.queries.board import public_queue
from lienthong.modules.dossiers.views import public

pytestmark = pytest.mark.django_db


def at(day: int, hour: int, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, 0, tzinfo=VIETNAM)


def the_commune(moment: datetime):
    return [
        (row.name, row.received, row.done, row.in_time, row.open, row.overdue)
        for row in public_queue(moment.date().replace(day=1), moment.date(), moment)
    ]


def test_received_handled_overdue_and_in_time_are_counted_per_agency(one_stop):
    name = one_stop.province.commune.name
    first, second = one_stop.received(now=at(2, 8)), one_stop.received(now=at(20, 8))
    assert the_commune(at(20, 9)) == [(name, 2, 0, 0, 2, 1)]
    withdraw(dossier_id=first.pk, reason="Không cần nữa", actor=one_stop.actor("ngan"), now=at(20, 10))
    assert the_commune(at(20, 11)) == [(name, 2, 0, 0, 1, 0)]
    assert the_commune(at(1, 9, month=12)) == [(name, 0, 0, 0, 1, int(second.due_at < at(1, 9, month=12)))]


def test_a_share_is_given_only_where_something_was_done(one_stop):
    one_stop.received(now=at(20, 8))
    row = public_queue(at(1, 0).date(), at(20, 0).date(), at(20, 9))[0]
    assert row.share is None


def test_the_page_shows_counts_and_nothing_personal_and_asks_once_a_minute(one_stop, client):
    public._queue_of.cache_clear()
    dossier = one_stop.received(now=datetime.now(VIETNAM) - timedelta(minutes=5))
    text = client.get("/tra-cuu-ho-so/").content.decode()
    assert one_stop.province.commune.name in text and "Tình hình giải quyết" in text
    assert dossier.code not in text and dossier.applicant_name not in text
    minute = public._queue_of.cache_info()
    with CaptureQueriesContext(connection) as seen:
        for _ in range(3):
            client.get("/tra-cuu-ho-so/")
    asked = [one["sql"] for one in seen if "dossiers_tally" in one["sql"]]
    assert len(asked) <= 1 and minute.misses >= 1  # at most one, should the minute turn between
    assert "Tình hình" not in client.get(f"/tra-cuu-ho-so/?ma={dossier.code}").content.decode()
    assert Dossier.objects.count() == 1
    public._queue_of.cache_clear()


def test_a_code_is_found_however_it_is_typed_on_a_telephone(one_stop, client):
    code = one_stop.received(now=datetime.now(VIETNAM) - timedelta(minutes=5)).code
    for typed in (code, code.lower(), f" {code[:6]} {code[6:]} "):
        assert client.get("/tra-cuu-ho-so/", {"ma": typed}).context["found"]["code"] == code


def test_public_pages_say_whose_they_are_and_the_entrance_leads_to_them(one_stop, client):
    public._owner_of.cache_clear()
    owner = one_stop.province.committee.name
    for address in ("/tra-cuu-ho-so/", "/tra-cuu-ho-so/thoi-gian/", "/thu-tuc/"):
        assert owner in client.get(address).content.decode(), address
    entrance = client.get("/", follow=True).content.decode()
    assert 'href="/thu-tuc/"' in entrance and 'href="/tra-cuu-ho-so/"' in entrance
    public._owner_of.cache_clear()


def test_who_loses_the_way_outside_is_led_to_public_pages_and_not_to_a_sign_in(client, db):
    page = client.get("/thu-tuc/9.999999/")
    text = page.content.decode()
    assert page.status_code == 404 and 'href="/tra-cuu-ho-so/"' in text and "Về Việc của tôi" not in text
