"""Take a plan in: its head, its text, and what the reader finds in it, as proposals for a person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction

from lienthong.foundation.access.rules import require
from lienthong.foundation.access.terms import Seated
from lienthong.foundation.organizations import queries as organizations
from lienthong.foundation.trail.actions.write import write
from lienthong.kit.refusal import N_, Refused
from lienthong.modules.plans import binding, naming, queries, rules, times
from lienthong.modules.plans.models import Plan, Target, Task
from lienthong.modules.plans.reader import Reading, read
from lienthong.modules.plans.reader.shapes import Target as ReadTarget
from lienthong.modules.plans.terms import Comparator

if TYPE_CHECKING:
    from lienthong.foundation.files.models import StoredFile

_UNREADABLE = Decimal(10) ** 14  # more does not fit the column and is no target


@dataclass(frozen=True, slots=True)
class PlanHead:
    """What the plan says of itself; `end` is its last day."""

    code: str
    title: str
    issuer_id: int
    issued_on: date | None
    start: date
    end: date


@transaction.atomic
def make_plan(
    *, head: PlanHead, text: str, actor: Seated, now: datetime, stored: StoredFile | None = None, file_name: str = ""
) -> Plan:
    """Keep the plan as a draft with what was read from its text; refused: a period upside down, the same number twice, a text of
    more than a thousand pages."""
    require(actor, queries.MAKE, agency_id=head.issuer_id)
    rules.require_period(head.start, head.end)
    if not head.title.strip():
        raise Refused(N_("Ghi tên kế hoạch."))
    if len(text) > rules.LONGEST:
        raise Refused(N_("Văn bản dài hơn một nghìn trang. Tách thành nhiều kế hoạch."))
    same = Plan.objects.filter(
        issuer_id=head.issuer_id, code=head.code.strip(), start=head.start
    )  # numbers begin anew each year
    there = same.first() if head.code.strip() else None
    if there is not None:
        raise Refused(
            N_(
                "Kế hoạch {code} của cơ quan này đã có: “{title}”, {start} – {end}. Mở kế hoạch ấy; nếu đây là kế hoạch khác (số đánh lại từng năm), ghi số ký hiệu kèm năm, ví dụ {code}/{year}."
            ),
            code=there.code, title=there.title[:150], start=f"{there.start:%d/%m/%Y}", end=f"{there.end:%d/%m/%Y}",
            year=head.start.year,
        )  # fmt: skip
    plan = Plan.objects.create(
        code=head.code.strip(), title=head.title.strip()[:500], issuer_id=head.issuer_id,
        issuer_name=organizations.agency(head.issuer_id).name, issued_on=head.issued_on, start=head.start, end=head.end, text=text,
        stored=stored, file_name=file_name[:200], made_by_id=actor.post_id, made_at=now,
    )  # fmt: skip
    made = propose(plan, read(text)) if text.strip() else (0, 0)
    write(
        actor, "plans.make", plan, now,
        sentence=f"lập kế hoạch {plan.code or plan.title}: đọc được {made[0]} chỉ tiêu, {made[1]} nhiệm vụ",
    )  # fmt: skip
    return plan


def propose(plan: Plan, reading: Reading) -> tuple[int, int]:
    """Write down what was read, with the measure that the words point to; how many targets and tasks."""
    targets = [
        Target(
            plan=plan, place=place, quote=one.quote[:2000], start=one.start, finish=one.end, subject=one.subject[:500],
            comparator=Comparator(one.comparator), low=_lower(one.value_low, one.value_high),
            high=_upper(one), unit=one.unit[:60], said_when=(one.when or "")[:100],
            said_scope=(one.scope or "")[:300], due=times.last_day(one.when, plan.end), **_bound(one.subject, one.unit, one.scope),
        )
        for place, one in enumerate(reading.targets)
        if _fits(one.value_low) and _fits(one.value_high)
    ]  # fmt: skip
    Target.objects.bulk_create(targets)
    agencies = naming.Names(queries.directory())
    tasks = [
        Task(
            plan=plan, place=place, quote=one.quote[:2000], start=one.start, finish=one.end, text=one.task[:2000],
            responsible_name=(one.responsible or "")[:500], responsible_id=agencies.meant(one.responsible or ""),
            coordinating=(one.coordinating or "")[:500], said_when=(one.deadline or "")[:100],
            due=times.last_day(one.deadline, None),
        )
        for place, one in enumerate(reading.tasks)
    ]  # fmt: skip
    Task.objects.bulk_create(tasks)
    return len(targets), len(tasks)


def _upper(read: ReadTarget) -> Decimal | None:
    """The upper end of a range; none of one that was written upside down, which a person has to turn."""
    if (
        read.comparator != "range"
        or read.value_high is None
        or read.value_low is None
        or read.value_high < read.value_low
    ):
        return None
    return read.value_high


def _lower(low: Decimal | None, high: Decimal | None) -> Decimal | None:
    """The one value that counts where the reader gives only an upper one (at most)."""
    return low if low is not None else high


def _fits(value: Decimal | None) -> bool:
    return value is None or abs(value) < _UNREADABLE


def _bound(subject: str, unit: str, scope: str | None) -> dict[str, str]:
    found = binding.clue(subject) if unit == "%" else None
    if found is None:
        return {"measure": "", "scope": binding.scope_of(scope or ""), "parts": ""}
    return {"measure": found.measure, "scope": binding.scope_of(scope or ""), "parts": found.parts}
