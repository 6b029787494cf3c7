"""Ask the applicant to bring or mend papers: once, and complete."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from lienthong.foundation.access.terms import Seated
from lienthong.foundation.calendar.queries import working_time
from lienthong.foundation.outbox.actions.put import put
from lienthong.foundation.trail.actions.write import write
from lienthong.kit.dates import VIETNAM
from lienthong.kit.refusal import N_, Refused
from lienthong.modules.dossiers import queries, rules
from lienthong.modules.dossiers.actions.count import count
from lienthong.modules.dossiers.actions.make_slip import contact_of, make_slip
from lienthong.modules.dossiers.actions.stop_clock import stop_clock
from lienthong.modules.dossiers.facts import ApplicantToBeTold
from lienthong.modules.dossiers.models import Dossier, DossierPaper
from lienthong.modules.dossiers.queries import rules_of_day
from lienthong.modules.dossiers.terms import PauseKind, SlipKind


@transaction.atomic
def ask_supplement(
    *,
    run_id: int,
    lines: Sequence[str],
    reason: str,
    paper_ids: Sequence[int] = (),
    answer_by: datetime | None = None,
    confirmed: bool = False,
    actor: Seated,
    now: datetime,
) -> Dossier:
    """Make the slip (form 02), mark the papers meant, stop the clock (61/2018/NĐ-CP art. 17.2, 19.4).

    A request after the working days that the law gives for it is written down as such: the papers are needed all the same.
    A second request is refused unless `confirmed`; the dossier then counts as late whatever its date (766/QĐ-TTg).
    """
    dossier, _run = queries.locked_run(actor, run_id)
    rules.require_one_supplement(dossier.supplements, confirmed)
    lines = [line.strip()[:500] for line in lines if line.strip()]
    if not lines:
        raise Refused(N_("Ghi từng nội dung cần bổ sung, mỗi dòng một nội dung."))
    if not reason.strip():
        raise Refused(N_("Cần ghi lý do yêu cầu bổ sung."))
    if answer_by is not None and answer_by <= now:
        raise Refused(N_("Hạn bổ sung phải sau lúc này."))
    stop_clock(dossier=dossier, kind=PauseKind.SUPPLEMENT, reason=reason, answer_by=answer_by, actor=actor, now=now)
    DossierPaper.objects.filter(dossier=dossier, pk__in=paper_ids).update(asked=True)
    dossier.supplements += 1
    dossier.now_at = "Chờ người nộp bổ sung"
    dossier.save(update_fields=["supplements", "now_at"])
    make_slip(
        dossier=dossier, kind=SlipKind.SUPPLEMENT, actor=actor, now=now, reason=reason,
        content={"lines": lines, "reason": reason.strip(), **contact_of(actor, now)},
    )  # fmt: skip
    count(dossier, ("supplement",), now)
    put(
        ApplicantToBeTold(
            dossier_id=dossier.pk, about="supplement", once=f"supplement-{dossier.pk}-{dossier.supplements}"
        )
    )
    write(
        actor, "dossiers.ask_supplement", dossier, now,
        sentence=f"yêu cầu bổ sung {len(lines)} nội dung{_how_late(dossier, now)}, đồng hồ dừng: {reason.strip()[:300]}",
    )  # fmt: skip
    return dossier


def _how_late(dossier: Dossier, now: datetime) -> str:
    assert dossier.decider is not None
    within = rules_of_day.supplement_within(dossier.received_at.astimezone(VIETNAM).date())
    begins = dossier.begins_at or dossier.received_at
    late = rules.is_asked_late(now, begins, within, working_time(dossier.decider.schedule_id))
    return f" sau {within:02} ngày làm việc kể từ khi tiếp nhận" if late else ""
