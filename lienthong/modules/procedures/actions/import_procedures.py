"""Take in procedures of the national catalogue."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from itertools import islice

from django.db import connection, transaction

from lienthong.foundation.access.rules import require
from lienthong.foundation.access.terms import Actor
from lienthong.foundation.trail.actions.write import write
from lienthong.kit.dates import VIETNAM
from lienthong.kit.refusal import N_
from lienthong.kit.text import vn_fold
from lienthong.modules.procedures import queries
from lienthong.modules.procedures.actions.put_version import put_version, rewrite_version
from lienthong.modules.procedures.comparison import LABELS, Change, changes, fingerprint
from lienthong.modules.procedures.models import Procedure, Version
from lienthong.modules.procedures.portal_file import Entry
from lienthong.modules.procedures.portal_values import Refusal

_BATCH = 50
_LOCK = 5_210_026_041


@dataclass(frozen=True, slots=True)
class Changed:
    """A procedure that the file says otherwise than the catalogue: its new version and the fields that differ."""

    code: str
    name: str
    no: int
    valid_from: date
    changes: tuple[Change, ...]


@dataclass(slots=True)
class Report:
    """What an import did; counts are procedures. `filled` were known and only lacked what this file adds."""

    read: int = 0
    made: int = 0
    same: int = 0
    filled: int = 0
    changed: list[Changed] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    partly: list[Refusal] = field(default_factory=list)


def import_procedures(
    *, entries: Iterable[Entry | Refusal], source: str, actor: Actor, now: datetime, since: date | None = None,
    progress: Callable[[int], None] = lambda count: None,
) -> Report:  # fmt: skip
    """Enter what `portal_file.read` gives; the same file a second time changes nothing.

    A new procedure holds from the day of its decision (`since` where the file has none; else today). Changed content
    makes a version from today; where the open version itself began today, from tomorrow, so that what was received
    today keeps its rules. Procedures are written in batches, each with its trail in one transaction: an import that was
    cut off is ended by starting it again.
    """
    require(actor, "procedures.edit")
    report = Report()
    seen: dict[str, str] = {}
    rest = iter(entries)
    while batch := list(islice(rest, _BATCH)):
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
            for one in _usable(batch, seen, report):
                _take(one, source, actor, now, since, report)
        progress(report.read)
    return report


def _usable(batch: list[Entry | Refusal], seen: dict[str, str], report: Report) -> Iterator[Entry]:
    for one in batch:
        report.read += 1
        if isinstance(one, Refusal):
            report.refused.append(one)
            continue
        mark = fingerprint(one)
        if seen.setdefault(one.code, mark) != mark:
            report.refused.append(
                Refusal(
                    one.line,
                    "code",
                    N_("mã {code} có hai lần với nội dung khác nhau; lấy dòng đầu"),
                    (("code", one.code),),
                )
            )
            continue
        report.partly += one.refusals
        yield one


def _take(one: Entry, source: str, actor: Actor, now: datetime, since: date | None, report: Report) -> None:
    today = now.astimezone(VIETNAM).date()
    procedure, _made = Procedure.objects.get_or_create(code=one.code)
    last = Version.objects.select_related("procedure", "field").filter(procedure=procedure).order_by("-no").first()
    if last is None:
        begin = min(one.decided_on or since or today, since or today, today)
        made = put_version(entry=one, procedure=procedure, no=1, valid_from=begin, source=source)
        report.made += 1
        write(actor, "procedures.import", made, now, sentence=f"nhập thủ tục {one.code}: {one.name[:200]}")
        return
    if last.valid_to is None and last.fingerprint == fingerprint(one):
        report.same += 1
        return
    before = queries.as_entry(last)
    kept = one.unsaid | set(last.marked)
    one = replace(one, **{name: getattr(before, name) for name in kept})
    found = changes(before, one)
    if not found and last.valid_to is None:
        report.same += 1
        return
    details = {LABELS[change.field]: [change.before, change.after] for change in found}
    if last.valid_to is None and all(not change.before and change.after for change in found) and _only_dates(found):
        for change in found:  # nothing that a dossier may stand on is written anew
            setattr(last, change.field, getattr(one, change.field))
        last.folded = vn_fold(f"{one.name} {one.code} {one.keywords}")[:1200]
        last.fingerprint = fingerprint(one)
        last.save()
        report.filled += 1
        write(actor, "procedures.import", last, now, sentence=f"bổ sung dữ liệu thủ tục {one.code}", details=details)
        return
    made = _next_version(last, one, source, today)
    report.changed.append(Changed(one.code, one.name, made.no, made.valid_from, tuple(found)))
    write(
        actor, "procedures.import", made, now, details=details,
        sentence=f"thủ tục {one.code} đổi nội dung, phiên bản {made.no} từ ngày {made.valid_from:%d/%m/%Y}",
    )  # fmt: skip


def _only_dates(found: list[Change]) -> bool:
    """Whether only what one form of the file never says was missing."""
    return {change.field for change in found} <= {"decided_on", "published_on", "receiving_place", "keywords"}


def _next_version(last: Version, one: Entry, source: str, today: date) -> Version:
    if last.valid_to is None and last.valid_from > today:
        rewrite_version(entry=one, version=last, source=source)
        return last
    begin = max(today, last.valid_from + timedelta(days=1), last.valid_to or today)
    if last.valid_to is None:
        last.valid_to = begin
        last.save(update_fields=["valid_to"])
    return put_version(entry=one, procedure=last.procedure, no=last.no + 1, valid_from=begin, source=source, like=last)
