"""Some of everything that can be counted, done through the acts in the small province."""

from collections.abc import Callable
from datetime import datetime, timedelta

from lienthong.modules.documents.actions.enter_incoming import enter_incoming
from lienthong.modules.documents.actions.issue import issue
from lienthong.modules.documents.actions.recall import recall
from lienthong.modules.documents.actions.register_incoming import register_incoming
from lienthong.modules.documents.actions.register_outgoing import register_outgoing
from lienthong.modules.documents.models import Incoming
from lienthong.modules.documents.rules import Attached, OutgoingDetails, Paper, Recipient
from lienthong.modules.documents.terms import Channel
from lienthong.modules.dossiers.actions.decide import decide
from lienthong.modules.dossiers.actions.end_early import withdraw
from lienthong.modules.dossiers.actions.finish_step import finish_step
from lienthong.modules.dossiers.actions.give_back import give_back
from lienthong.modules.dossiers.actions.note_payment import Paid, note_payment
from lienthong.modules.dossiers.actions.rate import rate_at_desk
from lienthong.modules.dossiers.terms import Grade, Outcome, PaidBy, ResultWay
from stories.one_stop import OneStop
from stories.people import Province


def some_of_everything(province: Province, one_stop: OneStop, pdf: Callable[..., Attached], now: datetime) -> None:
    """Five letters (one recalled, one by hand), four dossiers (one withdrawn, one returned and rated; two paid for, one of them twice)."""
    letters(province, pdf, now)
    dossiers(one_stop, now)


def letters(province: Province, pdf: Callable[..., Attached], now: datetime) -> None:
    clerk, receiver = province.actor("lan"), province.actor("oanh")
    for place in range(4):
        then = now + timedelta(hours=place)
        sent = register_outgoing(
            paper=Paper("KH", "", f"kiểm tra đợt {place}", now.date()), details=OutgoingDetails(), attached=[pdf()],
            actor=clerk, now=then,
        )  # fmt: skip
        to = [Recipient(province.department.pk, paper_too=place == 1), Recipient(province.commune.pk)]
        issue(outgoing_id=sent.pk, recipients=to, to_places="", actor=clerk, now=then)
        if place:
            here = Incoming.objects.get(delivery__outgoing=sent, agency=province.department)
            register_incoming(incoming_id=here.pk, actor=receiver, now=then + timedelta(minutes=30), confirmed=True)
        if place == 3:
            recall(outgoing_id=sent.pk, reason="sai số liệu", actor=clerk, now=then + timedelta(hours=1))
    enter_incoming(
        paper=Paper("CV", "Công văn", "kiểm tra", now.date(), issuer_name="Bộ Xây dựng"), attached=(), channel=Channel.PAPER,
        arrived_at=now, actor=receiver, now=now, confirmed=True,
    )  # fmt: skip


def dossiers(one_stop: OneStop, now: datetime) -> None:
    paid = one_stop.received(now=now), one_stop.received(now=now, version=one_stop.household, channel="online")
    for place, (dossier, way) in enumerate([(paid[0], PaidBy.CASH), (paid[1], PaidBy.ONLINE), (paid[1], PaidBy.CASH)]):
        bill = Paid("Lệ phí", 50_000, way, f"BL{place}", now)
        note_payment(dossier_id=dossier.pk, paid=bill, actor=one_stop.actor("ngan"), now=now)
    gone = one_stop.received(now=now)
    withdraw(dossier_id=gone.pk, reason="không làm nữa", actor=one_stop.actor("ngan"), now=now + timedelta(hours=1))
    done = one_stop.received(version=one_stop.household, now=now)
    later = now + timedelta(hours=1)
    for _ in range(2):
        run = one_stop.open_run(done)
        to = one_stop.province.posts["bao"] if run.key == "2" else None
        finish_step(run_id=run.pk, actor=one_stop.holder(run), now=later, to_post_id=to)
    run = one_stop.open_run(done)
    decide(run_id=run.pk, outcome=Outcome.REFUSED, reason="Ngành nghề bị cấm", actor=one_stop.actor("dung"), now=later)
    while True:
        done.refresh_from_db()
        run = one_stop.open_run(done) if done.state == "in_progress" else None
        if run is None:
            break
        finish_step(run_id=run.pk, actor=one_stop.holder(run), now=later)
    give_back(
        dossier_id=done.pk, way=ResultWay.DESK, taken_by="Huỳnh Mỹ Duyên", actor=one_stop.actor("ngan"), now=later
    )
    rate_at_desk(
        dossier_id=done.pk, grade=Grade.GOOD, criteria=[1] * 5, comment="", actor=one_stop.actor("ngan"), now=later
    )
