"""Put steps of a dossier before the people who must do them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from lienthong.foundation.access.terms import Actor, Duty
from lienthong.foundation.calendar.queries import working_time
from lienthong.foundation.calendar.rules import due_at
from lienthong.foundation.insert import insert
from lienthong.foundation.organizations import queries as organizations
from lienthong.foundation.outbox.actions.put import put
from lienthong.foundation.work.actions.open_item import open_item
from lienthong.kit.dates import VIETNAM
from lienthong.kit.refusal import N_, Refused
from lienthong.modules.dossiers.facts import StepsGiven
from lienthong.modules.dossiers.models import Dossier, StepRun
from lienthong.modules.dossiers.rules import FALL_BACK, PlainStep
from lienthong.modules.procedures import queries as procedures
from lienthong.modules.procedures.terms import STEP_LABELS, StepKind

if TYPE_CHECKING:
    from lienthong.foundation.organizations.models import Post


def steps_of(dossier: Dossier) -> list[PlainStep]:
    """The table that the dossier runs by: that of its process, which does not change under it, else the fall-back."""
    if dossier.process_id is None:
        return list(FALL_BACK)
    return [
        PlainStep(
            row.key, row.kind, row.name, row.hours, tuple(row.next), row.back_to, row.agency_id, row.unit_id, row.post_id,
            row.duty,
        )
        for row in procedures.Kept().steps(dossier.process_id)
    ] or list(FALL_BACK)  # fmt: skip


def start_steps(
    *, dossier: Dossier, steps: Sequence[PlainStep], actor: Actor, now: datetime, to_post_id: int | None = None
) -> list[StepRun]:
    """Put these steps before people and tell them. `to_post_id`: the person the one before has chosen."""
    made = put_before_people(dossier=dossier, steps=steps, actor=actor, now=now, to_post_id=to_post_id)
    if made:
        put(StepsGiven(run_ids=tuple(run.pk for run in made)))
    return made


def put_before_people(
    *,
    dossier: Dossier,
    steps: Sequence[PlainStep],
    actor: Actor,
    now: datetime,
    to_post_id: int | None = None,
    begun: bool = True,
) -> list[StepRun]:
    """Open a run and a debt for each of these steps; nobody is told yet. `begun` False: the dossier is new, no step of it ran
    before."""
    found = []
    for step in steps:
        post = _post(step, dossier, to_post_id, now.astimezone(VIETNAM).date())
        attempt = StepRun.objects.filter(dossier=dossier, key=step.key).count() + 1 if begun else 1
        found.append(_start(dossier=dossier, step=step, post=post, attempt=attempt, actor=actor, now=now))
    return found


def _start(*, dossier: Dossier, step: PlainStep, post: Post, attempt: int, actor: Actor, now: datetime) -> StepRun:
    """One run held by one post; the inner deadline counts in the working time of that post's agency."""
    agency = next((one for one in (dossier.decider, dossier.received_by) if one and one.pk == post.agency_id), None)
    agency = agency or organizations.agency(post.agency_id)
    due = due_at(now, step.hours, "working_hours", working_time(agency.schedule_id)) if step.hours else None
    # What waits for the applicant to come is nobody's delay: the statutory time has ended.
    until = None if step.kind in {StepKind.RETURN, StepKind.ARCHIVE} else dossier.due_at
    item = open_item(
        kind="dossiers.step", verb=STEP_LABELS[StepKind(step.kind)], title=dossier.matter[:600],
        about=" · ".join(filter(None, (dossier.code, dossier.applicant_name)))[:300],
        address=f"/lam-viec/ho-so/{dossier.pk}/", holder_id=post.pk, opened_at=now, due_at=due or until,
    )  # fmt: skip
    run = StepRun(
        dossier=dossier, key=step.key, kind=step.kind, name=step.name[:300], attempt=attempt, agency=agency, unit=post.unit,
        post=post, holder_name=organizations.Kept().who_sits(post.pk, now.astimezone(VIETNAM).date()) or post.name, item=item,
        hours=step.hours, started_at=now, due_at=due, given_by=actor.person_name,
    )  # fmt: skip
    insert(run)
    return run


def _post(step: PlainStep, dossier: Dossier, to_post_id: int | None, on: date) -> Post:
    """Who does it: the one chosen, else the post or unit of the table, else who has the duty in the agency; for want of that its
    leader, who hands it on. Refused when nobody could."""
    agency_id = step.agency_id or (dossier.received_by_id if step.duty == Duty.DESK else dossier.decider_id)
    if agency_id is None:
        raise Refused(N_("Chưa rõ cơ quan giải quyết nên chưa giao bước “{step}” được."), step=step.name)
    if to_post_id is not None:
        chosen = organizations.posts_by_id([to_post_id]).get(to_post_id)
        if chosen is not None and _alive(chosen, on) and chosen.agency_id in {agency_id, dossier.decider_id}:
            return chosen
        raise Refused(N_("Người được chọn không thuộc cơ quan làm bước “{step}”."), step=step.name)
    if step.post_id is not None:
        post = organizations.posts_by_id([step.post_id]).get(step.post_id)
        if post is not None and _alive(post, on):
            return post
    if step.unit_id is not None and (head := organizations.head_of_unit(step.unit_id, on)):
        return head
    if step.duty == Duty.DESK and _alive(dossier.receiver, on) and dossier.receiver.agency_id == agency_id:
        return dossier.receiver
    if step.duty == Duty.OFFICIAL and (last := _last_handler(dossier, agency_id, on)):
        return last
    wanted = (step.duty, Duty.UNIT_HEAD, Duty.LEADER, Duty.CLERK)
    # Which official it is, a head decides.
    found = organizations.Kept().first_with_duty(agency_id, [one for one in wanted if one and one != Duty.OFFICIAL], on)
    if found is not None:
        return found
    raise Refused(
        N_("Cơ quan giải quyết chưa có ai để nhận bước “{step}”. Báo quản trị thêm chức danh."), step=step.name
    )


def _alive(post: Post, on: date) -> bool:
    return post.valid_to is None or post.valid_to > on


def _last_handler(dossier: Dossier, agency_id: int, on: date) -> Post | None:
    """The official who had the dossier last in that agency: a dossier that comes back goes to the same person."""
    rows = StepRun.objects.filter(
        dossier=dossier, agency_id=agency_id, kind__in=[StepKind.HANDLE, StepKind.INSPECT, StepKind.COUNCIL]
    )
    run = rows.select_related("post").order_by("-id").first()
    return run.post if run is not None and _alive(run.post, on) else None


def where_it_waits(dossier: Dossier) -> str:
    """For lists and boards: the open steps with the unit or agency that has them."""
    rows = StepRun.objects.filter(dossier=dossier, state="open").select_related("unit", "agency").order_by("id")
    return said(rows)


def said(runs: Iterable[StepRun]) -> str:
    """The same for runs at hand."""
    return "; ".join(f"{run.name}, {run.unit.name if run.unit else run.agency.name}" for run in runs)[:300]
