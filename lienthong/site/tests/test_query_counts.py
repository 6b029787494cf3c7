"""A list page asks the database a fixed number of questions, however many rows it shows: a ratchet.

The numbers may go down; one that goes up is a decision, made here in the open.
"""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lienthong.modules.documents.actions.enter_incoming import enter_incoming
from lienthong.modules.documents.actions.instruct import instruct
from lienthong.modules.documents.actions.issue import issue
from lienthong.modules.documents.actions.register_incoming import register_incoming
from lienthong.modules.documents.actions.register_outgoing import register_outgoing
from lienthong.modules.documents.models import Incoming
from lienthong.modules.documents.rules import Given, OutgoingDetails, Paper, Recipient
from lienthong.modules.documents.terms import Channel
from stories.accounts import signed_in

# (who looks, address) → how many questions. {incoming} and {outgoing} are rows of the department and the committee.
QUESTIONS = {
    ("oanh", "/lam-viec/van-ban/den/"): 7,
    ("oanh", "/lam-viec/van-ban/den/?tab=cho-vao-so"): 7,
    ("huong", "/lam-viec/van-ban/den/"): 10,
    ("lan", "/lam-viec/van-ban/di/"): 7,
    ("oanh", "/lam-viec/van-ban/den/{incoming}/"): 19,
    ("lan", "/lam-viec/van-ban/di/{outgoing}/"): 17,
    ("oanh", "/lam-viec/"): 8,
    ("huong", "/lam-viec/"): 8,
    # Dossiers are found in the same box, and the documents of a search before their rows: see `lists.matching`.
    ("oanh", "/lam-viec/tim/?q=kiểm+tra"): 13,
}


@pytest.fixture
def rows(province, pdf, now):
    """Adds so many letters of every kind and says which rows may be looked at."""

    def add(count: int) -> dict[str, int]:
        clerk, receiver, leader = province.actor("lan"), province.actor("oanh"), province.actor("phuoc")
        for place in range(count):
            sent = register_outgoing(
                paper=Paper("KH", "", f"kiểm tra đợt {place}", now.date()), details=OutgoingDetails(), attached=[pdf()],
                actor=clerk, now=now,
            )  # fmt: skip
            to = [Recipient(province.department.pk), Recipient(province.commune.pk)]
            issue(outgoing_id=sent.pk, recipients=to, to_places="", actor=clerk, now=now)
            here = Incoming.objects.get(delivery__outgoing=sent, agency=province.department)
            if place % 2:
                register_incoming(incoming_id=here.pk, actor=receiver, now=now, confirmed=True)
                given = [Given("lead", post_id=province.posts["huong"])]
                instruct(incoming_id=here.pk, text="Xử lý", given=given, due_at=None, actor=leader, now=now)
            enter_incoming(
                paper=Paper("CV", "Công văn", f"kiểm tra số {place}", now.date(), issuer_name="Bộ Xây dựng"), attached=(),
                channel=Channel.PAPER, arrived_at=now, actor=receiver, now=now, confirmed=True,
            )  # fmt: skip
        return {"incoming": here.pk, "outgoing": sent.pk}

    return add


@pytest.mark.parametrize(("name", "address"), QUESTIONS)
def test_a_page_asks_as_much_for_twelve_rows_as_for_two(name, address, rows, province, client):
    viewer = signed_in(client, province, name)
    viewer.get("/lam-viec/phim-tat/")  # the first page of a day also notes that somebody is there
    few = _asked(viewer, address.format(**rows(2)))
    many = _asked(viewer, address.format(**rows(10)))
    assert (few, many) == (QUESTIONS[name, address],) * 2


def _asked(viewer, address: str) -> int:
    viewer.get(address)  # what is kept from the first time on is not counted
    with CaptureQueriesContext(connection) as seen:
        answer = viewer.get(address)
    assert answer.status_code == 200, address
    return len(seen)
