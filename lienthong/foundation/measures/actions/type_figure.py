"""Write down a figure that only people know, with the paper it comes from."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction

from lienthong.foundation.access.rules import require
from lienthong.foundation.access.terms import Seated
from lienthong.foundation.measures import rules
from lienthong.foundation.measures.models import TypedFigure
from lienthong.foundation.measures.rules import Period
from lienthong.foundation.measures.terms import Unit
from lienthong.foundation.trail.actions.write import write
from lienthong.kit.refusal import N_, Refused

if TYPE_CHECKING:
    from lienthong.foundation.files.models import StoredFile


@transaction.atomic
def type_figure(
    *,
    measure: str,
    agency_id: int,
    period: Period,
    value: Decimal,
    stored: StoredFile | None,
    file_name: str,
    note: str,
    actor: Seated,
    now: datetime,
) -> TypedFigure:
    """Keep the value; an earlier one of the same agency and period stays beside it, replaced. Refused without a source, for a
    share outside 0 to 100, and for measures that the system counts itself."""
    require(actor, "measures.type", agency_id=agency_id)
    one = rules.measure(measure)
    if not one.typed:
        raise Refused(N_("Chỉ tiêu này đếm từ bản ghi trong hệ thống, không nhập tay."))
    if stored is None:
        raise Refused(N_("Đính kèm nguồn của số: văn bản, biên bản hoặc bảng số."))
    if value < 0 or (one.unit == Unit.PERCENT and value > 100):
        raise Refused(N_("Tỷ lệ phải từ 0 đến 100 %; số ghi vào là {value}."), value=f"{value}".replace(".", ","))
    before = TypedFigure.objects.select_for_update().filter(
        measure=measure, agency_id=agency_id, start=period.start, end=period.end, replaced_by__isnull=True
    )
    old = before.first()
    made = TypedFigure(
        measure=measure, agency_id=agency_id, start=period.start, end=period.end, value=value, stored=stored,
        file_name=file_name[:200], note=note.strip()[:1000], by_post_id=actor.post_id, by_name=actor.person_name, at=now,
    )  # fmt: skip
    if old is not None:
        # The unique index holds for those that nothing replaces, so the old one gives way first: to itself, then to the new.
        TypedFigure.objects.filter(pk=old.pk).update(replaced_by=old)
    made.save()
    if old is not None:
        TypedFigure.objects.filter(pk=old.pk).update(replaced_by=made)
    write(actor, "measures.type", made, now, sentence=f"nhập số {measure} kỳ {period.code}: {value}")
    return made
