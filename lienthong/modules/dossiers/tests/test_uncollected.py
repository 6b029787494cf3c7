"""Results that nobody comes for."""

import io
from datetime import datetime, timedelta

import pytest
from pypdf import PdfReader

from lienthong.kit.dates import VIETNAM
from lienthong.modules.dossiers.models import Dossier
from lienthong.modules.dossiers.queries import lists

pytestmark = pytest.mark.django_db
HOME = "/lam-viec/ho-so/"
NOW = datetime(2026, 11, 20, 9, 0, tzinfo=VIETNAM)


@pytest.fixture
def waiting(one_stop):
    """A dossier whose result has been ready for so many days."""

    def make(days: float, moment: datetime = NOW) -> Dossier:
        dossier = one_stop.received()
        Dossier.objects.filter(pk=dossier.pk).update(
            state="ready", ended_at=moment - timedelta(days=days), punctuality="early", phone="0900000412"
        )
        return Dossier.objects.get(pk=dossier.pk)

    return make


def test_after_thirty_days_and_not_before_those_that_wait_longest_first(one_stop, waiting):
    waiting(29.9)
    later, longest = waiting(31), waiting(90)
    assert [row.pk for row in lists.uncollected(one_stop.actor("ngan"), NOW)] == [longest.pk, later.pk]
    assert lists.uncollected(one_stop.actor("tuyet"), NOW) == []
    assert lists.counts(one_stop.actor("ngan"), NOW)["chua-den-nhan"] == 2


def test_the_desk_reads_and_prints_them_with_the_telephone(one_stop, waiting, browser):
    row = waiting(40, datetime.now(VIETNAM))
    waiting(3, datetime.now(VIETNAM))
    text = browser("ngan").get(f"{HOME}?muc=chua-den-nhan").content.decode()
    assert row.code in text and "0900000412" in text and f"{HOME}chua-den-nhan.pdf" in text
    assert text.count('class="quiet b num"') == 1
    printed = browser("ngan").get(f"{HOME}chua-den-nhan.pdf")
    said = "".join(page.extract_text() for page in PdfReader(io.BytesIO(printed.content)).pages)
    assert printed["Content-Type"] == "application/pdf" and "Huỳnh Mỹ Duyên" in said and "0900000412" in said
    assert "Tổng số: 1 kết quả" in " ".join(said.split())
    assert browser("bao").get(f"{HOME}chua-den-nhan.pdf").status_code == 403
