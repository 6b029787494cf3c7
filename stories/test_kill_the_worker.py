"""A worker is killed with -9 in the middle of a reaction: after its restart everything is done, and nothing twice."""

import os
import random
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from lienthong.site.running.places import Home
from lienthong.site.running.postgres import ensure_running, stop
from lienthong.site.running.processes import worker_command
from stories.test_kill_anything import ROOT, environment, run

CLERKS = 2  # of the department and of the commune; the ministry is outside and gets a message


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    home = Home(tmp_path_factory.mktemp("worker") / "home")
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("DATABASE_URL", raising=False)
        address = ensure_running(home).url
        run(home, address, "from django.core.management import call_command; call_command('migrate', verbosity=0)")
        yield home, address
        stop(home)


@pytest.fixture
def installation(server):
    """A fresh copy with the small province and one issued letter, whose reactions no worker has begun."""
    home, address = server
    name = f"worker_{random.randrange(10**9)}"
    with psycopg.connect(address, autocommit=True, dbname="postgres") as link:
        link.execute(f"CREATE DATABASE {name} TEMPLATE lienthong")
    own = make_conninfo(address, dbname=name)
    run(home, own, LETTER)
    return home, own


@contextmanager
def worker(installation: tuple[Home, str]) -> Iterator[subprocess.Popen]:
    """The worker process as `./lt serve` starts it."""
    process = subprocess.Popen(worker_command(), cwd=ROOT, env=environment(*installation), start_new_session=True)
    try:
        yield process
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def eventually(address: str, question: str, seconds: float = 60) -> bool:
    """Whether the database answers the question with true within that time."""
    deadline = time.monotonic() + seconds
    with psycopg.connect(address, autocommit=True) as link:
        while time.monotonic() < deadline:
            if link.execute(question).fetchone()[0]:
                return True
            time.sleep(0.05)
    return False


WAITS = "SELECT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock')"
ONE_IS_HELD = "SELECT count(*) = 1 FROM procrastinate_jobs WHERE status = 'doing' AND queue_name = 'facts'"
ALL_DONE = "SELECT NOT EXISTS (SELECT FROM procrastinate_jobs WHERE queue_name = 'facts' AND status <> 'succeeded')"
MORE_DONE = "SELECT count(*) > {} FROM procrastinate_jobs WHERE status = 'succeeded' AND queue_name = 'facts'"
# Two minutes without a sign of life make a job a stalled one; the test does not wait for them.
TIME_PASSES = "UPDATE procrastinate_workers SET last_heartbeat = last_heartbeat - interval '10 minutes'"

HOLDS = {
    "reading text": "LOCK TABLE documents_document IN EXCLUSIVE MODE",
    "telling the first clerk": "LOCK TABLE notify_message IN EXCLUSIVE MODE",
    # Somebody else's row with the key of the last clerk's message, not committed: the first is told, the last waits.
    "telling the last clerk": """
        INSERT INTO notify_message (person_id, title, address, at, once, by_email)
        SELECT holding.person_id, '', '', now(), 'documents.arrived.' || incoming.id, false
        FROM documents_incoming incoming JOIN work_item item ON item.id = incoming.register_item_id
        JOIN organizations_holding holding ON holding.post_id = item.holder_id ORDER BY incoming.id DESC LIMIT 1
    """,
    "writing the message": "LOCK TABLE exchange_message IN EXCLUSIVE MODE",
}


@pytest.mark.slow
@pytest.mark.parametrize("moment", HOLDS)
def test_a_worker_killed_in_the_middle_of_a_reaction_does_all_in_the_end_and_nothing_twice(installation, moment):
    home, address = installation
    with psycopg.connect(address) as hold, worker(installation) as first:
        hold.execute(HOLDS[moment])
        assert eventually(address, WAITS), "the worker did not come to this point"
        assert eventually(address, ONE_IS_HELD)
        os.killpg(first.pid, signal.SIGKILL)
        first.wait()
        hold.rollback()

    assert eventually(address, ONE_IS_HELD)  # nobody has noticed yet
    with psycopg.connect(address, autocommit=True) as link:
        link.execute(TIME_PASSES)
    run(home, address, SWEEP)
    with worker(installation):
        assert eventually(address, ALL_DONE), "a reaction was lost with its worker"
    run(home, address, CHECK)


@pytest.mark.slow
def test_a_worker_killed_again_and_again_loses_no_reaction(installation):
    home, address = installation
    run(home, address, MORE_LETTERS)
    rng = random.Random(5)
    for killed in range(5):
        with worker(installation):
            assert eventually(address, MORE_DONE.format(killed * 10)), "no reaction is done any more"
            time.sleep(rng.random() / 5)
        with psycopg.connect(address, autocommit=True) as link:
            link.execute(TIME_PASSES)
        run(home, address, SWEEP)
    with worker(installation):
        assert eventually(address, ALL_DONE), "a reaction was lost with its worker"
    run(home, address, CHECK)


ISSUE = """
import io
from datetime import datetime
from lienthong.foundation.files.actions.store import store
from lienthong.foundation.organizations.models import Agency, Post
from lienthong.foundation.organizations.queries import actor_for_post
from lienthong.kit.dates import VIETNAM
from lienthong.modules.documents.actions.issue import issue
from lienthong.modules.documents.actions.register_outgoing import register_outgoing
from lienthong.modules.documents.rules import Attached, OutgoingDetails, Paper, Recipient
now = datetime.now(VIETNAM)
PDF = b"%PDF-1.4\\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\\n"
PDF += b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Contents 4 0 R/Resources<</Font<</F1 "
PDF += b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>endobj\\n"
def letter(place):
    text = b"BT /F1 12 Tf 20 100 Td (du toan %d) Tj ET" % place
    pdf = PDF + b"4 0 obj<</Length %d>>stream\\n%s\\nendstream endobj\\ntrailer<</Root 1 0 R>>\\nstartxref\\n0\\n%%%%EOF\\n" % (len(text), text)
    stored = store(stream=io.BytesIO(pdf), name="a.pdf", now=now)
    clerk = actor_for_post(Post.objects.filter(duties__contains=["clerk"]).order_by("pk").first().pk, now.date())
    row = register_outgoing(
        paper=Paper("TB", "", f"Thông báo {place}", now.date()), details=OutgoingDetails(),
        attached=[Attached(stored.pk, "a.pdf")], actor=clerk, now=now,
    )
    others = Agency.objects.exclude(pk=clerk.agency_id).values_list("pk", flat=True)
    issue(outgoing_id=row.pk, recipients=[Recipient(pk) for pk in others], to_places="", actor=clerk, now=now)
"""
LETTER = f"""
from stories.people import make_province
make_province()
{ISSUE}
letter(1)
"""
MORE_LETTERS = f"""
{ISSUE}
for place in range(2, 41):
    letter(place)
"""
# What the clock does every five minutes; it may have left the job there already.
SWEEP = """
from contextlib import suppress
from procrastinate.exceptions import AlreadyEnqueued
from lienthong.site import tasks
with suppress(AlreadyEnqueued):
    tasks.retry_stalled.defer(timestamp=0)
"""
CHECK = f"""
from collections import Counter
from lienthong.foundation.notify.models import Message
from lienthong.modules.documents.models import Document, Incoming, Outgoing
from lienthong.modules.exchange.models import Message as Sent
from stories.whole import assert_whole
assert_whole()
letters = Outgoing.objects.count()
told = Counter(Message.objects.values_list("once", flat=True))
assert told == Counter(f"documents.arrived.{{pk}}" for pk in Incoming.objects.values_list("pk", flat=True)), told
assert sum(told.values()) == {CLERKS} * letters
sent = Counter(Sent.objects.filter(direction="out").values_list("delivery__outgoing_id", flat=True))
assert sent == Counter(Outgoing.objects.values_list("pk", flat=True)), sent
assert all("du toan" in body for body in Document.objects.values_list("body", flat=True))
"""
