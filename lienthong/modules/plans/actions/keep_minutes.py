"""Keep what the steering committee concluded at a meeting, with the paper."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction

from lienthong.foundation.access.terms import Seated
from lienthong.foundation.trail.actions.write import write
from lienthong.kit.dates import VIETNAM
from lienthong.kit.refusal import N_, Refused
from lienthong.modules.plans import queries, rules
from lienthong.modules.plans.models import Minutes

if TYPE_CHECKING:
    from lienthong.foundation.files.models import StoredFile


@transaction.atomic
def keep_minutes(
    *,
    plan_id: int,
    held_on: date,
    conclusion: str,
    stored: StoredFile | None,
    file_name: str,
    actor: Seated,
    now: datetime,
) -> Minutes:
    """Minutes are only added, never changed: a later meeting corrects an earlier one. Refused without a conclusion, for a
    meeting that was not held yet, and when the same was kept already."""
    plan = queries.locked_plan(actor, "plans.make", plan_id)
    conclusion = conclusion.strip()
    if not conclusion:
        raise Refused(N_("Ghi cuộc họp kết luận gì."))
    rules.require_held(held_on, now.astimezone(VIETNAM).date())
    if Minutes.objects.filter(plan=plan, held_on=held_on, conclusion=conclusion).exists():
        raise Refused(N_("Kết luận này của cuộc họp ngày {day} đã được lưu."), day=f"{held_on:%d/%m/%Y}")
    made = Minutes.objects.create(
        plan=plan, held_on=held_on, conclusion=conclusion, stored=stored, file_name=file_name[:200] if stored else "",
        by_name=actor.person_name, at=now,
    )  # fmt: skip
    write(actor, "plans.make", plan, now, sentence=f"lưu kết luận họp Ban Chỉ đạo ngày {held_on:%d/%m/%Y}")
    return made
