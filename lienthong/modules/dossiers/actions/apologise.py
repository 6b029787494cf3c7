"""Say sorry in time: the slip with the reason and the new date, once (61/2018/NĐ-CP art. 19.8; form 04)."""

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

from django.db import transaction

from lienthong.foundation.access.rules import system_actor
from lienthong.foundation.access.terms import Actor, Duty, Seated
from lienthong.foundation.calendar.queries import working_time
from lienthong.foundation.calendar.rules import due_at, working_time_between
from lienthong.foundation.organizations import queries as organizations
from lienthong.foundation.outbox.actions.put import put
from lienthong.foundation.trail.actions.write import write
from lienthong.foundation.work.actions.close_item import close_item
from lienthong.foundation.work.actions.open_item import open_item
from lienthong.kit.dates import VIETNAM, vn_datetime
from lienthong.kit.refusal import N_
from lienthong.modules.dossiers import queries, rules
from lienthong.modules.dossiers.actions.count import count
from lienthong.modules.dossiers.actions.make_slip import make_slip, moment
from lienthong.modules.dossiers.facts import ApplicantToBeTold
from lienthong.modules.dossiers.models import Dossier
from lienthong.modules.dossiers.terms import DossierState, SlipKind
from lienthong.modules.procedures.terms import StepKind

# How long before the due time the leader is asked, and when the system writes by itself: in working days.
ASK_BEFORE, WRITE_BEFORE = 2, 1
HALF_A_DAY = Decimal(4)
AT_LEAST = timedelta(hours=1)  # that a step still open takes, though its own time is used up
AFTER_HANDLING = (StepKind.RETURN, StepKind.ARCHIVE)


@transaction.atomic
def apologise(*, dossier_id: int, new_due: datetime, reason: str, actor: Seated, now: datetime) -> Dossier:
    """The leader signs: the dossier gets its new date, the applicant is told. Refused a second time."""
    dossier = queries.locked_dossier(actor, "dossiers.decide", dossier_id)
    rules.require_state(dossier.state, {DossierState.IN_PROGRESS}, N_("gia hạn"))
    rules.require_extendable(dossier.extended_at, dossier.due_at, new_due, reason)
    _extend(dossier, new_due, reason, actor, now)
    write(
        actor, "dossiers.apologise", dossier, now,
        sentence=f"xin lỗi, hẹn lại {vn_datetime(new_due)}{_too_late(dossier)}: {reason.strip()}",
    )  # fmt: skip
    return dossier


def _too_late(dossier: Dossier) -> str:
    return " (không kịp trước ngày hẹn 01 ngày nên vẫn tính là quá hạn)" if dossier.extended_late else ""


def _extend(dossier: Dossier, new_due: datetime, reason: str, actor: Actor, now: datetime) -> None:
    make_slip(
        dossier=dossier, kind=SlipKind.APOLOGY, actor=actor, now=now, reason=reason, agency_id=dossier.decider_id,
        content={
            "received_at": moment(dossier.received_at), "due_at": moment(dossier.due_at), "new_due_at": moment(new_due),
            "reason": reason.strip(),
        },
    )  # fmt: skip
    assert dossier.due_at is not None
    dossier.extended_late = rules.is_extended_late(now, dossier.due_at)
    dossier.due_at, dossier.extended_at = new_due, now
    if dossier.item_id:
        close_item(item_ids=[dossier.item_id], outcome="đã xin lỗi, hẹn lại", now=now)
        dossier.item = None
    dossier.save(update_fields=["due_at", "extended_at", "extended_late", "item"])
    count(dossier, ("extended",), now)
    put(ApplicantToBeTold(dossier_id=dossier.pk, about="delay", once=f"delay-{dossier.pk}"))


def watch_deadlines(*, now: datetime, limit: int = 2000) -> tuple[int, int]:
    """Look at every dossier that comes near its date: ask the leader two working days before, and one working day before write
    the apology by itself where the open steps no longer fit into the time that is left. So it cannot be missed.

    Each dossier in its own transaction; a second run does nothing new. Returns (asked, written).
    """
    horizon = now + timedelta(days=16)  # the longest holiday and two working days
    near = Dossier.objects.filter(
        state=DossierState.IN_PROGRESS, due_at__lt=horizon, extended_at__isnull=True
    ).order_by("due_at")
    done = [_watch(pk, now) for pk in near.values_list("pk", flat=True)[:limit]]
    return done.count("asked"), done.count("written")


@transaction.atomic
def _watch(dossier_id: int, now: datetime) -> str:
    dossier = Dossier.objects.select_for_update(of=("self",)).select_related("decider", "version").get(pk=dossier_id)
    if dossier.state != DossierState.IN_PROGRESS or dossier.extended_at is not None or dossier.due_at is None:
        return ""
    assert dossier.decider is not None
    time_there = working_time(dossier.decider.schedule_id)
    if now >= dossier.due_at or due_at(now, WRITE_BEFORE, "working_days", time_there) >= dossier.due_at:
        left = working_time_between(now, dossier.due_at, time_there)
        needed = _hours_needed(dossier, now)
        if now < dossier.due_at and needed <= left:
            return ""
        return _write_by_itself(dossier, max(needed, timedelta(hours=4)), now)
    if dossier.item_id is None and due_at(now, ASK_BEFORE, "working_days", time_there) >= dossier.due_at:
        return _ask_leader(dossier, now)
    return ""


def _hours_needed(dossier: Dossier, now: datetime) -> timedelta:
    """Office hours that the open steps and those after them still take by the table; a step of handling without hours is taken
    as half a day, so that a table without times does not look as if nothing were left to do."""
    from lienthong.modules.dossiers.actions.start_steps import steps_of
    from lienthong.modules.procedures.rules import longest_hours

    steps = [
        replace(step, hours=HALF_A_DAY) if step.hours is None and step.kind not in AFTER_HANDLING else step
        for step in steps_of(dossier)
    ]
    longest = timedelta()
    for run in queries.open_runs(dossier.pk):
        at = next((place for place, step in enumerate(steps) if step.key == run.key), None)
        if at is None:
            continue
        time_there = working_time(run.agency.schedule_id)
        rest = timedelta(hours=float(longest_hours([steps[at], *steps[:at], *steps[at + 1 :]])))
        spent = working_time_between(run.started_at, now, time_there)
        own = timedelta(hours=float(steps[at].hours or 0))
        left = max(own - spent, min(own, AT_LEAST))
        longest = max(longest, rest - own + left)
    return longest


def _write_by_itself(dossier: Dossier, needed: timedelta, now: datetime) -> str:
    assert dossier.decider is not None and dossier.due_at is not None
    system = system_actor()
    time_there = working_time(dossier.decider.schedule_id)
    hours = max(1, -(-int(needed.total_seconds()) // 3600))
    new_due = due_at(max(now, dossier.due_at), hours, "working_hours", time_there)
    reason = f"Hồ sơ đang ở bước {dossier.now_at or 'xử lý'}, chưa xong trong thời hạn"
    _extend(dossier, new_due, reason, system, now)
    write(
        system,
        "dossiers.apologise",
        dossier,
        now,
        sentence=f"lập phiếu xin lỗi, hẹn lại {vn_datetime(new_due)}{_too_late(dossier)}",
    )
    return "written"


def _ask_leader(dossier: Dossier, now: datetime) -> str:
    today = now.astimezone(VIETNAM).date()
    assert dossier.decider_id is not None
    leader = organizations.posts_with_duty([dossier.decider_id], Duty.LEADER, today).get(dossier.decider_id)
    if leader is None:
        return ""
    dossier.item = open_item(
        kind="dossiers.apology", verb=N_("Xin lỗi, hẹn lại hoặc đôn đốc"), title=dossier.matter[:600], holder_id=leader,
        about=" · ".join(filter(None, (dossier.code, dossier.now_at)))[:300], opened_at=now, due_at=dossier.due_at,
        address=f"/lam-viec/ho-so/{dossier.pk}/",
    )  # fmt: skip
    dossier.save(update_fields=["item"])
    return "asked"
