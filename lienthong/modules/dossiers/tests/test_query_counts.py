"""Pages of dossiers ask a fixed number of questions, however many dossiers there are: a ratchet that may only go down."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

pytestmark = pytest.mark.django_db
HOME = "/lam-viec/ho-so/"
QUESTIONS = {
    ("ngan", HOME): 18,
    ("bao", HOME): 18,
    ("dung", HOME): 18,
    ("bao", HOME + "{dossier}/"): 32,
    ("dung", HOME + "bang/"): 14,
    ("ngan", HOME + "tiep-nhan/?nguoi={applicant}&ttt={version}"): 25,
    ("ngan", HOME + "chua-ro/"): 10,
}


@pytest.mark.parametrize(("who", "address"), list(QUESTIONS))
def test_a_page_asks_no_more_than_agreed_and_no_more_for_more_rows(one_stop, browser, who, address):
    ids = {"applicant": one_stop.applicant.pk, "version": one_stop.building.pk}

    def asked() -> int:
        client = browser(who)
        client.get(address.format(**ids))
        with CaptureQueriesContext(connection) as seen:
            assert client.get(address.format(**ids)).status_code == 200
        return len(seen)

    ids["dossier"] = one_stop.at_step("3").pk
    few = asked()
    for _ in range(6):
        ids["dossier"] = one_stop.at_step("3").pk
    assert asked() == few
    assert few <= QUESTIONS[who, address]
