"""Save the table of an internal process."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db import connection, transaction
from django.db.models import Q, QuerySet

from lienthong.foundation.access.rules import require
from lienthong.foundation.access.terms import Actor
from lienthong.foundation.organizations import queries as organizations
from lienthong.foundation.trail.actions.write import write
from lienthong.kit.dates import VIETNAM
from lienthong.kit.refusal import N_, Refused
from lienthong.modules.procedures.models import Procedure, Process, ProcessStep
from lienthong.modules.procedures.rules import Fault, faults

_LOCK = 5_210_026_042
_COPIED = (
    "key", "kind", "name", "work", "performer", "agency_id", "unit_id", "post_id", "duty", "hours", "next", "back_to",
)  # fmt: skip


class Faulty(Refused):
    """The table cannot be a process; `faults` say why, step by step."""

    def __init__(self, found: Sequence[Fault]) -> None:
        super().__init__(N_("Bảng quy trình còn {n} lỗi; chưa lưu gì."), n=len(found))
        self.faults = list(found)


@transaction.atomic
def edit_process(
    *, steps: Sequence[ProcessStep], procedure_id: int | None, agency_id: int | None, name: str, valid_from: date,
    actor: Actor, now: datetime, decision_no: str = "", issuer_name: str = "", source: str = "", process_id: int | None = None,
) -> Process:  # fmt: skip
    """Save a whole table (`steps`: unsaved rows in their order) as the process of a procedure at an agency, None: at all
    that offer it. Raises `Faulty` with every fault when it cannot be one.

    A process that has begun is never changed: its dossiers finish under it, and a new version holds from `valid_from`
    (at the earliest the day after it began, never a past day). One that has not begun is written over. `process_id`
    names the process that is edited where no procedure does.
    """
    require(actor, "procedures.process", agency_id=agency_id)
    rows = list(steps)
    if found := faults(rows):
        raise Faulty(found)
    if not name.strip():
        raise Refused(N_("Cần ghi tên quy trình."))
    _require_there(rows, agency_id, valid_from)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
    last = _last(procedure_id, agency_id, process_id)
    today = now.astimezone(VIETNAM).date()
    given = dict(
        name=name.strip()[:1000], decision_no=decision_no.strip()[:60], issuer_name=issuer_name.strip()[:300],
        source=(source or (last.source if last else ""))[:200],
    )  # fmt: skip
    if last is not None and last.valid_to is None and last.valid_from > today:
        begin = max(valid_from, today)
        Process.objects.filter(pk=last.pk).update(**given, valid_from=begin)
        if last.no > 1:
            _chain(last).filter(no=last.no - 1).update(valid_to=begin)
        ProcessStep.objects.filter(process=last).delete()
        made = Process.objects.get(pk=last.pk)
    else:
        if last is not None and valid_from < today:
            raise Refused(N_("Ngày hiệu lực của phiên bản mới không được trước hôm nay."))
        begin = valid_from if last is None else max(valid_from, last.valid_from + timedelta(days=1))
        if last is not None and last.valid_to is None:
            last.valid_to = begin
            last.save(update_fields=["valid_to"])
        made = Process.objects.create(
            procedure_id=procedure_id, agency_id=agency_id, no=last.no + 1 if last else 1, valid_from=begin, **given
        )
    put_steps(made, rows)
    write(
        actor, "procedures.process", made, now,
        sentence=f"lưu quy trình {made.name[:200]}, phiên bản {made.no}, {len(rows)} bước, từ ngày {begin:%d/%m/%Y}",
    )  # fmt: skip
    return made


@transaction.atomic
def attach_process(*, process_id: int, procedure_code: str, actor: Actor, now: datetime) -> Process:
    """Tie a process that came without a procedure's code to its procedure; refused where one is in force there."""
    process = Process.objects.select_for_update().get(pk=process_id)
    require(actor, "procedures.process", agency_id=process.agency_id)
    procedure = Procedure.objects.filter(code=procedure_code.strip()).first()
    if procedure is None:
        raise Refused(N_("Danh mục không có thủ tục mã {code}."), code=procedure_code.strip()[:60])
    if process.procedure_id is not None:
        raise Refused(N_("Quy trình này đã gắn với một thủ tục."))
    if _open_ones(procedure.pk, process.agency_id).exists():
        raise Refused(N_("Thủ tục {code} đã có quy trình đang dùng; sửa quy trình đó."), code=procedure.code)
    process.procedure = procedure
    process.save(update_fields=["procedure"])
    write(actor, "procedures.process", process, now, sentence=f"gắn quy trình với thủ tục {procedure.code}")
    return process


def put_steps(process: Process, rows: Sequence[ProcessStep]) -> None:
    """Write the rows of a table in one statement; they are copied, so that a saved table may be given again."""
    ProcessStep.objects.bulk_create(
        ProcessStep(process=process, place=place, **{field: getattr(row, field) for field in _COPIED})
        for place, row in enumerate(rows)
    )


def of_agency(agency_id: int | None) -> Q:
    """The processes of one agency, or the common ones."""
    return Q(agency__isnull=True) if agency_id is None else Q(agency_id=agency_id)


def _open_ones(procedure_id: int, agency_id: int | None) -> QuerySet[Process]:
    return Process.objects.filter(of_agency(agency_id), procedure_id=procedure_id, valid_to__isnull=True)


def _last(procedure_id: int | None, agency_id: int | None, process_id: int | None) -> Process | None:
    """The newest version of the same process."""
    if procedure_id is not None:
        return Process.objects.filter(of_agency(agency_id), procedure_id=procedure_id).order_by("-no", "-id").first()
    return Process.objects.filter(pk=process_id).first() if process_id else None


def _chain(process: Process) -> QuerySet[Process]:
    if process.procedure_id is not None:
        return Process.objects.filter(of_agency(process.agency_id), procedure_id=process.procedure_id)
    own = of_agency(process.agency_id) & ~Q(source="") & Q(source=process.source, procedure__isnull=True)
    return Process.objects.filter(own)


def _require_there(rows: Sequence[ProcessStep], agency_id: int | None, on: date) -> None:
    """The agencies named exist, and a unit or post belongs to the agency that its step names, else to the process's."""
    named = {row.agency_id for row in rows if row.agency_id is not None}
    there = set(organizations.agencies(on).filter(pk__in=named).values_list("pk", flat=True))
    if named - there:
        raise Refused(N_("Bảng nhắc đến một cơ quan, đơn vị hoặc chức danh không còn trong danh bạ."))
    units: dict[int, set[int]] = {}
    posts: dict[int, set[int]] = {}
    for row in rows:
        if row.unit_id is None and row.post_id is None:
            continue
        owner = row.agency_id or agency_id
        if owner is not None and owner not in units:
            units[owner] = {one.pk for one in organizations.units_of(owner, on)}
            posts[owner] = {one.pk for one in organizations.posts_of(owner, on)}
        known = owner is not None and row.unit_id in units[owner] | {None} and row.post_id in posts[owner] | {None}
        if not known:
            raise Refused(N_("Bảng nhắc đến một cơ quan, đơn vị hoặc chức danh không còn trong danh bạ."))
