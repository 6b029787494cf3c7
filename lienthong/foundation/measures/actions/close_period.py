"""Close a period: keep every figure as it is now, for the province and for each agency, with a hash of what was counted."""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from django.contrib.postgres.aggregates import StringAgg
from django.db import transaction
from django.db.models import F, TextField
from django.db.models.functions import Cast

from lienthong.foundation.access.rules import require
from lienthong.foundation.access.terms import Seated
from lienthong.foundation.measures import rules
from lienthong.foundation.measures.actions.settle import settle
from lienthong.foundation.measures.models import Reading
from lienthong.foundation.measures.queries.figures import Counts, count, rows_of
from lienthong.foundation.measures.queries.readings import Typed, typed
from lienthong.foundation.measures.queries.scopes import PROVINCE, Scope, scope
from lienthong.foundation.measures.rules import Period
from lienthong.foundation.measures.terms import Agencies, AgenciesWith, Countable, How, Measure, Quantity
from lienthong.foundation.trail.actions.write import write
from lienthong.kit.dates import VIETNAM
from lienthong.kit.refusal import N_, Refused

Hashes = Mapping[str, Mapping[int, str]]  # quantity → agency → ids in their order, as text


@transaction.atomic
def close_period(*, period: Period, actor: Seated, now: datetime) -> int:
    """Keep the figures of a period that is over. Returns how many were kept; a period is closed once."""
    require(actor, "measures.close", agency_id=actor.agency_id)
    _require_over(period, now)
    if Reading.objects.filter(start=period.start, end=period.end).exists():
        raise Refused(N_("Kỳ này đã khóa sổ. Số thay đổi về sau được đính chính bên cạnh, không thay số đã khóa."))
    kept = [row for row in _read(period, now) if row.over is not None or row.value is not None]
    for row in kept:
        _sign(row, actor, now)
    Reading.objects.bulk_create(kept)
    write(actor, "measures.close", None, now, sentence=f"khóa sổ số liệu kỳ {period.code}: {len(kept)} số")
    return len(kept)


@transaction.atomic
def restate(*, period: Period, reason: str, actor: Seated, now: datetime) -> int:
    """Beside every closed figure whose records changed since, keep what is counted now; the closed one stays. Returns how many."""
    require(actor, "measures.close", agency_id=actor.agency_id)
    if not reason.strip():
        raise Refused(N_("Ghi lý do đính chính."))
    rows = Reading.objects.select_for_update().filter(start=period.start, end=period.end)
    latest = {(row.measure, row.agency_id): row for row in rows.order_by("closed_at", "id")}
    if not latest:
        raise Refused(N_("Kỳ này chưa khóa sổ, không có gì để đính chính."))
    changed = []
    for row in _read(period, now):
        old = latest.get((row.measure, row.agency_id))
        if old is None or (old.over, old.under, old.value, old.rows_hash) == (
            row.over,
            row.under,
            row.value,
            row.rows_hash,
        ):
            continue
        row.restates, row.reason = old, reason.strip()[:500]
        _sign(row, actor, now)
        changed.append(row)
    Reading.objects.bulk_create(changed)
    write(
        actor,
        "measures.close",
        None,
        now,
        sentence=f"đính chính {len(changed)} số của kỳ {period.code}: {reason.strip()[:300]}",
    )
    return len(changed)


def _require_over(period: Period, now: datetime) -> None:
    if period.end > now.astimezone(VIETNAM).date():
        raise Refused(N_("Kỳ chưa hết: khóa sổ từ ngày {day}."), day=f"{period.end:%d/%m/%Y}")


def _sign(row: Reading, actor: Seated, now: datetime) -> None:
    row.closed_at, row.closed_by_id, row.closed_by_name = now, actor.post_id, actor.person_name


def _read(period: Period, now: datetime) -> list[Reading]:
    """Every measure for the province and for each agency, unsaved. What stands now is read as it stands."""
    settle()
    over_all = scope(PROVINCE)
    measures = rules.measures()
    today = now.astimezone(VIETNAM).date()
    counts = count(measures, [period], over_all, period if period.end >= today else None)
    ids = _ids(measures, period, over_all)
    by_hand = typed(measures, over_all, period.start, period.end)
    found = []
    for measure in measures:
        for agency in (None, *over_all.agencies):
            if measure.typed:
                row = _typed(measure, agency, by_hand, period)
            else:
                row = _counted(measure, agency, counts, ids, period, over_all)
            if row is not None:
                found.append(row)
    return found


def _typed(measure: Measure, agency: int | None, by_hand: Typed, period: Period) -> Reading | None:
    value = by_hand.of(measure, period, None if agency is None else [agency])
    if value is None:
        return None
    return Reading(
        measure=measure.code, version=measure.version, start=period.start, end=period.end, agency_id=agency,
        value=value.quantize(Decimal("0.000001")),
    )  # fmt: skip


def _counted(
    measure: Measure, agency: int | None, counts: Counts, ids: Hashes, period: Period, over_all: Scope
) -> Reading | None:
    found = counts.figure(measure, 0, None if agency is None else [agency])
    if agency is not None and not found.over and not found.under:
        return None
    value = found.value
    return Reading(
        measure=measure.code, version=measure.version, start=period.start, end=period.end, agency_id=agency,
        over=found.over, under=found.under, value=None if value is None else value.quantize(Decimal("0.000001")),
        rows_hash=_hash(measure, agency, ids, over_all),
    )  # fmt: skip


def _ids(measures: list[Measure], period: Period, over_all: Scope) -> Hashes:
    """Quantity → agency → the ids it counts, in their order. One question for each quantity."""
    found: dict[str, dict[int, str]] = {}
    wanted = {one.quantity if isinstance(one, AgenciesWith) else one for m in measures for one in m.countables}
    for quantity in wanted:
        if not isinstance(quantity, Quantity) or (quantity.how == How.NOW):
            continue
        rows = rows_of(quantity, period, over_all.ids).order_by().values(the_agency=F(quantity.source.agency))
        texts = rows.annotate(ids=StringAgg(Cast("pk", TextField()), ",", ordering="pk"))
        found[quantity.code] = {row["the_agency"]: row["ids"] for row in texts}
    return found


def _hash(measure: Measure, agency: int | None, ids: Hashes, over_all: Scope) -> str:
    digest = hashlib.sha256()
    for what in measure.countables:
        digest.update(_text(what, agency, ids, over_all).encode())
        digest.update(b"/")
    return digest.hexdigest()


def _text(what: Countable, agency: int | None, ids: Hashes, over_all: Scope) -> str:
    agencies = over_all.ids if agency is None else [agency]
    if isinstance(what, Agencies):
        return ",".join(map(str, sorted(agencies)))
    quantity = what.quantity if isinstance(what, AgenciesWith) else what
    by_agency = ids.get(quantity.code, {})
    return ";".join(f"{pk}:{by_agency[pk]}" for pk in sorted(agencies) if pk in by_agency)
