"""Ask other agencies for an opinion within a step: at once all of them, each with its deadline."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from lienthong.foundation.access.terms import Duty, Seated
from lienthong.foundation.organizations import queries as organizations
from lienthong.foundation.outbox.actions.put import put
from lienthong.foundation.trail.actions.write import write
from lienthong.foundation.work.actions.open_item import open_item
from lienthong.foundation.work.terms import Role
from lienthong.kit.dates import VIETNAM, vn_datetime
from lienthong.kit.refusal import N_, Refused
from lienthong.modules.dossiers import queries, rules
from lienthong.modules.dossiers.facts import OpinionAsked
from lienthong.modules.dossiers.models import Consultation
from lienthong.modules.dossiers.terms import DossierState, RunState


@transaction.atomic
def ask_opinion(
    *, run_id: int, agency_ids: Sequence[int], question: str, due_at: datetime, actor: Seated, now: datetime
) -> list[Consultation]:
    """Each agency owes an answer by the deadline; the asking step cannot end before that, or before silence is recorded
    (61/2018/NĐ-CP art. 19.6). The statutory clock goes on."""
    dossier, run = queries.locked_run(actor, run_id)
    rules.require_state(dossier.state, {DossierState.IN_PROGRESS}, N_("lấy ý kiến"))
    if run.state != RunState.OPEN:
        raise Refused(N_("Bước này đã xong."))
    if not question.strip():
        raise Refused(N_("Cần ghi nội dung xin ý kiến."))
    if due_at <= now:
        raise Refused(N_("Hạn trả lời phải sau lúc này."))
    wanted = sorted(set(agency_ids))
    if not wanted:
        raise Refused(N_("Chọn ít nhất một cơ quan để lấy ý kiến."))
    if run.agency_id in wanted:
        raise Refused(N_("Không lấy ý kiến của chính cơ quan đang xử lý."))
    made = [_ask(dossier, run, agency_id, question, due_at, now) for agency_id in wanted]
    put(OpinionAsked(consultation_ids=tuple(row.pk for row in made)))
    names = ", ".join(row.agency.name for row in made)
    write(actor, "dossiers.ask_opinion", dossier, now, sentence=f"lấy ý kiến {names}, hạn {vn_datetime(due_at)}")
    return made


def _ask(dossier, run, agency_id: int, question: str, due_at: datetime, now: datetime) -> Consultation:  # type: ignore[no-untyped-def]
    today = now.astimezone(VIETNAM).date()
    agency = organizations.agency(agency_id)
    holder = None
    for duty in (Duty.LEADER, Duty.CLERK):
        holder = organizations.posts_with_duty([agency_id], duty, today).get(agency_id)
        if holder:
            break
    if holder is None:
        raise Refused(N_("{agency} chưa có ai trong hệ thống. Gửi văn bản lấy ý kiến qua văn thư."), agency=agency.name)
    item = open_item(
        kind="dossiers.opinion", verb=N_("Cho ý kiến"), title=question.strip()[:600], holder_id=holder, opened_at=now,
        about=" · ".join(filter(None, (dossier.code, run.agency.name)))[:300], due_at=due_at, role=Role.SUPPORT,
        address=f"/lam-viec/ho-so/{dossier.pk}/",
    )  # fmt: skip
    return Consultation.objects.create(
        dossier=dossier, run=run, from_agency_id=run.agency_id, agency=agency, question=question.strip()[:2000], item=item,
        asked_at=now, due_at=due_at,
    )  # fmt: skip
