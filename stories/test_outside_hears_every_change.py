"""Receivers outside hear of every change of a document, each once."""

from dataclasses import fields
from datetime import timedelta

import pytest

from lienthong.modules.documents.actions.issue import issue
from lienthong.modules.documents.actions.register_outgoing import register_outgoing
from lienthong.modules.documents.actions.update import Changes, update
from lienthong.modules.documents.facts import RequestMade
from lienthong.modules.documents.rules import OutgoingDetails, Paper, Recipient
from lienthong.modules.exchange.actions import send_outside
from lienthong.modules.exchange.models import Message

pytestmark = pytest.mark.django_db


def test_a_second_update_reaches_the_outside_too_and_a_repeated_reaction_writes_nothing_new(
    province, pdf, now, monkeypatch
):
    told: list[RequestMade] = []
    monkeypatch.setattr("lienthong.modules.documents.actions.ask_receivers.put", lambda *facts: told.extend(facts))
    lan = province.actor("lan")
    sent = register_outgoing(
        paper=Paper("KH", "", "Kế hoạch", now.date()), details=OutgoingDetails(), attached=[pdf()], actor=lan, now=now
    )
    issue(outgoing_id=sent.pk, recipients=[Recipient(province.ministry.pk)], to_places="", actor=lan, now=now)
    for place, subject in enumerate(("Kế hoạch, sửa", "Kế hoạch, sửa lần hai"), 1):
        update(
            outgoing_id=sent.pk, changes=Changes(subject=subject), attached=(), reason="Sai chính tả", actor=lan,
            now=now + timedelta(minutes=place),
        )  # fmt: skip
    for fact in (*told, *told):
        send_outside.of_request(fact, now=now)
    assert len(told) == 2 and [field.name for field in fields(RequestMade)][-1] == "serial"
    assert Message.objects.filter(direction="out", kind="update").count() == 2
