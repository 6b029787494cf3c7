"""The control slip made from the trace: who handed the dossier to whom, when, and how each step stood to its inner deadline
(03/2025/TT-VPCP form 06: the automatic trace stands in for the slip; 01/2018/TT-VPCP form 05)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from lienthong.kit.dates import VIETNAM, vn_datetime
from lienthong.kit.text import clip
from lienthong.modules.dossiers import queries
from lienthong.modules.dossiers.models import Consultation, Dossier, Pause, Slip, StepRun
from lienthong.modules.dossiers.queries.printed import (
    COUNTER,
    NONE,
    OLD,
    at_length,
    form_on,
    head,
    heading_of,
    number_text,
)
from lienthong.modules.dossiers.rules import punctuality
from lienthong.modules.dossiers.terms import (
    PAUSE_LABELS,
    PUNCTUALITY_LABELS,
    PauseKind,
    Punctuality,
    RunState,
    SlipKind,
)
from lienthong.modules.procedures.terms import StepKind

LONGEST_NOTE = 400  # what a row shows of it; the whole stands on the dossier's page
RESULT_COLUMN = "Kết quả giải quyết hồ sơ (trước hạn/đúng hạn/quá hạn)"
COLUMNS = ["Tên đơn vị", "Thời gian giao nhận hồ sơ", RESULT_COLUMN, "Ghi chú"]
COLUMNS_OLD = ["Tên cơ quan", "Thời gian giao, nhận hồ sơ", RESULT_COLUMN, "Ghi chú"]
FOOT = [
    "Kết quả giải quyết hồ sơ do bên nhận nhập thông tin/ghi khi nhận bàn giao hồ sơ.",
    "Việc lưu vết được thực hiện tự động trên hệ thống.",
]


@dataclass(frozen=True, slots=True)
class Handover:
    """One row. `result` is that of the work handed over, against its inner deadline; "" where it had none."""

    at: datetime
    giver: str
    taker: str
    giver_name: str
    taker_name: str
    result: str = ""
    note: str = ""


def control_page(dossier: Dossier) -> dict[str, Any]:
    """The control slip, in the form of the day of reception. It bears the number of the receipt it goes with."""
    day = dossier.received_at.astimezone(VIETNAM).date()
    form, heading = form_on(SlipKind.CONTROL, day), heading_of(dossier.received_by)
    receipt = next((slip for slip in queries.slips(dossier.pk) if slip.kind == SlipKind.RECEIPT), None)
    rows = handovers(dossier)
    due = dossier.due_at.isoformat() if dossier.due_at else ""
    return {
        "head": head(heading, number_text(receipt.number if receipt else "……", form, heading), day),
        "form": form.label,
        "title": form.title.upper(),
        "columns": COLUMNS_OLD if form.set == OLD else COLUMNS,
        "code": dossier.code or "",
        "lines": [
            ["Mã số hồ sơ", dossier.code or "chưa có"],
            ["Cơ quan (bộ phận) giải quyết hồ sơ", dossier.decider.name if dossier.decider else "chưa xác định"],
            ["Cơ quan phối hợp giải quyết hồ sơ", "; ".join(_others(dossier)) or NONE],
            ["Ngày nhận", at_length(dossier.received_at.isoformat())],
            ["Hẹn trả kết quả vào", at_length(due) or "không có hạn"],
        ],
        "rows": [
            {
                "giver": row.giver, "taker": row.taker, "at": _moment(row.at), "giver_name": row.giver_name,
                "taker_name": row.taker_name, "result": row.result, "note": clip(row.note, LONGEST_NOTE),
            }
            for row in rows
        ],
        "foot": FOOT,
    }  # fmt: skip


def handovers(dossier: Dossier) -> list[Handover]:
    """Every handing over of the dossier, oldest first: at the counter, step to step, to other agencies for their opinion, to the
    applicant."""
    runs, stops = queries.runs(dossier.pk), queries.pauses(dossier.pk)
    rows: list[Handover] = []
    told: set[int] = set()  # runs whose end already stands in a row
    for run in runs:
        before = _before(run, runs)
        if before is None and run.kind == StepKind.RECEIVE:
            continue  # the applicant's own handing in is the receipt
        rows.append(_between(dossier, before, run, stops, told))
        if before is not None:
            told.add(before.pk)
    rows += [_ended(run, runs, stops) for run in runs if _is_loose(run, told)]
    rows += [_asked(one) for one in queries.consultations(dossier.pk)]
    if dossier.returned_at is not None:
        rows.append(_to_applicant(dossier))
    return sorted(rows, key=lambda row: row.at)


def _before(run: StepRun, runs: list[StepRun]) -> StepRun | None:
    """The run whose end began this one: ended at that very moment, else the last that had ended by then."""
    ended = [one for one in runs if one.pk < run.pk and one.done_at is not None and one.done_at <= run.started_at]
    same = [one for one in ended if one.done_at == run.started_at and one.done_by == run.given_by]
    return max(same or ended, key=lambda one: (one.done_at, one.pk), default=None)


def _between(dossier: Dossier, before: StepRun | None, run: StepRun, stops: list[Pause], told: set[int]) -> Handover:
    fresh = before is not None and before.pk not in told
    notes = [f"Bước: {run.name}" + (f" (lần {run.attempt})" if run.attempt > 1 else "")]
    notes += _notes(before, stops) if before is not None and fresh else []
    return Handover(
        run.started_at, place_of(before) if before else _counter(dossier), place_of(run),
        (before.done_by if before else "") or run.given_by, run.holder_name, _result(before) if before and fresh else "",
        "; ".join(notes),
    )  # fmt: skip


def _is_loose(run: StepRun, told: set[int]) -> bool:
    """A branch that ended before the others, or a step that was closed: its end began nothing."""
    counter = {StepKind.RECEIVE, StepKind.RETURN, StepKind.ARCHIVE}
    return run.pk not in told and run.done_at is not None and run.kind not in counter


def _ended(run: StepRun, runs: list[StepRun], stops: list[Pause]) -> Handover:
    assert run.done_at is not None
    after = min(
        (one for one in runs if one.pk > run.pk and one.started_at >= run.done_at), key=lambda one: one.pk, default=None
    )
    return Handover(
        run.done_at, place_of(run), place_of(after) if after else "", run.done_by or run.holder_name,
        after.holder_name if after else "", _result(run), "; ".join([f"Xong bước: {run.name}", *_notes(run, stops)]),
    )  # fmt: skip


def _asked(one: Consultation) -> Handover:
    ended = one.answered_at or one.silent_at
    if one.answered_at:
        note = f"Xin ý kiến; trả lời lúc {vn_datetime(one.answered_at)}"
    elif one.silent_at:
        note = f"Xin ý kiến; hết hạn {vn_datetime(one.due_at)} không trả lời"
    else:
        note = "Xin ý kiến" + (f", hạn {vn_datetime(one.due_at)}" if one.due_at else "")
    result = punctuality(ended, one.due_at) if ended and one.due_at else None
    return Handover(
        one.asked_at, one.from_agency.name, one.agency.name, one.run.holder_name, one.answered_by,
        PUNCTUALITY_LABELS[Punctuality.LATE if one.silent_at else result] if result else "", note,
    )  # fmt: skip


def _to_applicant(dossier: Dossier) -> Handover:
    """The last row: how handling as a whole stood to the statutory deadline."""
    slip = Slip.objects.filter(dossier=dossier, kind=SlipKind.RETURN).order_by("id").last()
    assert dossier.returned_at is not None
    result = PUNCTUALITY_LABELS[Punctuality(dossier.punctuality)] if dossier.punctuality else ""
    note = f"Giải quyết xong lúc {vn_datetime(dossier.ended_at)}" if dossier.ended_at else ""
    return Handover(
        dossier.returned_at, _counter(dossier), "Người nộp hồ sơ", slip.by_name if slip else "",
        slip.content["taken_by"] if slip else dossier.applicant_name, result, note,
    )  # fmt: skip


def _others(dossier: Dossier) -> list[str]:
    """The agencies that worked on it beside the one that decides and the counter: asked, or given a step; each once."""
    own = {dossier.decider_id, dossier.received_by_id}
    named = {dossier.coordinator_id: dossier.coordinator.name} if dossier.coordinator else {}
    named |= {one.agency_id: one.agency.name for one in queries.consultations(dossier.pk)}
    named |= {run.agency_id: run.agency.name for run in queries.runs(dossier.pk)}
    return [name for agency_id, name in named.items() if agency_id not in own]


def place_of(run: StepRun) -> str:
    """Who had it: the counter, or the unit of the agency."""
    if run.kind in {StepKind.RECEIVE, StepKind.RETURN}:
        return _counter_of(run.agency)
    return f"{run.unit.name}, {run.agency.name}" if run.unit else run.agency.name


def _counter(dossier: Dossier) -> str:
    return _counter_of(dossier.received_by)


def _counter_of(agency: Any) -> str:
    heading = heading_of(agency)
    return heading["office"] if heading["centre"] else f"{COUNTER}, {agency.name}"


def _result(run: StepRun) -> str:
    return PUNCTUALITY_LABELS[Punctuality(run.punctuality)] if run.punctuality else ""


def _notes(run: StepRun, stops: list[Pause]) -> list[str]:
    """What the giving side wrote, that it sent the dossier back, and the stops of the clock while it had it."""
    notes = ["Trả lại bước trước"] if run.state == RunState.SENT_BACK else []
    notes += [run.note] if run.note else []
    for stop in stops:
        if run.done_at is not None and run.started_at <= stop.started_at <= run.done_at:
            until = vn_datetime(stop.ended_at) if stop.ended_at else "nay"
            notes.append(f"{PAUSE_LABELS[PauseKind(stop.kind)]} từ {vn_datetime(stop.started_at)} đến {until}")
    return notes


def _moment(at: datetime) -> str:
    """09 giờ 40 phút, ngày 20/11/2026, as the rows of the form have it."""
    there = at.astimezone(VIETNAM)
    return f"{there:%H} giờ {there:%M} phút, ngày {there:%d/%m/%Y}"
