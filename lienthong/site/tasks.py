"""Every background job of the installation, imported in one place for the worker; and those that come with the clock.

The worker reads the clock in UTC (Viet Nam is seven hours ahead). A worker that was away for more than ten minutes
skips what it missed: what must happen once a day is therefore tried every hour and does nothing the second time.
"""

from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from procrastinate import JobContext
from procrastinate.contrib.django import app

from lienthong.foundation.measures.actions.settle import settle
from lienthong.foundation.notify.actions.forget_letters import forget_letters
from lienthong.foundation.notify.actions.send_mail import send_letters, send_mail
from lienthong.foundation.notify.actions.send_sms import send_sms
from lienthong.foundation.outbox import tasks as outbox  # noqa: F401
from lienthong.foundation.trail.actions.anchor import anchor
from lienthong.foundation.work.actions.remind import remind
from lienthong.kit.dates import VIETNAM
from lienthong.modules.documents.actions import read_signatures
from lienthong.modules.dossiers.actions.answer_opinion import record_silence
from lienthong.modules.dossiers.actions.apologise import watch_deadlines
from lienthong.modules.dossiers.actions.approve_silently import approve_silently
from lienthong.modules.dossiers.actions.count import add_up
from lienthong.modules.dossiers.actions.publish_times import publish_times

CLOCK = "clock"  # the queue of everything below
KEPT_HOURS = 30 * 24
STALLED_SECONDS = 120  # a worker gives a sign of life every ten seconds


@app.periodic(cron="*/10 * * * *")
@app.task(name="clock.remind", queue=CLOCK, queueing_lock="clock.remind")
def remind_of_deadlines(timestamp: int) -> None:
    """Tell holders of debts that are due within a day or overdue."""
    remind(now=datetime.now(VIETNAM))


@app.periodic(cron="* * * * *")
@app.task(name="clock.mail", queue=CLOCK, queueing_lock="clock.mail")
def send_waiting_mail(timestamp: int) -> None:
    """Send what waits for e-mail, to staff and to people outside."""
    send_mail(now=datetime.now(VIETNAM))
    send_letters(now=datetime.now(VIETNAM))


@app.periodic(cron="* * * * *")
@app.task(name="clock.sms", queue=CLOCK, queueing_lock="clock.sms")
def send_waiting_sms(timestamp: int) -> None:
    """Send what waits for a text message."""
    send_sms(now=datetime.now(VIETNAM))


@app.periodic(cron="* * * * *")
@app.task(name="clock.measures", queue=CLOCK, queueing_lock="clock.measures")
def count_what_changed(timestamp: int) -> None:
    """Bring the figures up to the records, so that nobody who looks has to wait for it."""
    settle()


@app.periodic(cron="*/5 * * * *")
@app.task(name="clock.signatures", queue=CLOCK, queueing_lock="clock.signatures")
def look_for_signatures(timestamp: int) -> None:
    """In documents from before the system looked for them."""
    read_signatures.of_earlier(now=datetime.now(VIETNAM))


@app.periodic(cron="*/10 * * * *")
@app.task(name="clock.dossiers", queue=CLOCK, queueing_lock="clock.dossiers")
def watch_dossiers(timestamp: int) -> None:
    """Apologies in time, recorded silence, approval by silence, counts added up."""
    at = datetime.now(VIETNAM)
    watch_deadlines(now=at)
    record_silence(now=at)
    approve_silently(now=at)
    add_up()


@app.periodic(cron="7 * * * *")
@app.task(name="clock.anchor", queue=CLOCK, queueing_lock="clock.anchor")
def anchor_the_trail(timestamp: int) -> None:
    """Set the ends of the chains aside, once a day."""
    anchor(now=datetime.now(VIETNAM), folder=Path(settings.ANCHORS_ROOT))


@app.periodic(cron="*/5 * * * *")
@app.task(name="clock.retry_stalled", queue=CLOCK, queueing_lock="clock.retry_stalled", pass_context=True)
async def retry_stalled(context: JobContext, timestamp: int) -> None:
    """Jobs whose worker died in the middle go back into the queue. Every reaction may run twice."""
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_SECONDS):
        if job.id != context.job.id:
            await manager.retry_job(job)


@app.periodic(cron="50 18 * * *")
@app.task(name="clock.times", queue=CLOCK, queueing_lock="clock.times")
def publish_processing_times(timestamp: int) -> None:
    """What the public sees of processing times, once a day."""
    publish_times(now=datetime.now(VIETNAM))


@app.periodic(cron="40 18 * * 6")
@app.task(name="clock.remove_old", queue=CLOCK, queueing_lock="clock.remove_old", pass_context=True)
async def remove_old_jobs(context: JobContext, timestamp: int) -> None:
    """Finished jobs are forgotten after a month; failed ones stay until somebody has looked at them."""
    await context.app.job_manager.delete_old_jobs(nb_hours=KEPT_HOURS)


@app.periodic(cron="20 18 * * *")
@app.task(name="clock.sessions", queue=CLOCK, queueing_lock="clock.sessions")
def clear_sessions(timestamp: int) -> None:
    """Sessions that have ended leave the database, and so do letters of more than a year ago."""
    SessionStore.clear_expired()
    forget_letters(now=datetime.now(VIETNAM))
