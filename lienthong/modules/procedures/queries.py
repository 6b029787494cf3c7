"""Questions about the catalogue and the internal processes. All of it is public knowledge: nobody need say who looks."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

from django.db import connection
from django.db.models import Exists, F, Func, OuterRef, Q, QuerySet, TextField

from lienthong.foundation.access.terms import Actor, Scope
from lienthong.foundation.organizations import queries as organizations
from lienthong.kit.text import vn_fold
from lienthong.modules.procedures.models import (
    Case,
    Component,
    Fee,
    Field,
    LegalBasis,
    Method,
    Offering,
    Procedure,
    Process,
    ProcessStep,
    Result,
    Stage,
    Version,
)
from lienthong.modules.procedures.portal_file import Basis, Charge, Entry, Gain, Paragraph, Way
from lienthong.modules.procedures.portal_values import Paper, Situation
from lienthong.modules.procedures.terms import Channel, ServiceLevel, TermUnit, Tier

if TYPE_CHECKING:
    from lienthong.foundation.organizations.models import Agency


def _alive(on: date) -> Q:
    return Q(valid_from__lte=on) & (Q(valid_to__isnull=True) | Q(valid_to__gt=on))


def _versions() -> QuerySet[Version]:
    return Version.objects.select_related("procedure", "field")


def version(pk: int) -> Version:
    """One version with its procedure and field, or Version.DoesNotExist."""
    return _versions().get(pk=pk)


def version_on(procedure_id: int, on: date) -> Version | None:
    """The version of a procedure in force on a day; None before the first or after the last."""
    return _versions().filter(_alive(on), procedure_id=procedure_id).order_by("-no").first()


def version_by_code(code: str, on: date) -> Version | None:
    """The version in force on a day of the procedure with this national code."""
    return _versions().filter(_alive(on), procedure__code=code.strip()).order_by("-no").first()


def versions_of(procedure_id: int) -> list[Version]:
    """All versions of a procedure, the newest first."""
    return list(_versions().filter(procedure_id=procedure_id).order_by("-no"))


def catalogue(on: date, words: str = "") -> QuerySet[Version]:
    """The versions in force on a day, by field and name; every word must stand in name, code or keywords, diacritics
    ignored."""
    rows = _versions().filter(_alive(on)).order_by("field__name", "folded", "id")
    code = words.strip()
    if code and Procedure.objects.filter(code=code).exists():
        return rows.filter(procedure__code=code)
    for word in vn_fold(words).split():
        rows = rows.filter(folded__contains=word)
    return rows


def offered_by(agency_ids: Iterable[int], on: date, words: str = "") -> QuerySet[Version]:
    """The versions in force on a day of the procedures that at least one of these agencies decides then."""
    ids = list(agency_ids)
    offered = Offering.objects.filter(_alive(on), procedure_id=OuterRef("procedure_id"), agency__in=ids)
    return catalogue(on, words).filter(Exists(offered))


def offerings(procedure_id: int) -> list[Offering]:
    """Who decides the procedure, those who do now first; ended ones too."""
    rows = Offering.objects.filter(procedure_id=procedure_id).select_related("agency")
    return sorted(rows, key=lambda row: (row.valid_to is not None, row.agency.tier, row.agency.sort_key, row.pk))


def offering(pk: int) -> Offering:
    """One, or Offering.DoesNotExist."""
    return Offering.objects.select_related("agency", "procedure").get(pk=pk)


def deciders(procedure_id: int, on: date) -> "list[Agency]":
    """The agencies that decide this procedure on a day, by tier and name."""
    ids = Offering.objects.filter(_alive(on), procedure_id=procedure_id).values("agency_id")
    return list(organizations.agencies(on).filter(pk__in=ids))


def stages(version_id: int) -> list[Stage]:
    """How it is done, as published."""
    return list(Stage.objects.filter(version_id=version_id).order_by("place", "id"))


def methods(version_id: int) -> list[Method]:
    """The ways to file, each with its time."""
    return list(Method.objects.filter(version_id=version_id).order_by("place", "id"))


def fees(version_id: int) -> list[Fee]:
    """The fees of all ways to file (`fee.method_id` says of which), in the order of the ways."""
    return list(
        Fee.objects.filter(method__version_id=version_id).select_related("method").order_by("method__place", "id")
    )


def cases(version_id: int) -> list[Case]:
    """The cases of a version in their order."""
    return list(Case.objects.filter(version_id=version_id).order_by("place", "id"))


def components(case_ids: Iterable[int]) -> list[Component]:
    """The papers that these cases ask for, case by case. One query."""
    rows = Component.objects.filter(case__in=list(case_ids)).select_related("case")
    return list(rows.order_by("case__place", "case_id", "place", "id"))


def legal_bases(version_id: int) -> list[LegalBasis]:
    """The laws a version rests on."""
    return list(LegalBasis.objects.filter(version_id=version_id).order_by("place", "id"))


def results(version_id: int) -> list[Result]:
    """What the procedure gives."""
    return list(Result.objects.filter(version_id=version_id).order_by("place", "id"))


def statutory(
    version_id: int, case_id: int | None, channel: str, method_id: int | None = None
) -> tuple[Decimal | None, TermUnit, str]:
    """(amount, unit, note) of the statutory time: the case's own, else that of the way `method_id` where the channel has several
    (see `time_choices`), else that of the channel, else that of any way that has one. (None, NONE, note) where only words say it."""
    return _statutory(cases(version_id), methods(version_id), case_id, channel, method_id)


def time_choices(version_id: int, case_id: int | None, channel: str) -> list[Method]:
    """The ways among which somebody must say which time applies: those of the channel, where they differ in their times and the
    case has none of its own. Empty where there is nothing to choose."""
    return _time_choices(cases(version_id), methods(version_id), case_id, channel)


def _time_choices(own_cases: Sequence[Case], ways: Sequence[Method], case_id: int | None, channel: str) -> list[Method]:
    if any(case.pk == case_id and case.amount is not None for case in own_cases):
        return []
    timed = [way for way in ways if way.channel == channel and way.amount is not None]
    return timed if len({(way.amount, way.unit) for way in timed}) > 1 else []


def _statutory(
    own_cases: Sequence[Case], ways: Sequence[Method], case_id: int | None, channel: str, method_id: int | None = None
) -> tuple[Decimal | None, TermUnit, str]:
    own = next((case for case in own_cases if case.pk == case_id), None)
    if own is not None and own.amount is not None:
        return own.amount, TermUnit(own.unit), ""
    of_channel = [way for way in ways if way.channel == channel]
    chosen = [way for way in _time_choices(own_cases, ways, case_id, channel) if way.pk == method_id]
    for way in (*chosen, *of_channel, *ways):
        if way.amount is not None:
            return way.amount, TermUnit(way.unit), way.note
    note = next((way.note for way in (*of_channel, *ways) if way.note), "")
    return None, TermUnit.NONE, note


def process_for(procedure_id: int, agency_id: int | None, on: date) -> Process | None:
    """The internal process of a procedure at an agency on a day: its own, else the common one, else None."""
    rows = Process.objects.filter(_alive(on), procedure_id=procedure_id).filter(
        Q(agency_id=agency_id) | Q(agency__isnull=True)
    )
    found = sorted(rows, key=lambda row: (row.agency_id is None, -row.no, -row.pk))
    return found[0] if found else None


def steps(process_id: int) -> list[ProcessStep]:
    """The table of a process in its order, with unit, post and agency. One query."""
    rows = ProcessStep.objects.filter(process_id=process_id).select_related("agency", "unit", "post", "post__unit")
    return list(rows.order_by("place", "id"))


class Kept:
    """What a desk asks for again and again, read from what this process keeps: as it stands now, for one act. One small
    look tells whether what is kept still holds (migration 0004). The rows are shared: nobody may change them."""

    def __init__(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT version FROM procedures_stamp")
            self._stamp: int = cursor.fetchone()[0]

    def version(self, pk: int) -> Version:
        """As `version`."""
        return _kept_version(pk, self._stamp)

    def cases(self, version_id: int) -> tuple[Case, ...]:
        """As `cases`."""
        return _kept_cases(version_id, self._stamp)

    def components(self, case_id: int) -> tuple[Component, ...]:
        """The papers that one case asks for."""
        return _kept_components(case_id, self._stamp)

    def statutory(
        self, version_id: int, case_id: int | None, channel: str, method_id: int | None = None
    ) -> tuple[Decimal | None, TermUnit, str]:
        """As `statutory`."""
        ways = _kept_methods(version_id, self._stamp)
        return _statutory(self.cases(version_id), ways, case_id, channel, method_id)

    def process_for(self, procedure_id: int, agency_id: int | None, on: date) -> Process | None:
        """As `process_for`."""
        return _kept_process(procedure_id, agency_id, on, self._stamp)

    def steps(self, process_id: int) -> tuple[ProcessStep, ...]:
        """As `steps`."""
        return _kept_steps(process_id, self._stamp)


def forget() -> None:
    """Keep nothing any more: for whoever puts another database under a running process, as tests and benchmarks do."""
    for kept in (_kept_version, _kept_cases, _kept_components, _kept_methods, _kept_process, _kept_steps):
        kept.cache_clear()


@lru_cache(maxsize=4096)
def _kept_version(pk: int, stamp: int) -> Version:
    return version(pk)


@lru_cache(maxsize=4096)
def _kept_cases(version_id: int, stamp: int) -> tuple[Case, ...]:
    return tuple(cases(version_id))


@lru_cache(maxsize=4096)
def _kept_components(case_id: int, stamp: int) -> tuple[Component, ...]:
    return tuple(components([case_id]))


@lru_cache(maxsize=4096)
def _kept_methods(version_id: int, stamp: int) -> tuple[Method, ...]:
    return tuple(methods(version_id))


@lru_cache(maxsize=4096)
def _kept_process(procedure_id: int, agency_id: int | None, on: date, stamp: int) -> Process | None:
    return process_for(procedure_id, agency_id, on)


@lru_cache(maxsize=4096)
def _kept_steps(process_id: int, stamp: int) -> tuple[ProcessStep, ...]:
    return tuple(steps(process_id))


def fields(on: date) -> list[Field]:
    """The fields that have a version in force on a day, by name."""
    used = Version.objects.filter(_alive(on)).values("field_id")
    return list(Field.objects.filter(pk__in=used).order_by("name"))


def field_names() -> dict[str, str]:
    """Code → name of every field of administration."""
    return dict(Field.objects.values_list("code", "name"))


def as_entry(row: Version) -> Entry:
    """A version with all that hangs on it, in the shape in which a file would say it: for comparing and copying."""
    papers: dict[int, list[Paper]] = {}
    own_cases = cases(row.pk)
    for one in components(case.pk for case in own_cases):
        papers.setdefault(one.case_id, []).append(
            Paper(one.code, one.name, one.originals, one.copies, one.required, tuple(one.forms), one.heading)
        )
    charges: dict[int, list[Charge]] = {}
    for fee in fees(row.pk):
        charges.setdefault(fee.method_id, []).append(Charge(fee.name, fee.amount, fee.note))
    return Entry(
        line=0,
        code=row.procedure.code,
        name=row.name,
        field_code=row.field.code,
        field_name=row.field.name,
        tiers=tuple(Tier(tier) for tier in row.tiers),
        service_level=ServiceLevel(row.service_level),
        subjects=tuple(row.subjects),
        executing=tuple(row.executing),
        authority=tuple(row.authority),
        authorized=tuple(row.authorized),
        coordinating=tuple(row.coordinating),
        receiving_place=row.receiving_place,
        conditions=row.conditions,
        keywords=row.keywords,
        decision_no=row.decision_no,
        decided_on=row.decided_on,
        issuer_name=row.issuer_name,
        published_on=row.published_on,
        non_territorial=row.non_territorial,
        stages=tuple(Paragraph(one.name, one.text) for one in stages(row.pk)),
        ways=tuple(
            Way(Channel(one.channel), one.amount, TermUnit(one.unit), one.note, tuple(charges.get(one.pk, ())))
            for one in methods(row.pk)
        ),
        situations=tuple(
            Situation(one.code, one.name, one.amount, TermUnit(one.unit), one.note, tuple(papers.get(one.pk, ())))
            for one in own_cases
        ),
        bases=tuple(Basis(one.code, one.name) for one in legal_bases(row.pk)),
        gains=tuple(Gain(one.code, one.name) for one in results(row.pk)),
    )


PAGE = 50


@dataclass(frozen=True, slots=True)
class Filter:
    """What the catalogue is narrowed to; every field is optional."""

    words: str = ""
    field: str = ""
    tier: str = ""
    level: str = ""
    agency_id: int | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list of PAGE rows."""

    rows: list = dataclass_field(default_factory=list)
    number: int = 1
    total: int = 0
    more: bool = False

    @property
    def first(self) -> int:
        return (self.number - 1) * PAGE + 1 if self.rows else 0

    @property
    def last(self) -> int:
        return (self.number - 1) * PAGE + len(self.rows)


def _page(rows: QuerySet, number: int) -> Page:
    start = (number - 1) * PAGE
    return Page(list(rows[start : start + PAGE]), number, rows.order_by().count())


def public_page(on: date, wanted: Filter, number: int) -> Page:
    """One page of the procedures in force on a day. A fixed number of queries."""
    rows = catalogue(on, wanted.words) if wanted.agency_id is None else offered_by([wanted.agency_id], on, wanted.words)
    if wanted.field:
        rows = rows.filter(field__code=wanted.field)
    if wanted.tier:
        rows = rows.filter(tiers__contains=[wanted.tier])
    if wanted.level:
        rows = rows.filter(service_level=wanted.level)
    return _page(rows, number)


def workspace_page(on: date, wanted: Filter, number: int) -> Page:
    """The same with how many agencies decide each (`deciding`) and how many processes are in use (`processes`)."""
    found = public_page(on, wanted, number)
    ids = [row.procedure_id for row in found.rows]
    deciding = Counter(Offering.objects.filter(_alive(on), procedure__in=ids).values_list("procedure_id", flat=True))
    tables = Counter(Process.objects.filter(_alive(on), procedure__in=ids).values_list("procedure_id", flat=True))
    for row in found.rows:
        row.deciding, row.processes = deciding[row.procedure_id], tables[row.procedure_id]
    return found


def processes_page(viewer: Actor, on: date, words: str, number: int, *, loose: bool = False) -> Page:
    """The processes in use that the viewer may edit or whose table all share, by name; `loose`: those tied to no
    procedure yet."""
    rows = Process.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=on)).select_related("procedure", "agency")
    if viewer.scope("procedures.process") != Scope.PROVINCE:
        rows = rows.filter(Q(agency__isnull=True) | Q(agency_id__in=[viewer.agency_id, *viewer.custody]))
    rows = rows.filter(procedure__isnull=loose)
    if words.strip():
        named = Func(F("name"), function="vn_fold", output_field=TextField())
        code = Q(procedure__code__icontains=words.strip())
        match = Q()
        for word in vn_fold(words).split():
            match &= Q(folded_name__contains=word)
        rows = rows.alias(folded_name=named).filter(code | match)
    return _page(rows.order_by("name", "id"), number)


def process(pk: int) -> Process:
    """One process, or Process.DoesNotExist."""
    return Process.objects.select_related("procedure", "agency").get(pk=pk)


def processes_of(procedure_id: int) -> list[Process]:
    """Every version of every process of a procedure: the common ones first, then by agency; the newest first."""
    rows = Process.objects.filter(procedure_id=procedure_id).select_related("agency")
    return sorted(rows, key=lambda row: (row.agency_id is not None, row.agency.sort_key if row.agency else "", -row.no))


def procedure(pk: int) -> Procedure:
    """One procedure, or Procedure.DoesNotExist."""
    return Procedure.objects.get(pk=pk)


def procedure_by_code(code: str) -> Procedure:
    """One procedure by its national code, or Procedure.DoesNotExist."""
    return Procedure.objects.get(code=code)


def agencies_that_decide(on: date) -> "list[Agency]":
    """The agencies that decide any procedure on a day: what a list may be filtered by."""
    ids = Offering.objects.filter(_alive(on)).values("agency_id")
    return list(organizations.agencies(on).filter(pk__in=ids))
