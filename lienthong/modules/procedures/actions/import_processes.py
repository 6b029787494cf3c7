"""Take in tables of internal processes."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db import connection, transaction

from lienthong.foundation.access.rules import require
from lienthong.foundation.access.terms import Actor
from lienthong.foundation.trail.actions.write import write
from lienthong.kit.dates import VIETNAM
from lienthong.kit.refusal import N_
from lienthong.modules.procedures import queries
from lienthong.modules.procedures.actions.edit_process import of_agency, put_steps
from lienthong.modules.procedures.models import Procedure, Process, ProcessStep
from lienthong.modules.procedures.portal_values import Refusal
from lienthong.modules.procedures.process_file import Row, Table
from lienthong.modules.procedures.rules import faults

_LOCK = 5_210_026_042


@dataclass(slots=True)
class Report:
    """What an import did; counts are processes. `loose` came without a code, or with one that was taken: they are kept
    without a procedure until somebody ties them to one."""

    read: int = 0
    made: int = 0
    same: int = 0
    changed: int = 0
    loose: int = 0
    refused: list[Refusal] = field(default_factory=list)
    partly: list[Refusal] = field(default_factory=list)
    remarks: list[Refusal] = field(default_factory=list)


def import_processes(
    *, tables: Iterable[Table | Refusal], source: str, actor: Actor, now: datetime, agency_id: int | None = None,
    since: date | None = None, progress: Callable[[int], None] = lambda count: None,
) -> Report:  # fmt: skip
    """Enter the tables of a file as processes of one agency, None: of all that offer the procedure. The same file again
    changes nothing, also after somebody edited what came of it; a table that reads otherwise makes a version.

    A table that cannot be a process (`rules.faults`) is refused whole. Each is written with its trail in one
    transaction.
    """
    require(actor, "procedures.process", agency_id=agency_id)
    report, taken = Report(), set[str]()
    for one in tables:
        report.read += 1
        if isinstance(one, Refusal):
            report.refused.append(one)
            continue
        rows = [step_of(row) for row in one.rows]
        if found := faults(rows):
            report.refused += [Refusal(one.line, one.name[:80], fault.msgid, fault.params) for fault in found]
            continue
        report.partly += one.refusals
        report.remarks += one.remarks
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
            _take(one, rows, f"{source}#{one.source}"[:200], actor, now, agency_id, since, taken, report)
        progress(report.read)
    return report


def step_of(row: Row) -> ProcessStep:
    """An unsaved step from a row of a file."""
    return ProcessStep(
        key=row.key, kind=row.kind, name=row.name, work=row.work, performer=row.performer, duty=row.duty, hours=row.hours,
        next=list(row.next), back_to=row.back_to,
    )  # fmt: skip


def _take(
    one: Table, rows: Sequence[ProcessStep], source: str, actor: Actor, now: datetime, agency_id: int | None,
    since: date | None, taken: set[str], report: Report,
) -> None:  # fmt: skip
    today = now.astimezone(VIETNAM).date()
    code = one.code
    if code and code in taken:
        report.remarks.append(
            Refusal(
                one.line,
                "",
                N_("mã {code} đã có một bảng trong tệp; giữ bảng này chưa gắn với thủ tục"),
                (("code", code),),
            )
        )
        code = ""
    taken |= {code} - {""}
    earlier = Process.objects.filter(of_agency(agency_id), source=source).order_by("-no")
    if any(_same(process, rows) for process in earlier):
        report.same += 1
        return
    procedure = Procedure.objects.get_or_create(code=code)[0] if code else None
    if procedure is not None:
        last = Process.objects.filter(of_agency(agency_id), procedure=procedure).order_by("-no").first()
    else:
        last = earlier.first()
        procedure = last.procedure if last is not None else None
    begin = since or today
    if last is not None:
        begin = max(today, last.valid_from + timedelta(days=1))
        if last.valid_to is None:
            last.valid_to = begin
            last.save(update_fields=["valid_to"])
    made = Process.objects.create(
        procedure=procedure, agency_id=agency_id, name=one.name or (procedure.code if procedure else source),
        no=last.no + 1 if last else 1, decision_no=one.decision_no, issuer_name=one.issuer_name, source=source,
        valid_from=begin,
    )  # fmt: skip
    put_steps(made, rows)
    if last is None:
        report.made += 1
    else:
        report.changed += 1
    report.loose += procedure is None
    write(
        actor, "procedures.import_process", made, now,
        sentence=f"nhập quy trình {made.name[:200]}" + (f" của thủ tục {procedure.code}" if procedure else "")
        + f", {len(rows)} bước, phiên bản {made.no}",
    )  # fmt: skip


def _same(process: Process, rows: Sequence[ProcessStep]) -> bool:
    return [_said(step) for step in queries.steps(process.pk)] == [_said(row) for row in rows]


def _said(step: ProcessStep) -> tuple:
    hours = None if step.hours is None else step.hours.normalize()
    return (
        step.key,
        str(step.kind),
        step.name,
        step.work,
        step.performer,
        str(step.duty),
        hours,
        tuple(step.next),
        step.back_to,
    )
