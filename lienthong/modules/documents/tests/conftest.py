"""A letter at each step of its way, for the tests of the acts."""

from datetime import datetime

import pytest

from lienthong.modules.documents.actions.instruct import instruct
from lienthong.modules.documents.actions.issue import issue
from lienthong.modules.documents.actions.register_incoming import register_incoming
from lienthong.modules.documents.actions.register_outgoing import register_outgoing
from lienthong.modules.documents.models import Incoming, Outgoing
from lienthong.modules.documents.rules import Given, OutgoingDetails, Paper, Recipient


class Way:
    """Takes one letter from the committee to the department as far as a test wants."""

    def __init__(self, province, pdf, now: datetime):
        self.province, self.pdf, self.now = province, pdf, now

    def registered(self, subject: str = "Kế hoạch chuyển đổi số năm 2027", **paper) -> Outgoing:
        return register_outgoing(
            paper=Paper("KH", "", subject, self.now.date(), **paper), details=OutgoingDetails(), attached=[self.pdf()],
            actor=self.province.actor("lan"), now=self.now,
        )  # fmt: skip

    def issued(self, *agencies, **paper) -> Outgoing:
        sent = self.registered(**paper)
        to = [Recipient(agency.pk) for agency in agencies or [self.province.department]]
        return issue(outgoing_id=sent.pk, recipients=to, to_places="", actor=self.province.actor("lan"), now=self.now)

    def arrived(self, **paper) -> Incoming:
        return Incoming.objects.get(delivery__outgoing=self.issued(**paper))

    def taken_in(self, **paper) -> Incoming:
        row = self.arrived(**paper)
        return register_incoming(incoming_id=row.pk, actor=self.province.actor("oanh"), now=self.now)

    def given(self, *lines: Given, due_at=None) -> Incoming:
        row = self.taken_in()
        lines = lines or (Given("lead", post_id=self.province.posts["huong"]),)
        return instruct(
            incoming_id=row.pk,
            text="Giao xử lý.",
            given=list(lines),
            due_at=due_at,
            actor=self.province.actor("phuoc"),
            now=self.now,
        )


@pytest.fixture
def way(province, pdf, now) -> Way:
    return Way(province, pdf, now)
