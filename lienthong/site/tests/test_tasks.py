"""What acts have left for the worker is done by a worker, and what comes with the clock is known to it."""

import email
import email.policy
import socket
from datetime import datetime, timedelta
from unittest import mock

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message as Handler
from croniter import croniter
from django.contrib.sessions.models import Session
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.periodic import PeriodicRegistry

from lienthong.foundation.notify.actions.send_mail import send_mail
from lienthong.foundation.notify.actions.tell import tell
from lienthong.foundation.notify.models import Message, Preference
from lienthong.foundation.organizations.models import Holding, Person
from lienthong.foundation.trail.models import Anchor
from lienthong.foundation.work.actions.open_item import open_item
from lienthong.kit.dates import VIETNAM
from lienthong.modules.documents.actions.issue import issue
from lienthong.modules.documents.actions.register_outgoing import register_outgoing
from lienthong.modules.documents.rules import OutgoingDetails, Paper, Recipient
from lienthong.site import tasks
from stories.people import make_province


def run_worker() -> None:
    """What the worker process does with the jobs that wait, until nothing waits any more.

    Without the clock: a worker that starts also queues what was due in the last ten minutes, beside the jobs of a
    test, and sooner or later than them as it happens.
    """
    with (
        app.replace_connector(app.connector.get_worker_connector()) as working,
        mock.patch.object(app, "periodic_registry", PeriodicRegistry()),
    ):
        working.run_worker(wait=False, install_signal_handlers=False, listen_notify=False)


def person_in(post_id: int) -> Person:
    return Holding.objects.get(post=post_id).person


class Postbox(Handler):
    """Keeps what arrives; refuses the addresses at `nowhere.example` as a real server would."""

    def __init__(self):
        super().__init__()
        self.mails: list[email.message.EmailMessage] = []

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.endswith("@nowhere.example"):
            return "550 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    def handle_message(self, message):
        self.mails.append(email.message_from_bytes(message.as_bytes(), policy=email.policy.default))


@pytest.fixture
def postbox(settings):
    box = Postbox()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    settings.MAIL_ENABLED = True
    yield box
    controller.stop()


def test_a_letter_is_announced_to_the_receivers_clerk_by_the_worker_and_by_mail(committed, postbox, pdf_committed, now):
    province = make_province()
    lan = province.actor("lan")
    sent = register_outgoing(
        paper=Paper("KH", "", "Kế hoạch chuyển đổi số năm 2027", now.date(), signer_name="Trương Minh Châu"),
        details=OutgoingDetails(), attached=[pdf_committed()], actor=lan, now=now,
    )  # fmt: skip
    issue(outgoing_id=sent.pk, recipients=[Recipient(province.department.pk)], to_places="", actor=lan, now=now)
    clerk = person_in(province.posts["oanh"])
    assert not Message.objects.filter(person=clerk).exists()

    run_worker()

    assert Message.objects.filter(person=clerk).count() == 1
    assert not ProcrastinateJob.objects.filter(queue_name="facts").exclude(status="succeeded").exists()

    tasks.send_waiting_mail.defer(timestamp=0)
    run_worker()

    mail = next(mail for mail in postbox.mails if mail["To"] == clerk.email)
    assert "Kế hoạch chuyển đổi số" in mail["Subject"]
    assert "http://localhost:8000/lam-viec/" in mail.get_content()
    assert not Message.objects.filter(emailed_at__isnull=True).exists()
    count = len(postbox.mails)
    tasks.send_waiting_mail.defer(timestamp=60)
    run_worker()
    assert len(postbox.mails) == count


def test_the_clock_reminds_anchors_and_clears(committed, settings):
    province = make_province()
    now = datetime.now(VIETNAM)
    open_item(
        kind="documents.handle", verb="Xử lý", title="công văn đã trễ", address="/lam-viec/", holder_id=province.posts["huong"],
        opened_at=now - timedelta(days=9), due_at=now - timedelta(days=1),
    )  # fmt: skip
    Session.objects.create(session_key="old", session_data="", expire_date=timezone.now() - timedelta(days=1))
    Session.objects.create(session_key="new", session_data="", expire_date=timezone.now() + timedelta(days=1))
    for task in (tasks.remind_of_deadlines, tasks.anchor_the_trail, tasks.clear_sessions, tasks.remove_old_jobs):
        task.defer(timestamp=0)

    run_worker()

    huong = person_in(province.posts["huong"])
    assert Message.objects.get(person=huong).title.startswith("Quá hạn")
    assert Anchor.objects.filter(day=now.date()).exists()
    assert list(settings.ANCHORS_ROOT.iterdir()) == [settings.ANCHORS_ROOT / f"{now:%Y-%m-%d}.txt"]
    assert list(Session.objects.values_list("session_key", flat=True)) == ["new"]
    assert not ProcrastinateJob.objects.filter(status="failed").exists()


def test_a_job_whose_worker_died_runs_again(committed):
    """Its row says "doing", and the worker that took it has given no sign of life for long."""
    from django.db import connection

    province = make_province()
    now = datetime.now(VIETNAM)
    open_item(
        kind="documents.handle", verb="Xử lý", title="công văn đã trễ", address="/lam-viec/", holder_id=province.posts["huong"],
        opened_at=now - timedelta(days=9), due_at=now - timedelta(days=1),
    )  # fmt: skip
    job = tasks.remind_of_deadlines.defer(timestamp=0)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '1 hour') RETURNING id"
        )
        dead = cursor.fetchone()[0]
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing', worker_id = %s WHERE id = %s", [dead, job])
    run_worker()
    assert not Message.objects.exists()

    tasks.retry_stalled.defer(timestamp=0)
    run_worker()

    assert ProcrastinateJob.objects.get(pk=job).status == "succeeded"
    assert Message.objects.filter(person=person_in(province.posts["huong"])).count() == 1


def test_everything_that_comes_with_the_clock_has_a_time():
    known = {name: entry.cron for (name, _), entry in app.periodic_registry.periodic_tasks.items()}
    assert known.keys() >= {
        "clock.remind", "clock.mail", "clock.anchor", "clock.retry_stalled", "clock.remove_old", "clock.sessions",
    }  # fmt: skip
    assert all(croniter.is_valid(cron) for cron in known.values())


@pytest.mark.django_db
def test_an_address_that_is_refused_does_not_hold_up_the_mail_behind_it(province, postbox, now):
    one, other, third = (person_in(province.posts[name]) for name in ("lan", "oanh", "gam"))
    Person.objects.filter(pk=one.pk).update(email="lan@nowhere.example")
    Preference.objects.create(person=third, email=False)
    tell(people=[one.pk, other.pk, third.pk], title="Công văn đến\nsố 5", address="/lam-viec/", once="x", now=now)
    assert send_mail(now=now) == 1
    assert [(mail["To"], mail["Subject"]) for mail in postbox.mails] == [(other.email, "Công văn đến số 5")]
    assert send_mail(now=now) == 0


@pytest.mark.django_db
def test_no_mail_is_lost_while_the_mail_server_is_away(province, postbox, settings, now):
    tell(people=[person_in(province.posts["lan"]).pk], title="Việc mới", address="/lam-viec/", once="x", now=now)
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 1
    with pytest.raises(OSError):
        send_mail(now=now)
    assert Message.objects.filter(emailed_at__isnull=True).count() == 1
    settings.EMAIL_PORT = port
    assert send_mail(now=now) == 1
    assert len(postbox.mails) == 1


@pytest.mark.django_db
def test_without_a_mail_server_messages_wait_unsent(province, settings, now):
    settings.MAIL_ENABLED = False
    tell(people=[person_in(province.posts["lan"]).pk], title="Việc mới", address="/lam-viec/", once="x", now=now)
    assert send_mail(now=now) == 0
    assert Message.objects.filter(emailed_at__isnull=True).count() == 1
