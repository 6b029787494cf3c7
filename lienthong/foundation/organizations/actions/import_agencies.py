"""Take in a file of agencies."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction

from lienthong.foundation.access.rules import require
from lienthong.foundation.access.terms import Actor
from lienthong.foundation.organizations import rules
from lienthong.foundation.organizations.agency_file import Check, Entry, Fault, Known, Line, Plan, short_name_of
from lienthong.foundation.organizations.models import Agency, AgencyPast, Identifier
from lienthong.foundation.organizations.terms import Scheme
from lienthong.foundation.trail.actions.write import write, write_many
from lienthong.kit.dates import VIETNAM
from lienthong.kit.text import sort_key, vn_fold


@dataclass(frozen=True, slots=True)
class Report:
    """What an import did: `loaded` is False when rows were refused and going on without them was not allowed."""

    loaded: bool
    rows: int
    created: int
    unchanged: int
    faults: tuple[Fault, ...]


@transaction.atomic
def import_agencies(
    *, lines: Sequence[Line], only_good: bool, all_or_nothing: bool, actor: Actor, now: datetime
) -> Report:
    """Enter the agencies of a file (`agency_file.read`), each row once: the same file a second time changes nothing.

    With refused rows nothing is loaded unless `only_good`; with `all_or_nothing` any fault at all stops it. A fixed
    number of statements for everything but the trail.
    """
    require(actor, "organizations.edit")
    with connection.cursor() as cursor:
        # Two imports at once would both find a code free.
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [5_210_026_031])
    plan = check(lines)
    if (plan.refused and not only_good) or (plan.faults and all_or_nothing):
        return Report(False, len(lines), 0, plan.unchanged, tuple(plan.faults))
    made = _make(plan.entries, now)
    write_many(
        actor, "organizations.add_agency", made, now,
        sentences=[f"thêm cơ quan {agency.name}" + (f" ({entry.code})" if entry.code else "")
                   for agency, entry in zip(made, plan.entries, strict=True)],
    )  # fmt: skip
    if made:
        write(
            actor, "organizations.import_agencies", None, now,
            sentence=f"nhập tệp cơ quan: {len(made)} cơ quan mới, {plan.unchanged} đã có, {len(plan.faults)} lỗi",
        )  # fmt: skip
    return Report(True, len(lines), len(made), plan.unchanged, tuple(plan.faults))


def check(lines: Sequence[Line]) -> Plan:
    """What the file comes to beside what is there, without changing anything; for the page that asks first."""
    agencies = {row[0]: row for row in Agency.objects.values_list("id", "folded", "tier", "parent_id", "path")}
    names = {pk: {row[1]} for pk, row in agencies.items()}
    for pk, name in AgencyPast.objects.values_list("agency_id", "name"):
        names[pk].add(vn_fold(name)[:400])
    known = {pk: Known(pk, frozenset(names[pk]), row[2], row[3], row[4].count("/")) for pk, row in agencies.items()}
    by_code = {code: known[pk] for code, pk in Identifier.objects.values_list("code", "agency_id")}
    by_name = {(name, known[pk].parent_id): pk for pk in known for name in names[pk]}
    return Check(lines, by_code, by_name).plan()


def _make(entries: Sequence[Entry], now: datetime) -> list[Agency]:
    """The rows with their paths; ids are drawn first, so that a path is known before its row is written."""
    today = now.astimezone(VIETNAM).date()
    ids = _ids(len(entries))
    paths = dict(
        Agency.objects.filter(pk__in={entry.parent_id for entry in entries if entry.parent_id}).values_list(
            "pk", "path"
        )
    )
    of_line: dict[int, int] = {}
    agencies, identifiers = [], []
    free = _free_codes(entries)
    for pk, entry in zip(ids, entries, strict=True):
        line = entry.line
        parent = entry.parent_id or of_line.get(entry.parent_line or 0)
        of_line[line.number] = pk
        paths[pk] = f"{paths[parent] if parent else ''}{pk}/"
        agencies.append(
            Agency(
                pk=pk, name=line.name, short_name=short_name_of(line.name), sort_key=sort_key(line.name)[:700],
                folded=vn_fold(line.name)[:400], tier=entry.tier, parent_id=parent, path=paths[pk],
                place=line.place[:200], address=line.address[:500], valid_from=today,
            )
        )  # fmt: skip
        if entry.code:
            scheme = rules.scheme_of(entry.code)
            identifiers.append(
                Identifier(agency_id=pk, code=entry.code, scheme=scheme or Scheme.ALIAS, valid_from=today)
            )
            new = rules.as_new(entry.code) if scheme == Scheme.OLD else ""
            if new and new in free:
                free.discard(new)
                identifiers.append(Identifier(agency_id=pk, code=new, scheme=Scheme.ALIAS, valid_from=today))
    Agency.objects.bulk_create(agencies)
    Identifier.objects.bulk_create(identifiers)
    return agencies


def _free_codes(entries: Sequence[Entry]) -> set[str]:
    """New forms that nobody has: neither in the directory nor written out in the file."""
    wanted = {rules.as_new(entry.code) for entry in entries if entry.code} - {""}
    written = {entry.code for entry in entries}
    return wanted - written - set(Identifier.objects.filter(code__in=wanted).values_list("code", flat=True))


def _ids(count: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [Agency._meta.db_table, count],
        )
        return [row[0] for row in cursor.fetchall()]
