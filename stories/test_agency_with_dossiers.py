"""An agency is dissolved while it handles hundreds of dossiers."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from lienthong.foundation.organizations.terms import SuccessionKind
from lienthong.foundation.trail.models import Entry
from lienthong.foundation.work.models import Item
from lienthong.modules.dossiers.actions.finish_step import finish_step
from lienthong.modules.dossiers.models import Dossier, StepRun
from lienthong.site.actions.succeed import succeed

pytestmark = pytest.mark.django_db


def dissolve(one_stop, now):
    """The commune goes into the department; returns what was passed and how many statements that took."""
    province = one_stop.province
    with CaptureQueriesContext(connection) as seen:
        passed = succeed(
            kind=SuccessionKind.MERGE, predecessor_ids=[province.commune.pk], successor_ids=[province.department.pk],
            on=now.date(), legal_basis="Nghị quyết 12/NQ-HĐND", actor=province.actor("minh"), now=now,
        )  # fmt: skip
    return passed, len(seen)


def test_three_hundred_open_dossiers_pass_to_the_successor_in_a_bounded_number_of_statements(one_stop, now):
    few = [one_stop.received() for _ in range(3)]
    with transaction.atomic():
        passed, with_few = dissolve(one_stop, now)
        assert passed.dossiers == len(few)
        transaction.set_rollback(True)
    codes = {row.code for row in few} | {one_stop.received().code for _ in range(297)}
    due = dict(Dossier.objects.values_list("code", "due_at"))

    passed, with_many = dissolve(one_stop, now)

    assert passed.dossiers == 300 and with_many <= with_few + 5, (with_few, with_many)
    department = one_stop.province.department.pk
    rows = Dossier.objects.filter(decider=department)
    assert set(rows.values_list("code", flat=True)) == codes and dict(rows.values_list("code", "due_at")) == due
    assert not StepRun.objects.filter(state="open").exclude(agency=department).exists()
    assert not Item.objects.filter(done_at__isnull=True).exclude(holder__agency=department).exists()
    assert Entry.objects.filter(verb="dossiers.inherit").count() == 300
    # One of them goes on at the successor, under the process it was received with.
    one = rows.order_by("id").first()
    run = one_stop.open_run(one)
    finish_step(run_id=run.pk, actor=one_stop.holder(run), now=now)
    assert StepRun.objects.filter(dossier=one, state="open").get().key == "3"
