"""The dossiers of the year: rows as the acts of the one-stop write them, worked out in working minutes."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from random import Random

from lienthong.foundation.organizations.models import Agency
from lienthong.foundation.work.models import Item
from lienthong.foundation.work.models import Pause as ItemPause
from lienthong.kit.text import vn_fold
from lienthong.modules.citizens.models import Applicant, Identity
from lienthong.modules.dossiers import rules
from lienthong.modules.dossiers.actions import take_number
from lienthong.modules.dossiers.actions.make_slip import applicant_of, moment, receipt_content
from lienthong.modules.dossiers.actions.start_steps import steps_of
from lienthong.modules.dossiers.models import Counter as Given
from lienthong.modules.dossiers.models import (
    Dossier,
    DossierPaper,
    KeptResult,
    Parcel,
    Pause,
    Payment,
    Rating,
    Slip,
    StepRun,
    Tally,
)
from lienthong.modules.dossiers.queries.printed import heading_of
from lienthong.modules.dossiers.terms import PaidBy, SlipKind
from lienthong.modules.procedures import queries as catalogue
from lienthong.modules.procedures.models import Case, Component, Process, Version
from lienthong.site.sample.applicants import Applicants, Someone
from lienthong.site.sample.bulk_rows import NULL
from lienthong.site.sample.bulk_tables import Rows, whole
from lienthong.site.sample.people import Office
from lienthong.site.sample.year_shape import Timeline


class DossierTables:
    """Rows waiting for each table of the one-stop, and the tally that is added up."""

    def __init__(self) -> None:
        self.applicant, self.identity, self.dossier = whole(Applicant), whole(Identity), whole(Dossier)
        self.kept, self.paper, self.item, self.run = whole(KeptResult), whole(DossierPaper), whole(Item), whole(StepRun)
        self.slip, self.rating, self.parcel, self.payment = whole(Slip), whole(Rating), whole(Parcel), whole(Payment)
        self.pause, self.item_pause = whole(Pause), whole(ItemPause)
        self.tally = Rows(Tally, ["id", "side", "agency_id", "procedure_id", "officer_id", "day", "what", "value"])
        self.counted: dict[tuple[str, int, int | None, int | None, date, str], int] = {}

    def all(self) -> list[Rows]:
        return [value for value in vars(self).values() if isinstance(value, Rows)]

    def flush(self) -> None:
        for rows in self.all():
            rows.flush()

    def count(self, dossier: Dossier, whats: tuple[str, ...], at: datetime, officer: int | None = None) -> None:
        """As `actions.count`, added up."""
        procedure, decider = dossier.version.procedure_id, dossier.decider
        assert decider is not None
        keys: list[tuple[str, int, int | None, int | None]] = [
            ("receiver", dossier.received_by_id, procedure, None),
            ("decider", decider.pk, procedure, None),
            ("agency", decider.pk, None, None),
            *(("branch", int(part), procedure, None) for part in decider.path.split("/") if part),
        ]
        if officer is not None:
            keys.append(("officer", decider.pk, None, officer))
        for key in keys:
            for what in whats:
                place = (*key, at.date(), what)
                self.counted[place] = self.counted.get(place, 0) + 1

    def tallies(self) -> None:
        """Let what was counted wait to be written."""
        for (side, agency, procedure, officer, day, what), n in self.counted.items():
            pk = self.tally.next_id()
            self.tally.add(pk, side, agency, procedure or NULL, officer or NULL, day, what, n)
        self.counted.clear()


class Numbers:
    """Codes and numbers of slips: in memory until acts take them as well."""

    def __init__(self) -> None:
        self.live = False
        self.last: dict[tuple[int, str, date], int] = {}
        self._forms: dict[date, tuple[str, str]] = {}

    def take(self, agency: int, what: str, since: date) -> int:
        if self.live:
            return take_number.take(agency, what, since)
        key = (agency, what, since)
        self.last[key] = self.last.get(key, 0) + 1
        return self.last[key]

    def keep(self) -> None:
        """Write what was given, so that acts go on from there."""
        Given.objects.bulk_create(
            [Given(agency_id=agency, what=what, since=since, last=last) for (agency, what, since), last in self.last.items()],
            batch_size=5000,
        )  # fmt: skip
        self.live = True

    def code(self, agency: int, identifier: str, day: date) -> str:
        if day not in self._forms:
            self._forms[day] = take_number.code_form(day)
        return rules.code(self._forms[day][0], identifier, day, self.take(agency, "code", day))

    def slip(self, agency: int, kind: SlipKind, day: date) -> str:
        return f"{self.take(agency, str(kind), day.replace(month=1, day=1)):02d}"


@dataclass(frozen=True, slots=True)
class Offer:
    """A procedure as one office decides it: everything that does not change from dossier to dossier."""

    code: str
    version: Version
    case: Case
    components: tuple[Component, ...]
    process: Process | None
    steps: list[rules.PlainStep]
    amount: Decimal | None
    unit: str
    channels: frozenset[str]
    result: tuple[str, str]
    months: int | None
    law: str
    office: Office
    key: str


class Offers:
    """What each office decides, looked up once."""

    def __init__(self, lines: dict, versions: dict[str, Version]):
        self.lines, self.versions = lines, versions
        self._kept = catalogue.Kept()
        rows = Process.objects.filter(valid_to__isnull=True)
        self._processes = {(row.procedure_id, row.agency_id): row for row in rows}
        self._found: dict[tuple[str, str], Offer] = {}

    def offer(self, code: str, key: str, office: Office) -> Offer:
        if (code, key) not in self._found:
            entry, version = self.lines[code].entry, self.versions[code]
            case = self._kept.cases(version.pk)[0]
            own, common = (version.procedure_id, office.agency.pk), (version.procedure_id, None)
            process = self._processes.get(own) or self._processes.get(common)
            amount, unit, _ = self._kept.statutory(version.pk, case.pk, "direct")
            gain = entry.gains[0]
            self._found[code, key] = Offer(
                code, version, case, self._kept.components(case.pk), process,
                steps_of(Dossier(process_id=process.pk if process else None)), amount, unit,
                frozenset(str(way.channel) for way in entry.ways), (gain.name, gain.code), self.lines[code].months,
                entry.bases[0].code, office, key,
            )  # fmt: skip
        return self._found[code, key]


class Desk:
    """Writes applicants, papers and slips: what every dossier has."""

    def __init__(self, tables: DossierTables, timeline: Timeline, random: Random, numbers: Numbers, scan: int):
        self.tables, self.timeline, self.random, self.numbers, self.scan = tables, timeline, random, numbers, scan
        self.applicants = Applicants(random)
        self.applicants.count = 10_000  # their numbers are not those of the applicants whom the acts bring
        self.bills = 0
        self._headings: dict[int, dict] = {}

    def applicant(self, commune: str, *, firm: bool, at: datetime) -> tuple[Applicant, Someone]:
        someone = self.applicants.firm(commune) if firm else self.applicants.person(commune, at.year)
        details = someone.details
        row = Applicant(
            kind=details.kind, name=details.name, folded=vn_fold(details.name), born_on=details.born_on, sex=details.sex,
            address=details.address, phone=details.phone, email=details.email, created_at=at, updated_at=at,
        )  # fmt: skip
        self.tables.applicant.put(row)
        self.tables.identity.put(Identity(applicant_id=row.pk, scheme=details.scheme, number=details.number))
        return row, someone

    def papers(
        self, dossier: Dossier, components: tuple[Component, ...], *, scanned: bool, looked_up: bool
    ) -> list[DossierPaper]:
        """What was handed in: scans where it came by wire or the counter scanned it, one paper looked up instead of asked for."""
        found: list[DossierPaper] = []
        for row in components:
            if not row.required and found and self.random.random() < 0.45:
                continue
            form, stored = ("original" if row.originals else "certified"), scanned
            if looked_up and found:
                form, stored, looked_up = "data", False, False
            elif scanned and dossier.channel == "online":
                form = "scan"
            found.append(
                DossierPaper(
                    dossier_id=dossier.pk, component_id=row.pk, place=len(found) + 1, name=row.name, form=form,
                    originals=row.originals if form == "original" else 0,
                    copies=0 if form in {"original", "data"} else row.copies or 1,
                    stored_id=self.scan if stored else None, file_name="ban-quet.pdf" if stored else "",
                    at=dossier.received_at,
                )
            )  # fmt: skip
        for paper in found:
            self.tables.paper.put(paper)
        return found

    def slip(self, dossier: Dossier, kind: SlipKind, content: dict, at: datetime, by: str, reason: str = "") -> Slip:
        """As `make_slip`, by the counter; the row is not written yet."""
        agency: Agency = dossier.received_by
        if agency.pk not in self._headings:
            self._headings[agency.pk] = heading_of(agency)
        number = self.numbers.slip(agency.pk, kind, at.date())
        content = {"heading": self._headings[agency.pk], "signed": True, **applicant_of(dossier), **content}
        return Slip(
            pk=self.tables.slip.next_id(), dossier_id=dossier.pk, kind=kind, number=number, content=content, at=at, by_name=by,
            reason=reason,
        )  # fmt: skip

    def paid(self, dossier: Dossier, what: str, amount: int, *, phone: float) -> None:
        """As the acts have it: who files by wire pays by wire, at the counter some by phone, the others in cash."""
        self.bills += 1
        wire = dossier.channel == "online" or self.random.random() < phone
        at = dossier.received_at
        self.tables.payment.put(
            Payment(
                dossier_id=dossier.pk, what=what, amount=amount, way=PaidBy.ONLINE if wire else PaidBy.CASH,
                reference=f"{at:%y%m%d}9{self.bills:06d}" if wire else f"BL9{self.bills:06d}", paid_at=at, noted_at=at,
                noted_by=dossier.receiver_name,
            )
        )  # fmt: skip

    def receipt(self, dossier: Dossier, papers: list[DossierPaper], at: datetime, reason: str = "") -> Slip:
        """Form 01 as things stand now."""
        return self.slip(dossier, SlipKind.RECEIPT, receipt_content(dossier, papers), at, dossier.receiver_name, reason)

    def taken(self, dossier: Dossier, result: str, at: datetime) -> None:
        """The signature of receipt."""
        content = {
            "taken_by": dossier.applicant_name,
            "paper": "",
            "at": moment(at),
            "results": [result] if result else [],
        }
        self.tables.slip.put(self.slip(dossier, SlipKind.RETURN, content, at, dossier.receiver_name))
