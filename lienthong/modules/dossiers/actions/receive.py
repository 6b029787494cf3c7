"""Receive a dossier at the counter: code, receipt, due time, first steps, in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import connection, transaction

from lienthong.foundation.access.rules import require
from lienthong.foundation.access.terms import Seated
from lienthong.foundation.calendar.queries import working_time
from lienthong.foundation.calendar.rules import due_at
from lienthong.foundation.insert import insert
from lienthong.foundation.organizations import queries as organizations
from lienthong.foundation.outbox.actions.put import put
from lienthong.foundation.trail.actions.write import write
from lienthong.foundation.work.actions.open_item import open_item
from lienthong.kit.dates import VIETNAM
from lienthong.kit.refusal import N_, Refused
from lienthong.kit.text import vn_fold
from lienthong.modules.citizens import queries as citizens
from lienthong.modules.dossiers import rules
from lienthong.modules.dossiers.actions.count import count
from lienthong.modules.dossiers.actions.make_slip import make_slip, receipt_content
from lienthong.modules.dossiers.actions.start_steps import put_before_people, said, steps_of
from lienthong.modules.dossiers.actions.take_number import dossier_code
from lienthong.modules.dossiers.facts import ApplicantToBeTold, StepsGiven
from lienthong.modules.dossiers.models import Dossier, DossierPaper, KeptResult, StepRun
from lienthong.modules.dossiers.queries import rules_of_day
from lienthong.modules.dossiers.rules import Handed, Intake, Place
from lienthong.modules.dossiers.terms import DossierState, RunState, SlipKind
from lienthong.modules.procedures import queries as procedures
from lienthong.modules.procedures.terms import StepKind

if TYPE_CHECKING:
    from lienthong.foundation.organizations.models import Agency
    from lienthong.modules.procedures.models import Version


@transaction.atomic
def receive(*, intake: Intake, actor: Seated, now: datetime, form_key: str | None = None) -> Dossier:
    """Take a complete dossier in for the competent agency (61/2018/NĐ-CP art. 17 as amended by 118/2025/NĐ-CP).

    Without a competent agency it waits in the queue of unclear ones and has no clock yet; for an agency elsewhere it waits
    until that agency takes it over. The same `form_key` a second time returns the first dossier, also when the two come
    at the same moment. Refused: required components missing, a version that is not in force today.
    """
    require(actor, "dossiers.receive", agency_id=actor.agency_id)
    if known := made_of(form_key, actor):
        return known
    rules.require_intake(intake)
    catalogue = procedures.Kept()
    version = require_in_force(intake, now, catalogue)
    rules.require_complete(missing_of(version, intake, catalogue))
    dossier = enter(intake=intake, version=version, catalogue=catalogue, actor=actor, now=now, form_key=form_key)
    if dossier.decider is None:
        _wait_for_agency(dossier, now)
        dossier.save()
        papers = keep_papers(dossier, intake.papers, now)
    else:
        dossier.code = intake.foreign_code or dossier_code(actor.agency_id, now)
        set_clock(dossier, now=now, by_hand=intake.due_by_hand)
        insert(dossier)
        papers = keep_papers(dossier, intake.papers, now)
        given = begin(dossier=dossier, actor=actor, now=now)
        make_slip(
            dossier=dossier, kind=SlipKind.RECEIPT, content=receipt_content(dossier, papers), actor=actor, now=now
        )
        count(dossier, ("received", f"received_{dossier.channel}"), now, actor.post_id)
        told = ApplicantToBeTold(dossier_id=dossier.pk, about="received", once=f"received-{dossier.pk}")
        put(told, *given)
    write(
        actor,
        "dossiers.receive",
        dossier,
        now,
        sentence=f"tiếp nhận hồ sơ {dossier.code or 'chưa rõ cơ quan giải quyết'}",
    )
    return dossier


def made_of(form_key: str | None, actor: Seated) -> Dossier | None:
    """What this form has made already. Whoever sends the same form at the same moment waits here for the first one's end."""
    if not form_key:
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"dossier {form_key}"])
    return Dossier.objects.filter(form_key=form_key, received_by_id=actor.agency_id).first()


def require_in_force(intake: Intake, now: datetime, catalogue: procedures.Kept) -> Version:
    """The version that the desk looked at, when it holds today; refused otherwise, so that nobody is served by old rules."""
    version, today = catalogue.version(intake.version_id), now.astimezone(VIETNAM).date()
    if version.valid_from > today or (version.valid_to is not None and version.valid_to <= today):
        raise Refused(N_("Thủ tục này đã có bản mới. Mở lại trang tiếp nhận để dùng bản đang có hiệu lực."))
    return version


def missing_of(
    version: Version, intake: Intake, catalogue: procedures.Kept, *, all_if_unmarked: bool = False
) -> list[str]:
    """The required components of the case that were not handed in. Many published procedures mark none as required: then
    nothing is missing, or with `all_if_unmarked` every one that was not handed in."""
    cases = [intake.case_id] if intake.case_id else [case.pk for case in catalogue.cases(version.pk)][:1]
    asked = [row for case in cases for row in catalogue.components(case)]
    wanted = [row for row in asked if row.required] or (asked if all_if_unmarked else [])
    return rules.missing([(row.pk, row.name) for row in wanted], intake.papers)


def enter(
    *,
    intake: Intake,
    version: Version,
    catalogue: procedures.Kept,
    actor: Seated,
    now: datetime,
    form_key: str | None,
) -> Dossier:
    """The row, not saved yet: applicant and rules as they are today."""
    applicant = citizens.applicant(intake.applicant_id)
    directory = organizations.Kept()
    decider = _alive(directory.agency(intake.decider_id), now) if intake.decider_id is not None else None
    today = now.astimezone(VIETNAM).date()
    process = catalogue.process_for(version.procedure_id, decider.pk, today) if decider else None
    amount, unit, _ = catalogue.statutory(version.pk, intake.case_id, intake.channel, intake.method_id)
    return Dossier(
        foreign_code=intake.foreign_code, version=version, case_id=intake.case_id, process=process, field=version.field,
        applicant=applicant, applicant_name=applicant.name, folded=vn_fold(applicant.name)[:400],
        identity=citizens.number_of(applicant.pk), address=applicant.address, phone=applicant.phone, email=applicant.email,
        agent_name=intake.agent_name.strip(), agent_identity=intake.agent_identity.strip(),
        agent_phone=intake.agent_phone.strip(), agent_paper=intake.agent_paper.strip(), matter=intake.matter.strip(),
        channel=intake.channel, copies=intake.copies, received_by=directory.agency(actor.agency_id), decider=decider,
        coordinator=_alive(directory.agency(intake.coordinator_id), now) if intake.coordinator_id is not None else None,
        receiver_id=actor.post_id, receiver_name=actor.person_name,
        state=DossierState.UNCLEAR, received_at=now, amount=amount, unit=unit, result_way=intake.result_way,
        result_address=intake.result_address.strip(), form_key=form_key,
    )  # fmt: skip


def _alive(agency: Agency, now: datetime) -> Agency:
    if agency.valid_to is not None and agency.valid_to <= now.astimezone(VIETNAM).date():
        raise Refused(N_("{agency} đã thôi hoạt động. Chọn cơ quan kế thừa."), agency=agency.name)
    return agency


@dataclass(frozen=True, slots=True)
class Clock:
    """The clock of a dossier received now: whether the counter is the competent agency's own, its start, its end."""

    local: bool
    begins_at: datetime
    due_at: datetime | None


def clock(
    *, receiver: Agency, decider: Agency, amount: Decimal | None, unit: str, received: datetime,
    by_hand: datetime | None = None,
) -> Clock:  # fmt: skip
    """When the clock begins and ends, in the working time of the competent agency. The page shows the same before the desk
    receives."""
    time_there = working_time(decider.schedule_id)
    day = received.astimezone(VIETNAM).date()
    local = rules.is_local(
        receiver=Place.of(receiver.pk, receiver.tier, receiver.path),
        decider=Place.of(decider.pk, decider.tier, decider.path),
    )
    begins = rules.expected_start(
        received, local=local, unit=unit, working_time=time_there, hand_over_until=rules_of_day.hand_over_until(day),
    )  # fmt: skip
    ends = rules.term_end(begins, amount, unit, time_there, rules_of_day.same_day_until(day))
    if ends is None and by_hand is not None:
        if by_hand <= received:
            raise Refused(N_("Ngày hẹn trả phải sau lúc nhận."))
        ends = by_hand
    return Clock(local, begins, ends)


def set_clock(dossier: Dossier, *, now: datetime, by_hand: datetime | None = None) -> None:
    """Start the clock at the own counter; for an agency elsewhere promise the expected end and wait to be taken over."""
    assert dossier.decider is not None
    found = clock(
        receiver=dossier.received_by, decider=dossier.decider, amount=dossier.amount, unit=dossier.unit, received=now,
        by_hand=by_hand,
    )  # fmt: skip
    dossier.due_at = dossier.promised_at = found.due_at
    if found.local:
        dossier.state = DossierState.IN_PROGRESS
        dossier.begins_at = dossier.counts_from = found.begins_at
    else:
        dossier.state = DossierState.ON_THE_WAY


def begin(*, dossier: Dossier, actor: Seated, now: datetime) -> list[StepsGiven]:
    """The first line of the process is what the counter has just done; those after it begin, or the competent agency's
    counter is asked to take the dossier over. Returns what is to be told."""
    steps = steps_of(dossier)
    start = steps[0]
    if start.kind == StepKind.RECEIVE:
        run = StepRun(
            dossier=dossier, key=start.key, kind=start.kind, name=start.name[:300], agency_id=dossier.received_by_id,
            unit_id=actor.unit_id, post_id=actor.post_id, holder_name=actor.person_name, hours=start.hours,
            state=RunState.DONE, started_at=now, done_at=now, done_by=actor.person_name, given_by=actor.person_name,
        )  # fmt: skip
        insert(run)
    if dossier.state == DossierState.ON_THE_WAY:
        _ask_to_take_over(dossier, now)
        dossier.save(update_fields=["item", "now_at"])
        return []
    following = [step for step in steps if step.key in start.next] if start.kind == StepKind.RECEIVE else [start]
    made = put_before_people(dossier=dossier, steps=following, actor=actor, now=now, begun=False)
    dossier.now_at = said(made)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE dossiers_dossier SET now_at = %s WHERE id = %s", [dossier.now_at, dossier.pk])
    return [StepsGiven(run_ids=tuple(run.pk for run in made))] if made else []


def _ask_to_take_over(dossier: Dossier, now: datetime) -> None:
    assert dossier.decider is not None
    today = now.astimezone(VIETNAM).date()
    holder = None
    for duty in ("desk", "clerk", "leader"):
        holder = organizations.posts_with_duty([dossier.decider.pk], duty, today).get(dossier.decider.pk)
        if holder:
            break
    if holder is None:
        raise Refused(N_("{agency} chưa có ai nhận hồ sơ trong hệ thống."), agency=dossier.decider.name)
    dossier.item = open_item(
        kind="dossiers.take_over", verb=N_("Nhận hồ sơ"), title=dossier.matter[:600], holder_id=holder, opened_at=now,
        about=" · ".join(filter(None, (dossier.code, dossier.applicant_name, dossier.received_by.name)))[:300],
        address=f"/lam-viec/ho-so/{dossier.pk}/",
        due_at=due_at(now, 1, "working_days", working_time(dossier.decider.schedule_id)),
    )  # fmt: skip
    dossier.now_at = f"Chờ {dossier.decider.name} nhận"[:300]


def _wait_for_agency(dossier: Dossier, now: datetime) -> None:
    dossier.state, dossier.now_at = DossierState.UNCLEAR, "Chờ xác định cơ quan giải quyết"
    dossier.item = open_item(
        kind="dossiers.unclear", verb=N_("Xác định cơ quan"), title=dossier.matter[:600], holder_id=dossier.receiver_id,
        about=dossier.applicant_name[:300], address="/lam-viec/ho-so/chua-ro/", opened_at=now,
        due_at=due_at(now, 1, "working_days", working_time(dossier.received_by.schedule_id)),
    )  # fmt: skip


def keep_papers(dossier: Dossier, papers: Sequence[Handed], now: datetime, round_no: int = 0) -> list[DossierPaper]:
    """The list of what was handed in; a result of the store must be the applicant's own and still hold."""
    reused = {paper.reused_id for paper in papers if paper.reused_id}
    own = citizens.ids_of(dossier.applicant_id) if reused else []
    kept = {row.pk: row for row in KeptResult.objects.filter(pk__in=reused, applicant__in=own)} if reused else {}
    today = now.astimezone(VIETNAM).date()
    for wanted in reused:
        found = kept.get(wanted)
        if found is None or found.revoked_at is not None or (found.valid_to is not None and found.valid_to < today):
            raise Refused(N_("Kết quả định dùng lại đã hết giá trị hoặc không phải của người nộp này."))
    rows = [
        DossierPaper(
            dossier=dossier, component_id=paper.component_id, place=place, name=paper.name.strip()[:1000], form=paper.form,
            originals=paper.originals, copies=paper.copies,
            stored_id=paper.stored_id or (kept[paper.reused_id].stored_id if paper.reused_id else None),
            file_name=paper.file_name[:200] or (kept[paper.reused_id].file_name if paper.reused_id else ""),
            reused_id=paper.reused_id, note=paper.note[:500], round=round_no, at=now,
        )
        for place, paper in enumerate(papers, 1)
    ]  # fmt: skip
    return DossierPaper.objects.bulk_create(rows)
