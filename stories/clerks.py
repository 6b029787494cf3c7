"""A clerk as a process of its own, to be raced and killed: `python -m stories.clerks WHAT COUNT SEED`.

WHAT is `numbers` (takes numbers of the outgoing book), `letters` (registers and issues letters to every agency) or
`dossiers` (receives dossiers at a counter and passes their first step).
Every fifth attempt fails on purpose after the number was taken, as a clerk's form may.
"""

import os
import random
import sys
import threading
from datetime import datetime


class Stumble(Exception):
    """The purposeful failure."""


def main(what: str, count: int, seed: int) -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lienthong.site.settings")
    django.setup()
    work = {"numbers": numbers, "letters": letters, "dossiers": dossiers}[what]
    clerks = [threading.Thread(target=work, args=(count, seed * 100 + place)) for place in range(5)]
    for clerk in clerks:
        clerk.start()
    for clerk in clerks:
        clerk.join()


def _clerk():
    from lienthong.foundation.organizations.models import Post
    from lienthong.foundation.organizations.queries import actor_for_post

    today = _now().date()
    return actor_for_post(Post.objects.filter(duties__contains=["clerk"]).order_by("pk").first().pk, today)


def _now() -> datetime:
    from lienthong.kit.dates import VIETNAM

    return datetime.now(VIETNAM)


def numbers(count: int, seed: int) -> None:
    from django.db import transaction

    from lienthong.foundation.numbering.actions.reserve import reserve
    from lienthong.foundation.numbering.models import Series

    rng, actor = random.Random(seed), _clerk()
    series = Series.objects.get(agency_id=actor.agency_id, book="outgoing").pk
    done = 0
    while done < count:
        try:
            with transaction.atomic():
                reserve(series_id=series, count=1, reason="đua", actor=actor, now=_now())
                if rng.random() < 0.2:
                    raise Stumble
            done += 1
        except Stumble:
            pass


def letters(count: int, seed: int) -> None:
    from django.db import transaction

    from lienthong.foundation.files.models import StoredFile
    from lienthong.foundation.organizations.models import Agency
    from lienthong.modules.documents.actions.issue import issue
    from lienthong.modules.documents.actions.register_outgoing import register_outgoing
    from lienthong.modules.documents.rules import Attached, OutgoingDetails, Paper, Recipient

    rng, actor = random.Random(seed), _clerk()
    stored = StoredFile.objects.first()
    to = [Recipient(pk) for pk in Agency.objects.exclude(pk=actor.agency_id).values_list("pk", flat=True)]
    for place in range(count):
        now = _now()
        try:
            with transaction.atomic():
                row = register_outgoing(
                    paper=Paper("TB", "", f"Thông báo {seed}-{place}", now.date()), details=OutgoingDetails(),
                    attached=[Attached(stored.pk, "a.pdf")], actor=actor, now=now,
                )  # fmt: skip
                if rng.random() < 0.2:
                    raise Stumble
            issue(outgoing_id=row.pk, recipients=to, to_places="", actor=actor, now=now)
        except Stumble:
            pass


def dossiers(count: int, seed: int) -> None:
    from django.db import transaction

    from lienthong.foundation.organizations.models import Post
    from lienthong.foundation.organizations.queries import actor_for_post
    from lienthong.modules.citizens.models import Applicant
    from lienthong.modules.dossiers.actions.finish_step import finish_step
    from lienthong.modules.dossiers.actions.receive import receive
    from lienthong.modules.dossiers.models import StepRun
    from lienthong.modules.dossiers.rules import Intake
    from lienthong.modules.procedures.models import Offering, Version

    rng, today = random.Random(seed), _now().date()
    desk = actor_for_post(Post.objects.filter(duties__contains=["desk"]).order_by("pk").first().pk, today)
    version, applicant = Version.objects.get(procedure__code="9.900002"), Applicant.objects.get()
    decider = Offering.objects.get(procedure=version.procedure).agency_id
    for place in range(count):
        now = _now()
        intake = Intake(applicant.pk, version.pk, decider_id=decider, matter=f"Hồ sơ {seed}-{place}")
        try:
            with transaction.atomic():
                made = receive(intake=intake, actor=desk, now=now, form_key=f"{seed}-{place}")
                if rng.random() < 0.2:
                    raise Stumble
        except Stumble:
            continue
        run = StepRun.objects.get(dossier=made, state="open")
        finish_step(run_id=run.pk, actor=actor_for_post(run.post_id, today), now=now)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
