"""Numbers that no ordinary sender or reader would write are understood or left out; they break nothing."""

from io import BytesIO

import pytest

from lienthong.foundation.access.rules import system_actor
from lienthong.modules.documents.actions.register_outgoing import register_outgoing
from lienthong.modules.documents.models import Incoming
from lienthong.modules.documents.rules import OutgoingDetails, Paper
from lienthong.modules.exchange.actions.take_in import take_in
from lienthong.modules.exchange.tests.letters import PDF, with_attachment
from stories.accounts import signed_in

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("written", "urgency"), [("-1", 0), ("2", 2), ("99", 3)])
def test_a_priority_outside_the_scale_becomes_the_nearest_urgency(province, now, written, urgency):
    message = with_attachment("a.pdf", PDF).replace(
        b"</MessageHeader>", f"<OtherInfo><Priority>{written}</Priority></OtherInfo></MessageHeader>".encode()
    )
    outcome = take_in(source=BytesIO(message), file_name="x.edxml", actor=system_actor(), now=now)
    assert outcome.state == "done"
    assert Incoming.objects.get().document.urgency == urgency


@pytest.mark.parametrize("page", ["99999999999999999999", "9" * 5000, "-1", "x"])
def test_a_page_number_that_cannot_be_is_the_first_page(client, province, page):
    answer = signed_in(client, province, "lan").get("/lam-viec/lien-thong/", {"trang": page})
    assert answer.status_code == 200 and answer.context["number"] == 1


@pytest.mark.parametrize("chosen", ["99999999999999999999", "9" * 5000, "x"])
def test_a_list_of_receivers_that_cannot_be_chooses_nobody(client, province, now, pdf, chosen):
    sent = register_outgoing(
        paper=Paper("CV", "", "Về việc thử", now.date()), details=OutgoingDetails(), attached=[pdf()],
        actor=province.actor("lan"), now=now,
    )  # fmt: skip
    answer = signed_in(client, province, "lan").get(f"/lam-viec/van-ban/di/{sent.pk}/phat-hanh/", {"danh-sach": chosen})
    assert answer.status_code == 200 and answer.context["to"] == set()
