"""Reactions: the people who got a step or a question hear of it. May run twice."""

from datetime import datetime

from lienthong.foundation.notify.actions.tell import tell
from lienthong.foundation.organizations import queries as organizations
from lienthong.kit.dates import VIETNAM
from lienthong.modules.dossiers.facts import OpinionAsked, StepsGiven
from lienthong.modules.dossiers.models import Consultation, StepRun


def of_steps(fact: StepsGiven, *, now: datetime) -> None:
    """Each holder of a step that is still open."""
    runs = list(
        StepRun.objects.filter(pk__in=fact.run_ids, done_at__isnull=True, item__isnull=False).select_related(
            "dossier", "item"
        )
    )
    holders = {run.pk: run.item.holder_id for run in runs if run.item is not None}
    people = organizations.people_in(list(holders.values()), now.astimezone(VIETNAM).date())
    for run in runs:
        tell(
            people=[person.pk for person in people.get(holders[run.pk], [])],
            title=f"{run.name}: hồ sơ {run.dossier.code or ''} {run.dossier.applicant_name}",
            address=f"/lam-viec/ho-so/{run.dossier_id}/", once=f"dossiers.step.{run.pk}.{holders[run.pk]}", now=now,
        )  # fmt: skip


def of_opinions(fact: OpinionAsked, *, now: datetime) -> None:
    """Who must answer for each agency that was asked."""
    rows = list(
        Consultation.objects.filter(pk__in=fact.consultation_ids, item__isnull=False).select_related(
            "dossier", "item", "from_agency"
        )
    )
    holders = {row.pk: row.item.holder_id for row in rows if row.item is not None}
    people = organizations.people_in(list(holders.values()), now.astimezone(VIETNAM).date())
    for row in rows:
        tell(
            people=[person.pk for person in people.get(holders[row.pk], [])],
            title=f"{row.from_agency.name} lấy ý kiến về hồ sơ {row.dossier.code}: {row.question[:200]}",
            address=f"/lam-viec/ho-so/{row.dossier_id}/", once=f"dossiers.opinion.{row.pk}", now=now,
        )  # fmt: skip
